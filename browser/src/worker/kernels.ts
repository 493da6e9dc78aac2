/**
 * In place of grader/src/grade/kernels.ts: an exercise's kernels run on the page's own adapter, and
 * in this worker. One that never ends is ended by the browser, which takes the device away.
 */
import type { Case, KernelSpec, Outcome } from "grader";
import type { RanKernel } from "grader/dist/grade/kernels.js";
import { parseKernelAnswer } from "grader/dist/grade/message.js";
import { answerOf, type KernelArgs } from "grader/dist/kernel/answer.js";
import { kernelRunner } from "grader/dist/kernel/device.js";
import { prepareKernel } from "grader/dist/kernel/prepare.js";

export class NoAdapter extends Error {}

type Run = ReturnType<typeof kernelRunner>;
interface Gpu {
  requestAdapter(): Promise<{
    requestDevice(): Promise<Parameters<typeof kernelRunner>[0]>;
  } | null>;
}

/** @throws NoAdapter */
export async function openKernels(): Promise<Run> {
  const { gpu } = navigator as { gpu?: Gpu };
  const adapter = await gpu?.requestAdapter();
  if (adapter) return kernelRunner(await adapter.requestDevice());
  throw new NoAdapter("this browser gives no WebGPU adapter; a recent Chrome, Edge or Safari does");
}

export async function runKernel(
  run: Run,
  _slot: number,
  spec: KernelSpec,
  text: Outcome | undefined,
  cases: Pick<Case, "args">[],
): Promise<RanKernel> {
  if (!text) return { outcomes: cases.map(() => undefined) };
  const kernel = prepareKernel(text, spec);
  if ("error" in kernel) return { outcomes: cases.map(() => kernel) };
  const outcomes: RanKernel["outcomes"] = [];
  for (const { args } of cases) {
    const { inputs, sizes, shape, workgroups } = spec.launch(...(args as never[]));
    const asked = [kernel.code, inputs, sizes, shape, workgroups] as KernelArgs;
    outcomes.push(parseKernelAnswer(await answerOf(run, asked)));
  }
  return { outcomes };
}
