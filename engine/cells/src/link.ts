/**
 * What the package `course` needs of a kernel: outputs of several MIME types, updates of an output,
 * a signal when the student presses stop, a call before a cell ends, which names are older than
 * their newest text, in which line something was thrown, and comms, the channels of Jupyter's
 * protocol on which a page sends requests to the notebook's own code.
 */
import type { CellLine } from "./errors";

/** Answers the requests on the channels of one name. */
export interface Target {
  /** Whether to accept a channel that a page opens with this data; if not, it is closed at once. */
  takes(data: unknown): boolean;
  /** @returns the data of the answer */
  answer(data: unknown, opened: unknown): Promise<unknown>;
}

/** Sends a message of the protocol: its type and its content. */
export type Publish = (type: "comm_msg" | "comm_close", content: object) => void;

interface Comm {
  name: string;
  target: Target;
  opened: unknown;
}

type Content = Record<string, unknown>;

/** @param targetOf finds the target of a name; undefined if there is none */
export function createComms(targetOf: (name: string) => Target | undefined) {
  const comms = new Map<string, Comm>();
  const idOf = ({ comm_id: id }: Content) => (typeof id === "string" ? id : "");
  return {
    /** Sends `{ ready: true }` on a channel that the target accepts. */
    open(content: Content, publish: Publish): void {
      const id = idOf(content);
      const { target_name: name } = content;
      const target = typeof name === "string" ? targetOf(name) : undefined;
      if (!target?.takes(content.data)) return publish("comm_close", { comm_id: id, data: {} });
      comms.set(id, { name: name as string, target, opened: content.data });
      publish("comm_msg", { comm_id: id, data: { ready: true } });
    },
    async message(content: Content, publish: Publish): Promise<void> {
      const id = idOf(content);
      const comm = comms.get(id);
      if (!comm) return publish("comm_close", { comm_id: id, data: {} });
      const data = await comm.target.answer(content.data, comm.opened);
      if (comms.has(id)) publish("comm_msg", { comm_id: id, data });
    },
    close(content: Content): void {
      comms.delete(idOf(content));
    },
    /** The open channels: all of them, or those of one target. */
    info({ target_name: wanted }: Content): Record<string, { target_name: string }> {
      const open = [...comms].filter(([, { name }]) => wanted === undefined || wanted === name);
      return Object.fromEntries(open.map(([id, { name }]) => [id, { target_name: name }]));
    },
  };
}

/** The content of display_data, and whether it updates an output that is there. */
export type Display = (content: object, update: boolean) => void;

interface Calls {
  call<T>(f: () => T): T;
  isInterrupt(thrown: unknown): boolean;
  lineOf(thrown: unknown): CellLine | undefined;
}

export type Link = ReturnType<typeof createLink>;

export function createLink() {
  let controller = new AbortController();
  const targets = new Map<string, Target>();
  const lastCalls = new Set<() => void>();
  const uncompiled = new Set<string>();
  return {
    /** The newest text that defines these names doesn't compile; their older values remain. */
    cellFailed: (names: readonly string[]) => names.forEach((name) => uncompiled.add(name)),
    cellRan: (names: readonly string[]) => names.forEach((name) => uncompiled.delete(name)),
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
    /** Answers the requests that a page sends to a name. */
    targetOf: (name: string) => targets.get(name),
    /** Runs the calls that must happen before the cell ends, such as showing the last frame. */
    beforeEnd() {
      const calls = [...lastCalls];
      lastCalls.clear();
      for (const call of calls) call();
    },
    /**
     * Lets `course` find the kernel.
     * @param folder the notebook's
     * @param namesOf the names under which cells hold a value
     * @param calls calls a function in a way that the student can stop, and knows what that throws
     *   and in which line of a cell something was thrown
     */
    open(display: Display, folder: string, namesOf: (value: unknown) => string[], calls: Calls) {
      (globalThis as Record<symbol, unknown>)[Symbol.for("course.kernel")] = {
        folder,
        namesOf,
        ...calls,
        signal: () => controller.signal,
        display: (data: object, metadata: object, id: string | undefined, update: boolean) =>
          display({ data, metadata, transient: id ? { display_id: id } : {} }, update),
        serve: (name: string, target: Target) => targets.set(name, target),
        beforeEnd: (call: () => void) => lastCalls.add(call),
        isUncompiled: (name: string) => uncompiled.has(name),
      };
    },
  };
}
