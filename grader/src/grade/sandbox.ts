/**
 * Starts the children that run submissions: inside bubblewrap, where they find Node, its libraries,
 * the snapshot and tfjs's WASM and nothing else, or, when the work is trusted, as ordinary
 * processes.
 */
import { spawn } from "node:child_process";
import { dirname } from "node:path";
import { enclose, NoSandbox, type Enclosed } from "./bubblewrap";
import { runJob, type Launcher } from "./run";
import { makeSnapshot, NODE_FLAGS } from "./snapshot";

export { NoSandbox };

export interface Sandbox extends Launcher, Enclosed {}

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
    ...enclose({
      files: [
        [node, "/node"],
        [blob, "/blob"],
        [wasm, "/wasm"],
      ],
      programs: [node],
      command: ["/node", ...NODE_FLAGS, "--snapshot-blob", "/blob"],
      limits: LIMITS,
    }),
  };
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
    close: () => undefined,
    complaint: () => "its first child does not answer",
    start: () =>
      spawn(process.execPath, [...NODE_FLAGS, "--snapshot-blob", blob], {
        env,
        cwd: dirname(blob),
        stdio: ["pipe", "ignore", "ignore", "pipe"],
      }),
  };
}

/** @throws NoSandbox when untrusted code could not be held here */
export async function openSandbox(
  root: string,
  options: { trusted?: boolean } = {},
): Promise<Sandbox> {
  const sandbox = options.trusted ? trusted(root) : bubblewrap(root);
  try {
    await runJob(sandbox, 0, {
      wasm: sandbox.wasm,
      solutions: "",
      ours: [],
      cells: [],
      exercises: [],
    });
    return sandbox;
  } catch (e) {
    const why = sandbox.complaint();
    sandbox.close();
    if (options.trusted) throw new Error(`the grader's child does not run: ${why}`, { cause: e });
    throw new NoSandbox(
      `bubblewrap does not work here (${why}): allow unprivileged user namespaces, in a ` +
        "container with docker run --privileged, or grade work of your own with --trusted",
      { cause: e },
    );
  }
}
