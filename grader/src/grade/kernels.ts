/**
 * Runs students' kernels: each in a child of its own, on Mesa's software adapter inside bubblewrap,
 * so that a kernel that never ends or breaks the driver costs its exercise alone, and every machine
 * gives the same points. In a notebook, and where the work is trusted, the child is an ordinary
 * process on whatever adapter there is.
 */
import { spawn } from "node:child_process";
import type { Outcome } from "../call";
import type { Case, KernelSpec, Launch } from "../exercise";
import { prepareKernel } from "../kernel/prepare";
import { countReads, type Buffers } from "../kernel/wgsl";
import type { TensorData } from "../tensor-data";
import { emptyJob, type AskedCase } from "./job";
import { parseKernelAnswer } from "./message";
import { runJob, type Launcher, type Patience, type RunOptions } from "./run";
import { encloseKernels, findDawn, GET_MESA, HOST, MESA, NoAdapter } from "./vulkan";

export { NoAdapter };

export interface Kernels extends Launcher {
  close(): void;
}

/** The first run compiles the kernel, on the processor, which takes seconds for a long one. */
const PATIENCE: Patience = { first: 20_000, next: 20_000, long: 20_000, all: 60_000 };

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
    await runJob(kernels, 0, emptyJob(), { patience: PATIENCE });
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

export interface RanKernel {
  outcomes: (Outcome | undefined)[];
  /** Why the child was lost, if it was. */
  loss?: string;
}

/**
 * @param text what the student's function returned, or how it failed
 * @throws SandboxFault when the child does not start
 */
export async function runKernel(
  kernels: Launcher,
  slot: number,
  spec: KernelSpec,
  text: Outcome | undefined,
  cases: Pick<Case, "args">[],
  options: RunOptions = {},
): Promise<RanKernel> {
  if (!text) return { outcomes: cases.map(() => undefined) };
  const kernel = prepareKernel(text, spec);
  if ("error" in kernel) return { outcomes: cases.map(() => kernel) };
  const asked = cases.map(({ args }): AskedCase => {
    const { inputs, sizes, shape, workgroups } = spec.launch(...(args as never[]));
    return { args: [kernel.code, inputs, sizes, shape, workgroups] };
  });
  const exercise = { name: "kernel", cell: -1, ours: [], forbid: [], cases: asked };
  const job = { ...emptyJob(), exercises: [exercise] };
  const ran = await runJob(kernels, slot, job, { patience: PATIENCE, ...options });
  return { loss: ran.losses[0], outcomes: ran.outcomes[0]!.map(parseKernelAnswer) };
}

/** A kernel's text and what it is run on. */
export interface AskedKernel extends Buffers, Omit<Launch, "inputs" | "mostBytes"> {
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
): Promise<Outcome[]> {
  const cases = asked.map(({ text, data, sizes, shape, workgroups, ...buffers }): AskedCase => {
    const code = how || buffers.inputs.length === 0 ? text : countReads(text, buffers);
    return { args: [code, data, sizes, shape, workgroups, ...(how ? [how] : [])] };
  });
  const exercise = { name: "kernel", cell: -1, ours: [], forbid: [], cases };
  const job = { ...emptyJob(), exercises: [exercise] };
  const { outcomes, losses } = await runJob(kernels, 0, job, { patience: PATIENCE });
  return outcomes[0]!.map((outcome): Outcome => {
    const known = how ? outcome : parseKernelAnswer(outcome);
    if (!known) return { error: `It was stopped: ${losses[0] ?? "it gave no answer"}.` };
    return known;
  });
}
