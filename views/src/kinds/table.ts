/** A table: `{ view: "table", head, rows, numeric }`, all of it text. */
import { isTexts } from "../json";
import type { Kind, View } from "../view";

const MOST_ROWS = 2000;

function cell(tag: "th" | "td", text: string, isNumber: boolean): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  element.style.textAlign = isNumber ? "right" : "left";
  // a screen reader reads headers aloud, so an empty one is none
  if (tag === "th") element.setAttribute("scope", "col");
  return element;
}

function rowOf(tag: "th" | "td", texts: string[], numeric: boolean[]): HTMLElement {
  const row = document.createElement("tr");
  row.append(...texts.map((text, i) => cell(text === "" ? "td" : tag, text, numeric[i] === true)));
  return row;
}

function fill(element: HTMLTableElement, { head, rows, numeric }: View): boolean {
  if (!isTexts(head) || !Array.isArray(rows) || !rows.every(isTexts)) return false;
  const numbers = Array.isArray(numeric) ? (numeric as boolean[]) : [];
  const top = document.createElement("thead");
  top.append(rowOf("th", head, numbers));
  const body = document.createElement("tbody");
  body.append(...rows.slice(0, MOST_ROWS).map((row) => rowOf("td", row, numbers)));
  element.replaceChildren(top, body);
  return true;
}

export const table: Kind = {
  version: 1,
  draw(host, view) {
    const element = document.createElement("table");
    if (!fill(element, view)) return undefined;
    host.replaceChildren(element);
    const update = (next: View) => fill(element, next);
    return { update, redraw: () => undefined, remove: () => element.remove() };
  },
};
