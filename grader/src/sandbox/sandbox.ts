/**
 * Starts the children that run submissions: inside bubblewrap, where they find Node, its libraries,
 * the snapshot and tfjs's WASM and nothing else; where that can't be, locked down by themselves
 * (lockdown.ts); or, when the work is trusted, as ordinary processes.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { ALLOCATOR, LARGE_PAGES } from "./allocator";
import { enclose, NoSandbox, type Enclosed } from "./bubblewrap";
import { lockDown } from "./lockdown";
import { runJob, type Launcher } from "./run";
import { makeSnapshot, NODE_FLAGS } from "./snapshot";

export { NoSandbox };

export interface Sandbox extends Launcher, Enclosed {
  /** What holds the children, in words: "bubblewrap". */
  holds: string;
}

const MEGABYTE = 1 << 20;
/** Heap, buffers and WASM memory together are capped by data. */
const LIMITS = [
  `--data=${768 * MEGABYTE}`,
  "--cpu=60",
  "--fsize=0",
  "--nofile=64",
  "--core=0",
  "--memlock=0",
  "--msgqueue=0",
];

function bubblewrap(root: string): Sandbox {
  const { blob, wasm } = makeSnapshot(root);
  const node = process.execPath;
  return {
    wasm: "/wasm",
    holds: "bubblewrap",
    ...enclose({
      files: [
        [node, "/node"],
        [blob, "/blob"],
        [wasm, "/wasm"],
        ...LARGE_PAGES.filter(existsSync).map((file): [string, string] => [file, file]),
      ],
      programs: [node],
      command: ["/node", ...NODE_FLAGS, "--snapshot-blob", "/blob"],
      env: ALLOCATOR,
      limits: LIMITS,
    }),
  };
}

function fallback(root: string): Sandbox {
  const locked = lockDown({ ...makeSnapshot(root), flags: NODE_FLAGS, env: ALLOCATOR });
  const landlock = locked.landlock ? ", Landlock" : "";
  const holds = `Node's permissions, a filter of system calls${landlock}`;
  return { ...locked, holds };
}

function trusted(root: string): Sandbox {
  const { blob, wasm } = makeSnapshot(root);
  // Windows starts nothing without these
  const env = Object.fromEntries(
    ["SystemRoot", "windir"].flatMap((name) =>
      process.env[name] ? [[name, process.env[name]]] : [],
    ),
  );
  return {
    wasm,
    holds: "nothing: the work is trusted",
    close: () => undefined,
    complaint: () => "its first child does not answer",
    start: () =>
      spawn(process.execPath, [...NODE_FLAGS, "--snapshot-blob", blob], {
        env: { ...env, ...ALLOCATOR },
        cwd: dirname(blob),
        stdio: ["pipe", "ignore", "ignore", "pipe"],
      }),
  };
}

const EMPTY = { solutions: "", cells: [], exercises: [] };

/** @throws NoSandbox where its first child does not answer */
async function tried(open: () => Sandbox): Promise<Sandbox> {
  const sandbox = open();
  try {
    await runJob(sandbox, 0, { wasm: sandbox.wasm, ...EMPTY });
    return sandbox;
  } catch (e) {
    const why = sandbox.complaint();
    sandbox.close();
    throw new NoSandbox(why, { cause: e });
  }
}

/** COURSE_SANDBOX names the one that must be taken. */
const KINDS = { bubblewrap, fallback };

function kindsToTry(): (keyof typeof KINDS)[] {
  const { COURSE_SANDBOX: asked = "" } = process.env;
  if (asked === "") return ["bubblewrap", "fallback"];
  if (asked === "bubblewrap" || asked === "fallback") return [asked];
  throw new Error(`COURSE_SANDBOX: expected bubblewrap or fallback, got ${asked}`);
}

/** @throws NoSandbox when untrusted code could not be held here */
export async function openSandbox(
  root: string,
  options: { trusted?: boolean } = {},
): Promise<Sandbox> {
  if (options.trusted) {
    return tried(() => trusted(root)).catch((e: Error) => {
      throw new Error(`the grader's child does not run: ${e.message}`, { cause: e });
    });
  }
  const reasons: string[] = [];
  for (const kind of kindsToTry()) {
    try {
      const sandbox = await tried(() => KINDS[kind](root));
      const why = reasons.map((reason) => ` (${reason})`).join("");
      return { ...sandbox, holds: `${sandbox.holds}${why}` };
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

/** What would hold submissions on this machine, for `course doctor`. */
export async function describeSandbox(root: string): Promise<string> {
  try {
    const sandbox = await openSandbox(root);
    sandbox.close();
    return `What holds submissions when grading: ${sandbox.holds}.`;
  } catch (e) {
    return `Grading: ${(e as Error).message}.`;
  }
}
