import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { bootstrapInterval } from "./bootstrapInterval";

checkReferences("bootstrapInterval", bootstrapInterval);

const mean = (sample: number[]) => sample.reduce((sum, x) => sum + x, 0) / sample.length;

test("by hand: means 1, 2 and 3, half of them between the quarters", () =>
  expect(
    bootstrapInterval(
      [1, 3],
      mean,
      [
        [0, 0],
        [0.9, 0.5],
        [0, 0.7],
      ],
      0.5,
    ),
  ).toEqual({
    low: 1.5,
    high: 2.5,
  }));

test("a statistic that doesn't vary has an interval of no width", () =>
  expect(bootstrapInterval(["a", "b"], () => 7, [[0, 0.4]])).toEqual({ low: 7, high: 7 }));

test("bad arguments", () =>
  expect(() => bootstrapInterval([1, 2], mean, [[0.5]])).toThrow(
    "bootstrapInterval: expected uniforms to be one row or more of 2 numbers",
  ));
