/**
 * Puts fewer panels in a row in a narrow column, so that their titles and numbers don't run into
 * each other.
 */
import {
  axisName,
  marginOf,
  metaOf,
  MIN_WIDE_COLUMN,
  panelAxis,
  panelCount,
  type Chart,
  type Layout,
  type Trace,
} from "./chart";
import {
  isScaleNamed,
  isScaleOutside,
  mayStandAbove,
  showsScale,
  withScaleAbove,
} from "./colorScale";
import { joinUnits } from "./typography";
import { isObject } from "./json";
import { movedLegends } from "./legendRows";
import { linesOf } from "./lines";

/** One axis, x or y, of a panel. */
interface PanelAxis {
  name: string;
  axis: Layout;
}

/** Pixels: the least width of a panel, the width of an axis's numbers, and of a letter. */
const MIN_PANEL_WIDTH = 96;
/** The same for a picture of few cells, and of one of them: it's clear when it is small. */
const MIN_PICTURE_WIDTH = 76;
const MIN_PICTURE_CELL = 8;
/** The least widths in a narrow column, such as a phone's, where a panel may have a row to itself. */
const MIN_NARROW_PANEL_WIDTH = 150;
const MIN_NARROW_PICTURE_WIDTH = 100;
/** The same for matrices without numbers along their axes. */
const MIN_NARROW_MAP_WIDTH = 84;
export const AXIS_NUMBERS_WIDTH = 64;
/** The same where numbers may be powers of ten, and between panels without numbers. */
const AXIS_POWERS_WIDTH = 84;
const PANEL_GAP = 16;
const LETTER_WIDTH = 7.5;
/** Pixels between two titles side by side. */
const TITLE_GAP = 12;
/** plotly writes an axis's title larger than its numbers. */
const AXIS_TITLE_LETTER_WIDTH = 9;
/** Pixels: the height of a row of one or two panels, and of a row of more, with its padding. */
const TALL_ROW_HEIGHT = 280;
const SHORT_ROW_HEIGHT = 230;
/** The same for three or more charts below each other, as on a phone. */
const STACKED_ROW_HEIGHT = 220;
/** Panels of at least this width show a number at each cell. */
const MIN_WIDTH_FOR_ALL_TICKS = 140;
/** Above and below a row: a title, the numbers and the axis's title. */
const ROW_PADDING = 90;
/** The same where the numbers and titles of axes stand at the edges only. */
const ROW_PADDING_OF_TITLES = 40;
/** A title's second line. */
const TITLE_LINE_HEIGHT = 17;
/** Pixels above panels without a legend. */
const TITLES_MARGIN = 40;
/** Pixels: the color scale at the right of all panels. */
const SCALE_WIDTH = 60;

const titleOf = /^panel (\d+)$/;

const axisOf = (layout: Layout, letter: "x" | "y", i: number): PanelAxis => {
  const name = axisName(panelAxis(letter, i));
  return { name, axis: isObject(layout[name]) ? layout[name] : {} };
};
export const axesOf = (layout: Layout, letter: "x" | "y", count: number): PanelAxis[] =>
  Array.from({ length: count }, (_, i) => axisOf(layout, letter, i));
export const isHidden = ({ axis }: PanelAxis) => axis.showticklabels === false;
export const hasTitle = ({ axis }: PanelAxis) => isObject(axis.title) && Boolean(axis.title.text);

const notesOf = ({ annotations }: Layout): Layout[] =>
  Array.isArray(annotations) ? annotations.filter(isObject) : [];

/** A panel's title in lines that are no wider than the panel; other notes stay as they are. */
function withBrokenTitle(note: Layout, width: number): Layout {
  const [, title = ""] = /^<b>(.*)<\/b>$/.exec(String(note.text)) ?? [];
  if (!titleOf.test(String(note.name)) || title.length * LETTER_WIDTH <= width) return note;
  const lines = linesOf(joinUnits(title).split(" "), Math.floor(width / LETTER_WIDTH));
  return { ...note, text: `<b>${lines.join("<br>")}</b>` };
}

/** The most lines that a panel's title takes at this width. */
function titleLines(annotations: Layout[], width: number): number {
  const titles = annotations.filter(({ name }) => titleOf.test(String(name)));
  const broken = titles.map((note) => String(withBrokenTitle(note, width).text).split("<br>"));
  return Math.max(1, ...broken.map((lines) => lines.length));
}

const titlesOf = (annotations: Layout[]): string[] =>
  annotations
    .filter(({ name }) => titleOf.test(String(name)))
    .map(({ text }) => String(text).slice("<b>".length, -"</b>".length));

