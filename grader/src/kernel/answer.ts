/** One run of a kernel on a device, from plain data to plain data. */
import type { Value } from "../value";
import { sizeOf, type TensorData } from "../tensor-data";
import type { kernelRunner } from "./device";

/** The arguments of a case, in this order. */
export type KernelArgs = [
  code: string,
  inputs: TensorData[],
  sizes: number[],
  shape: number[],
  workgroups: number[],
];

/** @returns the output and the number of reads, or the error's message */
export async function answerOf(
  run: ReturnType<typeof kernelRunner>,
  args: KernelArgs,
): Promise<{ value: Value } | { error: string }> {
  const [code, inputs, sizes, shape, workgroups] = args;
  try {
    const { output, reads } = await run({
      code,
      inputs: inputs.map((t) => t.data as Float32Array),
      sizes,
      length: sizeOf(shape),
      workgroups,
    });
    const tensor: TensorData = { shape, dtype: "float32", data: output };
    return { value: { output: tensor, reads } };
  } catch (e) {
    return { error: (e as Error).message };
  }
}
