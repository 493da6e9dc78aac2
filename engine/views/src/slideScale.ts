/** The names of a matrix's colors on a slide. */
import { marginOf, panelCount, type Chart } from "./chart";
import { isScaleOutside, scaleOf, withScaleAbove } from "./colorScale";
import { matricesOf } from "./matrixRows";

interface Room {
  width: number;
  height: number;
}

/** In letters' sizes: the colors' names above a row of panels with the colors, and a panel's title. */
const NAMES_ABOVE = 2.8;
const PANEL_TITLE = 1.6;
const LETTER_WIDTH = 0.6;

/** Whether the cells of matrices in one row could be larger if the row were longer. */
function isShortOfWidth(chart: Chart, room: Room): boolean {
  const count = panelCount(chart);
  const matrices = matricesOf(chart, chart, count);
  const isRow = new Set(matrices.map(({ top }) => top)).size === 1;
  return (
    isRow &&
    matrices.length === count &&
    matrices.every(
      ({ across, columns, high, rows, cellRatio }) =>
        (across * room.width) / columns < (high * room.height) / rows / cellRatio,
    )
  );
}

/**
 * The names of colors above a row of matrices, which get their width.
 * @param room the plot's width and height in pixels, without margins
 * @param type the slide's font size
 */
export function namesAbove(chart: Chart, room: Room, type: number): Chart {
  const named = chart.data.filter((trace) => isScaleOutside(trace) && scaleOf(trace).ticktext);
  if (named.length !== 1 || !isShortOfWidth(chart, room)) return chart;
  const names = (scaleOf(named[0]!).ticktext as unknown[]).map(String);
  const longest = Math.max(...names.map((name) => name.length));
  const len = names.length * (LETTER_WIDTH * longest + 2) * type;
  const place = { y: 1, yref: "container", ypad: 0, len, lenmode: "pixels" };
  const data = chart.data.map((trace) =>
    trace === named[0] ? withScaleAbove(trace, place) : trace,
  );
  const margin = { ...marginOf(chart.layout), t: (NAMES_ABOVE + PANEL_TITLE) * type };
  return { ...chart, data, layout: { ...chart.layout, margin } };
}
