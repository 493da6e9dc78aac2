/**
 * A text whose pieces were chosen from others: `{ view: "choices", pieces: [{ text, options: [{
 * text, share }] }], start }`. Point at a piece, and see what else could have stood there.
 */
import { makeToolbar, element, pieceButton, visible } from "../parts";
import { isObject } from "../json";
import type { Renderer, View } from "../view";

const MAX_PIECES = 1000;
const MAX_OPTIONS = 50;

interface Option {
  text: string;
  /** From 0 to 1. */
  share: number;
}
interface Piece {
  text: string;
  /** Missing for text that was given and not chosen. */
  options?: Option[];
}

const isOption = (option: unknown): option is Option =>
  isObject(option) &&
  typeof option.text === "string" &&
  typeof option.share === "number" &&
  option.share >= 0 &&
  option.share <= 1.0001;
const isPiece = (piece: unknown): piece is Piece =>
  isObject(piece) &&
  typeof piece.text === "string" &&
  (piece.options === undefined ||
    (Array.isArray(piece.options) &&
      piece.options.length <= MAX_OPTIONS &&
      piece.options.every(isOption)));

/** @returns undefined when the data isn't what this kind draws */
export function readPieces({ pieces }: View): Piece[] | undefined {
  if (!Array.isArray(pieces) || pieces.length === 0 || pieces.length > MAX_PIECES) return undefined;
  return pieces.every(isPiece) ? pieces : undefined;
}

/** Names a piece in the list; a lone space gets a visible sign. */
const named = (text: string) => (text === " " ? "␣" : visible(text));
const percent = (share: number) =>
  share < 0.0005 ? "< 0.1 %" : `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

function optionRow({ text, share }: Option, taken: string): HTMLElement {
  const isTaken = text === taken;
  const row = element("li", isTaken ? "course-taken" : "");
  const bar = element("span", "course-share");
  const length = element("span", "");
  length.style.width = `${Math.min(100, 100 * share).toFixed(1)}%`;
  bar.append(length);
  row.append(element("span", "course-option", named(text)), bar, percent(share));
  if (isTaken) row.append(" ←");
  return row;
}

export const choices: Renderer = {
  version: 1,
  draw(host, view) {
    const text = element("div", "course-tokens");
    const heading = element("p", "course-reads");
    const list = element("ol", "course-options");
    heading.setAttribute("role", "status");
    text.setAttribute("role", "toolbar");
    text.setAttribute("aria-label", "Text: choose a piece to see what else could stand there");
    let chosen = typeof view.start === "number" ? view.start : 0;

    const fill = (pieces: Piece[]) => {
      const hadFocus = text.contains(document.activeElement);
      const withOptions = pieces.filter(({ options }) => options !== undefined);
      const buttons = withOptions.map((piece) =>
        pieceButton("course-token course-word", piece.text),
      );
      const elements = pieces.map((piece) => {
        const at = withOptions.indexOf(piece);
        return at < 0 ? element("span", "course-given", visible(piece.text)) : buttons[at]!;
      });
      text.replaceChildren(...elements.flatMap((one) => [one, document.createElement("wbr")]));
      list.replaceChildren();
      const choose = makeToolbar(text, buttons, (i) => {
        chosen = i;
        const piece = withOptions[i]!;
        heading.textContent = `What could stand in place ${i + 1} of ${withOptions.length}:`;
        list.replaceChildren(...piece.options!.map((option) => optionRow(option, piece.text)));
      });
      choose(Math.max(0, Math.min(chosen, withOptions.length - 1)));
      if (hadFocus) text.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
    };
    const update = (next: View) => {
      const pieces = readPieces(next);
      if (pieces) fill(pieces);
      return pieces !== undefined;
    };
    if (!update(view)) return undefined;
    host.replaceChildren(text, heading, list);
    return { update, redraw: () => undefined, remove: () => host.replaceChildren() };
  },
};
