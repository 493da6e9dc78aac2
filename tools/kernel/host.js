/** What `course` needs of the kernel: outputs of several mime types, updates of an output, and a signal when the student presses stop. */
import { tslab } from "./modules.js";

let controller = new AbortController();

/** Each cell has a signal of its own: a loop that an interrupted cell left behind stays interrupted. */
export const newSignal = () => { controller = new AbortController(); };
export const wasInterrupted = () => controller.signal.aborted;

export function openHost() {
  process.on("SIGINT", () => controller.abort(new Error("the cell was stopped")));
  globalThis[Symbol.for("course.kernel")] = {
    signal: () => controller.signal,
    display: (data, metadata, id, update) =>
      tslab("jupyter").lastWriteDisplayData({ data, metadata, transient: id ? { display_id: id } : {} }, update),
  };
}
