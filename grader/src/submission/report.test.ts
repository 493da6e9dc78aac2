/** Which run of an exercise a report shows. */
import { expect, test } from "vitest";
import type { CaseOutcome } from "../exercise/call";
import type { Content } from "../exercise/content";
import type { Exercise, ReferenceCase } from "../exercise/exercise";
import { judge } from "../exercise/judge";
import type { PreparedExercise } from "./lesson";
import { reportExercise, type JudgedRun } from "./report";
import type { RunContext } from "./rounds";

const exercise: Exercise = { cases: () => [], mutants: [] };
const cases: ReferenceCase[] = [
  { group: "values", title: "two merges", args: [2], expected: 4, atol: 0 },
  { group: "shapes", title: "no merges", args: [0], expected: 0, atol: 0 },
];
const prepared: PreparedExercise = {
  entry: { name: "learnMerges", points: 6 },
  content: { name: "learnMerges", exercise, mutants: () => [] } as unknown as Content,
  cases,
  earlier: [{ name: "mergePair", code: "", files: [] }],
};
const context = { budget: { total: 60_000 } } as unknown as RunContext;

const judged = (...outcomes: CaseOutcome[]): JudgedRun => ({
  outcomes,
  judgment: judge(exercise, 6, cases, outcomes),
});
const shown = async (own: JudgedRun, reference: JudgedRun) => {
  const runs = { exercise: prepared, returned: own.outcomes, own, reference };
  const { with: runWith, points, note, failures } = await reportExercise(runs, context);
  return { runWith, points, isRerun: note !== undefined, says: failures.map((f) => f.message) };
};

const unwritten = judged({ error: "not written yet: mergePair" }, { value: 1 });
const wrong = judged({ value: 3 }, { value: 1 });

test("where both runs earn the same, the failures are this function's, not an earlier one's", async () => {
  const { runWith, points, isRerun, says } = await shown(unwritten, wrong);
  expect([runWith, points, isRerun]).toEqual(["reference", 0, true]);
  expect(says[0]).toContain("expected 4, got 3");
  expect(says.join()).not.toContain("mergePair");
});

test("where both runs fail alike, the student's own counts; else the one with more points", async () => {
  expect(await shown(wrong, wrong)).toMatchObject({ runWith: "own", isRerun: false });
  const better = judged({ value: 4 }, { value: 1 });
  expect(await shown(better, wrong)).toMatchObject({ runWith: "own", points: 4 });
  expect(await shown(wrong, better)).toMatchObject({ runWith: "reference", points: 4 });
});
