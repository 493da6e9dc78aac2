/**
 * The page's side of the types' worker. Cells never wait for it: what it finds out about one comes as
 * a note under that cell, whenever it is done. A worker that fails, or that does not respond for too
 * long, is terminated; the next one receives the cells that have run, and goes on where the notes
 * end.
 */
import type { ExecutedCell } from "cells";
import type { CodeRequestType, Content, TypesRequest, TypesResponse } from "../messages";
import type { Message } from "./jupyter";

/** A check that takes longer, such as of types that grow without an end, is given up. */
const RESPONSE_TIMEOUT_MS = 60_000;

/** Publishes a message of Jupyter's protocol that belongs to a request. */
export type Publish = (to: Message, messageType: string, content: Content) => void;

export interface TypeChecker {
  /** Starts the worker, so that the first cell finds it ready. */
  start(): void;
  /** Checks a cell that has run. @param message the request that ran it */
  check(message: Message, cell: ExecutedCell): void;
  /** @returns the reply to a request about code, an empty one where a newer request has come */
  request(type: CodeRequestType, message: Message): Promise<Content>;
  /** Resolves once all cells that have run are checked. */
  checked(): Promise<void>;
  close(): void;
}

interface CellEntry {
  message: Message;
  cell: ExecutedCell;
  isChecked: boolean;
}
interface PendingRequest {
  message: Message;
  resolve(reply: Content): void;
}

interface State {
  base: string;
  publish: Publish;
  /** Undefined until it is needed, and after it has failed. */
  worker: Worker | undefined;
  isReady: boolean;
  /** All cells that have run, except those at which a worker has failed. */
  cells: CellEntry[];
  pending: Map<CodeRequestType, PendingRequest>;
  /** Terminates a worker that does not respond. */
  timer: ReturnType<typeof setTimeout> | undefined;
  /** Why the worker could not start; shown once. */
  startError: string | undefined;
  /** Called once all cells are checked. */
  waiters: (() => void)[];
}

/** @param base the address of the folder `kernel` of the site */
export function createTypeChecker(base: string, publish: Publish): TypeChecker {
  const state: State = {
    base,
    publish,
    worker: undefined,
    isReady: false,
    cells: [],
    pending: new Map(),
    timer: undefined,
    startError: undefined,
    waiters: [],
  };
  return {
    start() {
      if (!state.worker) startWorker(state);
    },
    check(message, cell) {
      const entry = { message, cell, isChecked: false };
      state.cells.push(entry);
      post(state, executedMessage(entry));
    },
    request: (type, message) => sendRequest(state, type, message),
    checked: () =>
      new Promise((resolve) => {
        state.waiters.push(resolve);
        resetTimeout(state);
      }),
    close() {
      terminate(state);
      state.cells = [];
      resetTimeout(state);
    },
  };
}

const firstUnchecked = ({ cells }: State) => cells.find(({ isChecked }) => !isChecked);

const executedMessage = ({ message, cell, isChecked }: CellEntry): TypesRequest => ({
  type: "executed",
  id: message.header.msg_id,
  cell,
  isChecked,
});

const requestMessage = (
  messageType: CodeRequestType,
  { header, content }: Message,
): TypesRequest => ({
  type: "request",
  id: header.msg_id,
  messageType,
  content,
});

/** Starts the worker and sends it all cells that have run and all pending requests. */
function startWorker(state: State): void {
  const worker = new Worker(new URL("types.js", state.base), { name: "types" });
  state.worker = worker;
  state.isReady = false;
  worker.onmessage = ({ data }: MessageEvent<TypesResponse>) => {
    handleResponse(state, data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    const notLoaded = "its program could not be loaded; is there a network?";
    handleFailure(state, state.isReady ? event.message : notLoaded);
  };
  const messages: TypesRequest[] = [
    { type: "start", files: new URL("files/", state.base).href },
    ...state.cells.map(executedMessage),
    ...[...state.pending].map(([type, { message }]) => requestMessage(type, message)),
  ];
  for (const message of messages) worker.postMessage(message);
}

/** Posts a message; where no worker runs, starts one, which receives this message with the others. */
function post(state: State, message: TypesRequest): void {
  if (!state.worker) return startWorker(state);
  state.worker.postMessage(message);
  if (!state.timer) resetTimeout(state);
}

function handleResponse(state: State, response: TypesResponse): void {
  if (response.type === "failed") return handleFailure(state, response.reason);
  if (response.type === "ready") {
    state.isReady = true;
    state.startError = undefined;
  } else if (response.type === "checked") {
    const entry = state.cells.find(({ message }) => message.header.msg_id === response.id);
    if (entry) settle(state, entry, response);
  } else {
    for (const [type, { message, resolve }] of state.pending) {
      if (message.header.msg_id !== response.id) continue;
      state.pending.delete(type);
      resolve(response.content);
    }
  }
  resetTimeout(state);
}

/** Shows the result of a cell's check under the cell. */
function settle({ publish }: State, entry: CellEntry, result: { note?: object; error?: string }) {
  entry.isChecked = true;
  if (entry.message.content.silent) return;
  const { note, error } = result;
  if (note) publish(entry.message, "display_data", note as Content);
  if (error === undefined) return;
  const text = `TypeScript could not check this cell: ${error}\n`;
  publish(entry.message, "stream", { name: "stderr", text });
}

/** Restarts the time that the worker has for its next response, where one is due. */
function resetTimeout(state: State): void {
  clearTimeout(state.timer);
  state.timer = undefined;
  const allChecked = !firstUnchecked(state);
  if (allChecked) for (const resolve of state.waiters.splice(0)) resolve();
  if (!state.isReady || (allChecked && state.pending.size === 0)) return;
  state.timer = setTimeout(() => {
    handleFailure(state, `it took more than ${RESPONSE_TIMEOUT_MS / 1000} s`);
  }, RESPONSE_TIMEOUT_MS);
}

/** The cell at which the worker failed isn't tried again; the next worker checks the others. */
function handleFailure(state: State, error: string): void {
  const wasReady = state.isReady;
  terminate(state);
  const entry = firstUnchecked(state);
  if (entry && state.startError !== error) settle(state, entry, { error });
  if (wasReady) state.cells = state.cells.filter((other) => other !== entry);
  else {
    state.startError = error;
    for (const other of state.cells) other.isChecked = true;
  }
  if (firstUnchecked(state)) startWorker(state);
  resetTimeout(state);
}

/** Terminates the worker; pending requests resolve to an empty reply. */
function terminate(state: State): void {
  state.worker?.terminate();
  state.worker = undefined;
  state.isReady = false;
  for (const [type, { message, resolve }] of state.pending) resolve(emptyReply(type, message));
  state.pending.clear();
}

/** Of each type, only the newest request is answered; an older one gets an empty reply. */
function sendRequest(state: State, type: CodeRequestType, message: Message): Promise<Content> {
  const older = state.pending.get(type);
  older?.resolve(emptyReply(type, older.message));
  return new Promise((resolve) => {
    state.pending.set(type, { message, resolve });
    post(state, requestMessage(type, message));
  });
}

function emptyReply(type: CodeRequestType, { content }: Message): Content {
  if (type === "inspect_request") return { status: "ok", found: false, data: {}, metadata: {} };
  const { cursor_pos: at } = content;
  return {
    status: "ok",
    matches: [],
    cursor_start: at,
    cursor_end: at,
    metadata: {},
  };
}
