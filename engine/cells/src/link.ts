/**
 * What the package `course` needs of a kernel: outputs of several mime types, updates of an output,
 * a signal when the student presses stop, a call before a cell ends, and questions that a page asks.
 */
import type { Target } from "./comms";

/** The content of display_data, and whether it updates an output that is there. */
export type Display = (content: object, update: boolean) => void;

export type Link = ReturnType<typeof createLink>;

export function createLink() {
  let controller = new AbortController();
  const targets = new Map<string, Target>();
  const lastCalls = new Set<() => void>();
  return {
    /** Each cell has its own: a loop that an interrupted cell left behind stays interrupted. */
    newSignal() {
      controller = new AbortController();
    },
    stop() {
      controller.abort(new Error("the cell was stopped"));
    },
    wasStopped: () => controller.signal.aborted,
    /** A promise that rejects when the running cell is stopped. */
    untilStopped(): Promise<never> {
      const { signal } = controller;
      return new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      });
    },
    /** Who answers what a page asks under a name, see comms.ts. */
    targetOf: (name: string) => targets.get(name),
    /** What waits to be shown is shown before the cell ends. */
    beforeEnd() {
      const calls = [...lastCalls];
      lastCalls.clear();
      for (const call of calls) call();
    },
    /** Lets `course` find the kernel. @param folder the notebook's */
    open(display: Display, folder: string) {
      (globalThis as Record<symbol, unknown>)[Symbol.for("course.kernel")] = {
        folder,
        signal: () => controller.signal,
        display: (data: object, metadata: object, id: string | undefined, update: boolean) =>
          display({ data, metadata, transient: id ? { display_id: id } : {} }, update),
        serve: (name: string, target: Target) => targets.set(name, target),
        beforeEnd: (call: () => void) => lastCalls.add(call),
      };
    },
  };
}
