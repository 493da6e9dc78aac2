import { expect, test } from "vitest";
import { lessonsByPart, NO_PROGRESS, readCourse, readProgress, type Lesson } from "./course";
import {
  durationText,
  pointsText,
  lessonProgress,
  totalProgress,
  nextStep,
  type Bookmarks,
} from "./progress";

const exercise = (name: string, points = 2) => ({ name, points, gradeId: name });
const json = JSON.stringify({
  course: "Sorting",
  components: ["comparing", "moving"],
  pages: [{ path: "docs/about.md", title: "About" }],
  lessons: [
    { id: "01-a", title: "A", minutes: 40, exercises: [exercise("a1"), exercise("a2", 3)] },
    { id: "02-b", title: "B", exercises: [exercise("b1")], components: ["moving"] },
    { id: "03-c", title: "C", exercises: [], written: [{ name: "why", points: 5 }] },
  ],
});
const course = readCourse(json)!;
const [a, b, c] = course.lessons as [Lesson, Lesson, Lesson];
const nowhere: Bookmarks = { cells: {} };
const entry = (passed: boolean, earned = 2, at = "") => ({
  earned,
  of: 2,
  checks: 1,
  failed: 0,
  passed,
  at,
});
const progressOf = (exercises: object) => readProgress(JSON.stringify({ exercises }))!;
const all = () => true;
const way = (progress = NO_PROGRESS, places = nowhere, isThere: (l: Lesson) => boolean = all) => {
  const found = nextStep(course, progress, places, isThere);
  return found && [found.verb, found.lesson.id];
};

test.each(["", "[]", "null", "{", '{"lessons": 3}', '{"lessons": [{"id": "../x"}]}'])(
  "%s is no course",
  (text) => {
    expect(readCourse(text)).toBeUndefined();
  },
);

test("a course keeps the drawing of its components, unless it is damaged", () => {
  const map = { title: "A sorter", width: 9, height: 9, about: { moving: "Moves." }, shapes: [] };
  const withMap = (componentMap: unknown) =>
    readCourse(JSON.stringify({ ...(JSON.parse(json) as object), componentMap }))!.componentMap;
  expect(withMap(map)).toEqual(map);
  expect(withMap({ ...map, shapes: "<svg>" })).toBeUndefined();
});

test("a course keeps what fits: odd fields become empty ones", () => {
  const odd = { id: "01-x", title: 7, minutes: -1, components: [1, "k"], exercises: [3, {}] };
  const [lesson] = readCourse(JSON.stringify({ lessons: [odd] }))!.lessons;
  expect(lesson).toEqual({
    id: "01-x",
    title: "01-x",
    question: "",
    minutes: 0,
    components: ["k"],
    exercises: [{ name: "", points: 0, gradeId: "" }],
    manualPoints: 0,
  });
});

test.each([
  [undefined, [[undefined, "01-a", "02-b", "03-c"]]],
  [
    [{ title: "Late", from: "02" }, { from: "03" }, 7],
    [
      [undefined, "01-a"],
      ["Late", "02-b", "03-c"],
    ],
  ],
  [
    [
      { title: "All", from: "00" },
      { title: "None so far", from: "04" },
    ],
    [["All", "01-a", "02-b", "03-c"]],
  ],
])("with the parts %j, lessons stand under their headings", (parts, expected) => {
  const groups = lessonsByPart(readCourse(JSON.stringify({ ...JSON.parse(json), parts }))!);
  expect(groups.map(({ title, lessons }) => [title, ...lessons.map(({ id }) => id)])).toEqual(
    expected,
  );
});

test.each(["", "[]", "7", '{"exercises": []}', '{"exercises": {"a1": '])(
  "%s is no progress",
  (text) => {
    expect(readProgress(text)).toBeUndefined();
  },
);

test("progress with odd entries counts the others, and never more than all points", () => {
  const progress = progressOf({ a1: entry(true, 9), a2: 3, b1: { of: "x" }, __proto__x: null });
  expect(lessonProgress(a, progress, nowhere)).toEqual({
    state: "begun",
    passed: 1,
    exercises: 2,
    earned: 2,
    points: 5,
  });
  expect(lessonProgress(b, progress, nowhere).earned).toBe(0);
});

test("a lesson is new, begun or done; one without exercises is never done", () => {
  const done = progressOf({ a1: entry(true), a2: entry(true) });
  const states = (progress = NO_PROGRESS, places = nowhere) =>
    course.lessons.map((lesson) => lessonProgress(lesson, progress, places).state);
  expect(states()).toEqual(["new", "new", "new"]);
  expect(states(done)).toEqual(["done", "new", "new"]);
  expect(states(done, { cells: { "03-c": "x", "02-b": "y" } })).toEqual(["done", "begun", "begun"]);
  expect(lessonProgress(c, done, nowhere).points).toBe(0);
});

test("the course is done when every lesson with exercises is", () => {
  const progress = progressOf({ a1: entry(true), a2: entry(true), b1: entry(true) });
  const total = totalProgress(
    course.lessons.map((lesson) => lessonProgress(lesson, progress, nowhere)),
  );
  expect(total).toEqual({ state: "done", passed: 3, exercises: 3, earned: 7, points: 7 });
});

test("the way on: the first lesson, the last one, the next, and none", () => {
  const last = (id: string): Bookmarks => ({ last: id, cells: { [id]: "cell" } });
  const doneA = progressOf({ a1: entry(true), a2: entry(true) });
  const doneAll = progressOf({ a1: entry(true), a2: entry(true), b1: entry(true) });
  expect(way()).toEqual(["Start", "01-a"]);
  expect(way(NO_PROGRESS, last("02-b"))).toEqual(["Go on with the last lesson you opened", "02-b"]);
  expect(way(doneA, last("01-a"))).toEqual(["Go on with the next lesson", "02-b"]);
  expect(way(doneAll, last("02-b"))).toEqual(["Go on with the next lesson", "03-c"]);
  expect(way(doneAll, last("02-b"), (lesson) => lesson !== c)).toBeUndefined();
});

test("the way on passes over a lesson whose notebook is gone", () => {
  expect(way(NO_PROGRESS, nowhere, (lesson) => lesson !== a)).toEqual(["Start", "02-b"]);
  expect(way(NO_PROGRESS, { last: "01-a", cells: { "01-a": "x" } }, (l) => l !== a)).toEqual([
    "Go on with the next lesson",
    "02-b",
  ]);
});

test("in a new browser, the exercise that was checked last says where it was", () => {
  const progress = progressOf({
    a1: entry(false, 0, "2026-01-02T00:00:00Z"),
    b1: entry(false, 0, "2026-01-03T00:00:00Z"),
  });
  expect(way(progress)).toEqual(["Go on with the last lesson you opened", "02-b"]);
  expect(way(progress, { last: "gone", cells: {} })).toEqual([
    "Go on with the last lesson you opened",
    "02-b",
  ]);
});

test("points and times as a reader writes them", () => {
  expect([0, 2, 2.5, 1 / 3, 8].map(pointsText)).toEqual(["0", "2", "2.5", "0.3", "8"]);
  expect([0, 45, 60, 150].map(durationText)).toEqual(["0 min", "45 min", "1 h", "2 h 30 min"]);
});
