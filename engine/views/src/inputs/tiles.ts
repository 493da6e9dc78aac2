/**
 * A board of tiles, `{ input: "tiles", rows, columns, pictures, mode, start }`. In mode "swap", two
 * tiles change places; in mode "paint", the tile chosen below the board goes wherever you draw.
 */
import { ARROWS } from "../canvas";
import { element } from "../parts";
import { canvasOf, readPictures, type Pictures } from "../pictures";
import { isSame, paintAt, pickAt, readTiles, shuffled, type Board, type BoardCell } from "./board";
import { followPointer, paint } from "./boardCanvas";
import { enableCanvas, type Field } from "./field";
import { palette } from "./palette";

const BOARD_SIZE = 224;
const MAX_ROWS = 32;
const HELP = {
  swap:
    "Drag a tile onto another, or touch one after the other: they change places. By keyboard: " +
    "arrow keys move, Space picks a tile up and puts it down.",
  paint:
    "Choose a tile below and draw on the board. By keyboard: arrow keys move, Space puts the tile.",
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

/** @returns undefined when the data makes no board */
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

/** The board, its buttons and its help in one group. */
function boardElements(label: string, { mode, rows, columns }: Spec) {
  const group = element("div", "course-pad course-tiles");
  const canvas = element("canvas", "");
  const help = element("p", "", HELP[mode]);
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

/** The board, and what can be done to it. */
function createBoard(
  spec: Spec,
  { canvas, side, status }: Parts,
  brush: Brush,
  changed: () => void,
) {
  const faces = spec.pictures.pixels.map((_, i) => canvasOf(spec.pictures, i));
  const board: Board = { tiles: spec.start.map((row) => [...row]), cursor: { row: 0, column: 0 } };
  const redraw = () => paint(canvas, side, board, faces);
  const say = ({ row, column }: BoardCell) => {
    const picked = board.picked ? ", picked up" : "";
    const tile = board.tiles[row]![column]!;
    status.textContent = `row ${row + 1}, column ${column + 1}: tile ${tile}${picked}`;
  };
  return {
    redraw,
    tiles: () => board.tiles,
    act(place: BoardCell) {
      board.cursor = place;
      const isNew = brush ? paintAt(board, place, brush.chosen()) : pickAt(board, place);
      redraw();
      say(place);
      if (isNew) changed();
    },
    /** Shows where a tile that is picked up would go. */
    hover(place: BoardCell) {
      board.cursor = place;
      redraw();
    },
    /** Lets go over another tile than the one that was picked up. */
    drop(place: BoardCell) {
      if (board.picked && !isSame(board.picked, place)) this.act(place);
    },
    /** @returns whether the key means anything here */
    press(key: string): boolean {
      const to = moved(board.cursor, key, spec);
      if (!to && key !== " ") return false;
      if (!to) this.act(board.cursor);
      else {
        board.cursor = to;
        redraw();
        say(to);
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

/** @returns undefined when the data makes no board */
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

  const enter = (place: BoardCell, isFirst: boolean) => {
    if (brush || isFirst) board.act(place);
    else board.hover(place);
  };
  followPointer(canvas, all.side, enter, (place) => board.drop(place));
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
  return { element: all.group, value: board.tiles, set, enable, redraw: board.redraw };
}
