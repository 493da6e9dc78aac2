/** Lines over a matrix, from cell to cell, such as the triangle of three pairs. */
import { COLORS, cycle, type Layout, type Trace } from "./figure";
import { expectSome } from "./validate";

export interface Path {
  name: string;
  /** Rows and columns of the cells that it visits; the first one again at the end closes it. */
  cells: [row: number, column: number][];
}

/** They stand out from each other and, with their white edge, from every color of a matrix. */
const STROKES = [COLORS[1]!, COLORS[3]!, COLORS[5]!, COLORS[4]!];
const DASHES = ["solid", "dash", "dot"];

/** @throws when a path is empty or leaves the matrix */
export function expectPaths(paths: Path[], matrix: number[][]): void {
  for (const { name, cells } of paths) {
    expectSome("heatmap", `the cells of "${name}"`, cells);
    const odd = cells.find(([row, column]) => matrix[row]?.[column] === undefined);
    if (odd === undefined) continue;
    const size = `${matrix.length} rows and ${matrix[0]!.length} columns`;
    throw new Error(`heatmap: expected "${name}" within ${size}, got the cell [${odd.join(", ")}]`);
  }
}

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
    line: { color: "#ffffff", width: 5 },
    hoverinfo: "skip",
    showlegend: false,
  }));
  const strokes = paths.map((path, i) => {
    const color = cycle(STROKES, i);
    return {
      ...through(path),
      mode: "lines+markers",
      line: { color, width: 2.5, dash: cycle(DASHES, i) },
      marker: { color, symbol: "square", size: 9, line: { color: "#ffffff", width: 1.5 } },
      hovertemplate: `${path.name}<br>row %{y}, column %{x}<extra></extra>`,
    };
  });
  const data = [...edges, ...strokes];
  const legend = { orientation: "h", yanchor: "bottom", y: 1, x: 0 };
  return { data, layout: { showlegend: true, legend, margin: { l: 60, r: 20, t: 36, b: 50 } } };
}
