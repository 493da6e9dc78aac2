/** Numbers in the cells of matrices that are few and small, so that no reader compares colors. */
import { hidesAxes, type Chart, type Trace } from "./chart";
import { scaleOf } from "./colorScale";

/** A matrix of more cells, or of longer numbers, shows how values go up and down, not each value. */
const MAX_CELLS = 40;
const MAX_VALUE = 999;

/** Plotly fits the numbers to the cells; tints.ts chooses black or white. */
const WRITTEN = { texttemplate: "%{z}" };

/** Whether a matrix holds a few whole numbers; blank cells have none, and categories have names. */
function hasFewNumbers(trace: Trace, z: unknown): boolean {
  if (!Array.isArray(z) || scaleOf(trace).ticktext) return false;
  const values = z.flat().filter((value) => value !== null);
  const isShort = (value: unknown) =>
    Number.isInteger(value) && Math.abs(Number(value)) <= MAX_VALUE;
  return values.length > 0 && values.length <= MAX_CELLS && values.every(isShort);
}

/**
 * The chart with its numbers in its cells, if that suits all of its matrices.
 * @param whole the chart with all of its frames, which decides for all of them
 */
export function withCellValues(chart: Chart, { data, frames = [] }: Chart): Chart {
  const isMatrix = ({ type }: Trace) => type === "heatmap";
  const suits = data.every((trace, i) => {
    if (!isMatrix(trace)) return false;
    const matrices = [trace.z, ...frames.map((frame) => frame.data[i]?.z ?? trace.z)];
    return matrices.every((z) => hasFewNumbers(trace, z));
  });
  if (!suits || hidesAxes(chart.layout)) return chart;
  return { ...chart, data: chart.data.map((trace) => ({ ...trace, ...WRITTEN })) };
}
