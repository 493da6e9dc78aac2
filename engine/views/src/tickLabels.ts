/** Labels at ticks that fit their axis, and letters that fit their cells. */
import {
  axesOf,
  axisName,
  hidesAxes,
  marginOf,
  metaOf,
  MIN_WIDE_COLUMN,
  type Chart,
  type Layout,
  type Trace,
} from "./chart";
import { isObject } from "./json";
import { linesOf } from "./lines";
import { everyName, groupNames, namesThatFit } from "./matrixRows";

interface Size {
  width: number;
  height: number;
}

/** The font size in a column, and the approximate width of a letter at a tick, in pixels. */
const COLUMN_TYPE = 13;
const LETTER_WIDTH = 7;
/** Bars that are narrower, in pixels, have upright names. */
const MIN_WIDTH_FOR_NAMES = 18;
const MAX_LINES = 3;
/** Long names on a slide may be so much smaller, so that they stay upright. */
const SMALLER_TYPE = 0.8;
/** Ends of slanted names are at their bars, so that none reaches past the last one. */
const SLANT = -40;
/** Pixels; slanted names of narrower bars would run into each other. */
const MIN_WIDTH_FOR_SLANT = 24;

/** Letters of a name beside a matrix in a narrow column, whose cells would be tiny beside more. */
const MAX_NARROW_NAME = 14;

function withShortNames(layout: Layout): Layout {
  const short = axesOf(layout).flatMap((name): [string, Layout][] => {
    const axis = layout[name] as Layout;
    if (!Array.isArray(axis.ticktext)) return [];
    const ticktext = axis.ticktext
      .map(String)
      .map((text) =>
        text.length > MAX_NARROW_NAME ? `${text.slice(0, MAX_NARROW_NAME - 1).trimEnd()}…` : text,
      );
    return [[name, { ...axis, ticktext }]];
  });
  return { ...layout, ...Object.fromEntries(short) };
}

/** Cuts long names beside a matrix in a narrow column; the whole name shows under the pointer. */
export function shortNames(chart: Chart, columnWidth: number): Chart {
  if (!metaOf(chart).cells || columnWidth >= MIN_WIDE_COLUMN) return chart;
  const frames = chart.frames?.map((frame) =>
    frame.layout ? { ...frame, layout: withShortNames(frame.layout) } : frame,
  );
  return { ...chart, layout: withShortNames(chart.layout), ...(frames ? { frames } : {}) };
}

/** A name in lines of at most so many letters; undefined if that's impossible. */
function brokenName(name: string, letters: number): string | undefined {
  const lines = linesOf(name.split(" "), letters);
  const fits = lines.length <= MAX_LINES && lines.every((line) => line.length <= letters);
  return fits ? lines.join("<br>") : undefined;
}

interface NamedTicks {
  names: string[];
  /** The most letters of a name. */
  longest: number;
  /** Pixels for each. */
  width: number;
}

/** An axis's names, and the width that each has in a plot of this width; undefined without names. */
function namesOn(axis: Layout, plotWidth: number): NamedTicks | undefined {
  const { ticktext, domain = [0, 1] } = axis as { ticktext?: unknown; domain?: [number, number] };
  if (!Array.isArray(ticktext) || ticktext.length === 0) return undefined;
  const width = ((domain[1] - domain[0]) * plotWidth) / ticktext.length;
  const names = ticktext.map(String);
  return { names, longest: Math.max(...names.map((name) => name.length)), width };
}

/** Letters of names that stay upright, and of which some are left out where all don't fit. */
const MAX_SHORT_NAME = 2;
const SHORT_NAME_GAP = 4;

/** Short names, such as digits, upright: as many of them as have room. */
function withUprightNames(axis: Layout, letters: number, width: number): Layout {
  const every = Math.ceil((letters * LETTER_WIDTH + SHORT_NAME_GAP) / width);
  return { ...everyName(axis, every), tickangle: 0 };
}

