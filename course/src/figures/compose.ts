/** Figures made of figures: small multiples, and a slider over figures computed beforehand. */
import { layout, logAxis, type Figure, type Layout, type PlotFigure, type Trace } from "./figure";
import { expectSome } from "./validate";

function expectPlot(builder: string, what: string, figure: Figure): PlotFigure {
  if (figure?.html !== undefined || !Array.isArray(figure?.data)) {
    throw new Error(`${builder}: expected ${what} to be a plot such as lines or heatmap gives`);
  }
  if (figure.frames) {
    throw new Error(
      `${builder}: ${what} has a slider; put the other way round, figures with a slider are ` +
        `made by slider(…, () => ${builder}(…))`,
    );
  }
  return figure;
}

/** One scale of colours for all heatmaps, from the least lower end to the largest upper end. */
function sharedColours(traces: Trace[]): Trace[] {
  const maps = traces.filter((t) => t.type === "heatmap") as { zmin: number; zmax: number }[];
  const zmin = Math.min(...maps.map((t) => t.zmin));
  const zmax = Math.max(...maps.map((t) => t.zmax));
  return traces.map((t) => (t.type === "heatmap" ? { ...t, zmin, zmax } : t));
}

/**
 * Axes can share a range when neither has names for its positions and both are linear or both
 * logarithmic.
 */
const alike = (axes: Layout[]) =>
  axes.every((a) => !a.ticktext && !a.range && a.visible !== false && a.type === axes[0]!.type);

const identical = (axes: Layout[]) =>
  axes.every((a) => JSON.stringify(a) === JSON.stringify(axes[0]));
const quiet = (axis: Layout, on: boolean): Layout =>
  on ? { ...axis, title: undefined, showticklabels: false } : axis;
/** How far apart a logarithmic axis's ticks are, in decades, about. */
const distance = ({ dtick }: Layout) =>
  typeof dtick === "number" ? dtick : dtick === "D2" ? 0.3 : 0;
/** Logarithmic axes of one range have the ticks of the longest. */
function sameTicks(axes: Layout[]): Layout[] {
  if (!axes.every((a) => a.type === "log") || !alike(axes)) return axes;
  const { dtick, tickformat } = axes.reduce((a, b) => (distance(b) > distance(a) ? b : a));
  return axes.map((a) => ({ ...a, dtick, tickformat }));
}
/** Many panels are small ones: fewer numbers, or they run into each other. */
const sparse = (axis: Layout, on: boolean): Layout =>
  on && (axis.dtick === 1 || axis.dtick === "D2") ? { ...axis, dtick: undefined, nticks: 4 } : axis;

/**
 * Small multiples: figures side by side under their titles, with shared scales, so that they can be
 * compared by eye.
 * @param options columns: at most this many in a row, 3
 * @throws when there is none, or when one of them is a table, tokens or a slider
 */
export function panels(
  figures: { title: string; figure: Figure }[],
  options: { columns?: number } = {},
): PlotFigure {
  expectSome("panels", "figures", figures);
  const plots = figures.map(({ title, figure }) => expectPlot("panels", `"${title}"`, figure));
  const columns = Math.min(options.columns ?? 3, plots.length);
  const rows = Math.ceil(plots.length / columns);
  const axesOf = (name: "xaxis" | "yaxis") =>
    sameTicks(plots.map((p) => (p.layout[name] ?? {}) as Layout));
  const xAxes = axesOf("xaxis");
  const yAxes = axesOf("yaxis");
  const maps = plots.every((p) => p.data.every((t) => t.type === "heatmap"));
  const share = { x: !maps && alike(xAxes), y: !maps && alike(yAxes) };
  // axes that say the same need to say it only once, at the left and at the bottom
  const once = {
    x: identical(xAxes) && (maps || share.x),
    y: identical(yAxes) && (maps || share.y),
  };
  // 20,000 at one panel's end would reach into the next
  const longNames = xAxes.some((a) => a.dtick === "D2");
  const gapX = once.y ? (longNames ? 0.07 : 0.03) : 0.14 / columns ** 0.5;
  const gapY = rows > 1 ? (once.x ? 0.34 : 0.4) / rows : 0;
  const width = (1 - gapX * (columns - 1)) / columns;
  const height = (1 - gapY * (rows - 1)) / rows;

  const all: Layout = {};
  const annotations: Layout[] = [];
  const data: Trace[] = [];
  const named = new Set<unknown>();
  plots.forEach((plot, i) => {
    const n = i === 0 ? "" : String(i + 1);
    const column = i % columns;
    const row = Math.floor(i / columns);
    const x0 = column * (width + gapX);
    const y1 = 1 - row * (height + gapY);
    const lowest = i + columns >= plots.length;
    const small = plots.length > 6;
    const x = sparse(quiet(xAxes[i]!, once.x && !lowest), small);
    const y = sparse(quiet(yAxes[i]!, once.y && column > 0), small);
    const shareX = share.x && i > 0 ? { matches: "x" } : {};
    const shareY = share.y && i > 0 ? { matches: "y" } : {};
    all[`xaxis${n}`] = { ...x, domain: [x0, x0 + width], anchor: `y${n}`, ...shareX };
    all[`yaxis${n}`] = {
      ...y,
      domain: [Math.max(0, y1 - height), y1],
      anchor: `x${n}`,
      ...(y.scaleanchor ? { scaleanchor: `x${n}` } : {}),
      ...shareY,
    };
    annotations.push({
      text: `<b>${figures[i]!.title}</b>`,
      xref: "paper",
      yref: "paper",
      x: x0 + width / 2,
      y: y1,
      xanchor: "center",
      yanchor: "bottom",
      showarrow: false,
    });
    for (const a of (plot.layout.annotations ?? []) as Layout[]) {
      annotations.push({ ...a, xref: `x${n}`, yref: `y${n}` });
    }
    for (const trace of plot.data) {
      // one entry in the legend for the series of one name
      const again = named.has(trace.name);
      if (trace.name !== undefined) named.add(trace.name);
      data.push({
        ...trace,
        xaxis: `x${n}`,
        yaxis: `y${n}`,
        ...(trace.name === undefined ? {} : { legendgroup: trace.name, showlegend: !again }),
        ...(i > 0 && trace.type === "heatmap" ? { showscale: false } : {}),
      });
    }
  });
  const first = plots[0]!.layout as { showlegend?: boolean; plot_bgcolor?: string };
  const legend = plots.some((p) => p.layout.showlegend === true);
  return {
    data: sharedColours(data),
    layout: layout({
      ...all,
      annotations,
      showlegend: legend,
      plot_bgcolor: first.plot_bgcolor,
      barmode: plots[0]!.layout.barmode,
      legend: { orientation: "h", yref: "container", yanchor: "bottom", y: 0.01, x: 0 },
      height: Math.max(280, Math.min(960, rows * (columns > 2 ? 230 : 280) + 60)),
      margin: { l: 60, r: 20, t: 40, b: legend ? 80 : 50 },
    }),
  };
}

