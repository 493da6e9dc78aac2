/**
 * The moment after a check that passed: a tick that draws itself when the exercise passes for the
 * first time without the course's solution, a button that leads to the cell below, where the lesson
 * uses the function, and one that leads to the next exercise or lesson.
 *
 * A saved notebook may come from anyone. A click moves the focus in the same notebook and runs cells
 * there, as Shift+Enter does, or opens a notebook of the same folder.
 */
import type { JupyterFrontEnd } from "@jupyterlab/application";
import {
  NotebookActions,
  type INotebookTracker,
  type Notebook,
  type NotebookPanel,
} from "@jupyterlab/notebook";
import type { Cell, CodeCell } from "@jupyterlab/cells";
import type { CheckData, NextStep } from "cells/checkData";
import { svgElement } from "views";
import { actionBar, button, type Actions } from "./buttons";
import { goTo } from "./home/lab";
import { focusCell } from "./keyboard";
import { cellMetadata, isCode } from "./lesson";
import { countToUse, courseVersionCode, labelBelow, type CellBelow } from "./notebookData";
import { neededCells } from "./ran";
import { reveal } from "./reveal";

/** Both lines have pathLength 1, so a dash of 1 is all of the line. */
export const PASSED_CSS = `
/* a button leads on, the tick's line has the headline, and the progress stands above the notebook */
.course-check :is(.course-next, .course-bars) { display: none; }
.course-check:has(.course-praise-line) .course-headline { display: none; }
.course-passed { padding: 0.6em 0.8em; border-radius: 4px;
  background: color-mix(in srgb, var(--jp-success-color1, #2e7d32) 12%, transparent); }
.course-drawn-tick { flex: none; width: 2.6em; height: 2.6em; fill: none; stroke: var(--jp-success-color1, #2e7d32);
  stroke-width: 2.5; stroke-linecap: round; stroke-linejoin: round; stroke-dasharray: 1; }
.course-praise-line { flex: 1 1 16em; margin: 0; color: var(--jp-ui-font-color1);
  font-size: 1.15em; font-weight: 600; }
.course-own-again { flex: 1 1 100%; margin: 0.3em 0 0; }
.course-ways { display: flex; flex-wrap: wrap; gap: 0.5em; } /* they go to the next row together */
.course-ways:empty { display: none; }
.course-passed button.course-go:first-of-type { font-weight: 600; border: 2px solid var(--jp-success-color1, #2e7d32); }
@media (prefers-reduced-motion: no-preference) {
  .course-celebrates .course-drawn-tick circle { animation: course-draw 450ms ease-out both; }
  .course-celebrates .course-drawn-tick path { animation: course-draw 350ms 350ms ease-out both; }
  .course-celebrates .course-praise-line { animation: course-appear 500ms 250ms ease-out both; }
}
@keyframes course-draw { from { stroke-dashoffset: 1; } to { stroke-dashoffset: 0; } }
@keyframes course-appear { from { opacity: 0; } to { opacity: 1; } }
`;

function tick(): SVGElement {
  const turned = "rotate(-90 16 16)"; // the circle begins at the top
  const attributes = { class: "course-drawn-tick", viewBox: "0 0 32 32", "aria-hidden": "true" };
  const svg = svgElement("svg", attributes);
  svg.append(
    svgElement("circle", { cx: 16, cy: 16, r: 13.5, pathLength: 1, transform: turned }),
    svgElement("path", { d: "M9.5 16.5 L14.5 21.5 L23 11.5", pathLength: 1 }),
  );
  return svg;
}

/** The task above an exercise's cell, or that cell; undefined if the notebook has no such cell. */
function taskOf({ content }: NotebookPanel, name: string): Cell | undefined {
  const at = content.widgets.findIndex((cell) => {
    const metadata = cellMetadata(cell);
    return metadata.role === "exercise" && metadata.name === name;
  });
  const above = content.widgets[at - 1];
  return above?.model.type === "markdown" ? above : content.widgets[at];
}

const labelOf = (next: NextStep) =>
  "exercise" in next ? `Next exercise: ${next.exercise}` : `Next lesson: ${next.title}`;

/** Scrolls to an exercise's task and puts the focus there, or opens a lesson's notebook. */
async function go(
  { commands }: JupyterFrontEnd,
  panel: NotebookPanel,
  next: NextStep,
  bar: Actions,
): Promise<void> {
  if ("lesson" in next) {
    const { path } = panel.context;
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    const target = { path: `${folder}${next.lesson}.ipynb`, factory: "Notebook" };
    await commands.execute("docmanager:open", target);
    return;
  }
  const cell = taskOf(panel, next.exercise);
  if (!cell) {
    bar.showStatus(`This notebook has no cell for the exercise ${next.exercise}.`);
    return;
  }
  await goTo(panel, cell.model.id);
  focusCell(panel, cell, "command");
}

const aboutCell = (cell: Cell): CellBelow => ({
  type: cell.model.type,
  role: cellMetadata(cell).role,
  source: cell.model.sharedModel.getSource(),
});

/** Whether a cell replaces the reader's function with the course's. */
const isCourseVersion = (cell: Cell, name: string) =>
  cell.model.sharedModel.getSource() === courseVersionCode(name);

/**
 * Runs cells that use the reader's function in the notebook's order, ahead of them what they need
 * and what hasn't run.
 */
