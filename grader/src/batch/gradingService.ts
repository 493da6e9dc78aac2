/**
 * Where submissions are graded, on whatever machine: the reader, the sandbox, and lessons made
 * ready. A submission comes in as bytes and leaves as an outcome that depends on them, the seed and
 * the version alone; which student it is, nobody here knows.
 */
import { createHash } from "node:crypto";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import { registerWasmKernels } from "ops";
import { readManifest, type LessonEntry, type Manifest } from "../files/manifest";
import type { Submission } from "../submission/notebook";
import { newBudget } from "../sandbox/budget";
import { emptyJob } from "../sandbox/job";
import { shaderSource, type ShaderSource } from "../shaders/runShaders";
import type { Ticket } from "./scheduler";
import { bundler, prepareLesson, type PreparedLesson } from "../submission/lesson";
import { startReader, type Reader } from "../submission/reader";
import type { SubmissionOutcome } from "./result";
import { runJob } from "../sandbox/run";
import { openSandbox, type Sandbox } from "../sandbox/sandbox";
import { gradeSubmission, type SubmissionReport } from "../submission/grade";
import { versions } from "./version";
import { orAborted } from "./wait";

/** A submission, and how it is to be graded. */
export interface GradeRequest {
  bytes: Buffer;
  /** The same seed gives the same inputs. */
  seed: number;
  /** The id of the lesson that was asked for; notebooks of another are not graded. */
  lesson?: string;
  /** Milliseconds of processor time. */
  budget?: number;
}

export interface GradingService {
  /** @throws Postponed, and the signal's reason when it is aborted */
  grade(work: GradeRequest, ticket: Ticket, signal: AbortSignal): Promise<SubmissionOutcome>;
  /** Nobody has looked at it; `says` ends a sentence about the file. */
  refuse(seed: number, says: string): SubmissionOutcome;
  /** @throws where children no longer start on this machine */
  check(): Promise<void>;
  close(): void;
}

/** Prepared lessons that are kept, so that a worker of many classes fits in memory. */
const MAX_PREPARED_LESSONS = 64;

function preparer(root: string) {
  const bundle = bundler(root);
  const prepared = new Map<string, Promise<PreparedLesson>>();
  return (lesson: LessonEntry, seed: number): Promise<PreparedLesson> => {
    const key = `${lesson.id} ${seed}`;
    const ready = prepared.get(key) ?? prepareLesson(root, lesson, seed, bundle);
    prepared.delete(key);
    prepared.set(key, ready); // the last that was asked for
    for (const old of prepared.keys()) {
      if (prepared.size > MAX_PREPARED_LESSONS) prepared.delete(old);
    }
    return ready;
  };
}

const sum = (xs: number[]) => xs.reduce((a, b) => a + b, 0);
/** Points to four decimals, so that thirds add up to a whole. */
const round = (x: number) => Math.round(x * 1e4) / 1e4;

/** All that grading needs, opened once. */
interface Parts {
  manifest: Manifest;
  reader: Reader;
  sandbox: Sandbox;
  shaders: ShaderSource;
  versionOf(lesson: LessonEntry): string;
  prepare(lesson: LessonEntry, seed: number): Promise<PreparedLesson>;
}

const lessonOf = ({ lesson }: Submission, { manifest }: Parts) =>
  manifest.lessons.find(({ id }) => id === lesson)!;

function graded(
  { bytes, seed }: GradeRequest,
  submission: Submission,
  { exercises, cells }: SubmissionReport,
  parts: Parts,
): SubmissionOutcome {
  const lesson = lessonOf(submission, parts);
  const written = lesson.written.map(({ name, points }) => ({
    name,
    points,
    text: submission.written[name] ?? "",
  }));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return {
    lesson: lesson.id,
    title: lesson.title,
    sha256,
    seed,
    version: parts.versionOf(lesson),
    points: round(sum(exercises.map((e) => e.points))),
    maxPoints: sum(exercises.map((e) => e.maxPoints)),
    exercises,
    cells,
    written,
  };
}

const refused = ({ manifest }: Parts, seed: number, says: string): SubmissionOutcome => ({
  seed,
  version: manifest.version,
  reason: says,
});

async function grade(
  work: GradeRequest,
  ticket: Ticket,
  signal: AbortSignal,
  parts: Parts,
): Promise<SubmissionOutcome> {
  const answer = await orAborted(parts.reader.read(work.bytes), signal);
  if ("error" in answer) return refused(parts, work.seed, answer.error);
  const { submission } = answer;
  if (work.lesson !== undefined && submission.lesson !== work.lesson) {
    const says = `is the notebook of ${submission.lesson}, not of ${work.lesson}`;
    return refused(parts, work.seed, says);
  }
  const lesson = await parts.prepare(lessonOf(submission, parts), work.seed);
  const report = await gradeSubmission(lesson, submission, {
    launcher: parts.sandbox,
    shaders: parts.shaders,
    slot: ticket.slot,
    onSpent: (spent) => ticket.onSpent(spent),
    budget: newBudget(work.budget),
    signal,
  });
  return graded(work, submission, report, parts);
}

/**
 * @param options trusted: without a sandbox, for work of one's own only; onSandbox is called with
 *   what holds the submissions, in words
 * @throws NoSandbox where untrusted code cannot be held
 */
export async function openGradingService(
  root: string,
  options: { trusted?: boolean; onSandbox?(holds: string): void },
): Promise<GradingService> {
  const manifest = readManifest(root);
  registerWasmKernels({ missing: true }); // what the child has, for our own answers
  await tf.setBackend("wasm");
  const sandbox = await openSandbox(root, options);
  options.onSandbox?.(sandbox.description);
  const shaders = shaderSource(root, options);
  const reader = startReader(manifest.lessons);
  const versionOf = versions(root, manifest.version);
  const parts = { manifest, reader, sandbox, shaders, versionOf, prepare: preparer(root) };
  return {
    grade: (work, ticket, signal) => grade(work, ticket, signal, parts),
    refuse: (seed, says) => refused(parts, seed, says),
    check: async () => void (await runJob(sandbox, 0, emptyJob(sandbox.wasm))),
    close: () => {
      reader.close();
      sandbox.close();
      shaders.close();
    },
  };
}
