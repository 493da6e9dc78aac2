/** One run of a kernel on a device, from plain data to plain data. */
import type { Value } from "../exercise/value";
import { sizeOf, type TensorData } from "../exercise/tensorData";
import type { kernelRunner, KernelRun, OpenDevice } from "./device";
import { timeKernel } from "./timer";

/** The arguments of a case, in this order. */
export type KernelArgs = [
  code: string,
  inputs: TensorData[],
  sizes: number[],
  shape: number[],
  workgroups: number[],
  how?: "timed",
];

/** @returns the output and the number of reads, or the milliseconds, or the error's message */
export async function answerOf(
  { device, adapter, software }: OpenDevice,
  run: ReturnType<typeof kernelRunner>,
  [code, inputs, sizes, shape, workgroups, how]: KernelArgs,
): Promise<{ value: Value } | { error: string }> {
  const asked: KernelRun = {
    code,
    inputs: inputs.map((t) => t.data as Float32Array | Int32Array),
    sizes,
    length: sizeOf(shape),
    workgroups,
  };
  try {
    if (how) return { value: { milliseconds: await timeKernel(device, asked), adapter, software } };
    const { output, reads } = await run(asked);
    const tensor: TensorData = { shape, dtype: "float32", data: output };
    return { value: { output: tensor, reads } };
  } catch (e) {
    return { error: (e as Error).message };
  }
}
