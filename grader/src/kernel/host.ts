/**
 * The child that runs kernels: a job's cases are the arguments of one run each, what comes back is
 * the output and the number of reads. It speaks as the submission's child does (grade/job.ts), and
 * runs nothing of a student's but WGSL.
 */
import { readFileSync } from "node:fs";
import { ERROR_LENGTH, type Job } from "../grade/job";
import { send } from "../grade/send";
import { unpack } from "../grade/unframe";
import { sizeOf, type TensorData } from "../tensor-data";
import { kernelRunner, openDevice, type KernelRun, type OpenDevice } from "./device";
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

type RunKernel = ReturnType<typeof kernelRunner>;

async function answer(open: OpenDevice, run: RunKernel, args: KernelArgs) {
  const [code, inputs, sizes, shape, workgroups, how] = args;
  const { device, adapter, software } = open;
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
    return { error: (e as Error).message.slice(0, ERROR_LENGTH) };
  }
}

async function main(): Promise<void> {
  const job = unpack(readFileSync(0)) as unknown as Job;
  const open = await openDevice(process.argv[2]!);
  const run = kernelRunner(open.device);
  send({ kind: "ready" }); // what fails before this is the machine's fault, after it the kernel's
  for (const [exercise, { cases }] of job.exercises.entries()) {
    for (const [i, { args }] of cases.entries()) {
      send({ kind: "case", exercise, case: i, ...(await answer(open, run, args as KernelArgs)) });
    }
  }
  send({ kind: "end" });
  process.exit(0); // threads of the driver would keep it
}

void main().catch((e: unknown) => {
  console.error(e instanceof Error ? e.message : String(e));
  process.exit(1);
});
