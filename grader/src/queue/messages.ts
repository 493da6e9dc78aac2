/**
 * The messages on the queue. A job names what to grade by the hash of its file, and does not say
 * which student it belongs to; a response names its job and its file. Both come from other machines,
 * so both are parsed against a schema before anything else.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { GROUPS } from "../exercise/judge";
import type { SubmissionOutcome } from "../batch/result";

/** The largest notebook that the grader reads. */
export const MAX_FILE_BYTES = 20 << 20;
/** How often a submission is tried that kills its worker, or that can't be graded. */
export const MAX_ATTEMPTS = 3;
/** After a week the server drops files and jobs that nobody has asked for. */
export const FILE_TTL_S = 7 * 24 * 3600;

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const version = z.string().regex(/^[\w.+-]{1,100}$/);
const seed = z
  .int()
  .min(0)
  .max(2 ** 32 - 1);
const lessonId = z.string().regex(/^[\w.-]{1,100}$/);

const job = z.strictObject({
  sha256: hash,
  size: z.int().min(0).max(MAX_FILE_BYTES),
  seed,
  /** Of all specs, solutions, references and of the grader. */
  version,
  lesson: lessonId.optional(),
  budget: z.int().min(1).max(3_600_000).optional(),
});
export type JobData = z.infer<typeof job>;

/** The same work has the same id, whoever asks for it and however often. */
export function jobIdOf({ sha256, size, seed, version, lesson, budget }: JobData): string {
  const all = [sha256, size, seed, version, lesson ?? null, budget ?? null];
  const digest = createHash("sha256").update(JSON.stringify(all)).digest("hex");
  return `job-${digest.slice(0, 40)}`;
}

/** @throws where it is not a job of the grader, or its id is not that of its content */
export function parseJob(id: string | undefined, data: unknown): JobData {
  const parsed = job.safeParse(data);
  if (!parsed.success) throw new Error("the job has another form than the grader's");
  if (jobIdOf(parsed.data) !== id) throw new Error("the job's id is not that of its content");
  return parsed.data;
}

const points = z.number().min(0);
const group = z.enum(GROUPS as [string, ...string[]]);
const exercise = z.strictObject({
  name: z.string(),
  with: z.enum(["own", "reference"]),
  note: z.string().optional(),
  diagnosis: z.string().optional(),
  notGraded: z.literal(true).optional(),
  points,
  maxPoints: points,
  groups: z.array(z.strictObject({ group, ok: z.boolean(), points, maxPoints: points })),
  failures: z.array(
    z.strictObject({
      group,
      case: z.string(),
      message: z.string(),
      diagnosis: z.string().optional(),
    }),
  ),
});
const graded = z.strictObject({
  lesson: lessonId,
  title: z.string(),
  sha256: hash,
  seed,
  version,
  points,
  maxPoints: points,
  exercises: z.array(exercise),
  cells: z.array(z.strictObject({ number: z.int(), message: z.string() })),
  written: z.array(z.strictObject({ name: z.string(), points, text: z.string() })),
});
const notGraded = z.strictObject({ seed, version, reason: z.string() });
const response = z.strictObject({
  job: z.string(),
  sha256: hash,
  outcome: z.union([graded, notGraded]),
});
export type JobResponse = Omit<z.infer<typeof response>, "outcome"> & {
  outcome: SubmissionOutcome;
};

/** Whether an outcome has the version of its lesson here; one without a lesson has no version. */
export const isOfVersion = (
  outcome: SubmissionOutcome,
  versions: ReadonlyMap<string, string>,
): boolean => !("lesson" in outcome) || versions.get(outcome.lesson) === outcome.version;

/**
 * The outcome of a job, byte for byte as it came: the schema drops and reorders nothing.
 * @param versions of the lessons
 * @throws where the response has another form, or is not for this job, this file and this version
 */
export function parseResponse(
  id: string,
  { sha256, seed }: JobData,
  value: unknown,
  versions: ReadonlyMap<string, string>,
): SubmissionOutcome {
  const parsed = response.safeParse(value);
  if (!parsed.success) throw new Error("a worker's answer has another form than the grader's");
  const { outcome } = value as JobResponse;
  const isOfFile = "sha256" in outcome ? outcome.sha256 === sha256 : true;
  const isOfJob = parsed.data.job === id && parsed.data.sha256 === sha256;
  if (isOfJob && isOfFile && outcome.seed === seed && isOfVersion(outcome, versions)) {
    return outcome;
  }
  throw new Error("a worker's answer is for another job, file or version");
}
