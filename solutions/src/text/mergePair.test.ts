import fc from "fast-check";
import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { EXACT } from "../shared/exact";
import { mergePair } from "./mergePair";

checkReferences("mergePair", mergePair, { tolerance: EXACT });

test("by hand: from left to right, without overlap", () => {
  const ids = [1, 1, 1, 2];
  expect(mergePair(ids, [1, 1], 9)).toEqual([9, 1, 2]);
  expect(ids).toEqual([1, 1, 1, 2]);
});

test("putting the pair back gives the ids again", () => {
  const id = fc.integer({ min: 0, max: 3 });
  fc.assert(
    fc.property(fc.array(id), id, id, (ids, left, right) => {
      expect(
        mergePair(ids, [left, right], 9).flatMap((t) => (t === 9 ? [left, right] : [t])),
      ).toEqual(ids);
    }),
  );
});
