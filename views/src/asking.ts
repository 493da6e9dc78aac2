/**
 * Asks a kernel without flooding it: one question is on its way at a time, and while it is, only
 * the newest of the others waits.
 */
import type { Channel, Kernel } from "./view";

/** "connecting": until the kernel says that the cell has run. */
export type State = "connecting" | "ready" | "asking" | "closed";

export interface Asking {
  ask(question: unknown): void;
  close(): void;
}

/**
 * @param opening what the channel is opened with
 * @param heard called with each answer
 * @param changed called with each new state
 */
export function asking(
  kernel: Kernel,
  opening: Record<string, unknown>,
  heard: (answer: unknown) => void,
  changed: (state: State) => void,
): Asking {
  let channel: Channel | undefined;
  let state: State = "closed";
  let waiting: { question: unknown } | undefined;
  /** Counts channels: what an earlier one still says does not matter. */
  let connection = 0;

  const turn = (to: State) => {
    state = to;
    changed(to);
  };
  const next = () => {
    if (state !== "ready" || !waiting) return;
    const { question } = waiting;
    waiting = undefined;
    turn("asking");
    channel?.send(question);
  };
  const connect = () => {
    channel?.close();
    const own = ++connection;
    const ifCurrent = (then: () => void) => {
      if (own === connection) then();
    };
    turn("connecting");
    channel = kernel.open(opening, {
      ready: () =>
        ifCurrent(() => {
          turn("ready");
          next();
        }),
      received: (answer) =>
        ifCurrent(() => {
          turn("ready");
          heard(answer);
          next();
        }),
      closed: () =>
        ifCurrent(() => {
          waiting = undefined;
          turn("closed");
        }),
    });
  };
  const stop = kernel.onChange(connect);
  connect();
  return {
    ask(question) {
      waiting = { question };
      next();
    },
    close() {
      stop();
      connection++;
      channel?.close();
    },
  };
}
