/**
 * A lesson made ready for a batch: cases with expected values, computed once, and the functions of
 * ours that submissions may meet.
 */
import { createHash } from "node:crypto";
import { loadContent, type Content } from "../exercise/content";
import type { ReferenceCase } from "../exercise/exercise";
import { expectedOf } from "../exercise/judge";
import type { ExerciseEntry, LessonEntry } from "../files/manifest";
import { random } from "../exercise/random";
import type { Bundle } from "./bundles";

export interface PreparedExercise {
  entry: Pick<ExerciseEntry, "name" | "points">;
  content: Content;
  /**
   * Reference tensors first, then fresh inputs with the answers of ours; cost last, since it may
   * lose the child.
   */
  cases: ReferenceCase[];
  /** Ours for the exercises before it, without any whose bundle holds this exercise's own file. */
  earlier: ReferenceFunction[];
}
export interface ReferenceFunction extends Bundle {
  name: string;
}
export interface PreparedLesson {
  id: string;
  exercises: PreparedExercise[];
  /** What `import … from "solutions"` gives. */
  solutions: Bundle;
}

/** An exercise's own seed, so that its inputs do not depend on the exercises beside it. */
export const seedFor = (seed: number, name: string): number =>
  createHash("sha256").update(`${seed} ${name}`).digest().readUInt32LE();

/** Needs a device (tf.setBackend) and solutions as built. */
export async function prepareExercise(
  content: Content,
  points: number,
  seed: number,
  earlier: ReferenceFunction[],
): Promise<PreparedExercise> {
  const fresh = await expectedOf(
    content,
    content.exercise.cases(random(seedFor(seed, content.name))),
  );
  const own = `${content.folder}/${content.name}.ts`;
  return {
    entry: { name: content.name, points },
    content,
    cases: [...content.references, ...fresh].sort(
      (a, b) => Number(a.group === "cost") - Number(b.group === "cost"),
    ),
    earlier: earlier.filter((b) => !b.files.includes(own)),
  };
}

export async function prepareLesson(
  root: string,
  lesson: LessonEntry,
  seed: number,
  bundle: (names: string[]) => Promise<Bundle>,
): Promise<PreparedLesson> {
  const exercises: PreparedExercise[] = [];
  const earlier: ReferenceFunction[] = [];
  for (const { name, points } of lesson.exercises) {
    exercises.push(await prepareExercise(loadContent(root, name), points, seed, earlier));
    earlier.push({ name, ...(await bundle([name])) });
  }
  return { id: lesson.id, exercises, solutions: await bundle(lesson.uses) };
}
