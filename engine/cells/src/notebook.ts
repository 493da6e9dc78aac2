/** Finds the cell that defines a name, and formats a sentence about which cell to run. */
import ts from "typescript";
import { parseCell } from "./compile";
import { topLevelOf } from "./declarations";

/** A notebook, reduced to its cells in order. */
export interface NotebookCell {
  cell_type: string;
  source: string;
  id?: string;
}

/** A cell of the notebook that defines a name. */
export interface Definition {
  /** The cell's index. */
  cell: number;
  kind: "defined" | "imported";
  /** Where the cell stands: "under “Exercise: softmax”". */
  location: string;
}

/**
 * The last cell before this one that defines a name; a cell after it isn't meant to run first. For
 * code that isn't in the notebook, any cell counts.
 */
export function definitionOf(
  name: string,
  cells: readonly NotebookCell[],
  current: string,
): Definition | undefined {
  const here = indexOfCell(current, cells);
  const defining = cells.flatMap((cell, i) => {
    const kind =
      i === here || cell.cell_type !== "code" ? undefined : definitionKind(name, cell.source);
    return kind ? [{ i, kind }] : [];
  });
  const before = defining.filter(({ i }) => here === -1 || i < here);
  const best = before.at(-1);
  return best && { cell: best.i, kind: best.kind, location: describeLocation(best.i, cells) };
}

/**
 * The index of the cell that runs; -1 if the notebook has none. The notebook on disk may still hold
 * an older text of the cell, which defines a name that the newer one defines, too.
 */
function indexOfCell(current: string, cells: readonly NotebookCell[]): number {
  const same = cells.findIndex((cell) => cell.source === current);
  if (same >= 0) return same;
  const names = [...topLevelOf(parseCell(current)).names];
  return cells.findIndex(
    ({ cell_type, source }) =>
      cell_type === "code" && names.some((name) => definitionKind(name, source) === "defined"),
  );
}

/**
 * @returns a sentence that says which cell to run, or undefined where no other cell defines the
 *   name
 */
export function whereToRun(
  name: string,
  cells: readonly NotebookCell[],
  current: string,
): string | undefined {
  const best = definitionOf(name, cells, current);
  if (!best) return undefined;
  return `It is ${best.kind} in the cell ${best.location}; run that cell with Shift+Enter.`;
}

function definitionKind(name: string, source: string): "defined" | "imported" | undefined {
  const file = parseCell(source);
  const { names } = topLevelOf(file);
  const isType = (s: ts.Statement) =>
    (ts.isInterfaceDeclaration(s) || ts.isTypeAliasDeclaration(s)) && s.name.text === name;
  if (!names.has(name) && !file.statements.some(isType)) return undefined;
  const imports = file.statements.filter(ts.isImportDeclaration);
  const only = parseCell(textOf(imports, source));
  return topLevelOf(only).names.has(name) ? "imported" : "defined";
}

const textOf = (nodes: readonly ts.Node[], source: string) =>
  nodes.map(({ pos, end }) => source.slice(pos, end)).join("\n");

/** The most of a cell's first line that a message quotes. */
const MAX_QUOTE_LENGTH = 40;

/** A cell's first line, cut where it is long. */
function firstLineOf(source: string): string {
  const [line = ""] = source.split("\n");
  const letters = Array.from(line);
  if (letters.length <= MAX_QUOTE_LENGTH) return line;
  return `${letters.slice(0, MAX_QUOTE_LENGTH).join("").trimEnd()}…`;
}

/** "under “Exercise: softmax”"; where several cells stand under one heading, the first line too. */
function describeLocation(index: number, cells: readonly NotebookCell[]): string {
  const heads = cells.map(({ cell_type, source }) =>
    cell_type === "markdown" ? headingOf(source) : undefined,
  );
  const at = heads.findLastIndex((head, i) => i < index && head !== undefined);
  const next = heads.findIndex((head, i) => i > index && head !== undefined);
  const section = cells.slice(at + 1, next === -1 ? undefined : next);
  const codes = section.filter(({ cell_type }) => cell_type === "code");
  const first = firstLineOf(cells[index]!.source);
  if (at === -1) return `that starts with “${first}”`;
  if (codes[0] === cells[index]) return `under “${heads[at]}”`;
  return `under “${heads[at]}” that starts with “${first}”`;
}

/** The last heading of a Markdown cell, without its marks. */
function headingOf(markdown: string): string | undefined {
  const found = [...markdown.matchAll(/^#{1,6} +(.+?) *#*$/gm)].at(-1)?.[1];
  return found?.replaceAll(/[*_`]/g, "");
}

/** The imports of a notebook's first code cells, to read types ahead. */
export function importsOf(cells: readonly NotebookCell[]): string {
  const codes = cells.filter(({ cell_type }) => cell_type === "code").slice(0, 3);
  return codes
    .flatMap(({ source }) => {
      const file = parseCell(source);
      return textOf(file.statements.filter(ts.isImportDeclaration), source);
    })
    .join("\n");
}

/** The notebook that the cells that have run come from: the one that holds most of them. */
export function bestMatch<T extends { cells: readonly NotebookCell[] }>(
  notebooks: readonly T[],
  sources: readonly string[],
): T | undefined {
  const count = ({ cells }: T) => {
    const texts = new Set(cells.map(({ source }) => source));
    return sources.filter((source) => texts.has(source)).length;
  };
  const ranked = notebooks.map((notebook) => ({ notebook, n: count(notebook) }));
  ranked.sort((a, b) => b.n - a.n);
  return ranked[0] && ranked[0].n > 0 ? ranked[0].notebook : undefined;
}
