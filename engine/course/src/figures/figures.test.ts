import { expect, test } from "vitest";
import { displayed } from "../output.testing";
import { show } from "../show";
import { panels } from "./panels";
import { slider } from "./slider";
import { table, tokens } from "./html";
import { heatmap, images } from "./matrix";
import { bars } from "./bars";
import { lanes, lines, points } from "./series";
import type { Layout, PlotFigure } from "./figure";

const xaxis = (f: { layout: Layout }) => f.layout.xaxis as Layout;
const yaxis = (f: { layout: Layout }) => f.layout.yaxis as Layout;

test("lines count from 0, from 1 on a logarithmic axis, and differ by more than color", () => {
  expect(lines([{ name: "a", y: [5, 6] }]).data[0]!.x).toEqual([0, 1]);
  expect(lines([{ name: "a", y: [5, 6] }], { logX: true }).data[0]!.x).toEqual([1, 2]);
  const drawn = lines(["a", "b", "c", "d"].map((name) => ({ name, y: [1, 2] }))).data.map(
    (t) => t.line as { color: string; dash: string },
  );
  expect(new Set(drawn.map((l) => l.color)).size).toBe(4);
  expect(new Set(drawn.map((l) => l.dash)).size).toBe(4);
  const base = { name: "base", y: [1], dash: true };
  const beside = lines([base, base, { name: "a", y: [1] }, { name: "b", y: [1] }]).data;
  expect(beside.map((t) => (t.line as { dash: string }).dash)).toEqual([
    "dash",
    "dash",
    "solid",
    "dot",
  ]);
});

test("equal units make circles round, also in panels", () => {
  const line = [{ name: "a", x: [-1, 1], y: [0, 0] }];
  const round = lines(line, { equal: true, yRange: [-2, 2] });
  expect(round.layout.xaxis).toMatchObject({ constrain: "domain", range: [-2, 2] });
  expect(round.layout.yaxis).toMatchObject({ scaleanchor: "x", range: [-2, 2] });
  const figure = { title: "one", figure: round };
  expect(panels([figure, figure]).layout.yaxis2).toMatchObject({ scaleanchor: "x2" });
  expect(lines([{ name: "a", y: [1] }]).layout.yaxis).not.toHaveProperty("scaleanchor");
});

test("a logarithmic axis names several values, also where it holds one power of ten", () => {
  const time = lines([{ name: "time", x: [128, 2048], y: [0.003, 0.2] }], {
    logX: true,
    logY: true,
  });
  expect([xaxis(time), yaxis(time)]).toMatchObject([
    { type: "log", dtick: "D2", tickformat: ",~r" },
    { type: "log", dtick: "D2" },
  ]);
  expect(xaxis(lines([{ name: "time", x: [10, 1000], y: [1, 2] }], { logX: true }))).toMatchObject({
    type: "log",
    dtick: 1,
  });
  expect(yaxis(lines([{ name: "time", y: [3, 4] }], { logY: true })).dtick).toBeUndefined();
  expect(
    yaxis(lines([{ name: "time", y: [3, 4] }], { logY: true, yRange: [1, 1e6] })),
  ).toMatchObject({ dtick: 1, range: [0, 6] });
});

test("lanes stand on base lines of their own, from the top down, named there", () => {
  const { data, layout } = lanes([
    { name: "a", y: [4, 0] },
    { name: "b", x: [10, 20], y: [1, 2] },
  ]);
  expect(data).toMatchObject([
    { type: "bar", x: [0, 1], y: [4, 0], base: 5, customdata: [4, 0] },
    { x: [10, 20], y: [1, 2], base: 0 },
  ]);
  expect(layout).toMatchObject({
    showlegend: false,
    barmode: "overlay",
    yaxis: { tickvals: [5, 0], ticktext: ["a", "b"] },
  });
  expect(lanes([{ name: "nothing", y: [0] }]).layout.yaxis).toMatchObject({ tickvals: [0] });
  expect(() => lanes([{ name: "a", y: [1, -2] }])).toThrow('lanes: "a" holds -2');
  expect(() => lanes([{ name: "a", x: [1], y: [1, 2] }])).toThrow('x of "a"');
});

test("bad series get one sentence", () => {
  expect(() => lines([])).toThrow("lines: expected at least one entry in series, got none");
  expect(() => lines([{ name: "loss", y: [] }])).toThrow(
    'lines: expected at least one entry in "loss", got none',
  );
  expect(() => lines([{ name: "loss", y: [1, NaN] }])).toThrow(
    'lines: "loss" holds NaN at index 1',
  );
  expect(() => lines([{ name: "loss", y: [1, 0] }], { logY: true })).toThrow(
    "a logarithmic axis shows positive numbers only",
  );
  expect(() => lines([{ name: "loss", x: [1], y: [1, 2] }])).toThrow(
    'lines: expected as many entries in x of "loss" as in y, got 1 and 2',
  );
  expect(() => lines([{ name: "loss", y: [[1]] as never }])).toThrow(
    "read a tensor with await t.array()",
  );
  expect(() => points([{ name: "p", x: [1], y: [1], text: [] }])).toThrow('text of "p"');
  expect(() => bars(["a"], [{ name: "n", y: [1, 2] }])).toThrow(
    'bars: expected as many entries in "n" as in labels, got 2 and 1',
  );
});

