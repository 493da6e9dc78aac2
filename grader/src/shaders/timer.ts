/** How long a kernel takes on a WebGPU device, as it is: its reads are not counted. */
/// <reference types="@webgpu/types" />
import { compileKernel, encodeRuns, makeBuffers, type KernelRun } from "./device";

const WORD = 4;
/** Runs are timed together until they take so many milliseconds, so that a call costs nothing. */
const TOGETHER = 20;
const MOST_TOGETHER = 4096;
/** No further round is measured after this many milliseconds. */
const ENOUGH = 600;
const ROUNDS = 9;

/**
 * Milliseconds of one run: the shortest of a few rounds, since other programs can only slow it
 * down.
 * @throws a sentence to the kernel's author
 */
export async function timeKernel(device: GPUDevice, run: KernelRun): Promise<number> {
  const pipeline = await compileKernel(device, run.code, run.inputs.length);
  device.pushErrorScope("validation");
  const buffers = makeBuffers(device, run, Math.max(1, run.length) * WORD, 0);
  const round = async (times: number) => {
    const commands = encodeRuns(device, pipeline, buffers.bound, run.workgroups, times).finish();
    const start = performance.now();
    device.queue.submit([commands]);
    await device.queue.onSubmittedWorkDone();
    return performance.now() - start;
  };
  await round(1); // the first one prepares the device
  const invalid = await device.popErrorScope();
  if (invalid) throw new Error(`It cannot be run: ${invalid.message.split("\n")[0]!}`);
  let times = 1;
  let all = await round(times);
  for (; all < TOGETHER && times < MOST_TOGETHER; all = await round(times)) times *= 2;
  let best = all;
  for (let i = 1, spent = all; i < ROUNDS && spent < ENOUGH; i++) {
    const next = await round(times);
    best = Math.min(best, next);
    spent += next;
  }
  for (const buffer of [...buffers.bound, buffers.back]) buffer.destroy();
  return best / times;
}
