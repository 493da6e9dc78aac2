/**
 * Figures among a cell's outputs, made small enough to be shipped: the view or the chart that our
 * renderers draw, a static picture for other programs, and nothing that differs from run to run.
 */
import { CHART_MIME, PICTURE_MIME, VIEW_MIME } from "../mimes.js";

/** An output in the form of nbformat. */
export interface NotebookOutput {
  output_type?: string;
  data?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
}
export interface Figure {
  /** By MIME type. */
  data: Record<string, unknown>;
  /** By MIME type: the size of the static picture, and its alternative text. */
  metadata?: Record<string, unknown>;
}

const HTML_MIME = "text/html";
const TEXT_MIME = "text/plain";

/** The figures among a cell's outputs; texts, tables of checks and progress bars are left out. */
export function figuresOf(outputs: readonly NotebookOutput[]): Figure[] {
  return outputs.flatMap(({ data, metadata }) => {
    if (!data || !isFigure(data)) return [];
    const picture = data[PICTURE_MIME];
    const size = metadata?.[PICTURE_MIME];
    return [
      {
        data: {
          ...drawnData(data),
          [TEXT_MIME]: joined(data[TEXT_MIME]),
          ...(picture === undefined ? {} : { [PICTURE_MIME]: joined(picture).trim() }),
        },
        ...(size === undefined ? {} : { metadata: { [PICTURE_MIME]: size } }),
      },
    ];
  });
}

const isFigure = (data: Record<string, unknown>) =>
  VIEW_MIME in data || CHART_MIME in data || joined(data[HTML_MIME]).startsWith("<figure");

/** What renderers draw. A view's chart is a fallback, and its static picture does as well. */
function drawnData(data: Record<string, unknown>): Record<string, unknown> {
  const html = HTML_MIME in data ? { [HTML_MIME]: joined(data[HTML_MIME]) } : {};
  if (VIEW_MIME in data) {
    const view = data[VIEW_MIME] as Record<string, unknown>;
    // a control's id is random, and no kernel knows this one: it answers once its cell has run
    return { [VIEW_MIME]: compact("id" in view ? { ...view, id: "preview" } : view), ...html };
  }
  return CHART_MIME in data ? { [CHART_MIME]: compact(data[CHART_MIME]) } : html;
}

/** nbformat keeps a text as a string or as its lines. */
const joined = (text: unknown): string => {
  if (Array.isArray(text)) return text.join("");
  return typeof text === "string" ? text : "";
};

/** A plot has fewer pixels than this can tell apart. */
const DIGITS = 4;
const MAX_MORE_DIGITS = 3;

/**
 * The same plain data with numbers of four significant digits, more where those of a list are close
 * to each other; whole numbers stay as they are.
 */
function compact(value: unknown, digits = DIGITS): unknown {
  if (typeof value === "number") {
    return Number.isInteger(value) ? value : Number(value.toPrecision(digits));
  }
  if (Array.isArray(value)) {
    const wanted = digitsFor(value);
    return value.map((one) => compact(one, wanted));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, compact(part)]));
}

/** One more digit for each power of ten by which numbers exceed the range that they cover. */
function digitsFor(values: unknown[]): number {
  const numbers = values.filter((one) => typeof one === "number");
  const low = numbers.reduce((a, b) => Math.min(a, b), Infinity);
  const high = numbers.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!(high > low)) return DIGITS;
  const times = Math.max(Math.abs(low), Math.abs(high)) / (high - low);
  return DIGITS + Math.min(MAX_MORE_DIGITS, Math.max(0, Math.ceil(Math.log10(times) - 0.5)));
}

export const withoutPicture = ({ data }: Figure): Figure => ({
  data: Object.fromEntries(Object.entries(data).filter(([mime]) => mime !== PICTURE_MIME)),
});

type Trace = Record<string, unknown>;

/** A matrix that shows under the pointer where a cell is and its value, and then its value alone. */
function withoutCellText(trace: Trace): Trace {
  const isLabeled = trace.type === "heatmap" && Array.isArray(trace.text);
  if (!isLabeled || !String(trace.hovertemplate).startsWith("%{text}<br>%{z")) return trace;
  const slim: Trace = { ...trace, hovertemplate: "%{z:.3~g}<extra></extra>" };
  delete slim.text;
  return slim;
}

/** A chart without the labels under the pointer of each cell, which are most of a matrix's bytes. */
export function withoutHoverText(figure: Figure): Figure {
  const chart = figure.data[CHART_MIME] as { data: Trace[]; frames?: { data: Trace[] }[] };
  if (chart === undefined) return figure;
  const frames = chart.frames?.map((frame) => ({
    ...frame,
    data: frame.data.map(withoutCellText),
  }));
  const slim = { ...chart, data: chart.data.map(withoutCellText), ...(frames ? { frames } : {}) };
  return { ...figure, data: { ...figure.data, [CHART_MIME]: slim } };
}

/** Whether two runs drew the same, static pictures aside. */
export const areEqual = (a: readonly Figure[], b: readonly Figure[]): boolean =>
  JSON.stringify(a.map(withoutPicture)) === JSON.stringify(b.map(withoutPicture));

/** Devices round differently; what a reader would see differently is further apart. */
const TOLERANCE = 0.02;
const NEAR_ZERO = 1e-3;

/** Whether a run on any device draws what was kept: the same words, and numbers close to it. */
export function agree(kept: unknown, now: unknown): boolean {
  if (typeof kept === "number" && typeof now === "number") {
    const largest = Math.max(Math.abs(kept), Math.abs(now));
    return Math.abs(kept - now) <= Math.max(NEAR_ZERO, TOLERANCE * largest);
  }
  if (typeof kept === "string" && typeof now === "string") return wordsOf(kept) === wordsOf(now);
  if (typeof kept !== "object" || typeof now !== "object") return kept === now;
  if (kept === null || now === null) return kept === now;
  const [a, b] = [Object.entries(kept), Object.entries(now)];
  const parts = now as Record<string, unknown>;
  return a.length === b.length && a.every(([key, part]) => agree(part, parts[key]));
}

/** A text without its numbers. */
const wordsOf = (text: string) => text.replace(/[-−]?\d[\d.,]*/g, "#");
