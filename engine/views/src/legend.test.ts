import { expect, test } from "vitest";
import type { Chart, Layout, Trace } from "./chart";
import { legendAbove, namedAtEnds } from "./legend";

test("a legend of panels stands above them, at their left edge", () => {
  const legend = { orientation: "h", yref: "container", yanchor: "bottom", y: 0.01, x: 0 };
  const layout: Layout = {
    height: 340,
    margin: { l: 60, r: 20, t: 40, b: 80 },
    ...{ legend, showlegend: true },
  };
  const data = [{ name: "gelu" }, { name: "silu" }];
  const above = legendAbove({ data, layout }, 640).layout;
  expect(above.legend).toMatchObject({ x: 0, xanchor: "left", y: 1, yanchor: "top" });
  expect(above).toMatchObject({ height: 338, margin: { t: 68, b: 50 } });
  const many = Array.from({ length: 9 }, (_, i) => ({ name: `a longer name ${i}` }));
  expect(legendAbove({ data: many, layout }, 640).layout.margin).toMatchObject({ t: 108 });
  // a name that doesn't fit beside the one before begins a row
  const names = ["network", "one normal distribution", "memory", "silent"];
  const flow = { data: names.map((name) => ({ name })), layout };
  expect(legendAbove(flow, 315).layout.margin).toMatchObject({ t: 108 });
  const own = { data, layout: { ...layout, legend: { orientation: "h", y: 1 } } };
  expect(legendAbove(own, 640)).toBe(own);
});

const ROOM = { width: 560, height: 300 };
const line = (name: string, end: number, more: Trace = {}): Trace => ({
  type: "scatter",
  mode: "lines",
  name,
  x: [0, 10],
  y: [1, end],
  line: { color: "#d55e00" },
  ...more,
});
const plot = (data: Trace[], more: Layout = {}): Chart => ({
  data,
  layout: {
    ...{ showlegend: true, meta: { caption: "Two runs." }, height: 360 },
    ...{ xaxis: {}, yaxis: {}, margin: { l: 60, r: 20, t: 36, b: 50 }, ...more },
  },
});

test("lines that end apart have their names at their ends instead of a legend", () => {
  const { layout } = namedAtEnds(plot([line("loss", 0), line("chance", 2)]), ROOM);
  expect(layout).toMatchObject({ showlegend: false, height: 344, margin: { t: 20, r: 63 } });
  expect((layout.xaxis as Layout).range).toEqual([-0.2, 10.2]);
  expect(layout.annotations).toMatchObject([
    { text: "loss", x: 10, y: 0, font: { color: "#b34f00" } },
    { text: "chance", x: 10, y: 2 },
  ]);
});

test("a few lines that end together are named if a reader can tell them apart there", () => {
  const together = (count: number) =>
    Array.from({ length: count }, (_, i) => line(`run ${i}`, 2, { y: [i, 2] }));
  const named = plot(together(4));
  expect(namedAtEnds(named, ROOM).layout).toMatchObject({ showlegend: false });
  const five = plot(together(5));
  expect(namedAtEnds(five, ROOM)).toBe(five);
  expect(namedAtEnds(named, { ...ROOM, height: 60 })).toBe(named);
});

test("a name of two lines takes the room of both", () => {
  const named = namedAtEnds(plot([line("loss", 0), line("nearest along the chain", 2)]), ROOM);
  expect(named.layout.annotations).toMatchObject([
    { text: "loss" },
    { text: "nearest along<br>the chain" },
  ]);
});

test("other series keep their legend", () => {
  const two = (other: Trace) => [line("loss", 0), other];
  const kept: [string, Chart][] = [
    ["one line on the other", plot(two(line("chance", 0.005)))],
    ["ends earlier", plot(two(line("chance", 2, { x: [0, 5] })))],
    ["points", plot(two(line("chance", 2, { mode: "markers" })))],
    ["bars", plot(two({ type: "bar", name: "chance", x: [1, 2], y: [1, 2] }))],
    ["a long name", plot(two(line("a name of so many letters that it needs three", 2)))],
    ["inside a control", plot(two(line("chance", 2)), { meta: {} })],
    ["panels", plot(two(line("chance", 2)), { meta: { caption: "Two.", panels: { count: 2 } } })],
  ];
  for (const [why, chart] of kept) expect(namedAtEnds(chart, ROOM), why).toBe(chart);
  const whole = plot(two(line("chance", 2)));
  expect(namedAtEnds(whole, { ...ROOM, width: 300 })).toBe(whole);
});
