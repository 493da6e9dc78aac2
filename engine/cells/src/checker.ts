/**
 * What TypeScript says about the cells of one notebook, as every kernel asks it: a note on each cell
 * that has run, completions, explanations. What it is told about a cell is plain data, so that it
 * may work in another thread than the cells.
 */
import type { Explanation } from "./explain";
import { noteOf, type Ran } from "./note";
import { whereToRun, type NotebookCell } from "./notebook";
import type { Completions, Types } from "./types";

export interface Source {
  types: Types;
  /** What the notebook imports in its first cells, as source. */
  firstImports(): string;
  /** The cells of the notebook that runs; `sources` are those that have run. */
  findNotebook(sources: readonly string[]): readonly NotebookCell[] | undefined;
}

export interface Checker {
  /**
   * Adds a cell below the others, so that its names are known.
   * @returns what checks it: cells are checked in their order. It returns the content of the note,
   *   undefined where there is nothing to say
   */
  add(cell: Ran): () => object | undefined;
  /** Adds a cell whose note is told already. */
  keep(cell: Ran): void;
  complete(code: string, position: number): Completions;
  explain(code: string, position: number): Explanation | undefined;
  /** Reads what the first cells will need. */
  warmUp(): void;
}

export function createChecker({ types, firstImports, findNotebook }: Source): Checker {
  const sources: string[] = [];
  /** Until a cell has run, names are known as if the notebook's imports had. */
  const before = () => (sources.length === 0 ? `${firstImports()}\n` : "");

  function where(name: string, code: string): string | undefined {
    const cells = findNotebook(sources);
    return cells && whereToRun(name, cells, code);
  }

  function add(cell: Ran): string {
    sources.push(cell.code);
    return types.add(cell.code);
  }

  return {
    add(cell) {
      const file = add(cell);
      return () => {
        const faults = types.faults(file);
        types.forget(file, cell.lost);
        return noteOf(faults, cell, (name) => where(name, cell.code));
      };
    },
    keep(cell) {
      types.forget(add(cell), cell.lost);
    },
    complete(code, position) {
      const first = before();
      const { start, end, names } = types.complete(first + code, first.length + position);
      return { start: start - first.length, end: end - first.length, names };
    },
    explain(code, position) {
      const first = before();
      return types.explain(first + code, first.length + position);
    },
    warmUp() {
      types.warmUp(firstImports());
    },
  };
}
