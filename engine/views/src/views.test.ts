import { expect, test } from "vitest";
import { panelsAcross } from "./across";
import { atFrame, readChart, type Chart, type Layout, axisName, panelAxis } from "./chart";
import { linesOf } from "./lines";
import { closeRows, fittedRows, namesThatFit } from "./matrixRows";
import { reflowPanels } from "./panels";
import { reflowSheet, sheetForSlide, withNameRoom } from "./sheet";
import { fittedMatrix, sizedForSlide, sizeOf } from "./size";
import { stepDuration } from "./slider";
import { unbroken, wrapLongWords } from "./parts";
import { sidewaysBars } from "./sidewaysBars";
import { spareRoom } from "./spareRoom";
import { themed } from "./theme";
import { withCellValues } from "./cellValues";
import { fittedScale } from "./colorScale";
import { fittedLetters, fittedTicks, shortNames, slideTicks } from "./tickLabels";

const line = { type: "scatter", x: [0, 1], y: [2, 3], line: { color: "#000000" } };
const map = { type: "heatmap", z: [[1, 2]] };
const chart = (layout: object = {}, data: object[] = [line]): Chart =>
  readChart({ data, layout: { height: 360, margin: { l: 60, r: 20, t: 20, b: 50 }, ...layout } })!;

/** Three panels in a row, their numbers beside the first one only. */
const three = (meta: object = { panels: { count: 3, columns: 3 } }) => {
  const at = (i: number) => (i === 0 ? "" : String(i + 1));
  const axes = [0, 1, 2].flatMap((i) => [
    [`xaxis${at(i)}`, { domain: [i / 3, i / 3 + 0.3], title: { text: "step" } }],
    [
      `yaxis${at(i)}`,
      { domain: [0, 1], ...(i > 0 ? { showticklabels: false } : { title: "nats" }) },
    ],
  ]);
  const annotations = [0, 1, 2].map((i) => ({
    name: `panel ${i}`,
    text: `<b>part ${i}</b>`,
    x: i,
  }));
  return chart({
    ...Object.fromEntries(axes),
    annotations: [...annotations, { text: "own" }],
    meta,
  });
};

test("pictures on a sheet stand without empty bands above and below, at each position of a slider", () => {
  const pixels = (rows: number) =>
    Array.from({ length: rows }, () => new Array<number>(80).fill(0));
  const sheet = (rows: number) => ({ ...map, z: pixels(rows) });
  const margin = { l: 10, r: 10, t: 12, b: 12 };
  const yaxis = { visible: false, scaleanchor: "x" };
  const hidden = { xaxis: { visible: false }, yaxis, height: 300, margin };
  const one = chart(hidden, [sheet(20)]);
  expect(sizeOf(one, 420)).toMatchObject({ width: 420, height: 400 / 4 + 24 });
  const moving = { ...one, frames: [{ data: [sheet(20)] }, { data: [sheet(40)] }] };
  expect(sizeOf(moving, 420).height).toBe(400 / 2 + 24);
  expect(sizeOf(chart(hidden, [sheet(200)]), 420)).toMatchObject({ width: 220, height: 300 });
  expect(sizeOf(chart({ height: 300, margin }, [sheet(20)]), 420).height).toBe(300);
});

test("a sheet that its height makes narrower than the column is as wide as its pictures", () => {
  const z = Array.from({ length: 100 }, () => new Array<number>(200).fill(0));
  const hidden = {
    xaxis: { visible: false },
    yaxis: { visible: false, scaleanchor: "x" },
    height: 224,
    margin: { l: 40, r: 10, t: 12, b: 12 },
  };
  const sheet = chart(hidden, [{ ...map, z }]);
  expect(sizeOf(sheet, 900)).toMatchObject({ width: 200 * 2 + 50, height: 224 });
  expect(sizeOf(sheet, 400)).toMatchObject({ width: 400, height: 350 / 2 + 24 });
  const two = { panels: { count: 2, columns: 2 } };
  const panels = chart({ ...hidden, meta: two }, [{ ...map, z }]);
  expect(sizeOf(panels, 900)).toMatchObject({ width: 900, height: 224 });
});

test("a slider that plays leaves time to read each step's sentence", () => {
  expect(stepDuration(4)).toBe(450);
  expect(stepDuration(60)).toBe(100);
  expect(stepDuration(4, ["", ""])).toBe(450);
  expect(stepDuration(4, ["", "Short."])).toBe(1500);
  expect(stepDuration(60, ["x".repeat(60)])).toBe(2700);
});

test("panels stand below each other where a column is narrow, each with its numbers", () => {
  const wide = three();
  expect(reflowPanels(wide, 900)).toBe(wide);
  const { layout } = reflowPanels(wide, 240);
  const y = (i: string) => layout[`yaxis${i}`] as { domain: number[]; title: string };
  const ends = ["3", "2", ""].flatMap((i) => y(i).domain);
  expect(ends).toEqual([...ends].sort((a, b) => a - b)); // from the bottom up, without overlaps
  expect(["", "2", "3"].map((i) => y(i).title)).toEqual(["nats", "nats", "nats"]);
  expect(layout.height).toBe(720); // a phone's screen
  const notes = layout.annotations as { x: number; y?: number; text: string }[];
  expect(notes.map(({ x }) => x)).toEqual([0.5, 0.5, 0.5, undefined]);
  const two = reflowPanels(wide, 470).layout.yaxis2 as { showticklabels: boolean };
  expect(two.showticklabels).toBe(false);
});

test("in a narrow column, rows of matrices have their scale above them and titles at the edges", () => {
  const at = (i: number) => (i === 0 ? "" : String(i + 1));
  const square = (i: number) => ({ scaleanchor: `x${at(i)}`, showticklabels: false });
  const axes = [0, 1, 2, 3].flatMap((i) => [
    [`xaxis${at(i)}`, { domain: [0, 1], showticklabels: false, title: { text: "is read" } }],
    [`yaxis${at(i)}`, { ...square(i), domain: [0, 1], ...(i ? {} : { title: { text: "asks" } }) }],
  ]);
  const annotations = [0, 1, 2, 3].map((i) => ({ name: `panel ${i}`, text: "<b>head</b>", x: 0 }));
  const data = [0, 1, 2, 3].map((i) => ({
    ...{ type: "heatmap", xaxis: `x${at(i)}`, yaxis: `y${at(i)}`, showscale: i === 3 },
    ...{ z: [new Array<number>(16).fill(1)], colorbar: { title: { text: "weight" } } },
  }));
  const meta = { panels: { count: 4, columns: 4 } };
  const wide = chart({ ...Object.fromEntries(axes), annotations, meta }, data);
  const narrow = reflowPanels(wide, 400);
  const scale = narrow.data[3]!.colorbar as Layout;
  expect(scale).toMatchObject({ orientation: "h", yanchor: "top", len: 1 });
  expect(Number(scale.y)).toBeGreaterThan(1);
  const roomOf = ({ layout }: Chart) => Number((layout.margin as Layout).t);
  expect(roomOf(narrow)).toBeGreaterThan(60);
  // a title of two lines has room below the scale, too
  const long = annotations.map((note) => ({ ...note, text: "<b>splitHeads, of head 1</b>" }));
  const high = { ...wide, layout: { ...wide.layout, annotations: long } };
  expect(roomOf(reflowPanels(high, 400))).toBeGreaterThanOrEqual(roomOf(narrow) + 17);
  const titles = [0, 1, 2, 3].map((i) => (narrow.layout[`yaxis${at(i)}`] as Layout).title);
  expect(titles).toEqual([{ text: "asks" }, undefined, { text: "asks" }, undefined]);
  // on a phone, each of them keeps 84 pixels
  const lefts = [320, 390, 450].map((width) => {
    const { layout } = reflowPanels(wide, width);
    const starts = [0, 1, 2, 3].map((i) => (layout[`xaxis${at(i)}`] as Layout).domain);
    return new Set(starts.map((domain) => (domain as number[] | undefined)?.[0])).size;
  });
  expect(lefts).toEqual([2, 2, 4]);
  expect(reflowPanels(wide, 900).data[3]!.colorbar).toEqual({ title: { text: "weight" } });
  // digits of 8 × 8 pixels are clear when they are small
  const digits = data.map((trace) => ({ ...trace, z: [new Array<number>(8).fill(1)] }));
  const inOneRow = reflowPanels({ ...wide, data: digits }, 490).layout;
  expect((inOneRow.xaxis2 as Layout).domain).toEqual([0, 1]);
});

test("titles of panels take two lines before the panels take two rows", () => {
  const titled = (title: string) => {
    const annotations = [0, 1].map((i) => ({ name: `panel ${i}`, text: `<b>${title}</b>` }));
    return chart({
      annotations,
      yaxis: {},
      yaxis2: {},
      meta: { panels: { count: 2, columns: 2 } },
    });
  };
  const textsAt = (title: string, width: number) =>
    (reflowPanels(titled(title), width).layout.annotations as Layout[]).map(({ text }) => text);
  const lefts = (title: string, width: number) => {
    const { xaxis2 } = reflowPanels(titled(title), width).layout as {
      xaxis2?: { domain: number[] };
    };
    return xaxis2?.domain[0] ?? 0.5;
  };
  const long = "unseen pictures: loss over the network's";
  expect(textsAt(long, 720)[1]).toMatch(/^<b>[^<]+<br>[^<]+<\/b>$/);
  expect(lefts(long, 720)).toBeGreaterThan(0.4);
  expect(lefts(long, 420)).toBe(0);
  expect(textsAt("loss", 720)).toEqual(["<b>loss</b>", "<b>loss</b>"]);
});

test("digits under bars and letters under columns stay upright, as many as have room", () => {
  const names = Array.from("0123456789");
  const xaxis = { tickmode: "array", tickvals: names.map(Number), ticktext: names };
  const under = (type: string, width: number) => {
    const { layout } = fittedTicks(chart({ xaxis, yaxis: {} }, [{ type }]), width);
    return layout.xaxis as Layout;
  };
  for (const type of ["bar", "heatmap"]) {
    expect(under(type, 220)).toMatchObject({ tickangle: 0, ticktext: names });
    expect(under(type, 150)).toMatchObject({
      ...{ tickangle: 0, tickvals: [0, 2, 4, 6, 8] },
      ticktext: ["0", "2", "4", "6", "8"],
    });
  }
});

