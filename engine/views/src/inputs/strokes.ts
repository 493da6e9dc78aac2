/** The cells that a brush covers; a drawing is rows of cells that are 0 or 1. */

export interface Point {
  /** In cells, from the left and from the top. */
  x: number;
  y: number;
}

/** Marks the cells whose center is at most half a brush away from the line between two points. */
export function stroke(cells: number[][], from: Point, to: Point, brush: number): void {
  const radius = Math.max(0.5, brush / 2);
  cells.forEach((row, y) => {
    row.forEach((_, x) => {
      const center = { x: x + 0.5, y: y + 0.5 };
      if (distance(center, from, to) <= radius) row[x] = 1;
    });
  });
}

/** From a point to a line between two points. */
function distance(point: Point, from: Point, to: Point): number {
  const along = { x: to.x - from.x, y: to.y - from.y };
  const length = along.x ** 2 + along.y ** 2;
  const dot = (point.x - from.x) * along.x + (point.y - from.y) * along.y;
  const share = length === 0 ? 0 : Math.max(0, Math.min(1, dot / length));
  return Math.hypot(point.x - from.x - share * along.x, point.y - from.y - share * along.y);
}

/** A drawing that a notebook or a page holds; undefined when it is none of this size. */
export function readCells(value: unknown, rows: number, columns: number): number[][] | undefined {
  const isRow = (row: unknown): row is number[] => Array.isArray(row) && row.length === columns;
  if (!Array.isArray(value) || value.length !== rows || !value.every(isRow)) return undefined;
  return value.map((row) => row.map((cell) => (cell === 1 ? 1 : 0)));
}
