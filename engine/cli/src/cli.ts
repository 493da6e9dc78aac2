/** The command `course`. A subcommand loads its code when it runs, so short ones start fast. */
import { cac, type CAC } from "cac";
import { courseRoot, isRelease } from "grader/files";

interface Subcommand {
  /** Its name and arguments, in the notation of cac. */
  usage: string;
  /** What --help says about it. */
  summary: string;
  options?: [flag: string, summary: string][];
  /** Whether students can call it in a release. */
  inRelease?: true;
  /** @returns the exit code; undefined means 0 */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- options as cac parses them
  run(root: string, args: string[], options: any): Promise<number | undefined>;
}

const QUEUE_OPTIONS: Subcommand["options"] & object = [
  ["--metrics <address>", "serve /metrics for Prometheus: a port, or an address and a port"],
];

const SUBCOMMANDS: Subcommand[] = [
  {
    usage: "build [...lessons]",
    summary: "write the notebooks of all lessons, or of those named (06 or 06-attention)",
    options: [
      ["--watch", "build again whenever a lesson or a solution changes"],
      ["--check", "write nothing; exit with 1 and name what is stale"],
    ],
    run: async (root, args, options) =>
      (await import("builder/build")).buildCommand(root, args, options),
  },
  {
    usage: "solve [...lessons]",
    summary:
      "run the solved notebooks of all lessons, or of those named, in the real kernel, and " +
      "keep them in .local/solved",
    options: [
      ["--again", "also run those that are up to date"],
      ["--update", "keep this run's values of inline results, and its figures as previews"],
      ["--jobs <n>", "kernels at a time"],
    ],
    run: async (root, args, options) =>
      (await import("builder/solve")).solveCommand(root, args, options),
  },
  {
    usage: "claims [...lessons]",
    summary:
      "list the sentences with a number or a comparison that nothing backs, of all lessons or of " +
      "those named",
    options: [["--all", "list every one, and what backs it"]],
    run: async (root, args, options) =>
      (await import("builder/claims")).claimsCommand(root, args, options),
  },
  {
    usage: "slides [...lessons]",
    summary:
      "write the slides of all lessons, or of those named, to .local/slides, with the figures " +
      "of solved notebooks",
    options: [
      ["--pdf", "also write PDFs, printed by Chromium"],
      ["--out <folder>", "write to another folder"],
    ],
    run: async (root, args, options) =>
      (await import("builder/slides")).slidesCommand(root, args, options),
  },
  {
    usage: "site",
    summary:
      "write the course as a website for any static host, to .local/site: pages to read, search, " +
      "slides and notebooks that run in the browser",
    options: [
      ["--base <path>", "where the host serves it, / unless given: /course/"],
      ["--url <address>", "the whole address instead, for previews of links and search engines"],
      ["--out <folder>", "write to another folder"],
      ["--serve", "also show it at an address of this machine"],
      ["--solutions", "show the answers of exercises"],
      ["--no-run", "leave out the notebooks that run in the browser"],
      ["--weights", "offer the weights of real models that are installed here"],
    ],
    run: async (root, _args, options) => (await import("builder/site")).siteCommand(root, options),
  },
  {
    usage: "grade [...submissions]",
    summary: "grade notebooks, or folders of them, in the sandbox and write the reports",
    options: [
      ["--out <folder>", "where the reports go"],
      ["--seed <n>", "draw the same inputs as the batch whose reports show this seed"],
      ["--jobs <n>", "how many submissions to grade at a time"],
      ["--budget <seconds>", "processor time for each submission, 60 unless given"],
      ["--lesson <lesson>", "grade notebooks of this lesson only, and name the others"],
      ["--trusted", "grade without a sandbox: for your own work only"],
      ["--queue [url]", "let workers grade: redis://host:6379, or $COURSE_QUEUE"],
      ...QUEUE_OPTIONS,
    ],
    run: async (root, args, options) =>
      (await import("grader/commands")).gradeCommand(root, args, options),
  },
  {
    usage: "worker",
    summary: "grade what course grade puts on a queue, on this machine, until it is stopped",
    options: [
      ["--queue [url]", "the queue: redis://host:6379, or $COURSE_QUEUE"],
      ...QUEUE_OPTIONS,
      ["--jobs <n>", "how many submissions to grade at a time"],
      [
        "--lease <seconds>",
        "how long after its last sign of life others take over, 60 unless given",
      ],
      ["--trusted", "grade without a sandbox: for your own work only"],
    ],
    run: async (root, _args, options) =>
      (await import("grader/commands/worker")).workerCommand(root, options),
  },
  {
    usage: "release <folder>",
    summary:
      "write what students get: notebooks, the course and its checks in compiled form, no " +
      "solutions; or renew it",
    options: [
      ["--lessons <lessons>", "add these lessons: 00-06, or 03,05; all unless given"],
      [
        "--standalone",
        "let each lesson be taken alone: what it imports of other lessons' exercises comes compiled",
      ],
    ],
    run: async (root, [folder], options) =>
      (await import("./release/release.js")).releaseCommand(root, folder!, options),
  },
  {
    usage: "publish <lesson> <folder>",
    summary: "add a lesson's solutions to a release, for showSolution",
    run: async (root, [lesson, folder]) =>
      (await import("./release/release.js")).publishCommand(root, lesson!, folder!),
  },
  {
    usage: "gradescope <lesson>",
    summary: "write the archive that Gradescope takes as a lesson's autograder",
    options: [["--out <file>", "its name, autograder.zip unless given"]],
    run: async (root, [lesson], options) =>
      (await import("./gradescope/archive.js")).gradescopeCommand(root, lesson!, options),
  },
  {
    usage: "class <action> [...words]",
    summary:
      "run a class from roster to gradebook: init, roster, collect, grade, show, marks, override, " +
      "extend, accommodate, excuse, missing, total, staff, rubric, requests, answer, oral, regrade, " +
      "publish, unpublish, export, lti, backup, restore, erase, audit, report, serve or token, then " +
      "the class's folder",
    options: [
      ["--lesson <lesson>", "the lesson, 06 or 06-attention; all where an action takes several"],
      ["--roster <file>", "init: read this roster (CSV, or Canvas's, Moodle's, Gradescope's)"],
      ["--title <text>", "init: the class's name"],
      ["--time-zone <zone>", "init: of deadlines, such as Europe/Berlin"],
      ["--database <url>", "init: keep the gradebook in PostgreSQL: postgres://user@host/name"],
      ["--worksheet <file>", "collect: Moodle's grading worksheet, which knows names and times"],
      ["--file-times", "collect: take the files' own times where the platform says none"],
      ["--read <sheet>", "marks, rubric: read a table back"],
      ["--reason <text>", "override, extend, accommodate, excuse, missing, erase: why"],
      ["--role <role>", "staff: owner, instructor, grader, or none to take it away"],
      ["--name <name>", "staff: under which decisions are recorded"],
      ["--sections <names>", "staff: only these sections of the roster, separated by commas"],
      ["--names", "staff: a grader sees names"],
      ["--by <name>", "who decides, your user name unless given; serve: whoever uses its link"],
      ["--accept", "regrade: make what was shown the grades that hold; erase: do it"],
      ["--preview", "publish: say what would change for students, and publish nothing"],
      ["--to <what>", "export: canvas, moodle, csv, total or feedback"],
      ["--unfinished", "export: also points that wait for marks or for the grader"],
      [
        "--with <folders>",
        "report: compare answers with those of other classes, too (with commas)",
      ],
      ["--student <who>", "export: all data of one student; audit: changes that concern one"],
      ["--from <folder>", "restore: the backup"],
      ["--out <file>", "export, report, audit, oral: where to write; backup: a new folder"],
      ["--port <n>", "serve, token: the server's port, 8765 unless given"],
      ["--host <address>", "serve, token: where it listens, 127.0.0.1 unless given"],
      ["--url <address>", "serve, token, lti: as browsers see it, such as https://grades.x.edu"],
      ["--seed <n>", "grade: the seed of a lesson's first grades"],
      ["--jobs <n>", "grade, regrade, serve: how many at a time"],
      ["--budget <seconds>", "grade, regrade, serve: processor time for each submission"],
      ["--trusted", "grade, regrade, serve: without a sandbox, for your own work only"],
      ["--queue [url]", "grade, regrade, serve: let workers grade, as in course grade"],
      ...QUEUE_OPTIONS,
    ],
    run: async (root, args, options) => {
      const [action, folder] = args;
      const pages = ["report", "serve", "token"].includes(action ?? "");
      if (pages && folder !== undefined) {
        return (await import("classroom/commands")).pageCommand(root, args, options);
      }
      return (await import("classroom/commands")).classCommand(root, args, options);
    },
  },
  {
    usage: "nbgrader <folder> [...lessons]",
    summary:
      "make a folder for nbgrader, with its settings and the source versions of all lessons, or " +
      "of those named",
    options: [["--force", "replace files that differ, such as notebooks of an older release"]],
    run: async (root, [folder, ...lessons], options) =>
      (await import("builder/nbgrader")).nbgraderCommand(root, folder!, lessons, options),
  },
  {
    usage: "prove [...exercises]",
    summary:
      "show for all exercises, or for those named, that the solution passes, the stub fails, and " +
      "each mutant fails and is recognized",
    options: [
      ["--mutate", "test the cases instead: small changes of the solutions must fail"],
      ["--jobs <n>", "children at a time"],
    ],
    run: async (root, args, options) =>
      options.mutate
        ? (await import("grader/commands/mutate")).mutateCommand(root, args, options)
        : (await import("grader/commands")).proveCommand(root, args, options),
  },
  {
    usage: "doctor",
    inRelease: true,
    summary: "show which devices this machine has, and how to get a better one",
    run: async (root) => {
      console.log(await (await import("course/doctor")).doctor());
      if (isRelease(root)) return 0;
      const { describeSandbox } = await import("grader/sandbox");
      console.log(`\n${await describeSandbox(root)}`);
      return 0;
    },
  },
  {
    usage: "setup <what>",
    inRelease: true,
    summary:
      "install what a faster device needs: native, cuda or webgpu; " +
      "or tell Jupyter and VS Code where the kernel is: kernel; or a JupyterHub for a class: hub",
    options: [
      ["--yes", "agree to a large download"],
      ["--user", "the kernel for this user (so unless --prefix is given)"],
      ["--prefix <folder>", "the kernel for an environment: <folder>/share/jupyter"],
      ["--remove", "take the kernel away again"],
    ],
    run: async (root, [what], options) => {
      if (what === "kernel") {
        return (await import("kernel")).setupKernel(root, options);
      }
      if (what === "webgpu") return (await import("./devices/webgpu.js")).setupWebgpu(root);
      if (what === "hub") return (await import("./hub/hub.js")).setupHub(root);
      if (what === "native") return (await import("./devices/native.js")).setupNative(root);
      if (what === "cuda") {
        return (await import("./devices/tensorflow.js")).setupTensorFlow(root, options);
      }
      throw new UsageError(
        `course setup: expected native, cuda, webgpu, kernel or hub, got ${what}`,
      );
    },
  },
  {
    usage: "copies",
    inRelease: true,
    summary:
      "make your copies of the notebooks, or bring them up to date, as npm start does, and start " +
      "nothing",
    options: [["--env", "also print the environment of a Jupyter server for them, as JSON"]],
    run: async (root, _args, options) =>
      (await import("./hub/hub.js")).copiesCommand(root, options),
  },
  {
    usage: "weights <name>",
    inRelease: true,
    summary: "install the weights of a real model, after showing their size and license",
    run: async (_root, [name]) => {
      await (await import("course/weights")).installWeights(name!);
      return 0;
    },
  },
  {
    usage: "bench [...names]",
    summary: "compare building with nbconvert and grading with nbgrader, and run the benchmarks",
    run: async (root, args) => {
      await (await import("./bench/bench.js")).bench(root, args);
      return 0;
    },
  },
];

