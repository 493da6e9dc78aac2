/** What the lessons of a course share: its name and components, and each lesson's neighbors. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { paths, readSource } from "grader/files";
import { readHead } from "./head.js";
import type { Lesson, Neighbor } from "./model.js";
import { LessonError } from "./problems.js";

export interface Course {
  title: string;
  version: string;
  /** What lessons build, in the order of the course's map; empty where a course has no map. */
  components: string[];
}

/** The course as package.json describes it. */
export function readCourse(root: string): Course {
  const file = join(root, "package.json");
  const {
    name,
    title,
    version,
    components = [],
  } = JSON.parse(readFileSync(file, "utf8")) as {
    name: string;
    title?: string;
    version: string;
    components?: unknown;
  };
  if (!Array.isArray(components) || !components.every((c) => typeof c === "string")) {
    throw new Error('package.json: expected components as a list of words, ["tokens", "mixing"]');
  }
  return { title: title ?? name, version, components };
}

/** @throws LessonError for a component that the course doesn't have */
export function checkComponents({ id, components }: Lesson, source: string, course: Course): void {
  const line = 1 + source.split("\n").findIndex((text) => /^["']?components\b/.test(text));
  const problems = components
    .filter((component) => !course.components.includes(component))
    .map((component) => {
      const known = course.components.join(", ") || "nothing so far";
      const says =
        `the course has no component ${component}: ` +
        `package.json lists ${known}; correct the word, or add it there`;
      return { line, says };
    });
  if (problems.length > 0) throw new LessonError(`lessons-src/${id}/lesson.md`, problems);
}

/** The lessons before and after this one. */
export function neighborsOf(
  root: string,
  all: string[],
  id: string,
): { previous?: Neighbor; next?: Neighbor } {
  const at = all.indexOf(id);
  const neighbor = (other: string | undefined) =>
    other === undefined ? undefined : { id: other, title: titleOf(root, other) };
  return { previous: neighbor(all[at - 1]), next: neighbor(all[at + 1]) };
}

/** A lesson's title; its id where the head can't be read, which its own build reports. */
function titleOf(root: string, id: string): string {
  const text = readSource(join(paths(root).lessons, id, "lesson.md"));
  return readHead(text.split("\n"), () => undefined).title || id;
}
