import { expect, test } from "vitest";
import { findLesson, lessonNamed, wholeNumber } from "./commandLine";

const ids = ["01-insertion", "06-attention", "10-decoding"];

test.each([
  ["06-attention", "06-attention"],
  ["06", "06-attention"],
  ["6", "06-attention"],
  [6, "06-attention"],
  ["1", "01-insertion"],
  ["10", "10-decoding"],
  ["0", undefined],
  ["06-att", undefined],
])("%j names %s", (word, id) => expect(findLesson(word, ids)).toBe(id));

test("a word that names no lesson", () => {
  expect(() => lessonNamed("17", ids)).toThrow(
    "there is no lesson 17: choose from 01-insertion, 06-attention, 10-decoding",
  );
});

test("whole numbers", () => {
  expect(wholeNumber("jobs", undefined, 1)).toBeUndefined();
  expect(wholeNumber("jobs", "8", 1, 8)).toBe(8);
  for (const wrong of ["0", "9", "1.5", "x", -1]) {
    expect(() => wholeNumber("jobs", wrong, 1, 8)).toThrow(
      `--jobs: expected a whole number from 1 to 8, got ${wrong}`,
    );
  }
  expect(() => wholeNumber("jobs", 0, 1)).toThrow("--jobs: expected a whole number from 1 on");
});
