/** Runs the cells that a cell needs, with the course's version of exercises that aren't written. */
import type { Cell, CodeCell } from "@jupyterlab/cells";
import { NotebookActions, type NotebookPanel } from "@jupyterlab/notebook";
import type { Widget } from "@lumino/widgets";
import { goOnWithCourse, unwrittenName, usesCourseVersions } from "./courseVersions";
import { cellMetadata, isCode } from "./lesson";
import { neededCells, usedCells } from "./ran";

/** What a cell needs before it can run. */
export interface Needs {
  /** Cells that haven't run, in order. */
  cells: CodeCell[];
  /** Cells of exercises that it uses and that aren't written, unless the reader has the course's. */
  unwritten: CodeCell[];
}

/**
 * What a cell needs.
 * @param name a name that it missed: nothing is needed if no earlier cell defines it
 */
export function needsOf(panel: NotebookPanel, cell: CodeCell, name?: string): Needs {
  const { model } = panel.content;
  const hasChosen = model !== null && usesCourseVersions(model);
  const isUnwritten = (one: CodeCell) => unwrittenName(one) !== undefined;
  return {
    cells: neededCells(panel, cell, name),
    unwritten: hasChosen ? [] : usedCells(panel, cell).filter(isUnwritten),
  };
}

/** A pause in typing after which labels follow. */
const PAUSE_MS = 300;

/** Calls back now, and after edits and runs of a notebook's cells until a widget is disposed. */
export function followNeeds({ content }: NotebookPanel, owner: Widget, call: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(call, PAUSE_MS);
  };
  content.modelContentChanged.connect(later);
  NotebookActions.executed.connect(later);
  owner.disposed.connect(() => {
    clearTimeout(timer);
    content.modelContentChanged.disconnect(later);
    NotebookActions.executed.disconnect(later);
  });
  call();
}

/** Says that the kernel answered nothing to an import. */
export const NOT_IMPORTED = "The kernel could not import the course's version. Is it running?";

/**
 * The label of a button that runs what a cell needs and then the cell.
 * @param then what comes last: "this one"
 */
export function needsLabel({ cells, unwritten }: Needs, then: string): string {
  if (cells.length === 0) return `Go on with ${VERSIONS}, then ${then}`;
  const withVersions = unwritten.length > 0 ? `, with ${VERSIONS}` : "";
  return `Run ${countOf(cells)} that it needs${withVersions}, then ${then}`;
}

const VERSIONS = "the course's version of what isn't written";

const countOf = (cells: CodeCell[]): string =>
  cells.length === 1 ? "the cell" : `the ${cells.length} cells`;

/** What a guess runs besides its cell and its answer's figures, in a sentence; "" for nothing. */
export function guessNote({ cells, unwritten }: Needs): string {
  if (cells.length === 0 && unwritten.length === 0) return "";
  if (cells.length === 0) return `Your guess goes on with ${VERSIONS}.`;
  const withVersions = unwritten.length > 0 ? `, with ${VERSIONS}` : "";
  return `Your guess runs ${countOf(cells)} that the answer needs${withVersions}.`;
}

/** What several cells need together; a lesson's imports run by themselves. */
export function needsOfAll(panel: NotebookPanel, cells: CodeCell[]): Needs {
  const all = cells.map((cell) => needsOf(panel, cell));
  const needed = new Set<Cell>(all.flatMap((needs) => needs.cells));
  const isNeeded = (one: Cell): one is CodeCell =>
    isCode(one) && needed.has(one) && !cells.includes(one) && cellMetadata(one).role !== "setup";
  return {
    cells: panel.content.widgets.filter(isNeeded),
    unwritten: [...new Set(all.flatMap(({ unwritten }) => unwritten))],
  };
}

/**
 * Imports the course's version of what isn't written, ahead of a run.
 * @returns whether the kernel has all of it
 */
export const importNeeds = async (panel: NotebookPanel, { unwritten }: Needs): Promise<boolean> =>
  unwritten.length === 0 || goOnWithCourse(panel, unwritten);
