/** Reads what a site is made from: the lessons and what their solved notebooks show. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { paths } from "grader/files";
import { readLessons } from "../lesson/lessons.js";
import type { SiteLesson } from "./model.js";
import { outputsOf } from "./outputs.js";

/** @throws one sentence that names every lesson without a solved notebook, and what to do */
export function readSiteLessons(root: string): SiteLesson[] {
  const lessons = readLessons(root);
  const solved = join(paths(root).written, "solved");
  const fileOf = (id: string) => join(solved, `${id}.ipynb`);
  const missing = lessons.map(({ id }) => id).filter((id) => !existsSync(fileOf(id)));
  if (missing.length > 0) {
    const verb = missing.length === 1 ? "is" : "are";
    throw new Error(
      `${missing.join(", ")} ${verb} not solved yet, and pages show what solved notebooks drew: ` +
        "run npx course solve, then try again",
    );
  }
  return lessons.map((lesson) => ({ lesson, outputs: readOutputs(fileOf(lesson.id), lesson.id) }));
}

function readOutputs(file: string, id: string) {
  try {
    return outputsOf(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    const remedy = `make it again with npx course solve ${id} --again`;
    throw new Error(`${file} is not a notebook: ${remedy}`, { cause: error });
  }
}
