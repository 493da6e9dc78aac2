/**
 * `course build`: lessons → notebooks and their manifest. Files are written aside and renamed, and
 * only when they change.
 */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { readManifest, type LessonEntry, type Manifest } from "grader/dist/manifest.js";
import { paths } from "grader/dist/paths.js";
import { readSource } from "grader/dist/source.js";
import { chooseLessons, lessonIds, tryLessons } from "./lessons.js";
import type { Lesson } from "./model.js";
import { shippedCells, studentNotebook } from "./notebook.js";

export interface BuildReport {
  /** Files under notebooks/ that were written or removed; with check, those that would be. */
  changed: string[];
  /** One line for each problem of a lesson, `file:line: sentence`. */
  problems: string[];
  /** How many lessons were built. */
  lessons: number;
}

/**
 * A lesson with problems keeps its last notebook and its entry in the manifest; the others are
 * built.
 * @param words the lessons to build, "06" or "06-attention"; all when empty
 * @param check compare only
 */
export function build(root: string, words: string[] = [], { check = false } = {}): BuildReport {
  const { notebooks } = paths(root);
  const all = lessonIds(root);
  const { lessons, errors } = tryLessons(root, chooseLessons(root, words));
  const files = new Map(lessons.map((lesson) => [`${lesson.id}.ipynb`, studentNotebook(lesson)]));
  files.set("manifest.json", `${JSON.stringify(manifest(root, all, lessons), undefined, 1)}\n`);

  const changed: string[] = [];
  for (const [name, text] of files) {
    if (read(join(notebooks, name)) === text) continue;
    changed.push(name);
    if (!check) write(join(notebooks, name), text);
  }
  for (const name of existsSync(notebooks) ? readdirSync(notebooks) : []) {
    if (!name.endsWith(".ipynb") || all.includes(basename(name, ".ipynb"))) continue;
    changed.push(name);
    if (!check) rmSync(join(notebooks, name));
  }
  return {
    changed,
    problems: errors.flatMap((e) => e.message.split("\n")),
    lessons: lessons.length,
  };
}

function manifest(root: string, all: string[], lessons: Lesson[]): Manifest {
  const { name, title, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    name: string;
    title?: string;
    version: string;
  };
  const entries = new Map(previousEntries(root).map((entry) => [entry.id, entry]));
  for (const lesson of lessons) entries.set(lesson.id, entryOf(lesson));
  return { course: title ?? name, version, lessons: all.flatMap((id) => entries.get(id) ?? []) };
}

/** Entries of lessons that are not built now; none where there is no manifest that can be read. */
function previousEntries(root: string): LessonEntry[] {
  try {
    return readManifest(root).lessons;
  } catch {
    return [];
  }
}

export function entryOf(lesson: Lesson): LessonEntry {
  return {
    id: lesson.id,
    title: lesson.title,
    uses: lesson.uses,
    exercises: lesson.cells.flatMap((c) =>
      c.kind === "exercise"
        ? [
            {
              name: c.name,
              points: c.points,
              difficulty: c.difficulty,
              minutes: c.minutes,
              hints: c.hints,
              gradeId: c.id,
            },
          ]
        : [],
    ),
    written: lesson.cells.flatMap((c) =>
      c.kind === "written" ? [{ name: c.name, points: c.points, gradeId: c.id }] : [],
    ),
    cells: shippedCells(lesson),
  };
}

const read = (file: string) => (existsSync(file) ? readSource(file) : undefined);

function write(file: string, text: string): void {
  mkdirSync(join(file, ".."), { recursive: true });
  const aside = `${file}.${process.pid}.part`;
  writeFileSync(aside, text);
  renameSync(aside, file);
}
