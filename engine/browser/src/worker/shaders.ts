/**
 * In place of grader/src/shaders/runShaders.ts, whose names it offers: a student's shaders run in this
 * worker, on the page's own adapter. The browser stops one that never ends and takes the device away.
 */
import type { Case, KernelSpec, CaseOutcome } from "grader";
import type { AskedKernel, RanKernel } from "grader/shaders/run";
import { parseKernelAnswer } from "grader/sandbox/message";
import {
  answerOf,
  countReads,
  type KernelArgs,
  kernelRunner,
  type OpenDevice,
  prepareKernel,
} from "grader/shaders";

export class NoAdapter extends Error {}

interface Kernels {
  open: OpenDevice;
  run: ReturnType<typeof kernelRunner>;
  close(): void;
}
interface Adapter {
  info: { description: string; vendor: string; architecture: string; isFallbackAdapter: boolean };
  requestDevice(): Promise<OpenDevice["device"]>;
}

/** @throws NoAdapter */
export async function openKernels(): Promise<Kernels> {
  const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<Adapter | null> } };
  const adapter = await gpu?.requestAdapter();
  if (!adapter) {
    const why = "this browser gives no WebGPU adapter; a recent Chrome, Edge or Safari does";
    throw new NoAdapter(why);
  }
  const { description, vendor, architecture, isFallbackAdapter: software } = adapter.info;
  const device = await adapter.requestDevice();
  const open = { device, adapter: description || `${vendor} ${architecture}`.trim(), software };
  const close = () => {
    device.destroy();
  };
  return { open, run: kernelRunner(device), close };
}

/** See grader/src/shaders/runShaders.ts. */
export async function runKernel(
  { open, run }: Kernels,
  _slot: number,
  spec: KernelSpec,
  text: CaseOutcome | undefined,
  cases: Pick<Case, "args">[],
): Promise<RanKernel> {
  if (!text) return { outcomes: cases.map(() => undefined) };
  const kernel = prepareKernel(text, spec);
  if ("error" in kernel) return { outcomes: cases.map(() => kernel) };
  const outcomes: RanKernel["outcomes"] = [];
  for (const { args } of cases) {
    const { inputs, sizes, shape, workgroups } = spec.launch(...(args as never[]));
    const asked = [kernel.code, inputs, sizes, shape, workgroups] as KernelArgs;
    outcomes.push(parseKernelAnswer(await answerOf(open, run, asked)));
  }
  return { outcomes };
}

/** See grader/src/shaders/runShaders.ts. */
export async function tryKernels(
  { open, run }: Kernels,
  asked: AskedKernel[],
  how?: "timed",
): Promise<CaseOutcome[]> {
  const outcomes: CaseOutcome[] = [];
  for (const { text, data, sizes, shape, workgroups, ...buffers } of asked) {
    const code = how || buffers.inputs.length === 0 ? text : countReads(text, buffers);
    const ran = await answerOf(open, run, [code, data, sizes, shape, workgroups, how]);
    const known = how ? ran : parseKernelAnswer(ran);
    outcomes.push(known ?? { error: "It was stopped: it gave no answer." });
  }
  return outcomes;
}
