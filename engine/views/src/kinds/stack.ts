/** Views below each other, each under a title: `{ view: "stack", parts: [{ title, shows }] }`. */
import { element } from "../parts";
import { isObject } from "../json";
import type { RenderedView, RenderChild, Renderer, PageContext, View } from "../view";

const MAX_PARTS = 20;

interface Part {
  title: string;
  shows: View;
}

const isPart = (part: unknown): part is Part =>
  isObject(part) &&
  typeof part.title === "string" &&
  isObject(part.shows) &&
  // no stack of stacks without an end
  part.shows.view !== "stack";

/** @returns undefined when the data isn't what this kind draws */
export function readParts({ parts }: View): Part[] | undefined {
  if (!Array.isArray(parts) || parts.length === 0 || parts.length > MAX_PARTS) return undefined;
  return parts.every(isPart) ? parts : undefined;
}

interface Row {
  heading: HTMLElement;
  room: HTMLElement;
  drawn: RenderedView;
}

function rowOf({ title, shows }: Part, page: PageContext, drawView: RenderChild): Row {
  const room = element("div", "course-part");
  return {
    heading: element("p", "course-part-title", title),
    room,
    drawn: drawView(room, shows, page),
  };
}

export const stack: Renderer = {
  version: 1,
  draw(host, view, page, drawView) {
    let rows: Row[] = [];
    const fill = (parts: Part[]) => {
      for (const { drawn } of rows) drawn.remove();
      rows = parts.map((part) => rowOf(part, page, drawView));
      host.replaceChildren(...rows.flatMap(({ heading, room }) => [heading, room]));
    };
    const first = readParts(view);
    if (!first) return undefined;
    fill(first);
    const update = (next: View) => {
      const parts = readParts(next);
      if (!parts) return false;
      const fits =
        parts.length === rows.length && parts.every(({ shows }, i) => rows[i]!.drawn.update(shows));
      if (!fits) fill(parts);
      parts.forEach(({ title }, i) => (rows[i]!.heading.textContent = title));
      return true;
    };
    const remove = () => {
      for (const { drawn } of rows) drawn.remove();
      host.replaceChildren();
    };
    return { update, redraw: () => rows.forEach(({ drawn }) => drawn.redraw()), remove };
  },
};
