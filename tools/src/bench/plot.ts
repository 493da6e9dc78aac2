/**
 * The results of benches as a page with plots that needs no network: one bar for each comparison,
 * as long as ours is better.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { escapeHtml } from "course/dist/figures/html.js";
import { axis, COLORS, layout, type PlotFigure } from "course/dist/figures/figure.js";
import type { Row } from "./bench.js";

const BAR_HEIGHT = 30;
const FRAME = 110;

/**
 * Ratios on a logarithmic axis, from one on to the right where ours is better and to the left where
 * the peer is.
 */
export function ratios(rows: Row[]): PlotFigure {
  // plotly draws from below
  const drawn = rows.filter(({ ratio }) => Number.isFinite(ratio) && ratio > 0).reverse();
  const data = [
    {
      type: "bar",
      orientation: "h",
      base: 1,
      y: drawn.map((_, i) => i),
      x: drawn.map(({ ratio }) => ratio - 1), // a bar's length counts from its base
      marker: { color: drawn.map(({ ratio }) => COLORS[ratio >= 1 ? 0 : 1]) },
      text: drawn.map(({ ratio }) => `${Number(ratio.toPrecision(3))}×`),
      textposition: "outside",
      cliponaxis: false,
      hovertext: drawn.map(({ what, ours, peer }) => `${what}: ${ours}, ${peer}`),
      hoverinfo: "text",
    },
  ];
  const values = drawn.map(({ ratio }) => ratio);
  const range = [
    Math.log10(Math.min(0.5, ...values) / 2.5),
    Math.log10(Math.max(2, ...values) * 1.6),
  ];
  return {
    data,
    layout: layout({
      height: FRAME + BAR_HEIGHT * drawn.length,
      showlegend: false,
      xaxis: axis("times as good as the peer", { type: "log", range, dtick: 1 }),
      yaxis: axis(undefined, {
        tickmode: "array",
        tickvals: drawn.map((_, i) => i),
        ticktext: drawn.map(({ what, ours, peer }) => `${what}: ${ours} ∕ ${peer}`),
        ticks: "",
      }),
      shapes: [
        {
          type: "line",
          x0: 1,
          x1: 1,
          yref: "paper",
          y0: 0,
          y1: 1,
          line: { width: 1, color: "#222222" },
        },
      ],
    }),
  };
}

/** @param about the machine and the day, a line under the title */
export function resultsPage(results: Record<string, Row[]>, about: string): string {
  const plotly = readFileSync(
    createRequire(import.meta.url).resolve("plotly.js-cartesian-dist-min"),
    "utf8",
  );
  const sections = Object.entries(results).map(
    ([name, rows], i) =>
      `<h2>${escapeHtml(name)}</h2>\n<div id="plot${i}" role="img" ` +
      `aria-label="${escapeHtml(rows.map(({ what, ours, peer }) => `${what}: ${ours}, ${peer}`).join("; "))}"></div>`,
  );
  const figures = JSON.stringify(Object.values(results).map(ratios)).replaceAll("<", "\\u003c");
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Benches</title>
<style>body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; font-family: system-ui, sans-serif; color: #222 }</style>
<h1>Benches</h1>
<p>${escapeHtml(about)}</p>
${sections.join("\n")}
<script>${plotly}</script>
<script>${figures}.forEach(({ data, layout }, i) => Plotly.newPlot("plot" + i, data, layout, { responsive: true, displaylogo: false }));</script>
</html>
`;
}
