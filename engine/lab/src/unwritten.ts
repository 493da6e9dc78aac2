/**
 * A line below an exercise's cell that ran and isn't written yet: the run defines the function, prints
 * nothing, and looks as if nothing had happened. The line stands in the page, not among the cell's
 * outputs, and goes as soon as the function is written or the cell runs again.
 */
import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import type { CodeCell } from "@jupyterlab/cells";
import { NotebookActions, type Notebook } from "@jupyterlab/notebook";
import { SEAM } from "./cards";
import { unwrittenName, usesCourseVersions } from "./courseVersions";
import { isCode, LESSON } from "./lesson";
import { addSheet } from "./page";

const LINE = "course-unwritten-line";

/** Between an exercise's cell and the cell that checks it, the line is a part of their card. */
const CSS = `
.course-lesson .${LINE} { box-sizing: border-box; padding: 6px 12px; font-size: 14px; line-height: 1.5;
  font-family: var(--jp-content-font-family); color: var(--jp-content-font-color1);
  margin: 0 0 0 calc(var(--jp-cell-collapser-width) + var(--course-prompt) + var(--course-card-left));
  border: 1px solid var(--course-card-edge); border-top-color: ${SEAM}; border-bottom: none;
  background: var(--jp-layout-color0); }
`;

const wordsOf = (name: string) =>
  `${name} is defined but not written yet: put your code in place of the line that throws, ` +
  "then run the check below.";

const lineIn = ({ node }: CodeCell) => node.querySelector(`:scope > .${LINE}`);

/** Adds the line, which goes once the cell's function is written. */
function addLine(cell: CodeCell, name: string): void {
  const line = document.createElement("div");
  line.className = LINE;
  line.role = "status";
  cell.node.querySelector(":scope > .jp-Cell-inputWrapper")?.after(line);
  line.textContent = wordsOf(name); // a screen reader reads what changes in the page
  const { contentChanged } = cell.model;
  const look = () => {
    if (line.isConnected && unwrittenName(cell) !== undefined) return;
    line.remove();
    contentChanged.disconnect(look);
  };
  contentChanged.connect(look);
}

function update({ model, node }: Notebook, cell: CodeCell, success: boolean): void {
  lineIn(cell)?.remove();
  const name = success ? unwrittenName(cell) : undefined;
  const hasCourseVersion = model !== null && usesCourseVersions(model); // its note says the same
  if (name === undefined || hasCourseVersion || !node.closest(`.${LESSON}`)) return;
  addLine(cell, name);
}

export const unwritten: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:unwritten",
  description: "Says below an exercise's cell that ran that it isn't written yet",
  autoStart: true,
  activate: (): void => {
    addSheet("course-unwritten-style", CSS);
    NotebookActions.executed.connect((_, { notebook, cell, success }) => {
      if (isCode(cell)) update(notebook, cell, success);
    });
  },
};