test("categories that are amounts get shades of one color beside gray", () => {
  const names = ["neither", "one", "both"];
  const figure = heatmap([[0, 1, 2]], { categories: names, gray: "neither", ordered: true });
  const scale = figure.data[0]!.colorscale as [number, string][];
  expect(scale.map(([, color]) => color)).toEqual(
    ["#dcdcdc", "#7db8da", "#0f5291"].flatMap((color) => [color, color]),
  );
});

test("marked bars keep their color and the others get a quiet one", () => {
  const series = [{ name: "found", y: [1, 2] }];
  const colors = (marked: string[]) =>
    (bars(["left", "both"], series, { marked }).data[0]!.marker as { color: unknown }).color;
  expect(colors(["both"])).toEqual(["#a9b7c4", "#0072b2"]);
  expect(() => colors(["right"])).toThrow(
    'bars: expected marked to hold labels of bars, got "right"',
  );
  expect(() => bars(["left", "both"], [...series, ...series], { marked: ["both"] })).toThrow(
    "bars: expected one series with marked, got several",
  );
});

test("bars show ranges, and a line across all of them what they are compared with", () => {
  const ranges = [{ name: "range", from: [2, 7], y: [24, 10] }];
  const { data } = bars(["4", "7"], ranges, { level: { name: "truth", y: 9 } });
  expect(data[0]).toMatchObject({ base: [2, 7], y: [22, 3], marker: { color: "#a9b7c4" } });
  expect(data[1]).toMatchObject({ mode: "lines", name: "truth", x: [-0.5, 1.5], y: [9, 9] });
  expect(() => bars(["4"], [{ name: "range", from: [], y: [24] }])).toThrow('from of "range"');
});

test("bars may have the same label twice", () => {
  const figure = bars(["the", "cat", "the"], [{ name: "count", y: [1, 2, 3] }]);
  expect(figure.data[0]!.x).toEqual([0, 1, 2]);
  expect(xaxis(figure).ticktext).toEqual(["the", "cat", "the"]);
});

test("bars take a range, and keep it beside a heatmap, whose rows count downwards", () => {
  const shares = bars(["a", "b"], [{ name: "share", y: [0.2, 0.8] }], { yRange: [0, 1] });
  expect(yaxis(shares).range).toEqual([0, 1]);
  const { layout } = panels([
    {
      title: "pixels",
      figure: heatmap([
        [1, 2],
        [3, 4],
      ]),
    },
    { title: "shares", figure: shares },
  ]);
  expect(layout.yaxis2).toMatchObject({ range: [0, 1] });
  expect(layout.yaxis2).not.toHaveProperty("matches");
});

test("heatmap: the first row on top, infinite entries blank, one scale", () => {
  const figure = heatmap([
    [1, -Infinity],
    [3, 4],
  ]);
  expect(figure.data[0]).toMatchObject({
    z: [
      [1, null],
      [3, 4],
    ],
    zmin: 1,
    zmax: 4,
  });
  expect(yaxis(figure).autorange).toBe("reversed");
  expect(heatmap([[-1, 3]], { diverging: true }).data[0]).toMatchObject({ zmin: -3, zmax: 3 });
  expect(() => heatmap([[1, 2], [3]])).toThrow(
    "heatmap: expected rows of 2 numbers in the matrix as in its first row, got 1 in row 1",
  );
  expect(() => heatmap([[1, NaN]])).toThrow("heatmap: the matrix holds NaN at [0, 1]");
  expect(() => heatmap([])).toThrow("at least one entry in the matrix");
  expect(() => heatmap([[1]], { xLabels: ["a", "b"] })).toThrow(
    "heatmap: expected as many entries in xLabels as in a row, got 2 and 1",
  );
});

test("images: one canvas with blank pixels between the pictures", () => {
  const z = images([[[1, 2]], [[3, 4]], [[5, 6]]], { columns: 2 }).data[0]!.z as (
    number | null
  )[][];
  expect(z).toEqual([
    [1, 2, null, 3, 4],
    [null, null, null, null, null],
    [5, 6, null, null, null],
  ]);
  expect(() => images([[[1]], [[1, 2]]])).toThrow(
    "images: expected pictures of one size, got 1 × 1 and, at index 1, 1 × 2",
  );
});

test("a row of small pictures leaves room for the labels of the row above it", () => {
  const digit = Array.from({ length: 8 }, () => Array<number>(8).fill(1));
  const labels = Array<string>(20).fill("7");
  const { z } = images(Array<number[][]>(20).fill(digit), { labels, columns: 10 }).data[0]!;
  const rows = z as (number | null)[][];
  const between = rows.findIndex((row, i) => i > 8 && row[0] !== null) - digit.length;
  const pixelSize = 560 / rows[0]!.length;
  expect(between * pixelSize).toBeGreaterThanOrEqual(16); // 11 px of text and its margins
});