/** About the letters of a title's longer line where it takes two. */
const halfOf = (title: string): number =>
  Math.max(title.length / 2 + 2, ...title.split(" ").map((word) => word.length));

/** Whether panels are matrices with no numbers or names along any axis, such as many small maps. */
function areUnnumbered({ layout }: Chart, count: number): boolean {
  const all = (["x", "y"] as const).flatMap((letter) => axesOf(layout, letter, count));
  const isBlank = ({ axis }: PanelAxis) => axis.visible === false || axis.showticklabels === false;
  return all.every(isBlank) && axisOf(layout, "y", 0).axis.scaleanchor !== undefined;
}

/** The least width of a panel: that of small pictures, such as digits of 8 × 8 pixels, is less. */
function minPanelWidth(chart: Chart, count: number, isNarrow: boolean): number {
  const columns = chart.data.map(({ z }) =>
    Array.isArray(z) ? (z as unknown[][])[0]?.length : undefined,
  );
  const areSmall = columns.every(
    (n) => n !== undefined && n * MIN_PICTURE_CELL < MIN_PICTURE_WIDTH,
  );
  if (!isNarrow) return areSmall ? MIN_PICTURE_WIDTH : MIN_PANEL_WIDTH;
  if (areUnnumbered(chart, count)) return MIN_NARROW_MAP_WIDTH;
  return areSmall ? MIN_NARROW_PICTURE_WIDTH : MIN_NARROW_PANEL_WIDTH;
}

/** The number of panels that fit in a row, with titles of at most two lines. */
function fitting(chart: Chart, width: number, gap: number, isNarrow: boolean): number {
  const count = panelCount(chart);
  const longest = Math.max(0, ...titlesOf(notesOf(chart.layout)).map(halfOf));
  const least =
    Math.max(minPanelWidth(chart, count, isNarrow), longest * LETTER_WIDTH + TITLE_GAP) + gap;
  // the last panel has no other at its right
  return Math.max(1, Math.floor((width + (isNarrow ? gap : 0)) / least));
}

/** Pixels between two panels whose y axes these are. */
function betweenPanels(axes: PanelAxis[]): number {
  if (axes.some(isHidden)) return PANEL_GAP;
  return axes.slice(1).some(({ axis }) => axis.type === "log")
    ? AXIS_POWERS_WIDTH
    : AXIS_NUMBERS_WIDTH;
}

/** Whether each title fits above its panel in one line. */
const isInOneLine = (annotations: Layout[], width: number): boolean =>
  titlesOf(annotations).every((title) => title.length * LETTER_WIDTH <= width);

/** Matrices have squares as cells, so they need no more height than width. */
function rowHeight(layout: Layout, columns: number, width: number, rows: number): number {
  const isSquare = axisOf(layout, "y", 0).axis.scaleanchor !== undefined;
  const least = isSquare ? width + ROW_PADDING : Infinity;
  if (columns === 1 && rows > 2) return Math.min(STACKED_ROW_HEIGHT, least);
  return Math.min(columns > 2 ? SHORT_ROW_HEIGHT : TALL_ROW_HEIGHT, least);
}

/** Shows fewer numbers along an axis that has one at each cell. */
function thinTicks(axis: Layout): void {
  if (axis.dtick === 1) Object.assign(axis, { dtick: undefined, nticks: 4 });
}

/** Whether nothing on an x axis is below zero, so that zero and one more number are enough. */
function startsAtZero(name: string, data: Trace[]): boolean {
  const onAxis = data.filter(({ xaxis = "x" }) => axisName(xaxis) === name);
  return onAxis.every(({ x }) => !Array.isArray(x) || x.every((v) => !(Number(v) < 0)));
}

/** Shows so few numbers along the axes of panels of this width that those of neighbors don't touch. */
function thinPanelTicks(axes: Record<string, Layout>, data: Trace[], width: number): void {
  if (width >= MIN_WIDTH_FOR_ALL_TICKS) return;
  for (const [name, axis] of Object.entries(axes)) {
    // rows that aren't squares are high enough for their numbers
    if (name.startsWith("x") || axis.scaleanchor || axis.type === "log") thinTicks(axis);
    const isPlain = axis.dtick === undefined && !axis.ticktext && axis.type !== "log";
    if (isPlain && name.startsWith("x") && startsAtZero(name, data)) axis.nticks = 3;
  }
}

/** Whether an x axis's title is wider than its panel. */
function isTitleLong({ name, axis }: PanelAxis, width: number): boolean {
  const { text = "" } = (axis.title ?? {}) as { text?: string };
  return name.startsWith("x") && text.length * AXIS_TITLE_LETTER_WIDTH > width;
}

