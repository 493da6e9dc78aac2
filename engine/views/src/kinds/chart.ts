/** A chart inside of a view: `{ view: "chart", chart: { data, layout, frames } }`. */
import { readChart } from "../chart";
import { draw } from "../render";
import type { Renderer } from "../view";

export const chart: Renderer = {
  version: 1,
  hasCaption: true,
  draw(host, view, page) {
    const first = readChart(view.chart);
    if (!first) return undefined;
    const drawing = draw(page.plotly, host, first, page);
    return {
      update({ chart: json }) {
        const next = readChart(json);
        if (next) drawing.update(next);
        return next !== undefined;
      },
      redraw: drawing.redraw,
      remove: drawing.remove,
    };
  },
};