/**
 * The range of one axis over all frames with a little air, and a logarithmic one's ticks; nothing
 * where the axis has names or a range.
 */
function steadyRange(frames: PlotFigure[], axis: "x" | "y"): Layout | undefined {
  const bars = frames.some((f) => f.data.some((t) => t.type === "bar"));
  const axes = frames.map((f) => (f.layout[`${axis}axis`] ?? {}) as Layout);
  const log = axes[0]!.type === "log";
  const fixed = axes.some(
    (a) => a.range !== undefined || (a.type === "log") !== log || a.ticktext !== undefined,
  );
  const values = frames
    .flatMap((f) =>
      f.data.flatMap((t) =>
        t.type === "scatter" || t.type === "bar" ? (t[axis] as number[]) : [],
      ),
    )
    .map((v) => (log ? Math.log10(v) : v));
  if (fixed || values.length === 0) return undefined;
  const low = values.reduce((a, b) => Math.min(a, b), bars ? 0 : Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), bars ? 0 : -Infinity);
  const air = (high - low || 1) * 0.05;
  return {
    range: [bars && low === 0 ? 0 : low - air, high + air],
    ...(log ? logAxis(high - low) : {}),
  };
}

/**
 * What is written at the ticks and into the plot, for each frame of a slider; nothing where all
 * frames say the same.
 */
function changingLabels(layouts: Layout[]): Layout[] | undefined {
  const labels = layouts.map((layout) =>
    Object.fromEntries(
      Object.entries(layout).flatMap(([key, value]): [string, unknown][] => {
        if (key === "annotations") return [[key, value]];
        const { tickvals, ticktext } = (/^[xy]axis\d*$/.test(key) ? value : {}) as Layout;
        return ticktext ? [[key, { tickvals, ticktext }]] : [];
      }),
    ),
  );
  return new Set(labels.map((l) => JSON.stringify(l))).size > 1 ? labels : undefined;
}

/**
 * A slider over figures that are computed now, so that it works offline and in a saved notebook.
 * All frames share their scales.
 * @param label what the slider sets: "temperature"
 * @param frame the figure for a value; each has the same number of series
 * @throws when there is no value, or when a frame is a table, or differs from the first in its
 *   number of series or panels
 */
export function slider(
  label: string,
  values: (number | string)[],
  frame: (value: number | string, index: number) => Figure,
): PlotFigure {
  expectSome("slider", "values", values);
  const plots = values.map((value, i) =>
    expectPlot("slider", `the frame for ${value}`, frame(value, i)),
  );
  const first = plots[0]!;
  const odd = plots.findIndex((p) => p.data.length !== first.data.length);
  if (odd >= 0) {
    throw new Error(
      `slider: expected ${first.data.length} series in each frame as in the first, got ` +
        `${plots[odd]!.data.length} for ${values[odd]}`,
    );
  }
  const maps = sharedColours(plots.flatMap((p) => p.data));
  const changing = changingLabels(plots.map((p) => p.layout));
  const frames = plots.map((_, i) => ({
    name: String(i),
    data: maps.slice(i * first.data.length, (i + 1) * first.data.length),
    ...(changing ? { layout: changing[i] } : {}),
  }));
  const single = first.layout.xaxis2 === undefined; // panels share their ranges by themselves
  const steady = (name: "x" | "y"): Layout => {
    const scale = single ? steadyRange(plots, name) : undefined;
    return scale
      ? { [`${name}axis`]: { ...(first.layout[`${name}axis`] as Layout), ...scale } }
      : {};
  };
  const { margin, height } = first.layout as {
    margin: Record<"l" | "r" | "t" | "b", number>;
    height: number;
  };
  return {
    data: frames[0]!.data,
    frames,
    layout: {
      ...first.layout,
      ...steady("x"),
      ...steady("y"),
      height: height + 90,
      margin: { ...margin, b: margin.b + 90 },
      sliders: [
        {
          active: 0,
          y: 0,
          yanchor: "top",
          pad: { t: 60 },
          currentvalue: { prefix: `${label}: ` },
          steps: values.map((value, i) => ({
            label: String(value),
            method: "animate",
            args: [
              [String(i)],
              {
                mode: "immediate",
                transition: { duration: 0 },
                frame: { duration: 0, redraw: true },
              },
            ],
          })),
        },
      ],
    },
  };
}
