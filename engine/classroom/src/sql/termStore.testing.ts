/** What every database must do with the tables of a real term. */
import { expect, test } from "vitest";
import { handIn, LESSONS, result, student, testClass } from "../class.testing.js";
import { accommodate, excuse } from "../gradebook/decide.js";
import { gradebook } from "../gradebook/rows.js";
import { claim, claimNext, readClaims } from "../marking/claims.js";
import { groupsIn, markGroups } from "../marking/groups.js";
import { changeRubric, readRubric } from "../marking/rubric.js";
import { changeStaff, readStaff } from "../staff/staff.js";
import type { Sql } from "./sql.js";
import { addGrade, addHandIn, putStudent } from "./write.js";

const LESSON = LESSONS[0]!;

/** As a gradebook was before these tables. */
export async function dropTermTables(sql: Sql): Promise<void> {
  const tables =
    "request_answers requests excusals accommodations marking_claims rubric_items staff";
  for (const table of tables.split(" ")) await sql.run(`DROP TABLE ${table}`);
  await sql.run("ALTER TABLE marks DROP COLUMN items");
}

async function classOf(sql: Sql, answers: { [student: string]: string }) {
  const classroom = await testClass(sql);
  for (const [id, text] of Object.entries(answers)) {
    await putStudent(sql, student(id));
    const h = handIn(id, { at: "2027-05-05T10:00:00.000Z" }); // two days begun after the deadline
    await addHandIn(sql, h);
    const written = [{ name: "why", points: 2, text }];
    await addGrade(sql, h, undefined, result(id, 9, { written }));
  }
  return classroom;
}

export function termStoreTests(open: () => Promise<Sql>): void {
  test("staff: the newest role counts, and none takes it away", async () => {
    const sql = await open();
    const classroom = await testClass(sql);
    await putStudent(sql, student("ada", { section: "A" }));
    const eva = { email: "Eva@x.edu", name: "Eva", sections: "A", seesNames: true, by: "Olga" };
    await changeStaff(classroom, { ...eva, role: "instructor" });
    await changeStaff(classroom, { ...eva, role: "grader" });
    expect(await readStaff(sql)).toMatchObject([
      { email: "eva@x.edu", role: "grader", sections: ["A"], seesNames: true, by: "Olga" },
    ]);
    for (const [change, reason] of [
      [{ sections: "B" }, "no section B; it has A"],
      [{ role: "boss" }, "got boss"],
      [{ email: "eva" }, "got eva"],
      [{ email: "eve@x.edu" }, "eva@x.edu is called Eva, too"],
    ] as const) {
      const changed = changeStaff(classroom, { ...eva, role: "grader", ...change });
      await expect(changed).rejects.toThrow(reason);
    }
    await changeStaff(classroom, { ...eva, role: "none" });
    expect(await readStaff(sql)).toEqual([]);
    await sql.close();
  });

  test("people who mark get different answers until a claim ends", async () => {
    const sql = await open();
    const classroom = await classOf(sql, { ada: "since", ben: "because", cy: "so that" });
    const groups = groupsIn(await gradebook(classroom, LESSON), "why");
    const question = { lesson: LESSON.id, question: "why" };
    const names = ["Eva", "Max", "Ute"];
    const got = await Promise.all(names.map((by) => claimNext(sql, question, groups, by, 0)));
    const again = await claimNext(sql, question, groups, "Eva", 1000);
    expect(again).toEqual(got[0] ?? again);
    const open_ = await Promise.all(names.map((by) => claimNext(sql, question, groups, by, 2000)));
    expect(new Set(open_.map((group) => group!.code)).size).toBe(3);
    expect(await claimNext(sql, question, groups, "Zoe", 3000)).toBeUndefined();
    expect((await readClaims(sql, question, "Zoe", 3000)).size).toBe(3);
    expect(await claim(sql, question, open_[0]!.key, "Zoe", 3000)).toBe(false);
    const later = 3_600_000;
    expect(await claimNext(sql, question, groups, "Zoe", later)).toBe(groups[0]);
    await sql.close();
  });

  test("equal answers are marked once, and an item that changes changes their marks", async () => {
    const sql = await open();
    const classroom = await classOf(sql, { ada: "It adds up.", ben: "It adds\n up. ", cy: "No." });
    const rubric = { sentence: "Names the sum", by: "Olga" };
    await changeRubric(classroom, LESSON, "why", { id: "", points: "1,5", ...rubric });
    const [item] = await readRubric(sql, LESSON.id, "why");
    expect(item).toMatchObject({ points: 1.5, sentence: "Names the sum", key: "a" });
    const groups = groupsIn(await gradebook(classroom, LESSON), "why");
    const equal = groups.find((group) => group.answers.length === 2)!;
    const { id, points, sentence } = item!;
    const given = { points: 1, comment: "", items: [{ id, points, sentence }], by: "Eva" };
    expect(await markGroups(sql, [{ group: equal, given }])).toBe(2);
    const marked = async () =>
      (await gradebook(classroom, LESSON)).map((r) => [r.writtenPoints, r.marks[0]?.by]);
    expect(await marked()).toEqual([
      [1, "Eva"],
      [1, "Eva"],
      [0, undefined],
    ]);
    const change = { id, points: "2", ...rubric };
    expect(await changeRubric(classroom, LESSON, "why", change)).toBe(2);
    expect((await marked()).slice(0, 2)).toEqual(Array(2).fill([1.5, "Olga"]));
    expect(await changeRubric(classroom, LESSON, "why", { ...change, points: "" })).toBe(2);
    expect((await marked()).slice(0, 2)).toEqual(Array(2).fill([0, "Olga"]));
    expect(await readRubric(sql, LESSON.id, "why")).toEqual([]);
    await sql.close();
  });

  test("more time everywhere, excused and missing; each is taken back", async () => {
    const sql = await open();
    const classroom = await classOf(sql, { ada: "" });
    await putStudent(sql, student("ben"));
    const by = { by: "Eva", reason: "a reason" };
    const row = async (id = "ada") =>
      (await gradebook(classroom, LESSON)).find((r) => r.student.id === id)!;
    expect(await row()).toMatchObject({ daysLate: 2, percentOff: 20, points: 7.2 });
    await accommodate(classroom, { who: "ada", time: "2 days", ...by });
    expect(await row()).toMatchObject({ daysLate: 0, points: 9, accommodation: { minutes: 2880 } });
    await accommodate(classroom, { who: "ada", time: "0", ...by });
    expect(await row()).toMatchObject({ daysLate: 2, points: 7.2 });
    for (const [state, points, status] of [
      ["excused", undefined, "excused"],
      ["none", 7.2, "graded"],
      ["missing", 7.2, "graded"], // something was handed in, so it isn't missing
    ] as const) {
      expect(await excuse(classroom, LESSON, { who: "ada", state, ...by })).toMatchObject({
        points,
        status,
      });
    }
    await excuse(classroom, LESSON, { who: "ben", state: "missing", ...by });
    expect(await row("ben")).toMatchObject({ points: 0, status: "missing" });
    await sql.close();
  });
}
