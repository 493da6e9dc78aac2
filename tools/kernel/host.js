/**
 * What `course` needs of the kernel: outputs of several mime types, updates of an output, and a
 * signal when the student presses stop.
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
  };
}
