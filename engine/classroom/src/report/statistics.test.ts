import type { ExerciseReport } from "grader/submission";
import { expect, test } from "vitest";
import { result } from "../class.testing.js";
import { type Answered, bins, hardest, statistics } from "./statistics.js";

const exercise = (earned: number, more: Partial<ExerciseReport> = {}): ExerciseReport => ({
  name: "softmax",
  points: earned,
  maxPoints: 10,
  with: "own",
  failures: [],
  groups: [{ group: "values", ok: earned === 10, points: earned, maxPoints: 10 }],
  ...more,
});
const answered = (student: string, e: ExerciseReport, mark?: number): Answered => ({
  student,
  result: result(student, e.points, { exercises: [e], maxPoints: e.maxPoints }),
  marks: new Map(mark === undefined ? [] : [["why", mark]]),
});
const LESSON = {
  exercises: [{ name: "softmax", points: 10 }],
  written: [{ name: "why", points: 2 }],
};

test("who solved it, and at which mistake the others stand", () => {
  const message = "The largest value is not subtracted.";
  const of = statistics(LESSON, [
    answered("ada", exercise(10), 0),
    answered("ben", exercise(4, { diagnosis: message }), 1),
    answered("cy", exercise(0, { diagnosis: message })),
    answered("di", exercise(0)),
    answered("eva", exercise(0, { groups: [], note: "No cell defines softmax." })),
    answered("gus", exercise(0, { note: "Not written yet." })),
    answered("flo", exercise(0, { maxPoints: 0, notGraded: true, groups: [] })),
  ]);
  const [softmax] = of.exercises;
  expect(softmax).toMatchObject({ graded: 6, solved: 1, partly: 1, nothing: 3, notGraded: 1 });
  expect(softmax!.unwritten).toBe(1); // and at no mistake
  expect(softmax!.share).toBeCloseTo(14 / 60);
  expect(softmax!.mistakes.map((s) => s.students)).toEqual([["ben", "cy"], ["di"], ["eva"]]);
  expect(softmax!.mistakes[0]).toMatchObject({ message, isKnown: true });
  expect(of.questions[0]).toMatchObject({ marked: 2, waiting: 5, share: 1 / 4 });
  expect(hardest(of).map((h) => h.name)).toEqual(["softmax", "why"]);
  expect(of.shares).toHaveLength(6);
});

test("nobody", () => {
  const of = statistics(LESSON, []);
  expect(of.exercises[0]).toMatchObject({ graded: 0, share: 0, mistakes: [] });
  expect(hardest(of)).toEqual([]);
});

test("hand-ins are counted on the class's own clock", () => {
  expect(bins([], "UTC")).toEqual([]);
  expect(bins(["nonsense", "2027-05-03T20:10:00Z"], "Europe/Berlin")).toEqual([
    { start: "2027-05-03 22:00", count: 1 },
  ]);
  const days = ["2027-05-01T23:00:00Z", "2027-05-03T20:00:00Z", "2027-05-09T20:00:00Z"];
  const of = bins(days, "Europe/Berlin");
  expect(of.reduce((sum, b) => sum + b.count, 0)).toBe(3);
  expect(of[0]!.start).toBe("2027-05-02 00:00");
});
