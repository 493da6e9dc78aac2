/**
 * Cells of a matrix on a slide. Squares leave most of a slide empty where the matrix is as high as it
 * is wide, or a thin strip; where its axes count different things, its cells may be oblong.
 */
import { metaOf, panelCount, type Chart, type Layout } from "./chart";
import { MAX_COLUMN_CELL_RATIO, matricesOf, namedCellRatio } from "./matrixRows";

/** How much wider than high a cell may be, and how much narrower. */
const MAX_CELL_RATIO = 1.75;
const MIN_CELL_RATIO = 0.4;
/** Cells that would be almost squares stay squares. */
const MIN_CHANGE = 1.1;
/** A matrix with numbers along both axes is stretched if it is so many times as long as wide. */
const LONG_MATRIX_RATIO = 2;

interface Room {
  width: number;
  height: number;
}

const titleOf = (axis: Layout): string => String((axis.title as Layout | undefined)?.text ?? "");

/** Pixels: cells less high than this are stretched in a column of text, those of a strip sooner. */
const MIN_CELL_HEIGHT = 3;
const MIN_STRIP_CELL_HEIGHT = 6;

/**
 * How much higher than wide the cells of a matrix in a column of text are, so that its rows can be
 * told apart: 1 unless they are tiny and its axes count different things.
 * @param side of a square cell, in pixels
 * @param heights the least height of the matrix, such as that of the names of its colors beside it,
 *   and the largest, in pixels
 */
export function columnCellRatio(
  chart: Chart,
  side: number,
  [minHeight, maxHeight]: [number, number],
  columnWidth: number,
): number {
  const { cells } = metaOf(chart);
  if (!cells) return 1;
  const [x, y] = [chart.layout.xaxis, chart.layout.yaxis].map((axis) => (axis ?? {}) as Layout);
  const named = namedCellRatio([x!, y!], { rows: cells.rows, side, maxHeight }, columnWidth);
  if (named > 1) return named;
  const isStrip = cells.columns >= LONG_MATRIX_RATIO * cells.rows;
  const least = isStrip ? MIN_STRIP_CELL_HEIGHT : MIN_CELL_HEIGHT;
  if (side >= least) return 1;
  if (!countsDifferentThings(chart, cells.rows, cells.columns)) return 1;
  const most = Math.min(MAX_COLUMN_CELL_RATIO, maxHeight / (cells.rows * side));
  const cellHeight = Math.max(least, minHeight / cells.rows);
  return Math.max(1, Math.min(most, cellHeight / side));
}

/** Whether a matrix is neither a picture nor a table of distances, whose shape tells something. */
function countsDifferentThings({ layout }: Chart, rows: number, columns: number): boolean {
  const [x, y] = [layout.xaxis, layout.yaxis].map((axis) => (axis ?? {}) as Layout) as [
    Layout,
    Layout,
  ];
  if (x.ticktext || y.ticktext) return true;
  const areNamed = titleOf(x) !== "" && titleOf(y) !== "" && titleOf(x) !== titleOf(y);
  return areNamed && Math.max(rows / columns, columns / rows) >= LONG_MATRIX_RATIO;
}

/** The largest matrix of the chart and the room that it has, as a part of the plot. */
function largestMatrix(chart: Chart) {
  const { layout } = chart;
  const panels = matricesOf(chart, chart, panelCount(chart));
  if (panels.length > 0 && panels.length === panelCount(chart)) {
    const [{ across, high }] = panels as [(typeof panels)[number]];
    const rows = Math.max(...panels.map((panel) => panel.rows));
    const columns = Math.max(...panels.map((panel) => panel.columns));
    return { rows, columns, across, high, axes: panels.map(({ y }) => y) };
  }
  const { cells, panels: others } = metaOf(chart);
  const isSquare = (layout.yaxis as Layout | undefined)?.scaleanchor !== undefined;
  if (!cells || others || !isSquare) return undefined;
  return { ...cells, across: 1, high: 1, axes: ["yaxis"] };
}

/**
 * @param chart of any kind; one without matrices stays as it is
 * @param room the pixels that the plot may take, without margins and color scale
 */
export function stretched(chart: Chart, room: Room): Chart {
  const matrix = largestMatrix(chart);
  if (!matrix) return chart;
  const { rows, columns, across, high, axes } = matrix;
  if (!countsDifferentThings(chart, rows, columns)) return chart;
  const filling = (across * room.width * rows) / (high * room.height * columns);
  const ratio = Math.min(MAX_CELL_RATIO, Math.max(MIN_CELL_RATIO, filling));
  if (Math.max(ratio, 1 / ratio) < MIN_CHANGE) return chart;
  const changed = axes.map((name): [string, Layout] => [
    name,
    { ...(chart.layout[name] as Layout), scaleratio: 1 / ratio },
  ]);
  return { ...chart, layout: { ...chart.layout, ...Object.fromEntries(changed) } };
}
