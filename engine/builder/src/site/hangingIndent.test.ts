import { expect, test } from "vitest";
import { hangOf } from "./browser/hangingIndent";

test.each([
  ["const a = 1;", 2],
  ["    return a;", 6],
  ["", 2],
])("the rows of “%s” go on %d characters from the left", (line, characters) => {
  expect(hangOf(line)).toBe(characters);
});
