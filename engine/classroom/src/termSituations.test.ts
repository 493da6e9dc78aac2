/**
 * Situations of a real term: more time, late days, excused, markers at once, requests, an oral
 * exam.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, describe, expect, test } from "vitest";
import { newFolder, removeFolders } from "./class.testing.js";
import { accommodate, excuse, readDuration } from "./gradebook/decide.js";
import { canvasTable, moodleTable, readGradebooks } from "./gradebook/export.js";
import { feedbackArchives } from "./gradebook/feedback.js";
import { spendBudgets } from "./gradebook/granted.js";
import { extend, override } from "./gradebook/overrides.js";
import { publish, readPublished } from "./gradebook/published.js";
import { changeRubric, readRubric, readRubricTable, writeRubric } from "./marking/rubric.js";
import { readSheet, writeSheets } from "./marking/sheets.js";
import { answerRequest, ask, readRequests } from "./requests/requests.js";
import type { Settings } from "./settings.js";
import { notebookOf, ROSTER, situation } from "./situations.testing.js";
import { zonedAfter } from "./time.js";
import { totalTable } from "./total/classTotals.js";
import type { HandIn } from "./types.js";

afterAll(removeFolders);

const by = { by: "Eva", reason: "a reason" };
const CANVAS_LATE = { "lovelaceada_LATE_4711_90_06.ipynb": notebookOf(10, "") };

describe("more time in every lesson", () => {
  test("holds whenever it is entered, also where Canvas only says late", async () => {
    const class_ = await situation();
    await class_.collect(CANVAS_LATE);
    await class_.grade();
    expect(await class_.row("1001")).toMatchObject({ percentOff: 10, points: 9 });
    await accommodate(class_.classroom, { who: "1001", time: "2 days", ...by });
    const row = await class_.row("1001");
    expect(row).toMatchObject({ percentOff: 0, points: 10, deadline: "2027-05-05T21:59:00.000Z" });
    expect(row.extension!.reason).toBe("2 days more in every lesson: a reason");
    await class_.close();
  });

  test("of an extension and more time everywhere, the later one holds", async () => {
    const class_ = await situation();
    const until = async (day: number) => {
      const time = `2027-05-0${day} 12:00`;
      await extend(class_.classroom, class_.lesson, { who: "1001", until: time, ...by });
      return (await class_.row("1001")).deadline;
    };
    await accommodate(class_.classroom, { who: "1001", time: "2 days", ...by });
    expect(await until(4)).toBe("2027-05-05T21:59:00.000Z");
    expect(await until(8)).toBe("2027-05-08T10:00:00.000Z");
    await class_.close();
  });

  test("a day is one of the class's clocks, an hour is an hour", () => {
    const before = "2027-10-30T21:59:00.000Z"; // 23:59 in Berlin, the night has 25 hours
    expect(zonedAfter(before, 2 * 1440, "Europe/Berlin")).toBe("2027-11-01T22:59:00.000Z");
    expect(zonedAfter(before, 36 * 60, "Europe/Berlin")).toBe("2027-11-01T10:59:00.000Z");
    expect(readDuration("36 hours")).toBe(2160);
    expect(() => readDuration("two days")).toThrow("such as 2 days");
  });
});

describe("a budget of late days", () => {
  const YAML = `title: T
timeZone: Europe/Berlin
lessons: { 00-small: 2027-05-03 23:59 }
late: { percentPerDay: 10, graceMinutes: 0, cutOffDays: 7, budgetDays: 3, budgetDaysPerLesson: 2 }
`;

  test("covers days until it is spent, and the student reads so", async () => {
    const class_ = await situation(ROSTER, YAML);
    await class_.collect({ "1001/06.ipynb": notebookOf(10, "") }, { fileTimes: true });
    await class_.grade();
    const time = "2027-05-06T10:00:00.000Z"; // three days begun
    await class_.classroom.sql.run("UPDATE hand_ins SET at = ?", [time]);
    expect(await class_.row("1001")).toMatchObject({
      daysLate: 3,
      coveredDays: 2,
      percentOff: 10,
      points: 9,
    });
    await publish(class_.classroom, class_.lesson, "Eva");
    const seen = [...(await readPublished(class_.classroom.sql, class_.lesson.id)).values()];
    expect(seen[0]!.row.notes).toContain(
      "The budget of late days covers 2 late days of this lesson.",
    );
    await class_.close();
  });

  test("is spent in the order of deadlines, and not where lateness costs nothing", () => {
    const late = {
      percentPerDay: 10,
      graceMinutes: 0,
      cutOffDays: 5,
      budgetDays: 3,
      budgetDaysPerLesson: 2,
    };
    const day = (n: number) => `2027-05-${String(n).padStart(2, "0")}T12:00:00.000Z`;
    const lessons = new Map([
      ["c", day(20)],
      ["a", day(1)],
      ["b", day(10)],
      ["d", day(25)],
    ]);
    const settings = { late, lessons, timeZone: "UTC" } as unknown as Settings;
    const handIn = (lesson: string, deadline: number, days: number) =>
      ({
        id: lesson,
        lesson,
        student: "ada",
        platform: "plain",
        path: lesson,
        sha256: lesson,
        at: day(deadline + days),
        late: false,
        attempt: 0,
        collectedAt: day(30),
      }) as HandIn;
    const handIns = [handIn("c", 20, 2), handIn("a", 1, 2), handIn("b", 10, 6), handIn("d", 25, 1)];
    const term = { handIns, extensions: new Map(), accommodations: new Map() };
    const spent = (exempt: string[]) =>
      Object.fromEntries(spendBudgets({ ...term, exempt: new Set(exempt) }, settings));
    // b is after the cut-off, so no day of the budget is wasted on it
    expect(spent([])).toEqual({ "a ada": 2, "c ada": 1 });
    expect(spent(["a ada"])).toEqual({ "c ada": 2, "d ada": 1 });
  });
});

test("excused students are EX for Canvas, not in Moodle's table, and out of the total", async () => {
  const class_ = await situation();
  await class_.collect({ "1001/06.ipynb": notebookOf(6, "") });
  await class_.grade();
  const { classroom, lesson } = class_;
  await excuse(classroom, lesson, { who: "1002", state: "excused", ...by });
  await excuse(classroom, lesson, { who: "1003", state: "missing", ...by });
  const books = await readGradebooks(classroom, [lesson]);
  expect(canvasTable(classroom, books)).toMatch(/Ben Okri,,1002,ben@x.edu,,EX/);
  expect(canvasTable(classroom, books)).toMatch(/Cy Twombly,,1003,cy@x.edu,,0/);
  expect(moodleTable(classroom, books)).not.toContain("Ben Okri");
  const totals = totalTable(classroom, books);
  expect(totals).toMatch(/Ada Lovelace.*,42.86,42.86/); // 6 of 14
  expect(totals).toMatch(/Ben Okri,ben@x.edu,1002,,,,,,nothing counts yet/);
  expect(totals).toMatch(/Cy Twombly.*,0,0/);
  // points that are set later count again, and excusing later excuses again
  await override(classroom, lesson, { who: "1002", points: "7", ...by });
  expect(await class_.row("1002")).toMatchObject({ points: 7 });
  await new Promise((done) => setTimeout(done, 5));
  await excuse(classroom, lesson, { who: "1002", state: "excused", ...by });
  expect(await class_.row("1002")).toMatchObject({ points: undefined, status: "excused" });
  await class_.close();
});

describe("sheets of written answers", () => {
  async function answered() {
    const class_ = await situation();
    await class_.collect({
      "1001/06.ipynb": notebookOf(6, "It adds up."),
      "1002/06.ipynb": notebookOf(6, "It adds\n up."),
      "1003/06.ipynb": notebookOf(6, "No idea."),
    });
    await class_.grade();
    return class_;
  }
  const marks = async (class_: Awaited<ReturnType<typeof situation>>) =>
    Promise.all(["1001", "1002", "1003"].map(async (n) => (await class_.row(n)).writtenPoints));

  test("equal answers have one row, and letters of the rubric give the points", async () => {
    const class_ = await answered();
    const { classroom, lesson } = class_;
    const change = { id: "", points: "1.5", sentence: "Names the sum", by: "Eva" };
    await changeRubric(classroom, lesson, "why", change);
    const [sheet] = await writeSheets(classroom, lesson);
    const rows = readFileSync(sheet!.file, "utf8").trim().split("\r\n");
    expect(rows).toHaveLength(3);
    const filled = rows.map((row) =>
      row.includes(",2,,,2,") ? `${row.replace(/,$/, "")},a` : row,
    );
    writeFileSync(sheet!.file, filled.join("\r\n"));
    expect(await readSheet(classroom, lesson, sheet!.file, "Eva")).toBe(2);
    expect(await marks(class_)).toEqual([1.5, 1.5, 0]);
    expect((await class_.row("1002")).marks[0]!.items![0]!.sentence).toBe("Names the sum");
    const [archive] = (await feedbackArchives(classroom, lesson)).values();
    const pages = Object.values(unzipSync(archive!)).map((b) => new TextDecoder().decode(b));
    expect(pages.filter((page) => page.includes("1.5: Names the sum"))).toHaveLength(2);
    expect(await readSheet(classroom, lesson, sheet!.file, "Eva")).toBe(0);
    writeFileSync(sheet!.file, filled.join("\r\n").replace(/,a(?=\r|$)/, ",c"));
    await expect(readSheet(classroom, lesson, sheet!.file, "Eva")).rejects.toThrow(
      "there is no item c; c and n are no items' letters",
    );
    await class_.close();
  });

  test("an equal answer that comes later waits, and takes the mark when its group is saved", async () => {
    const class_ = await situation();
    const one = { "1001/06.ipynb": notebookOf(6, "It adds up.") };
    await class_.collect(one);
    await class_.grade();
    const { classroom, lesson } = class_;
    const file = join(newFolder(), "sheet.csv");
    const save = async (points: number) => {
      const [sheet] = await writeSheets(classroom, lesson);
      const code = /^\w{8}/m.exec(readFileSync(sheet!.file, "utf8").split("\r\n")[1]!)![0];
      writeFileSync(file, `Code,Points\n${code},${points}\n`);
      return readSheet(classroom, lesson, file, "Eva");
    };
    expect(await save(1)).toBe(1);
    await class_.collect({ ...one, "1002/06.ipynb": notebookOf(6, "It adds up.") });
    await class_.grade();
    expect(await class_.row("1002")).toMatchObject({ status: "waits for marks" });
    expect(await save(1)).toBe(1);
    expect((await class_.row("1002")).writtenPoints).toBe(1);
    await class_.close();
  });

  test("the rubric as a table: added, changed and removed; a wrong line is named", async () => {
    const class_ = await answered();
    const { classroom, lesson } = class_;
    const { file } = await writeRubric(classroom, lesson);
    const read = () => readRubricTable(classroom, lesson, file, "Eva");
    writeFileSync(
      file,
      "Item,Question,Points,Sentence\n,why,1,Names the sum\n,why,-0.5,Is vague\n",
    );
    expect(await read()).toEqual({ items: 2, marks: 0 });
    expect(await read()).toEqual({ items: 0, marks: 0 });
    await writeRubric(classroom, lesson);
    writeFileSync(file, readFileSync(file, "utf8").replace(",-0.5,", ",-1,"));
    expect(await read()).toEqual({ items: 1, marks: 0 });
    const wrong = "Item,Question,Points,Sentence\n,why,1,A new one\n,why,3,Too much\n";
    writeFileSync(file, wrong);
    await expect(read()).rejects.toThrow("rubric.csv, line 3: the points of a rubric item");
    expect(await readRubric(classroom.sql, lesson.id, "why")).toHaveLength(2);
    await class_.close();
  });
});

test("a request to look again: only about published grades, once at a time, with an answer", async () => {
  const class_ = await situation();
  await class_.collect({ "1001/06.ipynb": notebookOf(6, "It adds up.") });
  await class_.grade();
  const { classroom, lesson } = class_;
  const [{ id: student }] = [(await class_.row("1001")).student];
  const request = { student, about: "why", message: "I named the sum." };
  await expect(ask(classroom, lesson, request)).rejects.toThrow("not published yet");
  await publish(classroom, lesson, "Eva");
  await expect(ask(classroom, lesson, { ...request, about: "x" })).rejects.toThrow("called x");
  await expect(ask(classroom, lesson, { ...request, message: " " })).rejects.toThrow("missing");
  await ask(classroom, lesson, request);
  await expect(ask(classroom, lesson, request)).rejects.toThrow("wait for the answer");
  const [open] = await readRequests(classroom.sql, student);
  const answer = { message: "One more point.", by: "Eva" };
  await answerRequest(classroom, open!.id, answer);
  expect((await readRequests(classroom.sql))[0]).toMatchObject({ ...request, answer });
  await ask(classroom, lesson, request); // after an answer, a student may ask again
  await expect(answerRequest(classroom, "x", answer)).rejects.toThrow("no request x");
  await class_.close();
});
