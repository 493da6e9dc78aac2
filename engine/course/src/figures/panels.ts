/** Small multiples: figures side by side, with shared scales, so that the eye can compare them. */
import { withPowers } from "./numbers";
import { expectPlot, expectSome } from "./validate";
import {
  layout,
  LINE_COLORS,
  type Figure,
  type Layout,
  type PlotFigure,
  type Trace,
  colorsOf,
  isMatrix,
  sharedColors,
} from "./figure";

/** From this many panels on, each is so small that numbers along its axes would collide. */
const SMALL_PANELS_FROM = 7;
/** So few short words stand beside small panels in small type, at the edges of all of them. */
const MAX_SMALL_NAMES = 16;
const MAX_SMALL_NAME = 10;
const SMALL_NAMES = { tickfont: { size: 10 } };

/** One axis, x or y, of all panels. */
interface Axes {
  list: Layout[];
  /** Whether all panels have one range. */
  shared: boolean;
  /** Whether all say the same, so that only the panels at the edge need to say it. */
  once: boolean;
}

/** Where panels stand, in fractions of the plot's width and height. */
interface Grid {
  columns: number;
  gapX: number;
  gapY: number;
  width: number;
  height: number;
}

/** One panel: its plot and its place in the grid. */
interface Panel {
  title: string;
  plot: PlotFigure;
  index: number;
  /** What plotly appends to the names of the panel's axes: nothing, 2, 3, … */
  suffix: string;
  left: number;
  top: number;
  atLeft: boolean;
  atBottom: boolean;
}

/**
 * Shows figures side by side under their titles.
 * @param options columns: at most this many in a row, 3 unless given
 * @throws when there is no figure, or when one of them is a table, tokens or a slider
 */
export function panels(
  figures: { title: string; figure: Figure }[],
  options: { columns?: number } = {},
): PlotFigure {
  expectSome("panels", "figures", figures);
  const plots = figures.map(({ title, figure }) => expectPlot("panels", `"${title}"`, figure));
  const x = axesOf(plots, "xaxis");
  const y = axesOf(plots, "yaxis");
  const columns = Math.min(options.columns ?? 3, plots.length);
  const rows = Math.ceil(plots.length / columns);
  const scales = [...lastInColors(plots).values()];
  const scaleInside = scales.some((panel) => standsInside(panel, plots.length, columns));
  const grid = gridOf(columns, rows, x, y, scaleInside);
  const all = plots.map((plot, i) => positionPanel(figures[i]!.title, plot, i, plots.length, grid));

  const legend = plots.some((p) => p.layout.showlegend === true);
  const traces = tracesOf(all);
  const first = plots[0]!.layout;
  return {
    data: sharedColors(withScales(legend ? withOwnColors(traces) : traces, all, grid)),
    layout: layout({
      ...Object.assign(
        {},
        ...all.map((panel) => panelAxes(panel, x, y, grid, plots.length >= SMALL_PANELS_FROM)),
      ),
      meta: { panels: { count: plots.length, columns } },
      annotations: all.flatMap((panel) => annotationsOf(panel, grid)),
      showlegend: legend,
      plot_bgcolor: first.plot_bgcolor,
      barmode: first.barmode,
      legend: {
        orientation: "h",
        yref: "container",
        yanchor: "bottom",
        y: 0.01,
        x: 0,
      },
      height: Math.max(280, Math.min(960, rows * rowHeight(columns, plots) + 60)),
      margin: { l: 60, r: 20, t: 40, b: legend ? 80 : 50 },
    }),
  };
}

/** Pixels: the height of a row; small squares in a long row need less. */
function rowHeight(columns: number, plots: PlotFigure[]): number {
  if (columns <= 2) return 280;
  const areSquares = plots.every(({ layout }) => (layout.yaxis as Layout).scaleanchor);
  return areSquares ? Math.min(230, Math.round(600 / columns) + 80) : 230;
}

function axesOf(plots: PlotFigure[], name: "xaxis" | "yaxis"): Axes {
  const list = sameTicks(plots.map((p) => (p.layout[name] ?? {}) as Layout));
  const maps = plots.every((p) => p.data.some((t) => t.type === "heatmap"));
  const shared = !maps && alike(list);
  const once = identical(list) && (maps ? sameSizes(plots) : shared);
  return { list, shared, once };
}

/** Whether all matrices have as many rows and columns, so that their axes count to one number. */
function sameSizes(plots: PlotFigure[]): boolean {
  const sizes = plots.map(({ data }) => {
    const z = data.find(({ type }) => type === "heatmap")?.z as unknown[][] | undefined;
    return `${z?.length} × ${z?.[0]?.length}`;
  });
  return new Set(sizes).size === 1;
}

