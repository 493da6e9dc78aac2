import { expect, test } from "vitest";
import { addHandIn, putStudent } from "./write.js";
import { readGrades } from "./read.js";
import { handIn, newFolder, removeFolders, student, testClass } from "../class.testing.js";
import { openSqlite } from "./sqlite.js";

test("a row of the version before is read in the names of today", async () => {
  const folder = newFolder();
  const sql = await openSqlite(`${folder}/gradebook.sqlite`);
  await testClass(sql, folder);
  const ada = handIn("ada");
  await putStudent(sql, student("ada"));
  await addHandIn(sql, ada);
  const old = {
    lesson: "06-attention",
    seed: 7,
    earned: 4,
    of: 10,
    exercises: [
      {
        name: "softmax",
        earned: 4,
        of: 10,
        with: "ours",
        groups: [{ group: "values", ok: false, earned: 4, of: 10 }],
        failures: [{ group: "values", says: "x is a matrix" }],
      },
    ],
    cells: [{ index: 1, says: "it throws" }],
    written: [{ name: "why", points: 2, text: "since" }],
  };
  await sql.run(
    `INSERT INTO grades (id, hand_in, lesson, student, supersedes, sha256, seed, version,
       earned, of_points, result, graded_at) VALUES (?, ?, ?, ?, '', ?, 7, '1', 4, 10, ?, 'now')`,
    ["g", ada.id, ada.lesson, "ada", ada.sha256, JSON.stringify(old)],
  );
  const [grade] = await readGrades(sql, ada.lesson);
  await sql.close();
  removeFolders();
  const upgraded = {
    lesson: "06-attention",
    seed: 7,
    points: 4,
    maxPoints: 10,
    exercises: [
      {
        name: "softmax",
        points: 4,
        maxPoints: 10,
        with: "reference",
        groups: [{ group: "values", ok: false, points: 4, maxPoints: 10 }],
        failures: [{ group: "values", message: "x is a matrix" }],
      },
    ],
    cells: [{ index: 1, message: "it throws" }],
    written: [{ name: "why", points: 2, text: "since" }],
  };
  // also in the same order: whether a regrade changes anything is decided by comparing JSON
  expect(JSON.stringify(grade?.result)).toBe(JSON.stringify(upgraded));
});
