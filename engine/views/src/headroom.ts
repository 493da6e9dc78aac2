/** Room above what a chart shows, so that titles keep off frames and bars off titles. */
import { axesOf, axisName, isPanelTitle, type Chart, type Layout, type Trace } from "./chart";

/** Pixels between a panel's frame and its title, whose casing would cut the frame. */
const TITLE_GAP = 6;

/** Panels' titles, a little above their frames. */
export function raisedTitles(chart: Chart): Chart {
  const notes = (chart.layout.annotations ?? []) as Layout[];
  if (!notes.some(isPanelTitle)) return chart;
  const annotations = notes.map((note) =>
    isPanelTitle(note) ? { ...note, yshift: Number(note.yshift ?? 0) + TITLE_GAP } : note,
  );
  return { ...chart, layout: { ...chart.layout, annotations } };
}

/** Parts of an axis: data this close to its end would touch what is above, and the room they get. */
const NEAR_END = 0.03;
const HEADROOM = 0.05;

/** The largest value on an axis at any position of the slider. */
function highestOn(name: string, { data, frames = [] }: Chart): number {
  const isOn = (trace: Trace | undefined) => axisName(trace?.yaxis ?? "y") === name;
  const all = [data, ...frames.map((frame) => frame.data)].flatMap((traces) =>
    traces.filter((_, i) => isOn(data[i]) && data[i]?.type !== "heatmap"),
  );
  const values = all.flatMap(({ y }) => (Array.isArray(y) ? y.map(Number) : []));
  return values.filter(Number.isFinite).reduce((a, b) => Math.max(a, b), -Infinity);
}

/**
 * The chart with longer axes where bars or lines end at the top of a given range, as shares do at 1.
 * What a range cuts off on purpose stays cut off.
 * @param whole the chart with all of its frames, which decides for all of them
 */
export function withHeadroom(chart: Chart, whole: Chart): Chart {
  const longer = axesOf(chart.layout).flatMap((name): [string, Layout][] => {
    const axis = chart.layout[name] as Layout & { range?: [number, number] };
    if (!name.startsWith("y") || !axis.range || axis.type === "log" || axis.scaleanchor) return [];
    const [low, high] = axis.range;
    const highest = highestOn(name, whole);
    const length = high - low;
    if (!(length > 0) || highest > high + 1e-9 || highest < high - NEAR_END * length) return [];
    return [[name, { ...axis, range: [low, high + HEADROOM * length] }]];
  });
  if (longer.length === 0) return chart;
  return { ...chart, layout: { ...chart.layout, ...Object.fromEntries(longer) } };
}
