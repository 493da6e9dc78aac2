/**
 * Answers of other classes to the same lesson: another class's folder, whose gradebook isn't
 * opened, or any folder of notebooks.
 */
import { existsSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { LessonEntry } from "grader/files";
import { isHidden } from "../collect/sources.js";
import { ClassError } from "../given.js";
import { answersOf } from "./answers.js";
import { type Code, inTurns } from "./similar.js";

/** "1001-14602953aab7.ipynb" is how a class stores what 1001 handed in. */
const STORED = /^(.+)-[0-9a-f]{12}\.ipynb$/;

function notebooksIn(folder: string, below = ""): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    if (isHidden(entry.name)) return [];
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) return notebooksIn(folder, path);
    return entry.isFile() && entry.name.endsWith(".ipynb") ? [path] : [];
  });
}

/** Whose a notebook is, as a reader of the report can find it. */
function labelOf(name: string, path: string, ids: Set<string>): string {
  const id = STORED.exec(path)?.[1];
  if (id === undefined) return `${name}: ${path}`;
  return ids.has(id) ? `${name}: ${id}, as here` : `${name}: ${id}`;
}

/**
 * @param folders of other classes, or of notebooks
 * @param ids students of this class, some of whom may have been in the other
 * @throws ClassError where one doesn't exist
 */
export async function otherAnswers(
  folders: string[],
  lesson: LessonEntry,
  ids: Set<string>,
): Promise<Code[]> {
  const codes: Code[] = [];
  for (const folder of folders.map((f) => resolve(f))) {
    if (!existsSync(folder)) throw new ClassError(`compareWith: ${folder} does not exist`);
    const isClass = existsSync(join(folder, "class.yaml"));
    const from = isClass ? join(folder, "hand-ins", lesson.id) : folder;
    if (!existsSync(from)) continue; // that class didn't have the lesson
    for await (const path of inTurns(notebooksIn(from))) {
      const student = labelOf(basename(folder), path, ids);
      const found = answersOf(join(from, path), student, lesson);
      codes.push(...found.map((code) => ({ ...code, isOther: true })));
    }
  }
  return codes;
}
