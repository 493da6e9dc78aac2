/** The code of each exercise in a hand-in, and what everybody was given. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readNotebook, type Cell } from "grader/submission";
import { type LessonEntry, paths, readSource } from "grader/files";
import type { Code, SharedCode } from "./similar.js";

/** The exercise's own cell; where a copy lost its marks, the last one that defines the name. */
function answerOf(cells: Cell[], { name, gradeId }: LessonEntry["exercises"][number]) {
  const code = cells.filter((c) => c.type === "code");
  const defines = new RegExp(`(function|const|let|var)\\s+${name}\\b`);
  return (
    code.findLast((c) => c.gradeId === gradeId) ?? code.findLast((c) => defines.test(c.source))
  );
}

/** @param file a notebook as handed in; one that can't be read has no answers */
export function answersOf(file: string, student: string, lesson: LessonEntry): Code[] {
  let cells: Cell[];
  try {
    cells = readNotebook(readFileSync(file));
  } catch {
    return [];
  }
  return lesson.exercises.flatMap((e) => {
    const cell = answerOf(cells, e);
    return cell ? [{ student, exercise: e.name, code: cell.source }] : [];
  });
}

/** Where there are no sources of solutions, as in a release, there is nothing to subtract. */
function solutionsOf(root: string, names: string[]): SharedCode[] {
  const folder = join(paths(root).solutions, "src");
  if (!existsSync(folder)) return [];
  const groups = readdirSync(folder);
  return names.flatMap((exercise) => {
    const files = groups.map((group) => join(folder, group, `${exercise}.ts`));
    return files.filter((f) => existsSync(f)).map((f) => ({ exercise, code: readSource(f) }));
  });
}

/** The shipped notebook's code, stubs included, and the solutions. */
export function knownOf(root: string, lesson: LessonEntry): SharedCode[] {
  const file = join(paths(root).notebooks, `${lesson.id}.ipynb`);
  const shipped = existsSync(file)
    ? readNotebook(readFileSync(file)).filter((c) => c.type === "code")
    : [];
  return [
    ...shipped.map(({ source }) => ({ exercise: "", code: source })),
    ...solutionsOf(
      root,
      lesson.exercises.map((e) => e.name),
    ),
  ];
}
