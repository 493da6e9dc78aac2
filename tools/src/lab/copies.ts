/**
 * The students' copies in my-course/: made on the first start, brought up to date by later ones.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { readManifest } from "grader/dist/manifest.js";
import { makeFolder, paths } from "grader/dist/paths.js";
import { freshCopy, merge, type MergeReport, type Notebook } from "./merge.js";

/**
 * Makes or merges the copy of every lesson. To be called while no Jupyter server of ours runs,
 * since it would write over the merge.
 * @returns what a student should know, a sentence for each copy that changed
 */
export function updateCopies(root: string): string[] {
  const { notebooks, personal } = paths(root);
  makeFolder(personal);
  return readManifest(root).lessons.flatMap(({ id }) => {
    const shipped = JSON.parse(readFileSync(join(notebooks, `${id}.ipynb`), "utf8")) as Notebook;
    return updateCopy(shipped, join(personal, `${id}.ipynb`));
  });
}

/** Makes or merges one copy; sentences about what happened. */
export function updateCopy(shipped: Notebook, file: string): string[] {
  if (!existsSync(file)) {
    writeAside(file, freshCopy(shipped));
    return [];
  }
  const copy = readCopy(file);
  if (!copy) {
    const aside = freeName(file);
    renameSync(file, aside);
    writeAside(file, freshCopy(shipped));
    return [
      `${basename(file)} is not a readable notebook: ` +
        `it is kept as ${basename(aside)}, and a fresh copy stands in its place.`,
    ];
  }
  const { notebook, report } = merge(shipped, copy);
  if (JSON.stringify(notebook) === JSON.stringify(copy)) return [];
  writeAside(file, notebook);
  return describe(basename(file), report);
}

/**
 * The notebook in a file, or undefined when it is broken: no UTF-8, no JSON, or no notebook of
 * format 4.
 */
function readCopy(file: string): Notebook | undefined {
  const bytes = readFileSync(file);
  try {
    const notebook = JSON.parse(
      new TextDecoder("utf-8", { fatal: true }).decode(bytes),
    ) as Notebook;
    const isRecord = (v: unknown) => typeof v === "object" && v !== null && !Array.isArray(v);
    const isText = (v: unknown) =>
      typeof v === "string" || (Array.isArray(v) && v.every((line) => typeof line === "string"));
    const whole =
      notebook.nbformat === 4 &&
      isRecord(notebook.metadata) &&
      Array.isArray(notebook.cells) &&
      notebook.cells.every(
        (cell) =>
          isText(cell.source) &&
          isRecord(cell.metadata) &&
          ["code", "markdown", "raw"].includes(cell.cell_type),
      );
    return whole ? notebook : undefined;
  } catch {
    return undefined;
  }
}

/** Written beside its place, then renamed: an interruption leaves the former file. */
function writeAside(file: string, notebook: Notebook): void {
  const part = `${file}.part`;
  writeFileSync(part, `${JSON.stringify(notebook, null, 1)}\n`);
  renameSync(part, file);
}

/** lesson.broken-1.ipynb, or with the first number that is free. */
function freeName(file: string): string {
  for (let n = 1; ; n++) {
    const name = file.replace(/\.ipynb$/, `.broken-${n}.ipynb`);
    if (!existsSync(name)) return name;
  }
}

function describe(name: string, { added, updated, removed, kept, moved }: MergeReport): string[] {
  const cells = (n: number) => `${n} cell${n === 1 ? "" : "s"}`;
  const parts = [
    added.length > 0 && `${cells(added.length)} new`,
    updated.length > 0 && `${cells(updated.length)} updated`,
    removed.length > 0 && `${cells(removed.length)} gone`,
    kept.length > 0 &&
      `${cells(kept.length)} kept as you wrote ${kept.length === 1 ? "it" : "them"}, though ` +
        `the lesson has a new version (${kept.join(", ")})`,
    moved.length > 0 &&
      `${cells(moved.length)} of yours moved to the end, since their place is gone`,
  ].filter(Boolean);
  return parts.length > 0 ? [`${name}: ${parts.join("; ")}.`] : [];
}