/** Axes can share a range when none names its positions, and all are linear or all logarithmic. */
const alike = (axes: Layout[]) =>
  axes.every((a) => !a.ticktext && !a.range && a.visible !== false && a.type === axes[0]!.type);

const identical = (axes: Layout[]) =>
  axes.every((a) => JSON.stringify(a) === JSON.stringify(axes[0]));

/** About how far apart the ticks of a logarithmic axis are, in decades. */
function tickDistance({ dtick }: Layout): number {
  if (typeof dtick === "number") return dtick;
  return dtick === "D2" ? 0.3 : 0;
}

/** Logarithmic axes that share a range have the ticks of the longest. */
function sameTicks(axes: Layout[]): Layout[] {
  if (!axes.every((a) => a.type === "log") || !alike(axes)) return axes;
  const longest = axes.reduce((a, b) => (tickDistance(b) > tickDistance(a) ? b : a));
  const { dtick, tickformat, exponentformat } = longest;
  return axes.map((a) => ({ ...a, dtick, tickformat, exponentformat }));
}

/** The room that a color scale takes between two panels, in parts of the plot's width. */
const SCALE_WIDTH = 0.05;

/** For the colors of each matrix, the index of the last panel in these colors. */
function lastInColors(plots: PlotFigure[]): Map<string, number> {
  const matrices = plots.flatMap(({ data }, i) =>
    data.filter(isMatrix).map((trace): [string, number] => [colorsOf(trace), i]),
  );
  return new Map(matrices);
}

/** Whether a color scale stands between panels, beside one that isn't the last in its row. */
const standsInside = (panel: number, count: number, columns: number) =>
  panel + 1 < count && (panel + 1) % columns > 0;

/** Leaves room between panels for the numbers and titles of their axes. */
function gridOf(columns: number, rows: number, x: Axes, y: Axes, scaleInside: boolean): Grid {
  // a number such as 20,000 at one panel's end would reach into the next
  const narrow = x.list.some((a) => a.dtick === "D2") ? 0.07 : 0.03;
  const own = y.once ? narrow : 0.14 / Math.sqrt(columns);
  const gapX = scaleInside ? own + SCALE_WIDTH : own;
  const low = x.once ? 0.34 : 0.4;
  const gapY = rows > 1 ? low / rows : 0;
  return {
    columns,
    gapX,
    gapY,
    width: (1 - gapX * (columns - 1)) / columns,
    height: (1 - gapY * (rows - 1)) / rows,
  };
}

function positionPanel(
  title: string,
  plot: PlotFigure,
  index: number,
  count: number,
  grid: Grid,
): Panel {
  const { columns, gapX, gapY, width, height } = grid;
  const column = index % columns;
  const row = Math.floor(index / columns);
  return {
    title,
    plot,
    index,
    suffix: index === 0 ? "" : String(index + 1),
    left: column * (width + gapX),
    top: 1 - row * (height + gapY),
    atLeft: column === 0,
    atBottom: index + columns >= count,
  };
}

/** The panel's two axes, under plotly's names: xaxis2, yaxis2. */
function panelAxes(panel: Panel, x: Axes, y: Axes, grid: Grid, small: boolean): Layout {
  const { index, suffix, left, top, atLeft, atBottom } = panel;
  const follows = (axes: Axes, first: string) =>
    axes.shared && index > 0 ? { matches: first } : {};
  const narrow = grid.columns >= 3 && cellsAcross(panel.plot) > 8;
  const size = { small: small || narrow, wordless: small };
  const xAxis = drawnAxis(x, index, atBottom, size);
  // cells that aren't squares are higher than they are wide
  const isSquare = y.list[index]!.scaleanchor !== undefined;
  const yAxis = drawnAxis(y, index, atLeft, { ...size, small: small || (narrow && isSquare) });
  return {
    [`xaxis${suffix}`]: {
      ...xAxis,
      domain: [left, left + grid.width],
      anchor: `y${suffix}`,
      ...follows(x, "x"),
    },
    [`yaxis${suffix}`]: {
      ...yAxis,
      domain: [Math.max(0, top - grid.height), top],
      anchor: `x${suffix}`,
      ...(yAxis.scaleanchor ? { scaleanchor: `x${suffix}` } : {}),
      ...follows(y, "y"),
    },
  };
}

