/**
 * Shows a check's report with buttons below it: the next hint, the solution into the cell, on with
 * the course's version; after a check that passed, the way to the cell below and to the next
 * exercise. Without the extension, Jupyter shows the report without the buttons.
 *
 * A saved notebook may come from anyone. Nothing runs without a click, and a click sends the kernel
 * one of two fixed lines that contain nothing but the name of an exercise of the same notebook.
 */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import type { Cell } from "@jupyterlab/cells";
import { INotebookTracker, NotebookActions, type Notebook } from "@jupyterlab/notebook";
import { IRenderMimeRegistry } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Panel, type Widget } from "@lumino/widgets";
import { CHECK_MIME, readCheck, type CheckData } from "cells/checkData";
import { actionBar, button, BUTTONS_CSS, explanation, type Actions } from "./buttons";
import { continueWithCourseVersion, putSolution } from "./checkActions";
import { HintList, hintButton } from "./hintList";
import { watchCards } from "./hints";
import { cellMetadata } from "./lesson";
import { addSheet } from "./page";
import { addWayBelow, celebrate, passedBar, PASSED_CSS } from "./passed";
import { REVEAL_MARGIN, reveal } from "./reveal";

/** One edge for a report, its hints and its buttons, in place of the one that the report brings. */
const CSS = `
.course-lesson .jp-OutputArea-output.course-check:not(.jp-RenderedText) { max-width: calc(100% - var(--course-start)); }
.course-check > .jp-RenderedHTMLCommon, .course-check .course-check-hint { box-sizing: border-box; max-width: calc(var(--course-measure) - var(--course-start)); }
.course-check { border-left: 4px solid var(--jp-error-color1, #d32f2f); }
.course-check.course-check-passed { border-left-color: var(--jp-success-color1, #2e7d32); }
.course-check:has(.course-not-written) { border-left-color: var(--jp-info-color1, #0072b2); }
.course-check > .jp-RenderedHTMLCommon > div { border-left: 0 !important; }
.course-check > .course-actions { border-left: 0; padding-left: 14px; }
.course-check .course-check-hint { padding: 0 14px; font-family: var(--jp-ui-font-family); color: var(--jp-ui-font-color1); }
.course-check > .jp-RenderedHTMLCommon ul { padding-left: 0 !important; }
.course-check table[aria-label] { background: color-mix(in srgb, currentcolor 6%, transparent); }
[data-jp-theme-light="false"] .course-check { --course-above-zero: 195, 92, 15; --course-below-zero: 25, 128, 200; }
.course-check .course-check-hint p { margin: 0.4em 0; }
.course-check > .jp-RenderedHTMLCommon { margin: 0; padding-top: 0; padding-bottom: 0; }
.course-check > .jp-RenderedHTMLCommon > :last-child { margin-bottom: 0 !important; }
.course-check :is(.course-way-on, .course-hints) { display: none; } /* the buttons show them */
`;

const PUT_TITLE =
  "Replaces your code in the exercise's cell with the course's solution, so that you can read it. " +
  "The exercise counts as seen.";
const GO_ON_TITLE =
  "Keeps your code, and adds a cell below that imports the course's function for the rest of the " +
  "lesson. You don't see the solution.";

const goOnNote = (name: string): string =>
  `“Go on” uses the course's ${name} in the rest of the lesson. Your code stays in its cell.`;

class CheckReport extends Panel implements IRenderMime.IRenderer {
  readonly #app: JupyterFrontEnd;
  readonly #registry: IRenderMimeRegistry;
  readonly #tracker: INotebookTracker;
  #passed: { bar: Actions; data: CheckData } | undefined;

