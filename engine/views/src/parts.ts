/** Small pieces that kinds of views are made of. Text is always set as text. */
import { joinUnits, titleAndRest } from "./typography.js";

const SVG = "http://www.w3.org/2000/svg";

/** An element with a class and, perhaps, a text. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  text?: string,
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** Words with a hyphen that stay on one line: GPT-2, pre-norm. Longer ones may break at it. */
const MAX_WHOLE_WORD = 16;

/** The parts of a sentence, and which of them a line must not break. */
export function unbroken(sentence: string): { text: string; isWhole: boolean }[] {
  return sentence
    .split(/(\S*[^\s-]-[^\s-]\S*)/)
    .filter((text) => text !== "")
    .map((text) => ({ text, isWhole: /\S-\S/.test(text) && text.length <= MAX_WHOLE_WORD }));
}

/** The nodes of a sentence: short words with a hyphen stay whole, and numbers keep their units. */
export const sentenceNodes = (sentence: string): (HTMLElement | string)[] =>
  unbroken(joinUnits(sentence)).map(({ text, isWhole }) =>
    isWhole ? element("span", "course-whole-word", text) : text,
  );

/** Fills a caption; below the title of a long one stands its rest, in normal weight. */
export function fillCaption(host: HTMLElement, caption: string): void {
  const { title, rest } = titleAndRest(caption);
  host.replaceChildren(...sentenceNodes(title));
  if (rest === "") return;
  const below = element("span", "course-caption-rest");
  below.append(...sentenceNodes(rest));
  host.append(" ", below); // a space for screen readers and copies
}

/** A caption with a sentence. */
export function captionOf(sentence: unknown): HTMLElement {
  const caption = element("figcaption", "");
  if (typeof sentence === "string") fillCaption(caption, sentence);
  return caption;
}

/** So many signs without a space, such as an address, would make a table wider than its column. */
const LONG_WORD = /\S{40}/u;

/** Lets the cells of a table wrap where they have long words. */
export function wrapLongWords(cells: Iterable<Element>): void {
  for (const cell of cells) {
    if (LONG_WORD.test(cell.textContent ?? "")) cell.classList.add("course-long-word");
  }
}

/** How a view is used, and by which keys; where there is no keyboard, the keys aren't shown. */
export function helpText(className: string, use: string, keys: string): HTMLParagraphElement {
  const made = element("p", className, `${use} `);
  made.append(element("span", "course-keys", `By keyboard: ${keys}`));
  return made;
}

/** An SVG element with attributes. */
export function svgElement<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string | number>,
): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}

/**
 * Calls in the frame after an element has changed its size. A drawing that changes heights in the
 * same frame makes the browser report an error, that a loop was cut off.
 * @returns what stops it
 */
export function whenResized(element: Element, call: () => void): () => void {
  let frame = 0;
  const watch = new ResizeObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(call);
  });
  watch.observe(element);
  return () => {
    watch.disconnect();
    cancelAnimationFrame(frame);
  };
}

/** Replaces line breaks, tabs and spaces by visible or unbreakable signs. */
export const visible = (text: string) =>
  text.replace(/\n/g, "⏎").replace(/\t/g, "⇥").replace(/ /g, "\u00a0");

/** A button for a piece of a text; one of spaces alone has no name to read out, so it gets one. */
export function pieceButton(className: string, text: string): HTMLButtonElement {
  const button = element("button", className, visible(text));
  if (text.trim() === "" && !/[\n\t]/.test(text)) {
    button.setAttribute("aria-label", text === "" ? "empty" : "space");
  }
  return button;
}

/** A weight from 0 to 1 shows as color and as the thickness of the line below. */
export function showWeight(element: HTMLElement, weight: number): void {
  const share = `${(weight * 45).toFixed(1)}%`;
  element.style.background = `color-mix(in srgb, var(--course-blue) ${share}, transparent)`;
  element.style.borderBottom = `${Math.round(weight * 5)}px solid var(--course-blue)`;
}

const KEY_STEPS = new Map([
  ["ArrowRight", 1],
  ["ArrowDown", 1],
  ["ArrowLeft", -1],
  ["ArrowUp", -1],
  ["Home", -Infinity],
  ["End", Infinity],
]);

/** The index that a key moves to in a row of `count` items; undefined for other keys. */
export function keyTarget(key: string, current: number, count: number): number | undefined {
  const step = KEY_STEPS.get(key);
  return step === undefined ? undefined : Math.min(count - 1, Math.max(0, current + step));
}

/**
 * Turns a row of buttons into a choice: pointing at a button or touching it chooses it, and so do
 * the arrow keys while the row has the focus.
 * @param chosen called with the number of the button, from 0
 */
export function makeToolbar(
  row: HTMLElement,
  buttons: HTMLButtonElement[],
  chosen: (i: number) => void,
) {
  let current = -1;
  const choose = (i: number) => {
    if (i === current || !buttons[i]) return;
    buttons[current]?.setAttribute("aria-pressed", "false");
    if (current >= 0) buttons[current]!.tabIndex = -1;
    current = i;
    buttons[i].setAttribute("aria-pressed", "true");
    buttons[i].tabIndex = 0;
    chosen(i);
  };
  buttons.forEach((button, i) => {
    button.type = "button";
    button.tabIndex = -1;
    button.setAttribute("aria-pressed", "false");
    // not pointerenter, which also comes when new words appear below a pointer at rest
    for (const event of ["pointermove", "focus", "click"]) {
      button.addEventListener(event, () => choose(i));
    }
  });
  row.addEventListener("keydown", (event) => {
    const next = keyTarget(event.key, current, buttons.length);
    if (next === undefined) return;
    event.preventDefault();
    buttons[next]?.focus();
  });
  return choose;
}
