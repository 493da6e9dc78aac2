import { expect, it } from "vitest";
import { bundleOf } from "../show";
import { roundNumbers } from "./figure";
import { lines } from "./series";

it("keeps six digits of a fraction, whole numbers and everything else", () => {
  const data = {
    y: [Math.PI, 1234567.891, 154478, -1e-9 / 3, NaN, Infinity, null],
    name: "0.1234567",
  };
  expect(roundNumbers(data)).toEqual({
    y: [3.14159, 1234570, 154478, -3.33333e-10, NaN, Infinity, null],
    name: "0.1234567",
  });
  expect(roundNumbers([new Float32Array([0.1])])).toEqual([new Float32Array([0.1])]);
});

it("is what a chart's numbers pass on their way into a notebook", () => {
  const bundle = bundleOf("show", "A third.", lines([{ name: "third", y: [1 / 3, 2 / 3] }]));
  const { data } = bundle["application/vnd.plotly.v1+json"] as { data: { y: number[] }[] };
  expect(data[0]!.y).toEqual([0.333333, 0.666667]);
});
