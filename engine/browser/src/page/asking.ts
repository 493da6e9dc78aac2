/**
 * Questions to a kernel's worker, and what becomes of them when it is stopped. The worker can be
 * ended at any moment, so a loop without an end never takes the page along.
 */
import type { Content, FromWorker } from "../messages";
import { createChecking, type Checking, type Publish } from "./checking";
import type { Message } from "./jupyter";
import { startWorker, type Running, type Setting } from "./running";

/** A worker that does not hear within this time that it should stop is ended. */
const PATIENCE_MS = 3000;

/** A reader who runs no cell for so long gets completions without waiting. */
const UNTIL_TYPES_MS = 4000;

const STOPPED =
  "The cell could not be stopped in another way, so its kernel was started again: run the cells " +
  "above once more. Your text is all there.";

interface Waiting {
  message: Message;
  /** Whether the worker has it; before, it has not started. */
  isSent: boolean;
  done(reply: Content | undefined): void;
}

export interface Asking {
  /** @returns the reply, where the message has one */
  ask(message: Message): Promise<Content | undefined>;
  /** Who answers questions about code, and checks the cells that have run. */
  checking(): Checking;
  /** What the stop button does. */
  stop(): void;
  end(): void;
}

interface State {
  setting: Setting;
  publish: Publish;
  waiting: Map<string, Waiting>;
  running: Running;
  checking: Checking;
  /** The last cell that has ended: what it left running may still say something. */
  last: Message | undefined;
  /** Whether the worker has heard the last stop. */
  hasHeard: boolean;
  hasEnded: boolean;
}

export function startAsking(setting: Setting, publish: Publish): Asking {
  const waiting = new Map<string, Waiting>();
  const state: State = {
    setting,
    publish,
    waiting,
    running: undefined as never,
    checking: undefined as never,
    last: undefined,
    hasHeard: true,
    hasEnded: false,
  };
  start(state);
  const forget = setting.progress.onChange((text) => {
    state.running.tell({ says: "progress", text });
  });
  return {
    ask: (message) => ask(state, message),
    checking: () => state.checking,
    stop() {
      stop(state);
    },
    end() {
      state.hasEnded = true;
      forget();
      state.running.end();
      state.checking.end();
      waiting.clear();
    },
  };
}

/** Types are read with the first cell, or when nobody runs one, so that it has the processor. */
function start(state: State): void {
  const { setting, publish } = state;
  const checking = createChecking(setting.base, publish);
  state.checking = checking;
  state.running = startWorker(setting, hearing(state));
  void state.running.ready.then((trouble) => {
    if (trouble !== undefined) return;
    setTimeout(() => {
      if (state.checking === checking && !state.hasEnded) checking.start();
    }, UNTIL_TYPES_MS);
  });
}

const hearing =
  (state: State) =>
  (said: FromWorker): void => {
    const { setting, publish, waiting } = state;
    if (said.says === "interrupted") state.hasHeard = true;
    if (said.says === "progress") setting.progress.save(said.text);
    const asked = "id" in said ? waiting.get(said.id) : undefined;
    if (said.says === "publish") {
      const to = asked?.message ?? state.last;
      if (to?.header.msg_id === said.id) publish(to, said.type, said.content);
    }
    if (!asked) return;
    if (said.says === "ran") state.checking.check(asked.message, said.cell);
    if (said.says === "done") asked.done(said.content);
  };

/** It waits from the start, so that it can be stopped before the worker has started. */
function ask(state: State, message: Message): Promise<Content | undefined> {
  const { waiting, running } = state;
  const { msg_id: id, msg_type: type } = message.header;
  return new Promise((resolve) => {
    const done = (reply: Content | undefined) => {
      waiting.delete(id);
      if (type === "execute_request") state.last = message;
      resolve(reply);
    };
    const entry = { message, done, isSent: false };
    waiting.set(id, entry);
    void running.ready.then((trouble) => {
      if (!waiting.has(id)) return;
      entry.isSent = true;
      if (trouble === undefined) {
        running.tell({ says: "request", id, type, content: message.content });
      } else {
        done(fail(state, message, "Error", `the kernel can't start: ${trouble}`));
      }
    });
  });
}

/** A cell that ends without the worker. */
function fail({ publish }: State, message: Message, ename: string, evalue: string): Content {
  const failure = { ename, evalue, traceback: [`${ename}: ${evalue}`] };
  const isCell = message.header.msg_type === "execute_request";
  if (isCell) publish(message, "error", failure);
  return { status: isCell ? "error" : "ok", ...failure, execution_count: null };
}

function stop(state: State): void {
  for (const { message, done, isSent } of [...state.waiting.values()]) {
    if (!isSent) done(fail(state, message, "Interrupted", "the cell was stopped"));
  }
  const stopping = [...state.waiting.keys()];
  const { running } = state;
  state.hasHeard = false;
  running.tell({ says: "interrupt" });
  setTimeout(() => {
    const isStuck = !state.hasHeard && stopping.some((id) => state.waiting.has(id));
    if (isStuck && state.running === running) restart(state);
  }, PATIENCE_MS);
}

function restart(state: State): void {
  state.running.end();
  const { checking } = state;
  void checking.checked().then(checking.end); // the last notes on cells that did run
  start(state);
  const lost = [...state.waiting.values()];
  for (const { message, done } of lost) done(fail(state, message, "Interrupted", STOPPED));
}
