/** Says where a run of several cells stopped, and leads there. */
import { Notification } from "@jupyterlab/apputils";
import type { CodeCell } from "@jupyterlab/cells";
import type { Notebook } from "@jupyterlab/notebook";
import { errorsOf } from "./lesson";
import { stubName } from "./notebookData";
import { reveal, type Target } from "./reveal";

/** "Stopped at softmax: not written yet.", or the first sentence of another error. */
function stopMessage(cell: CodeCell): string {
  const [message = ""] = errorsOf(cell);
  const stub = stubName(message);
  if (stub !== undefined) return `Stopped at ${stub}: not written yet.`;
  return `Stopped: ${message.split(/\. |\n/)[0] || "a cell failed"}.`;
}

/** How long the notice stays. */
const STOP_NOTICE_MS = 8_000;

/** How much of the page a notice covers at the bottom, in pixels. */
const NOTICE_HEIGHT = 120;

/** An element as what has to stay in view above a notice. */
function aboveNotice(element: Element | null): Target | undefined {
  if (!element) return undefined;
  const getBoundingClientRect = () => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return new DOMRect(left, top, width, height + NOTICE_HEIGHT);
  };
  return { isConnected: element.isConnected, getBoundingClientRect };
}

/**
 * Says where the run of all cells stopped, with a way there. A notebook whose reader has chosen no
 * other cell since goes to the stopped cell by itself.
 * @returns the id of the notice
 */
export function showStop(notebook: Notebook, cell: CodeCell, isWaiting: boolean): string {
  const go = async () => {
    if (cell.isDisposed) return;
    const index = notebook.widgets.indexOf(cell);
    notebook.deselectAll();
    notebook.activeCellIndex = index;
    notebook.mode = "command";
    await notebook.scrollToItem(index, "smart");
    await reveal(notebook, () => aboveNotice(cell.node.querySelector(".jp-OutputArea")));
  };
  if (isWaiting) void go();
  return Notification.warning(stopMessage(cell), {
    actions: [{ label: "Go to the cell", callback: () => void go() }],
    autoClose: STOP_NOTICE_MS,
  });
}