test("labels break between words where they are wider than their pictures", () => {
  const picture = Array.from({ length: 32 }, () => Array<number>(32).fill(1));
  const labels = ["woman firefighter", "fox", ...Array<string>(14).fill("house with garden")];
  const sheet = images(Array<number[][]>(16).fill(picture), { labels });
  const texts = (sheet.layout.annotations as { text: string }[]).map(({ text }) => text);
  expect(texts.slice(0, 3)).toEqual(["woman<br>firefighter", "fox", "house with<br>garden"]);
  const rows = sheet.data[0]!.z as (number | null)[][];
  const between = rows.findIndex((row, i) => i > 32 && row[0] !== null) - picture.length;
  expect((between * 560) / rows[0]!.length).toBeGreaterThanOrEqual(2 * 16);
});

test("a row of pictures without labels has no room for them below it", () => {
  const height = (labels: string[]) => {
    const { z } = images(Array<number[][]>(4).fill([[1, 2], [3, 4]]), { labels, columns: 2 }).data[0]!; // prettier-ignore
    return (z as unknown[]).length;
  };
  expect(height(["", "", "", ""])).toBe(2 + 1 + 2);
  expect(height(["a", "b", "", ""])).toBeLessThan(height(["a", "b", "c", "d"]));
});

test("rows of pictures have their names at the left, in the middle of the row", () => {
  const four = [[[1, 2], [3, 4]], [[1, 2], [3, 4]], [[0, 1], [2, 3]], [[0, 1], [2, 3]]]; // prettier-ignore
  const { layout } = images(four, { columns: 2, rows: ["before", "after"] });
  const notes = layout.annotations as { text: string; x: number; y: number; xanchor: string }[];
  expect(notes.map(({ text, x, y, xanchor }) => [text, x, y, xanchor])).toEqual([
    ["before", -0.5, 0.5, "right"],
    ["after", -0.5, 3.5, "right"],
  ]);
  expect((layout.margin as { l: number }).l).toBeGreaterThan(50);
  expect(() => images(four, { columns: 2, rows: ["one"] })).toThrow(
    "a name for each of 2 rows, got 1",
  );
});

test("each picture has a thin line around it", () => {
  const [, frames] = images([[[1, 2]], [[3, 4]]]).data as { x: number[]; y: number[] }[];
  expect(frames!.x).toEqual([-0.5, 1.5, 1.5, -0.5, -0.5, null, 2.5, 4.5, 4.5, 2.5, 2.5, null]);
  expect(frames!.y.slice(0, 5)).toEqual([-0.5, -0.5, 0.5, 0.5, -0.5]);
});

test("panels: matrices in the same colors share a scale, which stands beside the last of them", () => {
  const share = bars(["a"], [{ name: "n", y: [1] }]);
  const { data, layout } = panels([
    { title: "one", figure: heatmap([[0, 1]]) },
    { title: "two", figure: heatmap([[2, 9]]) },
    { title: "bars", figure: share },
    { title: "gray", figure: images([[[50, 60]]]) },
  ]);
  const [one, two, , gray] = data as {
    zmin: number;
    zmax: number;
    showscale?: boolean;
    colorbar: { x: number; len: number };
  }[];
  expect([one, two].map((t) => [t!.zmin, t!.zmax, t!.showscale])).toEqual([
    [0, 9, false],
    [0, 9, undefined],
  ]);
  expect([gray!.zmin, gray!.zmax]).toEqual([50, 60]);
  const [, right] = (layout.xaxis2 as { domain: number[] }).domain;
  expect(two!.colorbar.x).toBeCloseTo(right! + 0.005);
  const alone = panels([{ title: "one", figure: heatmap([[0, 1]]) }]).data[0]!;
  expect(alone.colorbar).not.toHaveProperty("x");
});

test("names stand at the ends of lines, apart where lines end together", () => {
  const series = ["GPT-2 & co", "b", "c"].map((name, i) => ({
    name,
    x: [1, 100],
    y: [1, 5 + i / 9],
  }));
  const { layout } = lines(series, { logX: true, atEnds: true });
  const notes = layout.annotations as { text: string; x: number; y: number; yshift: number }[];
  expect(layout.showlegend).toBe(false);
  expect(notes.map(({ text }) => text)).toEqual(["GPT-2 &amp; co", "b", "c"]);
  expect(notes.map(({ x }) => x)).toEqual([2, 2, 2]);
  const pixel = 290 / (5 + 2 / 9 - 1);
  const heights = notes.map(({ y, yshift }) => y * pixel + yshift);
  expect(heights[1]! - heights[0]!).toBeGreaterThanOrEqual(14);
  expect(heights[2]! - heights[1]!).toBeGreaterThanOrEqual(14);
});

