// level: all
/** The whole mutation test of a small course, in its children. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { paths } from "../files/paths";
import { mutate, passes, shareKilled } from "./mutate";
import { makeLoopCourse } from "./mutate.testing";

const course = makeLoopCourse();
afterAll(() => course.remove());
const list = (name: string, edits: [string, string][]) =>
  writeFileSync(
    join(paths(course.root).solutions, "src", "loops", `${name}.survivors.json`),
    JSON.stringify([{ why: "It is the same.", edits }]),
  );

test("survivors are told with line and edit, and equivalent ones leave the list", async () => {
  const [before] = await mutate(course.root, ["countUp"]);
  expect(before!.survivors.map(({ line, edit }) => [line, edit[1]])).toEqual([
    [11, "return steps;"],
    [11, "return Math.max(steps, -1);"],
  ]);
  list("countUp", [
    ["return Math.max(steps,\n 0);", "return steps;"],
    ["return Math.max(steps, 0);", "return Math.max(steps, -1);"],
  ]);
  const [after] = await mutate(course.root, ["countUp"]);
  expect(after).toMatchObject({ equivalent: 2, survivors: [], faults: [] });
  expect(after!.killed).toBe(before!.killed);
  expect(passes(after!) && shareKilled(after!) === 1).toBe(true);
});

test("an edit in the list that is killed, or that fits no more, is a fault", async () => {
  list("countUp", [
    ["let steps = 0;", "let steps = 1;"],
    ["return gone;", "return 0;"],
  ]);
  const [report] = await mutate(course.root, ["countUp"]);
  expect(report!.faults).toEqual([
    expect.stringContaining("return gone;") as string,
    expect.stringContaining('line 9 is in the list of equivalents, but "case') as string,
  ]);
});

test("a mutant that never answers costs itself only", async () => {
  const [report] = await mutate(course.root, ["waitFor"], {
    timeouts: { ready: 60_000, mutant: 2_000 },
  });
  expect(report).toMatchObject({ faults: [], survivors: [] });
  expect(report!.killed).toBe(report!.mutants);
});