test("a color scale has its name above it, and a low one along it in lines", () => {
  const title = { text: "distance, Å", side: "right" };
  const low = fittedScale({ type: "heatmap", colorbar: { title } }, 70);
  expect(low.colorbar).toEqual({ nticks: 2, title: { text: "distance,<br>Å", side: "right" } });
  const high = fittedScale({ type: "heatmap", colorbar: { title } }, 300);
  expect(high.colorbar).toMatchObject({ title: { side: "top" }, ypad: 0 });
  const { text } = (high.colorbar as { title: { text: string } }).title;
  expect(text).toMatch(/^distance, Å<span style="font-size:22px">\u00a0<\/span>$/); // and a gap
  const named = { type: "heatmap", colorbar: { lenmode: "pixels", len: 60, ticktext: ["a"] } };
  expect(fittedScale(named, 40).colorbar).toEqual({ ...named.colorbar, ypad: 0 });
  const entry = { ...named, colorbar: { ...named.colorbar, title: { text: "entry" } } };
  expect(fittedScale(entry, 300).colorbar).toMatchObject({ title: { side: "top" }, len: 77 });
});

test("few small whole numbers stand in the cells of a matrix, at all positions of a slider", () => {
  const two = (z: unknown[][], frames?: Chart["frames"]) => {
    const whole = {
      ...chart({}, [{ type: "heatmap", z, colorbar: {} }]),
      ...(frames ? { frames } : {}),
    };
    return withCellValues(whole, whole).data[0]!.texttemplate;
  };
  expect(two([[0, 1, null], [10, 11, 12]])).toBe("%{z}"); // prettier-ignore
  expect(two([[0.5, 1]])).toBe(undefined);
  expect(two([[12345]])).toBe(undefined);
  expect(two([Array.from({ length: 64 }, (_, i) => i)])).toBe(undefined);
  expect(two([[1, 2]], [{ data: [{ z: [[0.25, 2]] }] }])).toBe(undefined);
});

test("a scale of counts has no number between two of them", () => {
  const counts = { type: "heatmap", z: [[1, 4], [2, null]], zmin: 1, zmax: 4, colorbar: {} }; // prettier-ignore
  expect(fittedScale(counts, 300).colorbar).toEqual({ dtick: 1, tick0: 0 });
  expect(fittedScale({ ...counts, z: [[1, 2.5]] }, 300).colorbar).toEqual({});
  expect(fittedScale({ ...counts, zmax: 40 }, 300).colorbar).toEqual({});
});

/** Four charts in two rows, each with names and numbers of its own. */
function fourCharts(height: number): Chart {
  const at = (i: number) => (i === 0 ? "" : String(i + 1));
  const axes = [0, 1, 2, 3].flatMap((i) => {
    const [left, top] = [(i % 2) * 0.55, i < 2 ? 1 : 0.4];
    return [
      [`xaxis${at(i)}`, { domain: [left, left + 0.45], title: { text: "tokens" } }],
      [`yaxis${at(i)}`, { domain: [top - 0.4, top], title: { text: "operations" } }],
    ];
  });
  const meta = { panels: { count: 4, columns: 2 } };
  return chart({ ...Object.fromEntries(axes), annotations: [], height, meta });
}

test("rows of charts fit in a laptop's window, as far apart as before, and names off neighbors", () => {
  const { layout } = reflowPanels(fourCharts(620), 720);
  const domain = (name: string) => (layout[name] as { domain: [number, number] }).domain;
  expect(layout.height).toBe(480);
  const between = (domain("yaxis")[0] - domain("yaxis3")[1]) * (480 - 70);
  expect(between).toBeCloseTo(0.2 * (620 - 70), 0);
  expect((domain("xaxis2")[0] - domain("xaxis")[1]) * (720 - 80)).toBeCloseTo(76, 0);
  expect(reflowPanels(fourCharts(400), 720).layout.height).toBe(400);
});

test("titles that would run into each other stand once per row", () => {
  const titled = (text: string) => {
    const axes = ["xaxis", "xaxis2"].map((name) => [name, { title: { text } }] as const);
    const meta = { panels: { count: 2, columns: 2 } };
    const yaxis2 = { showticklabels: false }; // one row has numbers once, so both panels fit
    return chart({ ...Object.fromEntries(axes), yaxis2, annotations: [], meta });
  };
  const { layout } = reflowPanels(titled("on this strand, per 1,000"), 400);
  expect((layout.xaxis as Layout).title).toBeDefined();
  expect((layout.xaxis2 as Layout).title).toBeUndefined();
  const short = titled("step");
  expect(reflowPanels(short, 400)).toBe(short);
});

/** What every axis below a plot has, and what one of numbers has, too. */
const TURNED = { autotickangles: expect.any(Array) as number[] };
const EVEN = { ...TURNED, tickformatstops: expect.any(Array) as object[] };

test("on a slide two rows of charts are one, and small cells have fewer numbers", () => {
  const room = { width: 1000, height: 400, type: 18 };
  const { layout } = sizedForSlide(three({ panels: { count: 3, columns: 2 } }), room);
  const [first, last] = ["xaxis", "xaxis3"].map((name) => (layout[name] as Layout).domain);
  expect(first).toEqual([0, expect.closeTo(0.27, 1)]);
  expect(last).toEqual([expect.closeTo(0.73, 1), 1]);
  expect((layout.yaxis3 as Layout).domain).toEqual([0, 1]);
  const one = three({ panels: { count: 3, columns: 3 } });
  expect(sizedForSlide(one, room).layout.xaxis).toEqual({
    ...(one.layout.xaxis as Layout),
    ...EVEN,
  });

  const ticks = (rows: number) => {
    const matrix = chart({
      xaxis: { dtick: 1 },
      yaxis: {},
      meta: { cells: { rows, columns: 10 } },
    });
    return sizedForSlide(matrix, room).layout.xaxis;
  };
  expect(ticks(8)).toEqual({ dtick: 1, ...EVEN });
  expect(ticks(20)).toEqual({ dtick: 2, ...EVEN });
});

test("panels that keep their row in a narrow column show fewer numbers", () => {
  const row = chart({
    meta: { panels: { count: 4, columns: 4 } },
    ...{ xaxis2: { dtick: 1 }, yaxis2: { showticklabels: false } },
  });
  const axis = ({ layout }: { layout: Layout }) => layout.xaxis2;
  expect(axis(reflowPanels(row, 500))).toEqual({ dtick: undefined, nticks: 3 });
  const rows = { ...row, layout: { ...row.layout, yaxis: { dtick: 1 } } };
  expect(reflowPanels(rows, 500).layout.yaxis, "rows are high enough").toMatchObject({ dtick: 1 });
  expect(axis(reflowPanels(row, 900))).toEqual({ dtick: 1 });
});

/** Matrices of 4 × 4 side by side, as `panels` gives them. */
const matrices = (z: number[][], height = 360) => {
  const top = { xref: "paper", yref: "paper", y: 1 };
  const axes = ["", "2"].flatMap((at, i) => [
    [`xaxis${at}`, { domain: [0.55 * i, 0.55 * i + 0.45] }],
    [`yaxis${at}`, { domain: [0, 1], scaleanchor: `x${at}`, constrain: "domain" }],
  ]);
  const annotations = ["one", "other"].map((text, i) => ({ ...top, name: `panel ${i}`, text }));
  const traces = [
    { ...map, z, xaxis: "x" },
    { ...map, z, xaxis: "x2", showscale: false },
  ];
  return chart(
    {
      ...Object.fromEntries(axes),
      annotations,
      height,
      meta: { panels: { count: 2, columns: 2 } },
    },
    traces,
  );
};
const four = Array.from({ length: 4 }, () => [1, 2, 3, 4]);
const yOf = ({ layout }: Chart) => layout.yaxis2 as { domain: number[]; constraintoward?: string };

test("a row of matrices is as high as they are, right below their titles", () => {
  const square = matrices(four);
  const fitted = fittedRows(square, square, 430);
  // 430 less 60 for numbers and 70 for the scale leave 300, of which each matrix has 45 %
  expect(fitted.layout.height).toBe(360 - 290 + 135);
  expect(yOf(fitted)).toMatchObject({ domain: [0, 1], constraintoward: "top" });
  // the names beside a scale need their height
  const named = { colorbar: { lenmode: "pixels", len: 180 } };
  const legend = { ...square, data: square.data.map((trace) => ({ ...trace, ...named })) };
  expect(fittedRows(legend, legend, 430).layout.height).toBe(360 - 290 + 180);
  // a slider's larger matrix decides for all of its positions
  const tall = { data: [{}, { z: [...four, ...four] }] };
  const moving = { ...square, frames: [tall] };
  expect(fittedRows(square, moving, 430).layout.height).toBe(360 - 290 + 270);
  const plain = chart();
  expect(fittedRows(plain, plain, 430)).toBe(plain);
});

test("pixels of gray pictures have one size in all panels, whatever their shapes", () => {
  const gray = { colorscale: [[0, "#000000"], [1, "#ffffff"]] }; // prettier-ignore
  const wide = Array.from({ length: 2 }, () => Array.from({ length: 8 }, (_, i) => i));
  const two = matrices(four);
  const shapes = {
    ...two,
    data: two.data.map((map, i) => ({ ...map, ...gray, z: [four, wide][i] })),
  };
  for (const one of [
    fittedRows(shapes, shapes, 430),
    closeRows(shapes, { width: 900, height: 500 }),
  ]) {
    const width = ([from, to]: number[], cells: number) => (to! - from!) / cells;
    const { xaxis, xaxis2, yaxis, yaxis2 } = one.layout as Record<string, { domain: number[] }>;
    expect(width(xaxis2!.domain, 8)).toBeCloseTo(width(xaxis!.domain, 4), 6);
    expect(width(yaxis2!.domain, 2)).toBeCloseTo(width(yaxis!.domain, 4), 6);
    expect([xaxis!.domain[0], xaxis2!.domain[1]]).toEqual([0, expect.closeTo(1, 6)]);
  }
});

test("on a slide rows of matrices take the plot's height, as close as they were", () => {
  const slide = { width: 1000, height: 1000 };
  const domains = ({ layout }: Chart, names: string[]) =>
    names.map((name) => (layout[name] as { domain: [number, number] }).domain);
  const row = closeRows(matrices(four, 500), slide);
  expect(domains(row, ["yaxis", "yaxis2"])).toEqual([
    [0, 1],
    [0, 1],
  ]);
  expect((row.layout.annotations as Layout[])[0]!.y).toBe(1);
  expect(row.data[0]!.colorbar).toMatchObject({ y: 0.5, len: 1 });
  const two = matrices(four, 500);
  const domain = { yaxis: [0.6, 1], yaxis2: [0, 0.4] };
  for (const [name, ends] of Object.entries(domain)) {
    two.layout[name] = { ...(two.layout[name] as Layout), domain: ends };
  }
  const [upper, lower] = domains(closeRows(two, slide), ["yaxis", "yaxis2"]);
  expect([upper![1], lower![0]]).toEqual([1, expect.closeTo(0)]);
  expect(upper![1] - upper![0]).toBeCloseTo(lower![1] - lower![0]);
});

