/** `course slides`: reads lessons and solved notebooks, and writes a deck for each lesson. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { extname, join, relative } from "node:path";
import { paths } from "grader/files";
import type { Lesson, Slide } from "../lesson/model.js";
import { type AssetProvider, dataUri } from "./assets.js";
import type { SlidePicture } from "./blocks.js";
import { deck } from "./deck.js";
import { type Drawing, drawings } from "./outputs.js";

export interface SlidesOptions {
  pdf?: boolean;
  /** The folder to write to, .local/slides by default. */
  out?: string;
  /** Where decks get their scripts and styles; inside themselves by default. */
  assets?: AssetProvider;
  /** The folder of the lessons' pages, as decks call it; without it, decks link to no page. */
  pages?: string;
}
export interface SlidesReport {
  written: string[];
  /** One line, `file:line: sentence`, for each problem that keeps a lesson from being read. */
  problems: string[];
  /** For each lesson with figures that aren't drawn, a sentence that says why and what to do. */
  missingFigures: string[];
}

/**
 * Writes the slides of the lessons that `words` name, "06" or "06-attention"; of all lessons when
 * there are no words. A lesson with problems doesn't stop the others.
 * @throws as writeSlides does, and for a word that names no lesson
 */
export async function slides(
  root: string,
  words: string[] = [],
  options: SlidesOptions = {},
): Promise<SlidesReport> {
  const { chooseLessons, tryLessons } = await import("../lesson/lessons.js");
  const { lessons, errors } = tryLessons(root, chooseLessons(root, words));
  const report = await writeSlides(root, lessons, options);
  return { ...report, problems: errors.flatMap((error) => error.message.split("\n")) };
}

/**
 * Writes one deck for each lesson.
 * @param root the project's folder
 * @throws with file and line, for a missing picture and for math that KaTeX refuses; for --pdf
 *   without Chromium
 */
export async function writeSlides(
  root: string,
  lessons: Lesson[],
  options: SlidesOptions = {},
): Promise<SlidesReport> {
  const out = options.out ?? join(paths(root).written, "slides");
  await mkdir(out, { recursive: true });
  const course = await courseTitle(root);
  const report: SlidesReport = { written: [], problems: [], missingFigures: [] };
  for (const lesson of lessons) {
    const drawn = await readDrawings(root, lesson.id);
    const { shown, leftOut } = withoutMissingWeights(lesson, drawn);
    report.missingFigures.push(...leftOut);
    const lack = missingFiguresText(shown, drawn);
    if (lack) report.missingFigures.push(lack);
    const file = join(out, `${lesson.id}.html`);
    const pictures = await readPictures(lesson);
    const page = options.pages === undefined ? undefined : `${options.pages}${lesson.id}.html`;
    const sources = {
      ...{ course, pictures, page },
      drawings: drawn ?? new Map(),
      assets: options.assets,
    };
    await writeFile(file, deck(shown, sources));
    report.written.push(file);
  }
  if (options.pdf) {
    const { printDecks } = await import("./pdf.js"); // playwright takes 0.3 s to load
    report.written.push(...(await printDecks(report.written)));
  }
  return report;
}

async function courseTitle(root: string): Promise<string> {
  const text = await readFile(join(root, "package.json"), "utf8");
  const { name, title } = JSON.parse(text) as { name: string; title?: string };
  return title ?? name;
}

/** What cells drew, by cell id. */
type Drawings = Map<string, Drawing[]>;

/** What the solved notebook drew; undefined when the lesson isn't solved yet. */
async function readDrawings(root: string, id: string): Promise<Drawings | undefined> {
  const file = join(paths(root).written, "solved", `${id}.ipynb`);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch {
    return undefined;
  }
  try {
    return drawings(JSON.parse(text));
  } catch {
    throw new Error(`${file} is not a notebook: make it again with npx course solve ${id}`);
  }
}

/** What a cell shows where the weights of its model aren't installed: only how to install them. */
const asksForWeights = (drawing: Drawing) =>
  drawing.kind === "html" && /<t[dh][^>]*>\s*(<code>)?npx course weights /.test(drawing.html);

/** The lesson without slides whose figures need weights that aren't there; a sentence for each. */
function withoutMissingWeights(lesson: Lesson, drawn: Drawings = new Map()) {
  const needsWeights = ({ parts }: Slide) =>
    parts.some((part) => part.kind === "figure" && drawn.get(part.cell)?.some(asksForWeights));
  const leftOut = lesson.slides
    .filter(needsWeights)
    .map(
      ({ line }) =>
        `${lesson.file}:${line}: this slide is left out, since its figure needs weights that ` +
        `weren't installed: install them and run npx course solve ${lesson.id} again`,
    );
  return {
    shown: { ...lesson, slides: lesson.slides.filter((slide) => !needsWeights(slide)) },
    leftOut,
  };
}

function missingFiguresText(
  { id, slides }: Lesson,
  drawn: Drawings | undefined,
): string | undefined {
  const figures = slides.flatMap((s) => s.parts).filter((part) => part.kind === "figure");
  const cells = new Set(figures.map(({ cell }) => cell));
  const missing = [...cells].filter((cell) => !drawn?.has(cell));
  if (missing.length === 0) return undefined;
  if (!drawn) {
    return (
      `${id}: not solved yet, so ${missing.length} of its figures are empty frames; ` +
      `run npx course solve ${id}`
    );
  }
  const where = missing.join(", ");
  return `${id}: its solved notebook draws nothing in ${where}; run npx course solve ${id} again`;
}

const mimes: Record<string, string> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".svg": "image/svg+xml",
  ".webp": "image/webp",
  ".avif": "image/avif",
};

/** The pictures that the slides show. */
async function readPictures(lesson: Lesson): Promise<Map<string, SlidePicture>> {
  const found = new Map<string, SlidePicture>();
  for (const { parts, line } of lesson.slides) {
    const names = parts.flatMap((part) => (part.kind === "markdown" ? part.pictures : []));
    for (const name of names) {
      found.set(name, await readPicture(lesson.folder, name, `${lesson.file}:${line}`));
    }
  }
  return found;
}

/** @param location the slide's file and line, for errors */
async function readPicture(folder: string, name: string, location: string): Promise<SlidePicture> {
  const mime = mimes[extname(name).toLowerCase()];
  if (!mime) {
    throw new Error(
      `${location}: ${name} is not a picture that a browser shows: ` +
        "use PNG, JPEG, SVG, GIF, WebP or AVIF",
    );
  }
  try {
    const bytes = await readFile(join(folder, name));
    const svg = mime === mimes[".svg"] ? { svg: bytes.toString("utf8") } : {};
    return { uri: dataUri(mime, bytes), ...svg };
  } catch {
    throw new Error(`${location}: the picture ${name} is missing: put it beside lesson.md`);
  }
}

// The command

/**
 * Writes the slides and prints their paths. Names the figures that aren't drawn yet.
 * @returns the exit code: 1 when a lesson could not be read
 */
export async function slidesCommand(
  root: string,
  words: string[],
  { pdf, out }: { pdf?: boolean; out?: string },
): Promise<number> {
  const start = performance.now();
  const { written, missingFigures, problems } = await slides(root, words, { pdf, out });
  for (const line of [...missingFigures, ...problems]) console.error(line);
  for (const file of written) console.log(relative(process.cwd(), file));
  if (written.length > 0) {
    const files = written.length === 1 ? "1 file" : `${written.length} files`;
    const ms = Math.round(performance.now() - start);
    console.log(`${files} in ${ms} ms; in a browser, S opens the speaker's notes`);
  }
  return problems.length > 0 ? 1 : 0;
}
