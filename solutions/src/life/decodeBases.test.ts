import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { decodeBases } from "./decodeBases";
import { EXACT } from "../shared/exact";

checkReferences("decodeBases", decodeBases, { tolerance: EXACT });

test("by hand, from a list and from typed arrays", () => {
  const ids = [2, 0, 3, 3, 4];
  for (const list of [ids, new Int32Array(ids), new Uint8Array(ids)]) {
    expect(decodeBases(list)).toBe("GATTN");
  }
});

test("anything else is refused with its position", () => {
  for (const odd of [5, -1, 0.5, NaN, Infinity, 1e9]) {
    expect(() => decodeBases([0, odd])).toThrow(
      `decodeBases: expected ids from 0 to 4, got ${odd} at position 1`,
    );
  }
});
