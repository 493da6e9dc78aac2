/** A board of tiles on a canvas: how it looks, and where a pointer is on it. */
import { isSame, type Board, type BoardCell } from "./board";

const SELECTION_COLOR = "#d55e00";

function frame(context: CanvasRenderingContext2D, place: BoardCell, side: number, width: number) {
  const inset = width / 2;
  context.strokeStyle = SELECTION_COLOR;
  context.lineWidth = width;
  const [x, y] = [place.column * side + inset, place.row * side + inset];
  context.strokeRect(x, y, side - width, side - width);
}

/** Paints all tiles, where the keyboard is, and what has been picked up. */
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

/** The place under a pointer, within the board. */
function cellUnder(canvas: HTMLCanvasElement, side: number, event: PointerEvent): BoardCell {
  const { left, top, width } = canvas.getBoundingClientRect();
  const scale = canvas.width / width / side;
  const within = (at: number, end: number) => Math.max(0, Math.min(end - 1, Math.floor(at)));
  return {
    row: within((event.clientY - top) * scale, canvas.height / side),
    column: within((event.clientX - left) * scale, canvas.width / side),
  };
}

/** Calls at each place that a pressed pointer enters, the first one included, and at its end. */
export function followPointer(
  canvas: HTMLCanvasElement,
  side: number,
  enter: (place: BoardCell, isFirst: boolean) => void,
  leave: (place: BoardCell) => void,
): void {
  let last: BoardCell | undefined;
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || canvas.hasAttribute("aria-disabled")) return;
    canvas.setPointerCapture(event.pointerId);
    last = cellUnder(canvas, side, event);
    enter(last, true);
  });
  canvas.addEventListener("pointermove", (event) => {
    const place = cellUnder(canvas, side, event);
    if (!last || isSame(last, place)) return;
    last = place;
    enter(place, false);
  });
  canvas.addEventListener("pointerup", () => {
    if (last) leave(last);
    last = undefined;
  });
  canvas.addEventListener("pointercancel", () => (last = undefined));
}
