/** The lessons of a course, read from its folder. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { paths } from "grader/dist/paths.js";
import type { Lesson } from "./model.js";
import { parseLesson } from "./parse.js";
import { LessonError } from "./problems.js";
import { openSolutions } from "./solutions.js";

/** Folders of lessons-src in their order; those that hold no lesson.md are none. */
export function lessonIds(root: string): string[] {
  const { lessons } = paths(root);
  return readdirSync(lessons, { withFileTypes: true })
    .filter((d) => d.isDirectory() && existsSync(join(lessons, d.name, "lesson.md")))
    .map((d) => d.name)
    .sort();
}

/**
 * The ids that words of a command line mean: "06" or "06-attention"; all when there are none.
 * @throws for a word that names no lesson
 */
export function chooseLessons(root: string, words: string[]): string[] {
  const all = lessonIds(root);
  if (words.length === 0) return all;
  return [
    ...new Set(
      words.map((word) => {
        const found = all.find((id) => id === word) ?? all.find((id) => id.startsWith(`${word}-`));
        if (!found) throw new Error(`there is no lesson ${word}: choose among ${all.join(", ")}`);
        return found;
      }),
    ),
  ].sort();
}

export interface ReadLessons {
  lessons: Lesson[];
  /** of the lessons that cannot be read */ errors: LessonError[];
}

/** Reads each lesson; one that is wrong does not keep the others. */
export function tryLessons(root: string, ids: string[]): ReadLessons {
  const where = paths(root);
  const solutions = openSolutions(where.solutions, join(where.written, "cache", "syntax.json"));
  const result: ReadLessons = { lessons: [], errors: [] };
  const owners = new Map<string, string>();
  for (const id of ids) {
    const file = join(where.lessons, id, "lesson.md");
    try {
      const lesson = parseLesson(readFileSync(file), file, solutions);
      const problems = lesson.cells.flatMap((cell) => {
        if (cell.kind !== "exercise") return [];
        const owner = owners.get(cell.name);
        owners.set(cell.name, owner ?? id);
        return owner === undefined
          ? []
          : [
              {
                line: cell.line,
                says:
                  `${cell.name} is an exercise of ${owner} already: ` +
                  `list it in uses here, or show it with ::: given ${cell.name}`,
              },
            ];
      });
      if (problems.length > 0) {
        result.errors.push(new LessonError(`lessons-src/${id}/lesson.md`, problems));
      } else result.lessons.push(lesson);
    } catch (e) {
      if (!(e instanceof LessonError)) throw e;
      result.errors.push(e);
    }
  }
  solutions.save();
  return result;
}

/**
 * The lessons that `words` name, all without. @throws an Error whose message lists every problem of
 * every lesson
 */
export function readLessons(root: string, words: string[] = []): Lesson[] {
  const { lessons, errors } = tryLessons(root, chooseLessons(root, words));
  if (errors.length > 0) throw new Error(errors.map((e) => e.message).join("\n"));
  return lessons;
}