test("room that squares leave empty is found, and given back where names took it", () => {
  const square: Chart = { data: [], layout: { xaxis: {}, yaxis: { scaleanchor: "x" } } };
  const drawn = (x: [number, number], y: [number, number], w = 1000) => ({
    _size: { w, h: 400 },
    xaxis: { domain: x, _inputDomain: [0, 1] },
    yaxis: { domain: y, _inputDomain: [0, 1] },
  });
  const spare = spareRoom(square, drawn([0.3, 0.7], [0, 1]));
  expect(spare).toEqual({ width: 600, height: 0 });
  expect(spareRoom(square, drawn([0, 1], [0.2, 1], 400), spare)).toEqual({ width: 500, height: 0 });
  expect(spareRoom(square, undefined)).toEqual({ width: 0, height: 0 });
  const free: Chart = { data: [], layout: { xaxis: {}, yaxis: {} } };
  expect(spareRoom(free, drawn([0.3, 0.7], [0, 1]))).toEqual({ width: 0, height: 0 });
});

test("panels side by side keep room for the numbers between them", () => {
  const yaxis = { scaleanchor: "x" };
  const drawn = {
    _size: { w: 1000, h: 400 },
    xaxis: { domain: [0.15, 0.25], _inputDomain: [0, 0.4] },
    xaxis2: { domain: [0.75, 0.85], _inputDomain: [0.6, 1] },
    yaxis: { domain: [0, 1], _inputDomain: [0, 1] },
    yaxis2: { domain: [0, 1], _inputDomain: [0, 1] },
  };
  const two = (inner: Layout): Chart => ({
    data: [],
    layout: { xaxis: {}, xaxis2: {}, yaxis, yaxis2: { ...yaxis, ...inner } },
  });
  // 200 pixels lie between them, 90 of which are enough
  expect(spareRoom(two({}), drawn).width).toBeCloseTo(550, -1);
  // without numbers a quarter of the width is enough for matrices of a quarter of theirs
  expect(spareRoom(two({ showticklabels: false }), drawn).width).toBeCloseTo(750, -1);
});

test("matrices beside other panels stand at the top of their own", () => {
  const { layout, data } = matrices(four);
  const mixed = { data, layout: { ...layout, yaxis2: { domain: [0, 1] } } };
  const fitted = fittedRows(mixed, mixed, 430);
  expect(fitted.layout.height).toBe(360);
  expect(fitted.layout.yaxis).toMatchObject({ constraintoward: "top" });
  expect(yOf(fitted)).toEqual({ domain: [0, 1] });
});

/** Two rows of four pictures of 2 × 3 pixels with a pixel between them, labeled below each. */
function sheetOf(labels: string[], across = 4) {
  const corners = labels.map((_, i) => {
    return { left: 4 * (i % across), top: 4 * Math.floor(i / across) };
  });
  const width = 4 * across - 1;
  const z = Array.from({ length: labels.length }, () => new Array<number | null>(width).fill(null));
  corners.forEach(({ left, top }, i) => {
    for (const row of [0, 1]) z[top + row]!.splice(left, 3, i, i, i);
  });
  const around = (from: number, size: number, turns: number[]) => [
    ...turns.map((end) => from - 0.5 + end * size),
    null,
  ];
  const outline = {
    type: "scatter",
    x: corners.flatMap(({ left }) => around(left, 3, [0, 1, 1, 0, 0])),
    y: corners.flatMap(({ top }) => around(top, 2, [0, 0, 1, 1, 0])),
  };
  const annotations = labels.map((text, i) => {
    const { left, top } = corners[i]!;
    return { text, x: left + 1, y: top + 1.5, yanchor: "top" };
  });
  const margin = { l: 10, r: 10, t: 12, b: 12 };
  const hidden = { xaxis: { visible: false }, yaxis: { visible: false }, annotations, margin };
  return chart(hidden, [{ ...map, z }, outline]);
}

test("pictures whose labels are wider stand in bands that keep rows together", () => {
  const sheet = sheetOf(["owl", "firefighter", "fox", "cat", "a", "b", "c", "d"]);
  expect(reflowSheet(sheet, sheet, 900)).toBe(sheet);
  const { data, layout } = reflowSheet(sheet, sheet, 240);
  const rows = (data[0]!.z as (number | null)[][]).filter((row) => row.some((v) => v !== null));
  expect(rows.map((row) => [row[0], row[4]])).toEqual([
    ...[0, 0].map(() => [0, 1]),
    ...[0, 0].map(() => [4, 5]),
    ...[0, 0].map(() => [2, 3]),
    ...[0, 0].map(() => [6, 7]),
  ]);
  const notes = layout.annotations as { text: string; x: number; y: number; yshift: number }[];
  expect(notes.map(({ x }) => x)).toEqual([1, 5, 1, 5, 1, 5, 1, 5]);
  expect(notes.every(({ yshift }) => yshift === -3)).toBe(true); // off the pictures above them
  expect(notes[4]!.y).toBeGreaterThan(notes[0]!.y);
  expect(notes[2]!.y).toBeGreaterThan(notes[4]!.y);
  expect(layout.xaxis).toMatchObject({ range: [-0.5, 6.5] });
});

test("a sheet's row keeps off the labels above it, though there is room below", () => {
  const label = "aaaaaaaaaa bbbbbbbbbb cccccccccc"; // three lines in this column
  const sheet = sheetOf([label, label, label, label, "", "", "", ""]);
  const below = Array.from({ length: 10 }, () => new Array<null>(15).fill(null));
  const [pixels, outline] = sheet.data as [Record<string, unknown>, Record<string, unknown>];
  const high = {
    ...sheet,
    data: [{ ...pixels, z: [...(pixels.z as null[][]), ...below] }, outline],
  };
  const { z } = reflowSheet(high, high, 400).data[0] as { z: (number | null)[][] };
  expect(z.findIndex((row) => row[0] === 4)).toBe(5); // two rows of pixels and three of letters
});

test("the names of a sheet's rows have room beside it", () => {
  const sheet = sheetOf(["", "", "", "", "", "", "", ""]);
  const named = (text: string) => {
    const note = { text, x: -0.5, y: 1, xanchor: "right", xshift: -8, font: { size: 13 } };
    return { ...sheet, layout: { ...sheet.layout, annotations: [note] } };
  };
  const left = (one: Chart) => (withNameRoom(one).layout.margin as { l: number }).l;
  expect(left(sheet)).toBe(1); // pictures begin where text does
  expect(left(named("moved"))).toBeGreaterThanOrEqual(57); // as wide as the browser draws it
  expect(left(named("mmm"))).toBeGreaterThan(left(named("ill")));
});

test("pictures too small to see stand in bands, also without labels below them", () => {
  const sheet = sheetOf(["", "", "", "", "", "", "", ""]);
  const bare = { ...sheet, layout: { ...sheet.layout, annotations: [] } };
  expect(reflowSheet(bare, bare, 300)).toBe(bare);
  expect(reflowSheet(bare, bare, 140).layout.xaxis).toMatchObject({ range: [-0.5, 6.5] });
});

test("on a slide pictures stand in the bands that make them largest, and rows stay together", () => {
  const labels = ["a", "b", "c", "d", "e", "f", "g", "h"];
  const sheet = sheetOf(labels);
  const corner = ({ data }: Chart, i: number) => {
    const [x, y] = [data[1]!.x, data[1]!.y] as [number[], number[]];
    return [x[6 * i]! + 0.5, y[6 * i]! + 0.5] as const;
  };
  const wide = sheetForSlide(sheet, { width: 1200, height: 300, growth: 1.5 });
  expect(corner(wide, 3)).toEqual([12, 0]);
  const high = sheetForSlide(sheet, { width: 400, height: 600, growth: 1.5 });
  expect(corner(high, 2)[0]).toBe(0);
  expect(corner(high, 4)[0]).toBe(0);
  expect(corner(high, 4)[1]).toBeLessThan(corner(high, 2)[1]);
  const range = (high.layout.xaxis as { range: number[] }).range;
  expect(range).toEqual([-0.5, 6.5]);
});

test("on a slide pictures whose last row isn't full are one row that wraps", () => {
  const sheet = sheetOf(["a", "b", "c", "d", "e", "f", "g"]);
  const { data } = sheetForSlide(sheet, { width: 400, height: 900, growth: 1.5 });
  const rows = (data[0]!.z as (number | null)[][]).filter((row) => row.some((v) => v !== null));
  const firsts = rows.map(([first]) => first);
  expect(firsts).toEqual([...firsts].sort((a, b) => a! - b!));
  expect(new Set(firsts).size).toBeGreaterThan(2);
});

test("on a slide a matrix of words has wide cells, a strip high ones, and a picture squares", () => {
  const ratio = (columns: number, rows: number, x: Layout, y: Layout = x) => {
    const yaxis = { ...y, scaleanchor: "x" };
    const matrix = chart({ xaxis: x, yaxis, meta: { cells: { rows, columns } } }, [map]);
    const { layout } = sizedForSlide(matrix, { width: 1200, height: 500, type: 18 });
    return Number((layout.yaxis as Layout).scaleratio ?? 1);
  };
  const words = { tickvals: [0, 1], ticktext: ["the", "cat"] };
  expect(ratio(9, 9, words)).toBeCloseTo(1 / 1.75);
  expect(ratio(100, 10, { title: { text: "place" } }, { title: { text: "repeat" } })).toBe(2.5);
  expect(ratio(9, 9, { title: { text: "key" } }, { title: { text: "query" } })).toBe(1);
  expect(ratio(9, 30, { title: { text: "residue" } })).toBe(1);
  expect(ratio(9, 30, {})).toBe(1);
});

test("on a slide names beside a color scale have the room of larger type", () => {
  const named = { ...map, colorbar: { lenmode: "pixels", len: 80 } };
  const { data } = sizedForSlide(chart({}, [named]), { width: 900, height: 500, type: 18 });
  expect(data[0]!.colorbar).toMatchObject({ lenmode: "pixels", len: 120 });
});

test("on a slide a color scale has its name above it", () => {
  const sideOf = (scale: object) => {
    const matrix = { ...map, colorbar: { ...scale, title: { text: "entry", side: "right" } } };
    const { data } = sizedForSlide(chart({}, [matrix]), { width: 900, height: 500, type: 22 });
    return (data[0]!.colorbar as { title: Layout }).title;
  };
  expect(sideOf({ lenmode: "pixels", len: 40 })).toMatchObject({ side: "top", font: { size: 22 } });
  expect(sideOf({})).toMatchObject({ side: "top", font: { size: 22 } });
});

