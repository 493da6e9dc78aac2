/** Pieces of text side by side: `{ view: "tokens", pieces: [{ text, weight, title }] }`. */
import { element as make, visible, showWeight } from "../parts";
import { isObject } from "../json";
import type { Renderer, View } from "../view";

const MAX_TOKENS = 5000;

interface Piece {
  text: string;
  weight?: number;
  title?: string;
}

const isPiece = (value: unknown): value is Piece =>
  isObject(value) &&
  typeof value.text === "string" &&
  (value.weight === undefined || (Number(value.weight) >= 0 && Number(value.weight) <= 1)) &&
  (value.title === undefined || typeof value.title === "string");

/** A weight shows as color and as the thickness of the line below; without, colors take turns. */
function pieceElement({ text, weight, title }: Piece, index: number): HTMLElement {
  const element = make("span", `course-token${index % 2 ? " course-odd" : ""}`, visible(text));
  if (title !== undefined) element.title = title;
  if (weight !== undefined) showWeight(element, weight);
  return element;
}

function fillTokens(element: HTMLElement, { pieces }: View): boolean {
  if (!Array.isArray(pieces) || !pieces.every(isPiece)) return false;
  const spans = pieces.slice(0, MAX_TOKENS).map(pieceElement);
  element.replaceChildren(...spans.flatMap((span) => [span, document.createElement("wbr")]));
  return true;
}

export const tokens: Renderer = {
  version: 1,
  draw(host, view) {
    const element = make("div", "course-tokens");
    if (!fillTokens(element, view)) return undefined;
    host.replaceChildren(element);
    const update = (next: View) => fillTokens(element, next);
    return { update, redraw: () => undefined, remove: () => element.remove() };
  },
};
