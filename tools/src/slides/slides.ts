/** `course slides`: reads lessons and solved notebooks, writes one deck for each lesson. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { paths } from "grader/dist/paths.js";
import type { Lesson } from "../build/model.js";
import { dataUri } from "./assets.js";
import { deck } from "./deck.js";
import { drawings, type Drawing } from "./outputs.js";

export interface SlidesOptions {
  pdf?: boolean;
  /** folder to write to, .local/slides by default */ out?: string;
}
export interface SlidesReport {
  written: string[];
  /**
   * One line for each problem of a lesson that cannot be read, `file:line: sentence`; the others
   * are written.
   */
  problems: string[];
  /** Lessons whose figures are not all drawn, each with a sentence that says why and what to do. */
  lacking: string[];
}

/**
 * Writes the slides of the lessons that `words` name, "06" or "06-attention", of all without.
 * @throws as writeSlides does, and for a word that names no lesson
 */
export async function slides(
  root: string,
  words: string[] = [],
  options: SlidesOptions = {},
): Promise<SlidesReport> {
  const { chooseLessons, tryLessons } = await import("../build/lessons.js");
  const { lessons, errors } = tryLessons(root, chooseLessons(root, words));
  const report = await writeSlides(root, lessons, options);
  return { ...report, problems: errors.flatMap((error) => error.message.split("\n")) };
}

/**
 * @param root the project's folder
 * @throws for a missing picture and for maths that KaTeX refuses, with file and line; for --pdf
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
  const report: SlidesReport = { written: [], problems: [], lacking: [] };
  for (const lesson of lessons) {
    const drawn = await solvedDrawings(root, lesson.id);
    const lack = whatLacks(lesson, drawn);
    if (lack) report.lacking.push(lack);
    const file = join(out, `${lesson.id}.html`);
    await writeFile(
      file,
      deck(lesson, { course, drawings: drawn ?? new Map(), pictures: await readPictures(lesson) }),
    );
    report.written.push(file);
  }
  if (options.pdf) {
    const { printDecks } = await import("./pdf.js"); // playwright takes 0.3 s to load
    report.written.push(...(await printDecks(report.written)));
  }
  return report;
}

async function courseTitle(root: string): Promise<string> {
  const { name, title } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
    name: string;
    title?: string;
  };
  return title ?? name;
}

async function solvedDrawings(
  root: string,
  id: string,
): Promise<Map<string, Drawing[]> | undefined> {
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

function whatLacks(lesson: Lesson, drawn: Map<string, Drawing[]> | undefined): string | undefined {
  const wanted = lesson.slides
    .flatMap((slide) => slide.parts)
    .flatMap((part) => (part.kind === "figure" ? [part.cell] : []));
  const missing = [...new Set(wanted)].filter((cell) => !drawn?.has(cell));
  if (missing.length === 0) return undefined;
  return drawn
    ? `${lesson.id}: its solved notebook draws nothing in ${missing.join(", ")}; ` +
        `run npx course solve ${lesson.id} again`
    : `${lesson.id}: not solved yet, so ${missing.length} of its figures are empty frames; ` +
        `run npx course solve ${lesson.id}`;
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

/** The pictures that the slides show, as data URIs. */
async function readPictures(lesson: Lesson): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const slide of lesson.slides) {
    for (const part of slide.parts) {
      for (const name of part.kind === "markdown" ? part.pictures : []) {
        const mime = mimes[extname(name).toLowerCase()];
        if (!mime) {
          throw new Error(
            `${lesson.file}:${slide.line}: ${name} is no picture that a browser shows: ` +
              "use PNG, JPEG, SVG, GIF, WebP or AVIF",
          );
        }
        try {
          found.set(name, dataUri(mime, await readFile(join(lesson.folder, name))));
        } catch {
          throw new Error(
            `${lesson.file}:${slide.line}: the picture ${name} is missing: put it beside lesson.md`,
          );
        }
      }
    }
  }
  return found;
}
