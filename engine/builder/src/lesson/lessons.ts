/** The lessons of a course, read from its folder. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lessonNamed, type Part, paths, readSource } from "grader/files";
import type { Lesson, Neighbor } from "./model.js";
import { parseLesson } from "./parse.js";
import { LessonError, type Problem } from "./parseContext.js";
import { parseHead } from "./parseHead.js";
import { openSolutions } from "./solutions.js";
import { firstTextPage } from "./textPages.js";

export interface Course {
  title: string;
  version: string;
  /** What the home page says to who opens the course for the first time. */
  about?: string;
  /** What lessons build, in the order of the course's map; empty where a course has no map. */
  components: string[];
  /** Headings that lists of lessons have; empty where a course isn't divided. */
  parts: Part[];
  /**
   * Where the course's sources are, and where readers report errors; package.json may name both.
   */
  repository?: string;
  bugs?: string;
}

/** The course as package.json describes it. */
export function readCourse(root: string): Course {
  const file = join(root, "package.json");
  const {
    name,
    title,
    version,
    about,
    components = [],
    parts = [],
    repository,
    bugs,
  } = JSON.parse(readFileSync(file, "utf8")) as {
    name: string;
    title?: string;
    version: string;
    about?: unknown;
    components?: unknown;
    parts?: unknown;
    repository?: unknown;
    bugs?: unknown;
  };
  if (!Array.isArray(components) || !components.every((c) => typeof c === "string")) {
    throw new Error('package.json: expected components as a list of words, ["tokens", "mixing"]');
  }
  return {
    title: title ?? name,
    version,
    about: typeof about === "string" ? about : undefined,
    components,
    parts: partsIn(parts),
    repository: webAddress(repository),
    bugs: webAddress(bugs),
  };
}

/** @throws unless each part has a title and begins after the one before it */
function partsIn(field: unknown): Part[] {
  const isPart = (part: Partial<Part> | null) =>
    typeof part?.title === "string" && typeof part.from === "string";
  const parts = Array.isArray(field) && field.every(isPart) ? (field as Part[]) : undefined;
  if (!parts?.every(({ from }, i) => i === 0 || parts[i - 1]!.from < from)) {
    throw new Error(
      "package.json: expected parts as a list in the order of the lessons, each with a title and " +
        'the number of its first lesson, [{ "title": "Basics", "from": "00" }]',
    );
  }
  return parts.map(({ title, from }) => ({ title, from }));
}

/** The address of npm's fields repository and bugs, a text or an object with `url`. */
function webAddress(field: unknown): string | undefined {
  const { url = field } = (field ?? {}) as { url?: unknown };
  const address = typeof url === "string" ? url.replace(/^git\+|\.git$/g, "") : "";
  return /^https:\/\//.test(address) ? address : undefined;
}

/** @throws LessonError for a component that the course doesn't have */
function checkComponents({ id, components }: Lesson, source: string, course: Course): void {
  const line = 1 + source.split("\n").findIndex((text) => /^["']?components\b/.test(text));
  const problems = components
    .filter((component) => !course.components.includes(component))
    .map((component) => {
      const known = course.components.join(", ") || "nothing so far";
      const message =
        `the course has no component ${component}: ` +
        `package.json lists ${known}; correct the word, or add it there`;
      return { line, message };
    });
  if (problems.length > 0) throw new LessonError(`lessons-src/${id}/lesson.md`, problems);
}

/** What comes before and after this lesson. */
export function neighborsOf(
  root: string,
  all: string[],
  id: string,
): { previous?: Neighbor; next?: Neighbor } {
  const at = all.indexOf(id);
  const neighbor = (other: string | undefined) =>
    other === undefined ? undefined : { title: titleOf(root, other), file: `${other}.ipynb` };
  return {
    previous: neighbor(all[at - 1]),
    next: neighbor(all[at + 1]) ?? firstTextPage(root),
  };
}

/** A lesson's title; its id where the head can't be read, which its own build reports. */
function titleOf(root: string, id: string): string {
  const text = readSource(join(paths(root).lessons, id, "lesson.md"));
  return parseHead(text.split("\n"), () => undefined).title || id;
}

/** The folders of lessons-src that have a lesson.md, in order. */
export function lessonIds(root: string): string[] {
  const { lessons } = paths(root);
  const folders = readdirSync(lessons, { withFileTypes: true }).filter((d) => d.isDirectory());
  const names = folders.map((d) => d.name).sort();
  return names.filter((name) => existsSync(join(lessons, name, "lesson.md")));
}

/**
 * The ids that the words of a command line mean, "06" or "06-attention"; all when there are none.
 * @throws for a word that names no lesson
 */
export function chooseLessons(root: string, words: string[]): string[] {
  const all = lessonIds(root);
  if (words.length === 0) return all;
  return [...new Set(words.map((word) => lessonNamed(word, all)))].sort();
}

export interface ReadLessons {
  lessons: Lesson[];
  /** One for each lesson that can't be read. */
  errors: LessonError[];
}

/** Reads each lesson. A lesson with problems doesn't stop the others. */
export function tryLessons(root: string, ids: string[]): ReadLessons {
  const where = paths(root);
  const solutions = openSolutions(where.solutions, join(where.written, "cache", "syntax.json"));
  const result: ReadLessons = { lessons: [], errors: [] };
  const owners = new Map<string, string>();
  const course = readCourse(root);
  const all = lessonIds(root);
  for (const id of ids) {
    const file = join(where.lessons, id, "lesson.md");
    try {
      const lesson = parseLesson(readFileSync(file), file, solutions);
      checkOwners(lesson, owners);
      checkComponents(lesson, readSource(file), course);
      result.lessons.push({ ...lesson, ...neighborsOf(root, all, id) });
    } catch (e) {
      if (!(e instanceof LessonError)) throw e;
      result.errors.push(e);
    }
  }
  solutions.save();
  return result;
}

/**
 * An exercise belongs to one lesson.
 * @param owners the lesson of each exercise so far; this lesson's are added
 * @throws LessonError
 */
function checkOwners({ id, cells }: Lesson, owners: Map<string, string>): void {
  const problems: Problem[] = [];
  for (const { name, line } of cells.filter((cell) => cell.kind === "exercise")) {
    const owner = owners.get(name);
    if (owner === undefined) {
      owners.set(name, id);
      continue;
    }
    const message =
      `${name} is already an exercise of ${owner}: ` +
      `list it in uses here, or show it with ::: given ${name}`;
    problems.push({ line, message });
  }
  if (problems.length > 0) throw new LessonError(`lessons-src/${id}/lesson.md`, problems);
}

/**
 * The lessons that `words` name, all when there are none.
 * @throws an Error whose message lists every problem of every lesson
 */
export function readLessons(root: string, words: string[] = []): Lesson[] {
  const { lessons, errors } = tryLessons(root, chooseLessons(root, words));
  if (errors.length > 0) throw new Error(errors.map((e) => e.message).join("\n"));
  return lessons;
}
