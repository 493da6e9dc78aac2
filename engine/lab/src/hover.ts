/**
 * Shows the signature and the first sentence of a name under the mouse, which the kernel explains.
 */
import { StateEffect } from "@codemirror/state";
import { hoverTooltip, type EditorView, type Tooltip } from "@codemirror/view";
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { INotebookTracker, type NotebookPanel } from "@jupyterlab/notebook";
import { isCode, viewOf, watchLessons } from "./lesson";
import { nameAt, shortOf } from "./notebookData";
import { addSheet } from "./page";

const CSS = `
.course-hover { max-width: 44em; padding: 0.4em 0.7em; font-family: var(--jp-ui-font-family);
  font-size: var(--jp-ui-font-size1); color: var(--jp-ui-font-color1);
  background: var(--jp-layout-color1); }
.course-hover code { display: block; white-space: pre-wrap; font-family: var(--jp-code-font-family);
  font-size: var(--jp-code-font-size); }
.course-hover p { margin: 0.3em 0 0; }
`;

const DELAY_MS = 350;
/** Requests an explanation, unless the kernel is busy: then the response would come too late. */
async function explanation(panel: NotebookPanel, code: string, at: number): Promise<string> {
  const kernel = panel.sessionContext.session?.kernel;
  if (kernel?.status !== "idle") return "";
  const cursor_pos = [...code.slice(0, at)].length; // Jupyter counts characters
  const { content } = await kernel.requestInspect({ code, cursor_pos, detail_level: 0 });
  const text = content.status === "ok" && content.found ? content.data["text/plain"] : "";
  return typeof text === "string" ? text : "";
}

function boxOf(text: string): HTMLElement {
  const { signature, sentence } = shortOf(text);
  const box = document.createElement("div");
  box.className = "course-hover";
  const code = document.createElement("code");
  code.textContent = signature;
  box.append(code);
  if (sentence === "") return box;
  const paragraph = document.createElement("p");
  paragraph.textContent = sentence;
  box.append(paragraph);
  return box;
}

async function tooltipAt(
  panel: NotebookPanel,
  view: EditorView,
  position: number,
): Promise<Tooltip | null> {
  const line = view.state.doc.lineAt(position);
  const name = nameAt(line.text, position - line.from);
  if (!name) return null;
  const [from, to] = [line.from + name[0], line.from + name[1]];
  const text = await explanation(panel, view.state.doc.toString(), from);
  return text === ""
    ? null
    : { pos: from, end: to, above: true, create: () => ({ dom: boxOf(text) }) };
}

export const hover: JupyterFrontEndPlugin<void> = {
  id: "foundation-models-lab:hover",
  description: "Shows the signature of a name under the mouse",
  autoStart: true,
  requires: [INotebookTracker],
  activate: (_: JupyterFrontEnd, tracker: INotebookTracker): void => {
    addSheet("course-hover-style", CSS);
    watchLessons(tracker, (cell, panel) => {
      if (!isCode(cell)) return;
      const source = (view: EditorView, position: number) =>
        tooltipAt(panel, view, position).catch(() => null); // the kernel ended during the request
      void cell.ready.then(() => {
        const extension = hoverTooltip(source, { hoverTime: DELAY_MS, hideOnChange: true });
        viewOf(cell)?.dispatch({ effects: StateEffect.appendConfig.of(extension) });
      });
    });
  },
};
