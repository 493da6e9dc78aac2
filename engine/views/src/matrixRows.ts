/**
 * Rows of panels that are matrices. Their cells are squares, so a matrix is often smaller than its
 * panel: here it stands at the panel's top, right below its title, and rows are no higher than
 * their matrices.
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
import { isAbove, isScaleOutside, ownLength } from "./colorScale";
import { isObject } from "./json";
import { arePictures, pixelPanels, pixelPanelsOnSlide } from "./pixelPanels";

/** A panel's matrix and the parts of the plot's width and height that the panel takes. */
interface MatrixPanel {
  x: string;
  y: string;
  rows: number;
  columns: number;
  across: number;
  top: number;
  high: number;
  /** The height of a cell by its width. */
  cellRatio: number;
}

/** The plot's width and height in pixels, without margins. */
interface Room {
  width: number;
  height: number;
}

/** Pixels beside the plot for a color scale and its numbers. */
const SCALE_WIDTH = 70;
/** Pixels between two rows of matrices of which only the last has numbers: a title of one or two lines. */
const MAX_GAP_OF_LINE = 30;
const MAX_GAP_OF_LINES = 48;
/** Pixels: three or more rows fit in a laptop's window with a caption and a slider. */
const MAX_ROWS_HEIGHT = 420;
/** Pixels: what a row may take beyond that, so that names beside it don't touch. */
const MAX_NAMED_ROW_HEIGHT = 132;
/** How much higher than wide a cell may be in a column of text. */
export const MAX_COLUMN_CELL_RATIO = 8;
/** Rows less high than this, in pixels, have no room for the name of their axis. */
const MIN_ROW_HEIGHT = 60;

