/** Ways through a page and to the next one. */
import type { Lesson, Neighbor } from "../lesson/model.js";
import { escapeHtml } from "../render/markdown.js";
import { nameOf } from "./model.js";
import type { Heading } from "./text.js";

/** The table of contents; nothing where a page has fewer than two headings. */
export function tableOfContents(headings: Heading[]): string {
  const shown = headings.filter(({ level }) => level <= 3);
  if (shown.length < 2) return "";
  const items = shown.map(({ id, level, html }) => {
    const link = `<a href="#${id}">${withoutMathMl(html)}</a>`;
    return `<li class="level-${level}">${link}</li>`;
  });
  return `<nav class="contents" aria-label="On this page">
<details open><summary>On this page</summary>
<ol>
${items.join("\n")}
</ol>
</details>
</nav>`;
}

/** A formula is read aloud at its heading; a link needs its look alone. */
const withoutMathMl = (html: string): string =>
  html.replace(/<span class="katex-mathml">.*?<\/span>(?=<span class="katex-html")/gs, "");

/** Previous and next. */
export function lessonNavigation({ previous, next }: Lesson): string {
  const link = (to: Neighbor, rel: "prev" | "next", says: string) =>
    `<a rel="${rel}" href="${to.id}.html"><span>${says}</span> ` +
    `<strong>${escapeHtml(nameOf(to))}</strong></a>`;
  const links = [
    previous ? link(previous, "prev", "Previous") : "<span></span>",
    next ? link(next, "next", "Next") : "<span></span>",
  ];
  return `<nav class="way" aria-label="Lessons around this one">${links.join("\n")}</nav>`;
}
