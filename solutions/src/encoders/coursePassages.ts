/** The course's own text, to be searched: the first paragraph under each heading of each lesson. */
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

/** Markdown without links, emphasis and code marks; maths stays. */
const plain = (markdown: string) =>
  markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*`]/g, "")
    .replace(/\s+/g, " ")
    .trim();

/**
 * @param folder of notebooks, the course's own unless given
 * @returns in the order of the lessons; headings without a paragraph of at least 80 letters are
 *   left out, and so are sources and exercises
 */
export function coursePassages(folder = join(__dirname, "..", "..", "..", "notebooks")): Passage[] {
  const passages: Passage[] = [];
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith(".ipynb"))
    .sort()) {
    const { cells } = JSON.parse(readFileSync(join(folder, file), "utf8")) as { cells: Cell[] };
    for (const { cell_type, source, metadata } of cells) {
      const [first = "", ...paragraphs] = source.join("").split("\n\n");
      const heading = /^#{2,4} (.+)$/.exec(first)?.[1];
      const text = paragraphs.map(plain).find((p) => p.length >= 80 && /^[\p{L}"“]/u.test(p));
      if (
        cell_type !== "markdown" ||
        metadata.course?.role !== "text" ||
        !heading ||
        !text ||
        /^(Exercise|Question|Sources)\b/.test(heading)
      ) {
        continue;
      }
      passages.push({ lesson: file.replace(".ipynb", ""), heading: plain(heading), text });
    }
  }
  return passages;
}
