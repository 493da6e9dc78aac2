/** A table: `{ view: "table", head, rows, numeric }`, all of it text. */
import { isTexts } from "../json";
import { element } from "../parts";
import type { Renderer, View } from "../view";

const MAX_ROWS = 2000;

function cell(tag: "th" | "td", text: string, isNumber: boolean): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  made.style.textAlign = isNumber ? "right" : "left";
  // a screen reader reads headers aloud, so an empty one is none
  if (tag === "th") made.setAttribute("scope", "col");
  return made;
}

function rowOf(tag: "th" | "td", texts: string[], numeric: boolean[]): HTMLElement {
  const row = document.createElement("tr");
  row.append(...texts.map((text, i) => cell(text === "" ? "td" : tag, text, numeric[i] === true)));
  return row;
}

function fillTable(table: HTMLTableElement, { head, rows, numeric }: View): boolean {
  if (!isTexts(head) || !Array.isArray(rows) || !rows.every(isTexts)) return false;
  const numbers = Array.isArray(numeric) ? (numeric as boolean[]) : [];
  const top = document.createElement("thead");
  top.append(rowOf("th", head, numbers));
  const body = document.createElement("tbody");
  body.append(...rows.slice(0, MAX_ROWS).map((row) => rowOf("td", row, numbers)));
  table.replaceChildren(top, body);
  return true;
}

export const table: Renderer = {
  version: 1,
  draw(host, view) {
    const table = document.createElement("table");
    if (!fillTable(table, view)) return undefined;
    const room = element("div", "course-table"); // scrolls where the table is wider
    room.tabIndex = 0;
    room.append(table);
    host.replaceChildren(room);
    const update = (next: View) => fillTable(table, next);
    return { update, redraw: () => undefined, remove: () => room.remove() };
  },
};
