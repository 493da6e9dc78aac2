/**
 * Shows a check's report with buttons below it: the next hint, the solution into the cell, on with
 * the course's version. Without the extension, Jupyter shows the report without the buttons.
 *
 * A saved notebook may come from anyone. Nothing runs without a click, and a click sends the kernel
 * one of two fixed lines that contain nothing but the name of an exercise of the same notebook.
 */
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { INotebookTracker } from "@jupyterlab/notebook";
import { IRenderMimeRegistry, MimeModel } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Panel, Widget } from "@lumino/widgets";
import { continueWithCourseVersion, putSolution } from "./checkActions";
import { readCheck, type CheckData } from "./notebookData";
import { addSheet } from "./page";

const MIME = "application/vnd.course.check+json";

const CSS = `
.course-check-actions { display: flex; flex-wrap: wrap; gap: 0.5em; align-items: center;
  padding: 0.2em 1em 0.4em; border-left: 4px solid var(--jp-error-color1, #d32f2f);
  font-family: var(--jp-ui-font-family); }
.course-check-actions button { font: inherit; padding: 0.35em 0.9em; border-radius: 4px;
  cursor: pointer; border: 1px solid var(--jp-border-color1); background: var(--jp-layout-color1);
  color: var(--jp-ui-font-color1); }
.course-check-actions button:hover { background: var(--jp-layout-color2); }
.course-check-actions button:focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: 2px; }
.course-check-actions [role="status"] { flex-basis: 100%; color: var(--jp-ui-font-color1); }
.course-check-actions [role="status"]:empty { display: none; }
.course-check-hint { padding: 0 1em; border-left: 4px solid var(--jp-error-color1, #d32f2f); }
.course-check > .jp-RenderedHTMLCommon { margin: 0; padding-top: 0; padding-bottom: 0; }
.course-check .course-way-on { display: none; }
`;

class CheckReport extends Panel implements IRenderMime.IRenderer {
  readonly #hints = new Panel();
  readonly #registry: IRenderMimeRegistry;
  readonly #tracker: INotebookTracker;

  constructor(registry: IRenderMimeRegistry, tracker: INotebookTracker) {
    super();
    this.#registry = registry;
    this.#tracker = tracker;
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    for (const widget of [...this.widgets]) widget.dispose();
    const type = model.data["text/html"] === undefined ? "text/plain" : "text/html";
    const report = this.#registry.createRenderer(type);
    this.addWidget(report);
    await report.renderModel(model);
    const data = readCheck(model.data[MIME]);
    if (!data || data.passed) return;
    this.addClass("course-check"); // hides the sentence that describes what the buttons do
    this.addWidget(this.#hints);
    this.addWidget(this.#actions(data));
  }

  #actions({ name, hints, shown }: CheckData): Widget {
    const bar = new Widget();
    bar.addClass("course-check-actions");
    const status = document.createElement("div");
    status.role = "status";
    const say = (text: string) => (status.textContent = text);
    const place = () => ({
      tracker: this.#tracker,
      reportElement: this.node,
      name,
      showStatus: say,
    });
    if (shown < hints.length) bar.node.append(this.#hintButton(hints, shown));
    bar.node.append(
      button("Put the solution into the cell…", () => putSolution(place())),
      button("Go on with the course’s version", () => continueWithCourseVersion(place())),
      status,
    );
    return bar;
  }

  #hintButton(hints: string[], shown: number): HTMLButtonElement {
    let next = shown;
    const words = () => `Show hint ${next + 1} of ${hints.length}`;
    const made = button(words(), async () => {
      await this.#addHint(`**Hint ${next + 1} of ${hints.length}.** ${hints[next]}`);
      next++;
      if (next < hints.length) made.textContent = words();
      else made.remove();
    });
    return made;
  }

  async #addHint(markdown: string): Promise<void> {
    const hint = this.#registry.createRenderer("text/markdown");
    hint.addClass("course-check-hint");
    hint.node.setAttribute("role", "status");
    this.#hints.addWidget(hint);
    await hint.renderModel(new MimeModel({ data: { "text/markdown": markdown }, trusted: false }));
  }
}

/** A button that is disabled while its action runs. */
function button(text: string, press: () => Promise<void>): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.dataset.lmSuppressShortcuts = "true"; // keeps Enter from JupyterLab
  made.addEventListener("click", () => {
    made.disabled = true;
    void press().finally(() => (made.disabled = false));
  });
  return made;
}

export const check: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:check",
  description: "Adds buttons to the course's checks",
  autoStart: true,
  requires: [IRenderMimeRegistry, INotebookTracker],
  activate: (_: JupyterFrontEnd, registry: IRenderMimeRegistry, tracker: INotebookTracker) => {
    addSheet("course-check-style", CSS);
    const createRenderer = () => new CheckReport(registry, tracker);
    registry.addFactory({ safe: true, mimeTypes: [MIME], createRenderer }, 0);
  },
};