/** Whether names fit below the bars of a plot of this width: short ones, or those that break. */
export function breaksBelow(names: string[], plotWidth: number): boolean {
  const longest = Math.max(0, ...names.map((name) => name.length));
  const width = plotWidth / names.length;
  const letters = Math.floor(width / LETTER_WIDTH);
  if (longest <= MAX_SHORT_NAME || longest <= letters) return true;
  if (width < MIN_WIDTH_FOR_NAMES) return false;
  return names.every((name) => brokenName(name, letters) !== undefined);
}

/**
 * An axis of bars in a plot of this width, with names that don't run into each other.
 * @param plotWidth in pixels of a column, where letters have their usual size
 * @param type the font size, which is larger on a slide
 */
function namedAxis(axis: Layout, plotWidth: number, type = COLUMN_TYPE): Layout {
  const named = namesOn(axis, plotWidth);
  if (!named) return axis;
  const { names, longest, width } = named;
  const letters = Math.floor(width / LETTER_WIDTH);
  if (longest <= MAX_SHORT_NAME) return withUprightNames(axis, longest, width);
  if (longest <= letters || width < MIN_WIDTH_FOR_NAMES) return axis;
  const broken = names.map((name) => brokenName(name, letters));
  if (broken.every((name) => name !== undefined)) {
    return { ...axis, ticktext: broken, tickangle: 0 };
  }
  if (type > COLUMN_TYPE && SMALLER_TYPE * longest <= letters) {
    return { ...axis, tickangle: 0, tickfont: { size: Math.floor((type * letters) / longest) } };
  }
  if (width < MIN_WIDTH_FOR_SLANT) return { ...axis, tickangle: -90 };
  return { ...axis, tickangle: SLANT, ticklabeloverflow: "allow" };
}

/** The names of groups of columns: slanted where that is what shows all of them, else upright. */
function withGroupNames(axis: Layout, longest: number, width: number): Layout {
  const fits = longest * LETTER_WIDTH + SHORT_NAME_GAP <= width;
  const isSlanted = !fits && longest > MAX_SHORT_NAME && width >= MIN_WIDTH_FOR_SLANT;
  return isSlanted ? { ...axis, tickangle: SLANT } : withUprightNames(axis, longest, width);
}

/** An axis of columns in a plot of this width, with as many of its names as have room upright. */
function axisOfColumns(axis: Layout, plotWidth: number): Layout {
  const named = namesOn(axis, plotWidth);
  if (!named) return axis;
  const { longest, width } = named;
  const groups = groupNames(axis);
  if (groups) return withGroupNames(groups.axis, longest, width * groups.step);
  return longest <= MAX_SHORT_NAME
    ? withUprightNames(axis, longest, width)
    : namesThatFit(axis, width);
}

/** The names of the axes that have one range with this one. */
function sharing(name: string, layout: Layout): string[] {
  const first = (one: string) => {
    const { matches } = layout[one] as { matches?: string };
    return matches === undefined ? one : axisName(matches);
  };
  const [letter] = name;
  return axesOf(layout).filter((other) => other[0] === letter && first(other) === first(name));
}

/** The least and largest that a logarithmic axis shows; undefined without numbers. */
function extentOn(name: string, { layout, data }: Chart): Extent | undefined {
  const letter = name[0] as "x" | "y";
  const { range } = layout[name] as { range?: [number, number] };
  if (range) return [10 ** range[0], 10 ** range[1]];
  const names = sharing(name, layout);
  const onAxis = data.filter((trace) => names.includes(axisName(trace[`${letter}axis`] ?? letter)));
  const lists = onAxis.map((trace) => trace[letter]).filter(Array.isArray) as unknown[][];
  const values = lists.flat().filter((v) => typeof v === "number");
  if (values.length === 0) return undefined;
  return values.reduce<Extent>(
    ([low, high], v) => [Math.min(low, v), Math.max(high, v)],
    [Infinity, -Infinity],
  );
}

/** Thousands in groups, and 10k, which would make 200m of 0.2. */
const LONG_NUMBERS = ",~r";
const SHORT_NUMBERS = "~s";
const MIN_LONG_NUMBER = 1e-4;
const MAX_LONG_NUMBER = 1e6;

