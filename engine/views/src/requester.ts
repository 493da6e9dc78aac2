/**
 * Sends requests to a kernel without flooding it: one request is pending at a time, and meanwhile
 * only the newest of the others waits.
 */
import type { Channel, KernelConnection, ChannelListener } from "./view";

/** "connecting" lasts until the kernel reports that the cell has run. */
export type ConnectionState = "connecting" | "ready" | "asking" | "closed";

export interface Requester {
  request(data: unknown): void;
  close(): void;
}

/**
 * A channel that reopens whenever the page gets another kernel. Messages of earlier channels are
 * ignored.
 */
function openAndReopen(
  kernel: KernelConnection,
  opening: Record<string, unknown>,
  begins: () => void,
  to: ChannelListener,
): Channel {
  let channel: Channel | undefined;
  let current = 0;
  const connect = () => {
    channel?.close();
    const own = ++current;
    const ifCurrent = (then: () => void) => {
      if (own === current) then();
    };
    begins();
    channel = kernel.open(opening, {
      ready: () => ifCurrent(to.ready),
      received: (data) => ifCurrent(() => to.received(data)),
      closed: () => ifCurrent(to.closed),
    });
  };
  const stop = kernel.onChange(connect);
  connect();
  return {
    send: (data) => channel?.send(data),
    close() {
      stop();
      current++;
      channel?.close();
    },
  };
}

/**
 * @param opening the data of the message that opens the channel
 * @param onResponse called with each response
 * @param onState called with each new state
 */
export function createRequester(
  kernel: KernelConnection,
  opening: Record<string, unknown>,
  onResponse: (response: unknown) => void,
  onState: (state: ConnectionState) => void,
): Requester {
  let state: ConnectionState = "closed";
  let waiting: { question: unknown } | undefined;

  const setState = (to: ConnectionState) => {
    state = to;
    onState(to);
  };
  const next = () => {
    if (state !== "ready" || !waiting) return;
    const { question: data } = waiting;
    waiting = undefined;
    setState("asking");
    channel.send(data);
  };
  const channel = openAndReopen(kernel, opening, () => setState("connecting"), {
    ready() {
      setState("ready");
      next();
    },
    received(response) {
      setState("ready");
      onResponse(response);
      next();
    },
    closed() {
      waiting = undefined;
      setState("closed");
    },
  });
  const request = (data: unknown) => {
    if (state === "closed") return;
    waiting = { question: data };
    next();
  };
  return { request: request, close: channel.close };
}