test("series with an order get darker in one hue, baselines gray, and stars have no name", () => {
  const valley = { x: [1, 2, 3], y: [3, 1, 2] };
  const { data, layout } = lines(
    [
      { name: "small", ...valley, dots: { x: [0, 4], y: [6, 5] } },
      { name: "large", ...valley },
      { name: "counts", x: [1, 3], y: [2, 2], dash: true },
      { name: "lowest", x: [2], y: [1], stars: true },
    ],
    { ramp: true, atEnds: true },
  );
  const colors = data.map(({ line }) => (line as { color: string } | undefined)?.color);
  expect(colors).toEqual([undefined, "#5cb85c", "#440154", "#6b6b6b", "#d55e00"]);
  expect(data[0]).toMatchObject({ mode: "markers", marker: { color: "#5cb85c" } });
  expect(data[2]!.line).toMatchObject({ dash: "solid" });
  expect(data[4]!.marker).toMatchObject({ symbol: "star" });
  const notes = layout.annotations as { text: string; font: { color: string } }[];
  expect(notes.map(({ text }) => text)).toEqual(["small", "large", "counts"]);
  expect(notes[0]!.font.color).toBe("#222222"); // the palest shade can't be read
  expect((layout.xaxis as { range: number[] }).range[1]).toBeGreaterThan(4); // the dots are inside
});

test("measured points that have a name are marks in the legend, in the color of their line", () => {
  const dots = { x: [1, 2], y: [3, 2], name: "measured" };
  const { data, layout } = lines([{ name: "law", x: [1, 2, 3], y: [3, 2, 1], dash: true, dots }]);
  expect(data[0]).toMatchObject({ mode: "markers", name: "measured", showlegend: true });
  expect((data[0]!.marker as { color: string }).color).toBe(
    (data[1]!.line as { color: string }).color,
  );
  expect(layout.showlegend).toBe(true);
});

test("columns that stand for steps are counted in steps, and each panel's rows have numbers", () => {
  const load = Array.from({ length: 8 }, () => Array.from({ length: 16 }, () => 0.1));
  const figure = heatmap(load, { x: "step", y: "expert", xStep: 100 });
  expect(figure.data[0]).toMatchObject({ x0: 100, dx: 100 });
  expect(figure.layout.yaxis).not.toHaveProperty("scaleanchor");
  const three = panels(["a", "b", "c"].map((title) => ({ title, figure })));
  expect(three.layout.yaxis).toMatchObject({ dtick: 1 });
});

test("under the pointer stand words of both sides and three digits", () => {
  const [trace] = heatmap([[1e-4, 1]], {
    x: "key",
    y: "query",
    xLabels: ["<s>", "it"],
    yLabels: ["a"],
  }).data;
  expect((trace!.text as string[][])[0]).toEqual([
    "query: a<br>key: &lt;s>",
    "query: a<br>key: it",
  ]);
  expect(trace!.hovertemplate).toBe("%{text}<br>%{z:.3~g}<extra></extra>");
});

test("a path goes over a matrix and leaves its axes as they are", () => {
  const rows = [
    [1, 2, 3],
    [4, 5, 6],
  ];
  const triangle = {
    name: "k = 2",
    cells: [
      [0, 1],
      [0, 2],
      [1, 1],
      [0, 1],
    ] as [number, number][],
  };
  const { data, layout } = heatmap(rows, { paths: [triangle] });
  expect(data.map((t) => [t.type, t.x, t.y])).toEqual([
    ["heatmap", undefined, undefined],
    ["scatter", [1, 2, 1, 1], [0, 0, 1, 0]],
    ["scatter", [1, 2, 1, 1], [0, 0, 1, 0]],
  ]);
  expect([(layout.xaxis as Layout).range, (layout.yaxis as Layout).range]).toEqual([
    [-0.5, 2.5],
    [1.5, -0.5],
  ]);
  const outside = { name: "out", cells: [[2, 0]] as [number, number][] };
  expect(() => heatmap(rows, { paths: [outside] })).toThrow('"out" within 2 rows and 3 columns');
  const beside = panels([{ title: "map", figure: heatmap(rows, { paths: [triangle] }) }]).data;
  expect(beside.map((t) => t.showlegend)).toEqual([undefined, false, true]);
});

test("lines of one legend have colors of their own, and the same name the same color", () => {
  const of = (...names: string[]) => ({
    title: names.join(),
    figure: lines(names.map((name) => ({ name, y: [1, 2] }))),
  });
  const colors = (figure: PlotFigure) =>
    figure.data.map((t) => (t.line as { color: string }).color);
  const [a, b, c, d, bAgain] = colors(panels([of("a", "b"), of("c", "d", "b")]));
  expect(new Set([a, b, c, d]).size).toBe(4);
  expect(bAgain).toBe(b);
  const many = [of("a", "b", "c", "d"), of("e", "f", "g", "h")];
  expect(new Set(colors(panels(many))).size).toBe(4); // there are seven colors
});

test("panels share their scales and their legend", () => {
  const figure = panels(
    ["a", "b"].map((title) => ({
      title,
      figure: lines([
        { name: "x", y: [1, 2] },
        { name: "y", y: [2, 3] },
      ]),
    })),
  );
  expect(figure.layout.xaxis2).toMatchObject({ matches: "x", anchor: "y2" });
  expect(figure.data.map((t) => t.showlegend)).toEqual([true, true, false, false]);
  const maps = panels([
    { title: "a", figure: heatmap([[0, 1]]) },
    { title: "b", figure: heatmap([[5, 9]]) },
  ]);
  expect(maps.data.map((t) => [t.zmin, t.zmax])).toEqual([
    [0, 9],
    [0, 9],
  ]);
  expect(() => panels([{ title: "t", figure: table(["a"], []) }])).toThrow(
    'panels: expected "t" to be a plot',
  );
});

