/** Situations of a term in which points once went astray, played as they happen. */
import { unzipSync } from "fflate";
import { afterAll, describe, expect, test } from "vitest";
import { removeFolders } from "./class.testing.js";
import { feedbackArchives } from "./gradebook/feedback.js";
import { plainTable, readGradebooks } from "./gradebook/export.js";
import { notebookOf, situation } from "./situations.testing.js";

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