/** Ticks without numbers between powers of ten. */
const MINOR_TICKS = { ticks: "outside", ticklen: 3, dtick: "D1" };
/** The approximate width of a digit at a tick, and of the gap between two numbers, in pixels. */
const DIGIT_WIDTH = 7.5;
const NUMBER_GAP = 8;
/** The distance between 1 and 2, and between 5 and 10, in decades. */
const LEAST_TICK_DISTANCE = Math.log10(2);
/** The part of an axis that its data take. */
const DATA_SHARE = 0.9;
/** So few decades or powers of ten have numbers at 1, 2 and 5 of each. */
const MAX_FULL_DECADES = 2;
const MIN_POWERS = 3;
/** A range of fewer decades has plotly's own ticks, which may be 3, 4 and 5. */
const MIN_DECADES = 0.8;

type Extent = [low: number, high: number];

/** Whether numbers at 1, 2 and 5 of each power of ten are too wide for an axis of this width. */
function isCrowded([low, high]: Extent, width: number, isShort: boolean): boolean {
  const letters = isShort
    ? 4
    : Math.max(Math.ceil(high).toLocaleString("en").length, low < 1 ? 4 : 1);
  const distance = (LEAST_TICK_DISTANCE / Math.log10(high / low)) * DATA_SHARE * width;
  return distance < letters * DIGIT_WIDTH + NUMBER_GAP;
}

/** Numbers along less than a decade, where plotly's own crowd at the upper end. */
const ROUND_NUMBERS = [1, 1.5, 2, 3, 5, 7];
const MIN_ROUND_NUMBERS = 3;

/** Round numbers along an axis of less than a decade; undefined where it has hardly any of them. */
function roundNumbers([low, high]: Extent): Layout | undefined {
  const least = 10 ** Math.floor(Math.log10(low));
  const all = [least, 10 * least].flatMap((power) => ROUND_NUMBERS.map((n) => n * power));
  const tickvals = all.filter((value) => value >= low && value <= high);
  return tickvals.length < MIN_ROUND_NUMBERS ? undefined : { tickmode: "array", tickvals };
}

/** Where the ticks of a logarithmic axis are, and which of them have numbers. */
function logTicks({ dtick }: Layout, isNarrow: boolean, extent: Extent, width: number): Layout {
  const [low, high] = extent.map(Math.log10) as [number, number];
  if (high - low < MIN_DECADES) {
    if (dtick !== undefined) return {};
    return (width < Infinity && roundNumbers(extent)) || (isNarrow ? { nticks: 4 } : {});
  }
  if (dtick !== 1 && dtick !== "D2") return {};
  const powers = Math.floor(high) - Math.ceil(low) + 1;
  const isFull = high - low < MAX_FULL_DECADES || powers < MIN_POWERS;
  const isShort = isNarrow && extent[0] >= 1;
  if (isFull && (powers < 2 || !isCrowded(extent, width, isShort))) return { dtick: "D2" };
  return { dtick: 1, minor: MINOR_TICKS };
}

/**
 * A logarithmic axis without 1e+4, in a narrow column without long numbers, and with more numbers
 * where it has hardly a power of ten.
 * @param width of the axis in pixels; Infinity if its numbers stand below each other
 */
function logAxis(axis: Layout, isNarrow: boolean, width: number, extent?: Extent): Layout {
  const { tickformat, exponentformat } = axis;
  const isOwn = exponentformat !== undefined || (tickformat ?? LONG_NUMBERS) !== LONG_NUMBERS;
  if (isOwn || !extent) return axis;
  const ticks = logTicks(axis, isNarrow, extent, width);
  const [low, high] = extent;
  if (low < MIN_LONG_NUMBER || high > MAX_LONG_NUMBER) {
    return { ...axis, exponentformat: "power", hoverformat: "", ...ticks };
  }
  return { ...axis, tickformat: isNarrow && low >= 1 ? SHORT_NUMBERS : LONG_NUMBERS, ...ticks };
}

/** So many measured points have a number each. */
const MAX_POINTS_WITH_NUMBERS = 9;

/**
 * The places of the points along a logarithmic x axis, if they are few and their numbers have room;
 * undefined elsewhere, as where a line has no points.
 */