test("frames of a slider bring their own labels where those differ", () => {
  const layouts = (figure: { frames?: { layout?: unknown }[] }) =>
    figure.frames!.map((f) => f.layout);
  const words = slider("text", ["a b", "c d"], (text) =>
    heatmap([[1, 2]], { xLabels: String(text).split(" ") }),
  );
  expect(layouts(words)).toEqual([
    { xaxis: { tickvals: [0, 1], ticktext: ["a", "b"] } },
    { xaxis: { tickvals: [0, 1], ticktext: ["c", "d"] } },
  ]);
  expect(
    layouts(slider("T", [1, 2], (v) => heatmap([[Number(v), 2]], { xLabels: ["a", "b"] }))),
  ).toEqual([undefined, undefined]);
  const titles = slider("T", [1, 2], (v) =>
    panels([{ title: `T = ${v}`, figure: lines([{ name: "a", y: [1, 2] }]) }]),
  );
  expect(
    layouts(titles).map((l) => (l as { annotations: { text: string }[] }).annotations[0]!.text),
  ).toEqual(["<b>T = 1</b>", "<b>T = 2</b>"]);
});

test("a slider has a frame for each value, on one scale", () => {
  const figure = slider("T", [1, 2, 3], (v) => lines([{ name: "a", y: [0, Number(v)] }]));
  expect(figure.frames!.map((f) => f.name)).toEqual(["0", "1", "2"]);
  const [low, high] = yaxis(figure).range as [number, number];
  expect(low).toBeLessThanOrEqual(0);
  expect(high).toBeGreaterThanOrEqual(3);
  expect(
    (figure.layout.sliders as { steps: { label: string }[] }[])[0]!.steps.map((s) => s.label),
  ).toEqual(["1", "2", "3"]);
  expect(() => slider("T", [], () => lines([]))).toThrow(
    "slider: expected at least one entry in values",
  );
  expect(() =>
    slider("T", [1, 2], (v) =>
      lines(Array.from({ length: Number(v) }, () => ({ name: "a", y: [1] }))),
    ),
  ).toThrow("expected 1 series in each frame as in the first, got 2 for 2");
});

test("a logarithmic axis has no more ticks than there is room for, and a slider keeps its range", () => {
  const over = (decades: number) => lines([{ name: "a", y: [1, 10 ** decades] }], { logY: true });
  expect([2, 9, 16, 36].map((decades) => yaxis(over(decades)).dtick)).toEqual([1, 1, 2, 4]);
  expect([2, 9].map((decades) => yaxis(over(decades)).exponentformat)).toEqual([
    undefined,
    "power",
  ]);
  const pair = panels([
    { title: "a", figure: over(3) },
    { title: "b", figure: over(20) },
  ]);
  expect([pair.layout.yaxis, pair.layout.yaxis2]).toMatchObject([
    { dtick: 3 },
    { dtick: 3, matches: "y", showticklabels: false },
  ]);
  const short = panels([
    { title: "a", figure: over(0.5) },
    { title: "b", figure: over(1.2) },
  ]);
  expect([short.layout.yaxis, short.layout.yaxis2]).toMatchObject([
    { dtick: "D2" },
    { dtick: "D2", matches: "y" },
  ]);
  const far = (top: number) =>
    panels(
      ["a", "b"].map((title) => ({
        title,
        figure: lines([{ name: "a", x: [1, top], y: [1, 2] }], { logX: true }),
      })),
    );
  const gap = (figure: PlotFigure) =>
    (figure.layout.xaxis2 as { domain: number[] }).domain[0]! -
    (xaxis(figure).domain as number[])[1]!;
  expect(
    gap(far(50)),
    "room for the last name of one panel and the first of the next",
  ).toBeGreaterThan(2 * gap(far(1000)));
  const moving = yaxis(slider("T", [-20, 1, 16], (v) => over(Number(v))));
  const [low, high] = moving.range as [number, number];
  expect(moving).toMatchObject({ type: "log", dtick: 4 });
  expect(low).toBeLessThan(-20);
  expect(high).toBeGreaterThan(16);
});

