/** A class's folder as version 0.1.0 left it: opened, read and exported by this version. */
import { cpSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { upgradeResult } from "grader/batch";
import { openClass } from "./class.js";
import { newFolder, removeFolders } from "./class.testing.js";
import { gradebook } from "./gradebook/rows.js";
import { lessonNamed } from "./lessons.js";
import { readReport } from "./report/report.js";
import { readHistory, readPublications } from "./sql/read.js";

const fixtures = fileURLToPath(new URL("../fixtures", import.meta.url));
afterAll(removeFolders);

async function openOldClass() {
  const folder = join(newFolder(), "spring");
  cpSync(join(fixtures, "class-0.1.0"), folder, { recursive: true });
  return openClass(join(fixtures, "course-0.1.0"), folder);
}

test("points, decisions and an extension are as they were", async () => {
  const old = await openOldClass();
  const rows = await gradebook(old, lessonNamed(old.lessons, "00"));
  expect(
    rows.map(({ student, status, points, earnedPoints, maxPoints }) => [
      student.number,
      status,
      points,
      earnedPoints,
      maxPoints,
    ]),
  ).toEqual([
    // their answers in words are as shipped, so nothing waits for a mark
    ["1001", "graded", 8, 8, 10],
    ["1002", "graded", 3.5, 0, 10],
  ]);
  expect(rows[1]!.override!.reason).toBe("oral exam");
  expect(rows[1]!.deadline).toContain("2027-05-10");
  await old.sql.close();
});

test("stored results speak today's names, and nothing of them is lost", async () => {
  const old = await openOldClass();
  const [ada] = await gradebook(old, lessonNamed(old.lessons, "00"));
  const { result } = ada!.grade!;
  expect(result).toMatchObject({ points: 8, maxPoints: 8 });
  const [softmax] = (result as { exercises: object[] }).exercises;
  expect(softmax).toMatchObject({ name: "softmax", points: 3, maxPoints: 3, with: "own" });
  expect(JSON.stringify(result)).not.toMatch(/"(earned|of|says)":/);
  expect(upgradeResult(result)).toEqual(result);
  expect(await readHistory(old.sql, ada!.handIn!.id)).toHaveLength(1);
  await old.sql.close();
});

test("its report and its publication are there", async () => {
  const old = await openOldClass();
  const lesson = lessonNamed(old.lessons, "00");
  const report = await readReport(old, lesson);
  expect(report.handedIn).toBe(2);
  expect((await readPublications(old.sql)).size).toBeGreaterThan(0);
  await old.sql.close();
});