test("on a slide long names below a matrix are cut where plotly would rotate them", () => {
  const sentences = ["A man is eating food.", "Someone eats a meal.", "Yes."];
  const names = { tickvals: [0, 1, 2], ticktext: sentences };
  const matrix = (columns: number) =>
    sizedForSlide(
      chart({ xaxis: names, yaxis: names, meta: { cells: { rows: 3, columns } } }, [map]),
      { width: 900, height: 450, type: 22 },
    ).layout;
  const { xaxis, yaxis } = matrix(3) as { xaxis: Layout; yaxis: Layout };
  expect(xaxis.ticktext).toEqual(["A man i…", "Someone…", "Yes."]);
  expect(yaxis.ticktext).toEqual(sentences);
  expect((matrix(1).xaxis as Layout).ticktext).toEqual(sentences);
});

test("on a slide names of rows are no higher than their rows, in panels and alone", () => {
  const ticktext = ["a", "b", "c", "d", "e", "f", "g", "h"];
  const names = { tickvals: ticktext.map((_, i) => i), ticktext };
  const sizeIn = (axis: object, meta: object, height: number) => {
    const { layout } = sizedForSlide(
      chart({ xaxis: {}, yaxis: { ...names, ...axis }, meta }, [map]),
      { width: 900, height, type: 22 },
    );
    return ((layout.yaxis as Layout).tickfont as { size: number } | undefined)?.size;
  };
  const panels = { panels: { count: 5, columns: 1 } };
  expect(sizeIn({ domain: [0.5, 1] }, panels, 340)).toBeLessThan(20);
  expect(sizeIn({ domain: [0.5, 1] }, panels, 700)).toBeUndefined();
  expect(sizeIn({}, { cells: { rows: 8, columns: 8 } }, 240)).toBeLessThan(22);
});

test("on a slide numbers beside rows of panels stand apart, and empty names take no room", () => {
  const domain = [0, 0.4];
  const meta = { panels: { count: 2, columns: 1 } };
  const squares = { scaleanchor: "x", domain, dtick: 1 };
  const z = Array.from({ length: 8 }, () => Array<number>(40).fill(0));
  const axes = { xaxis: { domain: [0, 1] }, yaxis: squares, xaxis2: {}, yaxis2: {}, meta };
  const low = sizedForSlide(chart(axes, [{ type: "heatmap", z }]), {
    width: 900,
    height: 400,
    type: 22,
  });
  expect(low.layout.yaxis).toMatchObject({ dtick: 5 });
  const ticktext = ["", "red", "", "", "blue", ""];
  const yaxis = { tickvals: [0, 1, 2, 3, 4, 5], ticktext };
  const cells = chart({ xaxis: {}, yaxis, meta: { cells: { rows: 6, columns: 6 } } }, [map]);
  const { layout } = sizedForSlide(cells, { width: 900, height: 300, type: 22 });
  expect(layout.yaxis).toMatchObject({ ticktext });
});

test("on a slide the names of colors stand above a row of matrices that could be larger", () => {
  const scale = { ticktext: ["may not read", "may read"], tickvals: [0, 1], lenmode: "pixels" };
  const z = [...Array(6)].map(() => Array<number>(6).fill(0));
  const squares = { scaleanchor: "x", domain: [0, 1] };
  const axes = [0, 1, 2, 3].flatMap((i) => {
    const [x, y] = [panelAxis("x", i), panelAxis("y", i)].map(axisName) as [string, string];
    return [
      [x, { domain: [i / 4, i / 4 + 0.2] }],
      [y, squares],
    ];
  });
  const data = [0, 1, 2, 3].map((i) => ({
    ...{ type: "heatmap", z, xaxis: panelAxis("x", i), yaxis: panelAxis("y", i) },
    ...(i === 3 ? { colorbar: { ...scale, len: 40 } } : { showscale: false }),
  }));
  const meta = { panels: { count: 4, columns: 4 } };
  const row = chart({ ...Object.fromEntries(axes), meta }, data);
  const scaleIn = (height: number) =>
    sizedForSlide(row, { width: 1000, height, type: 20 }).data[3]!.colorbar;
  expect(scaleIn(500)).toMatchObject({ orientation: "h", yref: "container" });
  expect(scaleIn(200), "where height is short").not.toHaveProperty("orientation");
});

test("on a slide bars keep their names, and powers of ten stand apart", () => {
  const type = 22;
  const bars = [{ type: "bar", x: [0, 1, 2, 3], y: [1, 2, 3, 4] }];
  const named = (ticktext: string[], width: number) =>
    slideTicks(chart({ xaxis: { ticktext } }, bars), { width, height: 300 }, type).layout.xaxis;
  const names = ["row", "outer product", "Evoformer", "Pairformer"];
  expect(named(names, 600)).toEqual({
    ticktext: ["row", "outer<br>product", "Evoformer", "Pairformer"],
    tickangle: 0,
    ...TURNED,
  });
  expect(named(["row", "head", "layers", "feed-forward"], 560)).toEqual({
    ticktext: ["row", "head", "layers", "feed-forward"],
    tickangle: 0,
    ...TURNED,
    tickfont: { size: 20 },
  });
  const y = { type: "log", dtick: 1, exponentformat: "power", range: [-5, 4] };
  const log = (height: number) =>
    slideTicks(chart({ yaxis: y }, [line]), { width: 900, height }, type).layout.yaxis;
  expect(log(400)).toMatchObject({ dtick: 1 });
  expect(log(100)).toMatchObject({ dtick: 4 });
});

test("a label of several words breaks, and the rows below it make room", () => {
  const sheet = sheetOf(["a very dark evening dress", "b", "c", "d", "e", "f", "g", "h"]);
  const { data, layout } = reflowSheet(sheet, sheet, 304);
  const [first] = layout.annotations as { text: string }[];
  expect(first!.text).toBe("a very<br>dark<br>evening<br>dress");
  const z = data[0]!.z as (number | null)[][];
  const scale = 284 / 15;
  expect(z.findIndex((row) => row[0] === 4) - 2).toBe(Math.ceil((4 * 16 + 6) / scale));
});

test("names of bars break into lines, or end at their bars where they can't", () => {
  const bars = [{ type: "bar", x: [0, 1], y: [1, 2] }];
  const named = (ticktext: string[], width: number) =>
    fittedTicks(chart({ xaxis: { ticktext } }, bars), width).layout.xaxis;
  expect(named(["before", "after"], 300)).toEqual({ ticktext: ["before", "after"], ...TURNED });
  expect(named(["network, no triangles", "after"], 220)).toMatchObject({
    ticktext: ["network,<br>no<br>triangles", "after"],
    tickangle: 0,
  });
  expect(named(["antidisestablishment", "after"], 220)).toMatchObject({ tickangle: -40 });
});

test("a matrix shows as many names of its columns as have room", () => {
  const ticktext = Array.from({ length: 47 }, (_, i) => `${i + 1} a`);
  const xaxis = { tickvals: ticktext.map((_, i) => i), ticktext };
  const shown = (width: number) => {
    const { layout } = fittedTicks(chart({ xaxis }, [map]), width);
    return layout.xaxis as { tickvals: number[]; ticktext: string[] };
  };
  expect(shown(900)).toEqual({ ...xaxis, ...TURNED });
  expect(shown(350).ticktext.slice(0, 2)).toEqual(["1 a", "4 a"]);
  expect(shown(350).tickvals).toHaveLength(16);
});

test("numbers of a logarithmic axis are short on a phone and never 1e+4", () => {
  const log = (more: object, width: number, x = [1, 5000]) =>
    fittedTicks(chart({ xaxis: { type: "log", ...more } }, [{ ...line, x }]), width).layout.xaxis;
  expect(log({ tickformat: ",~r" }, 350)).toMatchObject({ tickformat: "~s" });
  expect(log({ tickformat: ",~r" }, 800)).toMatchObject({ tickformat: ",~r" });
  expect(log({ tickformat: ",~r" }, 350, [0.2, 5])).toMatchObject({ tickformat: ",~r" });
  expect(log({ dtick: 1 }, 800, [1e9, 1e12])).toMatchObject({ exponentformat: "power" });
  expect(log({ dtick: 1 }, 800)).toMatchObject({ tickformat: ",~r" });
  expect(log({ exponentformat: "power" }, 350)).toEqual({
    type: "log",
    exponentformat: "power",
    ...TURNED,
  });
});

test("numbers along a color scale have equal digits", () => {
  const numbers = (zmin: number, zmax: number, height = 300, more: object = {}) =>
    fittedScale({ ...map, z: [[0.3, 0.7]], zmin, zmax, colorbar: more }, height).colorbar;
  expect(numbers(0, 1)).toMatchObject({ dtick: 0.2, tickformat: ".1f" });
  expect(numbers(-0.1, 0.1)).toMatchObject({ dtick: 0.05, tickformat: ".2f" });
  expect(numbers(0, 1, 100)).toMatchObject({ dtick: 0.5, tickformat: ".1f" });
  expect(numbers(0, 20)).not.toHaveProperty("tickformat");
  expect(numbers(0, 1, 300, { tickvals: [0, 1] })).not.toHaveProperty("tickformat");
});

test("numbers along an axis have equal digits, and what has no room turns one way", () => {
  const own = {
    xaxis: { ticktext: ["a", "b"], tickvals: [0, 1] },
    yaxis: {},
    yaxis2: { type: "log" },
  };
  const { layout } = fittedTicks(chart(own, [map]), 600);
  const [tenths] = (layout.yaxis as { tickformatstops: object[] }).tickformatstops;
  expect(tenths).toEqual({ dtickrange: [0.1, 0.9], value: ".1f" });
  expect(layout.xaxis).not.toHaveProperty("tickformatstops");
  expect(layout.yaxis2).not.toHaveProperty("tickformatstops");
  const { autotickangles } = layout.xaxis as { autotickangles: number[] };
  expect(Math.max(...autotickangles)).toBe(0);
  expect(autotickangles).toContain(-90);
});

test("an axis of a few whole numbers has no ticks between them", () => {
  const ticks = (x: unknown[], own: object = {}) =>
    (fittedTicks(chart({ xaxis: own }, [{ ...line, x }]), 600).layout.xaxis as Layout).dtick;
  expect(ticks([-2, -1, 0, 1, 2])).toBe(1);
  expect(ticks([0, 0.5, 2])).toBeUndefined();
  expect(ticks([0, 20, 40])).toBeUndefined();
  expect(ticks(["a", "b", "c"])).toBeUndefined();
  expect(ticks([0, 1, 2], { dtick: 2 })).toBe(2);
});