const isDomain = (value: unknown): value is [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every(Number.isFinite);

/** The largest matrix on an axis at any position of the slider. */
function largestOn(axis: string, { data, frames = [] }: Chart): [rows: number, columns: number] {
  const all = [data, ...frames.map((frame) => frame.data)];
  const matrices = all.flatMap((traces) =>
    traces.filter((_, i) => data[i]?.type === "heatmap" && (data[i].xaxis ?? "x") === axis),
  );
  const known = matrices.map(({ z }: Trace) => z).filter(Array.isArray) as unknown[][][];
  const columns = known.map(([row]) => (Array.isArray(row) ? row.length : 0));
  return [Math.max(0, ...known.map((z) => z.length)), Math.max(0, ...columns)];
}

/** Pixels; lower cells have room for every second or third name. */
const MIN_NAME_HEIGHT = 12;
/** The same of names in small type, by the size of their letters. */
const SMALL_NAME_RATIO = 0.84;

/** Pixels that each name along an axis needs. */
function nameHeight({ tickfont }: Layout): number {
  const { size } = (tickfont ?? {}) as { size?: number };
  return size === undefined ? MIN_NAME_HEIGHT : Math.min(MIN_NAME_HEIGHT, SMALL_NAME_RATIO * size);
}

/** An axis with the first of its names, and every so many after it. */
export function everyName(axis: Layout, step: number): Layout {
  const { tickvals, ticktext } = axis;
  if (step === 1 || !Array.isArray(ticktext) || !Array.isArray(tickvals)) return axis;
  const some = (list: unknown[]) => list.filter((_, i) => i % step === 0);
  return { ...axis, tickvals: some(tickvals), ticktext: some(ticktext) };
}

/** Whether an axis has a name for each group of cells, and blanks for the other cells. */
export function groupNames(axis: Layout): { axis: Layout; step: number } | undefined {
  const { tickvals, ticktext } = axis as { tickvals?: unknown[]; ticktext?: unknown[] };
  if (!Array.isArray(tickvals) || !Array.isArray(ticktext)) return undefined;
  const at = tickvals.filter((_, i) => ticktext[i] !== "");
  if (at.length === ticktext.length || at.length < 2) return undefined;
  const names = ticktext.filter((name) => name !== "");
  const gaps = at.slice(1).map((value, i) => Math.abs(Number(value) - Number(at[i])));
  return { axis: { ...axis, tickvals: at, ticktext: names }, step: Math.min(...gaps) };
}

/** An axis with those of its names that have room beside cells of this side. */
export function namesThatFit(axis: Layout, side: number): Layout {
  const groups = groupNames(axis);
  const least = nameHeight(axis);
  if (!groups) return everyName(axis, Math.ceil(least / side));
  return everyName(groups.axis, Math.ceil(least / (side * groups.step)));
}

/** Pixels: the least height of a row with a name in a narrow column, so that every name shows. */
const MIN_NAMED_CELL_HEIGHT = 14;

/** Whether rows have names and columns have none; a table of pairs keeps its squares. */
const hasNamedRows = (x: Layout, y: Layout): boolean =>
  Array.isArray(y.ticktext) && !Array.isArray(x.ticktext);

/**
 * How much higher than wide the cells of a panel in a narrow column are, so that each row's name
 * shows; 1 elsewhere.
 * @param maxHeight of the matrix, in pixels
 */
export function namedCellRatio(
  [x, y]: [x: Layout, y: Layout],
  { rows, side, maxHeight }: { rows: number; side: number; maxHeight: number },
  columnWidth: number,
): number {
  if (columnWidth >= MIN_WIDE_COLUMN || !hasNamedRows(x, y)) return 1;
  const least = Math.min(MIN_NAMED_CELL_HEIGHT, maxHeight / rows);
  return Math.min(MAX_COLUMN_CELL_RATIO, Math.max(1, least / side));
}

/** Panels with a name per row, in cells that are high enough for it. */
function withNameHeights(
  { layout }: Chart,
  panels: MatrixPanel[],
  { width, height }: Room,
  columnWidth: number,
): MatrixPanel[] {
  return panels.map((panel) => {
    const side = (panel.across * width) / panel.columns;
    const axes: [Layout, Layout] = [layout[panel.x] as Layout, layout[panel.y] as Layout];
    const maxHeight = panel.high * height;
    const ratio = namedCellRatio(axes, { rows: panel.rows, side, maxHeight }, columnWidth);
    return { ...panel, cellRatio: Math.max(panel.cellRatio, ratio) };
  });
}

/** A chart's panels that are matrices whose cells have the same shape. */
export function matricesOf({ layout }: Chart, whole: Chart, count: number): MatrixPanel[] {
  return Array.from({ length: count }, (_, i) => i).flatMap((i) => {
    const [x, y] = [axisName(panelAxis("x", i)), axisName(panelAxis("y", i))];
    const [xAxis, yAxis] = [layout[x], layout[y]];
    if (!isObject(xAxis) || !isObject(yAxis) || yAxis.scaleanchor === undefined) return [];
    const [rows, columns] = largestOn(panelAxis("x", i), whole);
    const { domain: across } = xAxis;
    const { domain: up } = yAxis;
    if (rows === 0 || columns === 0 || !isDomain(across) || !isDomain(up)) return [];
    const size = { across: across[1] - across[0], top: up[1], high: up[1] - up[0] };
    const cellRatio = Number(yAxis.scaleratio ?? 1);
    return [{ x, y, rows, columns, ...size, cellRatio }];
  });
}

/** Color scales at the right of all panels. */
const outerScales = ({ data }: Chart) => data.filter(isScaleOutside);

/** Keeps the distance in pixels of a color scale above panels whose height changes by a factor. */
function keptAbove(trace: Trace, factor: number): Trace {
  const scale = trace.colorbar;
  if (!isObject(scale) || !isAbove(scale)) return trace;
  return { ...trace, colorbar: { ...scale, y: 1 + (Number(scale.y) - 1) / factor } };
}

/** The least height that names beside a color scale need, in pixels. */
const scaleHeight = (chart: Chart) => Math.max(0, ...outerScales(chart).map(ownLength));

/** The height of the highest drawn matrix in pixels. */
const drawnHeight = (panels: MatrixPanel[], { width, height }: Room, names = 0) =>
  Math.max(
    ...panels.map(({ rows, columns, across, high, cellRatio }) =>
      Math.min((across * width * rows * cellRatio) / columns, Math.max(high * height, names)),
    ),
  );

/**
 * Puts rows at new places, which are parts of the plot's height.
 * @param to the rows' upper ends
 * @param high the height of a row
 */
function moveRows({ layout, data }: Chart, panels: MatrixPanel[], to: number[], high: number) {
  const from = [...new Set(panels.map(({ top }) => top))].sort((a, b) => b - a);
  const newTop = (top: number) => to[from.indexOf(top)]!;
  const axes = panels.map(({ y, top }): [string, Layout] => {
    const domain = [Math.max(0, newTop(top) - high), newTop(top)];
    return [y, { ...(layout[y] as Layout), domain, constraintoward: "top" }];
  });
  const annotations = ((layout.annotations ?? []) as Layout[]).map((note) =>
    note.yref === "paper" && from.includes(Number(note.y))
      ? { ...note, y: newTop(Number(note.y)) }
      : note,
  );
  const moved = data.map((trace) => {
    const scale = trace.colorbar;
    const panel = panels.find(({ x }) => x === axisName(trace.xaxis ?? "x"));
    if (!isObject(scale) || scale.x === undefined || isAbove(scale) || !panel) return trace;
    const top = newTop(panel.top);
    const place = scale.lenmode === "pixels" ? { y: top } : { y: top - high / 2, len: high };
    return { ...trace, colorbar: { ...scale, ...place } };
  });
  const changed: Layout = { ...layout, ...Object.fromEntries(axes), annotations };
  return { data: moved, layout: changed };
}

/** Panels that keep their places, with each matrix at the top of its own. */
function atTop(chart: Chart, panels: MatrixPanel[]): Chart {
  const axes = panels.map(({ y }): [string, Layout] => [
    y,
    { ...(chart.layout[y] as Layout), constraintoward: "top" },
  ]);
  return { ...chart, layout: { ...chart.layout, ...Object.fromEntries(axes) } };
}

const rowsOf = (panels: MatrixPanel[]) => new Set(panels.map(({ top }) => top)).size;

/** Pixels between rows of so many that take so much of the plot. */
function rowGap({ layout }: Chart, panels: MatrixPanel[], rows: number, room: number): number {
  if (rows < 2) return 0;
  const gap = (room * (1 - rows * panels[0]!.high)) / (rows - 1);
  const isOnce = panels.some(({ x }) => (layout[x] as Layout).showticklabels === false);
  const notes = (layout.annotations ?? []) as Layout[];
  const most = notes.some(({ text }) => /<br>/.test(String(text)))
    ? MAX_GAP_OF_LINES
    : MAX_GAP_OF_LINE;
  return isOnce ? Math.min(most, gap) : gap;
}

/**
 * Pixels: what names beside each cell of a panel take where three or more rows are low, without
 * touching each other; 0 where there are none.
 */
function namesHeight({ layout }: Chart, panels: MatrixPanel[]): number {
  if (rowsOf(panels) < 3) return 0;
  const heights = panels.map(({ y, rows }) => {
    const { ticktext, tickfont } = layout[y] as Layout;
    const { size = MIN_NAME_HEIGHT } = (tickfont ?? {}) as { size?: number };
    return Array.isArray(ticktext) && ticktext.length === rows ? rows * size : 0;
  });
  return Math.min(MAX_NAMED_ROW_HEIGHT, Math.max(...heights));
}

/** Pixels: the height of each of so many rows, in a column that isn't a phone's. */
function rowLimit(rows: number, gap: number, columnWidth: number): number {
  if (rows < 3 || columnWidth < MIN_WIDE_COLUMN) return Infinity;
  return Math.max(MIN_ROW_HEIGHT, (MAX_ROWS_HEIGHT - (rows - 1) * gap) / rows);
}

/** Panels whose cells differ in size by less than this have equally many of their names. */
const ALIKE = 0.9;

/** The axes of panels with those names that have room beside their cells. @param room of a row */
function namedPanels(layout: Layout, panels: MatrixPanel[], room: Room): [string, Layout][] {
  const sides = panels.map(({ rows, columns, across, cellRatio }) =>
    Math.min(room.height / rows / cellRatio, (across * room.width) / columns),
  );
  return panels.flatMap(({ x, y, cellRatio }, i): [string, Layout][] => {
    const side = Math.min(...sides.filter((other) => other > ALIKE * sides[i]!));
    const yAxis = namesThatFit(layout[y] as Layout, side * cellRatio);
    const ratio = cellRatio > 1 ? { scaleratio: cellRatio } : {};
    return [
      [x, namesThatFit(layout[x] as Layout, side)],
      [y, { ...yAxis, ...ratio }],
    ];
  });
}

/**
 * A chart whose panels are matrices, as high as they are.
 * @param chart of any kind; one without panels stays as it is
 * @param whole the chart with all of its frames, which decides for all of them
 * @param columnWidth the width of the column in pixels
 */
export function fittedRows(chart: Chart, whole: Chart, columnWidth: number): Chart {
  const count = panelCount(chart);
  const found = matricesOf(chart, whole, count);
  if (found.length === 0) return chart;
  if (found.length < count) return atTop(chart, found);
  const { l, r, t, b } = marginOf(chart.layout);
  const total = (chart.layout.height as number | undefined) ?? 360;
  const scale = outerScales(chart).length > 0 ? SCALE_WIDTH : r;
  const room = { width: Math.max(1, columnWidth - l - scale), height: Math.max(1, total - t - b) };
  if (arePictures(whole, found)) {
    const { layout, height } = pixelPanels(chart, found, room.width);
    const data = chart.data.map((trace) => keptAbove(trace, height / room.height));
    return {
      ...chart,
      data,
      layout: { ...layout, height: Math.ceil(total - room.height + height) },
    };
  }
  const panels = withNameHeights(chart, found, room, columnWidth);
  const rows = rowsOf(panels);
  const before = panels[0]!.high * room.height;
  const least = rows === 1 ? Math.max(MIN_ROW_HEIGHT, scaleHeight(chart)) : MIN_ROW_HEIGHT;
  const gap = rowGap(chart, panels, rows, room.height);
  const names = columnWidth < MIN_WIDE_COLUMN ? 0 : namesHeight(chart, panels);
  const most = Math.max(names, Math.min(before, rowLimit(rows, gap, columnWidth)));
  const each = Math.min(most, Math.max(least, drawnHeight(panels, room, names)));
  const height = rows * each + (rows - 1) * gap;
  const tops = Array.from({ length: rows }, (_, i) => 1 - (i * (each + gap)) / height);
  const moved = moveRows(chart, panels, tops, each / height);
  const named = namedPanels(moved.layout, panels, { width: room.width, height: each });
  const newHeight = Math.ceil(total - room.height + height);
  const layout = { ...moved.layout, ...Object.fromEntries(named), height: newHeight };
  const data = moved.data.map((trace) => keptAbove(trace, height / room.height));
  return { ...chart, data, layout };
}

/**
 * On a slide, rows of matrices stand close to each other; spareRoom.ts finds what they leave empty.
 * @param slide the size that the chart fills, in pixels
 */
export function closeRows(chart: Chart, slide: Room): Chart {
  const count = panelCount(chart);
  const panels = matricesOf(chart, chart, count);
  if (panels.length === 0) return chart;
  if (panels.length < count) return atTop(chart, panels);
  const { l, r, t, b } = marginOf(chart.layout);
  const scale = outerScales(chart).length > 0 ? 1.5 * SCALE_WIDTH : r;
  const { captionRoom = 0, slider } = metaOf(chart);
  const outside = t - captionRoom + b - (slider?.room ?? 0);
  const room = {
    width: Math.max(1, slide.width - l - scale),
    height: Math.max(1, slide.height - outside),
  };
  if (arePictures(chart, panels)) return pixelPanelsOnSlide(chart, panels, room);
  const rows = rowsOf(panels);
  const each = drawnHeight(panels, room);
  const gap = rows > 1 ? (room.height * (1 - rows * panels[0]!.high)) / (rows - 1) : 0;
  const plot = rows * each + (rows - 1) * gap;
  const tops = Array.from({ length: rows }, (_, i) => 1 - (i * (each + gap)) / plot);
  const moved = moveRows(chart, panels, tops, each / plot);
  const outer = new Set(outerScales(chart).map((trace) => chart.data.indexOf(trace)));
  const data = moved.data.map((trace, i) => {
    const own = trace.colorbar as Layout | undefined;
    if (!outer.has(i)) return trace;
    // names beside a scale go from the top down
    const place = own?.lenmode === "pixels" ? { y: 1 } : { y: 0.5, yanchor: "middle", len: 1 };
    return { ...trace, colorbar: { ...own, ...place } };
  });
  return { ...chart, layout: moved.layout, data };
}
