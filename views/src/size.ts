/** How large a chart is drawn in a column of a given width. */
import { metaOf, type Chart, type Layout } from "./chart";

/** A figure wider than this is harder to read, not easier. */
const WIDEST = 900;
const NARROWEST = 220;
/** Cells of a matrix: at most so many pixels, and the whole matrix at most so high. */
const LARGEST_CELL = 46;
const TALLEST = 560;
/** Room for the scale of colors. */
const SCALE = 90;

export interface Size {
  width: number;
  height: number;
}

interface Margin {
  l: number;
  r: number;
  t: number;
  b: number;
}

const marginOf = (layout: Layout): Margin => ({
  l: 60,
  r: 20,
  t: 20,
  b: 50,
  ...(layout.margin as Partial<Margin>),
});

/** The longest name at the ticks of the rows, in pixels. */
function namesWidth(layout: Layout): number {
  const names = ((layout.yaxis as Layout | undefined)?.ticktext ?? []) as string[];
  return Math.max(0, ...names.map((name) => String(name).length)) * 7.5;
}

/** The longest name at the ticks of the columns, which plotly turns when they do not fit. */
function namesHeight(layout: Layout, cell: number): number {
  const names = ((layout.xaxis as Layout | undefined)?.ticktext ?? []) as string[];
  const longest = Math.max(0, ...names.map((name) => String(name).length)) * 7.5;
  return longest > cell ? longest * 0.8 : 0;
}

/**
 * What the caption and plotly's slider would take is left out: both stand outside of the chart.
 * @param room the width of the column in pixels
 */
export function sizeOf(chart: Chart, room: number): Size & { margin: Margin } {
  const { captionRoom = 0, slider, cells } = metaOf(chart);
  const own = marginOf(chart.layout);
  const margin = { ...own, t: own.t - captionRoom, b: own.b - (slider?.room ?? 0) };
  const height =
    ((chart.layout.height as number | undefined) ?? 360) - captionRoom - (slider?.room ?? 0);
  const width = Math.max(NARROWEST, Math.min(WIDEST, room));
  if (!cells) return { width, height, margin };
  const scale = chart.data.some((trace) => trace.showscale !== false) ? SCALE : 0;
  const beside = Math.max(margin.l, namesWidth(chart.layout) + 40) + margin.r + scale;
  const side = Math.max(
    1,
    Math.min(LARGEST_CELL, (width - beside) / cells.columns, TALLEST / cells.rows),
  );
  return {
    width: Math.min(width, Math.ceil(side * cells.columns + beside)),
    height: Math.ceil(
      side * cells.rows + margin.t + Math.max(margin.b, namesHeight(chart.layout, side) + 40),
    ),
    margin,
  };
}
