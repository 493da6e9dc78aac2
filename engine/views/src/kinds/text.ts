/** A text, as it is: `{ view: "text", text }`. */
import { element } from "../parts";
import type { Renderer, View } from "../view";

const MAX_TEXT_LENGTH = 100_000;

export const text: Renderer = {
  version: 1,
  draw(host, view) {
    const paragraph = element("p", "course-text");
    const update = ({ text: words }: View) => {
      if (typeof words !== "string") return false;
      paragraph.textContent = words.slice(0, MAX_TEXT_LENGTH);
      return true;
    };
    if (!update(view)) return undefined;
    host.replaceChildren(paragraph);
    return { update, redraw: () => undefined, remove: () => paragraph.remove() };
  },
};
