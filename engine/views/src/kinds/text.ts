/** A text, as it is: `{ view: "text", text }`. */
import { element } from "../parts";
import type { Kind, View } from "../view";

const LONGEST = 100_000;

export const text: Kind = {
  version: 1,
  draw(host, view) {
    const paragraph = element("p", "course-text");
    const update = ({ text: words }: View) => {
      if (typeof words !== "string") return false;
      paragraph.textContent = words.slice(0, LONGEST);
      return true;
    };
    if (!update(view)) return undefined;
    host.replaceChildren(paragraph);
    return { update, redraw: () => undefined, remove: () => paragraph.remove() };
  },
};
