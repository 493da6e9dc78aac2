import { expect, test } from "vitest";
import { BINARY, DARK_BINARY, nameBinaries } from "./binary";
import type { Chart, Frame, Trace } from "./chart";
import { themed } from "./theme";

const amounts = (z: unknown[][], more: Trace = {}): Trace => ({
  type: "heatmap",
  z,
  zmin: 0,
  zmax: 1,
  colorscale: "Viridis",
  colorbar: { thickness: 12 },
  ...more,
});
const MASK = [
  [1, 0],
  [1, 1],
];
const PARTS = [[0, 0.3, 1]];
const chartOf = (data: Trace[], frames: Frame[] = []): Chart => ({ data, layout: {}, frames });
const scales = ({ data }: Chart) => data.map(({ colorscale }) => colorscale);

test("a mask has two colors with their names, those of the page", () => {
  const chart = nameBinaries(chartOf([amounts(MASK)]));
  expect(chart.data[0]).toMatchObject({
    z: MASK,
    colorscale: BINARY,
    zmin: -0.5,
    zmax: 1.5,
    colorbar: { thickness: 12, tickvals: [0, 1], ticktext: ["0", "1"] },
  });
  expect(scales(themed(chart, false))).toEqual([BINARY]);
  expect(scales(themed(chart, true))).toEqual([DARK_BINARY]);
});

test("true and false are numbers with names", () => {
  const [trace] = nameBinaries(chartOf([amounts([[true, false, null]])])).data;
  expect(trace).toMatchObject({
    z: [[1, 0, null]],
    colorbar: { ticktext: ["false", "true"] },
  });
});

test.each([
  ["amounts", amounts(PARTS)],
  ["ones alone", amounts([[1, 1, null]])],
  ["gray pictures", amounts(MASK, { colorscale: [] })],
  ["another range", amounts(MASK, { zmax: 2 })],
  ["lines", { type: "scatter", y: [0, 1] }],
])("%s keep their colors", (_, trace) => {
  const chart = chartOf([trace]);
  expect(nameBinaries(chart)).toBe(chart);
});

test("a slider over masks stays with two colors; one over a mask and amounts has none", () => {
  const frame = (z: number[][]): Frame => ({ data: [amounts(z)] });
  const { data, frames } = nameBinaries(chartOf([amounts(MASK)], [frame(MASK), frame([[0, 0]])]));
  expect({ ...data[0], ...frames![1]!.data[0] }).toMatchObject({
    z: [[0, 0]],
    zmin: -0.5,
    colorscale: BINARY,
    colorbar: { ticktext: ["0", "1"] },
  });
  const mixed = chartOf([amounts(MASK)], [frame(MASK), frame(PARTS)]);
  expect(nameBinaries(mixed)).toBe(mixed);
});

test("panels share a scale of masks, also where one panel is full", () => {
  const full = amounts([[1, 1]], { showscale: false });
  const { data } = nameBinaries(chartOf([amounts(MASK), full]));
  expect(scales({ data, layout: {} })).toEqual([BINARY, BINARY]);
  expect(data.map(({ showscale }) => showscale)).toEqual([undefined, false]);
});

test("beside amounts, a mask leaves the scale to them", () => {
  const { data } = nameBinaries(chartOf([amounts(MASK), amounts(PARTS, { showscale: false })]));
  expect(scales({ data, layout: {} })).toEqual([BINARY, "Viridis"]);
  expect(data.map(({ showscale }) => showscale)).toEqual([false, true]);
});
