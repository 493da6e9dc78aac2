/**
 * What `course` needs of the kernel: outputs of several mime types, updates of an output, a signal
 * when the student presses stop, a call before a cell ends, and questions that a page asks.
 */

let controller = new AbortController();

/**
 * Each cell has a signal of its own: a loop that an interrupted cell left behind stays interrupted.
 */
export const newSignal = () => {
  controller = new AbortController();
};
export const wasInterrupted = () => controller.signal.aborted;

/** A promise that rejects when the running cell is stopped. */
export function untilStopped() {
  const { signal } = controller;
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

const targets = new Map();
/** Who answers what a page asks under a name, see cells/src/comms.ts. */
export const targetOf = (name) => targets.get(name);

const lastCalls = new Set();
/** What waits to be shown is shown before the cell ends. */
export function beforeEnd() {
  const calls = [...lastCalls];
  lastCalls.clear();
  for (const call of calls) call();
}

/**
 * @param display sends an output: (content of display_data, whether it updates one)
 * @param folder the notebook's
 */
export function openHost(display, folder) {
  process.on("SIGINT", () => controller.abort(new Error("the cell was stopped")));
  globalThis[Symbol.for("course.kernel")] = {
    folder,
    signal: () => controller.signal,
    display: (data, metadata, id, update) =>
      display({ data, metadata, transient: id ? { display_id: id } : {} }, update),
    serve: (name, target) => targets.set(name, target),
    beforeEnd: (call) => lastCalls.add(call),
  };
}
