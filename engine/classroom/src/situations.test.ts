/** Situations of a term in which points once went astray, played as they happen. */
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, describe, expect, test } from "vitest";
import { removeFolders } from "./class.testing.js";
import { feedbackArchives } from "./gradebook/feedback.js";
import { plainTable, readGradebooks } from "./gradebook/export.js";
import * as messages from "./commands/messages.js";
import { layOut, notebookOf, situation } from "./situations.testing.js";

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

  test("a download whose times are still unknown is said to be", async () => {
    const class_ = await situation();
    const files = { [`${FOLDER}/06.ipynb`]: notebookOf(10) };
    await class_.collect(files);
    expect(await class_.collect(files)).toMatchObject({ known: 1, withoutTime: 1 });
    await class_.close();
  });
});
