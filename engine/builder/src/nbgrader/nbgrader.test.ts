import { courseRoot } from "grader";
import { expect, test } from "vitest";
import { readLessons } from "../lesson/lessons.js";
import type { ExerciseCell } from "../lesson/model.js";
import { markedSolution } from "./nbgrader";

const exercises = readLessons(courseRoot()).flatMap(({ cells }) =>
  cells.filter((cell): cell is ExerciseCell => cell.kind === "exercise"),
);

/** What nbgrader and engine/builder/nbgrader/nbgrader_config.py make of it. */
function released(source: string, stub: string): string {
  const marks = /^( *)\/\/ BEGIN SOLUTION\n[^]*?\/\/ END SOLUTION(\n|$)/gm;
  const replace = (_: string, margin: string, end: string) =>
    margin === "" ? "" : `${margin}${stub}${end}`;
  return source.replace(marks, replace).replace(/\n$/, "");
}

test.each(exercises)("$name: without what stands between marks, it is the stub", (exercise) => {
  const source = markedSolution(exercise);
  const thrown = `throw new Error("not written yet: ${exercise.name}");`;
  expect(released(source, thrown)).toBe(exercise.stub);
});

test.each(exercises)("$name: without the marks, it is the solution", (exercise) => {
  const lines = markedSolution(exercise).split("\n");
  const rest = lines.filter((line) => !/^ *\/\/ (BEGIN|END) SOLUTION$/.test(line));
  expect(rest.join("\n")).toBe(exercise.solution);
});
