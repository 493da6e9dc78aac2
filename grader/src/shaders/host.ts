/**
 * The child that runs kernels: a job's cases are the arguments of one run each, what comes back is
 * the output and the number of reads. It speaks as the submission's child does (grade/job.ts), and
 * runs nothing of a student's but WGSL. Each exercise has a device of its own, so that one which
 * loses its device costs no other.
 */
import { readFileSync } from "node:fs";
import { MAX_ERROR_LENGTH, type Job } from "../sandbox/job";
import { send } from "../child/send";
import { unpack } from "../sandbox/unframe";
import { answerOf, type KernelArgs } from "./answer";
import { kernelRunner, openDevice, type OpenDevice } from "./device";

/** As long as the parent takes an error. */
const short = (ran: Awaited<ReturnType<typeof answerOf>>) =>
  "error" in ran ? { error: ran.error.slice(0, MAX_ERROR_LENGTH) } : ran;

/**
 * npm's Dawn looks at every turn of Node's loop whether the device is done, which keeps a core busy
 * for as long as Mesa compiles. Once a millisecond is enough, except for a time that is measured.
 */
function lookLessOften({ exercises }: Job): void {
  const isTimed = exercises.some(({ cases }) =>
    cases.some(({ args }) => (args as KernelArgs)[5] !== undefined),
  );
  if (isTimed) return;
  const later = (f: () => void) => setTimeout(f, 1);
  (globalThis as { setImmediate: unknown }).setImmediate = later;
}

async function runExercise(job: Job, exercise: number, open: OpenDevice): Promise<void> {
  const run = kernelRunner(open.device);
  for (const [i, { args }] of job.exercises[exercise]!.cases.entries()) {
    const ran = short(await answerOf(open, run, args as KernelArgs));
    send({ kind: "case", exercise, case: i, ...ran });
  }
}

async function main(): Promise<void> {
  const job = unpack(readFileSync(0)) as unknown as Job;
  lookLessOften(job);
  const open = () => openDevice(process.argv[2]!);
  let device: OpenDevice | undefined = await open();
  send({ kind: "ready" }); // what fails before this is the machine's fault, after it the kernel's
  for (const [exercise, { cases }] of job.exercises.entries()) {
    if (cases.length === 0) continue;
    await runExercise(job, exercise, device ?? (await open()));
    device = undefined;
  }
  send({ kind: "end" });
  process.exit(0); // threads of the driver would keep it
}

void main().catch((e: unknown) => {
  console.error(e instanceof Error ? e.message : String(e));
  process.exit(1);
});