/** How many columns a matrix has, 0 for other plots. */
function cellsAcross({ data }: PlotFigure): number {
  const rows = data[0]?.z as unknown[][] | undefined;
  return rows?.[0]?.length ?? 0;
}

/** A panel's axis with as many numbers as its place needs and its size allows. */
function drawnAxis(
  axes: Axes,
  index: number,
  atEdge: boolean,
  { small, wordless }: { small: boolean; wordless: boolean },
): Layout {
  const axis = { ...axes.list[index]! };
  if (axes.once && !atEdge) Object.assign(axis, { title: undefined, showticklabels: false });
  const dense = axis.dtick === 1 || axis.dtick === "D2";
  if (small && dense) Object.assign(axis, { dtick: undefined, nticks: 4 });
  if (!wordless || !axis.ticktext) return axis;
  if (axes.once && hasFewNames(axis)) return { ...axis, ...SMALL_NAMES };
  // words would run into each other; they show under the pointer
  return { ...axis, showticklabels: false, ticks: "" };
}

const hasFewNames = ({ ticktext }: Layout): boolean =>
  Array.isArray(ticktext) &&
  ticktext.length <= MAX_SMALL_NAMES &&
  ticktext.every((name) => String(name).length <= MAX_SMALL_NAME);

/** The panel's title, and what its plot writes. */
function annotationsOf(
  { title, plot, index, suffix, left, top }: Panel,
  { width }: Grid,
): Layout[] {
  const heading = {
    name: `panel ${index}`,
    text: `<b>${withPowers(title)}</b>`,
    xref: "paper",
    yref: "paper",
    x: left + width / 2,
    y: top,
    xanchor: "center",
    yanchor: "bottom",
    showarrow: false,
  };
  const own = (plot.layout.annotations ?? []) as Layout[];
  return [heading, ...own.map((a) => ({ ...a, xref: `x${suffix}`, yref: `y${suffix}` }))];
}

/** The panels' series on their own axes; series with one name have one entry in the legend. */
function tracesOf(all: Panel[]): Trace[] {
  const named = new Set<unknown>();
  const entry = ({ name, showlegend: own }: Trace): Trace => {
    if (name === undefined || own === false) return {};
    const showlegend = !named.has(name);
    named.add(name);
    return { legendgroup: name, showlegend };
  };
  return all.flatMap(({ plot, suffix }) =>
    plot.data.map((trace) => ({
      ...trace,
      xaxis: `x${suffix}`,
      yaxis: `y${suffix}`,
      ...entry(trace),
    })),
  );
}

/**
 * The lines of one legend, each name in a color and dashes of its own where there are enough: panels
 * begin with the same. Points and bars keep theirs, which may stand for the same kinds of things.
 */
function withOwnColors(traces: Trace[]): Trace[] {
  const colorOf = ({ mode, line }: Trace) =>
    mode === "lines" ? (line as { color?: string } | undefined)?.color : undefined;
  const names = new Map<string, { color: string; dash?: string }>();
  const taken = new Set<string>();
  for (const trace of traces) {
    const color = colorOf(trace);
    const { name, showlegend } = trace as { name?: string; showlegend?: boolean };
    if (!color || !name || showlegend !== true) continue;
    const own = taken.has(color) ? LINE_COLORS.find((c) => !taken.has(c)) : color;
    if (!own) return traces;
    taken.add(own);
    names.set(name, { color: own, dash: (trace.line as { dash?: string }).dash });
  }
  return traces.map((trace) => {
    const own = names.get(trace.name as string);
    return own && colorOf(trace)
      ? { ...trace, line: { ...(trace.line as object), ...own } }
      : trace;
  });
}

/** One color scale for all matrices in the same colors, beside the last of them. */
function withScales(traces: Trace[], all: Panel[], grid: Grid): Trace[] {
  const last = lastInColors(all.map(({ plot }) => plot));
  return traces.map((trace) => {
    if (!isMatrix(trace)) return trace;
    const { index, suffix, left, top } = all[last.get(colorsOf(trace))!]!;
    if (trace.xaxis !== `x${suffix}`) return { ...trace, showscale: false };
    if (!standsInside(index, all.length, grid.columns)) return trace;
    const scale = trace.colorbar as Layout;
    // a scale of names has a length of its own, from the top down
    const high =
      scale.lenmode === "pixels" ? { y: top } : { y: top - grid.height / 2, len: grid.height };
    const beside = { x: left + grid.width + 0.005, xanchor: "left", xpad: 4, ...high };
    return { ...trace, colorbar: { ...scale, ...beside } };
  });
}
