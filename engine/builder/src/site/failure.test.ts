import { expect, test } from "vitest";
import { partsOfLine, readFailure, readNote, syntaxReason } from "./browser/failure";

test("a syntax error is a sentence with its line, and the place in it", () => {
  const evalue = "line 2:57: ')' expected.";
  const traceback = `SyntaxError: ${evalue}\n    2 |   const a = (1;\n      |               ^`;
  expect(readFailure("causalMask", { ename: "SyntaxError", evalue }, traceback)).toEqual({
    sentence: "causalMask can’t run yet: in line 2, “)” is missing.",
    place: { line: 2, column: 57, length: 1 },
  });
});

test("an error that code throws names its line, where a frame does", () => {
  const thrown = { ename: "Error", evalue: "too long." };
  const frame = "Error: too long.\n    at f (cell-18, line 2:7)";
  expect(readFailure("f", thrown, frame)).toEqual({
    sentence: "The cell of f fails in line 2: too long.",
    place: { line: 2, column: 7, length: 0 },
  });
  expect(readFailure("f", thrown, "Error: too long.").sentence).toBe(
    "The cell of f fails: too long.",
  );
});

test.each([
  ["'}' expected.", "“}” is missing"],
  ["Declaration or statement expected.", "nothing is open that this could close"],
  ["Something else is wrong.", "TypeScript says: Something else is wrong"],
])("the compiler's %s in plainer words", (message, words) => {
  expect(syntaxReason(message)).toBe(words);
});

test("a place is cut out of its line, also behind the line's end", () => {
  const place = { line: 1, column: 3, length: 2 };
  expect(partsOfLine("abcdef", place)).toEqual(["ab", "cd", "ef"]);
  expect(partsOfLine("ab", place)).toEqual(["ab", "", ""]);
});

test("a note about types is text and lines with their places", () => {
  const note = [
    "The cell ran, but TypeScript found types that don’t match:",
    "line 2:9: Type 'number' is not assignable to type 'string'.",
    "    2 |   const n: string = queries;",
    "      |         ^",
  ];
  expect(readNote(note.join("\n"))).toEqual([
    note[0],
    "Line 2: Type 'number' is not assignable to type 'string'.",
    { text: "  const n: string = queries;", place: { line: 2, column: 9, length: 1 } },
  ]);
  expect(readNote("2 | a table\n3 | of text")).toBeUndefined();
});
