/** Copies on disk: made, merged, and kept aside when they are broken. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { updateCopies } from "./copies";
import { freshCopy, type Notebook } from "grader/merge";

let root: string;
const shipped = (...sources: string[]): Notebook => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { course: { lesson: "01-one" } },
  cells: sources.map((source, i) => ({
    id: `cell-${i}`,
    cell_type: "markdown",
    metadata: { course: { role: "text" } },
    source,
  })),
});
const release = (notebook: Notebook) => {
  writeFileSync(join(root, "notebooks", "01-one.ipynb"), JSON.stringify(notebook));
  writeFileSync(
    join(root, "notebooks", "manifest.json"),
    JSON.stringify({ course: "a", version: "1", lessons: [{ id: "01-one" }] }),
  );
};
const file = () => join(root, "my-course", "01-one.ipynb");
const copy = () => JSON.parse(readFileSync(file(), "utf8")) as Notebook;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "copies-"));
  mkdirSync(join(root, "notebooks"));
  release(shipped("one", "two"));
});
afterEach(() => rmSync(root, { recursive: true }));

test("the first start makes the copies, the second changes nothing", () => {
  expect(updateCopies(root)).toEqual([]);
  expect(copy()).toEqual(freshCopy(shipped("one", "two")));
  expect(updateCopies(root)).toEqual([]);
  expect(readdirSync(join(root, "my-course"))).toEqual(["01-one.ipynb"]);
});

test("a new release comes in, and says what it did", () => {
  updateCopies(root);
  const mine = copy();
  mine.cells[0]!.source = "my own";
  writeFileSync(file(), JSON.stringify(mine));
  release(shipped("one, better", "two, better", "three"));
  expect(updateCopies(root)).toEqual([
    "01-one.ipynb: 1 cell new; 1 cell updated; 1 cell kept as you wrote it, though the " +
      "lesson has a new version (cell-0).",
  ]);
  expect(copy().cells.map((cell) => cell.source)).toEqual(["my own", "two, better", "three"]);
});

test.each([
  ["cut off", Buffer.from('{"cells": [{"source": "my ans')],
  ["empty", Buffer.from("")],
  ["not a notebook", Buffer.from('{"nbformat": 4, "metadata": {}, "cells": [{"source": 3}]}')],
  ["an older format", Buffer.from('{"nbformat": 3, "metadata": {}, "worksheets": []}')],
  [
    "Latin-1",
    Buffer.from(
      '{"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "raw", "metadata": ' +
        '{}, "source": "\xe9"}]}',
      "latin1",
    ),
  ],
])(
  "a broken copy (%s) is kept aside, byte by byte, and again when it happens again",
  (_, bytes) => {
    mkdirSync(join(root, "my-course"));
    for (const n of [1, 2]) {
      writeFileSync(file(), bytes);
      expect(updateCopies(root)).toEqual([
        `01-one.ipynb is not a readable notebook: it is kept as 01-one.broken-${n}.ipynb, ` +
          "and a fresh copy is in its place.",
      ]);
      expect(readFileSync(join(root, "my-course", `01-one.broken-${n}.ipynb`))).toEqual(bytes);
      expect(copy()).toEqual(freshCopy(shipped("one", "two")));
    }
  },
);