/** Leaves the first title in a row of x axes whose titles would run into each other. */
function oneTitlePerRow(axes: Record<string, Layout>, columns: number, width: number): void {
  for (const [name, axis] of Object.entries(axes)) {
    const index = Number(name.slice("xaxis".length) || 1) - 1;
    if (index % columns > 0 && isTitleLong({ name, axis }, width)) axis.title = undefined;
  }
}

/** Moves the axes of all panels, and shows numbers at the ends of the new rows and columns. */
function layOutPanels(
  layout: Layout,
  count: number,
  columns: number,
  gaps: { x: number; y: number },
) {
  const rows = Math.ceil(count / columns);
  const width = (1 - gaps.x * (columns - 1)) / columns;
  const height = (1 - gaps.y * (rows - 1)) / rows;
  const all = Array.from({ length: count }, (_, i) => i);
  const xs = axesOf(layout, "x", count);
  const ys = axesOf(layout, "y", count);
  const named = (axes: PanelAxis[], i: number, atEdge: boolean): Layout => {
    const { axis } = axes[i]!;
    const labeled = (axes.find((a) => !isHidden(a)) ?? axes.find(hasTitle))?.axis;
    if (!axes.some(isHidden) || axes.every(hasTitle) || !labeled) return axis;
    const { title, showticklabels } = labeled;
    return atEdge
      ? { ...axis, title, showticklabels }
      : { ...axis, title: undefined, showticklabels: false };
  };
  const positions = all.map((i) => {
    const left = (i % columns) * (width + gaps.x);
    const top = 1 - Math.floor(i / columns) * (height + gaps.y);
    return { left, top };
  });
  const axes = all.flatMap((i): [string, Layout][] => {
    const { left, top } = positions[i]!;
    const x = named(xs, i, i + columns >= count);
    const y = named(ys, i, i % columns === 0);
    return [
      [xs[i]!.name, { ...x, domain: [left, Math.min(1, left + width)] }],
      [ys[i]!.name, { ...y, domain: [Math.max(0, top - height), top] }],
    ];
  });
  return { axes: Object.fromEntries(axes) as Record<string, Layout>, positions, width, height };
}

/** Moves the panels of a chart, their titles, legends and a color scale between them. */
function movePanels(
  { layout, data }: Chart,
  count: number,
  columns: number,
  gaps: { x: number; y: number },
) {
  const { axes, positions, width, height } = layOutPanels(layout, count, columns, gaps);
  const annotations = notesOf(layout).map((note) => {
    const position = positions[Number(titleOf.exec(String(note.name))?.[1])];
    return position ? { ...note, x: position.left + width / 2, y: position.top } : note;
  });
  const moved = data.map((trace) => {
    const scale = trace.colorbar;
    const position = positions[Number(String(trace.xaxis ?? "x").slice(1) || 1) - 1];
    if (!isObject(scale) || scale.x === undefined || !position) return trace;
    const x = position.left + width + 0.005;
    const high =
      scale.lenmode === "pixels"
        ? { y: position.top }
        : { y: position.top - height / 2, len: height };
    return { ...trace, colorbar: { ...scale, x, ...high } };
  });
  const legends = movedLegends(
    layout,
    positions.map(({ left }) => left + width / 2),
  );
  return { axes: { ...axes, ...legends }, annotations, data: moved };
}

export const hasSquarePanels = ({ layout }: Chart) =>
  axisOf(layout, "y", 0).axis.scaleanchor !== undefined;

/** The chart with its panels so far from each other, as shares of its width and height. */
export function spaced(
  chart: Chart,
  count: number,
  columns: number,
  gaps: { x: number; y: number },
): Chart {
  const { axes, annotations, data } = movePanels(chart, count, columns, gaps);
  return { ...chart, data, layout: { ...chart.layout, ...axes, annotations } };
}

/** Panels that keep their row, with fewer numbers and titles along their axes if they are narrow. */
function withFewerTicks(chart: Chart, count: number, width: number): Chart {
  const all = (["x", "y"] as const).flatMap((letter) => axesOf(chart.layout, letter, count));
  const isWide = width >= MIN_WIDTH_FOR_ALL_TICKS;
  if (isWide && !all.some((axis) => isTitleLong(axis, width))) return chart;
  const axes = Object.fromEntries(all.map(({ name, axis }) => [name, { ...axis }]));
  thinPanelTicks(axes, chart.data, width);
  oneTitlePerRow(axes, metaOf(chart).panels!.columns, width);
  return { ...chart, layout: { ...chart.layout, ...axes } };
}

