/** Lines over a matrix, from cell to cell, such as the triangle of three pairs. */
import { COLORS, cycle, type Layout, type Trace } from "./figure";
import { expectSameLength, expectSome } from "./validate";

export interface Path {
  name: string;
  /** Rows and columns of the cells that it visits; the first one again at the end closes it. */
  cells: [row: number, column: number][];
  /** What stands beside each of these cells; "" for nothing. */
  labels?: string[];
}

/** They stand out from each other and, with their white edge, from every color of a matrix. */
const STROKES = [COLORS[1]!, COLORS[5]!, COLORS[3]!, COLORS[4]!];
const DASHES = ["solid", "dash", "dot"];
const SYMBOLS = ["square", "circle", "diamond", "star"];

/** @throws when a path is empty or leaves the matrix */
export function expectPaths(paths: Path[], matrix: number[][]): void {
  for (const { name, cells, labels } of paths) {
    if (labels) expectSameLength("heatmap", `labels of "${name}"`, labels, "its cells", cells);
    expectSome("heatmap", `the cells of "${name}"`, cells);
    const odd = cells.find(([row, column]) => matrix[row]?.[column] === undefined);
    if (odd === undefined) continue;
    const size = `${matrix.length} rows and ${matrix[0]!.length} columns`;
    throw new Error(`heatmap: expected "${name}" within ${size}, got the cell [${odd.join(", ")}]`);
  }
}

/** Text in a stroke's color, dark enough to be read on white. */
const LABEL_COLORS = new Map([
  ["#d55e00", "#b34f00"],
  ["#56b4e9", "#1f7fb8"],
  ["#cc79a7", "#a34b7c"],
  ["#e69f00", "#8f6300"],
]);

/** Pixels: from a cell to its label, a label's letter and line, and a mark. */
const LABEL_DISTANCE = 9;
const LABEL_LETTER_WIDTH = 8;
const LABEL_HEIGHT = 16;
const MARK_SIZE = 12;
/** About the height of a drawn matrix in pixels, from which the size of its cells follows. */
const MATRIX_HEIGHT = 360;

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The area that two boxes around their middles share. */
function overlap(a: Box, b: Box): number {
  const across = (a.width + b.width) / 2 - Math.abs(a.x - b.x);
  const up = (a.height + b.height) / 2 - Math.abs(a.y - b.y);
  return Math.max(0, across) * Math.max(0, up);
}

/** A label covers a colored cell rather than a mark, a line or another label. */
const INKED_WEIGHT = 0.1;

/** Where a label may stand beside its cell: the horizontal and the vertical direction. */
const SIDES: [number, number][] = [
  [1, 0],
  [-1, 0],
  [0, -1],
  [0, 1],
  [1, -1],
  [-1, -1],
  [1, 1],
  [-1, 1],
];
const X_ANCHORS = ["right", "center", "left"];
const Y_ANCHORS = ["bottom", "middle", "top"];

/** A label beside its cell, on a side on which it covers as little as possible. */
function placedLabel(text: string, mark: Box, isRight: boolean, taken: Box[], inked: Box[]) {
  const width = text.length * LABEL_LETTER_WIDTH;
  const sides = SIDES.map(([across, up]): [number, number] => [isRight ? across : -across, up]);
  const choices = sides.map(([across, up]) => {
    const x = mark.x + across * (LABEL_DISTANCE + width / 2);
    const y = mark.y + up * (LABEL_DISTANCE + LABEL_HEIGHT / 2);
    const box = { x, y, width, height: LABEL_HEIGHT };
    const under = (boxes: Box[]) => boxes.reduce((sum, other) => sum + overlap(box, other), 0);
    const covered = under(taken) + INKED_WEIGHT * under(inked);
    return { across, up, box, covered };
  });
  return choices.reduce((best, choice) => (choice.covered < best.covered ? choice : best));
}

/** Pixels between the points of a line that labels keep off, and their size. */
const LINE_STEP = 6;
const LINE_POINT = 5;

