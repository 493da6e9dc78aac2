/**
 * Cell ids: unique in a notebook, and as stable as headings are, so that a new release finds a
 * student's cells again.
 */
import type { Cell } from "./model.js";
import type { ReportProblem, ParseContext } from "./parseContext.js";

/** The ids of the notebook's cells that one cell of the lesson becomes. */
export function idsOf(cell: Cell): string[] {
  if (cell.kind === "exercise") return [`${cell.id}-task`, cell.id, `${cell.id}-check`];
  if (cell.kind === "written") return [`${cell.id}-question`, cell.id];
  return [cell.id];
}

const slug = (heading: string) =>
  heading
    .normalize("NFKD")
    .replace(/\$[^$]*\$/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 50)
    .replace(/-$/, "") || "part";

/** The notebook's first cell and its last. */
const RESERVED_IDS = ["lesson", "lesson-end"];

/**
 * Reports ids that occur twice. A cell without an id is named after its heading, with the next free
 * number under it.
 */
export function assignCellIds({ cells, headings, report }: ParseContext): void {
  const taken = new Map<string, number>(RESERVED_IDS.map((id) => [id, 1]));
  for (const cell of cells.filter((c) => c.id !== "")) {
    for (const id of idsOf(cell)) {
      const first = taken.get(id);
      if (first === undefined) taken.set(id, cell.line);
      else reportDuplicate(id, first, cell, report);
    }
  }
  const numbers = new Map<string, number>();
  for (const cell of cells.filter((c) => c.id === "")) {
    const base = slug(headings.get(cell) ?? "");
    let n = numbers.get(base) ?? 0;
    do n++;
    while (taken.has(`${base}-${n}`));
    numbers.set(base, n);
    cell.id = `${base}-${n}`;
    taken.set(cell.id, cell.line);
  }
}

/** @param first the line of the cell that has the id already */
function reportDuplicate(id: string, first: number, cell: Cell, report: ReportProblem): void {
  const end = id === "lesson" ? "first" : "last";
  const owner = RESERVED_IDS.includes(id)
    ? `the notebook's ${end} cell`
    : `the cell in line ${first}`;
  const remedy = "name" in cell ? "another, or take one of the two out" : "another";
  report(cell.line, `${id} is already the name of ${owner}: give this one ${remedy}`);
}
