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
const SYMBOLS = ["square", "circle", "diamond"];

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

/** Pixels from a cell to its label. */
const LABEL_DISTANCE = 9;

/** The labels of a path's cells, on the side away from the path's middle. */
function labelsOf({ cells, labels = [] }: Path, color: string): Layout[] {
  const middle = cells.reduce((sum, [, column]) => sum + column, 0) / cells.length;
  return labels.flatMap((text, i) => {
    const [row, column] = cells[i]!;
    const isRight = column >= middle;
    const side = {
      xanchor: isRight ? "left" : "right",
      xshift: (isRight ? 1 : -1) * LABEL_DISTANCE,
    };
    if (!text) return [];
    return [{ text, x: column, y: row, ...side, showarrow: false, font: { size: 13, color } }];
  });
}

/** Text in a stroke's color, dark enough to be read on white. */
const LABEL_COLORS = new Map([
  ["#d55e00", "#b34f00"],
  ["#56b4e9", "#1f7fb8"],
  ["#cc79a7", "#a34b7c"],
  ["#e69f00", "#8f6300"],
]);

/** Each path twice: wide white lines below all paths, and the paths in their colors over them. */
export function overlay(paths: Path[]): { data: Trace[]; layout: Layout } {
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
      mode: "lines+markers",
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
  const annotations = paths.flatMap((path, i) => {
    const color = cycle(STROKES, i);
    return labelsOf(path, LABEL_COLORS.get(color) ?? color);
  });
  const labeled = annotations.length > 0 ? { annotations } : {};
  return {
    data,
    layout: { ...labeled, showlegend: true, legend, margin: { l: 60, r: 20, t: 36, b: 50 } },
  };
}
