/**
 * Runs students' shaders in a child process: those of one submission in one child, on Mesa's software
 * adapter inside bubblewrap. So every machine gives the same points, and a shader that never ends
 * costs only its own exercise. In a notebook, and where the work is trusted, the child is an ordinary
 * process on whatever adapter the machine has. In the browser, engine/browser/src/worker/shaders.ts
 * takes the place of this file.
 */
import { spawn } from "node:child_process";
import type { CaseOutcome } from "../exercise/call";
import type { Case, ShaderSpec } from "../exercise/exercise";
import { emptyJob, type JobCase, type JobExercise } from "../sandbox/job";
import { runJob, type Launcher, type Timeouts, type RunOptions } from "../sandbox/run";
import {
  caseArgs,
  parseShaderResponse,
  prepareShader,
  requestArgs,
  type ShaderOutcomes,
  type ShaderRequest,
} from "./request";
import { findDawn, HOST_FILE, MESA_ENV, MESA_HINT, NoAdapter, openIsolatedHost } from "./vulkan";

export { NoAdapter };
export type { ShaderOutcomes, ShaderRequest } from "./request";

const shaderExercise = (cases: JobCase[]): JobExercise => ({
  name: "shader",
  cell: -1,
  references: [],
  forbid: [],
  cases,
});

export interface ShaderLauncher extends Launcher {
  close(): void;
}

/** Generous, since the first run compiles the shader on the processor: seconds for a long one. */
const SHADER_TIMEOUTS: Timeouts = { start: 20_000, step: 20_000, longCase: 20_000, child: 60_000 };

function openUnconfined(root: string, env: Record<string, string>): ShaderLauncher {
  const dawn = findDawn(root);
  return {
    wasm: "",
    close: () => undefined,
    start: () =>
      spawn(process.execPath, [HOST_FILE, dawn], {
        env: { ...process.env, ...env },
        stdio: ["pipe", "ignore", "ignore", "pipe"],
        windowsHide: true,
      }),
  };
}

interface OpenOptions {
  /** Runs shaders in an ordinary process. */
  trusted?: boolean;
  /** With `trusted`: lets Mesa optimize and use all cores. */
  fast?: boolean;
}

/** @throws NoAdapter, NoSandbox */
export async function openShaders(
  root: string,
  options: OpenOptions = {},
): Promise<ShaderLauncher> {
  const launcher = options.trusted
    ? openUnconfined(root, options.fast ? {} : MESA_ENV)
    : { ...openIsolatedHost(root), wasm: "" };
  try {
    await runJob(launcher, 0, emptyJob(), { timeouts: SHADER_TIMEOUTS });
    return launcher;
  } catch (e) {
    launcher.close();
    const why = options.trusted
      ? "this machine has no adapter: install the driver of its graphics card, or Mesa's " +
        `software adapter (${MESA_HINT})`
      : `the child that runs shaders does not start (${(e as Error).message})`;
    throw new NoAdapter(why, { cause: e });
  }
}

/** Opens a launcher when the first shader comes, since most lessons have none. */
export interface ShaderSource {
  /** @throws NoAdapter, NoSandbox */
  open(): Promise<ShaderLauncher>;
  close(): void;
}

export function shaderSource(root: string, options: { trusted?: boolean } = {}): ShaderSource {
  let opened: Promise<ShaderLauncher> | undefined;
  return {
    open: () => (opened ??= openShaders(root, options)),
    close: () => {
      void opened?.then(
        (launcher) => launcher.close(),
        () => undefined,
      );
    },
  };
}

/** An exercise's shader: what the student's function returned, and the cases to run it on. */
export interface ShaderTask {
  spec: ShaderSpec;
  /** The shader's text, or how the function failed. */
  text: CaseOutcome | undefined;
  cases: Pick<Case, "args">[];
}

/** The cases for the child; none where the outcomes are known without running the shader. */
function prepareTask(task: ShaderTask): { cases: JobCase[]; known?: ShaderOutcomes } {
  const { spec, text, cases } = task;
  if (!text) return { cases: [], known: { outcomes: cases.map(() => undefined) } };
  const shader = prepareShader(text, spec);
  if ("error" in shader) return { cases: [], known: { outcomes: cases.map(() => shader) } };
  return { cases: cases.map(({ args }) => ({ args: caseArgs(shader.code, spec, args) })) };
}

/**
 * Runs the shaders of one submission one after another in one child, each on a device of its own. A
 * shader that loses the child costs only itself: the next child continues after it.
 * @throws SandboxFault when the child doesn't start
 */
export async function runShaders(
  launcher: Launcher,
  slot: number,
  tasks: ShaderTask[],
  options: RunOptions = {},
): Promise<ShaderOutcomes[]> {
  const prepared = tasks.map(prepareTask);
  if (prepared.every(({ known }) => known)) return prepared.map(({ known }) => known!);
  const job = { ...emptyJob(), exercises: prepared.map(({ cases }) => shaderExercise(cases)) };
  const ran = await runJob(launcher, slot, job, { timeouts: SHADER_TIMEOUTS, ...options });
  return prepared.map(
    ({ known }, i): ShaderOutcomes =>
      known ?? { loss: ran.losses[i], outcomes: ran.outcomes[i]!.map(parseShaderResponse) },
  );
}

/** @throws SandboxFault when the child doesn't start */
export async function runShader(
  launcher: Launcher,
  slot: number,
  spec: ShaderSpec,
  text: CaseOutcome | undefined,
  cases: Pick<Case, "args">[],
  options: RunOptions = {},
): Promise<ShaderOutcomes> {
  const [ran] = await runShaders(launcher, slot, [{ spec, text, cases }], options);
  return ran!;
}

/**
 * Runs shaders of a reader's own one after another in one child. Timed ones run as they are and
 * return their milliseconds and the adapter; others have their reads counted and return their output.
 * @throws NoAdapter, SandboxFault
 */
export async function runShaderRequests(
  launcher: Launcher,
  requests: ShaderRequest[],
  mode?: "timed",
): Promise<CaseOutcome[]> {
  const cases = requests.map((request): JobCase => ({ args: requestArgs(request, mode) }));
  const job = { ...emptyJob(), exercises: [shaderExercise(cases)] };
  const { outcomes, losses } = await runJob(launcher, 0, job, { timeouts: SHADER_TIMEOUTS });
  return outcomes[0]!.map((outcome): CaseOutcome => {
    const known = mode ? outcome : parseShaderResponse(outcome);
    if (!known) return { error: `It was stopped: ${losses[0] ?? "it gave no answer"}.` };
    return known;
  });
}
