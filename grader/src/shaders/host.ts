/**
 * The child that runs shaders, a process of its own. Each case of its job holds the arguments of one
 * run; it sends back the output and the number of reads. It uses the same messages as the child that
 * runs submissions (sandbox/job.ts), and runs no code of a student but WGSL. Each exercise gets a
 * device of its own, so a shader that loses the device costs no other exercise.
 */
import { MAX_ERROR_LENGTH, type Job } from "../sandbox/job";
import { receive, send } from "../child/channel";
import { unpack } from "../exercise/frames";
import { runOnDevice, type ShaderArgs, shaderRunner, openDevice, type OpenDevice } from "./device";

/** Cuts an error to the length that the parent accepts. */
const withShortError = (outcome: Awaited<ReturnType<typeof runOnDevice>>) =>
  "error" in outcome ? { error: outcome.error.slice(0, MAX_ERROR_LENGTH) } : outcome;

/**
 * npm's Dawn polls the device at every turn of Node's event loop, which keeps a core busy while Mesa
 * compiles. Once per millisecond is enough, except while a shader is timed.
 */
function pollLessOften({ exercises }: Job): void {
  const isTimed = exercises.some(({ cases }) =>
    cases.some(({ args }) => (args as ShaderArgs)[5] !== undefined),
  );
  if (isTimed) return;
  const later = (f: () => void) => setTimeout(f, 1);
  (globalThis as { setImmediate: unknown }).setImmediate = later;
}

async function runExercise(job: Job, exercise: number, open: OpenDevice): Promise<void> {
  const run = shaderRunner(open.device);
  for (const [i, { args }] of job.exercises[exercise]!.cases.entries()) {
    const outcome = withShortError(await runOnDevice(open, run, args as ShaderArgs));
    send({ kind: "case", exercise, case: i, ...outcome });
  }
}

async function main(): Promise<void> {
  const job = unpack(receive()) as unknown as Job;
  pollLessOften(job);
  const open = () => openDevice(process.argv[2]!);
  let device: OpenDevice | undefined = await open();
  send({ kind: "ready" }); // a failure before this is the machine's, after it the shader's
  for (const [exercise, { cases }] of job.exercises.entries()) {
    if (cases.length === 0) continue;
    await runExercise(job, exercise, device ?? (await open()));
    device = undefined;
  }
  send({ kind: "end" });
  process.exit(0); // the driver's threads would keep the process alive
}

void main().catch((e: unknown) => {
  console.error(e instanceof Error ? e.message : String(e));
  process.exit(1);
});