test("a logarithmic axis has at least three numbers where they fit, and ticks between powers of ten", () => {
  const log = (x: number[], width: number, more: object = {}) => {
    const xaxis = { type: "log", dtick: 1, ...more };
    return fittedTicks(chart({ xaxis }, [{ ...line, x }]), width).layout.xaxis as Layout;
  };
  expect(log([0.125, 64], 800), "1 and 10 are the only powers").toMatchObject({ dtick: "D2" });
  expect(log([24, 144], 800, { dtick: undefined })).toMatchObject({
    tickvals: [30, 50, 70, 100],
  });
  expect(log([1, 500], 800)).toMatchObject({ dtick: 1, minor: { dtick: "D1" } });
  expect(log([2000, 900_000], 300), "2,000 and 5,000 would touch").toMatchObject({ dtick: 1 });
  expect(log([20, 90], 150, { dtick: "D2" }), "no power at all").toMatchObject({ dtick: "D2" });
  expect(log([256, 16_384], 800, { domain: [0, 0.45] }), "10,000 meets 20,000").toMatchObject({
    dtick: 1,
  });
  expect(log([256, 16_384], 350), "10k and 20k are short").toMatchObject({ dtick: "D2" });
  expect(log([0.0005, 6], 800, { dtick: "D2" }), "ten numbers say enough").toMatchObject({
    dtick: 1,
  });
  expect(log([1, 1e9], 800, { dtick: 2 })).not.toHaveProperty("minor");
  expect(
    log([3, 4], 800, { range: [0, 1.7] }),
    "a range counts, not the data of one frame",
  ).toMatchObject({ dtick: "D2" });
});

test("panels with one range have the same ticks", () => {
  const axes = {
    xaxis: { type: "log", dtick: 1 },
    xaxis2: { type: "log", dtick: 1, matches: "x" },
  };
  const data = [
    { ...line, x: [1, 20] },
    { ...line, x: [1, 5000], xaxis: "x2" },
  ];
  const { xaxis, xaxis2 } = fittedTicks(chart(axes, data), 800).layout as Record<string, Layout>;
  expect([xaxis!.dtick, xaxis2!.dtick]).toEqual([1, 1]);
});

test("letters in cells are as wide as the cells", () => {
  const cells = { ...map, z: [new Array<number>(40).fill(0)], texttemplate: "%{text}" };
  const written = chart({ xaxis: { visible: false } }, [{ ...cells, textfont: { size: 15 } }]);
  const size = (width: number) =>
    (fittedLetters(written, width).data[0]!.textfont as { size: number }).size;
  expect(size(800)).toBe(15);
  expect(size(274) * 0.62 * 40).toBeCloseTo(250);
});

test("what an output claims about panels breaks nothing", () => {
  for (const panels of [
    {},
    3,
    { count: 1e9, columns: 3 },
    { count: "3", columns: 2 },
    { count: 9 },
  ]) {
    const odd = three({ panels });
    expect(reflowPanels(odd, 300)).toBe(odd);
  }
  expect(
    reflowPanels(chart({ meta: { panels: { count: 4, columns: 2 } } }), 100).layout.height,
  ).toBe(940);
});

test("what is no chart is not drawn", () => {
  for (const json of [undefined, null, 3, "chart", [], {}, { data: [] }, { data: "x" }]) {
    expect(readChart(json)).toBeUndefined();
  }
});

test("an output brings neither configuration nor anything from elsewhere", () => {
  const read = readChart({
    data: [line, { type: "scattermapbox" }, 7],
    layout: { images: [{ source: "https://example.org/x.png" }], title: "t" },
    config: { plotlyServerURL: "https://example.org" },
    frames: [{ data: [line], layout: { images: [{}] } }, null],
  });
  expect(read).toEqual({
    data: [line],
    layout: { title: "t" },
    frames: [{ data: [line], layout: {} }],
  });
});

test("a frame changes what it names and leaves the rest", () => {
  const moved = atFrame(
    {
      data: [line],
      layout: { xaxis: { title: "x", range: [0, 1] }, height: 300 },
      frames: [{ data: [{ y: [9, 9] }], layout: { xaxis: { range: [0, 5] } } }],
    },
    0,
  );
  expect(moved.data).toEqual([{ ...line, y: [9, 9] }]);
  expect(moved.layout).toEqual({ xaxis: { title: "x", range: [0, 5] }, height: 300 });
  expect(atFrame(moved, 7)).toBe(moved);
});

test("matrices and their color scales have a frame, and ticks without numbers are left out", () => {
  const layout = { xaxis: { showticklabels: false }, yaxis: {}, xaxis2: {}, yaxis2: {} };
  const data = [map, { type: "bar", x: [0], y: [1], xaxis: "x2", yaxis: "y2" }];
  const axes = (dark: boolean) =>
    themed(chart(layout, data), dark).layout as Record<string, Layout>;
  expect(axes(true).xaxis).toMatchObject({ mirror: true, ticks: "" });
  expect(axes(true).yaxis).toMatchObject({ mirror: true });
  expect(axes(false).xaxis).toMatchObject({ mirror: true });
  expect(axes(true).xaxis2!.mirror).toBe(undefined);
  const scaled = themed(chart(layout, [{ ...map, colorbar: {} }]), false);
  expect(scaled.data[0]!.colorbar).toMatchObject({ outlinewidth: 1 });
});

test("a dark page shows through, and what was black is light", () => {
  const layout = { plot_bgcolor: "#ffffff", xaxis: {}, annotations: [{ text: "a" }] };
  const dark = themed(chart(layout), true);
  expect(dark.layout).toMatchObject({
    paper_bgcolor: "rgba(0, 0, 0, 0)",
    plot_bgcolor: "rgba(0, 0, 0, 0)",
    font: { color: "#e4e4e4" },
    xaxis: { gridcolor: "#333333" },
    annotations: [{ text: "a", font: { color: "#e4e4e4" } }],
  });
  expect(dark.data[0]).toMatchObject({ line: { color: "#e4e4e4" } });
  expect(themed(chart(layout), false).data[0]).toMatchObject({ line: { color: "#000000" } });
  const blue = { ...line, line: { color: "#0072b2" } };
  expect(themed({ data: [blue], layout: {} }, true).data[0]).toMatchObject({
    line: { color: "#3d9be0" },
  });
  // the names of axes are no larger than the numbers along them, and neither are powers of ten
  const [xaxis, yaxis] = [
    { title: { text: "operations" }, type: "log", exponentformat: "power" },
    { title: { text: "nats" } },
  ];
  expect(themed(chart({ xaxis, yaxis, font: { size: 13 } }), false).layout).toMatchObject({
    xaxis: { title: { font: { size: 13 } }, tickfont: { size: 11 }, ticklabelstandoff: 3 },
    yaxis: { title: { font: { size: 13 } }, separatethousands: true },
  });
  // the last of a series in order stands out most, and low values are nearly the page
  const shade = { ...line, line: { color: "#440154" } };
  const blues = { type: "heatmap", colorscale: [[0, "#f7fbff"], [1, "#08306b"]] }; // prettier-ignore
  const [last, low] = themed({ data: [shade, blues], layout: {} }, true).data;
  expect(last).toMatchObject({ line: { color: "#ece13a" } });
  // saved charts had blues that were too much alike
  const saved = { ...line, line: { color: "#052a54" } };
  const lastOf = (dark: boolean) => themed({ data: [saved], layout: {} }, dark).data[0];
  expect(lastOf(true)).toMatchObject({ line: { color: "#ece13a" } });
  expect(lastOf(false)).toMatchObject({ line: { color: "#440154" } });
  expect((low!.colorscale as unknown[][])[0]).toEqual([0, "#16202b"]);
  // categories have the colors of lines
  const stripes = { type: "heatmap", colorscale: [[0, "#dcdcdc"], [0.5, "#dcdcdc"], [0.5, "#0072b2"], [1, "#0072b2"]] }; // prettier-ignore
  const [categories] = themed({ data: [stripes], layout: {} }, true).data;
  expect(categories).toMatchObject({ colorscale: [[0, "#3c4046"], [0.5, "#3c4046"], [0.5, "#3d9be0"], [1, "#3d9be0"]] }); // prettier-ignore
  // behind gray pictures, whose labels are read on it
  const mat = chart({ plot_bgcolor: "#eeeeee" });
  expect([true, false].map((is) => themed(mat, is).layout.plot_bgcolor)).toEqual([
    "#333333",
    "#eeeeee",
  ]);
});

test("a chart takes the page's font where there is one", () => {
  const font = { family: "system-ui", size: 13 };
  expect(themed(chart({ font }), false, "Inter").layout.font).toMatchObject({
    family: "Inter",
    size: 13,
  });
  expect(themed(chart({ font }), false, "").layout.font).toMatchObject(font);
});

test("no grid lines cross the axis that bars stand on, unless something else is drawn over it", () => {
  const bar = { type: "bar", x: ["a", "b"], y: [1, 2] };
  const grids = (data: object[], layout: object) => {
    const { layout: drawn } = themed(chart(layout, data), false);
    return Object.keys(layout).filter((name) => (drawn[name] as Layout).showgrid !== false);
  };
  const two = { xaxis: {}, yaxis: {} };
  expect(grids([bar], two)).toEqual(["yaxis"]);
  expect(grids([{ ...bar, orientation: "h" }], two)).toEqual(["xaxis"]);
  expect(grids([bar, line], two)).toEqual(["xaxis", "yaxis"]);
  const second = { ...bar, xaxis: "x2", yaxis: "y2" };
  const four = { ...two, xaxis2: {}, yaxis2: {} };
  expect(grids([line, second], four)).toEqual(["xaxis", "yaxis", "yaxis2"]);
});

test("letters on pale cells are light on deep cells of a dark page", () => {
  const cells = { type: "heatmap", z: [[0, 1]], texttemplate: "%{text}", textfont: { size: 15 } };
  const pale = {
    ...cells,
    colorscale: [
      [0, "#fde3cf"],
      [1, "#bcd9f2"],
    ],
  };
  const drawn = (trace: object, dark: boolean) => themed(chart({}, [trace]), dark).data[0]!;
  expect(drawn(pale, false)).toEqual({ ...pale, textfont: { size: 15, color: "#000000" } });
  expect(drawn(pale, true)).toMatchObject({
    colorscale: [
      [0, "rgb(98, 56, 24)"],
      [1, "rgb(24, 70, 110)"],
    ],
    textfont: { size: 15, color: "#e4e4e4" },
  });
  const strong = {
    ...cells,
    colorscale: [
      [0, "#000000"],
      [1, "#ffffff"],
    ],
  };
  expect(drawn(strong, false)).toEqual(strong);
  // as light as text at most: noise would glare
  expect(drawn(strong, true)).toEqual({ ...strong, colorscale: [[0, "#000000"], [1, "#d4d4d4"]] }); // prettier-ignore
});

/** How light a color looks, from 0 to 100: L* of CIELAB. */
function lightness(color: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = parseInt(color.slice(at, at + 2), 16) / 255;
    return c > 0.04045 ? ((c + 0.055) / 1.055) ** 2.4 : c / 12.92;
  }) as [number, number, number];
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return luminance > 0.008856 ? 116 * Math.cbrt(luminance) - 16 : 903.3 * luminance;
}

