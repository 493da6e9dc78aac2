/** What panels and sliders share: both are plots made of plots. */
import type { Figure, PlotFigure, Trace } from "./figure";

/** @throws when the figure is text, or has a slider of its own */
export function expectPlot(builder: string, what: string, figure: Figure): PlotFigure {
  if (figure?.html !== undefined || !Array.isArray(figure?.data)) {
    throw new Error(`${builder}: expected ${what} to be a plot such as lines or heatmap gives`);
  }
  if (figure.frames) {
    throw new Error(
      `${builder}: ${what} has a slider; put the slider outside: slider(…, () => ${builder}(…))`,
    );
  }
  return figure;
}

/** One color scale for all heatmaps, from the least lower end to the largest upper end. */
export function sharedColors(traces: Trace[]): Trace[] {
  const maps = traces.filter((t) => t.type === "heatmap") as { zmin: number; zmax: number }[];
  const zmin = Math.min(...maps.map((t) => t.zmin));
  const zmax = Math.max(...maps.map((t) => t.zmax));
  return traces.map((t) => (t.type === "heatmap" ? { ...t, zmin, zmax } : t));
}
