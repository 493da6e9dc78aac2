/**
 * Sheets of pictures, which `images` draws as one matrix of pixels on hidden axes, in columns too
 * narrow for them: labels break again and rows make room for them. Where a word is wider than its
 * picture, or pictures would be tiny, the sheet is cut into bands, each with a part of every row, so
 * pictures that stood below each other still do. On a slide the bands are those that make pictures
 * largest.
 */
import {
  hasSquares,
  hidesAxes,
  marginOf,
  MIN_WIDE_COLUMN,
  panelCount,
  type Chart,
  type Layout,
  type Margin,
  type Trace,
} from "./chart";
import { isObject } from "./json";
import { linesOf } from "./lines";

/** Pixels: the height of a label's line and of the room around all, and the width of a letter. */
const LABEL_LINE_HEIGHT = 16;
const LABEL_PADDING = 6;
const LABEL_LETTER_WIDTH = 7;
/** Pixels between two bands. */
const BAND_GAP = 16;
/** A label of at most so many letters, such as "3, not 8", stays on one line. */
const MAX_UNBROKEN_LETTERS = 8;

/** Pixels: a sheet fits in a laptop's window with its caption and a slider. */
const MAX_SHEET_HEIGHT = 500;

/** Coordinates per picture in the line around all pictures: five corners and a break. */
const POINTS_PER_PICTURE = 6;

/** How a sheet is divided, in the sheet's own pixels. */
interface Sheet {
  height: number;
  width: number;
  gap: number;
  columns: number;
  /** The left and upper edge of each picture. */
  corners: { left: number; top: number }[];
}

/** How many pictures stand in a row, how large they are, and how many letters fit below one. */
interface Fit {
  columns: number;
  /** The screen's pixels per pixel of the sheet. */
  scale: number;
  lettersPerLine: number;
  /** How much larger labels are than in a notebook. */
  growth: number;
}

/** A sheet's new arrangement. */
interface Plan extends Fit {
  bands: number;
  /** The top of each row of each band. */
  tops: number[][];
  height: number;
}

const isNumbers = (value: unknown): value is (number | null)[] =>
  Array.isArray(value) && value.every((v) => v === null || typeof v === "number");

/** Reads the pictures' edges; undefined for a chart that isn't a sheet of pictures. */
function readSheet({ data, layout }: Chart): Sheet | undefined {
  const [pixels, outline] = data;
  const isBare = hidesAxes(layout) && isObject(layout.yaxis);
  if (data.length !== 2 || !isBare || pixels?.type !== "heatmap") return undefined;
  const { x, y } = outline!;
  if (!Array.isArray(pixels.z) || !isNumbers(x) || !isNumbers(y)) return undefined;
  const count = x.length / POINTS_PER_PICTURE;
  if (!Number.isInteger(count) || count < 1 || x.length !== y.length) return undefined;
  const corners = Array.from({ length: count }, (_, i) => ({
    left: x[POINTS_PER_PICTURE * i]! + 0.5,
    top: y[POINTS_PER_PICTURE * i]! + 0.5,
  }));
  const lefts = [...new Set(corners.map(({ left }) => left))];
  const width = x[1]! - x[0]!;
  return {
    height: y[2]! - y[1]!,
    width,
    gap: lefts.length > 1 ? lefts[1]! - lefts[0]! - width : 1,
    columns: lefts.length,
    corners,
  };
}

const notesOf = ({ annotations }: Layout): Layout[] =>
  Array.isArray(annotations) ? annotations.filter(isObject) : [];
/** Labels hang below their pictures; names of rows stand beside them. */
const isLabel = ({ yanchor }: Layout) => yanchor === "top";

/** Pixels between the name of a row and its pictures, and from the name to the edge. */
const NAME_PADDING = 12;
const DEFAULT_NAME_SIZE = 13;

