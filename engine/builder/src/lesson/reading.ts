/** The state that the readers of a lesson's blocks share. */
import type { Cell, Slide, TextCell } from "./model.js";
import type { Report } from "./problems.js";
import type { Solutions } from "./solutions.js";

/** What is known while a lesson is read. */
export interface Reading {
  folder: string;
  lines: string[];
  solutions: Solutions;
  report: Report;
  uses: string[];
  cells: Cell[];
  slides: Slide[];
  /** Names that the notebook has so far: imports, exercises, given definitions. */
  available: Set<string>;
  /** The heading above each cell that has no id of its own. */
  headings: Map<Cell, string>;
  heading: string;
  /** The text cell that the next block of text joins; undefined after a code cell. */
  open: TextCell | undefined;
}

/** The slide that a block belongs to. */
export interface InSlide {
  slide: Slide;
  /** Whether the notebook leaves the block out. */
  only: boolean;
}

/** A name that TypeScript allows for a function. */
export const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** Adds text to the open text cell, or opens one. */
export function addToText(
  reading: Reading,
  line: number,
  { notebook, pictures }: { notebook: string; pictures: string[] },
): void {
  const { open, cells, headings, heading } = reading;
  if (open) {
    open.markdown += `\n\n${notebook}`;
    open.pictures.push(...pictures.filter((p) => !open.pictures.includes(p)));
    return;
  }
  const cell: TextCell = { kind: "text", id: "", line, markdown: notebook, pictures };
  cells.push(cell);
  headings.set(cell, heading);
  reading.open = cell;
}
