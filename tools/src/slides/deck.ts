/**
 * A lesson and what its solved notebook drew, as one HTML file: pure, no reading and no writing but
 * of the fixed assets.
 */
import { createHash } from "node:crypto";
import type { Lesson, Slide } from "../build/model.js";
import { scripts, styles } from "./assets.js";
import {
  addText,
  codeBlock,
  escapeHtml,
  renderLine,
  renderMarkdown,
  toBlocks,
  type Block,
} from "./blocks.js";
import type { Drawing } from "./outputs.js";

export interface DeckSources {
  course: string;
  /** What the solved notebook's cells drew, by cell id. */
  drawings: Map<string, Drawing[]>;
  /** Pictures of the lesson's folder, by file name, as data URIs. */
  pictures: Map<string, string>;
}

type Plot = Drawing & { kind: "plot" };
type Shown = Block | { kind: "figure"; caption: string; drawn: Drawing[] };

/** One HTML file that needs no network. */
export function deck(lesson: Lesson, sources: DeckSources): string {
  const plots: Plot[] = [];
  const names = new Set<string>();
  const count = lesson.slides.length + 1;
  const sections = [
    titleSlide(lesson, sources.course, count),
    ...lesson.slides.map((slide, i) => {
      try {
        return contentSlide(slide, { lesson, sources, plots, names, number: i + 2, count });
      } catch (error) {
        throw new Error(`${lesson.file}:${slide.line}: ${(error as Error).message}`, {
          cause: error,
        });
      }
    }),
  ].join("\n");
  const figures =
    plots.length > 0 ? `<script type="application/json" id="plots">${json(plots)}</script>` : "";
  return page(lesson.title, sections, figures, scripts({ plots: plots.length > 0 }));
}

function page(title: string, sections: string, figures: string, code: string[]): string {
  const hashes = code
    .map((script) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`)
    .join(" ");
  // nothing but the scripts below can run and nothing can be fetched, whatever a lesson or an
  // output contains
  const policy =
    `default-src 'none'; script-src ${hashes}; style-src 'unsafe-inline'; img-src data:; ` +
    "font-src data:";
  // print-pdf turns off reveal's own styles for paper; ours are in theme.css
  return `<!doctype html>
<html lang="en" class="print-pdf">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>
${styles(sections)}
</style>
</head>
<body>
<main>
<h1 class="unseen">${escapeHtml(title)}</h1>
<div class="reveal"><div class="slides">
${sections}
</div></div>
</main>
${figures}
${code.map((script) => `<script>${script}</script>`).join("\n")}
</body>
</html>
`;
}

function titleSlide(lesson: Lesson, course: string, count: number): string {
  return `<section id="start" class="start"><div class="frame">
<p class="course">${escapeHtml(course)}</p>
<h2>${renderLine(lesson.title)}</h2>
<p class="question">${renderLine(lesson.question)}</p>
${footer("", 1, count)}
</div></section>`;
}

interface Place {
  lesson: Lesson;
  sources: DeckSources;
  plots: Plot[];
  names: Set<string>;
  number: number;
  count: number;
}

function contentSlide(slide: Slide, place: Place): string {
  const blocks = shown(slide, place.sources);
  const title = blocks.find((block) => block.kind === "title");
  const rest = blocks.filter((block) => block.kind !== "title");
  const notes =
    slide.notes.trim() === ""
      ? ""
      : `\n<aside class="notes">${renderMarkdown(slide.notes)}</aside>`;
  return `<section id="${anchor(title?.text, place)}"><div class="frame">
${title ? `<h2>${title.html}</h2>` : ""}
${arrange(rest, (block) => render(block, place))}
${footer(place.lesson.title, place.number, place.count)}
</div>${notes}</section>`;
}

/** The slide's parts as blocks, in the order of the source. */
function shown(slide: Slide, sources: DeckSources): Shown[] {
  const all: Shown[] = [];
  for (const part of slide.parts) {
    if (part.kind === "figure") {
      all.push({
        kind: "figure",
        caption: part.caption,
        drawn: sources.drawings.get(part.cell) ?? [],
      });
    } else if (part.kind === "code") {
      addText(all as Block[], {
        kind: "text",
        html: codeBlock(part.code, "ts"),
        words: part.code.split(/\s+/).length,
        wide: true,
      });
    } else {
      for (const block of toBlocks(part.markdown, sources.pictures)) {
        if (block.kind === "text") addText(all as Block[], block);
        else all.push(block);
      }
    }
  }
  return all;
}

/**
 * One figure and a fair amount of narrow text stand side by side; with little or wide text, or
 * several figures, the figures share a row that takes the height which the text leaves.
 */
function arrange(
  blocks: Exclude<Shown, { kind: "title" }>[],
  html: (block: (typeof blocks)[number]) => string,
): string {
  const texts = blocks.filter((block) => block.kind === "text");
  const figures = blocks.filter((block) => block.kind !== "text");
  if (figures.length === 0) {
    return `<div class="body only-text"><div class="text">${texts.map(html).join("")}</div></div>`;
  }
  const words = texts.reduce((sum, text) => sum + text.words, 0);
  const beside = figures.length === 1 && words >= 14 && !texts.some((text) => text.wide);
  const column = (some: typeof blocks): string =>
    some.length > 0 ? `<div class="text">${some.map(html).join("")}</div>\n` : "";
  const row = `<div class="figures">${figures.map(html).join("\n")}</div>\n`;
  if (beside) return `<div class="body beside">${column(texts)}${row}</div>`;
  const first = blocks.indexOf(figures[0]!);
  const [before, after] = [
    texts.filter((t) => blocks.indexOf(t) < first),
    texts.filter((t) => blocks.indexOf(t) > first),
  ];
  return `<div class="body below">${column(before)}${row}${column(after)}</div>`;
}

function render(block: Exclude<Shown, { kind: "title" }>, { lesson, plots }: Place): string {
  if (block.kind === "text") return block.html;
  if (block.kind === "picture") return `<figure>${block.html}</figure>`;
  const caption = `<figcaption>${renderLine(block.caption)}</figcaption>`;
  if (block.drawn.length === 0) {
    return (
      `<figure><div class="missing">not drawn yet: npx course solve ` +
      `${escapeHtml(lesson.id)}</div>${caption}</figure>`
    );
  }
  const drawn = block.drawn.map((drawing) => {
    if (drawing.kind === "html") return `<div class="output">${drawing.html}</div>`;
    return (
      `<div class="plot" role="img" aria-label="${escapeHtml(block.caption)}" ` +
      `data-plot="${plots.push(drawing) - 1}" data-prevent-swipe></div>`
    );
  });
  return `<figure>${drawn.join("")}${caption}</figure>`;
}

function footer(title: string, number: number, count: number): string {
  return `<p class="foot"><span>${number} / ${count}</span><span>${renderLine(title)}</span></p>`;
}

/** A name for the address bar that stays when slides are added before this one. */
function anchor(title: string | undefined, { names, number }: Place): string {
  const slug =
    (title ?? "")
      .toLowerCase()
      .normalize("NFKD")
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "") || `slide-${number}`;
  let name = `s-${slug}`;
  for (let n = 2; names.has(name); n++) name = `s-${slug}-${n}`;
  names.add(name);
  return name;
}

/** JSON that cannot end the script element it stands in. */
function json(value: unknown): string {
  return JSON.stringify(value).replace(/</g, "\\u003c");
}
