import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { minHash } from "./minHash";

checkReferences("minHash", minHash);

test("equal entries estimate how much two sets overlap", () => {
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
  const [a, b] = [range(0, 60), range(20, 80)].map((ids) => minHash(ids, 2000)); // 40 of 80
  const share = a!.filter((value, k) => value === b![k]).length / 2000;
  expect(share).toBeGreaterThan(0.45);
  expect(share).toBeLessThan(0.55);
});

test("bad arguments", () =>
  expect(() => minHash([1], -1)).toThrow(
    "minHash: expected K to be a whole number of at least 1, got -1",
  ));