test("the line around pictures is quiet on a dark page", () => {
  const outline = { type: "scatter", x: [0], y: [0], line: { color: "#999999", width: 1 } };
  const color = (dark: boolean) =>
    (themed(chart({}, [outline]), dark).data[0]!.line as { color: string }).color;
  expect(color(false)).toBe("#999999");
  expect(lightness(color(true))).toBeLessThan(40);
});

test("on a dark page zero is dark, lines over a matrix have dark edges and blank cells are gray", () => {
  const scale = [
    [0, "#08519c"],
    [0.25, "#6baed6"],
    [0.5, "#ffffff"],
    [0.75, "#fd8d3c"],
    [1, "#a63603"],
  ];
  const edge = { type: "scatter", x: [0], y: [0], line: { color: "#ffffff", width: 5 } };
  const around = chart({}, [{ ...map, colorscale: scale }, edge]);
  const [zero, casing] = themed(around, true).data as {
    colorscale: [number, string][];
    line: { color: string };
  }[];
  expect(zero!.colorscale[2]).toEqual([0.5, "#242424"]);
  expect(casing!.line.color).toBe("#1b1b1b");
  expect(themed(around, false).data[0]).toMatchObject({ colorscale: scale });

  // labels beside cells can be read on any cell
  const beside = { text: "ij", xshift: 9, showarrow: false, font: { color: "#b34f00" } };
  const labelOn = (dark: boolean) =>
    themed(chart({ annotations: [beside] }, [map]), dark).layout.annotations as Layout[];
  expect(labelOn(true)[0]).toMatchObject({ bgcolor: "rgba(17, 17, 17, 0.85)" });
  expect(labelOn(false)[0]).toMatchObject({ bgcolor: "rgba(255, 255, 255, 0.85)" });

  const paper = (z: (number | null)[][], more: object[] = [], dark = true) =>
    themed(chart({}, [{ ...map, z }, ...more]), dark).layout.plot_bgcolor;
  expect(paper([[1, null]])).toBe("#17181a");
  expect(paper([[1, null]], [], false)).toBe("#ececec");
  expect(paper([[1, 2]])).toBe(undefined);
  // no value is as dark as blank cells or the page, and the scale is the same beside either
  const scaleOf = (z: (number | null)[][], dark: boolean) => {
    const [trace] = themed(chart({}, [{ ...map, z, colorscale: "Viridis" }]), dark).data;
    return trace!.colorscale;
  };
  const lightnesses = (z: (number | null)[][]) =>
    (scaleOf(z, true) as [number, string][]).map(([, color]) => lightness(color));
  const besideBlanks = lightnesses([[1, null]])[0]!;
  expect(besideBlanks - lightness("#17181a")).toBeGreaterThan(10);
  const steps = lightnesses([[1, 2]]);
  expect(steps[0]! - lightness("#111111")).toBeLessThan(15); // zeros recede, as on paper
  const rises = steps.slice(1).map((step, i) => step - steps[i]!);
  expect(Math.max(...rises) - Math.min(...rises)).toBeLessThan(5);
  expect(lightnesses([[1, null]])).toEqual(steps);
  expect(scaleOf([[1, null]], false)).toBe("Viridis");
  // low values beside blank cells are nearer to them than to the middle of the scale
  const blues = [[0, "#f7fbff"], [0.5, "#6baed6"], [1, "#08306b"]]; // prettier-ignore
  const [seen] = themed(chart({}, [{ ...map, z: [[1, null]], colorscale: blues }]), true).data;
  const [lowestSeen, , middle] = (seen!.colorscale as [number, string][]).map(([, c]) =>
    lightness(c),
  );
  expect(lowestSeen! - lightness("#17181a")).toBeGreaterThan(8);
  expect(middle! - lowestSeen!).toBeGreaterThan(lowestSeen! - lightness("#17181a"));
  // bars beside the matrix keep the page behind them
  expect(paper([[1, null]], [{ type: "bar", y: [1], xaxis: "x2" }])).toBe(undefined);
  // and so do pictures on a sheet, whose axes are hidden
  const sheet = chart({ xaxis: { visible: false } }, [{ ...map, z: [[1, null]] }]);
  expect(themed(sheet, true).layout.plot_bgcolor).toBe(undefined);
});

test("blank cells of a matrix are hatched on their own axes, and matrices without blanks aren't", () => {
  const z = [[1, null]];
  const maps = chart({}, [
    { type: "heatmap", z, colorscale: "Viridis" },
    { type: "heatmap", z: [[1, 2]], colorscale: "Viridis", xaxis: "x2", yaxis: "y2" },
  ]);
  const shapes = (dark: boolean) => themed(maps, dark).layout.shapes as Record<string, unknown>[];
  expect(shapes(true)).toHaveLength(1);
  expect(shapes(true)[0]).toMatchObject({ xref: "x domain", yref: "y domain", layer: "below" });
  expect(shapes(true)[0]!.line).not.toEqual(shapes(false)[0]!.line);
  // lines stay in the square, and each rises as much as it goes to the right
  const numbers = String(shapes(true)[0]!.path)
    .match(/-?[\d.]+/g)!
    .map(Number);
  expect(numbers.every((v) => v >= 0 && v <= 1)).toBe(true);
  for (let i = 0; i < numbers.length; i += 4) {
    const [x, y, toX, toY] = numbers.slice(i, i + 4) as [number, number, number, number];
    expect(toX - x).toBeCloseTo(toY - y, 3);
  }
});

test("a zero in a group of bars is written, a tiny bar has a tick in its color, others neither", () => {
  const bar = (y: number[], color: string) => ({ type: "bar", y, marker: { color } });
  const data = [bar([1, 2], "#0072b2"), bar([0, 2], "#d55e00"), bar([1e-4, 0.5], "#009e73")];
  const drawn = (layout: object, traces = data) => themed(chart(layout, traces), false).data;
  const ticks = (layout: object, traces = data) =>
    drawn(layout, traces).map(
      ({ marker }) => (marker as { line?: { color: string; width: number[] } }).line,
    );
  const zeros = (layout: object, traces = data) =>
    drawn(layout, traces).map(({ texttemplate }) => texttemplate);
  const [full, zero, tiny] = ticks({ barmode: "group" });
  expect([full, zero]).toEqual([undefined, undefined]);
  expect(tiny!.color).toBe("#009e73");
  expect(tiny!.width.map((width) => width > 0)).toEqual([true, false]);
  expect(zeros({ barmode: "group" })).toEqual([undefined, ["0", ""], undefined]);
  for (const of of [ticks, zeros]) {
    expect(of({ barmode: "stack" })).toEqual([undefined, undefined, undefined]);
    expect(of({}, [data[1]!])).toEqual([undefined]);
  }
});

test("a title wider than its panel takes several lines in a narrow column", () => {
  const title = "changed: the answer, x becomes d";
  const note = { name: "panel 0", text: `<b>${title}</b>`, x: 0.2, y: 1 };
  const two = chart({
    meta: { panels: { count: 2, columns: 2 } },
    annotations: [note, { ...note, name: "panel 1", text: "<b>short</b>" }],
    ...{ xaxis: {}, yaxis: {}, xaxis2: {}, yaxis2: {} },
  });
  const titles = (width: number) =>
    (reflowPanels(two, width).layout.annotations as { text: string }[]).map(({ text }) => text);
  expect(titles(900)).toEqual([`<b>${title}</b>`, "<b>short</b>"]);
  const [first, second] = titles(280);
  expect(first!.split("<br>").length).toBeGreaterThan(1);
  expect(first!.replaceAll("<br>", " ")).toBe(`<b>${title}</b>`);
  expect(second).toBe("<b>short</b>");
});

test("long names beside a matrix are cut in a narrow column, in all frames", () => {
  const named = (text: string) => ({ yaxis: { ticktext: [text, "short"], tickvals: [0, 1] } });
  const map = chart({ meta: { cells: { rows: 2, columns: 2 } }, ...named("a name of many words") });
  const all = { ...map, frames: [{ data: [], layout: named("another name of many words") }] };
  const texts = (layout: unknown) => (layout as { yaxis: { ticktext: string[] } }).yaxis.ticktext;
  const narrow = shortNames(all, 350);
  expect(texts(narrow.layout)).toEqual(["a name of man…", "short"]);
  expect(texts(narrow.frames![0]!.layout)).toEqual(["another name…", "short"]);
  expect(shortNames(all, 700)).toBe(all);
});

test("panels leave room for a color scale between them only if the next axis has a name", () => {
  const domain = (from: number, to: number) => ({ domain: [from, to] });
  const scale = { type: "heatmap", z: [[1]], colorbar: { x: 0.45 }, xaxis: "x", yaxis: "y" };
  const beside = { type: "bar", y: [1], xaxis: "x2", yaxis: "y2" };
  const two = (named: object) =>
    chart(
      {
        meta: { panels: { count: 2, columns: 2 } },
        ...{ xaxis: domain(0, 0.45), yaxis: {} },
        ...{ xaxis2: domain(0.55, 1), yaxis2: named },
      },
      [scale, beside],
    );
  const gap = (named: object) => {
    const { xaxis, xaxis2 } = reflowPanels(two(named), 700).layout as Record<string, Layout>;
    return (xaxis2!.domain as number[])[0]! - (xaxis!.domain as number[])[1]!;
  };
  expect(gap({})).toBeCloseTo(0.1);
  expect(gap({ title: { text: "share" } })).toBeGreaterThan(0.15);
});

test("on a slide rows of matrices move together", () => {
  const square = three({ panels: { count: 3, columns: 2 } });
  square.layout.yaxis = { ...(square.layout.yaxis as Layout), scaleanchor: "x" };
  square.data = [map];
  const { layout } = sizedForSlide(square, { width: 400, height: 530, type: 18 });
  const [top, bottom] = ["yaxis", "yaxis3"].map((name) => (layout[name] as Layout).domain);
  const [[low], [, high]] = [top, bottom] as [[number, number], [number, number]];
  expect(low - high).toBeCloseTo(36 / 400);
});

test("on a slide four matrices in two rows become one row where they get twice as large", () => {
  const square = (i: string) => ({
    [`xaxis${i}`]: {},
    [`yaxis${i}`]: { scaleanchor: `x${i}`, showticklabels: i === "" || i === "3" },
  });
  const axes = Object.assign({}, ...["", "2", "3", "4"].map(square)) as Layout;
  const four = chart({ ...axes, meta: { panels: { count: 4, columns: 2 } } }, [map]);
  const starts = (height: number) => {
    const { layout } = sizedForSlide(four, { width: 1200, height, type: 22 });
    const domains = ["xaxis", "xaxis2", "xaxis3", "xaxis4"].map((name) => layout[name] as Layout);
    return new Set(domains.map(({ domain }) => (domain as number[])[0])).size;
  };
  expect(starts(430)).toBe(4);
  expect(starts(700)).toBe(2);
});

