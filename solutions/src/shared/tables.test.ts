// level: all
/**
 * No exercise can be answered from a table of its inputs: over seeds, a case of values has more of
 * them than a table would hold.
 */
import { serialize } from "node:v8";
import { courseRoot, loadContent, random, readManifest } from "grader";
import { expect, test } from "vitest";
import "./shared.testing";

const MAX_TABLE_SIZE = 100;

/** The inputs that a case of values has with many seeds, where there are most of them. */
function distinctInputs(name: string): number {
  const { exercise } = loadContent(courseRoot(), name);
  const seen = new Map<string, Set<string>>();
  let most = 0;
  for (let seed = 0; seed < 2 * MAX_TABLE_SIZE && most <= MAX_TABLE_SIZE; seed++) {
    for (const { group, title, args } of exercise.cases(random(seed))) {
      if (group !== "values") continue;
      const inputs = seen.get(title) ?? new Set();
      seen.set(title, inputs.add(serialize(args).toString("latin1")));
      most = Math.max(most, inputs.size);
    }
  }
  return most;
}

const exercises = readManifest(courseRoot()).lessons.flatMap(({ exercises }) => exercises);
test.each(exercises.map(({ name }) => name))("%s", (name) => {
  expect(distinctInputs(name)).toBeGreaterThan(MAX_TABLE_SIZE);
});
