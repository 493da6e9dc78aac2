/**
 * The command `course`. Each subcommand loads its own code when it runs, so that short ones start
 * fast.
 */
import { cac, type CAC } from "cac";
import { courseRoot } from "grader/dist/paths.js";

interface Subcommand {
  /** Its name and arguments, as cac writes them. */
  usage: string;
  says: string;
  options?: [flag: string, says: string][];
  /** @returns the exit code, 0 when nothing */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- options as cac parses them
  run(root: string, words: string[], options: any): Promise<number | undefined>;
}

/** One entry for each subcommand; arguments in brackets with dots come as `words`. */
const SUBCOMMANDS: Subcommand[] = [
  {
    usage: "build [...lessons]",
    says: "write the notebooks of all lessons, or of those named (06 or 06-attention)",
    options: [
      ["--watch", "again whenever a lesson or a solution changes"],
      ["--check", "write nothing; exit 1 and name what is stale"],
    ],
    run: async (root, words, options) =>
      (await import("./build/command.js")).buildCommand(root, words, options),
  },
  {
    usage: "solve [...lessons]",
    says:
      "run the solved notebooks of all lessons, or of those named, in the real kernel, and " +
      "keep them in .local/solved",
    options: [["--again", "also those that are up to date"]],
    run: async (root, words, options) =>
      (await import("./lab/solve.js")).solveCommand(root, words, options),
  },
  {
    usage: "slides [...lessons]",
    says:
      "write the slides of all lessons, or of those named, to .local/slides, with the figures " +
      "of solved notebooks",
    options: [
      ["--pdf", "also as PDF, printed by Chromium"],
      ["--out <folder>", "write to another folder"],
    ],
    run: async (root, words, options) =>
      (await import("./slides/command.js")).slidesCommand(root, words, options),
  },
  {
    usage: "grade [...submissions]",
    says: "grade notebooks, or folders of them, in the sandbox and write the reports",
    options: [
      ["--out <folder>", "where the reports go"],
      ["--seed <n>", "draw the same inputs as the batch whose reports carry this seed"],
      ["--jobs <n>", "submissions at a time"],
      ["--trusted", "without a sandbox: for work of your own only"],
    ],
    run: async (root, words, options) =>
      (await import("grader/dist/grade/index.js")).gradeCommand(root, words, options),
  },
  {
    usage: "prove [...exercises]",
    says:
      "show for all exercises of the notebooks, or for those named, that the solution passes, " +
      "the stub fails and each mutant fails and is named",
    options: [["--mutate", "instead, change the solutions in small ways: cases must fail them"]],
    run: async (root, words, options: { mutate?: boolean }) =>
      options.mutate
        ? (await import("grader/dist/mutate/command.js")).mutateCommand(root, words)
        : (await import("grader/dist/grade/index.js")).proveCommand(root, words),
  },
  {
    usage: "doctor",
    says: "show which devices this machine has, and how to get a better one",
    run: async () => {
      console.log(await (await import("course/dist/doctor.js")).doctor());
      return 0;
    },
  },
  {
    usage: "setup <device>",
    says: "install what a faster device needs: native, cuda or webgpu",
    options: [["--yes", "agree to a large download"]],
    run: async (root, [device], options) => {
      if (device === "webgpu") return (await import("./devices/webgpu.js")).setupWebgpu(root);
      if (device === "native" || device === "cuda") {
        return (await import("./devices/tensorflow.js")).setupTensorFlow(root, device, options);
      }
      throw new UsageError(`course setup: expected native, cuda or webgpu, got ${device}`);
    },
  },
  {
    usage: "weights <name>",
    says: "install the weights of a real model, after showing their size and licence",
    run: async (_root, [name]) => {
      await (await import("course/dist/weights.js")).installWeights(name!);
      return 0;
    },
  },
  {
    usage: "bench [...names]",
    says: "measure building beside nbconvert and grading beside nbgrader",
    run: async (root, words) => {
      await (await import("./bench/bench.js")).bench(root, words);
      return 0;
    },
  },
];

/** A mistake in the command line, which ends with code 2. */
class UsageError extends Error {}

function commandLine(): CAC {
  const cli = cac("course");
  for (const { usage, says, options = [], run } of SUBCOMMANDS) {
    const command = cli.command(usage, says);
    for (const [flag, text] of options) command.option(flag, text);
    // cac passes a list for [...words], a text for <word>, and the options last
    command.action((...args: unknown[]) =>
      run(courseRoot(), args.slice(0, -1).flat().map(String), args.at(-1)),
    );
  }
  return cli.help();
}

async function main(argv: string[]): Promise<number> {
  const cli = commandLine();
  const { options } = cli.parse(argv, { run: false });
  if (options.help) return 0;
  if (!cli.matchedCommand) {
    const name = argv[2];
    const names = SUBCOMMANDS.map(({ usage }) => usage.split(" ")[0]).join(", ");
    throw new UsageError(
      name === undefined
        ? `course needs a command: ${names} (course --help says more)`
        : `course has no command ${name}: it has ${names} (course --help says more)`,
    );
  }
  try {
    return Number((await cli.runMatchedCommand()) ?? 0);
  } catch (e) {
    if ((e as Error).name !== "CACError") throw e;
    throw new UsageError(
      `course ${cli.matchedCommandName}: ${lowerFirst((e as Error).message)} (course ` +
        `${cli.matchedCommandName} --help says more)`,
    );
  }
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

try {
  process.exitCode = await main(process.argv);
} catch (e) {
  console.error(process.env.COURSE_DEBUG ? e : (e as Error).message);
  process.exitCode = e instanceof UsageError ? 2 : 1;
}
