// level: all
/**
 * No exercise can be answered from a table of its inputs: over seeds, a case of each group has more
 * of them than a table would hold. In lessons 00 to 16 this is asked of values alone: there, groups
 * of shapes and of properties may have cases that never change, such as an empty text.
 */
import { serialize } from "node:v8";
import { courseRoot, loadContent, random, readManifest, type Group } from "grader";
import { expect, test } from "vitest";
import "./shared.testing";

const MAX_TABLE_SIZE = 100;
const FIRST_DRAWN_IN_ALL_GROUPS = "17";

/** For each group the inputs that a case of it has with many seeds, where there are most of them. */
function distinctInputs(name: string, groups: Set<Group>): Map<Group, number> {
  const { exercise } = loadContent(courseRoot(), name);
  const seen = new Map<string, Set<string>>();
  const most = new Map<Group, number>();
  const isSure = () => most.size > 0 && Math.min(...most.values()) > MAX_TABLE_SIZE;
  for (let seed = 0; seed < 2 * MAX_TABLE_SIZE && !isSure(); seed++) {
    for (const { group, title, args } of exercise.cases(random(seed))) {
      if (!groups.has(group) || most.get(group)! > MAX_TABLE_SIZE) continue;
      const key = `${group}: ${title}`;
      const inputs = (seen.get(key) ?? new Set()).add(serialize(args).toString("latin1"));
      seen.set(key, inputs);
      most.set(group, Math.max(most.get(group) ?? 0, inputs.size));
    }
  }
  return most;
}

const exercises = readManifest(courseRoot()).lessons.flatMap(({ id, exercises }) =>
  exercises.map(({ name }) => ({ name, isDrawn: id >= FIRST_DRAWN_IN_ALL_GROUPS })),
);
test.each(exercises)("$name", ({ name, isDrawn }) => {
  const drawn: Group[] = isDrawn ? ["values", "shapes", "property", "gradient"] : ["values"];
  const found = distinctInputs(name, new Set(drawn));
  expect(found.size).toBeGreaterThan(0);
  for (const [group, inputs] of found) expect(inputs, group).toBeGreaterThan(MAX_TABLE_SIZE);
});
