/**
 * A batch: every input read, run, judged; on all cores, one slot a child. What fails for one input
 * costs that input alone.
 */
import { createHash, randomInt } from "node:crypto";
import { availableParallelism } from "node:os";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import { registerWasmKernels } from "kernels";
import { loadContent } from "../content";
import { readManifest, type LessonEntry } from "../manifest";
import { bundler } from "./bundles";
import { kernelSource, type KernelSource } from "./kernels";
import { collectInputs, readInput, type Input } from "./inputs";
import { prepareLesson, type PreparedLesson } from "./lesson";
import { startReader, type Reader } from "./reader";
import { openSandbox, type Sandbox } from "./sandbox";
import { gradeSubmission, type ExerciseReport } from "./submission";

export interface GradeOptions {
  /** The same seed gives the same inputs; drawn when not given. */
  seed?: number;
  /** Without a sandbox: for work of one's own only. */
  trusted?: boolean;
  /** Children at a time. */
  jobs?: number;
  /** Called after each input. */
  progress?(done: number, of: number): void;
}

interface Named {
  file: string;
  id: string;
}
export interface Graded extends Named {
  lesson: string;
  title: string;
  /** Of the file's bytes. */
  sha256: string;
  earned: number;
  of: number;
  exercises: ExerciseReport[];
  cells: { number: number; says: string }[];
  /** Short answers in words, marked by hand. */
  written: { name: string; points: number; text: string }[];
}
/** Not zero points: nobody has looked at it. `says` ends a sentence about the file. */
export interface NotGraded extends Named {
  says: string;
}

export interface Batch {
  course: string;
  /** The grader's, which is the course's. */
  version: string;
  seed: number;
  graded: Graded[];
  notGraded: NotGraded[];
}

const sum = (xs: number[]) => xs.reduce((a, b) => a + b, 0);
/** Points to four decimals, so that thirds add up to a whole. */
const round = (x: number) => Math.round(x * 1e4) / 1e4;

export function drawSeed(): number {
  return randomInt(2 ** 32);
}

interface Room {
  reader: Reader;
  sandbox: Sandbox;
  kernels: KernelSource;
  lessons: LessonEntry[];
  prepare(lesson: LessonEntry): Promise<PreparedLesson>;
}

async function gradeInput(
  input: Input,
  slot: number,
  { reader, sandbox, kernels, lessons, prepare }: Room,
): Promise<Graded | NotGraded> {
  const { file, id } = input;
  let bytes: Buffer;
  try {
    bytes = readInput(input);
  } catch (e) {
    return { file, id, says: (e as Error).message };
  }
  try {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const answer = await reader.read(bytes);
    if ("error" in answer) return { file, id, says: answer.error };
    const { submission } = answer;
    const lesson = lessons.find((l) => l.id === submission.lesson)!;
    const { exercises, cells } = await gradeSubmission(
      await prepare(lesson),
      submission,
      sandbox,
      kernels,
      slot,
    );
    return {
      file,
      id,
      lesson: lesson.id,
      title: lesson.title,
      sha256,
      earned: round(sum(exercises.map((e) => e.earned))),
      of: sum(exercises.map((e) => e.of)),
      exercises,
      cells,
      written: lesson.written.map(({ name, points }) => ({
        name,
        points,
        text: submission.written[name] ?? "",
      })),
    };
  } catch (e) {
    return { file, id, says: `could not be graded: ${e instanceof Error ? e.message : String(e)}` };
  }
}

/**
 * Grades files and folders of notebooks.
 * @throws NoSandbox where untrusted code cannot be held; an author's mistake (an exercise without
 *   cases) where it concerns all
 */
export async function gradeBatch(
  root: string,
  words: string[],
  options: GradeOptions = {},
): Promise<Batch> {
  const manifest = readManifest(root);
  const inputs = collectInputs(words);
  const seed = options.seed ?? drawSeed();
  registerWasmKernels({ missing: true }); // what the child has, for our own answers
  await tf.setBackend("wasm");
  const sandbox = await openSandbox(root, options);
  const kernels = kernelSource(root, options);
  const forbid = (lesson: LessonEntry) =>
    Object.fromEntries(
      lesson.exercises.map(({ name }) => [name, loadContent(root, name).exercise.forbid ?? []]),
    );
  const reader = startReader(manifest.lessons.map((entry) => ({ entry, forbid: forbid(entry) })));
  const bundle = bundler(root);
  const prepared = new Map<string, Promise<PreparedLesson>>();
  const prepare = (lesson: LessonEntry) => {
    let ready = prepared.get(lesson.id);
    if (!ready) prepared.set(lesson.id, (ready = prepareLesson(root, lesson, seed, bundle)));
    return ready;
  };
  try {
    const results: (Graded | NotGraded)[] = [];
    let next = 0;
    let done = 0;
    const work = async (slot: number) => {
      for (let i = next++; i < inputs.length; i = next++) {
        results[i] = await gradeInput(inputs[i]!, slot, {
          reader,
          sandbox,
          kernels,
          lessons: manifest.lessons,
          prepare,
        });
        options.progress?.(++done, inputs.length);
      }
    };
    // one more than cores, since children also wait
    const slots = Math.max(1, Math.min(options.jobs ?? availableParallelism() + 1, inputs.length));
    await Promise.all(Array.from({ length: slots }, (_, slot) => work(slot)));
    return {
      course: manifest.course,
      version: manifest.version,
      seed,
      graded: results.filter((r): r is Graded => "lesson" in r),
      notGraded: results.filter((r): r is NotGraded => "says" in r),
    };
  } finally {
    await reader.close();
    sandbox.close();
    kernels.close();
  }
}
