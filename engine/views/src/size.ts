/** How large a chart is drawn in a column of a given width. */
import { metaOf, type Chart, type Layout } from "./chart";

/** A figure wider than this is harder to read, not easier. */
const MAX_CHART_WIDTH = 900;
const MIN_CHART_WIDTH = 220;
/** Cells of a matrix: at most so many pixels, and the whole matrix at most so high. */
const MAX_CELL_SIZE = 46;
const MAX_MATRIX_HEIGHT = 560;
/** Room for the scale of colors. */
const COLOR_SCALE_WIDTH = 90;

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

/** About how wide a letter at a tick is, in pixels. */
const TICK_LETTER_WIDTH = 7.5;

/** The longest name at the ticks of an axis in any position of the slider, in pixels. */
function longestName({ layout, frames = [] }: Chart, axis: "xaxis" | "yaxis"): number {
  const layouts = [layout, ...frames.map((frame) => frame.layout ?? {})];
  const names = layouts.flatMap((one) => ((one[axis] as Layout)?.ticktext ?? []) as string[]);
  return TICK_LETTER_WIDTH * Math.max(0, ...names.map((name) => String(name).length));
}

/** plotly turns the names of columns that do not fit. */
function namesHeight(chart: Chart, cell: number): number {
  const longest = longestName(chart, "xaxis");
  return longest > cell ? longest * 0.8 : 0;
}

/**
 * What the caption and plotly's slider would take is left out: both are outside of the chart. The
 * size is the same for all positions of the slider.
 * @param chart with all of its frames
 * @param room the width of the column in pixels
 */
export function sizeOf(chart: Chart, room: number): Size & { margin: Margin } {
  const { captionRoom = 0, slider, cells } = metaOf(chart);
  const own = marginOf(chart.layout);
  const margin = { ...own, t: own.t - captionRoom, b: own.b - (slider?.room ?? 0) };
  const height =
    ((chart.layout.height as number | undefined) ?? 360) - captionRoom - (slider?.room ?? 0);
  const width = Math.max(MIN_CHART_WIDTH, Math.min(MAX_CHART_WIDTH, room));
  if (!cells) return { width, height, margin };
  const scale = chart.data.some((trace) => trace.showscale !== false) ? COLOR_SCALE_WIDTH : 0;
  const beside = Math.max(margin.l, longestName(chart, "yaxis") + 40) + margin.r + scale;
  const side = Math.max(
    1,
    Math.min(MAX_CELL_SIZE, (width - beside) / cells.columns, MAX_MATRIX_HEIGHT / cells.rows),
  );
  return {
    width: Math.min(width, Math.ceil(side * cells.columns + beside)),
    height: Math.ceil(
      side * cells.rows + margin.t + Math.max(margin.b, namesHeight(chart, side) + 40),
    ),
    margin,
  };
}
