/**
 * A board of tiles, `{ input: "tiles", rows, columns, pictures, mode, start }`. In mode "swap", two
 * tiles change places; in mode "paint", the tile chosen below the board goes wherever you draw.
 */
import { element, helpText, keyTarget } from "../parts";
import { canvasOf, type Pictures, readPictures } from "../pictures";
import { ARROWS } from "../canvas";
import { enableCanvas, type Field } from "./fields";

export interface BoardCell {
  row: number;
  column: number;
}

export interface Board {
  /** The tile's number in each square. */
  tiles: number[][];
  /** The square that the keyboard has reached. */
  cursor: BoardCell;
  /** The square whose tile was picked up, to be swapped with another one. */
  picked?: BoardCell;
}

export const isSame = (a: BoardCell | undefined, b: BoardCell | undefined): boolean =>
  a !== undefined && b !== undefined && a.row === b.row && a.column === b.column;

/** Reads rows of tiles' numbers; undefined if they aren't a board of this size. */
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

/** Puts a tile on a square. @returns whether that changed the board */
export function paintAt({ tiles }: Board, { row, column }: BoardCell, tile: number): boolean {
  if (tiles[row]![column] === tile) return false;
  tiles[row]![column] = tile;
  return true;
}

/**
 * Picks up a square's tile; if one is picked up already, swaps the two. The same square again puts
 * the tile back.
 * @returns whether a tile moved
 */
export function pickAt(board: Board, square: BoardCell): boolean {
  const { picked, tiles } = board;
  board.picked = picked ? undefined : square;
  if (!picked || isSame(picked, square)) return false;
  const tile = tiles[picked.row]![picked.column]!;
  tiles[picked.row]![picked.column] = tiles[square.row]![square.column]!;
  tiles[square.row]![square.column] = tile;
  return true;
}

/** Shuffles all tiles; each order is equally likely (Fisher & Yates). */
export function shuffled(tiles: number[][], random: () => number): number[][] {
  const all = tiles.flat();
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return tiles.map((row, y) => all.slice(y * row.length, (y + 1) * row.length));
}

const SELECTION_COLOR = "#d55e00";

function frame(context: CanvasRenderingContext2D, square: BoardCell, side: number, width: number) {
  const inset = width / 2;
  context.strokeStyle = SELECTION_COLOR;
  context.lineWidth = width;
  const [x, y] = [square.column * side + inset, square.row * side + inset];
  context.strokeRect(x, y, side - width, side - width);
}

/** Paints all tiles, with frames around the keyboard's square and the tile picked up. */
export function paint(
  canvas: HTMLCanvasElement,
  side: number,
  board: Board,
  faces: HTMLCanvasElement[],
) {
  const context = canvas.getContext("2d");
  if (!context) return;
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingEnabled = false;
  board.tiles.forEach((row, y) =>
    row.forEach((tile, x) => {
      context.drawImage(faces[tile]!, x * side + 1, y * side + 1, side - 2, side - 2);
    }),
  );
  if (board.picked || canvas.matches(":focus-visible")) frame(context, board.cursor, side, 2);
  if (board.picked) frame(context, board.picked, side, 4);
}

/** The square under a pointer; outside the board, the nearest one. */
function cellUnder(canvas: HTMLCanvasElement, side: number, event: PointerEvent): BoardCell {
  const { left, top, width } = canvas.getBoundingClientRect();
  const scale = canvas.width / width / side;
  const within = (at: number, end: number) => Math.max(0, Math.min(end - 1, Math.floor(at)));
  return {
    row: within((event.clientY - top) * scale, canvas.height / side),
    column: within((event.clientX - left) * scale, canvas.width / side),
  };
}

