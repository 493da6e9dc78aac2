/**
 * Brings a new release of a notebook into a student's copy: data in, data out.
 *
 * A copy records in metadata.course.shipped which cells it was shipped with, their ids and the
 * hashes of their sources. That tells four kinds apart: a shipped cell as it was, an edited one,
 * one that the student deleted (recorded, but gone) and one that the student added (not recorded).
 * Unedited cells are replaced, new ones come in at their place, edited ones stay instead of the new
 * version, deleted ones stay deleted, added ones stay beside their neighbours; what has lost its
 * place is kept at the end.
 */
import { createHash } from "node:crypto";
import { normalizeText } from "grader/dist/source.js";

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
  /** Edited by the student although this release has a new version, which does not come in. */
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
    "The lesson no longer has the place where they stood.",
};

export const sourceOf = (cell: NotebookCell): string =>
  normalizeText(Array.isArray(cell.source) ? cell.source.join("") : cell.source);

/** The first 16 hex digits of the source's sha256, as in the manifest. */
export const hashOf = (cell: NotebookCell): string =>
  createHash("sha256").update(sourceOf(cell)).digest("hex").slice(0, 16);

/**
 * What a shipped cell carries in metadata.course; in a copy, also its id, since Jupyter gives a
 * pasted cell a new one.
 */
interface Mark {
  hash?: string;
  id?: string;
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
  const present = new Set(cells.map((cell) => cell.id));
  const report: MergeReport = { added: [], updated: [], removed: [], kept: [], moved: [] };

  const becomes = new Map<string, NotebookCell>();
  for (const cell of cells) {
    const { id } = cell;
    const before = base.get(id);
    const next = release.get(id);
    const now = hashOf(cell);
    if (!next) {
      if (now === before) report.removed.push(id);
      else becomes.set(id, cell);
    } else if (now === before && now !== hashOf(next)) {
      report.updated.push(id);
      becomes.set(id, next);
    } else {
      if (now !== hashOf(next) && before !== hashOf(next)) report.kept.push(id);
      becomes.set(id, { ...cell, metadata: { ...cell.metadata, ...next.metadata } });
    }
  }
  for (const cell of releaseCells) {
    // there already, or deleted by the student
    if (present.has(cell.id) || base.has(cell.id)) continue;
    report.added.push(cell.id);
    becomes.set(cell.id, cell);
  }

  const known = cells.map((cell) => cell.id).filter((id) => base.has(id) || release.has(id));
  const inRelease = [...release.keys()].filter((id) => becomes.has(id));
  const studentsOrder = !isSubsequence(
    known.filter((id) => base.has(id)),
    [...base.keys()],
  );
  const order = studentsOrder
    ? weave(
        known.filter((id) => release.has(id)),
        inRelease,
      )
    : inRelease;
  report.moved = placeOthers(
    order,
    cells.map((cell) => cell.id),
    (id) => becomes.has(id) && !release.has(id),
  );

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
 * id → hash of what the copy was shipped with; from the cells' own marks when the notebook has lost
 * its record.
 */
function recordOf(copy: Notebook): Map<string, string> {
  const shipped = (copy.metadata.course as { shipped?: { id: string; hash: string }[] } | undefined)
    ?.shipped;
  if (Array.isArray(shipped)) return new Map(shipped.map(({ id, hash }) => [id, hash]));
  return new Map(
    copy.cells.flatMap((cell) =>
      cell.id && markOf(cell).hash ? [[cell.id, markOf(cell).hash!] as const] : [],
    ),
  );
}

/**
 * Gives every cell an id of its own. One that Jupyter renamed, or saved without an id, takes the
 * shipped id of its mark if no other cell has it.
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

function isSubsequence(part: string[], whole: string[]): boolean {
  let from = 0;
  return part.every((id) => (from = whole.indexOf(id, from) + 1) > 0);
}

/** `order` with each id of `other` that it lacks, right after the one before it in `other`. */
function weave(order: string[], other: string[]): string[] {
  const result = [...order];
  other.forEach((id, i) => {
    if (!result.includes(id)) result.splice(result.indexOf(other[i - 1] ?? "") + 1, 0, id);
  });
  return result;
}

/**
 * Inserts into `order` what only the copy has, each run of such cells after the shipped cell before
 * it, else before the one after it. A run whose neighbours are both gone goes to the end, below a
 * heading. Returns those.
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
    else (end === copy.length ? atEnd : homeless).push(...run);
  }
  order.push(...atEnd);
  if (homeless.length === 0) return [];
  const heading = order.includes(keptHeading.id) ? [] : [keptHeading.id];
  order.push(...new Set([...heading, ...homeless]));
  return homeless;
}
