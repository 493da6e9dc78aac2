/**
 * The child that runs kernels: a job's cases are the arguments of one run each, what comes back is
 * the output and the number of reads. It speaks as the submission's child does (grade/job.ts), and
 * runs nothing of a student's but WGSL.
 */
import { readFileSync } from "node:fs";
import { ERROR_LENGTH, type Job } from "../grade/job";
import { send } from "../grade/send";
import { unpack } from "../grade/unframe";
import { answerOf, type KernelArgs } from "./answer";
import { kernelRunner, openDevice } from "./device";

/** As long as the parent takes an error. */
const short = (ran: Awaited<ReturnType<typeof answerOf>>) =>
  "error" in ran ? { error: ran.error.slice(0, ERROR_LENGTH) } : ran;

async function main(): Promise<void> {
  const job = unpack(readFileSync(0)) as unknown as Job;
  const open = await openDevice(process.argv[2]!);
  const run = kernelRunner(open.device);
  send({ kind: "ready" }); // what fails before this is the machine's fault, after it the kernel's
  for (const [exercise, { cases }] of job.exercises.entries()) {
    for (const [i, { args }] of cases.entries()) {
      const ran = short(await answerOf(open, run, args as KernelArgs));
      send({ kind: "case", exercise, case: i, ...ran });
    }
  }
  send({ kind: "end" });
  process.exit(0); // threads of the driver would keep it
}

void main().catch((e: unknown) => {
  console.error(e instanceof Error ? e.message : String(e));
  process.exit(1);
});