/** Pixels: about the width of a name in a font of this size; an m is as wide as two other letters. */
function nameWidth(name: string, size: number): number {
  const wide = name.match(/[mwMW—]/g)?.length ?? 0;
  const narrow = name.match(/[iljtfrI1.,:;'’ ]/g)?.length ?? 0;
  const other = [...name].length - wide - narrow;
  return size * (wide + 0.45 * narrow + 0.68 * other);
}

/** Pixels beside pictures: the line around them. Their edges are those of the text. */
const SHEET_MARGIN = 1;

/**
 * @param chart of any kind; a sheet gets as much room at its left as the names of its rows need
 */
export function withNameRoom(chart: Chart): Chart {
  if (!readSheet(chart)) return chart;
  const names = notesOf(chart.layout).filter(({ xanchor }) => xanchor === "right");
  const widths = names.map(({ text, font }) => {
    const size = isObject(font) ? Number(font.size) : DEFAULT_NAME_SIZE;
    return nameWidth(String(text), size || DEFAULT_NAME_SIZE) + NAME_PADDING;
  });
  const margin = marginOf(chart.layout);
  const l = Math.ceil(Math.max(SHEET_MARGIN, ...widths));
  return { ...chart, layout: { ...chart.layout, margin: { ...margin, l, r: SHEET_MARGIN } } };
}

/** Rows of so many pictures or more may be better wider than a column of text. */
const MANY_PICTURES = 7;
/** Pixels: a column of text, and the sides of a picture and of one of its pixels that are clear. */
const TEXT_WIDTH = 640;
const MIN_CLEAR_PICTURE_WIDTH = 48;
const MIN_CLEAR_PIXEL_WIDTH = 5;

/**
 * The number of pictures in a row of a sheet, if there are many and a column of text has no room for
 * them and the words of their labels; otherwise 1.
 */
export function picturesAcross({ data, layout }: Chart): number {
  const sheet = Array.isArray(data) ? readSheet({ data, layout }) : undefined;
  if (!sheet || sheet.columns < MANY_PICTURES) return 1;
  const words = labelsOf({ data, layout }).flatMap(wordsOf);
  const { l, r } = marginOf(layout);
  const fit = fitOf(sheet, sheet.columns, TEXT_WIDTH - l - r);
  const isClear =
    fit.scale * sheet.width >= MIN_CLEAR_PICTURE_WIDTH && fit.scale >= MIN_CLEAR_PIXEL_WIDTH;
  const fitsLabels = words.every((word) => word.length < fit.lettersPerLine);
  return isClear && fitsLabels ? 1 : sheet.columns;
}

/** The index of the picture that a label hangs below. */
const pictureAbove = ({ x, y }: Layout, { corners, width, height }: Sheet): number =>
  corners.findIndex(({ left, top }) => left + (width - 1) / 2 === x && top + height - 0.5 === y);

/** The parts of a label that stay whole. */
function wordsOf({ text }: Layout): string[] {
  const words = String(text)
    .split(/<br>| /)
    .filter((word) => word !== "");
  const line = words.join(" ");
  return line !== "" && line.length <= MAX_UNBROKEN_LETTERS ? [line] : words;
}

/** Pixels: what is in a smaller picture can't be seen. */
const MIN_PICTURE_WIDTH = 28;
/** The same in a narrow column, such as a phone's, and the height that pictures may take there. */
const MIN_NARROW_PICTURE_WIDTH = 56;
const MAX_NARROW_SHEET_HEIGHT = 900;

/**
 * The most pictures in a row that are large enough and whose labels' words all fit below them, and
 * the letters that do.
 */
function columnsThatFit(sheet: Sheet, longestWord: number, room: number, minWidth: number): Fit {
  for (let bands = 1; ; bands++) {
    const columns = Math.ceil(sheet.columns / bands);
    const fit = fitOf(sheet, columns, room);
    const isLarge = fit.scale * sheet.width >= minWidth;
    if ((isLarge && fit.lettersPerLine > longestWord) || columns === 1) return fit;
  }
}

/** Rows of so many pictures in a width. */
function fitOf({ width, gap }: Sheet, columns: number, room: number, growth = 1): Fit {
  const scale = room / (columns * (width + gap) - gap);
  const lettersPerLine = Math.floor(((width + gap) * scale) / (LABEL_LETTER_WIDTH * growth));
  return { columns, scale, lettersPerLine, growth };
}

/** The lines of the highest label, by band and row. */
function labelLines(sheet: Sheet, labels: Layout[], { columns, lettersPerLine }: Fit): number[][] {
  const bands = Math.ceil(sheet.columns / columns);
  const rows = Math.ceil(sheet.corners.length / sheet.columns);
  const lines = Array.from({ length: bands }, () => new Array<number>(rows).fill(0));
  for (const label of labels) {
    const at = pictureAbove(label, sheet);
    if (at < 0) continue;
    const row = Math.floor(at / sheet.columns);
    const band = lines[Math.floor((at % sheet.columns) / columns)]!;
    band[row] = Math.max(band[row]!, linesOf(wordsOf(label), lettersPerLine).length);
  }
  return lines;
}

/** The pixels on the screen that the lines of a label take. */
const labelHeight = (lines: number, growth: number) =>
  lines > 0 ? (lines * LABEL_LINE_HEIGHT + LABEL_PADDING) * growth : 0;

/** Where each row of each band begins, with room below it for its labels. */
function planOf(sheet: Sheet, labels: Layout[], fit: Fit): Plan {
  const { scale, growth } = fit;
  const lines = labelLines(sheet, labels, fit);
  let height = 0;
  const tops = lines.map((band, b) => {
    if (b > 0) height += Math.ceil(BAND_GAP / scale);
    return band.map((count) => {
      const top = height;
      const label = Math.ceil(labelHeight(count, growth) / scale);
      height += sheet.height + Math.max(sheet.gap, label);
      return top;
    });
  });
  const isBare = lines.at(-1)!.at(-1) === 0; // nothing stands below the last row
  return { ...fit, bands: lines.length, tops, height: isBare ? height - sheet.gap : height };
}

/** The new left and upper edge of a picture. */
function placeOf(i: number, sheet: Sheet, { columns, tops }: Plan) {
  const column = i % sheet.columns;
  return {
    left: (column % columns) * (sheet.width + sheet.gap),
    top: tops[Math.floor(column / columns)]![Math.floor(i / sheet.columns)]!,
  };
}

/** The pixels and the lines around the pictures at their new places. */
function movedTraces([pixels, outline]: Trace[], sheet: Sheet, plan: Plan): Trace[] {
  const before = pixels!.z as (number | null)[][];
  const across = plan.columns * (sheet.width + sheet.gap) - sheet.gap;
  const z = Array.from({ length: plan.height }, () => new Array<number | null>(across).fill(null));
  const [x, y] = [outline!.x, outline!.y].map((list) => [...(list as (number | null)[])]);
  sheet.corners.forEach(({ left, top }, i) => {
    const place = placeOf(i, sheet, plan);
    for (let r = 0; r < sheet.height; r++) {
      const row = before[top + r]?.slice(left, left + sheet.width) ?? [];
      z[place.top + r]!.splice(place.left, row.length, ...row);
    }
    for (let k = POINTS_PER_PICTURE * i; k < POINTS_PER_PICTURE * (i + 1) - 1; k++) {
      x![k]! += place.left - left;
      y![k]! += place.top - top;
    }
  });
  return [
    { ...pixels, z },
    { ...outline, x, y },
  ];
}

/** Labels below the pictures' new places, and the names of rows beside each band. */
function movedNotes(layout: Layout, sheet: Sheet, plan: Plan): Layout[] {
  return notesOf(layout).flatMap((note) => {
    if (!isLabel(note)) {
      const row = sheet.corners.findIndex(({ top }) => top + (sheet.height - 1) / 2 === note.y);
      const at = Math.floor(row / sheet.columns);
      if (row < 0) return [note];
      return plan.tops.map((tops) => ({ ...note, y: tops[at]! + (sheet.height - 1) / 2 }));
    }
    const i = pictureAbove(note, sheet);
    if (i < 0) return [note];
    const { left, top } = placeOf(i, sheet, plan);
    const text = linesOf(wordsOf(note), plan.lettersPerLine).join("<br>");
    const [x, y] = [left + (sheet.width - 1) / 2, top + sheet.height - 0.5];
    return [{ ...note, text, x, y, yshift: -LABEL_PADDING / 2 }];
  });
}

/** The labels of a sheet at all positions of its slider. */
const labelsOf = ({ layout, frames = [] }: Chart): Layout[] =>
  [layout, ...frames.map((frame) => frame.layout ?? {})].flatMap(notesOf).filter(isLabel);

/** The chart with its pictures at their new places. */
function moved(chart: Chart, sheet: Sheet, plan: Plan): Chart {
  const annotations = movedNotes(chart.layout, sheet, plan);
  const data = movedTraces(chart.data, sheet, plan);
  const [first] = data[0]!.z as unknown[][];
  // a slider fixes both ranges to the sheet as it was
  const axes = {
    xaxis: { ...(chart.layout.xaxis as Layout), range: [-0.5, first!.length - 0.5] },
    yaxis: {
      ...(chart.layout.yaxis as Layout),
      autorange: false,
      range: [plan.height - 0.5, -0.5],
    },
  };
  return { ...chart, data, layout: { ...chart.layout, ...axes, annotations } };
}

/** The share of a sheet's sides that plotly leaves empty around it, unless it is told the range. */
const MARGIN_SHARE = 0.1;

/** Whether rows of a chart are as far apart as their labels need. */
function hasRoomFor(labels: Layout[], chart: Chart, sheet: Sheet, fit: Fit): boolean {
  const scale = fit.scale * (1 - MARGIN_SHARE);
  const { tops, height } = planOf(sheet, labels, { ...fit, scale });
  const { corners, columns } = sheet;
  const drawn = (chart.data[0]!.z as unknown[]).length;
  return height <= drawn && tops[0]!.every((top, row) => top <= corners[row * columns]!.top);
}

/**
 * @param chart of any kind, at one position of its slider; what isn't a sheet, or has room for its
 *   pictures and labels, stays as it is
 * @param whole the chart with all of its frames, whose labels decide for each of them
 * @param columnWidth the width of the column in pixels
 */
export function reflowSheet(chart: Chart, whole: Chart, columnWidth: number): Chart {
  const sheet = readSheet(chart);
  const labels = labelsOf(whole);
  if (!sheet) return chart;
  const margin = { l: 12, r: 12, t: 12, b: 12, ...(chart.layout.margin as object) };
  const longestWord = Math.max(0, ...labels.flatMap(wordsOf).map((word) => word.length));
  const room = Math.max(1, columnWidth - margin.l - margin.r);
  const planFor = (minWidth: number) =>
    planOf(sheet, labels, columnsThatFit(sheet, longestWord, room, minWidth));
  const isTooHigh = ({ height, scale }: Plan) => height * scale > MAX_NARROW_SHEET_HEIGHT;
  const large = columnWidth < MIN_WIDE_COLUMN ? planFor(MIN_NARROW_PICTURE_WIDTH) : undefined;
  const plan = large && !isTooHigh(large) ? large : planFor(MIN_PICTURE_WIDTH);
  if (plan.bands === 1 && hasRoomFor(labels, chart, sheet, plan)) return chart;
  const height = Math.ceil(plan.height * plan.scale) + margin.t + margin.b;
  const { layout, ...rest } = moved(chart, sheet, plan);
  return { ...rest, layout: { ...layout, height } };
}

/** Rows of so many pictures as large as a room allows, with their labels. */
function largestFit(
  sheet: Sheet,
  labels: Layout[],
  columns: number,
  { width, height, growth }: { width: number; height: number; growth: number },
): Fit {
  const bandGaps = BAND_GAP * (Math.ceil(sheet.columns / columns) - 1);
  const lower = (fit: Fit): Fit => {
    const lines = labelLines(sheet, labels, fit).flat();
    const unlabeled = lines.filter((count) => count === 0).length;
    const pictures = lines.length * sheet.height + unlabeled * sheet.gap;
    const texts = lines.reduce((sum, count) => sum + labelHeight(count, growth), bandGaps);
    const scale = Math.min(fit.scale, Math.max(1, height - texts) / pictures);
    return fitOf(sheet, columns, scale * (columns * (sheet.width + sheet.gap) - sheet.gap), growth);
  };
  // smaller pictures have fewer letters in a line below them, so more lines
  return lower(lower(fitOf(sheet, columns, width, growth)));
}

/** Whether pictures are one long row that only wraps: their last row isn't full, and no row has a name. */
const isOneRow = ({ corners, columns }: Sheet, { layout }: Chart): boolean =>
  corners.length % columns > 0 && notesOf(layout).every(isLabel);

/** More bands must make pictures at least this much larger. */
const MIN_BAND_GAIN = 1.04;

/**
 * @param chart of any kind; what isn't a sheet of pictures stays as it is
 * @param room the pixels of a slide that the pictures may take, and how much larger its type is
 */
export function sheetForSlide(
  chart: Chart,
  room: { width: number; height: number; growth: number },
): Chart {
  const read = readSheet(chart);
  if (!read) return chart;
  const sheet = isOneRow(read, chart) ? { ...read, columns: read.corners.length } : read;
  const labels = labelsOf(chart);
  let best = largestFit(sheet, labels, sheet.columns, room);
  for (let bands = 2; bands <= sheet.columns; bands++) {
    const fit = largestFit(sheet, labels, Math.ceil(sheet.columns / bands), room);
    if (fit.scale > best.scale * MIN_BAND_GAIN) best = fit;
  }
  return moved(chart, sheet, planOf(sheet, labels, best));
}

/** The height of a sheet's pictures for their width, where they are highest; undefined for others. */
function sheetShape(chart: Chart): number | undefined {
  const { data, layout, frames = [] } = chart;
  const isAlone = panelCount(chart) === 0 && hidesAxes(layout);
  if (!isAlone || data[0]?.type !== "heatmap" || !hasSquares(chart)) return undefined;
  const sheets = [data, ...frames.map((frame) => frame.data)].map(([pixels]) => pixels?.z);
  const known = sheets.filter(Array.isArray) as unknown[][][];
  return Math.max(...known.map((rows) => rows.length / (rows[0]?.length ?? 1)));
}

/**
 * A sheet's size in a column: where its height is bounded, it is only as wide as its pictures.
 * @param room the column's width and the chart's own height, in pixels
 * @returns undefined for a chart that is no sheet
 */
export function sheetSize(
  chart: Chart,
  room: { width: number; height: number },
  isNarrow: boolean,
  { l, r, t, b }: Margin,
): { width: number; height: number } | undefined {
  const shape = sheetShape(chart);
  if (shape === undefined) return undefined;
  const most = Math.min(room.height, isNarrow ? MAX_NARROW_SHEET_HEIGHT : MAX_SHEET_HEIGHT);
  const height = Math.ceil(Math.min(most, (room.width - l - r) * shape + t + b));
  const width = Math.min(room.width, Math.ceil((height - t - b) / shape + l + r));
  return { width, height };
}
