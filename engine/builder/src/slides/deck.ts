/**
 * A lesson and what its solved notebook drew, as one HTML file. Pure: it reads only the fixed
 * assets, and writes nothing.
 */
import type { Lesson, Slide } from "../lesson/model.js";
import { inlineAssets, type DeckAssets, type AssetProvider } from "./assets.js";
import type { DrawingCount } from "../render/drawing.js";
import type { CodeOptions } from "../render/markdown.js";
import {
  addText,
  codeBlock,
  escapeHtml,
  renderLine,
  renderMarkdown,
  toBlocks,
  type Block,
  type SlidePicture,
} from "./blocks.js";
import type { Drawing } from "./outputs.js";

export interface DeckSources {
  course: string;
  /** What the solved notebook's cells drew, by cell id. */
  drawings: Map<string, Drawing[]>;
  /** Pictures in the lesson's folder, by file name. */
  pictures: Map<string, SlidePicture>;
  /** Where the page gets its scripts and styles; inside itself by default. */
  assets?: AssetProvider;
  /** The address of the lesson as a page to read, for readers on a phone. */
  page?: string;
}

/** What the page draws by itself. */
type InteractiveDrawing = Drawing & { kind: "plot" | "view" };
type Figure = {
  kind: "figure";
  caption: string;
  drawn: Drawing[];
  start?: number;
  printed?: number;
};
type Title = Block & { kind: "title" };
/** What is below a slide's title. */
type Part = Exclude<Block, Title> | Figure;

/** Renders one HTML file; it needs no network unless `sources.assets` links to files. */
export function deck(lesson: Lesson, sources: DeckSources): string {
  const { assets = inlineAssets } = sources;
  const plots: InteractiveDrawing[] = [];
  const names = new Set<string>();
  const count = lesson.slides.length + 1;
  const inlined = { drawings: 0 };
  const slides = lesson.slides.map((slide, i) =>
    withLocation(`${lesson.file}:${slide.line}`, () =>
      contentSlide(slide, { lesson, sources, plots, names, inlined, number: i + 2, count }),
    ),
  );
  const sections = [titleSlide(lesson, sources.course, count), ...slides].join("\n");
  const figures =
    plots.length > 0 ? `<script type="application/json" id="plots">${json(plots)}</script>` : "";
  return page(
    lesson.title,
    sections,
    figures,
    assets(sections + figures, { plots: plots.length > 0 }),
    sources.page,
  );
}

/** Calls f, and puts the location in front of an error's message. */
function withLocation<T>(location: string, f: () => T): T {
  try {
    return f();
  } catch (error) {
    throw new Error(`${location}: ${(error as Error).message}`, { cause: error });
  }
}

/** What a phone that is held upright shows on the first slide, since it shows slides as a column. */
const turnHint = (address: string) =>
  `<p class="turn">Turn the phone for whole slides, or <a href="${escapeHtml(address)}">read the lesson</a>.</p>\n`;