test("tables and tokens escape what they show", () => {
  expect(table(["<b>", "n"], [["&", 0.123456]]).html).toContain("&lt;b&gt;");
  expect(table(["<b>", "n"], [["&", 0.123456]]).html).toContain("0.123");
  expect(table(["n"], [[-0.123456], [-3]]).view!.rows).toEqual([["−0.123"], ["−3.000"]]);
  expect(table(["n"], [[0], ["0.010"], ["–"]]).view!.rows).toEqual([["0.000"], ["0.010"], ["–"]]);
  expect(table(["n"], [[0], ["0.01 m"]]).view!.rows).toEqual([["0"], ["0.01 m"]]);
  expect(table(["", "n"], [["row", 1]]).html).toMatch(/<thead><tr><td [^>]*><\/td><th scope="col"/);
  expect(() => table(["a"], [[1, 2]])).toThrow(
    "table: expected 1 cells in each row as in the head, got 2 in row 0",
  );
  const missing = [] as string[];
  expect(() =>
    table(
      ["a", "b"],
      [
        [1, 2],
        ["c", missing[0]!],
      ],
    ),
  ).toThrow("table: expected texts and numbers, got undefined in row 1");
  expect(tokens([{ text: "<x>\n", weight: 1, title: '"' }]).html).toMatch(
    /title="&quot;".*&lt;x&gt;⏎/,
  );
  expect(() => tokens([{ text: "a", weight: 2 }])).toThrow(
    "tokens: expected weights from 0 to 1, got 2 for piece 0",
  );
});

test("columns of numbers are aligned to the right, with units or without", () => {
  const head = ["kernel", "share", "time", "bytes", "shape", "left out"];
  const rows = [
    ["softmax", "5 %", "1.05 µs", 2.5e-7, "2 × 3", ""],
    ["layer norm", "28 %", "16.84 µs", 1e-8, "2 × 4", "3"],
  ];
  const { html, view } = table(head, rows);
  expect(view!.numeric).toEqual([false, true, true, true, false, true]);
  const aligned = [...html.matchAll(/text-align: (\w+)/g)].map(([, side]) => side);
  expect(aligned.slice(0, 6)).toEqual(["left", "right", "right", "right", "left", "right"]);
  expect(table(["empty"], [[""]]).view!.numeric).toEqual([false]);
  // texts with a full stop or commas between numbers, as a model writes them
  expect(
    table(
      ["texts", "more"],
      [
        ["63.", "63,73"],
        ["73.", "73,63"],
      ],
    ).view!.numeric,
  ).toEqual([false, false]);
  expect(table(["weights"], [["8,161"], ["1,234,567.5 B"]]).view!.numeric).toEqual([true]);
});

test("captions and titles of panels write powers of ten as tables do", async () => {
  const line = lines([{ name: "a", y: [1] }]);
  const [plot, text] = await displayed(() => {
    show("They differ by 3e-8.", panels([{ title: "2.9e+11 operations", figure: line }]));
    show("They differ by 3e-8.", table(["a"], [[1]]));
  });
  const { layout } = plot!.data["application/vnd.plotly.v1+json"] as PlotFigure;
  expect(layout.meta).toMatchObject({ caption: "They differ by 3\u00a0×\u00a010⁻⁸." });
  expect(JSON.stringify(layout.annotations)).toContain("<b>2.9\u00a0×\u00a010¹¹ operations</b>");
  expect(text!.data["text/html"]).toContain("They differ by 3\u00a0×\u00a010⁻⁸.");
});

test("letters stay together as words, and pieces without spaces break anywhere", () => {
  const lines = (texts: string[]) => {
    const { html } = tokens(texts.map((text) => ({ text })));
    return html.split("<wbr>").map((line) => line.replace(/<[^>]+>/g, "").replace(/\u00a0/g, "_"));
  };
  expect(lines([..."so wide\nas"])).toEqual(["so_", "wide⏎", "as"]);
  expect(lines(["The", " cat", " s", "at", "."])).toEqual(["The", "_cat", "_sat."]);
  expect(lines([..."ACGTACGTACGTACGTACGTA"])).toHaveLength(21);
});

test("a long sequence in a table wraps, and the columns beside it don't", () => {
  const { html } = table(["name", "bases"], [["λ", "GGGCGGCGACCTCGCGGGTTTTCGCTATTTATGAAAATTTTCC"]]);
  expect(html.match(/<td[^>]*>/g)![0]).not.toContain("anywhere");
  expect(html.match(/<td[^>]*>/g)![1]).toContain("overflow-wrap: anywhere");
});

test("a long word in a table wraps, such as an address", () => {
  const address = "https://example.org/a/folder/in/a/folder/page.html";
  const { html } = table(["name", "begins"], [["λ", `at ${address}`]]);
  const [name, begins] = html.match(/<td[^>]*>/g)!;
  expect(name).not.toContain("anywhere");
  expect(begins).toContain("min-width: 12em; overflow-wrap: anywhere");
  expect(begins).not.toContain("monospace");
});

test("show puts the caption into the figure, its metadata and its text", async () => {
  const [plot] = await displayed(() => {
    show("Loss < 1 falls.", lines([{ name: "a", y: [1] }]));
  });
  expect(plot!.data["text/plain"]).toBe("figure: Loss < 1 falls.");
  expect(plot!.data["application/vnd.plotly.v1+json"]).toMatchObject({
    layout: { meta: { caption: "Loss < 1 falls." }, title: { text: "Loss &lt; 1 falls." } },
    config: { displaylogo: false, responsive: false, showSendToCloud: false },
  });
  const [html] = await displayed(() => {
    show("A table.", table(["a"], [[1]]));
  });
  expect(html!.data["text/html"]).toMatch(/^<figure.*<figcaption.*A table\./);
  expect(() => {
    show("", lines([{ name: "a", y: [1] }]));
  }).toThrow("show: expected a caption");
  expect(() => {
    show("x", [] as never);
  }).toThrow("show: expected a figure");
});

