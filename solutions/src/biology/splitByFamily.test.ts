import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { splitByFamily } from "./splitByFamily";

checkReferences("splitByFamily", splitByFamily);

test("by hand: a chain of relatives is one family", () => {
  const rows = ["AAAA", "GGGG", "AACC", "AAAC"]; // AAAA – AAAC – AACC
  expect(splitByFamily(rows, { identity: 0.75, share: 0.25 })).toEqual({
    families: [0, 1, 0, 0],
    train: [0, 2, 3],
    test: [1],
  });
});

test("no row of the test is a relative of a row of train", () => {
  const rows = Array.from({ length: 40 }, (_, n) =>
    Array.from({ length: 12 }, (_, c) => "ACDE"[(n * n + c * (n % 7)) % 4]!).join(""),
  );
  const { train, test: held } = splitByFamily(rows, { identity: 0.6, share: 0.5 });
  const same = (a: string, b: string) => [...a].filter((letter, c) => letter === b[c]).length / 12;
  expect(held.length).toBeGreaterThan(0);
  expect(train.length + held.length).toBe(40);
  for (const i of held) for (const j of train) expect(same(rows[i]!, rows[j]!)).toBeLessThan(0.6);
});

test("what doesn't fit", () => {
  expect(() => splitByFamily(["ACD", "AC"])).toThrow(
    "splitByFamily: expected rows of 3 columns, got 2",
  );
  expect(() => splitByFamily(["AC"], { share: 20 })).toThrow(
    "splitByFamily: expected share from 0 to 1, got 20",
  );
});
