import { expect, test } from "vitest";
import { checkReferences } from "../shared/testing";
import { decodeBases } from "./decodeBases";
import { EXACT } from "../shared/exact";

checkReferences("decodeBases", decodeBases, { tolerance: EXACT });

test("by hand, from a list and from typed arrays", () => {
  for (const ids of [
    [2, 0, 3, 3, 4],
    new Int32Array([2, 0, 3, 3, 4]),
    new Uint8Array([2, 0, 3, 3, 4]),
  ]) {
    expect(decodeBases(ids)).toBe("GATTN");
  }
});

test("what is no id is refused with its position", () => {
  for (const odd of [5, -1, 0.5, NaN, Infinity, 1e9]) {
    expect(() => decodeBases([0, odd])).toThrow(
      `decodeBases: expected ids from 0 to 4, got ${odd} at position 1`,
    );
  }
});
