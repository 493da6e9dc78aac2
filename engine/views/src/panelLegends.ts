/**
 * Legends of panels that show different series, such as bars of one measure beside lines of another:
 * each panel has its own, between the panel and its title, so that a reader needn't find out which
 * names belong to which panel.
 */
import { isPanelTitle, marginOf, metaOf, type Chart, type Layout, type Trace } from "./chart";
import { legendName, legendRows, ROOM_BELOW, ROW_HEIGHT } from "./legendRows";
import { areInOneRow } from "./panels";

/** At most so many rows of a panel's own legend. */
const MAX_OWN_ROWS = 4;

const panelOf = ({ xaxis }: Trace) => Number(String(xaxis ?? "x").slice(1) || 1) - 1;

/**
 * The named series of each panel, if no two panels share some of their names: each panel shows the
 * same series as another one, or only series of its own.
 */
function ownSeries({ data }: Chart): Map<number, Trace[]> | undefined {
  const inLegend = data.filter(({ name, legendgroup }) => name !== undefined && legendgroup);
  const panels = new Map<number, Trace[]>();
  for (const trace of inLegend) {
    const of = panels.get(panelOf(trace)) ?? [];
    if (of.every(({ name }) => name !== trace.name)) panels.set(panelOf(trace), [...of, trace]);
  }
  const sets = [...panels.values()].map((traces) => traces.map(({ name }) => String(name)).sort());
  const different = new Set(sets.map((names) => names.join("\n")));
  const isDisjoint = [...different].flatMap((names) => names.split("\n"));
  return different.size > 1 && new Set(isDisjoint).size === isDisjoint.length ? panels : undefined;
}

/** Legends of panels that show different series, each between its panel and the panel's title. */
export function legendPerPanel(chart: Chart, columnWidth: number): Chart | undefined {
  const { layout } = chart;
  const series = areInOneRow(chart, columnWidth) ? ownSeries(chart) : undefined;
  if (!series) return undefined;
  const margin = marginOf(layout);
  const width = (columnWidth - margin.l - margin.r) / metaOf(chart).panels!.columns;
  const rowsOf = (data: Trace[]) => {
    const shown = data.map((trace) => ({ ...trace, showlegend: true }));
    return legendRows({ data: shown, layout }, width) === 0 ? 1 : data.length;
  };
  const rows = Math.max(...[...series.values()].map(rowsOf));
  if (rows > MAX_OWN_ROWS) return undefined;
  const above = rows * ROW_HEIGHT;
  const legends = [...series].map(([panel, data]): [string, Layout] => {
    const axis = layout[panel === 0 ? "xaxis" : `xaxis${panel + 1}`] as Layout;
    const [left, right] = axis.domain as [number, number];
    const orientation = rowsOf(data) === 1 ? "h" : "v";
    const place = { x: (left + right) / 2, xanchor: "center", y: 1, yanchor: "bottom" };
    return [legendName(panel), { orientation, ...place, yref: "paper", tracegroupgap: 0 }];
  });
  const annotations = ((layout.annotations ?? []) as Layout[]).map((note) =>
    isPanelTitle(note) ? { ...note, yshift: Number(note.yshift ?? 0) + above } : note,
  );
  const data = chart.data.map((trace) => {
    const isShown = [...series.values()].some((traces) => traces.includes(trace));
    return isShown ? { ...trace, legend: legendName(panelOf(trace)), showlegend: true } : trace;
  });
  const height = Number(layout.height ?? 360) + above - ROOM_BELOW;
  const room = { height, margin: { ...margin, t: margin.t + above, b: margin.b - ROOM_BELOW } };
  return {
    ...chart,
    data,
    layout: { ...layout, ...room, ...Object.fromEntries(legends), annotations },
  };
}