function page(
  title: string,
  sections: string,
  figures: string,
  assets: DeckAssets,
  address?: string,
): string {
  // print-pdf turns off reveal's own styles for paper; ours are in theme.css
  return `<!doctype html>
<html lang="en" class="print-pdf">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${assets.policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
${assets.styles}
</head>
<body>
<main>
<h1 class="unseen">${escapeHtml(title)}</h1>
<div class="reveal"><div class="slides">
${sections}
</div></div>
${address === undefined ? "" : turnHint(address)}</main>
${figures}
${assets.scripts}
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

/** The deck around a slide, and what it has so far. */
interface SlideContext {
  lesson: Lesson;
  sources: DeckSources;
  plots: InteractiveDrawing[];
  names: Set<string>;
  inlined: DrawingCount;
  number: number;
  count: number;
}

function contentSlide(slide: Slide, context: SlideContext): string {
  const { title, parts } = contentOf(slide, context);
  const hasNotes = slide.notes.trim() !== "";
  const notes = hasNotes ? `\n<aside class="notes">${renderMarkdown(slide.notes)}</aside>` : "";
  return `<section id="${anchor(title?.text, context)}"><div class="frame">
${title ? `<h2>${title.html}</h2>` : ""}
${arrange(parts, (part) => render(part, context))}
${footer(context.lesson.title, context.number, context.count)}
</div>${notes}</section>`;
}

/** The slide's title, and its other parts in the order of the source. */
function contentOf(
  slide: Slide,
  { sources, lesson, inlined }: SlideContext,
): { title?: Title; parts: Part[] } {
  const all: (Block | Figure)[] = [];
  const codeOptions = { marked: slide.markedLines, colors: lesson.colors };
  for (const part of slide.parts) {
    if (part.kind === "figure") {
      const drawn = sources.drawings.get(part.cell) ?? [];
      all.push({ ...part, drawn });
      continue;
    }
    const blocks =
      part.kind === "code"
        ? [codePart(part.code, codeOptions)]
        : toBlocks(part.markdown, {
            ...codeOptions,
            asks: slide.asks,
            pictures: sources.pictures,
            inlined,
          });
    for (const block of blocks) {
      if (block.kind === "text") addText(all as Block[], block);
      else all.push(block);
    }
  }
  return {
    title: all.find((block) => block.kind === "title"),
    parts: all.filter((block) => block.kind !== "title"),
  };
}

const codePart = (code: string, options: CodeOptions): Block => ({
  kind: "text",
  html: codeBlock(code, "ts", options),
  words: code.split(/\s+/).length,
  wide: true,
});

/** From this many words on, text fills a column beside a figure. */
const COLUMN_WORDS = 14;

/** A table with this many columns takes the slide's width, and text stands above it. */
const WIDE_TABLE_COLUMNS = 5;

/** Whether a part shows a table that would be too narrow beside a column of text. */
function hasWideTable(part: Part): boolean {
  if (part.kind !== "figure") return false;
  const rows = part.drawn.flatMap((drawing) =>
    drawing.kind === "html" ? drawing.html.split("</tr>") : [],
  );
  return rows.some((row) => row.split(/<t[hd][ >]/).length > WIDE_TABLE_COLUMNS);
}

/** Up to this many words, paragraphs alone are set as a statement. */
const MAX_STATEMENT_WORDS = 45;

/** Whether a slide only says something: a few sentences, without a list, a formula or code. */
function isStatement(texts: (Block & { kind: "text" })[]): boolean {
  const words = texts.reduce((sum, text) => sum + text.words, 0);
  const isPlain = texts.every(({ html }) => /^(<p[ >](?:(?!<p[ >]).)*<\/p>\s*)+$/s.test(html));
  return words <= MAX_STATEMENT_WORDS && isPlain;
}

/**
 * Places text and figures. One figure and enough narrow text stand side by side. With little or
 * wide text, a wide table or several figures, the figures share a row, which takes the height that the text
 * leaves.
 */
function arrange(parts: Part[], html: (part: Part) => string): string {
  const texts = parts.filter((part) => part.kind === "text");
  const figures = parts.filter((part) => part.kind !== "text");
  if (figures.length === 0) {
    const kind = isStatement(texts) ? "only-text statement" : "only-text";
    return `<div class="body ${kind}"><div class="text">${texts.map(html).join("")}</div></div>`;
  }
  const column = (some: Part[]): string =>
    some.length > 0 ? `<div class="text">${some.map(html).join("")}</div>\n` : "";
  const row = () => `<div class="figures">${figures.map(html).join("\n")}</div>\n`;

  const words = texts.reduce((sum, text) => sum + text.words, 0);
  const narrow = words >= COLUMN_WORDS && !texts.some((text) => text.wide);
  if (figures.length === 1 && narrow && !hasWideTable(figures[0]!)) {
    return `<div class="body beside">${column(texts)}${row()}</div>`;
  }
  const first = parts.indexOf(figures[0]!);
  const before = texts.filter((text) => parts.indexOf(text) < first);
  const after = texts.filter((text) => parts.indexOf(text) > first);
  return `<div class="body below">${column(before)}${row()}${column(after)}</div>`;
}

function render(part: Part, { lesson, plots }: SlideContext): string {
  if (part.kind === "text") return part.html;
  if (part.kind === "picture") return `<figure>${part.html}</figure>`;
  const caption = `<figcaption>${renderLine(part.caption)}</figcaption>`;
  const drawn = part.drawn.map((drawing) => renderDrawing(drawing, part, plots)).join("");
  return `<figure>${drawn || notDrawn(lesson.id)}${caption}</figure>`;
}

const notDrawn = (id: string) =>
  `<div class="missing">not drawn yet: npx course solve ${escapeHtml(id)}</div>`;

/** Cells that move show on paper where they end. */
function lastStep(drawing: Drawing): number | undefined {
  if (drawing.kind !== "view") return undefined;
  const { view, steps } = drawing.view as { view?: unknown; steps?: unknown };
  return view === "cells" && Array.isArray(steps) && steps.length > 1
    ? steps.length - 1
    : undefined;
}

/** @param plots what the deck's page draws; this one is added */
function renderDrawing(
  drawing: Drawing,
  { caption, start, printed }: Figure,
  plots: InteractiveDrawing[],
): string {
  const step = printed ?? (start === undefined ? lastStep(drawing) : undefined);
  const print = step === undefined ? "" : ` data-printed="${step}"`;
  if (drawing.kind === "html") return `<div class="output">${drawing.html}</div>`;
  if (drawing.kind === "view") {
    plots.push({ ...drawing, view: { ...drawing.view, caption, ...(start ? { start } : {}) } });
    return `<div class="view" data-plot="${plots.length - 1}"${print} data-prevent-swipe></div>`;
  }
  const { meta, ...layout } = drawing.layout as { meta?: { slider?: object } };
  const slider = meta?.slider && start ? { slider: { ...meta.slider, start } } : {};
  plots.push({ ...drawing, layout: { ...layout, meta: { ...meta, ...slider, caption } } });
  return `<div class="plot" data-plot="${plots.length - 1}"${print} data-prevent-swipe></div>`;
}

function footer(title: string, number: number, count: number): string {
  return `<p class="foot"><span>${number} / ${count}</span><span>${renderLine(title)}</span></p>`;
}

/** A name for the address bar that stays when slides are added before this one. */
function anchor(title: string | undefined, { names, number }: SlideContext): string {
  const words = (title ?? "").toLowerCase().normalize("NFKD");
  const hyphened = words.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  const slug = hyphened || `slide-${number}`;
  let name = `s-${slug}`;
  for (let n = 2; names.has(name); n++) name = `s-${slug}-${n}`;
  names.add(name);
  return name;
}

/** JSON that can't end the script element that it is in. */
function json(value: unknown): string {
  return JSON.stringify(value).replace(/</g, "\\u003c");
}