test.each([
  ["many small matrices stand in the rows that make them largest", 12, 4, 6],
  ["rows of unequal length become one where that makes them larger", 5, 3, 5],
  ["equal rows of a few matrices stay, since they may say something", 6, 3, 3],
])("on a slide %s", (_what, count, columns, inRow) => {
  const at = (i: number) => (i === 0 ? "" : String(i + 1));
  const axes = Array.from({ length: count }, (_, i) => [
    [`xaxis${at(i)}`, { domain: [0, 1], showticklabels: false }],
    [`yaxis${at(i)}`, { domain: [0, 1], showticklabels: false, scaleanchor: `x${at(i)}` }],
  ]).flat();
  const meta = { panels: { count, columns } };
  const matrices = chart({ ...Object.fromEntries(axes), meta }, [map]);
  const { layout } = sizedForSlide(matrices, { width: 1800, height: 800, type: 24 });
  const leftOf = (i: number) => ((layout[`xaxis${at(i)}`] as Layout).domain as number[])[0];
  expect(new Set(Array.from({ length: count }, (_, i) => leftOf(i))).size).toBe(inRow);
});

test("a color scale between two panels moves with its panel", () => {
  const wide = three();
  const scale = { x: 0.31, y: 0.5, len: 1 };
  wide.data = [{ ...map, colorbar: scale }, line];
  const [moved] = reflowPanels(wide, 240).data as { colorbar: { x: number; len: number } }[];
  expect(moved!.colorbar.x).toBeCloseTo(1.005);
  expect(moved!.colorbar.len).toBeLessThan(0.34);
});

test("a thin strip leaves room below itself for a scale of names", () => {
  const names = { ...map, colorbar: { lenmode: "pixels", len: 140 } };
  const strip = chart({ meta: { cells: { rows: 2, columns: 60 } } }, [names]);
  const { height, margin } = sizeOf(strip, 800);
  expect(height - margin.t).toBeGreaterThan(140);
});

test("of titles that would run into each other the first one in a row stays", () => {
  const wide = three();
  for (const name of ["xaxis", "xaxis2", "xaxis3"]) {
    wide.layout[name] = {
      ...(wide.layout[name] as Layout),
      title: { text: "place looked at, of 64" },
    };
  }
  const { layout } = reflowPanels(wide, 470);
  const titles = ["xaxis", "xaxis2", "xaxis3"].map((name) => (layout[name] as Layout).title);
  expect(titles.map((title) => title !== undefined)).toEqual([true, false, true]);
});

test("a chart is as wide as its column, and at most 900 pixels", () => {
  expect(sizeOf(chart(), 700)).toMatchObject({ width: 700, height: 360 });
  expect(sizeOf(chart(), 1800)).toMatchObject({ width: 900, height: 360 });
});

test("caption and slider stand outside of the chart and take no room in it", () => {
  const meta = { caption: "c", captionRoom: 28, slider: { label: "t", values: ["1"], room: 90 } };
  const size = sizeOf(chart({ meta, height: 478, margin: { l: 60, r: 20, t: 48, b: 140 } }), 800);
  expect(size).toEqual({ width: 800, height: 360, margin: { l: 60, r: 20, t: 20, b: 50 } });
});

test.each([
  [8, 8],
  [20, 20],
  [3, 60],
  [64, 4],
])("cells of a matrix of %i × %i are squares", (rows, columns) => {
  const { width, height, margin } = sizeOf(
    chart({ meta: { cells: { rows, columns } }, yaxis: { scaleanchor: "x" } }, [map]),
    800,
  );
  const scale = 90;
  const cellWidth = (width - margin.l - scale) / columns;
  const cellHeight = (height - margin.t - margin.b) / rows;
  expect(cellWidth / cellHeight).toBeGreaterThan(0.8);
  expect(cellWidth / cellHeight).toBeLessThan(1.25);
});

test("a matrix on a phone has its color scale above it, and only names that have room", () => {
  const names = Array.from({ length: 14 }, (_, i) => `row ${i}`);
  const yaxis = { tickvals: names.map((_, i) => i), ticktext: names, scaleanchor: "x" };
  const matrix = (columns: number) =>
    chart({ yaxis, meta: { cells: { rows: 14, columns } } }, [map]);
  const drawn = (columns: number, width: number) => {
    const whole = matrix(columns);
    const { data, layout } = fittedMatrix(whole, whole, width);
    const { orientation } = (data[0]!.colorbar ?? {}) as { orientation?: string };
    return { orientation, names: (layout.yaxis as { ticktext: string[] }).ticktext.length };
  };
  expect(drawn(14, 350)).toEqual({ orientation: "h", names: 14 });
  expect(drawn(14, 720)).toEqual({ orientation: undefined, names: 14 });
  expect(drawn(100, 720)).toEqual({ orientation: undefined, names: 7 });
  const side = ({ width, margin }: ReturnType<typeof sizeOf>) => (width - margin.l - margin.r) / 14;
  expect(side(sizeOf(matrix(14), 350))).toBeGreaterThan(15);
});

test("a chart has one size for all positions of its slider", () => {
  const named = (names: string[]) => ({ xaxis: { ticktext: names } });
  const whole: Chart = {
    ...chart(
      {
        meta: { cells: { rows: 2, columns: 2 } },
        yaxis: { scaleanchor: "x" },
        ...named(["a", "b"]),
      },
      [map],
    ),
    frames: [{ data: [] }, { data: [], layout: named(["a very long name indeed", "b"]) }],
  };
  const short: Chart = { ...whole, frames: [] };
  expect(sizeOf(whole, 800).height).toBeGreaterThan(sizeOf(short, 800).height);
});

test("in a column, tiny cells of a matrix with different axes are higher than wide", () => {
  const yaxis = (text: string) => ({ scaleanchor: "x", title: { text } });
  const alignment = (rows: number, columns: number, y = "sequence") =>
    chart(
      {
        meta: { cells: { rows, columns } },
        xaxis: { title: { text: "residue" } },
        yaxis: yaxis(y),
      },
      [map],
    );
  const heightOf = (one: Chart, width: number) => {
    const { height, margin } = sizeOf(one, width);
    return height - margin.t - margin.b;
  };
  const wide = alignment(39, 240);
  expect(heightOf(wide, 350)).toBeGreaterThanOrEqual(3 * 39);
  const { scaleratio } = fittedMatrix(wide, wide, 350).layout.yaxis as Layout;
  expect(scaleratio).toBeGreaterThan(2);
  expect(heightOf(wide, 720)).toBeGreaterThanOrEqual(6 * 39);
  // the names of colors beside a strip need their height
  const named = { ...map, colorbar: { lenmode: "pixels", len: 200, ticktext: ["a", "b"] } };
  expect(heightOf({ ...alignment(14, 100), data: [named] }, 720)).toBeCloseTo(200, -1);
  // distances and large cells stay squares
  for (const square of [alignment(39, 240, "residue"), alignment(5, 40)]) {
    expect(fittedMatrix(square, square, 350).layout.yaxis).not.toHaveProperty("scaleratio");
  }
});

test("a caption's short words stay whole where they have a hyphen", () => {
  const parts = unbroken("So GPT-2 reads (pre-norm) – a line - and step-by-step-instructions.");
  expect(parts.filter(({ isWhole }) => isWhole).map(({ text }) => text)).toEqual([
    "GPT-2",
    "(pre-norm)",
  ]);
  expect(
    unbroken("one")
      .map(({ text }) => text)
      .join(""),
  ).toBe("one");
});

test("cells of a table with a long word may break anywhere, and others don't", () => {
  const cellOf = (textContent: string) => {
    const classes: string[] = [];
    return { textContent, classes, classList: { add: (name: string) => classes.push(name) } };
  };
  const cells = [
    cellOf("at https://example.org/a/folder/in/a/folder/page"),
    cellOf("a b ".repeat(20)),
  ];
  wrapLongWords(cells as unknown as Element[]);
  expect(cells.map(({ classes }) => classes)).toEqual([["course-long-word"], []]);
});

test("letters in a chart are large enough to read", () => {
  const annotations = [{ text: "boot", font: { size: 11 } }, { text: "roof" }];
  const { layout } = themed(chart({ annotations }, [line]), false);
  const sizes = (layout.annotations as Layout[]).map(({ font }) => (font as Layout).size);
  expect(sizes).toEqual([13, undefined]);
});

test("panels whose cells differ by a hair leave out equally many names", () => {
  const rows = Array.from({ length: 20 }, () => [0]);
  const letters = rows.map((_, i) => "ARNDCQEGHILKMFPSTWYV"[i]!);
  const namesIn = (columns: number[], width: number) => {
    const two = matrices([], 700);
    two.data.forEach((trace, i) => {
      trace.z = rows.map(() => Array.from({ length: columns[i]! }, () => 0));
    });
    for (const name of ["yaxis", "yaxis2"]) {
      const names = { tickvals: letters.map((_, i) => i), ticktext: letters };
      two.layout[name] = { ...(two.layout[name] as Layout), ...names };
    }
    const { layout } = fittedRows(two, two, width);
    return ["yaxis", "yaxis2"].map((name) => (layout[name] as { ticktext: string[] }).ticktext);
  };
  // 730 pixels leave 270 for each, so that a cell of 22 columns has room for a name, and one of 23 hasn't
  const [left, right] = namesIn([22, 23], 730);
  expect(left).toHaveLength(10);
  expect(right).toEqual(left);
  // where the cells are clearly larger, every name stays
  const [large, small] = namesIn([12, 23], 730);
  expect(large).toEqual(letters);
  expect(small).toHaveLength(10);
});

test("rows of matrices with numbers below the last one stand close", () => {
  const rows = (upper: Layout, title = "head 1") => {
    const two = matrices(four, 500);
    two.layout.annotations = [{ name: "panel 0", text: `<b>${title}</b>` }];
    const domains = { yaxis: [0.7, 1], yaxis2: [0, 0.3], xaxis: [0, 1], xaxis2: [0, 1] };
    for (const [name, domain] of Object.entries(domains)) {
      two.layout[name] = { ...(two.layout[name] as Layout), domain };
    }
    two.layout.xaxis = { ...(two.layout.xaxis as Layout), ...upper };
    return fittedRows(two, two, 700);
  };
  const gap = ({ layout }: Chart) => {
    const [upper, lower] = ["yaxis", "yaxis2"].map((name) => (layout[name] as Layout).domain);
    const part = (upper as number[])[0]! - (lower as number[])[1]!;
    return part * (Number(layout.height) - 70);
  };
  expect(gap(rows({ showticklabels: false }))).toBeCloseTo(30, 0);
  expect(gap(rows({ showticklabels: false }, "head 1,<br>alone"))).toBeCloseTo(48, 0);
  expect(gap(rows({}))).toBeGreaterThan(100);
});

