/**
 * Runs students' kernels: those of one submission in a child, on Mesa's software adapter inside
 * bubblewrap, so that every machine gives the same points, and a kernel that never ends costs its
 * exercise alone. In a notebook, and where the work is trusted, the child is an ordinary process on
 * whatever adapter there is.
 */
import { spawn } from "node:child_process";
import type { CaseOutcome } from "../exercise/call";
import type { Case, KernelSpec, Launch } from "../exercise/exercise";
import { prepareKernel } from "./prepare";
import { countReads, type Buffers } from "./wgsl";
import type { TensorData } from "../exercise/tensorData";
import { emptyJob, type JobCase, type JobExercise } from "../sandbox/job";
import { parseKernelAnswer } from "../sandbox/message";
import { runJob, type Launcher, type Patience, type RunOptions } from "../sandbox/run";
import { encloseKernels, findDawn, GET_MESA, HOST, MESA, NoAdapter } from "./vulkan";

export { NoAdapter };

const kernelExercise = (cases: JobCase[]): JobExercise => ({
  ...{ name: "kernel", cell: -1, references: [], forbid: [] },
  cases,
});

export interface Kernels extends Launcher {
  close(): void;
}

/** The first run compiles the kernel, on the processor, which takes seconds for a long one. */
const PATIENCE: Patience = { start: 20_000, step: 20_000, longCase: 20_000, child: 60_000 };

function ordinary(root: string, env: Record<string, string>): Kernels {
  const dawn = findDawn(root);
  return {
    wasm: "",
    close: () => undefined,
    start: () =>
      spawn(process.execPath, [HOST, dawn], {
        env: { ...process.env, ...env },
        stdio: ["pipe", "ignore", "ignore", "pipe"],
        windowsHide: true,
      }),
  };
}

interface OpenOptions {
  /** Runs an ordinary process. */
  trusted?: boolean;
  /** Where trusted, with Mesa's own settings: fast, on all cores. */
  fast?: boolean;
}

/** @throws NoAdapter, NoSandbox */
export async function openKernels(root: string, options: OpenOptions = {}): Promise<Kernels> {
  const kernels = options.trusted
    ? ordinary(root, options.fast ? {} : MESA)
    : { ...encloseKernels(root), wasm: "" };
  try {
    await runJob(kernels, 0, emptyJob(), { timeouts: PATIENCE });
    return kernels;
  } catch (e) {
    kernels.close();
    const why = options.trusted
      ? "this machine has no adapter: install the driver of its graphics card, or Mesa's " +
        `software adapter (${GET_MESA})`
      : `the child that runs kernels does not start (${(e as Error).message})`;
    throw new NoAdapter(why, { cause: e });
  }
}

/** Opened when the first kernel comes, since most lessons have none. */
export interface KernelSource {
  /** @throws NoAdapter, NoSandbox */
  open(): Promise<Kernels>;
  close(): void;
}

export function kernelSource(root: string, options: { trusted?: boolean } = {}): KernelSource {
  let opened: Promise<Kernels> | undefined;
  return {
    open: () => (opened ??= openKernels(root, options)),
    close: () => {
      void opened?.then(
        (kernels) => kernels.close(),
        () => undefined,
      );
    },
  };
}

/** What a student's function returned, and what the kernel in it is run on. */
export interface Asked {
  spec: KernelSpec;
  /** Or how the function failed. */
  text: CaseOutcome | undefined;
  cases: Pick<Case, "args">[];
}
export interface RanKernel {
  outcomes: (CaseOutcome | undefined)[];
  /** Why the child was lost, if it was. */
  loss?: string;
}

/** What the child is asked of one kernel: nothing where its outcomes are known without. */
function prepare({ spec, text, cases }: Asked): { asked: JobCase[]; known?: RanKernel } {
  if (!text) return { asked: [], known: { outcomes: cases.map(() => undefined) } };
  const kernel = prepareKernel(text, spec);
  if ("error" in kernel) return { asked: [], known: { outcomes: cases.map(() => kernel) } };
  const asked = cases.map(({ args }): JobCase => {
    const { inputs, sizes, shape, workgroups } = spec.launch(...(args as never[]));
    return { args: [kernel.code, inputs, sizes, shape, workgroups] };
  });
  return { asked };
}

/**
 * Runs kernels of the same person one after another in one child, each on a device of its own. One
 * that loses the child costs itself alone: the next child goes on after it.
 * @throws SandboxFault when the child does not start
 */
export async function runKernels(
  kernels: Launcher,
  slot: number,
  all: Asked[],
  options: RunOptions = {},
): Promise<RanKernel[]> {
  const prepared = all.map(prepare);
  if (prepared.every(({ known }) => known)) return prepared.map(({ known }) => known!);
  const job = { ...emptyJob(), exercises: prepared.map(({ asked }) => kernelExercise(asked)) };
  const ran = await runJob(kernels, slot, job, { timeouts: PATIENCE, ...options });
  return prepared.map(
    ({ known }, i): RanKernel =>
      known ?? { loss: ran.losses[i], outcomes: ran.outcomes[i]!.map(parseKernelAnswer) },
  );
}

/** @throws SandboxFault when the child does not start */
export async function runKernel(
  kernels: Launcher,
  slot: number,
  spec: KernelSpec,
  text: CaseOutcome | undefined,
  cases: Pick<Case, "args">[],
  options: RunOptions = {},
): Promise<RanKernel> {
  const [ran] = await runKernels(kernels, slot, [{ spec, text, cases }], options);
  return ran!;
}

/** A kernel's text and what it is run on. */
export interface AskedKernel extends Buffers, Omit<Launch, "inputs" | "maxBytesRead"> {
  text: string;
  /** In the order of `inputs`. */
  data: TensorData[];
}

/**
 * Runs kernels of the same person, one after another in one child. Timed ones run as they are and
 * give their milliseconds and the adapter; others have their reads counted, and give their output.
 * @throws NoAdapter, SandboxFault
 */
export async function tryKernels(
  kernels: Launcher,
  asked: AskedKernel[],
  how?: "timed",
): Promise<CaseOutcome[]> {
  const cases = asked.map(({ text, data, sizes, shape, workgroups, ...buffers }): JobCase => {
    const code = how || buffers.inputs.length === 0 ? text : countReads(text, buffers);
    return { args: [code, data, sizes, shape, workgroups, ...(how ? [how] : [])] };
  });
  const job = { ...emptyJob(), exercises: [kernelExercise(cases)] };
  const { outcomes, losses } = await runJob(kernels, 0, job, { timeouts: PATIENCE });
  return outcomes[0]!.map((outcome): CaseOutcome => {
    const known = how ? outcome : parseKernelAnswer(outcome);
    if (!known) return { error: `It was stopped: ${losses[0] ?? "it gave no answer"}.` };
    return known;
  });
}
