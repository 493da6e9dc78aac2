/**
 * All runs of benchmarks on this machine, one line of JSON each, oldest first; and a page that draws
 * them and needs no network. Each comparison of the last run is one bar, and its length shows how much
 * better ours is. With earlier runs, lines show how the ratios changed from commit to commit.
 */
import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, cpus } from "node:os";
import { dirname } from "node:path";
import { axis, COLORS, escapeHtml, layout, type PlotFigure } from "course/figures";
import type { Row } from "./measure.js";

export interface Run {
  name: string;
  /** ISO 8601. */
  date: string;
  /** Short hash of the commit that ran, with + where files had changed; "" outside of git. */
  commit: string;
  machine: { cpu: string; cores: number; node: string };
  rows: Row[];
}

/** JSON has null for NaN, the ratio of a row without a peer. */
const restoreRatios = (rows: Row[]) => rows.map((row) => ({ ...row, ratio: row.ratio ?? NaN }));

/** Reads all runs, and skips a line that a crash cut off. */
export function readRuns(file: string): Run[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.flatMap((line) => {
    try {
      const run = JSON.parse(line) as Run;
      return [{ ...run, rows: restoreRatios(run.rows) }];
    } catch {
      return [];
    }
  });
}

export function addRun(file: string, run: Run): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `\n${JSON.stringify(run)}\n`); // the line before may have been cut off
}

function commitOf(root: string): string {
  const git = (...args: string[]) => spawnSync("git", args, { cwd: root, encoding: "utf8" });
  const head = git("rev-parse", "--short", "HEAD");
  if (head.status !== 0) return "";
  const changed = git("status", "--porcelain", "--untracked-files=no").stdout.trim() !== "";
  return head.stdout.trim() + (changed ? "+" : "");
}

/** Describes a run that ends now, on this machine, of the code in this folder. */
export function runOf(root: string, name: string, rows: Row[]): Run {
  const machine = {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    node: process.version,
  };
  return { name, date: new Date().toISOString(), commit: commitOf(root), machine, rows };
}

const BAR_HEIGHT = 30;
const FRAME_HEIGHT = 110;

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

const describeRow = ({ what, ours, peer }: Row) => `${what}: ${ours}, ${peer}`;

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
    hovertext: drawn.map(describeRow),
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
      height: FRAME_HEIGHT + BAR_HEIGHT * drawn.length,
      showlegend: false,
      xaxis: axis("times as good as the peer", { type: "log", range: range(values), dtick: 1 }),
      yaxis: axis(undefined, names),
      shapes: [AT_ONE],
    }),
  };
}

/** Powers of ten, from at most 0.5 to at least 2, with space for the numbers at the bars' ends. */
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

const describeRun = ({ date, commit, machine }: Run) =>
  `${date.slice(0, 10)}, commit ${commit || "unknown"}, ${machine.cpu}, ${machine.cores} cores, ` +
  `Node ${machine.node}`;

/** A line for each comparison that at least two of the runs hold, from run to run. */
export function history(runs: Run[]): PlotFigure {
  const whats = [...new Set(runs.flatMap(({ rows }) => rows.map(({ what }) => what)))];
  const ratioOf = (run: Run, what: string) => run.rows.find((row) => row.what === what)?.ratio;
  const lines = whats.map((what, i) => {
    const points = runs.map((run) => ratioOf(run, what));
    const y = points.map((ratio) => (ratio !== undefined && ratio > 0 ? ratio : null));
    const line = { color: COLORS[i % COLORS.length] };
    return {
      type: "scatter",
      mode: "lines+markers",
      name: what,
      x: runs.map((_, n) => n),
      y,
      line,
    };
  });
  const ticks = {
    tickmode: "array",
    tickvals: runs.map((_, n) => n),
    ticktext: runs.map(({ date, commit }) => `${date.slice(0, 10)} ${commit}`),
  };
  return {
    data: lines.filter(({ y }) => y.filter((ratio) => ratio !== null).length > 1),
    layout: layout({
      height: 360,
      xaxis: axis("run", ticks),
      yaxis: axis("times as good as the peer", { type: "log" }),
    }),
  };
}

interface Plot {
  html: string;
  figures: PlotFigure[];
}

/** A benchmark's last run, and its runs so far where there are several. */
function section(name: string, runs: Run[], first: number): Plot {
  const last = runs.at(-1)!;
  const figures = runs.length > 1 ? [ratios(last.rows), history(runs)] : [ratios(last.rows)];
  const alternative = escapeHtml(last.rows.map(describeRow).join("; "));
  const plots = figures.map((_, i) => {
    const label = i === 0 ? alternative : `the ratios of ${runs.length} runs`;
    return `<div id="plot${first + i}" role="img" aria-label="${label}"></div>`;
  });
  const html = `<h2>${escapeHtml(name)}</h2>\n<p>${escapeHtml(describeRun(last))}</p>\n${plots.join("\n")}`;
  return { html, figures };
}

/** All benchmarks, each by its own runs. */
export function resultsPage(runs: Run[]): string {
  const { resolve } = createRequire(import.meta.url);
  const plotly = readFileSync(resolve("plotly.js-cartesian-dist-min"), "utf8");
  const names = [...new Set(runs.map(({ name }) => name))];
  const drawn: PlotFigure[] = [];
  const sections = names.map((name) => {
    const own = runs.filter((run) => run.name === name);
    const { html, figures } = section(name, own, drawn.length);
    drawn.push(...figures);
    return html;
  });
  const figures = JSON.stringify(drawn).replaceAll("<", "\\u003c");
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Benchmarks</title>
<style>
${STYLE}
</style>
<h1>Benchmarks</h1>
${sections.join("\n")}
<script>${plotly}</script>
<script>
const figures = ${figures};
${DRAW}
</script>
</html>
`;
}