/** Pixels between panels for a color scale, and for the next axis with its numbers and name. */
const SCALE_GAP = 118;

/** One row of panels with more room between them, where a color scale and an axis's name meet. */
function withRoomForScale(chart: Chart, count: number, width: number): Chart {
  const hasScale = chart.data.some(
    ({ colorbar }) => isObject(colorbar) && colorbar.x !== undefined,
  );
  const all = axesOf(chart.layout, "y", count);
  const hasName = all.slice(1).some(({ axis }) => isObject(axis.title) && axis.title.text);
  if (!hasScale || !hasName || metaOf(chart).panels!.columns < count) return chart;
  return spaced(chart, count, count, { x: SCALE_GAP / width, y: 0 });
}

/** Pixels between panels of which the right one has its own numbers and, along them, its name. */
const NAMED_AXIS_WIDTH = 76;

const domainOf = (axis: PanelAxis | undefined): [number, number] =>
  (axis?.axis.domain as [number, number] | undefined) ?? [0, 1];

/** How far panels are from each other; 0 between rows where there is one. */
function gapsOf(layout: Layout, count: number, columns: number): { x: number; y: number } {
  const [xs, ys] = [axesOf(layout, "x", count), axesOf(layout, "y", count)];
  const below = ys[columns];
  return {
    x: domainOf(xs[1])[0] - domainOf(xs[0])[1],
    y: below ? domainOf(ys[0])[0] - domainOf(below)[1] : 0,
  };
}

/** Panels in rows with so much between them that a name along an axis keeps off its neighbor. */
function withRoomForNames(chart: Chart, count: number, width: number): Chart {
  const { columns } = metaOf(chart).panels!;
  const ys = axesOf(chart.layout, "y", count);
  const isNamed = ys.some((axis, i) => i % columns > 0 && hasTitle(axis) && !isHidden(axis));
  const { x, y } = gapsOf(chart.layout, count, columns);
  if (!isNamed || x * width >= NAMED_AXIS_WIDTH) return chart;
  return spaced(chart, count, columns, { x: NAMED_AXIS_WIDTH / width, y });
}

/** Pixels: several rows of charts and the controls above them fit in a laptop's window. */
const MAX_ROWS_HEIGHT = 480;

/** A logarithmic axis up a lower panel, with half of its powers. */
const halfThePowers = (axis: Layout): Layout =>
  axis.type === "log" && typeof axis.dtick === "number" ? { ...axis, dtick: 2 * axis.dtick } : axis;

/** Several rows of charts, no higher than that, as far apart as before; squares keep their height. */
function lowered(chart: Chart, count: number): Chart {
  const { captionRoom = 0, slider, panels } = metaOf(chart);
  const { columns } = panels!;
  if (columns >= count || hasSquarePanels(chart)) return chart;
  const total = Number(chart.layout.height ?? 0);
  const over = total - captionRoom - (slider?.room ?? 0) - MAX_ROWS_HEIGHT;
  if (over <= 0) return chart;
  const { t, b } = marginOf(chart.layout);
  const { x, y } = gapsOf(chart.layout, count, columns);
  const asManyPixels = (total - t - b) / (total - t - b - over);
  const { layout, ...rest } = spaced(chart, count, columns, { x, y: y * asManyPixels });
  const sparse = axesOf(layout, "y", count).map(({ name, axis }) => [name, halfThePowers(axis)]);
  return { ...rest, layout: { ...layout, ...Object.fromEntries(sparse), height: total - over } };
}

/** Pixels: a color scale above all panels with its numbers, its name, and the panels' titles below. */
const SCALE_ABOVE_HEIGHT = 44;
const SCALE_NAME_HEIGHT = 24;
const TITLE_HEIGHT = 26;

/** The traces whose one scale goes above the panels; none in one row, where there is room beside it. */
function scalesAbove(data: Trace[], rows: number, width: number, isNarrow: boolean): Trace[] {
  const found = data.filter((trace) => mayStandAbove(trace, width, isNarrow));
  return (rows < 2 && !isNarrow) || found.length !== 1 ? [] : found;
}

/**
 * Puts a scale above all panels, which get its room.
 * @param lines of the highest title of a panel
 * @returns the pixels it takes
 */
