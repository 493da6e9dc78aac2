import { expect, test } from "vitest";
import { createRequester, type ConnectionState } from "./requester";
import type { KernelConnection, ChannelListener } from "./view";

/** A kernel that answers when it is told to. */
function stage() {
  const sent: unknown[] = [];
  const listeners: ChannelListener[] = [];
  const states: ConnectionState[] = [];
  const heard: unknown[] = [];
  let changed = () => undefined as unknown;
  let closed = 0;
  const kernel: KernelConnection = {
    open(_, listener) {
      listeners.push(listener);
      return { send: (data) => sent.push(data), close: () => closed++ };
    },
    onChange(callback) {
      changed = callback;
      return () => (changed = () => undefined);
    },
  };
  const link = createRequester(
    kernel,
    { id: "a" },
    (answer) => heard.push(answer),
    (state) => states.push(state),
  );
  return { sent, listeners, states, heard, link, change: () => changed(), closed: () => closed };
}

test("one question is on its way at a time, and the newest of the others follows", () => {
  const { sent, listeners, heard, link, states } = stage();
  link.request(1);
  expect(sent).toEqual([]); // the kernel has not said that it is there
  listeners[0]!.ready();
  for (const value of [2, 3, 4]) link.request(value);
  expect(sent).toEqual([1]);
  listeners[0]!.received("one");
  expect(sent).toEqual([1, 4]);
  listeners[0]!.received("four");
  expect(heard).toEqual(["one", "four"]);
  expect(sent).toEqual([1, 4]);
  expect(states.at(-1)).toBe("ready");
});

test("a channel that is closed asks nothing, until another kernel comes", () => {
  const { sent, listeners, states, link, change } = stage();
  listeners[0]!.closed();
  link.request(1);
  expect([sent, states.at(-1)]).toEqual([[], "closed"]);
  change();
  expect(listeners).toHaveLength(2);
  listeners[1]!.ready();
  link.request(2);
  expect(sent).toEqual([2]);
});

test("what the kernel before still says does not count", () => {
  const { heard, listeners, states, link, change, closed } = stage();
  listeners[0]!.ready();
  link.request(1);
  change();
  expect([closed(), states.at(-1)]).toEqual([1, "connecting"]);
  listeners[0]!.received("late");
  listeners[0]!.closed();
  expect([heard, states.at(-1)]).toEqual([[], "connecting"]);
  listeners[1]!.ready();
  expect(states.at(-1)).toBe("ready");
  link.close();
  listeners[1]!.received("after the end");
  expect(heard).toEqual([]);
});
