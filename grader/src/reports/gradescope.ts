/**
 * Gradescope's results.json for one submission (gradescope-autograders.readthedocs.io, "Output
 * Format").
 */
import type { Graded } from "../batch/result";
import { formatDiagnosis } from "../exercise/diagnose";
import { GROUP_NAMES, waitsForValues, type GroupResult } from "../exercise/judge";
import type { ExerciseReport } from "../submission/grade";
import { outcome, points } from "./markup";

/** Of an exercise's failures, so many are shown. */
const SHOWN = 3;

function groupLine(group: GroupResult, { failures }: ExerciseReport): string {
  const waits = waitsForValues(group, failures) ? ", counts once the values are right" : "";
  return `${GROUP_NAMES[group.group]}: ${points(group.points)} of ${points(group.maxPoints)}${waits}`;
}

function exerciseTest(e: ExerciseReport): object {
  const status = e.groups.every((group) => group.ok) ? "passed" : "failed";
  const groups = e.groups.map((group) => groupLine(group, e));
  const shown = e.failures.slice(0, SHOWN);
  const failures = shown.map((f) => `Case “${f.case}” fails. ${f.message}`);
  return {
    name: e.name,
    score: e.points,
    max_score: e.maxPoints,
    ...(e.notGraded ? {} : { status }),
    visibility: "visible",
    output: [e.note, formatDiagnosis(e.diagnosis), ...groups, ...failures]
      .filter(Boolean)
      .join("\n"),
  };
}

function writtenTest({ name, points: most, text }: Graded["written"][number]): object {
  return {
    name: `${name} (to be marked by hand)`,
    max_score: most,
    visibility: "visible",
    output: text,
  };
}

export function gradescope(g: Graded): object {
  const { seed, version } = g;
  const cells = g.cells.map((c) => `Cell ${c.number}: ${c.message}`);
  const marks = `Seed ${seed}, grader ${version}, sha256 ${g.sha256}.`;
  return {
    score: g.points,
    output_format: "text",
    test_output_format: "text",
    stdout_visibility: "hidden",
    output: [`${g.title}: ${outcome(g)}.`, ...cells, marks].join("\n"),
    tests: [...g.exercises.map(exerciseTest), ...g.written.map(writtenTest)],
    extra_data: { seed, grader: version, sha256: g.sha256 },
  };
}
