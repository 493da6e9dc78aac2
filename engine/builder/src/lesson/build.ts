/**
 * `course build`: lessons → notebooks, manifest, and the pages of overview and helpers. Writes only
 * files that change, each beside its place first and then renamed.
 */
import { existsSync, mkdirSync, readdirSync, rmSync, watch } from "node:fs";
import { basename, join } from "node:path";
import {
  type LessonEntry,
  type Manifest,
  paths,
  readManifest,
  readSource,
  writeFileAtomic,
} from "grader/files";
import { plural } from "../plural.js";
import { readDrawing } from "./componentMap.js";
import { helpersPage } from "./helpersPage.js";
import { chooseLessons, lessonIds, readCourse, tryLessons } from "./lessons.js";
import type { Lesson } from "./model.js";
import { shippedCells, studentNotebook } from "./notebook.js";
import { GENERATED_NOTICE, overview } from "./overviewPage.js";
import { LessonError } from "./parseContext.js";
import { builtPage, readTextPages, type TextPage } from "./textPages.js";
import { currentPreviews } from "../previews/previews.js";

export interface BuildReport {
  /** Files under notebooks/ that were written or removed or, with check, would be. */
  changed: string[];
  /** One line for each problem of a lesson, `file:line: sentence`. */
  problems: string[];
  /** One line for each lesson with previews that its code no longer draws. */
  notes: string[];
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
  const withPreviews = lessons.map((lesson) => ({ lesson, current: currentPreviews(lesson) }));
  const files = new Map(
    withPreviews.map(({ lesson, current }) => [
      `${lesson.id}.ipynb`,
      studentNotebook(lesson, current),
    ]),
  );
  const overall = manifest(root, all, lessons);
  files.set("manifest.json", `${JSON.stringify(overall, undefined, 1)}\n`);
  const helpers = helpersPage(root, readIfPresent(join(notebooks, "helpers.md")));
  const pages = tryTextPages(root, all);
  files.set("README.md", overview(overall, { helpers: helpers !== undefined, pages: pages.read }));
  if (helpers !== undefined) files.set("helpers.md", helpers);
  for (const page of pages.read) files.set(`${page.name}.md`, builtPage(page));

  const stale = [...files.keys()].filter(
    (name) => readIfPresent(join(notebooks, name)) !== files.get(name),
  );
  const obsolete = [
    ...filesIn(notebooks, ".ipynb").filter((name) => !all.includes(basename(name, ".ipynb"))),
    ...(pages.problems.length > 0 ? [] : pagesIn(notebooks).filter((name) => !files.has(name))),
  ];
  if (!check) {
    for (const name of stale) writeAtomically(join(notebooks, name), files.get(name)!);
    for (const name of obsolete) rmSync(join(notebooks, name));
  }
  return {
    changed: [...stale, ...obsolete],
    problems: [
      ...errors.flatMap((e) => e.message.split("\n")),
      ...pages.problems,
      ...lessons.flatMap(missingResults),
    ],
    notes: withPreviews.flatMap(({ lesson, current }) => staleNote(lesson.id, current.stale)),
    lessons: lessons.length,
  };
}

function staleNote(id: string, stale: string[]): string[] {
  if (stale.length === 0) return [];
  const words = `${plural(stale.length, "preview")} of older code left out (${stale.join(", ")})`;
  return [`${id}: ${words}: npx course solve ${id} --update draws them again`];
}

/** One line for each inline result that has no value so far. */
function missingResults({ id, results }: Lesson): string[] {
  return results
    .filter(({ value }) => value === undefined)
    .map(
      ({ key, line }) =>
        `lessons-src/${id}/lesson.md:${line}: the result \`${key}\` has no value so far: ` +
        `run npx course solve ${id}, then build again`,
    );
}

function tryTextPages(root: string, lessons: string[]): { read: TextPage[]; problems: string[] } {
  try {
    return { read: readTextPages(root, lessons), problems: [] };
  } catch (e) {
    if (!(e instanceof LessonError)) throw e;
    return { read: [], problems: e.message.split("\n") };
  }
}

/** Pages that a build has written, in a folder in which an author may keep pages too. */
function pagesIn(folder: string): string[] {
  const isBuilt = (name: string) => readSource(join(folder, name)).startsWith(GENERATED_NOTICE);
  return filesIn(folder, ".md").filter(isBuilt);
}

function filesIn(folder: string, ending: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => name.endsWith(ending));
}

/** The manifest of all lessons, those that were not built now with their former entries. */
function manifest(root: string, all: string[], lessons: Lesson[]): Manifest {
  const { title, version, about, components, parts } = readCourse(root);
  const entries = new Map(previousEntries(root).map((entry) => [entry.id, entry]));
  for (const lesson of lessons) entries.set(lesson.id, entryOf(lesson));
  const known = all.flatMap((id) => entries.get(id) ?? []);
  return {
    course: title,
    version,
    about,
    components,
    parts: parts.length > 0 ? parts : undefined,
    lessons: known,
    componentMap: readDrawing(root),
  };
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

const readIfPresent = (file: string) => (existsSync(file) ? readSource(file) : undefined);

function writeAtomically(file: string, text: string): void {
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileAtomic(file, text, { concurrent: true });
}

// The command: what it prints, and --watch

export interface BuildOptions {
  check?: boolean;
  watch?: boolean;
  private?: string;
}

/** @returns the exit code */
export async function buildCommand(
  root: string,
  words: string[],
  { check, watch: stay, private: folder }: BuildOptions,
): Promise<number> {
  if (check && stay) throw new Error("--check and --watch exclude each other: choose one");
  if (stay && folder) throw new Error("--watch doesn't see private lessons: build without it");
  const code = buildOnce(root, words, check);
  if (!stay) return code;
  await watchSources(root, () => buildOnce(root, words));
  return 0;
}

function buildOnce(root: string, words: string[], check = false): number {
  const start = performance.now();
  const { changed, problems, notes, lessons } = build(root, words, { check });
  [...problems, ...notes].forEach((line) => console.error(line));
  if (check) {
    for (const name of changed) {
      console.error(`notebooks/${name} is stale: run npm run build and commit it`);
    }
    return problems.length > 0 || changed.length > 0 ? 1 : 0;
  }
  const ms = Math.round(performance.now() - start);
  const trouble = problems.length > 0 ? `; ${plural(problems.length, "problem")} above` : "";
  console.log(`${plural(lessons, "lesson")} built in ${ms} ms: ${filesText(changed)}${trouble}`);
  return problems.length > 0 ? 1 : 0;
}

function filesText(changed: string[]): string {
  if (changed.length === 0) return "nothing changed";
  return changed.length <= 4 ? changed.join(", ") : `${changed.length} files`;
}

/** An editor saves in several steps; a build waits until none has come for so long. */
const REBUILD_DELAY_MS = 40;

/** Calls `again` when lessons or the solutions' sources change, until interrupted. */
function watchSources(root: string, again: () => void): Promise<never> {
  const { lessons, solutions } = paths(root);
  const run = () => {
    try {
      again();
    } catch (e) {
      console.error((e as Error).message);
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(run, REBUILD_DELAY_MS);
  };
  for (const folder of [lessons, join(solutions, "src")]) {
    if (existsSync(folder)) {
      watch(folder, { recursive: true }, soon).on("error", (e) =>
        console.error(`watching ${folder} failed: ${e.message}; start again`),
      );
    }
  }
  console.log("watching lessons-src and solutions/src; stop with Ctrl+C");
  return new Promise(() => {});
}
