/** JUnit XML for a CI server: a suite for each submission, a test for each group of an exercise. */
import { formatDiagnosis } from "../exercise/diagnose";
import { isGraded, type Graded, type NotGraded, type Result } from "../batch/result";
import type { ExerciseReport } from "../submission/grade";
import { byHand, markup, nothing, outcome, points, type Markup } from "./markup";

function whyFailed({ note, diagnosis, failures }: ExerciseReport, group: string): string {
  const says = failures.find((f) => f.group === group)?.message;
  const parts = [note, formatDiagnosis(diagnosis), says].filter(
    (part) => part !== undefined && part !== "",
  );
  return parts.join(" ") || "it counts only where the values are right";
}

function groupTests(lesson: string, e: ExerciseReport): Markup[] {
  return e.groups.map(({ group, ok }) => {
    const failure = ok ? nothing : markup`<failure message="${whyFailed(e, group)}"/>`;
    return markup`<testcase classname="${lesson}.${e.name}" name="${group}">${failure}</testcase>
`;
  });
}

function skippedTest(lesson: string, e: ExerciseReport): Markup {
  const skipped = markup`<skipped message="${e.note ?? ""}"/>`;
  return markup`<testcase classname="${lesson}.${e.name}" name="all">${skipped}</testcase>
`;
}

const property = (name: string, value: string | number) =>
  markup`<property name="${name}" value="${value}"/>`;

function suite(g: Graded): Markup {
  const groups = g.exercises.flatMap((e) => e.groups);
  const skipped = g.exercises.filter((e) => e.notGraded);
  const counts = [
    markup`tests="${groups.length + skipped.length}"`,
    markup`failures="${groups.filter((group) => !group.ok).length}"`,
    markup`skipped="${skipped.length}"`,
  ];
  const properties = [
    property("seed", g.seed),
    property("grader", g.version),
    property("sha256", g.sha256),
    property("points", byHand(g) ? outcome(g) : `${points(g.points)} of ${points(g.maxPoints)}`),
  ];
  const tests = g.exercises.flatMap((e) => groupTests(g.lesson, e));
  const notRun = skipped.map((e) => skippedTest(g.lesson, e));
  return markup`
<testsuite name="${g.file}" ${counts[0]!} ${counts[1]!} ${counts[2]!}>
<properties>${properties}</properties>
${tests}${notRun}</testsuite>`;
}

function errorSuite({ file, reason: says }: NotGraded): Markup {
  const test = markup`<testcase name="read"><error message="not graded: ${says}"/></testcase>`;
  return markup`
<testsuite name="${file}" tests="1" errors="1">${test}</testsuite>`;
}

/** The file, suite by suite. */
export function* junit(course: string, results: Iterable<Result>): Generator<string> {
  yield markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${course}">`.text;
  for (const result of results) yield (isGraded(result) ? suite(result) : errorSuite(result)).text;
  yield "\n</testsuites>\n";
}
