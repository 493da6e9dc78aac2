/** A chart for the last row of a lecture hall: it fills a given room, with larger type and lines. */
import { metaOf, type Chart, type Layout, type Trace } from "./chart";
import { inOneRow, thinTicks } from "./panels";

/** The room that a chart fills, in pixels, and the size of its type. */
export interface SlideSize {
  width: number;
  height: number;
  type: number;
}

const SLIDE_LINE_WIDTH = 3.5;
/** plotly's own size of type. */
const DEFAULT_FONT_SIZE = 12;

function thicker(trace: Trace): Trace {
  if (!/lines/.test(String(trace.mode))) return trace;
  return { ...trace, line: { ...(trace.line as object), width: SLIDE_LINE_WIDTH } };
}

const larger = (note: Layout, growth: number): Layout => {
  const font = note.font as { size?: number } | undefined;
  return font?.size ? { ...note, font: { ...font, size: font.size * growth } } : note;
};

/** The axes of a matrix whose cells are smaller than the numbers beside them. */
function fewerNumbers(chart: Chart, { width, height, type }: SlideSize): Record<string, Layout> {
  const { cells, panels } = metaOf(chart);
  if (!cells || panels) return {};
  const side = Math.min(width / cells.columns, height / cells.rows);
  if (side > 1.5 * type) return {};
  const axes = (["xaxis", "yaxis"] as const).map((name) => {
    const axis = { ...(chart.layout[name] as Layout) };
    thinTicks(axis);
    return [name, axis] as const;
  });
  return Object.fromEntries(axes);
}

/** What the caption and plotly's own slider would take is left out, as everywhere in views. */
export function sizedForSlide(whole: Chart, stage: SlideSize): Chart {
  const { width, height, type } = stage;
  const chart = inOneRow(whole, width);
  const { layout } = chart;
  const { captionRoom = 0, slider } = metaOf(chart);
  const font = layout.font as { size?: number } | undefined;
  const growth = type / (font?.size ?? DEFAULT_FONT_SIZE);
  const margin = { l: 60, r: 20, t: 20, b: 50, ...(layout.margin as Record<string, number>) };
  const notes = (layout.annotations ?? []) as Layout[];
  const top = margin.t - captionRoom;
  const bottom = margin.b - (slider?.room ?? 0);
  return {
    ...chart,
    data: chart.data.map(thicker),
    layout: {
      ...layout,
      ...fewerNumbers(chart, stage),
      width,
      height,
      autosize: false,
      dragmode: false,
      font: { ...font, size: type },
      annotations: notes.map((note) => larger(note, growth)),
      margin: { ...margin, t: Math.max(24, top * growth), b: Math.max(24, bottom * growth) },
    },
  };
}
