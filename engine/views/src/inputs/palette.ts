/** The tiles to paint with: a row of pictures of which one is chosen, by pointer or arrow keys. */
import { element, keyTarget } from "../parts";
import { canvasOf, type Pictures } from "../pictures";

function buttonOf(face: HTMLCanvasElement, i: number): HTMLButtonElement {
  const button = element("button", "");
  button.type = "button";
  button.title = `tile ${i}`;
  button.setAttribute("role", "radio");
  button.setAttribute("aria-label", `tile ${i}`);
  button.append(face);
  return button;
}

/** @param pictures what each tile looks like */
export function palette(pictures: Pictures) {
  const row = element("div", "course-palette");
  row.setAttribute("role", "radiogroup");
  row.setAttribute("aria-label", "Tiles to paint with");
  let current = 0;
  const buttons = pictures.pixels.map((_, i) => buttonOf(canvasOf(pictures, i), i));
  const choose = (i: number) => {
    current = i;
    buttons.forEach((button, at) => {
      button.setAttribute("aria-checked", String(at === i));
      button.tabIndex = at === i ? 0 : -1;
    });
  };
  buttons.forEach((button, i) => button.addEventListener("click", () => choose(i)));
  row.addEventListener("keydown", (event) => {
    const next = keyTarget(event.key, current, buttons.length);
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
    buttons[current]!.focus();
  });
  row.append(...buttons);
  choose(0);
  const enable = (enabled: boolean) => buttons.forEach((button) => (button.disabled = !enabled));
  return { element: row, chosen: () => current, enable };
}
