/**
 * Totals worked by hand: weights, dropped lessons, excused and missing ones, and what is still
 * open.
 */
import { expect, test } from "vitest";
import type { Lesson } from "../lessons.js";
import { parseSettings } from "../settings.js";
import { totalLines, totalOf, type Standing } from "./total.js";

const IDS = ["00-a", "01-b", "02-c", "03-d"];
const LESSONS = IDS.map((id): Lesson => ({
  id,
  title: id,
  maxPoints: 10,
  exercises: [],
  written: [],
}));
const TIME = "2027-06-01T00:00:00.000Z";

const settingsOf = (total: string) =>
  parseSettings(
    `title: T\ntimeZone: UTC\nlessons: { ${IDS.map((id) => `${id}: `).join(", ")} }\n${total}`,
    "class.yaml",
    IDS,
  );
const graded = (points: number, more: Partial<Standing> = {}): Standing => ({
  status: "graded",
  points,
  maxPoints: 10,
  handIn: {},
  ...more,
});
const nothing: Standing = { status: "nothing handed in", maxPoints: 10 };
const excused: Standing = { ...nothing, status: "excused", excusal: { state: "excused" } };

const total = (rule: string, standings: (Standing | undefined)[]) =>
  totalOf(
    { lessons: LESSONS, settings: settingsOf(rule), time: TIME },
    (lesson) => standings[LESSONS.indexOf(lesson)],
  );

const RULE = `total:
  groups:
    - { name: Lessons, weight: 60, dropLowest: 1, lessons: [00, 01, 02] }
    - { name: Project, weight: 40, lessons: [03] }
`;

test("the lowest is dropped, groups are weighed, and each step is a line", () => {
  const found = total(RULE, [graded(9), graded(4), graded(8), graded(5)]);
  expect(found.percent).toBeCloseTo(0.6 * 85 + 0.4 * 50);
  expect(totalLines(found)).toEqual([
    "Lessons (weight 60):",
    "  00-a: 9 of 10 points = 90 %",
    "  01-b: 4 of 10 points = 40 % (the lowest, dropped)",
    "  02-c: 8 of 10 points = 80 %",
    "  (90 % + 80 %) / 2 = 85 %",
    "Project (weight 40):",
    "  03-d: 5 of 10 points = 50 %",
    "  50 %",
    "Total: (60 × 85 % + 40 × 50 %) / 100 = 71 %",
  ]);
});

test("excused doesn't count and isn't dropped; missing counts as 0 and is", () => {
  const late = { ...nothing, deadline: "2027-05-01T00:00:00.000Z" };
  const found = total(RULE, [graded(9), excused, late, graded(5)]);
  expect(found.groups[0]!.percent).toBe(90); // of 90 and 0, the 0 is dropped
  expect(found.groups[0]!.lines.map((line) => line.note)).toEqual([
    "",
    "excused, so it doesn't count",
    "nothing handed in by 2027-05-01 00:00, counts as 0; the lowest, dropped",
  ]);
  expect(found.isSoFar).toBe(false);
});

test("one lesson always stays, whatever is dropped", () => {
  expect(total(RULE, [graded(3), excused, excused, graded(5)]).groups[0]!.percent).toBe(30);
});

test("what is still open doesn't count, and the total says so", () => {
  const later = { ...nothing, deadline: "2027-07-01T00:00:00.000Z" };
  const found = total(RULE, [graded(9), later, graded(7, { status: "waits for marks" }), later]);
  expect(found).toMatchObject({ percent: 90, isSoFar: true });
  expect(found.groups[1]).not.toHaveProperty("percent");
  expect(totalLines(found).at(-1)).toBe("Total so far: 90 %");
});

test("how a lesson's points came about", () => {
  const late = graded(8.1, { exercisePoints: 7, writtenPoints: 2, percentOff: 10 });
  const set = graded(6, { override: { reason: "oral exam" } });
  const found = total("", [
    late,
    set,
    graded(10, { exercisePoints: 10, writtenPoints: 0 }),
    excused,
  ]);
  expect(found.groups[0]!.lines.map((line) => line.note)).toEqual([
    "7 for exercises + 2 for answers, less 10 % for lateness",
    "set by hand: oral exam",
    "",
    "excused, so it doesn't count",
  ]);
  expect(found.formula).toBe("8.1 + 6 + 10 = 24.1 of 30 points = 80.33 %");
});

test("lessons with weights of their own", () => {
  const rule = "total: { groups: [{ name: A, weight: 1, lessons: { '00': 3, '01': 1 } }] }\n";
  const found = total(rule, [graded(10), graded(2)]);
  expect(found.groups[0]!.formula).toBe("(3 × 100 % + 1 × 20 %) / 4 = 80 %");
});

test.each([
  ["total: { groups: [] }", "must hold groups"],
  ["total: { groups: [{ name: A, weight: 0, lessons: [00] }] }", "weight of total group A"],
  ["total: { groups: [{ name: A, weight: 1, lessons: [17] }] }", "total group A"],
  [
    "total: { groups: [{ name: A, weight: 1, dropLowest: 1, lessons: [00] }] }",
    "has one lesson, and one always counts",
  ],
  [
    "total: { groups: [{ name: A, weight: 1, lessons: [00] }, { name: B, weight: 1, lessons: [00] }] }",
    "00-a is in two groups",
  ],
])("a wrong rule is named: %s", (rule, message) => {
  expect(() => settingsOf(rule)).toThrow(message);
});

test("a lesson in no group is named, and a limit for requests is checked", () => {
  const rule = `total:
  groups:
    - { name: Lessons, weight: 60, lessons: [00, 01] }
`;
  const lines = totalLines(total(rule, [graded(9), graded(4), graded(8), graded(5)]));
  expect(lines.at(-2)).toBe("In no group of the total, so not counted: 02-c, 03-d.");
  expect(lines.at(-1)).toBe("Total: 65 %");
  expect(totalLines(total("", [graded(9)])).join()).not.toContain("no group");
  expect(() => settingsOf("requests: { days: 0 }")).toThrow("requests.days must be a whole number");
});
