/**
 * The worker that knows types, as the page has it. Cells never wait for it: what it finds out about
 * one comes as a note under that cell, whenever it is done. One that dies, or says nothing for too
 * long, is ended; the next one is told what has run, and goes on where the notes end.
 */
import type { Ran } from "cells";
import type { Content, FromTypes, Question, ToTypes } from "../messages";
import type { Message } from "./jupyter";

/** What takes longer, such as types that grow without an end, is given up. */
const PATIENCE_MS = 60_000;

/** Sends what belongs to a message: (the message, type, content). */
export type Publish = (to: Message, type: string, content: Content) => void;

export interface Checking {
  /** Starts the worker, so that the first cell finds it ready. */
  start(): void;
  /** Has a cell that has run checked. @param message the request to run it */
  check(message: Message, cell: Ran): void;
  /** @returns the reply to a question about code, an empty one where a newer question has come */
  ask(type: Question, message: Message): Promise<Content>;
  /** Resolves once all cells are checked that have run. */
  checked(): Promise<void>;
  end(): void;
}

interface Entry {
  message: Message;
  cell: Ran;
  isTold: boolean;
}
interface Asked {
  message: Message;
  done(reply: Content): void;
}

interface State {
  base: string;
  publish: Publish;
  /** Undefined until it is needed, and after it has died. */
  worker: Worker | undefined;
  isReady: boolean;
  /** All that have run, except those at which a worker has died. */
  cells: Entry[];
  questions: Map<Question, Asked>;
  /** Ends a worker that says nothing. */
  timer: ReturnType<typeof setTimeout> | undefined;
  /** Why the worker could not start; told once. */
  trouble: string | undefined;
  /** Called once nothing is waiting. */
  calls: (() => void)[];
}

/** @param base the address of the folder `kernel` of the site */
export function createChecking(base: string, publish: Publish): Checking {
  const state: State = {
    base,
    publish,
    worker: undefined,
    isReady: false,
    cells: [],
    questions: new Map(),
    timer: undefined,
    trouble: undefined,
    calls: [],
  };
  return {
    start() {
      if (!state.worker) start(state);
    },
    check(message, cell) {
      const entry = { message, cell, isTold: false };
      state.cells.push(entry);
      send(state, ranAs(entry));
    },
    ask: (type, message) => ask(state, type, message),
    checked: () =>
      new Promise((resolve) => {
        state.calls.push(resolve);
        watch(state);
      }),
    end() {
      stop(state);
      state.cells = [];
      watch(state);
    },
  };
}

const firstUntold = ({ cells }: State) => cells.find(({ isTold }) => !isTold);

const ranAs = ({ message, cell, isTold }: Entry): ToTypes => ({
  says: "ran",
  id: message.header.msg_id,
  cell,
  isTold,
});

const questionAs = (type: Question, { header, content }: Message): ToTypes => ({
  says: "question",
  id: header.msg_id,
  type,
  content,
});

/** Starts the worker and tells it all there is. */
function start(state: State): void {
  const worker = new Worker(new URL("types.js", state.base), { name: "types" });
  state.worker = worker;
  state.isReady = false;
  worker.onmessage = ({ data }: MessageEvent<FromTypes>) => {
    hear(state, data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    const unloaded = "its program could not be loaded; is there a network?";
    die(state, state.isReady ? event.message : unloaded);
  };
  const files = new URL("files/", state.base).href;
  const messages: ToTypes[] = [{ says: "start", files }, ...state.cells.map(ranAs)];
  for (const message of messages) worker.postMessage(message);
  for (const [type, { message }] of state.questions) worker.postMessage(questionAs(type, message));
}

/** A worker that is started here is told all, this message among it. */
function send(state: State, message: ToTypes): void {
  if (!state.worker) return start(state);
  state.worker.postMessage(message);
  if (!state.timer) watch(state);
}

function hear(state: State, said: FromTypes): void {
  if (said.says === "failed") return die(state, said.sentence);
  if (said.says === "ready") {
    state.isReady = true;
    state.trouble = undefined;
  } else if (said.says === "checked") {
    const entry = state.cells.find(({ message }) => message.header.msg_id === said.id);
    if (entry) settle(state, entry, said);
  } else {
    for (const [type, { message, done }] of state.questions) {
      if (message.header.msg_id !== said.id) continue;
      state.questions.delete(type);
      done(said.content);
    }
  }
  watch(state);
}

function settle({ publish }: State, entry: Entry, found: { note?: object; trouble?: string }) {
  entry.isTold = true;
  if (entry.message.content.silent) return;
  const { note, trouble } = found;
  if (note) publish(entry.message, "display_data", note as Content);
  if (trouble === undefined) return;
  const text = `TypeScript could not check this cell: ${trouble}\n`;
  publish(entry.message, "stream", { name: "stderr", text });
}

/** Gives the worker time for its next answer, where it owes one. */
function watch(state: State): void {
  clearTimeout(state.timer);
  state.timer = undefined;
  const isDone = !firstUntold(state);
  if (isDone) for (const call of state.calls.splice(0)) call();
  if (!state.isReady || (isDone && state.questions.size === 0)) return;
  state.timer = setTimeout(() => {
    die(state, `it took more than ${PATIENCE_MS / 1000} s`);
  }, PATIENCE_MS);
}

/** The cell at which it died isn't tried again; the others are, by the next worker. */
function die(state: State, why: string): void {
  const wasReady = state.isReady;
  stop(state);
  const entry = firstUntold(state);
  if (entry && state.trouble !== why) settle(state, entry, { trouble: why });
  if (wasReady) state.cells = state.cells.filter((other) => other !== entry);
  else {
    state.trouble = why;
    for (const other of state.cells) other.isTold = true;
  }
  if (firstUntold(state)) start(state);
  watch(state);
}

/** Ends the worker; who has asked gets an empty answer. */
function stop(state: State): void {
  state.worker?.terminate();
  state.worker = undefined;
  state.isReady = false;
  for (const [type, { message, done }] of state.questions) done(nothing(type, message));
  state.questions.clear();
}

/** Of each kind, the newest question is answered. */
function ask(state: State, type: Question, message: Message): Promise<Content> {
  const older = state.questions.get(type);
  older?.done(nothing(type, older.message));
  return new Promise((done) => {
    state.questions.set(type, { message, done });
    send(state, questionAs(type, message));
  });
}

/** The answer of somebody who knows nothing. */
function nothing(type: Question, { content }: Message): Content {
  if (type === "inspect_request") return { status: "ok", found: false, data: {}, metadata: {} };
  const { cursor_pos: at } = content;
  return { status: "ok", matches: [], cursor_start: at, cursor_end: at, metadata: {} };
}
