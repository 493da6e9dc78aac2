/** What every database must do. */
import { expect, test } from "vitest";
import { gradebook } from "../gradebook/rows.js";
import {
  readGrades,
  readHandIns,
  readHistory,
  readPublications,
  readStudents,
  readSummaries,
} from "./read.js";
import { migrate } from "./migrations.js";
import { dropTermTables } from "./termStore.testing.js";
import type { Sql } from "./sql.js";
import type { Grade } from "../types.js";
import { handIn, LESSONS, result, student, testClass } from "../class.testing.js";
import {
  addExtension,
  addGrade,
  addHandIn,
  addMark,
  addOverride,
  addPublication,
  now,
  putStudent,
} from "./write.js";

const LESSON = LESSONS[0]!;
const withoutReports = (grade: Grade) => ({
  ...grade,
  result: { ...grade.result, exercises: [], cells: [] },
});
const by = { by: "Eva", at: now() };

export function storeTests(open: () => Promise<Sql>): void {
  test("a grade is superseded and stays, and adding it twice adds nothing", async () => {
    const sql = await open();
    await testClass(sql);
    const ada = handIn("ada");
    await putStudent(sql, student("ada"));
    await addHandIn(sql, ada);
    await addHandIn(sql, ada);
    expect(await readHandIns(sql)).toEqual([ada]);
    await addGrade(sql, ada, undefined, result("ada", 5));
    await addGrade(sql, ada, undefined, result("ada", 5));
    const [first] = await readGrades(sql, ada.lesson);
    expect(first).toMatchObject({
      points: 5,
      maxPoints: 10,
      seed: 7,
      version: "1",
      supersedes: "",
    });
    const cells = [{ message: "a report" }] as never;
    const better = result("ada", 8, { version: "2", cells });
    await Promise.all([1, 2].map(() => addGrade(sql, ada, first, better)));
    await addGrade(sql, ada, (await readGrades(sql, ada.lesson))[0], better);
    const [whole] = await readGrades(sql, ada.lesson);
    expect(await readSummaries(sql, ada.lesson)).toEqual([withoutReports(whole!)]);
    expect((await readGrades(sql, ada.lesson)).map((g) => g.points)).toEqual([8]);
    expect((await readHistory(sql, ada.id)).map((g) => g.points)).toEqual([5, 8]);
    await sql.close();
  });

  test("a row holds every number that leads to the points", async () => {
    const sql = await open();
    const classroom = await testClass(sql);
    const late = handIn("ada", { at: "2027-05-05T10:00:00.000Z" }); // 1 day and a half
    await putStudent(sql, student("ada"));
    await putStudent(sql, student("ben"));
    await addHandIn(sql, late);
    const row = async () => (await gradebook(classroom, LESSON))[0]!;
    expect(await row()).toMatchObject({
      status: "waits for the grader",
      maxPoints: 12,
      daysLate: 2,
    });
    await addGrade(sql, late, undefined, result("ada", 9));
    expect(await row()).toMatchObject({
      status: "waits for marks",
      unmarked: ["why"],
      earnedPoints: 9,
    });
    for (const points of [2, 1]) {
      await addMark(sql, { handIn: late.id, question: "why", points, comment: "", ...by });
    }
    const marked = {
      status: "graded",
      exercisePoints: 9,
      writtenPoints: 1,
      earnedPoints: 10,
      percentOff: 20,
    };
    expect(await row()).toMatchObject({ ...marked, points: 8 });
    const extension = { lesson: LESSON.id, student: "ada", reason: "ill", ...by };
    await addExtension(sql, { ...extension, until: "2027-05-06T00:00:00.000Z" });
    expect(await row()).toMatchObject({ daysLate: 0, earnedPoints: 10, points: 10 });
    const override = { lesson: LESSON.id, student: "ada", reason: "oral exam", ...by };
    await addOverride(sql, { ...override, points: 11.5 });
    expect(await row()).toMatchObject({ earnedPoints: 10, points: 11.5, override: { by: "Eva" } });
    await addOverride(sql, { ...override, reason: "taken back" });
    expect(await row()).toMatchObject({ points: 10, override: undefined });
    expect((await gradebook(classroom, LESSON))[1]).toMatchObject({ status: "nothing handed in" });
    await sql.close();
  });

  test("who left the roster keeps what was handed in, and points set by hand", async () => {
    const sql = await open();
    const classroom = await testClass(sql);
    for (const id of ["ada", "ben", "cy"]) await putStudent(sql, student(id, { active: false }));
    await addHandIn(sql, handIn("ada"));
    const set = { lesson: LESSON.id, student: "ben", points: 3, reason: "oral exam", ...by };
    await addOverride(sql, set);
    const rows = await gradebook(classroom, LESSON);
    expect(rows.map((r) => [r.student.id, r.points])).toEqual([
      ["ada", undefined],
      ["ben", 3],
    ]);
    await sql.close();
  });

  test("grades are held back until they are published, and again when taken back", async () => {
    const sql = await open();
    await testClass(sql);
    expect(await readPublications(sql)).toEqual(new Map());
    const decided = (published: boolean) => ({ lesson: LESSON.id, published, ...by });
    for (const published of [true, false, true]) {
      await addPublication(sql, decided(published));
      expect(await readPublications(sql)).toEqual(new Map([[LESSON.id, decided(published)]]));
    }
    await sql.close();
  });

  test("a gradebook of the first release gets what it lacks and keeps what it has", async () => {
    const sql = await open();
    await testClass(sql);
    await putStudent(sql, student("ada"));
    await addHandIn(sql, handIn("ada"));
    await addGrade(sql, handIn("ada"), undefined, result("ada", 5));
    await dropTermTables(sql);
    await sql.run("DROP TABLE published_rows");
    await sql.run("DROP TABLE class_identity");
    await sql.run("DROP TABLE hand_in_updates");
    await sql.run("DROP TABLE publications");
    await sql.run("ALTER TABLE grades DROP COLUMN by_whom");
    await sql.run("ALTER TABLE grades DROP COLUMN summary");
    await sql.run("ALTER TABLE students DROP COLUMN changes");
    await sql.run("ALTER TABLE lti_scores DROP COLUMN line_item");
    await sql.run("DELETE FROM migrations WHERE step > 1");
    await migrate(sql);
    const [first] = await readGrades(sql, LESSON.id);
    expect(first).toMatchObject({ points: 5, by: "" });
    expect((await readSummaries(sql, LESSON.id))[0]).toEqual(withoutReports(first!));
    await addGrade(sql, handIn("ada"), first, result("ada", 6), "Eva");
    expect((await readGrades(sql, LESSON.id))[0]).toMatchObject({ points: 6, by: "Eva" });
    expect((await readPublications(sql)).size).toBe(0);
    await sql.close();
  });

  test("all or nothing", async () => {
    const sql = await open();
    await testClass(sql);
    const broken = sql.transaction(async (tx) => {
      await putStudent(tx, student("ada"));
      throw new Error("stop");
    });
    await expect(broken).rejects.toThrow("stop");
    expect(await readStudents(sql)).toEqual([]);
    await expect(addHandIn(sql, handIn("nobody"))).rejects.toThrow();
    await sql.close();
  });

  test("a newer release's gradebook is refused", async () => {
    const sql = await open();
    await testClass(sql);
    await migrate(sql); // again: nothing to do
    await sql.run("INSERT INTO migrations (step) VALUES (?)", [1000]);
    await expect(migrate(sql)).rejects.toThrow("update this one");
    await sql.close();
  });
}
