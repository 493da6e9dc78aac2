/** How many rows legends have, and where those of single panels stand. */
import type { Chart, Layout } from "./chart";
import { isObject } from "./json";

/** Pixels: a letter of a legend, and a line or mark before a name with the gap after it. */
const LEGEND_LETTER_WIDTH = 7;
const KEY_WIDTH = 48;

/** Pixels: a row of a legend. */
export const ROW_HEIGHT = 20;
/** Pixels that the course's `panels` reserves below all panels for a legend. */
export const ROOM_BELOW = 30;

/** The number of the legend's rows beyond the first. */
export function legendRows(chart: Chart, columnWidth: number): number {
  if (chart.layout.showlegend !== true) return 0;
  const shown = chart.data.filter((trace) => trace.showlegend !== false);
  let [rows, filled] = [0, 0];
  for (const { name } of shown) {
    const width = String(name).length * LEGEND_LETTER_WIDTH + KEY_WIDTH;
    const fits = filled === 0 || filled + width <= columnWidth;
    if (!fits) rows++;
    filled = fits ? filled + width : width;
  }
  return rows;
}

/** The legend of a panel that has one of its own. */
export const legendName = (panel: number) => (panel === 0 ? "legend" : `legend${panel + 1}`);

/** Legends of single panels, above the middle of where these stand. */
export function movedLegends(layout: Layout, middles: number[]): Record<string, Layout> {
  const moved = middles.flatMap((x, i): [string, Layout][] => {
    const legend = layout[legendName(i)];
    return isObject(legend) && legend.yref === "paper" ? [[legendName(i), { ...legend, x }]] : [];
  });
  return Object.fromEntries(moved);
}