test("a slider says what it sets, and starts where its caption speaks of", () => {
  const frame = (value: number | string) => lines([{ name: "a", y: [Number(value), 2] }]);
  const figure = slider("temperature", [1, 2, 3], frame, { start: 2 });
  expect(figure.layout.meta).toEqual({
    slider: { label: "temperature", values: ["1", "2", "3"], start: 1, room: 90 },
  });
  expect(figure.data).toEqual(figure.frames![1]!.data);
  expect(figure.layout).toMatchObject({ sliders: [{ active: 1 }] });
  expect(() => slider("t", [1], frame, { start: 7 })).toThrow(/start to be one of the values/);
});

test("cells of a matrix are squares, unless they would be too small to see", () => {
  const matrix = (rows: number, columns: number) =>
    heatmap(Array.from({ length: rows }, () => new Array<number>(columns).fill(1)));
  expect(matrix(4, 8).layout).toMatchObject({
    meta: { cells: { rows: 4, columns: 8 } },
    yaxis: { scaleanchor: "x", constrain: "domain" },
  });
  expect(matrix(2, 40).layout.meta).toBeUndefined();
});

test("numbers along narrow panels do not run into each other", () => {
  const map = (n: number) => heatmap(Array.from({ length: n }, () => new Array<number>(n).fill(1)));
  const three = (n: number) =>
    panels(["a", "b", "c"].map((title) => ({ title, figure: map(n) }))).layout.xaxis;
  expect(three(16)).toMatchObject({ nticks: 4 });
  expect(three(6)).toMatchObject({ dtick: 1 });
});

test("categories have a color each without a blend, and their names beside the scale and the pointer", () => {
  const figure = heatmap([[0, 2, Infinity]], { categories: ["oily", "ring", "gap"] });
  const [trace] = figure.data as {
    zmin: number;
    zmax: number;
    colorscale: [number, string][];
    text: string[][];
    colorbar: { ticktext: string[] };
  }[];
  expect([trace!.zmin, trace!.zmax]).toEqual([-0.5, 2.5]);
  const { colorscale, colorbar, text } = trace!;
  expect(colorscale.map(([at]) => at)).toEqual([0, 1 / 3, 1 / 3, 2 / 3, 2 / 3, 1]);
  for (let i = 0; i < 6; i += 2) expect(colorscale[i]![1]).toBe(colorscale[i + 1]![1]);
  expect(colorbar.ticktext).toEqual(["oily", "ring", "gap"]);
  expect(text[0]![1]).toBe("gap");
  expect(() => heatmap([[3]], { categories: ["a", "b", "c"] })).toThrow(
    "heatmap: expected whole numbers from 0 to 2, one per category, got 3",
  );
  const schedule = heatmap([[0, 1]], { categories: ["done", "waits"], gray: "done" });
  const colors = (schedule.data[0] as { colorscale: [number, string][] }).colorscale;
  expect(colors.map(([, color]) => color)).toEqual(["#dcdcdc", "#dcdcdc", "#0072b2", "#0072b2"]);
  expect(() => heatmap([[0, 1]], { categories: ["done", "waits"], gray: "over" })).toThrow(
    'heatmap: expected gray to be one of the categories, got "over"',
  );
});

test("an arrow has a head at its last point alone", () => {
  const [arrow] = lines([{ name: "a", x: [0, 1, 3], y: [0, 2, 1] }], { arrows: true }).data;
  expect(arrow).toMatchObject({
    mode: "lines+markers",
    line: { dash: "solid" },
    marker: { symbol: "arrow", angleref: "previous", size: [0, 0, 14] },
  });
});

test("a value and its error stay on one line of a table", () => {
  const { html } = table(["cost"], [["0.01 ± 0.02"], ["± 3"]]);
  expect(html).toContain(">0.01\u00a0±\u00a00.02<");
  expect(html).toContain(">± 3<");
});

test("a matrix of 0 and 1 has a key in words", () => {
  const mask = heatmap([[1, 0], [1, 1]], { x: "key", y: "query", binary: ["may not read", "may read"] }); // prettier-ignore
  const [trace] = mask.data as { colorbar: object; zmin: number; zmax: number; text: string[][] }[];
  expect(trace!.colorbar).toMatchObject({ ticktext: ["may not read", "may read"] });
  expect([trace!.zmin, trace!.zmax]).toEqual([-0.5, 1.5]);
  expect(trace!.text[0]![1]).toBe("may not read");
  expect(() => heatmap([[0.5]], { binary: ["no", "yes"] })).toThrow("whole numbers from 0 to 1");
});

