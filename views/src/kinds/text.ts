/** A text, as it is: `{ view: "text", text }`. */
import type { Kind, View } from "../view";

const LONGEST = 100_000;

export const text: Kind = {
  version: 1,
  draw(host, view) {
    const element = document.createElement("p");
    element.className = "course-text";
    const update = ({ text: words }: View) => {
      if (typeof words !== "string") return false;
      element.textContent = words.slice(0, LONGEST);
      return true;
    };
    if (!update(view)) return undefined;
    host.replaceChildren(element);
    return { update, redraw: () => undefined, remove: () => element.remove() };
  },
};
