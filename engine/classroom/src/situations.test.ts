/** Situations of a term in which points once went astray, played as they happen. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, describe, expect, test } from "vitest";
import { removeFolders } from "./class.testing.js";
import { feedbackArchives } from "./gradebook/feedback.js";
import { canvasTable, moodleTable, plainTable, readGradebooks } from "./gradebook/export.js";
import { notesOf } from "./gradebook/explain.js";
import { extend } from "./gradebook/overrides.js";
import { writeSheets } from "./marking/sheets.js";
import { unmatchedFile } from "./collect/unmatched.js";
import { writeTable } from "./csv.js";
import type { Lesson } from "./lessons.js";
import { addMark, addOverride, now } from "./sql/write.js";
import type { Row } from "./types.js";
import { gradesPage } from "./web/pages.js";
import * as messages from "./commands/messages.js";
import { graderBy, layOut, notebookOf, situation, type Situation } from "./situations.testing.js";

afterAll(removeFolders);

describe("two notebooks of one lesson in a hand-in", () => {
  const MOODLE = "Ada Lovelace_551_assignsubmission_file_";
  test.each([
    ["Moodle", `${MOODLE}/06.ipynb`, `${MOODLE}/06-Copy1.ipynb`],
    ["Canvas", "lovelaceada_4711_90_06.ipynb", "lovelaceada_4711_91_06-Copy1.ipynb"],
    ["a folder", "1001/06.ipynb", "1001/06-Copy1.ipynb"],
    ["two files", "1001_06.ipynb", "1001_06-Copy1.ipynb"],
  ])("%s: the one with more points counts, and both are named", async (_name, first, second) => {
    for (const [a, b] of [
      [8, 0],
      [0, 8],
    ] as const) {
      const class_ = await situation();
      const found = await class_.collect({ [first]: notebookOf(a), [second]: notebookOf(b) });
      expect(found.together.map((all) => all.length)).toEqual([2]);
      await class_.grade();
      const row = await class_.row("1001");
      expect(row).toMatchObject({ status: "waits for marks", points: 8, earnedPoints: 8 });
      const books = await readGradebooks(class_.classroom, [class_.lesson]);
      const table = plainTable(class_.classroom, books);
      expect(table).toMatch(
        /counts, which earned 8 of 12 points.* together.*earned 0 of 12 points/,
      );
      const [archive] = (await feedbackArchives(class_.classroom, class_.lesson)).values();
      const [page] = Object.values(unzipSync(archive!)).map((b) => new TextDecoder().decode(b));
      expect(page).toContain("06-Copy1.ipynb");
      expect(page).toContain("06.ipynb");
      await class_.close();
    }
  });

  test("a copy of the same file, and a copy that was never opened", async () => {
    const class_ = await situation();
    await class_.collect({ "1001/06.ipynb": notebookOf(8), "1001/06-Copy1.ipynb": notebookOf(8) });
    await class_.collect({
      "1002/a.ipynb": notebookOf(0, "A long answer"),
      "1002/b.ipynb": notebookOf(0, ""),
    });
    expect((await class_.grade()).graded).toBe(3);
    expect(await class_.row("1001")).toMatchObject({ points: 8, others: [] });
    expect((await class_.row("1002")).handIn!.path).toBe("1002/a.ipynb");
    expect((await class_.grade()).graded).toBe(0);
    await class_.close();
  });
});

describe("a file that is handed in again", () => {
  test("A, then B, then A: A counts, and the tool says so", async () => {
    const class_ = await situation();
    const path = "Ada Lovelace_551_assignsubmission_file_/06.ipynb";
    const counting = async () => (await class_.row("1001")).points;
    for (const [points, again] of [
      [8, 0],
      [3, 0],
      [8, 1],
    ] as const) {
      const found = await class_.collect({ [path]: notebookOf(points) });
      await class_.grade();
      expect([await counting(), found.again.length]).toEqual([points, again]);
    }
    const found = await class_.collect({ [path]: notebookOf(8) });
    expect(found).toMatchObject({ added: [], again: [], known: 1 });
    await class_.close();
  });

  test("one more notebook in the same folder belongs to the hand-in", async () => {
    const class_ = await situation();
    await class_.collect({ "1001/a.ipynb": notebookOf(8) });
    await class_.collect({ "1001/a.ipynb": notebookOf(8), "1001/b.ipynb": notebookOf(2) });
    await class_.grade();
    expect(await class_.row("1001")).toMatchObject({ points: 8, others: [{}] });
    await class_.collect({ "1001/b.ipynb": notebookOf(2) });
    expect(await class_.row("1001")).toMatchObject({ points: 2, others: [] });
    await class_.close();
  });
});

describe("a recycled email address", () => {
  const row = (number: string, name: string, email: string) => `${name},${number},${email}\n`;
  const HEADER = "Name,Number,Email\n";
  const ADA = row("1001", "Ada Lovelace", "ada@x.edu");
  const BEN = row("1002", "Ben Okri", "ben@x.edu");

  async function withAda() {
    const class_ = await situation(HEADER + ADA + BEN);
    await class_.collect({ "1001/06.ipynb": notebookOf(8) });
    await class_.grade();
    return class_;
  }

  test.each([
    ["a new address", "ada.king@x.edu"],
    ["no address", ""],
  ])("Ada has %s, Adam her old one: they are two students", async (_name, email) => {
    const class_ = await withAda();
    const adam = row("1003", "Adam Smith", "ada@x.edu");
    for (const rows of [
      row("1001", "Ada Lovelace", email) + adam,
      adam + row("1001", "Ada Lovelace", email),
    ]) {
      expect(await class_.roster(HEADER + rows + BEN)).toMatchObject({ left: 0 });
      expect((await class_.row("1001")).points).toBe(8);
      expect(await class_.row("1001")).toMatchObject({ student: { name: "Ada Lovelace", email } });
      expect(await class_.row("1003")).toMatchObject({
        student: { name: "Adam Smith", email: "ada@x.edu" },
        status: "nothing handed in",
      });
    }
    await class_.collect({ "ada@x.edu/06.ipynb": notebookOf(3) });
    await class_.grade();
    expect([(await class_.row("1001")).points, (await class_.row("1003")).points]).toEqual([8, 3]);
    await class_.close();
  });

  test("without a row for Ada it is refused, and both are named", async () => {
    const class_ = await withAda();
    const adam = row("1003", "Adam Smith", "ada@x.edu");
    await expect(class_.roster(HEADER + BEN + adam)).rejects.toThrow(
      "roster.csv, line 3: Adam Smith (1003) has the address of Ada Lovelace (1001), who has no row",
    );
    expect((await class_.row("1001")).points).toBe(8);
    await class_.close();
  });

  test("two rows that are one student are refused, and so is a row of two students", async () => {
    const class_ = await situation(
      "Name,Number,Email,Login\nAda Lovelace,1001,ada@x.edu,\nBen Okri,1002,ben@x.edu,okri\n",
    );
    const rows = "Name,Email,Login\nAda,ada@x.edu,\nB,,okri\nBen,ben@x.edu,\n";
    await expect(class_.roster(rows)).rejects.toThrow(
      "line 3 (B) and line 4 (Ben) are both Ben Okri",
    );
    await expect(class_.roster("Name,Email,Login\nX,ada@x.edu,okri\n")).rejects.toThrow(
      "has the address of Ada Lovelace (1001) and the login of Ben Okri (1002)",
    );
    await class_.close();
  });

  test("a hand-in whose number and address are of two students goes to neither", async () => {
    const class_ = await situation();
    const metadata =
      "submission_1:\n  :submitters:\n  - :name: Ada\n    :sid: '1001'\n    :email: ben@x.edu\n" +
      "  :created_at: 2027-05-01 10:00:00 Z\n";
    const found = await class_.collect({
      "submission_metadata.yml": metadata,
      "submission_1/06.ipynb": notebookOf(8),
    });
    expect(found.unmatched[0]!.reason).toContain("may be Ada Lovelace (1001) and Ben Okri (1002)");
    await class_.close();
  });
});

describe("times that arrive late", () => {
  const FOLDER = "Ada Lovelace_551_assignsubmission_file";
  const worksheet = (time: string) => {
    const table =
      "Identifier,Full name,Email address,Last modified (submission)\n" +
      `Participant 551,Ada Lovelace,ada@x.edu,"${time}"\n`;
    return join(layOut({ "worksheet.csv": table }), "worksheet.csv");
  };

  test("Moodle's worksheet after the collection: lateness counts", async () => {
    const class_ = await situation();
    const files = { [`${FOLDER}/06.ipynb`]: notebookOf(10) };
    const first = await class_.collect(files);
    expect(messages.collected(class_.classroom, class_.lesson, first)).toContain(
      "1 hand-in without a time count as in time; --worksheet",
    );
    await class_.grade();
    expect(await class_.row("1001")).toMatchObject({ points: 10, daysLate: 0 });
    const second = await class_.collect(files, {
      worksheet: worksheet("Wednesday, 5 May 2027, 9:14 PM"),
    });
    expect(second).toMatchObject({ added: [], known: 1, retimed: 1, withoutTime: 0 });
    expect((await class_.grade()).graded).toBe(0);
    expect(await class_.row("1001")).toMatchObject({ points: 8, daysLate: 2, percentOff: 20 });
    // without the worksheet, the time stays
    expect(await class_.collect(files)).toMatchObject({ added: [], retimed: 0 });
    expect(await class_.row("1001")).toMatchObject({ points: 8 });
    await class_.close();
  });

  test("a file that comes back has the time that the worksheet says then", async () => {
    const class_ = await situation();
    const at = (points: number, time: string) =>
      class_.collect(
        { [`${FOLDER}/06.ipynb`]: notebookOf(points) },
        { worksheet: worksheet(time) },
      );
    await at(10, "Saturday, 1 May 2027, 9:00 AM");
    await at(4, "Sunday, 2 May 2027, 9:00 AM");
    await at(10, "Tuesday, 4 May 2027, 9:00 AM");
    await class_.grade();
    expect(await class_.row("1001")).toMatchObject({ points: 9, daysLate: 1 });
    await class_.close();
  });

  test("a time that was learned stays when another notebook comes beside the file", async () => {
    const class_ = await situation();
    const files = { [`${FOLDER}/06.ipynb`]: notebookOf(10) };
    await class_.collect(files, { worksheet: worksheet("Wednesday, 5 May 2027, 9:14 PM") });
    await class_.collect({ ...files, [`${FOLDER}/06-Copy1.ipynb`]: notebookOf(0) });
    await class_.grade();
    expect(await class_.row("1001")).toMatchObject({ earnedPoints: 10, points: 8, daysLate: 2 });
    await class_.close();
  });

  test("a download whose times are still unknown is said to be", async () => {
    const class_ = await situation();
    const files = { [`${FOLDER}/06.ipynb`]: notebookOf(10) };
    await class_.collect(files);
    expect(await class_.collect(files)).toMatchObject({ known: 1, withoutTime: 1 });
    await class_.close();
  });
});

describe("exports say what is unfinished", () => {
  const books = ({ classroom, lesson }: Situation) => readGradebooks(classroom, [lesson]);

  test("points that may still change are exported only when asked for", async () => {
    const class_ = await situation();
    await class_.collect({ "1001/06.ipynb": notebookOf(8), "1002/06.ipynb": notebookOf(5) });
    const { classroom } = class_;
    const table = async (unfinished = false) =>
      canvasTable(classroom, await books(class_), { unfinished });
    await expect(table()).rejects.toThrow("00-small is unfinished: 2 wait for the grader");
    await class_.grade();
    await expect(table()).rejects.toThrow("2 of 3 students wait for marks. Grade and mark first");
    expect(await table(true)).toContain("Ada Lovelace");
    const page = async () =>
      gradesPage(await books(class_), { find: "", status: "", page: 1 }).text;
    expect(await page()).toContain("8*");
    expect(await page()).toContain("These points may still change");
    for (const number of ["1001", "1002"]) {
      const { handIn } = await class_.row(number);
      const mark = { handIn: handIn!.id, question: "why", points: 2, comment: "", by: "Eva" };
      await addMark(classroom.sql, { ...mark, at: now() });
    }
    expect(await page()).not.toContain("*");
    const text = await table();
    expect(text).toMatch(/Ada Lovelace,.*,10\r\nBen Okri,.*,7\r\n$/);
    // Cy has nothing: an empty cell would delete a score in Canvas and Moodle
    expect(text).not.toContain("Cy Twombly");
    expect(moodleTable(classroom, await books(class_))).not.toContain("Cy Twombly");
    await class_.close();
  });

  test("a row with points in one lesson and none in another is refused", async () => {
    const class_ = await situation();
    await class_.collect({ "1001/06.ipynb": notebookOf(8, "Because…") });
    await class_.grade();
    const [[lesson, rows]] = [...(await books(class_))] as [[Lesson, Row[]]];
    const other = { ...lesson, id: "01-other" };
    const both = new Map([
      [lesson, rows],
      [other, rows.map((row) => ({ ...row, points: undefined }))],
    ]);
    expect(() => canvasTable(class_.classroom, both)).toThrow("one lesson at a time (--lesson)");
    await class_.close();
  });

  test("an untouched or empty answer needs no mark", async () => {
    const class_ = await situation();
    await class_.collect({
      "1001/06.ipynb": notebookOf(8, "Because…"),
      "1002/06.ipynb": notebookOf(5, " "),
      "1003/06.ipynb": notebookOf(5, "Because it adds up."),
    });
    await class_.grade();
    expect(await class_.row("1001")).toMatchObject({
      status: "graded",
      unanswered: ["why"],
      points: 8,
    });
    expect((await class_.row("1002")).status).toBe("graded");
    expect((await class_.row("1003")).status).toBe("waits for marks");
    expect(await writeSheets(class_.classroom, class_.lesson)).toMatchObject([
      { answers: 1, open: 1 },
    ]);
    expect(notesOf(await class_.row("1001"))).toEqual(["Not answered, so without points: why."]);
    await class_.close();
  });
});

test("unmatched.csv: two students in a cell both get the file, and a wrong one is refused", async () => {
  const class_ = await situation();
  const files = { "team-x/06.ipynb": notebookOf(8) };
  const found = await class_.collect(files);
  expect(found.unmatched).toHaveLength(1);
  const file = unmatchedFile(class_.classroom, class_.lesson.id);
  const answer = (cell: string) =>
    writeFileSync(
      file,
      writeTable([
        ["Place", "Problem", "Student"],
        ["team-x/06.ipynb", "", cell],
      ]),
    );
  for (const cell of ["1001; 9999", "1001 1002", "1001, nobody"]) {
    answer(cell);
    await expect(class_.collect(files)).rejects.toThrow(
      /line 2, column Student: .*not in the roster/,
    );
  }
  for (const [cell, added] of [
    ["1001; 1002", 2],
    ["Twombly, Cy", 1],
  ] as const) {
    answer(cell);
    expect((await class_.collect(files)).added).toHaveLength(added);
  }
  await class_.close();
});

test("an extension in Canvas holds whenever it is entered and collected", async () => {
  const class_ = await situation();
  await class_.collect({ "lovelaceada_LATE_9_77_06.ipynb": notebookOf(10, "Because…") });
  await class_.grade();
  expect(await class_.row("1001")).toMatchObject({ points: 9, daysLate: 1 });
  const given = { who: "1001", until: "2027-05-06 23:59", reason: "ill", by: "Eva" };
  const { classroom, lesson } = class_;
  // years before and after this moment
  for (const until of [given.until, "2020-01-01 00:00", "2999-01-01 00:00"]) {
    expect(await extend(classroom, lesson, { ...given, until })).toMatchObject({
      points: 10,
      daysLate: 0,
    });
  }
  expect(notesOf(await class_.row("1001")).join(" ")).toContain("the extension covers it");
  await class_.close();
});

test("a grade after the exercise was changed doesn't mix into the column", async () => {
  const class_ = await situation();
  const { classroom, lesson } = class_;
  const books = () => readGradebooks(classroom, [lesson]);
  await class_.collect({ "1001/06.ipynb": notebookOf(8, "Because…") });
  await class_.grade(graderBy(11, "0"));
  await class_.collect({ "1002/06.ipynb": notebookOf(5, "Because…") });
  await class_.grade(graderBy(12, "1"));
  for (const table of [canvasTable, moodleTable]) {
    for (const unfinished of [false, true]) {
      const found = await books();
      expect(() => table(classroom, found, { unfinished })).toThrow(
        "00-small has 14 points, and 1 of its grades are of 13: if the exercises have changed " +
          "since, grade everybody again by regrade and accept it",
      );
    }
  }
  const decision = { lesson: lesson.id, student: "1001", reason: "8 of 11", by: "Eva", at: now() };
  await addOverride(classroom.sql, { ...decision, points: 9 });
  expect(canvasTable(classroom, await books())).toContain(",9");
  await class_.close();
});
