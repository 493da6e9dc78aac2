/** What happens on a board of tiles: plain data, without a page. */

export interface BoardCell {
  row: number;
  column: number;
}

export interface Board {
  /** The number of the tile in each place. */
  tiles: number[][];
  /** Where the keyboard is. */
  cursor: BoardCell;
  /** The place whose tile has been picked up, to change places with another. */
  picked?: BoardCell;
}

export const isSame = (a: BoardCell | undefined, b: BoardCell | undefined): boolean =>
  a !== undefined && b !== undefined && a.row === b.row && a.column === b.column;

/** Rows of numbers of tiles; undefined when it is no board of this size with these tiles. */
export function readTiles(
  value: unknown,
  rows: number,
  columns: number,
  count: number,
): number[][] | undefined {
  const isTile = (n: unknown) => Number.isInteger(n) && Number(n) >= 0 && Number(n) < count;
  const isRow = (row: unknown): row is number[] =>
    Array.isArray(row) && row.length === columns && row.every(isTile);
  if (!Array.isArray(value) || value.length !== rows || !value.every(isRow)) return undefined;
  return value.map((row) => [...row]);
}

/** Puts a tile in a place. @returns whether that changed anything */
export function paintAt({ tiles }: Board, { row, column }: BoardCell, tile: number): boolean {
  if (tiles[row]![column] === tile) return false;
  tiles[row]![column] = tile;
  return true;
}

/**
 * Picks up the tile of a place; where one is picked up already, the two change places. The same
 * place again puts it back.
 * @returns whether a tile moved
 */
export function pickAt(board: Board, place: BoardCell): boolean {
  const { picked, tiles } = board;
  board.picked = picked ? undefined : place;
  if (!picked || isSame(picked, place)) return false;
  const tile = tiles[picked.row]![picked.column]!;
  tiles[picked.row]![picked.column] = tiles[place.row]![place.column]!;
  tiles[place.row]![place.column] = tile;
  return true;
}

/** All tiles in another order, each order equally likely. */
export function shuffled(tiles: number[][], random: () => number): number[][] {
  const all = tiles.flat();
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return tiles.map((row, y) => all.slice(y * row.length, (y + 1) * row.length));
}
