/** Gives a chart, which is made for white paper, the colors of the page's theme. */
import { axesOf, type Chart, type Layout, type Trace } from "./chart";

/** The colors that a theme sets; a chart keeps its others. */
interface Colors {
  ink: string;
  grid: string;
  /** The background of hover labels. */
  label: string;
  /** The background of gray pictures, so that white ones have an edge. */
  mat: string;
}

const LIGHT: Colors = { ink: "#222222", grid: "#dddddd", label: "#ffffff", mat: "#eeeeee" };
const DARK: Colors = { ink: "#e4e4e4", grid: "#484848", label: "#2b2b2b", mat: "#333333" };
const CLEAR = "rgba(0, 0, 0, 0)";

/** Colors that are too dark on a dark page, and those in their place. */
const LIGHTER: ReadonlyMap<unknown, string> = new Map([
  ["#000000", DARK.ink],
  ["black", DARK.ink],
  ["#0072b2", "#3d9be0"],
]);
const lighter = (color: unknown) => LIGHTER.get(color) ?? color;

/** Makes dark lines and marks light on a dark page. */
function visible(trace: Trace): Trace {
  const part = (name: "line" | "marker") => {
    const value = trace[name] as { color?: unknown } | undefined;
    if (!value) return {};
    const color = Array.isArray(value.color) ? value.color.map(lighter) : lighter(value.color);
    return { [name]: { ...value, ...(color === undefined ? {} : { color }) } };
  };
  return { ...trace, ...part("line"), ...part("marker") };
}

/** Makes a white background transparent; a mat follows the theme. */
function background(color: unknown, { mat }: Colors): unknown {
  if (color === "#ffffff") return CLEAR;
  return color === LIGHT.mat ? mat : color;
}

/** Gives an annotation the theme's text color, unless it has a color of its own. */
const written = (note: Layout, { ink }: Colors): Layout => {
  const font = (note.font ?? {}) as { color?: string };
  const own = font.color !== undefined && font.color !== LIGHT.ink;
  return own ? note : { ...note, font: { ...font, color: ink } };
};

function axis(value: Layout, { ink, grid }: Colors): Layout {
  return {
    ...value,
    gridcolor: grid,
    linecolor: ink,
    tickcolor: ink,
    zerolinecolor: ink,
  };
}

/** The chart in the colors of a light or a dark page; the page shows through. */
export function themed(chart: Chart, dark: boolean): Chart {
  const colors = dark ? DARK : LIGHT;
  const { layout } = chart;
  const axes = axesOf(layout).map((name) => [name, axis(layout[name] as Layout, colors)]);
  const notes = (layout.annotations ?? []) as Layout[];
  const colorway = (layout.colorway ?? []) as string[];
  return {
    ...chart,
    data: dark ? chart.data.map(visible) : chart.data,
    layout: {
      ...layout,
      ...Object.fromEntries(axes),
      annotations: notes.map((note) => written(note, colors)),
      ...(dark ? { colorway: colorway.map(lighter) } : {}),
      modebar: { bgcolor: CLEAR, color: colors.ink, activecolor: colors.ink },
      paper_bgcolor: CLEAR,
      plot_bgcolor: background(layout.plot_bgcolor, colors),
      font: { ...(layout.font as Layout), color: colors.ink },
      hoverlabel: {
        ...(layout.hoverlabel as Layout),
        bgcolor: colors.label,
        font: { ...((layout.hoverlabel as Layout)?.font as Layout), color: colors.ink },
      },
    },
  };
}