  constructor(app: JupyterFrontEnd, registry: IRenderMimeRegistry, tracker: INotebookTracker) {
    super();
    this.#app = app;
    this.#registry = registry;
    this.#tracker = tracker;
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    for (const widget of [...this.widgets]) widget.dispose();
    this.#passed = undefined;
    const type = model.data["text/html"] === undefined ? "text/plain" : "text/html";
    const report = this.#registry.createRenderer(type);
    this.addWidget(report);
    await report.renderModel(model);
    const data = readCheck(model.data[CHECK_MIME]);
    if (!data) return;
    this.addClass("course-check"); // hides the sentences that describe what the buttons do
    this.toggleClass("course-check-passed", data.passed);
    if (data.passed) {
      const bar = passedBar(this.#app, this.#tracker, data);
      if (!bar) return;
      this.insertWidget(data.praise ? 0 : 1, bar); // a sentence that celebrates comes first
      this.#passed = { bar, data };
      if (this.isAttached) addWayBelow(this.#tracker, bar, data);
      return;
    }
    const hints = new HintList(this.#registry, data.name, data.hints);
    this.addWidget(hints);
    this.addWidget(this.#actions(data.name, hints));
  }

  protected override onAfterAttach(): void {
    if (this.#passed) addWayBelow(this.#tracker, this.#passed.bar, this.#passed.data);
  }

  #actions(name: string, hints: HintList): Widget {
    const bar = actionBar(this.#app);
    const context = () => ({
      tracker: this.#tracker,
      reportElement: this.node,
      name,
      showStatus: bar.showStatus,
    });
    const put = button("Put the solution into the cell…", () => putSolution(context()), PUT_TITLE);
    put.classList.add("course-put");
    bar.node.prepend(
      ...hintButton(this.#tracker, hints),
      button(
        "Go on with the course's version",
        () => continueWithCourseVersion(context()),
        GO_ON_TITLE,
      ),
      put,
      explanation(goOnNote(name)),
    );
    return bar;
  }
}

/** How much of the exercise's cell stays in view above its report: about six lines. */
const CODE_KEPT = 120;
/** What stays in view above a report, as a part of the page at most. */
const MAX_KEPT = 0.4;

/**
 * From the last lines of the exercise's cell down to a report, in pixels; 0 where that is too far. The
 * report's buttons come first: code stays in view only where there is room above all of the report.
 */
function codeAbove({ widgets, outerNode }: Notebook, check: Cell, report: Element): number {
  const { name } = cellMetadata(check);
  const exercise = widgets.find((cell) => {
    const metadata = cellMetadata(cell);
    return metadata.role === "exercise" && metadata.name === name;
  });
  const code = exercise?.node.querySelector(".jp-Cell-inputWrapper")?.getBoundingClientRect();
  if (!code) return 0;
  const { top, height } = report.getBoundingClientRect();
  const kept = top - code.bottom + Math.min(code.height, CODE_KEPT);
  if (kept <= 0 || kept > MAX_KEPT * outerNode.clientHeight) return 0;
  return Math.max(0, Math.min(kept, outerNode.clientHeight - height - 2 * REVEAL_MARGIN));
}

/**
 * Celebrates a check that passed, and reveals the report of one that the student ran by itself, not
 * among all cells.
 */
function watchChecks(): void {
  NotebookActions.executed.connect((_, { notebook, cell }) => {
    if (cellMetadata(cell).role === "check") void celebrate(notebook, cell);
    const distance = notebook.activeCellIndex - notebook.widgets.indexOf(cell);
    const isAlone = distance === 0 || distance === 1;
    if (isAlone && cellMetadata(cell).role === "check") {
      const report = () => cell.node.querySelector(".jp-OutputArea-output");
      void reveal(notebook, report, undefined, (drawn) => codeAbove(notebook, cell, drawn));
    }
  });
}

export const check: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:check",
  description: "Adds buttons to the course's checks",
  autoStart: true,
  requires: [IRenderMimeRegistry, INotebookTracker],
  activate: (app: JupyterFrontEnd, registry: IRenderMimeRegistry, tracker: INotebookTracker) => {
    addSheet("course-check-style", CSS);
    addSheet("course-buttons-style", BUTTONS_CSS);
    addSheet("course-passed-style", PASSED_CSS);
    watchChecks();
    watchCards(tracker);
    const createRenderer = () => new CheckReport(app, registry, tracker);
    registry.addFactory({ safe: true, mimeTypes: [CHECK_MIME], createRenderer }, 0);
  },
};
