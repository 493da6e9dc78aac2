import fc from "fast-check";
import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { EXACT } from "../shared/exact";
import { runAutomaton } from "./runAutomaton";

checkReferences("runAutomaton", runAutomaton, { tolerance: EXACT });

test("by hand: parity", () =>
  expect(
    runAutomaton(
      [
        [0, 1],
        [1, 0],
      ],
      [1, 0, 1, 1],
    ),
  ).toEqual([1, 1, 0, 1]));

test("two halves, the second from where the first ended, are the whole", () => {
  const table = [
    [1, 0, 2],
    [0, 2, 1],
    [2, 1, 0],
  ];
  const move = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1 });
  fc.assert(
    fc.property(move, move, (a, b) => {
      const first = runAutomaton(table, a);
      expect([...first, ...runAutomaton(table, b, first.at(-1))]).toEqual(
        runAutomaton(table, [...a, ...b]),
      );
    }),
  );
});

test("bad arguments", () => {
  expect(() => runAutomaton([[0, 1]], [0, 1])).toThrow(
    "runAutomaton: expected moves from 0 to 0, got 1 at position 1",
  );
  for (const start of [2, -1, 0.5]) {
    expect(() => runAutomaton([[0, 1]], [], start)).toThrow(
      `runAutomaton: expected start to be a state from 0 to 1, got ${start}`,
    );
  }
});
