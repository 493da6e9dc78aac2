import { expect, test } from "vitest";
import { compare, textDifference } from "./compare";
import type { Value } from "./value";

const exact = { rtol: 0, atol: 0 };
const messageOf = (got: string, want: string) => {
  const verdict = compare(got, want, exact);
  return verdict.ok ? "right" : verdict.message;
};

test("what cannot be seen at an end of a text is named", () => {
  expect(messageOf("\uFEFFhay", "hay")).toBe(
    'The result: expected "hay", got "\\u{FEFF}hay". ' +
      "It has a byte-order mark (U+FEFF) at the start, which should not be there.",
  );
  expect(messageOf("hay", "\uFEFFhay")).toContain(
    "It lacks a byte-order mark (U+FEFF) at the start.",
  );
  expect(messageOf("hay ", "hay")).toContain("a space (U+0020) at the end, which should not");
  expect(messageOf("hay", "hay\n")).toContain('expected "hay\\n", got "hay". It lacks a line feed');
  expect(messageOf("", "a")).toContain('It lacks "a" (U+0061) at the end.');
  expect(messageOf("one two", "one")).toContain('It has " two" at the end');
});

test("texts that look alike are told apart", () => {
  expect(messageOf("a\r\nb\r\n", "a\nb\n")).toContain("its lines end with CRLF instead of LF");
  expect(messageOf("a\nb", "a\rb")).toContain("its lines end with LF instead of CR.");
  expect(messageOf("caf\u00E9", "cafe\u0301")).toContain("it is normalized (NFC)");
  expect(messageOf("cafe\u0301", "caf\u00E9")).toContain("it is normalized (NFD)");
  expect(messageOf("\uFB01n", "fin")).toContain("other forms of the same letters");
  expect(messageOf("Hay", "hay")).toContain("upper and lower case");
  expect(messageOf("c\u0430t", "cat")).toContain(
    'At character 2, expected "a" (U+0061), got "\u0430" (U+0430).',
  );
  expect(messageOf("a\u00A0b", "a b")).toContain("expected a space (U+0020), got a no-break space");
  expect(messageOf("a\u200Bb", "ab")).toContain('got "a\\u{200B}b"');
});

test("long texts are shown where they differ", () => {
  const long = "x".repeat(500);
  expect(messageOf(`${long}a${long}`, `${long}b${long}`)).toContain(
    'At character 501, expected "b" (U+0062), got "a" (U+0061).',
  );
  expect(textDifference(`${long}a`, `${long}b`).length).toBeLessThan(200);
});

test("keys of maps and texts in lists are shown alike", () => {
  const got = new Map([["a\u200B", 1]]);
  expect(compare(got, new Map([["a", 1]]), exact)).toMatchObject({
    message: 'The result: expected a Map with the key "a", which is missing.',
  });
  expect(compare(["a", "b "], ["a", "b"], exact)).toMatchObject({
    message: expect.stringContaining("The result at [1]: expected") as string,
  });
  expect(compare(3, "three", exact)).toMatchObject({
    message: 'The result: expected the string "three", got the number 3.',
  });
});

test("a place in nested values is one place", () => {
  const messageAt = (got: Value, want: Value) => {
    const verdict = compare(got, want, exact);
    return verdict.ok ? undefined : verdict.message;
  };
  expect(messageAt([[4], [8]], [[4], [4]])).toBe("The result at [1][0]: expected 4, got 8.");
  expect(messageAt([{ wq: [1, 2] }], [{ wq: [1, 3] }])).toBe(
    "The result at [0].wq[1]: expected 3, got 2.",
  );
  expect(messageAt({ wq: [[1]] }, { wq: [[2]] })).toBe(
    "The result's wq at [0][0]: expected 2, got 1.",
  );
  const tensor = (...data: number[]): Value => ({
    shape: [1, 2],
    dtype: "float32",
    data: Float32Array.from(data),
  });
  expect(messageAt([tensor(1, 2)], [tensor(1, 3)])).toBe(
    "The result at [0]: 1 of 2 values are right. First difference at [0, 1]: expected 3, got 2.",
  );
});