function withScalesAbove(
  data: Trace[],
  found: Trace[],
  { plotHeight, lines }: { plotHeight: number; lines: number },
): [Trace[], number] {
  const [first] = found;
  if (!first) return [data, 0];
  const name = isScaleNamed(first) ? SCALE_NAME_HEIGHT : 0;
  const height = SCALE_ABOVE_HEIGHT + name + (lines - 1) * TITLE_LINE_HEIGHT;
  const place = { y: 1 + (TITLE_HEIGHT + height) / plotHeight, ypad: 0 };
  const moved = data.map((trace) => (found.includes(trace) ? withScaleAbove(trace, place) : trace));
  return [moved, height];
}

/** How many panels a row of a column has room for, and whether they keep the rows that they have. */
function rowsIn(chart: Chart, columnWidth: number) {
  const count = panelCount(chart);
  const { columns = 0 } = metaOf(chart).panels ?? {};
  const isNarrow = columnWidth < MIN_WIDE_COLUMN;
  const hasScaleBeside = isNarrow && chart.data.some(isScaleOutside);
  const { l, r } = marginOf(chart.layout);
  const numbered = axesOf(chart.layout, "y", count);
  const isOnce = numbered.some(isHidden);
  const between = betweenPanels(numbered);
  const width = Math.max(1, columnWidth - l - r);
  const most = Math.min(columns, fitting(chart, width, isOnce ? 0 : between, isNarrow));
  const room = width / columns - TITLE_GAP - (isOnce ? 0 : between);
  const fit = most >= columns && isInOneLine(notesOf(chart.layout), room);
  return { width, between, isOnce, most, hasScaleBeside, keepsRows: fit && !hasScaleBeside };
}

/** Whether all panels stand beside each other in a column that isn't narrow. */
export function areInOneRow(chart: Chart, columnWidth: number): boolean {
  const { count = 0, columns = 0 } = metaOf(chart).panels ?? {};
  if (count < 2 || columns < count || columnWidth < MIN_WIDE_COLUMN) return false;
  return rowsIn(chart, columnWidth).keepsRows;
}

/**
 * @param chart of any kind; one without panels stays as it is
 * @param columnWidth the width of the column in pixels
 */
export function reflowPanels(chart: Chart, columnWidth: number): Chart {
  const count = panelCount(chart);
  const { columns: maxColumns = 0 } = metaOf(chart).panels ?? {};
  if (count === 0 || maxColumns === 0) return chart;
  const isNarrow = columnWidth < MIN_WIDE_COLUMN;
  const { width, between, isOnce, most, ...rowsNow } = rowsIn(chart, columnWidth);
  if (maxColumns === 1 && !rowsNow.hasScaleBeside) return chart;
  const { layout } = chart;
  const margin = marginOf(layout);
  if (rowsNow.keepsRows) {
    const apart = withRoomForNames(withRoomForScale(chart, count, width), count, width);
    return withFewerTicks(lowered(apart, count), count, width / maxColumns);
  }
  const rows = Math.ceil(count / most);
  const columns = Math.ceil(count / rows); // twelve panels as 4 + 4 + 4, not as 5 + 5 + 2
  const each = width / columns - between;
  const isBare = isOnce && axesOf(layout, "x", count).some(isHidden) && hasSquarePanels(chart);
  const beside = chart.data.some(showsScale) ? SCALE_WIDTH / columns : 0;
  const lines = titleLines(notesOf(layout), each - beside);
  const least = isBare ? ROW_PADDING_OF_TITLES : ROW_PADDING;
  const padding = least + (lines - 1) * TITLE_LINE_HEIGHT;
  const inner = rows * (rowHeight(layout, columns, each, rows) + padding - ROW_PADDING);
  const gaps = { x: between / width, y: padding / inner };
  const { axes, annotations, data: moved } = movePanels(chart, count, columns, gaps);
  const lifted = scalesAbove(moved, rows, width, isNarrow);
  const [data, above] = withScalesAbove(moved, lifted, { plotHeight: inner, lines });
  const hasScale = above === 0 && data.some(showsScale);
  const titleWidth = each - (hasScale ? SCALE_WIDTH / columns : 0);
  const notes = annotations.map((note) => withBrokenTitle(note, titleWidth));
  thinPanelTicks(axes, chart.data, each);
  oneTitlePerRow(axes, columns, each);
  const { captionRoom = 0, slider } = metaOf(chart);
  const legend = Math.max(0, margin.t - captionRoom - TITLES_MARGIN);
  const height = inner + above + legend + 60 + captionRoom + (slider?.room ?? 0);
  const t = margin.t + above;
  const changed = { ...axes, annotations: notes, height, margin: { ...margin, t } };
  return { ...chart, data, layout: { ...layout, ...changed } };
}