/** Calls `enter` for each square that a pressed pointer enters, and `leave` when it is released. */
export function followPointer(
  canvas: HTMLCanvasElement,
  side: number,
  enter: (square: BoardCell, isFirst: boolean) => void,
  leave: (square: BoardCell) => void,
): void {
  let last: BoardCell | undefined;
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || canvas.hasAttribute("aria-disabled")) return;
    canvas.setPointerCapture(event.pointerId);
    last = cellUnder(canvas, side, event);
    enter(last, true);
  });
  canvas.addEventListener("pointermove", (event) => {
    const square = cellUnder(canvas, side, event);
    if (!last || isSame(last, square)) return;
    last = square;
    enter(square, false);
  });
  canvas.addEventListener("pointerup", () => {
    if (last) leave(last);
    last = undefined;
  });
  canvas.addEventListener("pointercancel", () => (last = undefined));
}

function buttonOf(face: HTMLCanvasElement, i: number): HTMLButtonElement {
  const button = element("button", "");
  button.type = "button";
  button.title = `tile ${i}`;
  button.setAttribute("role", "radio");
  button.setAttribute("aria-label", `tile ${i}`);
  button.append(face);
  return button;
}

/**
 * The tiles to paint with: a row of pictures from which the reader chooses by pointer or arrow
 * keys.
 * @param pictures one for each tile
 */
export function palette(pictures: Pictures) {
  const row = element("div", "course-palette");
  row.setAttribute("role", "radiogroup");
  row.setAttribute("aria-label", "Tiles to paint with");
  let current = 0;
  const buttons = pictures.pixels.map((_, i) => buttonOf(canvasOf(pictures, i), i));
  const choose = (i: number) => {
    current = i;
    buttons.forEach((button, at) => {
      button.setAttribute("aria-checked", String(at === i));
      button.tabIndex = at === i ? 0 : -1;
    });
  };
  buttons.forEach((button, i) => button.addEventListener("click", () => choose(i)));
  row.addEventListener("keydown", (event) => {
    const next = keyTarget(event.key, current, buttons.length);
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
    buttons[current]!.focus();
  });
  row.append(...buttons);
  choose(0);
  const enable = (enabled: boolean) => buttons.forEach((button) => (button.disabled = !enabled));
  return { element: row, chosen: () => current, enable };
}

const BOARD_SIZE = 224;
const MAX_ROWS = 32;
const HELP = {
  swap: {
    use: "Drag a tile onto another, or touch one after the other: they change places.",
    keys: "arrow keys move, Space picks a tile up and puts it down.",
  },
  paint: {
    use: "Choose a tile below and draw on the board.",
    keys: "arrow keys move, Space puts the tile.",
  },
};

interface Spec {
  rows: number;
  columns: number;
  mode: "swap" | "paint";
  pictures: Pictures;
  start: number[][];
}

const isCount = (n: unknown): n is number =>
  typeof n === "number" && Number.isInteger(n) && n >= 1 && n <= MAX_ROWS;

/** @returns undefined if the data is invalid */
export function readSpec(json: Record<string, unknown>): Spec | undefined {
  const { rows, columns, mode } = json;
  const pictures = readPictures(json.pictures);
  if (!isCount(rows) || !isCount(columns) || !pictures) return undefined;
  if (mode !== "swap" && mode !== "paint") return undefined;
  const start = readTiles(json.start, rows, columns, pictures.pixels.length);
  return start && { rows, columns, mode, pictures, start };
}

type Brush = ReturnType<typeof palette> | undefined;

let count = 0;

/** A group with the board, its buttons and its help. */
function boardElements(label: string, { mode, rows, columns }: Spec) {
  const group = element("div", "course-pad course-tiles");
  const canvas = element("canvas", "");
  const help = helpText("", HELP[mode].use, HELP[mode].keys);
  const buttons = element("div", "course-buttons");
  const reset = element("button", "", "Start again");
  const shuffle = element("button", "", "Shuffle");
  help.id = `course-tiles-help-${++count}`;
  const side = Math.floor(BOARD_SIZE / Math.max(rows, columns));
  Object.assign(canvas, { width: columns * side, height: rows * side, tabIndex: 0 });
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-describedby", help.id);
  for (const button of [reset, shuffle]) button.type = "button";
  buttons.append(reset, ...(mode === "swap" ? [shuffle] : []));
  const status = element("span", "course-unseen");
  status.setAttribute("role", "status");
  canvas.setAttribute("aria-label", `Board of ${rows} by ${columns} tiles: ${label}`);
  group.append(canvas, status);
  return { group, canvas, help, buttons, reset, shuffle, status, side };
}