function pointTicks(name: string, { data }: Chart, length: number): number[] | undefined {
  const onAxis = data.filter(({ xaxis = "x" }) => axisName(xaxis) === name);
  const points = onAxis.filter(({ mode, x }) => /markers/.test(String(mode)) && Array.isArray(x));
  const all = new Set(points.flatMap(({ x }) => x as unknown[]).map(Number));
  const values = [...all].filter((v) => v > 0).sort((a, b) => a - b);
  if (values.length < 2 || values.length > MAX_POINTS_WITH_NUMBERS) return undefined;
  const decades = Math.log10(values.at(-1)! / values[0]!);
  const widthOf = (v: number) => v.toLocaleString("en").length * DIGIT_WIDTH;
  const isRoomy = values.slice(1).every((value, i) => {
    const distance = (Math.log10(value / values[i]!) / decades) * DATA_SHARE * length;
    return distance >= (widthOf(value) + widthOf(values[i]!)) / 2 + NUMBER_GAP;
  });
  return isRoomy ? values : undefined;
}

/** The part of an axis in a plot of this length. */
function lengthOf({ domain = [0, 1] }: { domain?: unknown }, plotLength: number): number {
  const [from, to] = domain as [number, number];
  return (to - from) * plotLength;
}

/** Pixels: a power of ten at a tick, with the gap to the next one. */
const POWER_SIZE = { x: 44, y: 20 };

/** A logarithmic axis with as many powers of ten as have room along it. */
function fewerPowers(name: string, axis: Layout, length: number, extent?: Extent): Layout {
  if (typeof axis.dtick !== "number" || !extent) return axis;
  const size = POWER_SIZE[name[0] as "x" | "y"];
  const step = Math.ceil((size * Math.log10(extent[1] / extent[0])) / length);
  return step > axis.dtick ? { ...axis, dtick: step } : axis;
}

/** How wide a letter of one width is for its size, and the margins of a plot without axes. */
const LETTER_RATIO = 0.62;
const BARE_MARGIN = 12;

/** A text that is written into the cells of a matrix, with letters as wide as the cells allow. */
export function fittedLetters(chart: Chart, columnWidth: number): Chart {
  const { layout, data } = chart;
  const [first] = data;
  const isText = hidesAxes(layout) && first?.texttemplate !== undefined;
  if (!isText || !Array.isArray(first.z)) return chart;
  const [row] = first.z as unknown[][];
  const cell = (columnWidth - 2 * BARE_MARGIN) / Math.max(1, row?.length ?? 1);
  const fitted = data.map((trace): Trace => {
    const font = trace.textfont as { size?: number } | undefined;
    if (font?.size === undefined) return trace;
    return { ...trace, textfont: { ...font, size: Math.min(font.size, cell / LETTER_RATIO) } };
  });
  const margin = { ...(layout.margin as object), l: BARE_MARGIN, r: BARE_MARGIN };
  return { ...chart, data: fitted, layout: { ...layout, margin } };
}

/** The axes of a chart that bars stand on. */
function axesUnderBars({ data }: Chart): Set<string> {
  const bars = data.filter(({ type, orientation }) => type === "bar" && orientation !== "h");
  return new Set(bars.map(({ xaxis = "x" }) => axisName(xaxis)));
}

/** A logarithmic axis in a plot of this size. */
function fittedLog(chart: Chart, name: string, plot: Size, isNarrow: boolean): Layout {
  const axis = chart.layout[name] as Layout;
  const extent = extentOn(name, chart);
  const isAcross = name.startsWith("x");
  const length = lengthOf(axis, isAcross ? plot.width : plot.height);
  const numbered = logAxis(axis, isNarrow, isAcross ? length : Infinity, extent);
  const isPlain = numbered !== axis && numbered.exponentformat === undefined;
  const tickvals = isAcross && isPlain ? pointTicks(name, chart, length) : undefined;
  if (!tickvals) return fewerPowers(name, numbered, length, extent);
  // plotly leaves the comma out of 1,024 where its ticks have no text
  const ticktext = tickvals.map((value) => value.toLocaleString("en"));
  const at = { tickmode: "array", tickvals, ticktext };
  return { ...numbered, ...at, tickformat: LONG_NUMBERS, minor: undefined };
}

