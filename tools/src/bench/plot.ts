/**
 * The results of benchmarks as a page with plots that needs no network. Each comparison is one bar,
 * as long as ours is better.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { axis, COLORS, layout, type PlotFigure } from "course/dist/figures/figure.js";
import { escapeHtml } from "course/dist/figures/html.js";
import type { Row } from "./row.js";

const BAR_HEIGHT = 30;
const FRAME = 110;

/** A line at 1, from which the bars go. */
const AT_ONE = {
  type: "line",
  x0: 1,
  x1: 1,
  yref: "paper",
  y0: 0,
  y1: 1,
  line: { width: 1, color: "#222222" },
};

const inWords = ({ what, ours, peer }: Row) => `${what}: ${ours}, ${peer}`;

/**
 * Ratios on a logarithmic axis. A bar goes from 1 to the right where ours is better, and to the
 * left where the peer is.
 */
export function ratios(rows: Row[]): PlotFigure {
  const comparable = rows.filter(({ ratio }) => Number.isFinite(ratio) && ratio > 0);
  const drawn = comparable.reverse(); // plotly draws from the bottom up
  const values = drawn.map(({ ratio }) => ratio);
  const positions = drawn.map((_, i) => i);
  const bars = {
    type: "bar",
    orientation: "h",
    base: 1,
    y: positions,
    x: values.map((ratio) => ratio - 1), // a bar's length counts from its base
    marker: { color: values.map((ratio) => COLORS[ratio >= 1 ? 0 : 1]) },
    text: values.map((ratio) => `${Number(ratio.toPrecision(3))}×`),
    textposition: "outside",
    cliponaxis: false,
    hovertext: drawn.map(inWords),
    hoverinfo: "text",
  };
  const names = {
    tickmode: "array",
    tickvals: positions,
    ticktext: drawn.map(({ what, ours, peer }) => `${what}: ${ours} ∕ ${peer}`),
    ticks: "",
  };
  return {
    data: [bars],
    layout: layout({
      height: FRAME + BAR_HEIGHT * drawn.length,
      showlegend: false,
      xaxis: axis("times as good as the peer", { type: "log", range: range(values), dtick: 1 }),
      yaxis: axis(undefined, names),
      shapes: [AT_ONE],
    }),
  };
}

/** Powers of ten, from at most 0.5 to at least 2, with room for the numbers at the bars' ends. */
function range(values: number[]): [number, number] {
  const low = Math.min(0.5, ...values) / 2.5;
  const high = Math.max(2, ...values) * 1.6;
  return [Math.log10(low), Math.log10(high)];
}

const STYLE = `body {
  max-width: 70rem;
  margin: 2rem auto;
  padding: 0 1rem;
  font-family: system-ui, sans-serif;
  color: #222;
}`;

const DRAW = `figures.forEach(({ data, layout }, i) =>
  Plotly.newPlot("plot" + i, data, layout, { responsive: true, displaylogo: false }));`;

function section(name: string, rows: Row[], index: number): string {
  const alternative = escapeHtml(rows.map(inWords).join("; "));
  return `<h2>${escapeHtml(name)}</h2>
<div id="plot${index}" role="img" aria-label="${alternative}"></div>`;
}

/** @param about the machine and the day, a line under the title */
export function resultsPage(results: Record<string, Row[]>, about: string): string {
  const { resolve } = createRequire(import.meta.url);
  const plotly = readFileSync(resolve("plotly.js-cartesian-dist-min"), "utf8");
  const sections = Object.entries(results).map(([name, rows], i) => section(name, rows, i));
  const figures = JSON.stringify(Object.values(results).map(ratios)).replaceAll("<", "\\u003c");
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Benchmarks</title>
<style>
${STYLE}
</style>
<h1>Benchmarks</h1>
<p>${escapeHtml(about)}</p>
${sections.join("\n")}
<script>${plotly}</script>
<script>
const figures = ${figures};
${DRAW}
</script>
</html>
`;
}
