/**
 * The notebook whose cells a kernel runs. Jupyter does not reliably say which one it is, so the texts
 * of the cells decide.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { NotebookCell } from "cells";
import { loadCells, root } from "./modules.js";

const { bestMatch, importsOf } = loadCells();

interface Notebook {
  path: string;
  cells: NotebookCell[];
}

function orNone<T>(read: () => T[]): T[] {
  try {
    return read();
  } catch {
    return [];
  }
}

/** A cell as it is on disk: its source may be a list of lines. */
type StoredCell = Omit<NotebookCell, "source"> & { source: string | string[] };

function read(path: string): Notebook {
  const { cells } = JSON.parse(readFileSync(path, "utf8")) as { cells: StoredCell[] };
  const text = (source: string | string[]) => (Array.isArray(source) ? source.join("") : source);
  return { path, cells: cells.map((cell) => ({ ...cell, source: text(cell.source) })) };
}

const notebooksIn = (folder: string) =>
  orNone(() => readdirSync(folder))
    .filter((name) => name.endsWith(".ipynb"))
    .map((name) => join(folder, name));

const startFolder = process.cwd();

/**
 * The path of the notebook for which Jupyter's server has started the kernel, where it tells it; the
 * notebook may have been renamed since.
 */
function startedFor(): string[] {
  const name = process.env.JPY_SESSION_NAME;
  if (!name?.endsWith(".ipynb")) return [];
  return [name, join(startFolder, basename(name))];
}

/** Reads the notebooks that can be read; one that is being written cannot. */
const readAll = (paths: string[]) =>
  [...new Set(paths)].flatMap((path) => orNone(() => [read(path)]));

/**
 * @param sources the cells that have run, the current one among them
 * @returns the cells of the notebook, or undefined
 */
export function findNotebook(sources: readonly string[]): readonly NotebookCell[] | undefined {
  const nearby = readAll([...startedFor(), ...notebooksIn(startFolder)]);
  const found = bestMatch(nearby, sources) ?? readAll(startedFor())[0];
  if (found) return found.cells;
  const shipped = notebooksIn(join(root, "notebooks"));
  const personal = process.env.COURSE_PERSONAL;
  const copies = personal ? notebooksIn(personal) : [];
  return bestMatch(readAll([...shipped, ...copies]), sources)?.cells;
}

/** The imports of the notebook that the kernel was started for, if that is known. */
export function firstImports(): string {
  const [notebook] = readAll(startedFor());
  return notebook ? importsOf(notebook.cells) : "";
}
