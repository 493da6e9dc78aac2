import { expect, test } from "vitest";
import type { Chart, Layout } from "./chart";
import { apartAtEnds, spread } from "./lineEnds";

test("heights are as far apart as asked, around the middle of what they want and inside", () => {
  expect(spread([10, 100, 12], [20, 20, 20], [0, 200])).toEqual([1, 100, 21]);
  expect(spread([0, 0, 0], [20, 20, 20], [0, 200])).toEqual([0, 20, 40]);
  expect(spread([198, 199], [20, 20], [0, 200])).toEqual([180, 200]);
});

const ROOM = { width: 400, height: 300 };
const SIZE = 20;

/** Lines from the left to where each ends, with a name there. */
function named(ends: { name: string; x: number; y: number }[], more: Layout = {}): Chart {
  const data = ends.map(({ name, x, y }) => ({ type: "scatter", name, x: [0, x], y: [0, y] }));
  const annotations = ends.map(({ name, x, y }) => ({
    text: name.replace("&", "&amp;"),
    ...{ x, y, xanchor: "left", yanchor: "middle", xshift: 8, yshift: 0, showarrow: false },
    font: { size: SIZE, color: "#0072b2" },
  }));
  const axes = { xaxis: { range: [0, 10] }, yaxis: { range: [0, 3] } };
  const layout = { ...axes, showlegend: false, margin: { l: 60, r: 90, t: 20, b: 50 } };
  return { data, layout: { ...layout, annotations, ...more } };
}

/** The middles of all names in pixels from the plot's bottom. */
function heights({ layout }: Chart): number[] {
  const notes = layout.annotations as { y: number; yshift: number; ay?: number }[];
  return notes.map(({ y, yshift, ay = 0 }) => 100 * y + yshift - ay);
}

test("names of lines that end together stand apart, with leaders and room for them", () => {
  const ends = ["T5 & co", "ALiBi", "RoPE"].map((name, i) => ({ name, x: 10, y: 1 + i / 50 }));
  const chart = apartAtEnds(named(ends), ROOM);
  const [low, middle, high] = heights(chart) as [number, number, number];
  expect([middle - low, high - middle]).toEqual([29, 29].map((n) => expect.closeTo(n, 6)));
  const notes = chart.layout.annotations as Layout[];
  expect(notes.every(({ showarrow }) => showarrow)).toBe(true);
  expect(chart.layout.margin).toMatchObject({ r: 104 });
});

test("names of lines that end at one place stand in the order in which the lines arrive", () => {
  const chart = named(["from below", "from above"].map((name) => ({ name, x: 10, y: 1 })));
  const from = (start: number) => ({ y: [start, 1] });
  const data = chart.data.map((trace, i) => ({ ...trace, ...from(2 * i) }));
  const [below, above] = heights(apartAtEnds({ ...chart, data }, ROOM)) as [number, number];
  expect(above - below).toBeCloseTo(29, 6);
});

test("names of two lines stand apart as such", () => {
  const chart = named([1, 1.1].map((y, i) => ({ name: `name ${i}`, x: 10, y })));
  const notes = (chart.layout.annotations as Layout[]).map((note) => {
    return { ...note, text: String(note.text).replace(" ", "<br>") };
  });
  const { layout } = apartAtEnds(
    { ...chart, layout: { ...chart.layout, annotations: notes } },
    ROOM,
  );
  expect((layout.annotations as Layout[])[0]!.text).toBe("name<br>0");
  const [low, high] = heights({ ...chart, layout }) as [number, number];
  expect(high - low).toBeCloseTo(58, 6);
});

test("names that are apart stay at their lines", () => {
  const chart = named([1, 2].map((y) => ({ name: `y = ${y}`, x: 10, y })));
  expect(heights(apartAtEnds(chart, ROOM))).toEqual([100, 200]);
  expect(apartAtEnds(chart, ROOM).layout.margin).toEqual(chart.layout.margin);
});

test("the name of a line that ends early keeps off the other lines", () => {
  const ends = [
    { name: "long", x: 10, y: 1 },
    { name: "short", x: 2, y: 0.2 },
  ];
  const [, short] = heights(apartAtEnds(named(ends), ROOM)) as [number, number];
  // the long line is between 20 and 45 pixels high beside the name
  expect(Math.abs(short - 32)).toBeGreaterThan(12 + SIZE / 2);
});

/** The left ends of names in pixels from the plot's left edge. */
function starts({ layout }: Chart): number[] {
  const notes = layout.annotations as { x: number; xshift: number; ax?: number }[];
  return notes.map(({ x, xshift, ax = 0 }) => 40 * x + xshift + ax);
}

test("names of lines that end shortly before the others stand in their column, apart", () => {
  const ends = [
    { name: "61 k", x: 9.6, y: 1 },
    { name: "17 k", x: 9.8, y: 0.98 },
    { name: "28 k", x: 10, y: 0.96 },
  ];
  const chart = apartAtEnds(named(ends), ROOM);
  const [first, second, third] = heights(chart) as [number, number, number];
  expect([first - second, second - third]).toEqual([29, 29].map((n) => expect.closeTo(n, 6)));
  expect(new Set(starts(chart).map(Math.round)).size).toBe(1);
});

test("the name of a line keeps off dots that a line was fitted to, which are no line", () => {
  const chart = named([
    { name: "fit", x: 4, y: 1 },
    { name: "other", x: 5, y: 2.8 },
  ]);
  const dots = { type: "scatter", mode: "markers", name: "fit", x: [1, 4.5, 9], y: [3, 1, 3] };
  const [height] = heights(apartAtEnds({ ...chart, data: [dots, ...chart.data] }, ROOM));
  expect(Math.abs(height! - 100)).toBeGreaterThan(SIZE / 2);
  expect(Math.abs(height! - 100)).toBeLessThan(2 * SIZE);
});

test("in a narrow figure names break between words, and the margin is as wide as they are", () => {
  const chart = named([{ name: "counting pairs", x: 10, y: 1 }], { width: 358 });
  const { layout } = apartAtEnds(chart, ROOM);
  expect((layout.annotations as Layout[])[0]!.text).toBe("counting<br>pairs");
  const wide = named([{ name: "counting pairs", x: 10, y: 1 }], { width: 700 });
  expect((apartAtEnds(wide, ROOM).layout.annotations as Layout[])[0]!.text).toBe("counting pairs");
});

test("charts without such names stay as they are", () => {
  const chart = named([{ name: "a", x: 10, y: 1 }]);
  const legend = { ...chart, layout: { ...chart.layout, showlegend: true } };
  const other = { ...chart, layout: { ...chart.layout, annotations: [{ text: "a note" }] } };
  for (const one of [legend, other]) expect(apartAtEnds(one, ROOM)).toBe(one);
});

test("a name at a line that ends on the axis has its letters above the axis", () => {
  const ends = [
    { name: "at the end", x: 10, y: 0 },
    { name: "early", x: 3, y: 0 },
  ];
  const [last, early] = heights(apartAtEnds(named(ends), ROOM)) as [number, number];
  expect(last - SIZE / 2).toBe(4);
  expect(early - SIZE / 2).toBeGreaterThanOrEqual(4);
  const inTwoLines = named([{ name: "counting pairs", x: 10, y: 0 }], { width: 358 });
  const [middle] = heights(apartAtEnds(inTwoLines, ROOM));
  expect(middle! - (1 + 1.45) * (SIZE / 2)).toBeCloseTo(4, 6);
});
