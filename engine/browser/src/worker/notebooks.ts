/** The shipped notebooks, as the workers know them. */
import { likeliest, type NotebookCell } from "cells";
import { readManifest } from "grader/files";
import { ROOT } from "../node/disk";
import { existsSync, readFileSync } from "../node/fs";

/** The folder of notebooks, as code sees it. */
export const FOLDER = `${ROOT}/notebooks`;

/** The shipped notebook that most of these cells come from. */
export function findNotebook(sources: readonly string[]): readonly NotebookCell[] | undefined {
  const notebooks = readManifest(ROOT).lessons.flatMap(({ id }) => {
    const file = `${FOLDER}/${id}.ipynb`;
    return existsSync(file) ? [{ cells: cellsOf(readFileSync(file, "utf8") as string) }] : [];
  });
  return likeliest(notebooks, sources)?.cells;
}

function cellsOf(json: string): NotebookCell[] {
  const { cells } = JSON.parse(json) as { cells: (NotebookCell & { source: string | string[] })[] };
  const text = (source: string | string[]) => (Array.isArray(source) ? source.join("") : source);
  return cells.map((cell) => ({ ...cell, source: text(cell.source) }));
}
