/** The course's own text, for search: the first paragraph under each heading of each lesson. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Passage {
  lesson: string;
  heading: string;
  text: string;
}

interface Cell {
  cell_type: string;
  source: string[];
  metadata: { course?: { role?: string } };
}

/** Markdown without links, emphasis and code marks; math stays. */
const plain = (markdown: string) =>
  markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*`]/g, "")
    .replace(/\s+/g, " ")
    .trim();

const LEAST_LETTERS = 80;
const isProse = (text: string) => text.length >= LEAST_LETTERS && /^[\p{L}"“]/u.test(text);

/** The passage of one cell, or undefined for code, exercises, sources and cells without prose. */
function passageOf({ cell_type, source, metadata }: Cell, lesson: string): Passage | undefined {
  if (cell_type !== "markdown" || metadata.course?.role !== "text") return undefined;
  const [first = "", ...paragraphs] = source.join("").split("\n\n");
  const heading = /^#{2,4} (.+)$/.exec(first)?.[1];
  const text = paragraphs.map(plain).find(isProse);
  if (!heading || !text || /^(Exercise|Question|Sources)\b/.test(heading)) return undefined;
  return { lesson, heading: plain(heading), text };
}

/** Where the course's notebooks are; a function, because the grader's child has no folders. */
const notebooks = () => join(__dirname, "..", "..", "..", "notebooks");

/**
 * Reads the passages of all notebooks.
 * @param folder of notebooks, default the course's own
 * @returns passages in the order of the lessons; headings without a paragraph of at least 80
 *   letters are left out, and so are sources and exercises
 */
export function coursePassages(folder = notebooks()): Passage[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));
  return files.sort().flatMap((file) => {
    const { cells } = JSON.parse(readFileSync(join(folder, file), "utf8")) as { cells: Cell[] };
    return cells.flatMap((cell) => passageOf(cell, file.replace(".ipynb", "")) ?? []);
  });
}
