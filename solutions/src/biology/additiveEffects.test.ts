import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { additiveEffects } from "./additiveEffects";
import { solveSymmetric } from "./solveSymmetric";

checkReferences("additiveEffects", additiveEffects);

test("by hand: one mutation, ridge 1", () => {
  // base + effect/2 = 2 and 2 · effect + base = 4 from the two derivatives: base 4/3, effect 4/3
  const { base, effects } = additiveEffects([[], [0]], [0, 4], 1);
  expect(base).toBeCloseTo(4 / 3, 12);
  expect(effects[0]).toBeCloseTo(4 / 3, 12);
});

test("with a tiny ridge, an additive world is found again", () => {
  const truth = [1, -2, 0.5];
  const variants = [[], [0], [1], [2], [0, 1], [1, 2]];
  const fitness = variants.map((own) => own.reduce((sum, m) => sum + truth[m]!, 3));
  const { base, effects } = additiveEffects(variants, fitness, 3, 1e-9);
  expect(base).toBeCloseTo(3, 6);
  effects.forEach((effect, m) => expect(effect).toBeCloseTo(truth[m]!, 6));
});

test("what doesn't fit", () => {
  expect(() => additiveEffects([[0, 0]], [1], 2)).toThrow(
    "additiveEffects: expected variants of different mutations from 0 to 1, " +
      "got [0, 0] for variant 0",
  );
  expect(() => additiveEffects([[0]], [1], 1, 0)).toThrow(
    "additiveEffects: expected ridge to be above 0, got 0",
  );
});

test("solveSymmetric solves, and says what it can't", () => {
  const A = [
    [4, 2],
    [2, 5],
  ];
  expect(solveSymmetric(A, [8, 8])).toEqual([1.5, 1]);
  expect(solveSymmetric([], [])).toEqual([]);
  expect(() =>
    solveSymmetric(
      [
        [1, 2],
        [2, 1],
      ],
      [1, 1],
    ),
  ).toThrow("solveSymmetric: expected A to be positive definite");
  expect(() => solveSymmetric([[1, 2]], [1])).toThrow(
    "solveSymmetric: expected A with 1 rows of 1 numbers",
  );
});
