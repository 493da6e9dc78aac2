/**
 * Words joined by lines: `{ view: "links", from, to, weights, start }`. Point at a word of `from`
 * and see which words of `to` it reads, and how much; without `to`, the words read each other.
 */
import { makeToolbar, element, visible, showWeight } from "../parts";
import { isTexts } from "../json";
import type { Renderer, View } from "../view";
import { paint, type Links } from "./linkLines";

const MAX_WORDS = 200;
/** How many of the words that are read the sentence names. */
const MAX_NAMED_WORDS = 4;
const MIN_NAMED_WEIGHT = 0.01;

/** @returns undefined when the data isn't what this kind draws */
export function readLinks({ from, to, weights, start }: View): Links | undefined {
  if (!isTexts(from) || from.length === 0 || from.length > MAX_WORDS) return undefined;
  if (to !== undefined && (!isTexts(to) || to.length === 0 || to.length > MAX_WORDS)) {
    return undefined;
  }
  const columns = (to ?? from).length;
  const isWeight = (w: unknown) => typeof w === "number" && w >= 0 && w <= 1.0001;
  const isRow = (row: unknown): row is number[] =>
    Array.isArray(row) && row.length === columns && row.every(isWeight);
  if (!Array.isArray(weights) || weights.length !== from.length) return undefined;
  if (!weights.every(isRow)) return undefined;
  const first = typeof start === "number" && from[start] !== undefined ? start : 0;
  return { from, ...(to ? { to } : {}), weights, start: first };
}

/** “it” reads “animal” 0.68, “[CLS]” 0.12. */
export function sentenceOf({ from, to = from, weights }: Links, i: number): string {
  const read = weights[i]!.map((weight, j) => ({ weight, word: to[j]! }))
    .filter(({ weight }) => weight >= MIN_NAMED_WEIGHT)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MAX_NAMED_WORDS)
    .map(({ weight, word }) => `“${word}” ${weight.toFixed(2)}`);
  return `“${from[i]!}” reads ${read.length > 0 ? read.join(", ") : "nothing"}.`;
}

/** The words in rows, and the room for lines before or between them. */
function linkElements({ from, to }: Links) {
  const box = element("div", "course-links");
  const row = element("div", "course-sentence");
  const buttons = from.map((word) => element("button", "course-word", visible(word)));
  row.setAttribute("role", "toolbar");
  row.setAttribute("aria-label", "Words: choose the one that reads");
  row.append(...buttons);
  const lines = element("div", "course-lines");
  const below = element("div", "course-sentence");
  const others = (to ?? []).map((word) => element("span", "course-word", visible(word)));
  below.append(...others);
  const sentence = element("p", "course-reads");
  sentence.setAttribute("role", "status");
  box.append(...(to ? [row, lines, below] : [lines, row]));
  return { box, row, buttons, lines, below, others, sentence };
}

export const links: Renderer = {
  version: 1,
  draw(host, view, page) {
    let now = readLinks(view);
    if (!now) return undefined;
    let chosen = now.start;
    let repaint: () => void = () => undefined;

    const fill = (data: Links) => {
      const { box, row, buttons, lines, below, others, sentence } = linkElements(data);
      host.replaceChildren(box, sentence);
      const words = {
        box,
        rows: [row, below] as [HTMLElement, HTMLElement],
        lines,
        buttons,
        others,
      };
      repaint = () => paint(words, data, chosen, page.dark());
      const choose = makeToolbar(row, buttons, (i) => {
        chosen = i;
        const read = data.to ? others : buttons;
        read.forEach((word, j) => showWeight(word, data.weights[i]![j]!));
        sentence.textContent = sentenceOf(data, i);
        repaint();
      });
      choose(chosen < data.from.length ? chosen : data.start);
    };
    const update = (next: View) => {
      const data = readLinks(next);
      if (!data) return false;
      const isSame = data.from.join("\n") === now!.from.join("\n");
      if (!isSame) chosen = data.start;
      const hadFocus = isSame && host.contains(document.activeElement);
      now = data;
      fill(data);
      if (hadFocus) host.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
      return true;
    };
    fill(now);
    const watch = new ResizeObserver(() => repaint());
    watch.observe(host);
    const remove = () => {
      watch.disconnect();
      host.replaceChildren();
    };
    return { update, redraw: () => repaint(), remove };
  },
};
