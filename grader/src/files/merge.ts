/**
 * Brings a new release of a notebook into a student's copy: data in, data out.
 *
 * A copy records in metadata.course.shipped which cells it was shipped with: their ids and the
 * hashes of their sources. So we can tell four kinds of cells apart:
 * - unedited: replaced by the new version, or removed if there is none;
 * - edited: kept, and the new version doesn't come in;
 * - deleted by the student (recorded, but gone): stays deleted;
 * - added by the student (not recorded): stays next to its neighbors, or goes to the end if they
 *   are gone.
 * New cells of the release come in at their place. Outputs of a student's runs stay with their cell;
 * previews, figures that a notebook is shipped with, are renewed where nothing has run.
 */
import { createHash } from "node:crypto";
import { normalizeText } from "./source";

export interface NotebookCell {
  id: string;
  cell_type: "code" | "markdown" | "raw";
  source: string | string[];
  metadata: Record<string, unknown>;
  outputs?: unknown[];
  execution_count?: number | null;
  attachments?: unknown;
}
export interface Notebook {
  nbformat: number;
  nbformat_minor: number;
  metadata: Record<string, unknown>;
  cells: NotebookCell[];
}
/** What a merge did, by cell id. */
export interface MergeReport {
  /** New in this release. */
  added: string[];
  /** Replaced by their new version. */
  updated: string[];
  /** Unedited, and no longer in the release. */
  removed: string[];
  /** Edited by the student, so this release's new version doesn't come in. */
  kept: string[];
  /** The student's, now at the end, since the cells around them are gone. */
  moved: string[];
}

export const keptHeading: NotebookCell = {
  id: "kept-from-your-copy",
  cell_type: "markdown",
  metadata: {},
  source:
    "## Kept from your earlier copy\n\nThe cells below are yours. " +
    "The lesson no longer has the place where they were.",
};

export const sourceOf = (cell: NotebookCell): string =>
  normalizeText(Array.isArray(cell.source) ? cell.source.join("") : cell.source);

/** The first 16 hex digits of the source's sha256, as in the manifest. */
export const hashOf = (cell: NotebookCell): string =>
  createHash("sha256").update(sourceOf(cell)).digest("hex").slice(0, 16);

/**
 * What a shipped cell has in metadata.course. In a copy that includes its id, since Jupyter gives a
 * pasted cell a new one.
 */
interface Mark {
  hash?: string;
  id?: string;
  fold?: string;
  preview?: string;
}
const markOf = (cell: NotebookCell) => (cell.metadata.course ?? {}) as Mark;

/** A student's first copy: the shipped notebook with the record of what was shipped. */
export function freshCopy(shipped: Notebook): Notebook {
  const record = shipped.cells.map((cell) => ({ id: cell.id, hash: hashOf(cell) }));
  return {
    ...shipped,
    metadata: {
      ...shipped.metadata,
      course: { ...(shipped.metadata.course as object), shipped: record },
    },
    cells: shipped.cells.map((cell) => ({
      ...cell,
      metadata: { ...cell.metadata, course: { ...markOf(cell), id: cell.id } },
    })),
  };
}

/** The copy brought up to a release. Merging the same release again changes nothing. */
export function merge(
  shipped: Notebook,
  copy: Notebook,
): { notebook: Notebook; report: MergeReport } {
  const { cells: releaseCells, metadata, nbformat, nbformat_minor } = freshCopy(shipped);
  const release = new Map(releaseCells.map((cell) => [cell.id, cell]));
  const base = recordOf(copy);
  const cells = identify(copy.cells, base, release);
  const report: MergeReport = { added: [], updated: [], removed: [], kept: [], moved: [] };

  const becomes = mergeCells(cells, base, release, report);
  const ids = cells.map((cell) => cell.id);
  const order = orderOfRelease(ids, [...base.keys()], [...release.keys()], becomes);
  const isOther = (id: string) => becomes.has(id) && !release.has(id);
  report.moved = placeOthers(order, ids, isOther);

  const notebook = {
    ...copy,
    nbformat,
    nbformat_minor: Math.max(nbformat_minor, copy.nbformat_minor),
    metadata: { ...copy.metadata, ...metadata },
    cells: order.map((id) => becomes.get(id) ?? keptHeading),
  };
  return { notebook, report };
}

/**
 * Decides what becomes of each cell, of the copy's and of the release's new ones.
 * @returns the merged cells by id, without those that go
 */
function mergeCells(
  cells: NotebookCell[],
  base: Map<string, string>,
  release: Map<string, NotebookCell>,
  report: MergeReport,
): Map<string, NotebookCell> {
  const becomes = new Map<string, NotebookCell>();
  for (const cell of cells) {
    const merged = mergeCell(cell, base.get(cell.id), release.get(cell.id), report);
    if (merged) becomes.set(cell.id, merged);
  }
  const present = new Set(cells.map((cell) => cell.id));
  for (const [id, cell] of release) {
    const wasDeleted = base.has(id) && !present.has(id);
    if (present.has(id) || wasDeleted) continue;
    report.added.push(id);
    becomes.set(id, cell);
  }
  return becomes;
}

/**
 * @param before the hash of what was shipped; undefined for a cell that the student added
 * @param next the release's version, where there is one
 * @returns undefined when the cell goes
 */
