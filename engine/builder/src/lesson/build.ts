/**
 * `course build`: lessons → notebooks, their manifest and their overview. A file is written only when it changes,
 * aside and then renamed.
 */
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import {
  type LessonEntry,
  type Manifest,
  paths,
  readManifest,
  readSource,
  writeFileAtomic,
} from "grader/files";
import { readCourse } from "./course.js";
import { helpersPage } from "./helpers.js";
import { chooseLessons, lessonIds, tryLessons } from "./lessons.js";
import type { Lesson } from "./model.js";
import { shippedCells, studentNotebook } from "./notebook.js";
import { overview } from "./overview.js";

export interface BuildReport {
  /** Files under notebooks/ that were written or removed or, with check, would be. */
  changed: string[];
  /** One line for each problem of a lesson, `file:line: sentence`. */
  problems: string[];
  /** How many lessons were built. */
  lessons: number;
}

/**
 * Builds the lessons. A lesson with problems keeps its last notebook and its entry in the manifest.
 * @param words the lessons to build, "06" or "06-attention"; all when empty
 * @param check compares only
 */
export function build(root: string, words: string[] = [], { check = false } = {}): BuildReport {
  const { notebooks } = paths(root);
  const all = lessonIds(root);
  const { lessons, errors } = tryLessons(root, chooseLessons(root, words));
  const files = new Map(lessons.map((lesson) => [`${lesson.id}.ipynb`, studentNotebook(lesson)]));
  const overall = manifest(root, all, lessons);
  files.set("manifest.json", `${JSON.stringify(overall, undefined, 1)}\n`);
  const helpers = helpersPage(root, read(join(notebooks, "helpers.md")));
  files.set("README.md", overview(overall, helpers !== undefined));
  if (helpers !== undefined) files.set("helpers.md", helpers);

  const stale = [...files.keys()].filter((name) => read(join(notebooks, name)) !== files.get(name));
  const leftOver = notebooksIn(notebooks).filter((name) => !all.includes(basename(name, ".ipynb")));
  if (!check) {
    for (const name of stale) write(join(notebooks, name), files.get(name)!);
    for (const name of leftOver) rmSync(join(notebooks, name));
  }
  return {
    changed: [...stale, ...leftOver],
    problems: errors.flatMap((e) => e.message.split("\n")),
    lessons: lessons.length,
  };
}

function notebooksIn(folder: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => name.endsWith(".ipynb"));
}

/** The manifest of all lessons, those that were not built now with their former entries. */
function manifest(root: string, all: string[], lessons: Lesson[]): Manifest {
  const { title, version, components } = readCourse(root);
  const entries = new Map(previousEntries(root).map((entry) => [entry.id, entry]));
  for (const lesson of lessons) entries.set(lesson.id, entryOf(lesson));
  const known = all.flatMap((id) => entries.get(id) ?? []);
  return { course: title, version, components, lessons: known };
}

/** The manifest's entries so far; none when it is missing or can't be read. */
function previousEntries(root: string): LessonEntry[] {
  try {
    return readManifest(root).lessons;
  } catch {
    return [];
  }
}

/** A lesson's entry in the manifest. */
export function entryOf(lesson: Lesson): LessonEntry {
  const exercises = lesson.cells.filter((cell) => cell.kind === "exercise");
  const written = lesson.cells.filter((cell) => cell.kind === "written");
  return {
    id: lesson.id,
    title: lesson.title,
    question: lesson.question,
    minutes: lesson.minutes,
    components: lesson.components,
    uses: lesson.uses,
    exercises: exercises.map(({ id, name, points, difficulty, minutes, hints }) => ({
      name,
      points,
      difficulty,
      minutes,
      hints,
      gradeId: id,
    })),
    written: written.map(({ id, name, points }) => ({ name, points, gradeId: id })),
    cells: shippedCells(lesson),
  };
}

const read = (file: string) => (existsSync(file) ? readSource(file) : undefined);

function write(file: string, text: string): void {
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileAtomic(file, text, { concurrent: true });
}
