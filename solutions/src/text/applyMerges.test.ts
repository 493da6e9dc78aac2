import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { applyMerges } from "./applyMerges";
import { applyMergesFast } from "./applyMergesFast";
import { EXACT } from "../shared/exact";
import { PairTable } from "./pairTable";
import type { Pair } from "./types";

/** As encodeBpe calls it. */
function fast(ids: number[], merges: Pair[]): number[] {
  const table = new PairTable();
  merges.forEach(([left, right], rank) => table.set(left, right, 256 + rank));
  return applyMergesFast(ids, table);
}

checkReferences("applyMerges", applyMerges, { tolerance: EXACT });
checkReferences("applyMerges", fast, { tolerance: EXACT });

test("by hand: bc was learned before ab", () => {
  const merges: Pair[] = [
    [98, 99],
    [97, 98],
  ];
  expect(applyMerges([97, 98, 99, 97, 98], merges)).toEqual([97, 256, 257]);
});

test("a hundred thousand pairs in the table", () => {
  const table = new PairTable();
  const n = 100_000;
  for (let i = 0; i < n; i++) table.set(i % 317, i, i + 1);
  for (let i = 0; i < n; i++) {
    if (table.get(i % 317, i) !== i + 1 || table.get(i % 317, i + n) !== -1) {
      throw new Error(`pair ${i}`);
    }
  }
  table.set(0, 0, 7);
  expect(table.get(0, 0)).toBe(7);
});