/** A mistake in the command line, which ends with code 2. */
class UsageError extends Error {}

/** The course around, or with --private the one that it makes with an instructor's lessons. */
async function findRoot({ private: folder }: { private?: unknown }): Promise<string> {
  if (folder === undefined) return courseRoot();
  const { withPrivate } = await import("builder/private");
  // parts of the command, and the processes that it starts, look for the course by themselves
  return (process.env.COURSE_ROOT = withPrivate(courseRoot(), String(folder)));
}

/** All subcommands, or those that a release can run: it has no sources and no solutions. */
function availableSubcommands(): Subcommand[] {
  return isRelease(courseRoot()) ? SUBCOMMANDS.filter(({ inRelease }) => inRelease) : SUBCOMMANDS;
}

function commandLine(): CAC {
  const cli = cac("course");
  for (const { usage, summary, options = [], run } of availableSubcommands()) {
    const command = cli.command(usage, summary);
    for (const [flag, text] of options) command.option(flag, text);
    // cac passes a list for [...words], a text for <word>, and the options last
    command.action(async (...args: unknown[]) =>
      run(await findRoot(args.at(-1) as object), args.slice(0, -1).flat().map(String), args.at(-1)),
    );
  }
  if (!isRelease(courseRoot())) {
    cli.option("--private <folder>", "also take lessons and solutions kept in this folder");
  }
  return cli.help();
}

async function main(argv: string[]): Promise<number> {
  const cli = commandLine();
  const { options } = cli.parse(argv, { run: false });
  if (options.help) return 0;
  if (!cli.matchedCommand) {
    const name = argv[2];
    const names = availableSubcommands()
      .map(({ usage }) => usage.split(" ")[0])
      .join(", ");
    const problem = name === undefined ? "course needs a command" : `course has no command ${name}`;
    const isLeftOut = SUBCOMMANDS.some(({ usage }) => usage.split(" ")[0] === name);
    const why = isLeftOut ? ", since this is a release for students" : "";
    throw new UsageError(`${problem}${why}: choose from ${names} (course --help says more)`);
  }
  try {
    return Number((await cli.runMatchedCommand()) ?? 0);
  } catch (e) {
    if ((e as Error).name !== "CACError") throw e;
    const command = `course ${cli.matchedCommandName}`;
    const problem = lowerFirst((e as Error).message);
    throw new UsageError(`${command}: ${problem} (${command} --help says more)`);
  }
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

try {
  process.exitCode = await main(process.argv);
} catch (e) {
  console.error(process.env.COURSE_DEBUG ? e : (e as Error).message);
  process.exitCode = e instanceof UsageError ? 2 : 1;
}
