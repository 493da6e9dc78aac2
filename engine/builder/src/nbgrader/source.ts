/**
 * A lesson as nbgrader's source version: the solved notebook, with the marks between which
 * `nbgrader generate_assignment` takes the answer out. What it releases is the student notebook,
 * cell by cell.
 */
import { namesOf, parseSource, textOf } from "course/definition";
import type { ExerciseCell, Lesson } from "../lesson/model.js";
import { answeredNotebook } from "../lesson/notebook.js";

const BEGIN = "// BEGIN SOLUTION";
const END = "// END SOLUTION";

export const sourceNotebook = (lesson: Lesson): string => answeredNotebook(lesson, markedSolution);

type Statement = ReturnType<typeof parseSource>["statements"][number];

/**
 * The solution with marks around what the stub lacks. In the function, a line that throws takes the
 * answer's place. A helper's marks stand at the left margin, and an empty line goes with it.
 */
export function markedSolution({ name, stub, solution }: ExerciseCell): string {
  const isOwn = (s: Statement) => namesOf(s).includes(name);
  const given = parseSource(stub).statements.map((s) => textOf(s));
  const ownStub = textOf(parseSource(stub).statements.findLast(isOwn)!);
  let text = "";
  let started = false;
  for (const statement of parseSource(solution).statements) {
    const code = textOf(statement);
    const isHelper = !isOwn(statement) && !given.includes(code);
    if (isHelper) {
      text += started ? `\n${BEGIN}\n\n${code}\n${END}` : `${BEGIN}\n${code}\n\n${END}\n`;
      continue;
    }
    if (started) text += "\n\n";
    text += given.includes(code) ? code : markedBody(code, ownStub);
    started = true;
  }
  return text;
}

/** How many lines from the start are the same in both. */
function sameLines(a: string[], b: string[]): number {
  const different = a.findIndex((line, i) => line !== b[i]);
  return different < 0 ? a.length : different;
}

/** The function with marks around the lines that the stub lacks. */
function markedBody(code: string, stub: string): string {
  const [lines, others] = [code.split("\n"), stub.split("\n")];
  const first = sameLines(others, lines);
  const last = lines.length - sameLines(others.slice(first).reverse(), lines.toReversed());
  const margin = /^ */.exec(others[first]!)![0];
  const answer = [margin + BEGIN, ...lines.slice(first, last), margin + END];
  return [...lines.slice(0, first), ...answer, ...lines.slice(last)].join("\n");
}