/** Names and numbers that don't fit below an axis all turn the same way, as slanted names of bars do. */
const TURNED = { autotickangles: [0, SLANT, -90] };

/** plotly's own steps of 0.2 would say 0.8 and 1; these say 0.8 and 1.0. */
const EQUAL_DIGITS = {
  tickformatstops: [1, 2, 3].map((digits) => ({
    dtickrange: [10 ** -digits, 9 * 10 ** -digits],
    value: `.${digits}f`,
  })),
};

/** A linear axis without words or a format of its own, with equal digits at its ticks. */
function withEqualDigits(axis: Layout): Layout {
  const isOwn = axis.tickformat !== undefined || axis.ticktext !== undefined;
  return isOwn || (axis.type ?? "linear") !== "linear" ? axis : { ...axis, ...EQUAL_DIGITS };
}

/** How far apart whole numbers may reach at most that all have ticks. */
const MAX_WHOLE_SPAN = 6;

/** An x axis of a few whole numbers, without ticks between them, at which nothing can be. */
function withWholeTicks(name: string, axis: Layout, { data, frames }: Chart): Layout {
  const isOwn = [axis.dtick, axis.tickvals, axis.ticktext, axis.nticks].some((own) => own != null);
  if (isOwn || frames?.length || (axis.type ?? "linear") !== "linear") return axis;
  const traces = data.filter(({ xaxis = "x" }) => axisName(xaxis) === name);
  if (!traces.every(({ x }) => Array.isArray(x) && x.every(Number.isInteger))) return axis;
  const values = traces.flatMap(({ x }) => x as number[]);
  const span = Math.max(...values) - Math.min(...values);
  return span >= 2 && span <= MAX_WHOLE_SPAN ? { ...axis, tick0: 0, dtick: 1 } : axis;
}

/** A chart whose ticks along axes follow the same rules. */
function withEvenTicks(chart: Chart): Chart {
  const axes = axesOf(chart.layout).flatMap((name): [string, Layout][] => {
    const axis = chart.layout[name];
    if (!isObject(axis)) return [];
    const even = withEqualDigits(axis);
    return [
      [name, name.startsWith("x") ? { ...withWholeTicks(name, even, chart), ...TURNED } : even],
    ];
  });
  return { ...chart, layout: { ...chart.layout, ...Object.fromEntries(axes) } };
}

/**
 * @param chart of any kind
 * @param columnWidth the width of the column in pixels
 * @param squaresWidth the width of a matrix that its squares make narrower than the column
 */
export function fittedTicks(chart: Chart, columnWidth: number, squaresWidth?: number): Chart {
  const { layout } = chart;
  const { l, r } = marginOf(layout);
  const underBars = axesUnderBars(chart);
  const isNarrow = columnWidth < MIN_WIDE_COLUMN;
  const plot = { width: columnWidth - l - r, height: Infinity };
  const changed = axesOf(layout).flatMap((name): [string, Layout][] => {
    const axis = layout[name];
    if (!isObject(axis)) return [];
    if (axis.type === "log") return [[name, fittedLog(chart, name, plot, isNarrow)]];
    if (underBars.has(name)) return [[name, namedAxis(axis, plot.width)]];
    return name.startsWith("x") ? [[name, axisOfColumns(axis, squaresWidth ?? plot.width)]] : [];
  });
  return withEvenTicks({ ...chart, layout: { ...layout, ...Object.fromEntries(changed) } });
}

/** The same on a slide, where size.ts fits the names of matrices. @param type its font size */
export function slideTicks(chart: Chart, plot: Size, type: number): Chart {
  const { layout } = chart;
  const growth = type / COLUMN_TYPE;
  const inColumn = { width: plot.width / growth, height: plot.height / growth };
  const underBars = axesUnderBars(chart);
  const changed = axesOf(layout).flatMap((name): [string, Layout][] => {
    const axis = layout[name];
    if (!isObject(axis)) return [];
    if (axis.type === "log") return [[name, fittedLog(chart, name, inColumn, false)]];
    return underBars.has(name) ? [[name, namedAxis(axis, inColumn.width, type)]] : [];
  });
  return withEvenTicks({ ...chart, layout: { ...layout, ...Object.fromEntries(changed) } });
}