test("a picture shown as its numbers is gray, framed, and keeps its scale", () => {
  const picture = heatmap([[0, 16]], { colors: "gray", scale: "ink" });
  expect(picture.data[0]!.colorscale).toEqual([[0, "#000000"], [1, "#ffffff"]]); // prettier-ignore
  expect(xaxis(picture).mirror).toBe(true);
  const pair = panels([
    { title: "a", figure: picture },
    { title: "b", figure: heatmap([[0], [16]], { colors: "gray" }) },
  ]);
  expect(pair.data.map(({ showscale }) => showscale)).toEqual([false, undefined]);
});

test("matrices of unlike sizes each have numbers along their axes, equal ones once", () => {
  const of = (rows: number) => ({ title: "t", figure: heatmap(Array.from({ length: rows }, () => [0, 1])) }); // prettier-ignore
  expect((panels([of(2), of(4)]).layout.yaxis2 as Layout).showticklabels).toBeUndefined();
  expect((panels([of(2), of(2)]).layout.yaxis2 as Layout).showticklabels).toBe(false);
});

test("labels stand beside the cells of a path, away from its middle", () => {
  const rows = Array.from({ length: 4 }, () => [0, 1, 2, 3]);
  const path = { name: "k", cells: [[0, 3], [0, 1]] as [number, number][], labels: ["ij", ""] }; // prettier-ignore
  const notes = heatmap(rows, { paths: [path] }).layout.annotations as Layout[];
  expect(notes).toMatchObject([{ text: "ij", x: 3, y: 0, xanchor: "left" }]);
  expect(() => heatmap(rows, { paths: [{ ...path, labels: ["ij"] }] })).toThrow("labels");
});

test("labels of paths that share a row keep off each other and off the marks", () => {
  const rows = Array.from({ length: 32 }, () => new Array<number>(32).fill(0));
  const triangle = (k: number) => ({
    name: `k = ${k}`,
    cells: [[8, 28], [8, k], [k, 28], [8, 28]] as [number, number][], // prettier-ignore
    labels: ["", "ik", "kj", ""],
  });
  const pair = { name: "ij", cells: [[8, 28]] as [number, number][], labels: ["ij"] };
  const paths = [triangle(9), triangle(22), triangle(6), pair];
  const notes = heatmap(rows, { paths }).layout.annotations as (Layout & {
    x: number;
    y: number;
  })[];
  const cell = 360 / 32;
  const boxes = notes.map(({ x, y, xshift, yshift }) => {
    const across = Math.sign(Number(xshift));
    const up = Math.sign(Number(yshift));
    return { x: cell * x + 17 * across, y: cell * y - 17 * up };
  });
  const marks = paths.flatMap(({ cells }) => cells.map(([y, x]) => ({ x: cell * x, y: cell * y })));
  const meets = (a: { x: number; y: number }, b: { x: number; y: number }, size: number) =>
    Math.abs(a.x - b.x) < size && Math.abs(a.y - b.y) < size;
  boxes.forEach((box, i) => {
    expect(boxes.slice(0, i).some((other) => meets(box, other, 12))).toBe(false);
    expect(marks.some((mark) => meets(box, mark, 8))).toBe(false);
  });
});

test("numbers in the names of bars and lines have a minus, not a hyphen", () => {
  const of = (figure: { layout: Layout }) => (figure.layout.xaxis as Layout).ticktext;
  expect(of(bars(["-1", "0.5", "GPT-2"], [{ name: "share", y: [1, 2, 3] }]))).toEqual([
    "−1",
    "0.5",
    "GPT-2",
  ]);
  expect(lines([{ name: "score -1", y: [1, 2] }]).data[0]!.name).toBe("score −1");
});

test("bars carry their values where decimals are asked for, upright where there are many", () => {
  const traceOf = (y: number[], decimals?: number) =>
    bars(y.map(String), [{ name: "gap", y }], { decimals }).data[0]!;
  expect(traceOf([0.004, -1.5], 2)).toMatchObject({
    texttemplate: ["0.00", "−1.50"],
    textangle: 0,
  });
  expect(traceOf([1, 2, 3, 4, 5, 6], 0)).toMatchObject({ textangle: -90 });
  expect(traceOf([1, 2])).not.toHaveProperty("texttemplate");
});

test("bands give numbers from a value on one color, and each cell its number", () => {
  const bands = [0, 10].map((from, i) => ({ name: `token ${i}`, from }));
  const { data } = heatmap([[0, 1], [10, 13]], { range: [0, 13], bands }); // prettier-ignore
  const { zmin, zmax, colorscale, colorbar, texttemplate } = data[0] as {
    [key: string]: unknown;
    colorscale: [number, string][];
  };
  expect([zmin, zmax, texttemplate]).toEqual([-0.5, 13.5, "%{z}"]);
  expect(colorscale.map(([at]) => at)).toEqual(
    [0, 10 / 14, 10 / 14, 1].map((n) => expect.closeTo(n, 9)),
  );
  expect(colorscale[0]![1]).toBe(colorscale[1]![1]);
  expect(colorscale[1]![1]).not.toBe(colorscale[2]![1]);
  expect(colorbar).toMatchObject({ ticktext: ["token 0", "token 1"], tickvals: [4.5, 11.5] });
});