function moved(
  { row, column }: BoardCell,
  key: string,
  { rows, columns }: Spec,
): BoardCell | undefined {
  const arrow = ARROWS.get(key);
  if (!arrow) return undefined;
  const [right, down] = arrow;
  const within = (at: number, end: number) => Math.max(0, Math.min(end - 1, at));
  return { row: within(row + down, rows), column: within(column + right, columns) };
}

type Parts = ReturnType<typeof boardElements>;

/** The board's state with the actions of pointer, keys and buttons. */
function createBoard(
  spec: Spec,
  { canvas, side, status }: Parts,
  brush: Brush,
  changed: () => void,
) {
  const faces = spec.pictures.pixels.map((_, i) => canvasOf(spec.pictures, i));
  const board: Board = { tiles: spec.start.map((row) => [...row]), cursor: { row: 0, column: 0 } };
  const redraw = () => paint(canvas, side, board, faces);
  const announce = ({ row, column }: BoardCell) => {
    const picked = board.picked ? ", picked up" : "";
    const tile = board.tiles[row]![column]!;
    status.textContent = `row ${row + 1}, column ${column + 1}: tile ${tile}${picked}`;
  };
  return {
    redraw,
    tiles: () => board.tiles,
    act(square: BoardCell) {
      board.cursor = square;
      const isNew = brush ? paintAt(board, square, brush.chosen()) : pickAt(board, square);
      redraw();
      announce(square);
      if (isNew) changed();
    },
    /** Shows the square to which a picked-up tile would go. */
    hover(square: BoardCell) {
      board.cursor = square;
      redraw();
    },
    /** Swaps, if the pointer is released over another tile than the one picked up. */
    drop(square: BoardCell) {
      if (board.picked && !isSame(board.picked, square)) this.act(square);
    },
    /** Applies a key. @returns whether the key has a meaning here */
    press(key: string): boolean {
      const to = moved(board.cursor, key, spec);
      if (!to && key !== " ") return false;
      if (!to) this.act(board.cursor);
      else {
        board.cursor = to;
        redraw();
        announce(to);
      }
      return true;
    },
    replace(next: number[][]) {
      board.tiles = next.map((row) => [...row]);
      delete board.picked;
      redraw();
    },
  };
}

/** @returns undefined if the data is invalid */
export function tiles(
  label: string,
  json: Record<string, unknown>,
  changed: () => void,
): Field | undefined {
  const spec = readSpec(json);
  if (!spec) return undefined;
  const all = boardElements(label, spec);
  const { canvas, reset, shuffle } = all;
  const brush = spec.mode === "paint" ? palette(spec.pictures) : undefined;
  all.group.append(...(brush ? [brush.element] : []), all.buttons, all.help);
  const board = createBoard(spec, all, brush, changed);

  const enter = (square: BoardCell, isFirst: boolean) => {
    if (brush || isFirst) board.act(square);
    else board.hover(square);
  };
  followPointer(canvas, all.side, enter, (square) => board.drop(square));
  canvas.addEventListener("keydown", (event) => {
    if (canvas.hasAttribute("aria-disabled") || !board.press(event.key)) return;
    event.preventDefault();
  });
  for (const event of ["focus", "blur"]) canvas.addEventListener(event, board.redraw);
  const onClick = (button: HTMLButtonElement, next: () => number[][]) =>
    button.addEventListener("click", () => {
      board.replace(next());
      changed();
    });
  onClick(reset, () => spec.start);
  onClick(shuffle, () => shuffled(board.tiles(), Math.random));
  const set = (value: unknown) => {
    const next = readTiles(value, spec.rows, spec.columns, spec.pictures.pixels.length);
    if (next) board.replace(next);
  };
  const enable = (enabled: boolean) => {
    for (const button of [reset, shuffle]) button.disabled = !enabled;
    brush?.enable(enabled);
    enableCanvas(canvas, enabled);
  };
  board.redraw();
  return {
    element: all.group,
    value: board.tiles,
    set,
    enable,
    redraw: board.redraw,
  };
}