function runWithNeeds(panel: NotebookPanel, cells: CodeCell[], name: string): Promise<boolean> {
  const wanted = new Set([...cells, ...cells.flatMap((cell) => neededCells(panel, cell))]);
  const inOrder = panel.content.widgets.filter(
    (cell) => isCode(cell) && wanted.has(cell) && !isCourseVersion(cell, name),
  );
  return NotebookActions.runCells(panel.content, inOrder, panel.sessionContext);
}

/** Runs the first cells below a check, and shows them and the figure that they end with. */
async function goBelow(panel: NotebookPanel, below: Cell[], name: string): Promise<void> {
  const { content } = panel;
  const [first] = below;
  if (!first) return;
  const used = below.slice(0, countToUse(name, below.map(aboutCell))).filter(isCode);
  const ran = runWithNeeds(panel, used, name);
  focusCell(panel, first, "command");
  await content.scrollToItem(content.activeCellIndex, "start");
  void reveal(content, () => used.at(-1)?.node.querySelector(".jp-OutputArea"), ran);
}

/** A lesson goes on between two exercises, which the button that leads to the next one leaves out. */
function nameSkip(panel: NotebookPanel, bar: Actions, next: NextStep | undefined): void {
  const made = bar.node.querySelector(".course-further");
  if (!made || !next || !("exercise" in next)) return;
  const cells = panel.content.widgets;
  const task = taskOf(panel, next.exercise);
  const isAbove = task && cells.indexOf(task) < cells.findIndex((c) => c.node.contains(bar.node));
  made.textContent = isAbove
    ? `Back to the exercise ${next.exercise}`
    : `Skip to the next exercise: ${next.exercise}`;
}

/**
 * Adds the button that puts the focus on the cell below the check, where Shift+Enter goes too, and
 * runs the cells up to the first one that uses the function; it stands ahead of the button that leads
 * further. A cell that replaces the function with the course's is skipped, so that the lesson goes on
 * with the reader's own. Needs a bar that is in its notebook.
 */
export function addWayBelow(
  tracker: INotebookTracker,
  bar: Actions,
  { name, next }: CheckData,
): void {
  const panel = tracker.find(({ node }) => node.contains(bar.node));
  if (!panel || bar.node.querySelector(".course-below")) return;
  const cellsBelow = () => {
    const cells = panel.content.widgets;
    const below = cells.slice(cells.findIndex(({ node }) => node.contains(bar.node)) + 1);
    return below.filter((cell) => !isCourseVersion(cell, name));
  };
  const label = labelBelow(name, cellsBelow().map(aboutCell));
  if (label === undefined) return;
  const made = button(label, () => goBelow(panel, cellsBelow(), name));
  made.classList.add("course-go", "course-below");
  bar.node.querySelector(".course-ways")?.prepend(made);
  nameSkip(panel, bar, next);
}

/** @returns undefined when there is nothing to say and nowhere to go */
export function passedBar(
  app: JupyterFrontEnd,
  tracker: INotebookTracker,
  { praise, seen, next }: CheckData,
): Actions | undefined {
  if (praise === undefined && next === undefined) return undefined;
  const bar = actionBar(app);
  bar.addClass("course-passed");
  const parts: Element[] = [];
  const ways = document.createElement("div");
  ways.className = "course-ways";
  if (praise !== undefined) {
    const line = document.createElement("p");
    line.className = "course-praise-line";
    line.textContent = praise;
    parts.push(...(seen ? [] : [tick()]), line);
  }
  if (next) {
    const made = button(labelOf(next), async () => {
      const panel = tracker.find(({ node }) => node.contains(bar.node));
      if (panel) await go(app, panel, next, bar);
    });
    made.classList.add("course-go", "course-further");
    ways.append(made);
  }
  bar.node.prepend(...parts, ways);
  return bar;
}

/** The report may be drawn this much later than the kernel's reply. */
const CELEBRATION_MS = 1_500;
const RETRY_MS = 50;

/** The report of a check's run, once it is drawn; undefined where it didn't pass. */
async function passedReport(check: Cell): Promise<Element | undefined> {
  const end = Date.now() + CELEBRATION_MS;
  while (!check.isDisposed && Date.now() < end) {
    const drawn = check.node.querySelector(".course-passed");
    if (drawn) return drawn;
    await new Promise((done) => setTimeout(done, RETRY_MS));
  }
  return undefined;
}

/**
 * Removes the cell below a check that replaced the reader's function with the course's, so that the
 * lesson goes on with the reader's own. Undo brings it back.
 * @returns whether there was one
 */
function removeCourseVersion({ model, widgets }: Notebook, check: Cell): boolean {
  const { name } = cellMetadata(check);
  const from = widgets.indexOf(check);
  const at = widgets.findIndex((cell, i) => i > from && isCourseVersion(cell, String(name)));
  if (at < 0 || !model) return false;
  model.sharedModel.deleteCell(at);
  return true;
}

/**
 * After a run of a check that passed: draws the tick, and removes what replaced the reader's function.
 * A notebook that opens stays still.
 */
export async function celebrate(notebook: Notebook, check: Cell): Promise<void> {
  const report = await passedReport(check);
  if (!report) return;
  if (report.querySelector(".course-drawn-tick")) report.classList.add("course-celebrates");
  if (!removeCourseVersion(notebook, check)) return;
  const note = document.createElement("p");
  note.className = "course-own-again";
  note.textContent = `The lesson uses your ${cellMetadata(check).name} again: the cell below that took the course's is removed.`;
  report.append(note);
}
