/**
 * What shows under the pointer: each number after the name of its axis or color scale. plotly's own
 * words are "(4, 0.2)", which say neither.
 */
import { axisName, type Chart, type Layout, type Trace } from "./chart";
import { scaleOf } from "./colorScale";

const COLOR_VALUE = "%{z:.3~g}";
const POINT = "%{x}, %{y}";
/** How a bar of `lanes` begins. */
const LANE = "%{x}: ";

const titleOf = (axis: unknown): string => {
  const { title } = (axis ?? {}) as { title?: { text?: unknown } };
  return typeof title?.text === "string" ? title.text.replace(/<br>/g, " ") : "";
};

/** The name of a trace's axis; in a row of panels only those at the edge write it. */
function nameOf(trace: Trace, letter: "x" | "y", layout: Layout): string {
  const axis = layout[axisName(trace[`${letter}axis`] ?? letter)] as Layout | undefined;
  const own = titleOf(axis);
  if (own || axis?.showticklabels !== false) return own;
  const axes = Object.entries(layout).filter(([key]) => key.startsWith(`${letter}axis`));
  return axes.map(([, other]) => titleOf(other)).find(Boolean) ?? "";
}

const after = (name: string, value: string) => (name ? `${name}: ${value}` : value);

/** A line for x and one for y. */
function place(trace: Trace, layout: Layout): string {
  const x = after(nameOf(trace, "x", layout), "%{x}");
  return `${x}<br>${after(nameOf(trace, "y", layout), "%{y}")}`;
}

function matrixHover(template: string, trace: Trace): string {
  const { title } = scaleOf(trace) as { title?: { text?: string } };
  const name = title?.text?.replace(/<br>/g, " ") ?? "value";
  return template.replace(COLOR_VALUE, () => `${name}: ${COLOR_VALUE}`);
}

function hoverOf(trace: Trace, layout: Layout): string | undefined {
  const template = trace.hovertemplate;
  if (trace.hoverinfo === "skip") return undefined;
  if (typeof template !== "string") {
    if (!["scatter", "bar", undefined].includes(trace.type as string | undefined)) return undefined;
    const name = typeof trace.name === "string" ? trace.name : "";
    return `${place(trace, layout)}<extra>${name}</extra>`;
  }
  if (trace.type === "heatmap") return matrixHover(template, trace);
  if (template.startsWith(LANE)) {
    return template.replace(LANE, () => `${after(nameOf(trace, "x", layout), "%{x}")}<br>`);
  }
  return template.replace(POINT, () => place(trace, layout));
}

/** The chart with names in what shows under the pointer. */
export function nameHovers(chart: Chart): Chart {
  const data = chart.data.map((trace) => {
    const hovertemplate = hoverOf(trace, chart.layout);
    return hovertemplate === undefined ? trace : { ...trace, hovertemplate };
  });
  const frames = (chart.frames ?? []).map((frame) => ({
    ...frame,
    data: frame.data.map((change, i) => {
      if (change.hovertemplate === undefined) return change;
      const hovertemplate = hoverOf({ ...chart.data[i], ...change }, chart.layout);
      return { ...change, hovertemplate };
    }),
  }));
  return { ...chart, data, ...(chart.frames ? { frames } : {}) };
}
