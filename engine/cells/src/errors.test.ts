import { expect, test } from "vitest";
import { noteOf, type ExecutedCell } from "./checker";
import type { Diagnostic } from "./compile";
import { cellLine, describeThrown, type Position } from "./errors";

const describe = (message: string) =>
  describeThrown(new Error(message), {
    inspect: String,
    isError: (value) => value instanceof Error,
    formatFrame: () => undefined,
    positionsOf: () => undefined,
    whereDefined: () => undefined,
  }).evalue;

test("WebAssembly's end reads as full memory, other messages stay", () => {
  expect(describe("Aborted(). Build with -sASSERTIONS for more info.")).toMatch(
    /memory is full\. Restart the kernel/,
  );
  expect(describe("x is odd")).toBe("x is odd");
});

test("a freed tensor says what to run", () => {
  expect(describe("Tensor is disposed.")).toMatch(
    /^Tensor is disposed\. .*run the cells that make it/,
  );
});

const missing = (name: string): Diagnostic => ({
  ...{ code: 2304, line: 1, column: 1, length: name.length },
  message: `Cannot find name '${name}'.`,
});
const CELLS: Record<string, { cell: number; location: string }> = {
  a: { cell: 7, location: "under “Later”" },
  b: { cell: 2, location: "under “Data”" },
  c: { cell: 2, location: "under “Data”" },
};
function textOf(names: string[], errorMessage?: string): string | undefined {
  const cell: ExecutedCell = {
    ...{ code: "a(b, c, d, e)", unassigned: [], definedNames: [], isStopped: false },
    ...(errorMessage ? { errorMessage } : {}),
  };
  const find = (name: string) => CELLS[name] && { ...CELLS[name], kind: "defined" as const };
  const note = noteOf(names.map(missing), cell, find) as { data: Record<string, string> };
  return note?.data["text/plain"];
}

test("missing names of cells that haven't run take one sentence; unknown names keep their lines", () => {
  const sentence = "TypeScript doesn't know a, b and c yet: run the cells under “Data” and";
  expect(textOf(["a", "b", "c"])).toBe(`${sentence} under “Later”.`);
  expect(textOf(["b", "x"], "odd")).toBe(
    "TypeScript also found types that don't match:\nline 1:1: Cannot find name 'x'.\n" +
      "    1 | a(b, c, d, e)\n      | ^\n" +
      "TypeScript doesn't know b yet: run the cell under “Data”.",
  );
});

test("the note leaves out names of the cell that the error says to run", () => {
  expect(textOf(["b", "c"], "b is not defined")).toBeUndefined();
  expect(textOf(["a", "b", "c"], "b is not defined")).toBe(
    "TypeScript doesn't know a yet: run the cell under “Later”.",
  );
});

test("a name that no cell defines inside a function is answered with the function's arguments", () => {
  const code = "function mix(q: number, k: number) {\n  return p * k;\n}";
  const cell = { code, unassigned: [], definedNames: [], isStopped: false };
  const wrong = { ...missing("p"), line: 2, column: 10 };
  const text = (diagnostic: Diagnostic) => {
    const note = noteOf([diagnostic], cell, () => undefined) as { data: Record<string, string> };
    return note.data["text/plain"]!.split("\n").at(-1);
  };
  expect(text(wrong)).toBe("p is not defined; mix's arguments are q and k.");
  const suggested = `${wrong.message} Did you mean 'q'?`;
  expect(text({ ...wrong, message: suggested })).not.toContain("arguments");
  const outside = { ...missing("p"), line: 1, column: 1 };
  expect(noteOf([{ ...outside }], { ...cell, code: "p" }, () => undefined)).toMatchObject({
    data: { "text/plain": expect.not.stringContaining("not defined;") as string },
  });
});

test("an error has the line of the innermost cell on its stack, as the student wrote it", () => {
  const cells = {
    "cell-1": {
      code: "one\n  two;\nthree",
      toCell: ({ line, column }: Position) => ({ line: line - 4, column }),
    },
  };
  const lineOf = (stack: string) => cellLine(stack, (file) => cells[file as keyof typeof cells]);
  const library = "Error: odd\n    at matMul (/lib/tfjs.js:3:9)\n";
  expect(lineOf(`${library}    at f (cell-1:6:3)\n    at cell-1:5:1`)).toEqual({
    line: 2,
    text: "two;",
  });
  expect(lineOf(`${library}    at f (cell-2:6:3)`)).toBeUndefined();
  expect(lineOf(library)).toBeUndefined();
});
