import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { notebook, shippedCells, smallManifest } from "../grader.testing";
import { readSubmission } from "./notebook";
import { newId, collectInputs, readInput } from "../batch/inputs";

const bytes = (text: string) => Buffer.from(text);
const lessons = [smallManifest.lessons[0]!];
const good = notebook(shippedCells());

test.each([
  ["nothing", Buffer.alloc(0), "is empty"],
  ["text", bytes("hello"), "holds no JSON"],
  ["a truncated notebook", bytes(good.slice(0, -40)), "cut off"],
  ["Latin-1", Buffer.from(good.replace("Because.", "Weil es schön ist."), "latin1"), "not UTF-8"],
  ["a list", bytes("[1, 2]"), "no list of cells"],
  ["null", bytes("null"), "no list of cells"],
  ["format 3", bytes('{"worksheets": [], "nbformat": 3}'), "no list of cells"],
  ["a cell without a source", bytes('{"cells": [{"cell_type": "code"}]}'), "cell 1 has no text"],
  [
    "a cell of a wrong type",
    bytes('{"cells": [{"cell_type": "code", "source": [1]}]}'),
    "cell 1 has no text",
  ],
  [
    "too many cells",
    bytes(`{"cells": [${'{"cell_type": "raw", "source": ""},'.repeat(2001)}null]}`),
    "2002 cells",
  ],
  [
    "a notebook of another course",
    bytes(
      notebook([
        { grade: "ps1-q1", source: "x = 1" },
        { grade: "constructor", id: "toString", source: "y" },
      ]),
    ),
    "no lesson of this course",
  ],
  [
    "deep JSON",
    bytes(`{"cells": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`),
    "cell 1 has no text",
  ],
])("refuses %s", (_, input, says) => expect(() => readSubmission(input, lessons)).toThrow(says));

test("sources as lists of lines, a byte order mark", () => {
  const lines = JSON.parse(good) as { cells: { source: string | string[] }[] };
  for (const cell of lines.cells) cell.source = (cell.source as string).split(/(?<=\n)/);
  expect(readSubmission(bytes(`\ufeff${JSON.stringify(lines)}`), lessons)).toEqual(
    readSubmission(bytes(good), lessons),
  );
});

test("what runs: setup, exercises, what was edited or added; no shipped demo or check", () => {
  const cells = shippedCells();
  const numbers = (edited: typeof cells) =>
    readSubmission(bytes(notebook(edited)), lessons).cells.map((c) => c.number);
  expect(numbers(cells)).toEqual([2, 4, 6, 8]);
  expect(numbers(cells.map((c) => (c.id === "demo" ? { ...c, source: "1" } : c)))).toEqual([
    2, 3, 4, 6, 8,
  ]);
  expect(numbers([...cells, { source: "1" }])).toEqual([2, 4, 6, 8, 11]);
});

const folder = mkdtempSync(join(tmpdir(), "course-inputs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a folder of mixed files: notebooks in, one line for everything else", () => {
  for (const name of ["anna/.ipynb_checkpoints", "bert", "empty"]) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  for (const name of [
    "anna/a.ipynb",
    "bert/a.ipynb",
    "anna/.ipynb_checkpoints/a.ipynb",
    "notes.txt",
    "=cmd().ipynb",
    ".DS_Store",
  ]) {
    writeFileSync(join(folder, name), good);
  }
  symlinkSync("/etc/passwd", join(folder, "link.ipynb"));
  symlinkSync(folder, join(folder, "round"));
  writeFileSync(join(folder, "large.ipynb"), "");
  truncateSync(join(folder, "large.ipynb"), 100 << 20);
  const { inputs } = collectInputs([
    folder,
    join(folder, "empty"),
    join(folder, "nowhere"),
    join(folder, "anna", "a.ipynb"),
  ]);
  const says = Object.fromEntries(
    inputs.map((input) => {
      try {
        return [input.file, readInput(input).length];
      } catch (e) {
        return [input.file.replace(folder, "…"), (e as Error).message];
      }
    }),
  );
  expect(says).toEqual({
    "=cmd().ipynb": good.length,
    "anna/a.ipynb": good.length,
    "bert/a.ipynb": good.length,
    "link.ipynb": "is a link; links in a folder of submissions are not followed",
    round: "is a link; links in a folder of submissions are not followed",
    "large.ipynb": "is 100 MB large, more than the 20 MB that a notebook may have",
    "notes.txt": "is not a notebook (.ipynb)",
    "…/empty": "holds no notebook",
    "…/nowhere": "does not exist",
  });
  const taken = new Set<string>();
  const ids = inputs.map((i) => newId(i.file, taken));
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[\p{L}\p{N}_][\p{L}\p{N}._-]*$/u);
});
