/**
 * Reads results that an earlier version wrote: into the folder of `course grade --out`, or into the
 * database of a class. Format 1 (up to 0.1.0) called points `earned` and maxPoints `of`, put a
 * message or a reason into `says`, and graded an exercise with "ours" instead of "reference".
 */
import type { Graded, Result } from "grader/batch";

type Fields = Record<string, unknown>;

/** The same fields in the same order, some under a new name. */
function rename(fields: Fields, newNames: Record<string, string>): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [newNames[name] ?? name, value]),
  );
}

const POINTS = { earned: "points", of: "maxPoints" };

function upgradeExercise(old: Fields): Fields {
  const exercise = rename(old, POINTS);
  if (exercise.with === "ours") exercise.with = "reference";
  exercise.groups = (exercise.groups as Fields[]).map((group) => rename(group, POINTS));
  exercise.failures = (exercise.failures as Fields[]).map((failure) =>
    rename(failure, { says: "message" }),
  );
  return exercise;
}

/**
 * A result as this version knows it.
 * @param json a parsed result of any version; one of this version comes back with equal content
 */
export function upgradeResult(json: unknown): Result {
  const old = json as Fields;
  if (!("lesson" in old)) return rename(old, { says: "reason" }) as unknown as Result;
  const graded = rename(old, POINTS);
  graded.exercises = (graded.exercises as Fields[]).map(upgradeExercise);
  graded.cells = (graded.cells as Fields[]).map((cell) => rename(cell, { says: "message" }));
  return graded as unknown as Graded;
}
