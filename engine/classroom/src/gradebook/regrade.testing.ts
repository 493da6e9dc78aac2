/** For tests only: a graded class, by a grader that stands for the real one or a queue's. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { readManifest } from "grader/files";
import { versions } from "grader/batch";
import { type Class, storedFile } from "../class.js";
import type { GradeTasks } from "./grade.js";
import type { Lesson } from "../lessons.js";
import { openSqlite } from "../sql/sqlite.js";
import { handIn, newFolder, result, smallRoot, student, testClass } from "../class.testing.js";
import { addHandIn, putStudent } from "../sql/write.js";

/** Gives everybody these points. */
export const graderOf =
  (earned: number): GradeTasks =>
  async (root, tasks, seed, { progress }, keep) => {
    const { lessons, version } = readManifest(root);
    const [lesson] = lessons;
    for (const [i, task] of tasks.entries()) {
      const { file, id, path } = task;
      const sha256 = createHash("sha256").update(readFileSync(path)).digest("hex");
      const same = { file, id, seed, sha256, version: versions(root, version)(lesson!) };
      await keep({ ...result(id, earned), ...same, lesson: lesson!.id, written: [] }, task);
      progress?.(i + 1, tasks.length);
    }
  };

/** Ada and Ben have handed in, and nothing is graded. */
export async function classOfTwo(): Promise<{ classroom: Class; lesson: Lesson }> {
  // without exercises, whose version would need the course's own
  const { root, lesson } = smallRoot([]);
  const folder = newFolder();
  const classroom = await testClass(await openSqlite(`${folder}/gradebook.sqlite`), folder);
  Object.assign(classroom, { root, lessons: [lesson] });
  for (const id of ["ada", "ben"]) {
    const h = handIn(id, { lesson: lesson.id });
    await putStudent(classroom.sql, student(id));
    await addHandIn(classroom.sql, h);
    mkdirSync(dirname(storedFile(classroom, h)), { recursive: true });
    writeFileSync(storedFile(classroom, h), id);
  }
  return { classroom, lesson };
}
