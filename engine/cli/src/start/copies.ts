/** A student's copies in my-course/. The first start makes them, and later ones update them. */
import { existsSync, readFileSync, renameSync } from "node:fs";
import { basename, join } from "node:path";
import { makeFolder, paths, readManifest, writeFileAtomic } from "grader/files";
import { freshCopy, merge, type MergeReport, type Notebook } from "grader/merge";

/**
 * Makes or merges the copy of every lesson. Call it while no Jupyter server of the
 * course runs, since a server would write over the merge.
 * @returns a sentence for the student about each copy that changed
 */
export function updateCopies(root: string): string[] {
  const { notebooks, personal } = paths(root);
  makeFolder(personal);
  return readManifest(root).lessons.flatMap(({ id }) => {
    const shipped = JSON.parse(readFileSync(join(notebooks, `${id}.ipynb`), "utf8")) as Notebook;
    return updateCopy(shipped, join(personal, `${id}.ipynb`));
  });
}

/** Makes or merges one copy. @returns sentences about what happened */
export function updateCopy(shipped: Notebook, file: string): string[] {
  if (!existsSync(file)) {
    write(file, freshCopy(shipped));
    return [];
  }
  const copy = readCopy(file);
  if (!copy) {
    const unreadable = freeName(file);
    renameSync(file, unreadable);
    write(file, freshCopy(shipped));
    return [
      `${basename(file)} is not a readable notebook: ` +
        `it is kept as ${basename(unreadable)}, and a fresh copy is in its place.`,
    ];
  }
  const { notebook, report } = merge(shipped, copy);
  if (JSON.stringify(notebook) === JSON.stringify(copy)) return [];
  write(file, notebook);
  return describe(basename(file), report);
}

/** The notebook in a file; undefined when it isn't UTF-8, JSON, or a notebook of format 4. */
function readCopy(file: string): Notebook | undefined {
  const bytes = readFileSync(file);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const notebook: unknown = JSON.parse(text);
    return isNotebook(notebook) ? notebook : undefined;
  } catch {
    return undefined;
  }
}

const isRecord = (v: unknown): v is Record<string, unknown> =>
  typeof v === "object" && v !== null && !Array.isArray(v);

const isText = (v: unknown) =>
  typeof v === "string" || (Array.isArray(v) && v.every((line) => typeof line === "string"));

const isCell = (v: unknown) =>
  isRecord(v) &&
  isText(v.source) &&
  isRecord(v.metadata) &&
  ["code", "markdown", "raw"].includes(v.cell_type as string);

function isNotebook(v: unknown): v is Notebook {
  if (!isRecord(v) || v.nbformat !== 4) return false;
  return isRecord(v.metadata) && Array.isArray(v.cells) && v.cells.every(isCell);
}

/** Replaces the file whole: an interruption leaves the former one. */
const write = (file: string, notebook: Notebook) =>
  writeFileAtomic(file, `${JSON.stringify(notebook, null, 1)}\n`);

/** lesson.broken-1.ipynb, or the same with the first free number. */
function freeName(file: string): string {
  for (let n = 1; ; n++) {
    const name = file.replace(/\.ipynb$/, `.broken-${n}.ipynb`);
    if (!existsSync(name)) return name;
  }
}

function describe(name: string, { added, updated, removed, kept, moved }: MergeReport): string[] {
  const cells = (ids: string[]) => `${ids.length} cell${ids.length === 1 ? "" : "s"}`;
  const parts: string[] = [];
  if (added.length > 0) parts.push(`${cells(added)} new`);
  if (updated.length > 0) parts.push(`${cells(updated)} updated`);
  if (removed.length > 0) parts.push(`${cells(removed)} gone`);
  if (kept.length > 0) {
    const pronoun = kept.length === 1 ? "it" : "them";
    parts.push(
      `${cells(kept)} kept as you wrote ${pronoun}, though ` +
        `the lesson has a new version (${kept.join(", ")})`,
    );
  }
  if (moved.length > 0) {
    parts.push(`${cells(moved)} of yours moved to the end, since their place is gone`);
  }
  return parts.length > 0 ? [`${name}: ${parts.join("; ")}.`] : [];
}
