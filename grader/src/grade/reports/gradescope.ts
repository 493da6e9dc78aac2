/**
 * Gradescope's results.json for one submission (gradescope-autograders.readthedocs.io, "Output
 * Format").
 */
import type { Batch, Graded } from "../batch";
import { waitsForValues } from "../../judge";
import { outcome, points } from "./markup";

export function gradescope({ seed, version }: Batch, g: Graded): object {
  const tests = g.exercises.map((e) => ({
    name: e.name,
    score: e.earned,
    max_score: e.of,
    ...(e.notGraded ? {} : { status: e.groups.every((group) => group.ok) ? "passed" : "failed" }),
    visibility: "visible",
    output: [
      e.note,
      e.diagnosis,
      ...e.groups.map(
        (group) =>
          `${group.group}: ${points(group.earned)} of ` +
          `${points(group.of)}${waitsForValues(group, e.failures) ? ", counts once the values are right" : ""}`,
      ),
      ...e.failures.slice(0, 3).map((f) => `Fails (${f.group}) where ${f.case}. ${f.says}`),
    ]
      .filter(Boolean)
      .join("\n"),
  }));
  const byHand = g.written.map((w) => ({
    name: `${w.name} (to be marked by hand)`,
    max_score: w.points,
    visibility: "visible",
    output: w.text,
  }));
  const cells = g.cells.map((c) => `Cell ${c.number}: ${c.says}`);
  return {
    score: g.earned,
    output_format: "text",
    test_output_format: "text",
    stdout_visibility: "hidden",
    output: [
      `${g.title}: ${outcome(g)}.`,
      ...cells,
      `Seed ${seed}, grader ${version}, sha256 ${g.sha256}.`,
    ].join("\n"),
    tests: [...tests, ...byHand],
    extra_data: { seed, grader: version, sha256: g.sha256 },
  };
}