/** Points along the lines between marks. */
function pointsAlong(marks: Box[]): Box[] {
  return marks.slice(1).flatMap((end, i) => {
    const start = marks[i]!;
    const count = Math.ceil(Math.hypot(end.x - start.x, end.y - start.y) / LINE_STEP);
    return Array.from({ length: count }, (_, n) => ({
      x: start.x + ((end.x - start.x) * n) / count,
      y: start.y + ((end.y - start.y) * n) / count,
      width: LINE_POINT,
      height: LINE_POINT,
    }));
  });
}

/**
 * The labels of all paths' cells, away from each other, the marks and the lines: first on the side
 * away from the path's middle, and rather over cells without a color.
 */
function labelsOf(paths: Path[], matrix: number[][]): Layout[] {
  const [rows, columns] = [matrix.length, matrix[0]!.length];
  const pixels = MATRIX_HEIGHT / Math.max(rows, columns);
  const markAt = ([row, column]: [number, number]): Box => ({
    x: pixels * column,
    y: pixels * row,
    width: MARK_SIZE,
    height: MARK_SIZE,
  });
  const taken = paths.flatMap(({ cells }) => {
    const marks = cells.map(markAt);
    return [...marks, ...pointsAlong(marks)];
  });
  const inked = matrix.flatMap((row, y) =>
    row.flatMap((v, x) =>
      v !== 0 && Number.isFinite(v)
        ? [{ x: pixels * x, y: pixels * y, width: pixels, height: pixels }]
        : [],
    ),
  );
  return paths.flatMap(({ cells, labels = [] }, i) => {
    const middle = cells.reduce((sum, [, column]) => sum + column, 0) / cells.length;
    const stroke = cycle(STROKES, i);
    const font = { size: 13, color: LABEL_COLORS.get(stroke) ?? stroke };
    return labels.flatMap((text, at) => {
      if (!text) return [];
      const cell = cells[at]!;
      const { across, up, box } = placedLabel(text, markAt(cell), cell[1] >= middle, taken, inked);
      taken.push(box);
      const side = {
        xanchor: X_ANCHORS[across + 1],
        yanchor: Y_ANCHORS[up + 1],
        xshift: across * LABEL_DISTANCE,
        yshift: -up * LABEL_DISTANCE,
      };
      return [{ text, x: cell[1], y: cell[0], ...side, showarrow: false, font }];
    });
  });
}

/** Each path twice: wide white lines below all paths, and the paths in their colors over them. */
export function overlay(paths: Path[], matrix: number[][]): { data: Trace[]; layout: Layout } {
  if (paths.length === 0) return { data: [], layout: {} };
  const through = ({ name, cells }: Path) => ({
    type: "scatter",
    name,
    x: cells.map(([, column]) => column),
    y: cells.map(([row]) => row),
  });
  const edges = paths.map((path) => ({
    ...through(path),
    mode: "lines",
    line: { color: "#ffffff", width: 6 },
    hoverinfo: "skip",
    showlegend: false,
  }));
  const strokes = paths.map((path, i) => {
    const color = cycle(STROKES, i);
    return {
      ...through(path),
      mode: path.cells.length > 1 ? "lines+markers" : "markers",
      line: { color, width: 3, dash: cycle(DASHES, i) },
      marker: {
        color,
        symbol: cycle(SYMBOLS, i),
        size: 10,
        line: { color: "#ffffff", width: 1.5 },
      },
      hovertemplate: `${path.name}<br>row %{y}, column %{x}<extra></extra>`,
    };
  });
  const data = [...edges, ...strokes];
  const legend = { orientation: "h", yanchor: "bottom", y: 1, x: 0 };
  const annotations = labelsOf(paths, matrix);
  const labeled = annotations.length > 0 ? { annotations } : {};
  return {
    data,
    layout: { ...labeled, showlegend: true, legend, margin: { l: 60, r: 20, t: 36, b: 50 } },
  };
}
