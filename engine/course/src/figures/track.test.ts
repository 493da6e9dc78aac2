import { expect, test } from "vitest";
import { track } from "./track";

const values = [0, 4, 0.8, 1.6];
const line = { name: "<bits>", values, range: [0, 4] as [number, number] };

test("a track carries each letter and a byte per number, and a picture for other readers", () => {
  const { html, view, isRicher } = track("ACGT", [line], { unit: "base" });
  const [first] = view!.tracks as { bytes: string }[];
  expect([...Buffer.from(first!.bytes, "base64")]).toEqual([0, 255, 51, 102]);
  expect(view).toMatchObject({ view: "track", version: 1, text: "ACGT", unit: "base" });
  expect(isRicher).toBe(true);
  expect(html).toContain('alt="&lt;bits&gt; along 4 bases"');
  expect(html).not.toContain("<bits>");
});

test("a track says what is missing", () => {
  const fails = (make: () => unknown) => expect(make);
  fails(() => track("", [line])).toThrow("1 to 400,000 letters, got 0");
  fails(() => track("ACGT", [])).toThrow("at least one entry in tracks");
  fails(() => track("ACG", [line])).toThrow('a number per letter in "<bits>", got 4 for 3');
  fails(() => track("ACGT", [{ ...line, values: [0, 1, NaN, 2] }])).toThrow("NaN at index 2");
  fails(() => track("ACGT", [{ ...line, range: [4, 0] }])).toThrow("range as [least, greatest]");
  const regions = [{ name: "r", from: 2, to: 9 }];
  fails(() => track("ACGT", [line], { regions })).toThrow('region "r", got 2 to 9');
});
