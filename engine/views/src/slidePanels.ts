/** Rows of panels on a slide, which is wider than it is high. */
import { metaOf, type Chart } from "./chart";
import { axesOf, AXIS_NUMBERS_WIDTH, hasSquarePanels, hasTitle, isHidden, spaced } from "./panels";

/** A slide is wider than it is high, so up to this many panels go into one row there. */
const MAX_PANELS_IN_SLIDE_ROW = 4;

/** With names along their axes, so many charts in one row are too narrow for their numbers. */
const MIN_NAMED_CHARTS = 4;

/** Whether each of several charts has an axis of its own with a name: two rows of them are wider. */
function areNamedCharts({ layout }: Chart, count: number): boolean {
  const ys = axesOf(layout, "y", count);
  return count >= MIN_NAMED_CHARTS && ys.every((axis) => hasTitle(axis) && !isHidden(axis));
}

/** Whether panels in rows have room beside each other. Matrices keep their rows. */
function fitsInOneRow(chart: Chart): boolean {
  const { count = 0, columns = 0 } = metaOf(chart).panels ?? {};
  const keepsRows = hasSquarePanels(chart)
    ? chart.data.some(({ type }) => type === "heatmap")
    : areNamedCharts(chart, count);
  return count <= MAX_PANELS_IN_SLIDE_ROW && columns < count && !keepsRows;
}

/** Puts two rows of charts into one; matrices stay as they are. */
export function inOneRow(chart: Chart, width: number): Chart {
  if (!fitsInOneRow(chart)) return chart;
  const { count = 0 } = metaOf(chart).panels!;
  const x = ((hasSquarePanels(chart) ? 1 : 1.8) * AXIS_NUMBERS_WIDTH) / width;
  return spaced(chart, count, count, { x, y: 0 });
}

/** Above and below the panels of a slide: titles, an axis's numbers and its title. */
const SLIDE_MARGINS = 130;

interface SlideRoom {
  width: number;
  height: number;
  type: number;
}

/** Longer rows on a slide must make its squares at least this much larger. */
const MIN_ROW_GAIN = 1.05;
/** Equal rows of fewer panels may say something, such as one row for each model. */
const MIN_PANELS_IN_ANY_ROWS = 7;
/** Squares that are this much larger in one row say more than equal rows. */
const MIN_GAIN_OVER_EQUAL_ROWS = 2;

/** How many of so many squares stand in a row of a slide: more than in a notebook if they grow. */
function slideColumns(count: number, columns: number, { width, height, type }: SlideRoom): number {
  const side = (across: number) => {
    const rows = Math.ceil(count / across);
    return Math.min(width / across - type, (height - SLIDE_MARGINS) / rows - 2 * type);
  };
  if (count < MIN_PANELS_IN_ANY_ROWS && count % columns === 0) {
    return side(count) > MIN_GAIN_OVER_EQUAL_ROWS * side(columns) ? count : columns;
  }
  let best = columns;
  for (let more = columns + 1; more <= count; more++) {
    if (count % more === 0 && side(more) > MIN_ROW_GAIN * side(best)) best = more;
  }
  return best;
}

/** Between charts in rows on a slide, in letters' sizes: a title, numbers and the names of axes. */
const CHART_GAPS = { x: 5.5, y: 4 };

/** Rows of panels on a slide, as close to each other as titles and numbers allow. */
export function tightRows(chart: Chart, room: SlideRoom): Chart {
  const { count = 0, columns = 0 } = metaOf(chart).panels ?? {};
  if (columns < 1 || columns >= count) return chart;
  if (fitsInOneRow(chart)) return chart; // it is in one
  const { width, height, type } = room;
  if (!hasSquarePanels(chart)) {
    if (!areNamedCharts(chart, count)) return chart;
    const inner = Math.max(1, height - SLIDE_MARGINS);
    const gaps = { x: (CHART_GAPS.x * type) / width, y: (CHART_GAPS.y * type) / inner };
    return spaced(chart, count, columns, gaps);
  }
  const isOnce = axesOf(chart.layout, "y", count).some(isHidden);
  return spaced(chart, count, isOnce ? slideColumns(count, columns, room) : columns, {
    x: (isOnce ? type : 1.8 * AXIS_NUMBERS_WIDTH) / width,
    y: ((isOnce ? 2 : 4.5) * type) / Math.max(1, height - SLIDE_MARGINS),
  });
}
