/** The layouts that platforms' own code writes, each with a fixture of it. */
import { afterAll, describe, expect, test } from "vitest";
import { removeFolders } from "../class.testing.js";
import { notebookOf, situation } from "../situations.testing.js";

afterAll(removeFolders);

/** Ben's number is in the folder of Ada, and the other way around. */
const ROSTER = "Name,Number,Email\nAda Lovelace,551,ada@x.edu\nBen Okri,552,ben@x.edu\n";
const files = (...paths: string[]) =>
  Object.fromEntries(paths.map((path, i) => [path, notebookOf(i + 1)]));

async function collected(paths: string[]) {
  const class_ = await situation(ROSTER);
  const found = await class_.collect(files(...paths));
  await class_.close();
  return { ...found, whose: found.added.map(({ student }) => student) };
}

describe("Moodle, as mod/assign/classes/downloader.php names folders", () => {
  test.each([
    ["4.1 and later", "Ada Lovelace_552_assignsubmission_file/06.ipynb"],
    ["before 4.1", "Ada Lovelace_552_assignsubmission_file_/06.ipynb"],
    ["a student's own folders", "Ada Lovelace_552_assignsubmission_file/week 6/06.ipynb"],
    ["without folders", "Ada Lovelace_552_assignsubmission_file_06.ipynb"],
    ["inside a folder", "course-06-77/Ada Lovelace_552_assignsubmission_file/06.ipynb"],
  ])("%s: the file is Ada's, not of the student with that number", async (_name, path) => {
    const { platform, whose, unmatched } = await collected([path]);
    expect({ platform, whose, unmatched }).toEqual({
      platform: "moodle",
      whose: ["551"],
      unmatched: [],
    });
  });

  test("text that was typed in beside the file, and a group without a number", async () => {
    const { whose, skipped } = await collected([
      "Ada Lovelace_7_assignsubmission_file/06.ipynb",
      "Ada Lovelace_7_assignsubmission_onlinetext/onlinetext.html",
      "Default group_assignsubmission_file/06.ipynb",
    ]);
    expect(whose).toEqual(["551"]);
    expect(skipped.map(({ reason }) => reason)).toEqual([
      "lies in the folder of a group: give each member the file in a folder of its own",
      "is not a notebook (.ipynb)",
    ]);
  });
});

describe("Canvas, as lib/content_zipper.rb names files", () => {
  test("with its own number, late, and with a name that holds _", async () => {
    const { platform, whose } = await collected([
      "lovelaceada_9001_77_06.ipynb",
      "okri_ben_LATE_9002_78_06.ipynb",
    ]);
    expect({ platform, whose }).toEqual({ platform: "canvas", whose: ["551", "552"] });
  });

  test("hidden names: the attachment's number isn't taken for a student's", async () => {
    const { platform, whose, skipped } = await collected([
      "anon_aB3xQ_551_06.ipynb",
      "LATE_anon_Zz9_552_06.ipynb",
    ]);
    expect({ platform, whose }).toEqual({ platform: "canvas", whose: [] });
    expect(skipped[0]!.reason).toContain("show names in Canvas");
  });
});

test("a name and a number of two students: nobody gets the file", async () => {
  const { whose, unmatched } = await collected(["Ada Lovelace 552/06.ipynb"]);
  expect(whose).toEqual([]);
  expect(unmatched[0]!.reason).toBe(
    "Ada Lovelace 552 may be Ben Okri (552) and Ada Lovelace (551)",
  );
});
