/** A correction of an exercise, with a grader that stands for the real one or for a queue's. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { readManifest } from "grader/dist/manifest.js";
import { versions } from "grader/dist/grade/version.js";
import { expect, test } from "vitest";
import { gradeLesson, type GradeTasks } from "./grade.js";
import { readGrades } from "./read.js";
import { acceptRegrade, preview, regrade } from "./regrade.js";
import { openSqlite } from "./sql/sqlite.js";
import { storedFile } from "./stored.js";
import { handIn, newFolder, result, smallRoot, student, testClass } from "./testing.js";
import { addHandIn, addOverride, now, putStudent } from "./write.js";

// without exercises, whose version would need the course's own
const { root, lesson } = smallRoot([]);

/** Gives everybody these points. */
const graderOf =
  (earned: number): GradeTasks =>
  async (_root, tasks, seed, _options, keep) => {
    const { lessons, version } = readManifest(root);
    for (const { file, id, path } of tasks) {
      const sha256 = createHash("sha256").update(readFileSync(path)).digest("hex");
      const same = { file, id, seed, sha256, version: versions(root, version)(lessons[0]!) };
      const graded = { ...result(id, earned), ...same, lesson: lesson.id, written: [] };
      await keep(graded, { file, id, path });
    }
  };

async function gradedClass() {
  const folder = newFolder();
  const of = await testClass(await openSqlite(`${folder}/gradebook.sqlite`), folder);
  Object.assign(of, { root, lessons: [lesson] });
  for (const id of ["ada", "ben"]) {
    const h = handIn(id, { lesson: lesson.id });
    await putStudent(of.sql, student(id));
    await addHandIn(of.sql, h);
    mkdirSync(dirname(storedFile(of, h)), { recursive: true });
    writeFileSync(storedFile(of, h), id);
  }
  return of;
}

test("whatever grades, and nothing changes before it is accepted as it was seen", async () => {
  const of = await gradedClass();
  const earned = async () => (await readGrades(of.sql, lesson.id)).map((g) => g.earned);
  await expect(regrade(of, lesson)).rejects.toThrow("no grades to compare with");
  await gradeLesson(of, lesson, { grade: graderOf(8) });
  expect(await preview(of, lesson)).toBeUndefined();
  const by = "Eva";
  await expect(acceptRegrade(of, lesson, { by })).rejects.toThrow("look at it first");

  const found = await regrade(of, lesson, { grade: graderOf(9) });
  expect(found).toMatchObject({ compared: 2, changes: [{ before: 8, after: 9 }, {}] });
  expect(await preview(of, lesson)).toEqual(found);
  expect(await earned()).toEqual([8, 8]);

  // somebody else decides in between
  const decision = { lesson: lesson.id, student: "ada", reason: "oral", by, at: now() };
  await addOverride(of.sql, { ...decision, points: 10 });
  const seen = { by, digest: found.digest };
  await expect(acceptRegrade(of, lesson, seen)).rejects.toThrow("look at it again");
  expect(await earned()).toEqual([8, 8]);

  const { digest } = (await preview(of, lesson))!;
  await acceptRegrade(of, lesson, { by, digest });
  expect(await earned()).toEqual([9, 9]);
  expect((await readGrades(of.sql, lesson.id)).map((g) => g.by)).toEqual(["Eva", "Eva"]);
  await of.sql.close();
});
