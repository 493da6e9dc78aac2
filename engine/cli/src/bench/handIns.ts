/**
 * Submissions as a class hands them in: of each answer the solution, a typical mistake, the stub, or
 * code that doesn't compile, drawn from a seed. No two students hand in the same code.
 */
import { applyEdits, loadContent, random, type Random } from "grader";
import { answeredNotebook, type ExerciseCell, type Lesson } from "builder";

/** How many of a hundred answers are a mistake, not written, and cut off; all others are right. */
const MISTAKEN = 10;
const UNWRITTEN = 10;
const BROKEN = 2;

/** The solution's code after a mutant's edits; those that reach beyond the answer don't count. */
function mistakes(root: string, { name, solution }: ExerciseCell): string[] {
  return loadContent(root, name).exercise.mutants.flatMap(({ edits }) => {
    try {
      return [applyEdits(solution, edits, name)];
    } catch {
      return [];
    }
  });
}

function answerOf(root: string, exercise: ExerciseCell, { int, pick }: Random): string {
  const { stub, solution } = exercise;
  const draw = int(0, 99);
  if (draw < UNWRITTEN) return stub;
  if (draw < UNWRITTEN + BROKEN) return solution.slice(0, solution.lastIndexOf("}"));
  const wrong = draw < UNWRITTEN + BROKEN + MISTAKEN ? mistakes(root, exercise) : [];
  return wrong.length > 0 ? pick(wrong) : solution;
}

/** The notebook of a lesson as one student hands it in, the same for the same student. */
export function handIn(root: string, lesson: Lesson, student: number): string {
  const draw = random(1000 * student + Number.parseInt(lesson.id, 10));
  return answeredNotebook(lesson, (exercise) => {
    const answer = answerOf(root, exercise, draw);
    return `${answer}\nvoid "student ${student}";`;
  });
}