test("three rows of matrices fit in a laptop's window, and small names beside them stay", () => {
  const rows = three({ panels: { count: 3, columns: 1 } });
  const ticktext = Array.from({ length: 14 }, (_, i) => `word ${i}`);
  const names = { tickvals: ticktext.map((_, i) => i), ticktext, tickfont: { size: 10 } };
  const z = ticktext.map(() => ticktext.map(() => 0));
  const data = ["x", "x2", "x3"].map((xaxis) => ({ ...map, z, xaxis }));
  const axes = ["", "2", "3"].flatMap((suffix, i): [string, Layout][] => [
    [`xaxis${suffix}`, { domain: [0, 0.25], showticklabels: i === 2 }],
    [
      `yaxis${suffix}`,
      { ...names, domain: [0.76 - 0.38 * i, 1 - 0.38 * i], scaleanchor: `x${suffix}` },
    ],
  ]);
  const whole = { data, layout: { ...rows.layout, ...Object.fromEntries(axes), height: 900 } };
  const { layout } = fittedRows(whole, whole, 700);
  expect(Number(layout.height)).toBeLessThan(640);
  expect((layout.yaxis as Layout).ticktext).toEqual(ticktext);
  const [low, high] = (layout.yaxis as { domain: [number, number] }).domain;
  const { t, b } = layout.margin as { t: number; b: number };
  const row = (high - low) * (Number(layout.height) - t - b);
  expect(row / ticktext.length, "names of 10 pixels hardly touch").toBeGreaterThan(9.3);
  const { layout: large } = fittedRows(whole, whole, 400);
  expect(Number(large.height)).toBeGreaterThanOrEqual(Number(layout.height));
});

test("a panel's title of two lines keeps off the axis above it", () => {
  const axes = { xaxis: { domain: [0, 0.45] }, xaxis2: { domain: [0.55, 1] } };
  const both = { ...axes, yaxis: { domain: [0, 1] }, yaxis2: { domain: [0, 1] } };
  const height = (title: string) => {
    const annotations = [0, 1].map((i) => ({ name: `panel ${i}`, text: `<b>${title}</b>` }));
    const meta = { panels: { count: 2, columns: 2 } };
    return Number(reflowPanels(chart({ ...both, annotations, meta }, [line]), 250).layout.height);
  };
  expect(height("what each query") - height("short"), "17 in each of two rows").toBe(2 * 17);
});

test("no sign is alone in a text's last line", () => {
  const words = "unseen pictures, network = 1".split(" ");
  expect(linesOf(words, 26)).toEqual(["unseen pictures,", "network = 1"]);
  expect(linesOf(["distance,", "Å"], 9)).toEqual(["distance,", "Å"]);
});

test("on a phone, names of colors stand above panels, and rows are high enough for their names", () => {
  const users = ["user 1", "user 2", "user 3", "user 4"];
  const named = (names: string[]) => ({ tickvals: users.map((_, i) => i), ticktext: names });
  const at = (i: number) => (i === 0 ? "" : String(i + 1));
  const axes = [0, 1].flatMap((i) => [
    [`xaxis${at(i)}`, { domain: [0, 1] }],
    [`yaxis${at(i)}`, { domain: [0.6 - 0.6 * i, 1 - 0.6 * i], scaleanchor: `x${at(i)}` }],
  ]);
  for (const [, axis] of axes.filter(([name]) => String(name).startsWith("y"))) {
    Object.assign(axis!, named(users));
  }
  const data = (ticktext: string[]) =>
    [0, 1].map((i) => ({
      ...{ type: "heatmap", xaxis: `x${at(i)}`, yaxis: `y${at(i)}`, showscale: i === 1 },
      ...{ z: users.map(() => new Array<number>(40).fill(i)), colorbar: { ticktext } },
    }));
  const meta = { panels: { count: 2, columns: 1 } };
  const gantt = (ticktext: string[]) =>
    chart({ ...Object.fromEntries(axes), annotations: [], meta }, data(ticktext));
  const scaleOn = (whole: Chart, width: number) =>
    (reflowPanels(whole, width).data[1]!.colorbar as Layout).orientation;
  const short = gantt(["waits", "reads"]);
  expect(scaleOn(short, 350)).toBe("h");
  expect(scaleOn(short, 720)).toBeUndefined();
  expect(scaleOn(gantt(["a name that is far too long", "reads"]), 350)).toBeUndefined();
  const narrow = reflowPanels(short, 350);
  const { layout } = fittedRows(narrow, narrow, 350);
  const yaxis = layout.yaxis as { scaleratio: number; ticktext: string[] };
  expect(yaxis.ticktext).toEqual(users);
  expect((yaxis.scaleratio * 270) / 40).toBeCloseTo(14);
});

test("names of groups stand in the middle of their cells, as many as have room", () => {
  const ticktext = ["", "red", "", "", "blue", "", "", "green", ""];
  const axis = { tickvals: ticktext.map((_, i) => i), ticktext };
  const beside = (side: number) => (namesThatFit(axis, side) as { ticktext: string[] }).ticktext;
  expect(beside(4)).toEqual(["red", "blue", "green"]);
  expect(beside(2)).toEqual(["red", "green"]);
  const below = fittedTicks(chart({ xaxis: axis }, [map]), 150).layout.xaxis;
  expect(below).toMatchObject({ ticktext: ["red", "green"], tickangle: 0 });
  // squares are narrower than the column, and slanted names need less room
  const inSquares = (width: number) => fittedTicks(chart({ xaxis: axis }, [map]), 600, width);
  expect(inSquares(150).layout.xaxis).toMatchObject({ tickangle: 0 });
  expect(inSquares(90).layout.xaxis).toMatchObject({
    tickangle: -40,
    ticktext: ["red", "blue", "green"],
  });
});

test("pictures on a phone are at least 56 pixels wide, unless they would fill screens", () => {
  const picturesPerRow = (rows: number) => {
    const sheet = sheetOf(new Array<string>(4 * rows).fill(""));
    const { data } = reflowSheet(sheet, sheet, 160);
    return ((data[0]!.z as unknown[][])[0]!.length + 1) / 4;
  };
  expect(picturesPerRow(2)).toBe(2);
  expect(picturesPerRow(20)).toBe(4);
});

test("bars whose names are wider lie on their side in a narrow column", () => {
  const ticktext = ["mean by place", "multiplication", "points in space", "network, no triangles"];
  const bars = { type: "bar", x: [0, 1, 2, 3], y: [3, 2, 1, 0], hovertemplate: "%{x}: %{y:.2f}" };
  const axes = { xaxis: { ticktext, tickvals: [0, 1, 2, 3] }, yaxis: { title: { text: "Å" } } };
  const upright = chart(axes, [bars]);
  expect(sidewaysBars(upright, upright, 720)).toBe(upright);
  const { data, layout } = sidewaysBars(upright, upright, 350);
  expect(data[0]).toMatchObject({ orientation: "h", x: bars.y, y: bars.x });
  expect(data[0]!.hovertemplate).toBe("%{y}: %{x:.2f}");
  expect(layout.xaxis).toMatchObject({ title: { text: "Å" } });
  expect(layout.yaxis).toMatchObject({ autorange: "reversed" });
  expect((layout.yaxis as { ticktext: string[] }).ticktext[3]).toBe("network, no<br>triangles");
  const short = chart({ ...axes, xaxis: { ticktext: ["a", "b", "c", "d"] } }, [bars]);
  expect(sidewaysBars(short, short, 350)).toBe(short);
  const two = chart(axes, [bars, bars]);
  expect(sidewaysBars(two, two, 350)).toBe(two);
});

test("a sheet with many pictures in a row counts as many panels", () => {
  const labelsOf = (length: number, word: string) => Array.from({ length }, () => word);
  expect(panelsAcross(sheetOf(labelsOf(8, "3"), 8))).toBe(1); // a column of text has room for it
  expect(panelsAcross(sheetOf(labelsOf(8, "a longwordbelow"), 8))).toBe(8);
  expect(panelsAcross(sheetOf(labelsOf(14, "3"), 14))).toBe(14); // pictures would be small
  expect(panelsAcross(sheetOf(labelsOf(8, "a longwordbelow"), 4))).toBe(1);
});

test("few measured points along a logarithmic axis have a number each", () => {
  const ticks = (x: number[], mode: string, width: number) => {
    const points = { type: "scatter", mode, x, y: x };
    const xaxis = { type: "log", dtick: "D2", tickformat: ",~r" };
    return fittedTicks(chart({ xaxis, yaxis: {} }, [points]), width).layout.xaxis as Layout;
  };
  const calls = [6, 12, 24, 48];
  expect(ticks(calls, "lines+markers", 640)).toMatchObject({ tickmode: "array", tickvals: calls });
  expect(ticks(calls, "lines", 640).tickvals).toBe(undefined);
  const words = [256, 512, 1024, 2048];
  expect(ticks(words, "markers", 640).ticktext).toEqual(["256", "512", "1,024", "2,048"]);
  expect(ticks([100, 101, 102, 1000], "lines+markers", 640).tickvals).toBe(undefined); // too close
  expect(
    ticks(
      Array.from({ length: 20 }, (_, i) => 2 ** i),
      "markers",
      640,
    ).tickvals,
  ).toBe(undefined);
});

test("a matrix stands at its color scale, and blank room at its left", () => {
  const rows = { ...map, colorbar: {} };
  const meta = { cells: { rows: 14, columns: 14 } };
  const matrix = chart({ meta, xaxis: {}, yaxis: { scaleanchor: "x" } }, [rows]);
  expect(fittedMatrix(matrix, matrix, 640).layout.xaxis).toMatchObject({
    constraintoward: "right",
  });
  const bare = chart({ meta, xaxis: {}, yaxis: { scaleanchor: "x" } }, [
    { ...map, showscale: false },
  ]);
  expect(fittedMatrix(bare, bare, 640).layout.xaxis).toEqual({});
});

test("a view has as many panels side by side as the widest of its charts", () => {
  const three = chart({ meta: { panels: { count: 5, columns: 3 } } }, [map]);
  expect(panelsAcross({ "application/vnd.plotly.v1+json": three })).toBe(3);
  expect(panelsAcross(chart({}, [map]))).toBe(1);
  const view = {
    view: "control",
    version: 1,
    steps: [{ shows: chart({}, [map]) }, { shows: three }],
  };
  expect(panelsAcross(view)).toBe(3);
  expect(panelsAcross({ view: "points", points: Array.from({ length: 500 }, () => three) })).toBe(
    0,
  );
});