function mergeCell(
  cell: NotebookCell,
  before: string | undefined,
  next: NotebookCell | undefined,
  report: MergeReport,
): NotebookCell | undefined {
  const now = hashOf(cell);
  const isUnedited = now === before;
  if (!next) {
    if (!isUnedited) return cell;
    report.removed.push(cell.id);
    return undefined;
  }
  const differs = now !== hashOf(next);
  if (isUnedited && differs) {
    report.updated.push(cell.id);
    return next;
  }
  if (differs && before !== hashOf(next)) report.kept.push(cell.id);
  const hasNews = markOf(cell).preview !== markOf(next).preview;
  const outputs = isUnedited && hasNews && !hasRun(cell) ? { outputs: next.outputs } : {};
  return { ...cell, metadata: mergeMetadata(cell, next), ...outputs };
}

const isPreview = (output: unknown) => {
  const { metadata } = (output ?? {}) as { metadata?: { course?: { preview?: unknown } } };
  return metadata?.course?.preview === true;
};

/** Whether a cell has run, as far as the copy says. */
const hasRun = ({ outputs = [], execution_count }: NotebookCell) =>
  typeof execution_count === "number" || !outputs.every(isPreview);

/** What the release says, except that a cell which the student unfolded or folded stays so. */
function mergeMetadata(cell: NotebookCell, next: NotebookCell): NotebookCell["metadata"] {
  const merged = { ...cell.metadata, ...next.metadata };
  const isNews = markOf(cell).fold !== markOf(next).fold;
  const { jupyter } = isNews ? next.metadata : cell.metadata;
  if (jupyter !== undefined) merged.jupyter = jupyter;
  else delete merged.jupyter;
  return merged;
}

/** The release's cells in its order or, if the student moved some, in the student's. */
function orderOfRelease(
  ids: string[],
  base: string[],
  release: string[],
  becomes: Map<string, NotebookCell>,
): string[] {
  const inRelease = release.filter((id) => becomes.has(id));
  const recorded = ids.filter((id) => base.includes(id));
  if (isSubsequence(recorded, base)) return inRelease;
  const known = ids.filter((id) => release.includes(id));
  return weave(known, inRelease);
}

/**
 * What the copy was shipped with: id → hash. It comes from the cells' own marks when the notebook
 * has lost its record.
 */
function recordOf(copy: Notebook): Map<string, string> {
  const course = copy.metadata.course as { shipped?: { id: string; hash: string }[] } | undefined;
  const record = new Map<string, string>();
  if (Array.isArray(course?.shipped)) {
    for (const { id, hash } of course.shipped) record.set(id, hash);
    return record;
  }
  for (const cell of copy.cells) {
    const { hash } = markOf(cell);
    if (cell.id && hash) record.set(cell.id, hash);
  }
  return record;
}

/**
 * Gives every cell an id of its own. A cell that Jupyter renamed, or saved without an id, takes the
 * shipped id in its mark, if no other cell has it.
 */
function identify(
  cells: NotebookCell[],
  base: Map<string, string>,
  release: Map<string, NotebookCell>,
): NotebookCell[] {
  const taken = new Set<string>();
  const missing = new Set(base.keys());
  for (const { id } of cells) missing.delete(id);
  return cells.map((cell, i) => {
    let id = taken.has(cell.id) ? undefined : cell.id;
    if (!id || !(base.has(id) || release.has(id))) {
      const shippedAs = markOf(cell).id;
      if (shippedAs && missing.delete(shippedAs)) id = shippedAs;
    }
    for (let n = i; !id || taken.has(id); n++) id = `yours-${hashOf(cell)}-${n}`;
    taken.add(id);
    return id === cell.id ? cell : { ...cell, id };
  });
}

/** Whether all of `part` is in `whole`, in the same order. */
function isSubsequence(part: string[], whole: string[]): boolean {
  let from = 0;
  return part.every((id) => {
    from = whole.indexOf(id, from) + 1;
    return from > 0;
  });
}

/** `order` with each id of `other` that it lacks, right after the id before it in `other`. */
function weave(order: string[], other: string[]): string[] {
  const result = [...order];
  other.forEach((id, i) => {
    if (!result.includes(id)) result.splice(result.indexOf(other[i - 1] ?? "") + 1, 0, id);
  });
  return result;
}

/**
 * Inserts into `order` what only the copy has. A run of such cells goes after the shipped cell
 * before it, or else before the shipped cell after it. If both are gone, it goes to the end, below
 * a heading.
 * @returns the cells below the heading
 */
function placeOthers(order: string[], copy: string[], isOther: (id: string) => boolean): string[] {
  const atEnd: string[] = [];
  const homeless: string[] = [];
  for (let start = 0, end: number; start < copy.length; start = end + 1) {
    end = start;
    while (end < copy.length && isOther(copy[end]!)) end++;
    const run = copy.slice(start, end);
    const before = order.indexOf(copy[start - 1] ?? "");
    const after = order.indexOf(copy[end] ?? "");
    if (start === 0 || before >= 0) order.splice(before + 1, 0, ...run);
    else if (after >= 0) order.splice(after, 0, ...run);
    else if (end === copy.length) atEnd.push(...run);
    else homeless.push(...run);
  }
  order.push(...atEnd);
  if (homeless.length === 0) return [];
  const heading = order.includes(keptHeading.id) ? [] : [keptHeading.id];
  order.push(...new Set([...heading, ...homeless]));
  return homeless;
}
