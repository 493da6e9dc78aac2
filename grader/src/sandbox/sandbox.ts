/**
 * Opens the sandbox in which submissions run. Its children run in bubblewrap, where they find Node, its
 * libraries, the snapshot and tfjs's WASM and nothing else; where bubblewrap doesn't work, in the
 * fallback (lockdown.ts); or, when the work is trusted, as ordinary processes.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { ALLOCATOR_ENV, LARGE_PAGES, makeSnapshot, NODE_FLAGS } from "./snapshot";
import { openBubblewrap, NoSandbox, type ChildStarter } from "./bubblewrap";
import { openLockdown } from "./lockdown";
import { emptyJob } from "./job";
import { runJob, type Launcher } from "./run";

export { NoSandbox };

export interface Sandbox extends Launcher, ChildStarter {
  /** What isolates the children, for people: "bubblewrap". */
  description: string;
}

const MEGABYTE = 1 << 20;
/** `data` limits heap, buffers and WASM memory together. */
const LIMITS = [
  `--data=${768 * MEGABYTE}`,
  "--cpu=60",
  "--fsize=0",
  "--nofile=64",
  "--core=0",
  "--memlock=0",
  "--msgqueue=0",
];

function openBubblewrapSandbox(root: string): Sandbox {
  const { blob, wasm } = makeSnapshot(root);
  const node = process.execPath;
  return {
    wasm: "/wasm",
    description: "bubblewrap",
    ...openBubblewrap({
      files: [
        [node, "/node"],
        [blob, "/blob"],
        [wasm, "/wasm"],
        ...LARGE_PAGES.filter(existsSync).map((file): [string, string] => [file, file]),
      ],
      programs: [node],
      command: ["/node", ...NODE_FLAGS, "--snapshot-blob", "/blob"],
      env: ALLOCATOR_ENV,
      limits: LIMITS,
    }),
  };
}

function openFallbackSandbox(root: string): Sandbox {
  const locked = openLockdown({ ...makeSnapshot(root), flags: NODE_FLAGS, env: ALLOCATOR_ENV });
  const landlock = locked.landlock ? ", Landlock" : "";
  const description = `Node's permissions, a filter of system calls${landlock}`;
  return { ...locked, description };
}

function openTrustedSandbox(root: string): Sandbox {
  const { blob, wasm } = makeSnapshot(root);
  // Windows starts no process without these
  const env = Object.fromEntries(
    ["SystemRoot", "windir"].flatMap((name) =>
      process.env[name] ? [[name, process.env[name]]] : [],
    ),
  );
  return {
    wasm,
    description: "nothing: the work is trusted",
    close: () => undefined,
    startupError: () => "its first child does not answer",
    start: () =>
      spawn(process.execPath, [...NODE_FLAGS, "--snapshot-blob", blob], {
        env: { ...env, ...ALLOCATOR_ENV },
        cwd: dirname(blob),
        stdio: ["pipe", "ignore", "ignore", "pipe"],
      }),
  };
}

/** Opens a sandbox and runs an empty job in it. @throws NoSandbox where its child doesn't answer */
async function openTested(open: () => Sandbox): Promise<Sandbox> {
  const sandbox = open();
  try {
    await runJob(sandbox, 0, emptyJob(sandbox.wasm));
    return sandbox;
  } catch (e) {
    const reason = sandbox.startupError();
    sandbox.close();
    throw new NoSandbox(reason, { cause: e });
  }
}

/** The kinds of sandbox, tried in this order; the environment variable COURSE_SANDBOX forces one. */
const SANDBOX_KINDS = { bubblewrap: openBubblewrapSandbox, fallback: openFallbackSandbox };

function kindsToTry(): (keyof typeof SANDBOX_KINDS)[] {
  const { COURSE_SANDBOX: forced = "" } = process.env;
  if (forced === "") return ["bubblewrap", "fallback"];
  if (forced === "bubblewrap" || forced === "fallback") return [forced];
  throw new Error(`COURSE_SANDBOX: expected bubblewrap or fallback, got ${forced}`);
}

/** @throws NoSandbox when this machine can't isolate untrusted code */
export async function openSandbox(
  root: string,
  options: { trusted?: boolean } = {},
): Promise<Sandbox> {
  if (options.trusted) {
    return openTested(() => openTrustedSandbox(root)).catch((e: Error) => {
      throw new Error(`the grader's child does not run: ${e.message}`, { cause: e });
    });
  }
  const reasons: string[] = [];
  for (const kind of kindsToTry()) {
    try {
      const sandbox = await openTested(() => SANDBOX_KINDS[kind](root));
      const whyNotOthers = reasons.map((reason) => ` (${reason})`).join("");
      return { ...sandbox, description: `${sandbox.description}${whyNotOthers}` };
    } catch (e) {
      if (!(e instanceof NoSandbox)) throw e;
      reasons.push(`${kind} does not work here (${e.message})`);
    }
  }
  throw new NoSandbox(
    `${reasons.join(", and the ")}: grade on Linux with bubblewrap or Python 3, or work of your ` +
      "own with --trusted",
  );
}

/** What would isolate submissions on this machine, for `course doctor`. */
export async function describeSandbox(root: string): Promise<string> {
  try {
    const sandbox = await openSandbox(root);
    sandbox.close();
    return `What isolates submissions when grading: ${sandbox.description}.`;
  } catch (e) {
    return `Grading: ${(e as Error).message}.`;
  }
}
