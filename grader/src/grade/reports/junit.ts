/** JUnit XML for a CI server: a suite for each submission, a test for each group of an exercise. */
import type { Batch, Graded } from "../batch";
import { byHand, markup, nothing, outcome, points } from "./markup";

function suite(g: Graded, { seed, version }: Batch) {
  const tests = g.exercises.flatMap((e) => e.groups.map((group) => ({ e, group })));
  const skipped = g.exercises.filter((e) => e.notGraded);
  const says = (e: Graded["exercises"][number], group: string) =>
    [e.note, e.diagnosis, e.failures.find((f) => f.group === group)?.says]
      .filter(Boolean)
      .join(" ") || "it counts only where the values are right";
  return markup`
<testsuite name="${g.file}" tests="${tests.length + skipped.length}" failures="${tests.filter((t) => !t.group.ok).length}" skipped="${skipped.length}">
<properties><property name="seed" value="${seed}"/><property name="grader" value="${version}"/><property name="sha256" value="${g.sha256}"/><property name="points" value="${byHand(g) ? outcome(g) : `${points(g.earned)} of ${points(g.of)}`}"/></properties>
${tests.map(
  ({
    e,
    group,
  }) => markup`<testcase classname="${g.lesson}.${e.name}" name="${group.group}">${group.ok ? nothing : markup`<failure message="${says(e, group.group)}"/>`}</testcase>
`,
)}${skipped.map(
    (
      e,
    ) => markup`<testcase classname="${g.lesson}.${e.name}" name="all"><skipped message="${e.note ?? ""}"/></testcase>
`,
  )}</testsuite>`;
}

export function junit(batch: Batch): string {
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${batch.course}">${batch.graded.map((g) => suite(g, batch))}${batch.notGraded.map(
    (n) => markup`
<testsuite name="${n.file}" tests="1" errors="1"><testcase name="read"><error message="not graded: ${n.says}"/></testcase></testsuite>`,
  )}
</testsuites>
`.text;
}
