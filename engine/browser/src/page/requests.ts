/**
 * Requests to a kernel's worker, and what becomes of them when the student presses stop. The page
 * can terminate the worker at any moment, so an endless loop in a cell never blocks the page.
 */
import type { Content, KernelResponse } from "../messages";
import type { Message } from "./jupyter";
import { startWorker, type KernelContext, type KernelWorker } from "./kernelWorker";
import { createTypeChecker, type Publish, type TypeChecker } from "./typeChecker";

/** A worker that does not react to an interrupt within this time is terminated. */
const INTERRUPT_TIMEOUT_MS = 3000;

/**
 * If the reader runs no cell for this long, the types' worker starts, so that completions are fast.
 */
const TYPES_START_DELAY_MS = 4000;

const STOPPED = "The code could not be stopped in another way, so its kernel was started again.";
const RUN_ABOVE = "Run the cells above once more. Your text is all there.";

interface PendingRequest {
  message: Message;
  /** Whether the worker has it; false until the worker has started. */
  isSent: boolean;
  resolve(reply: Content | undefined): void;
}

export interface RequestClient {
  /** @returns the reply, where the message has one */
  request(message: Message): Promise<Content | undefined>;
  /** Answers requests about code, and checks the cells that have run. */
  typeChecker(): TypeChecker;
  /** Handles the stop button. */
  stop(): void;
  close(): void;
}

interface State {
  context: KernelContext;
  publish: Publish;
  pending: Map<string, PendingRequest>;
  worker: KernelWorker;
  typeChecker: TypeChecker;
  /** The last cell that has ended: what it left running may still publish output. */
  lastCell: Message | undefined;
  /** Whether the worker has reacted to the last interrupt. */
  isInterrupted: boolean;
  isClosed: boolean;
}

export function createRequestClient(context: KernelContext, publish: Publish): RequestClient {
  const pending = new Map<string, PendingRequest>();
  const state: State = {
    context,
    publish,
    pending,
    worker: undefined as never,
    typeChecker: undefined as never,
    lastCell: undefined,
    isInterrupted: true,
    isClosed: false,
  };
  startWorkers(state);
  const unsubscribe = context.progress.onChange((text) => {
    state.worker.send({ type: "progress", text });
  });
  return {
    request: (message) => sendRequest(state, message),
    typeChecker: () => state.typeChecker,
    stop() {
      stop(state);
    },
    close() {
      state.isClosed = true;
      unsubscribe();
      state.worker.terminate();
      state.typeChecker.close();
      pending.clear();
    },
  };
}

/**
 * The types' worker starts with the first cell, or when the reader runs none for a while, so that
 * the kernel's worker has the processor for itself.
 */
function startWorkers(state: State): void {
  const { context, publish } = state;
  const typeChecker = createTypeChecker(context.base, publish);
  state.typeChecker = typeChecker;
  state.worker = startWorker(context, (response) => {
    handleResponse(state, response);
  });
  void state.worker.ready.then((startError) => {
    if (startError !== undefined) return;
    setTimeout(() => {
      if (state.typeChecker === typeChecker && !state.isClosed) typeChecker.start();
    }, TYPES_START_DELAY_MS);
  });
}

function handleResponse(state: State, response: KernelResponse): void {
  const { context, publish, pending } = state;
  if (response.type === "interrupted") state.isInterrupted = true;
  if (response.type === "progress") context.progress.save(response.text);
  const request = "id" in response ? pending.get(response.id) : undefined;
  if (response.type === "publish") {
    const to = request?.message ?? state.lastCell;
    if (to?.header.msg_id === response.id) publish(to, response.messageType, response.content);
  }
  if (!request) return;
  if (response.type === "executed") state.typeChecker.check(request.message, response.cell);
  if (response.type === "done") request.resolve(response.content);
}

/**
 * The request is pending from the start, so that it can be stopped before the worker has started.
 */
function sendRequest(state: State, message: Message): Promise<Content | undefined> {
  const { pending, worker } = state;
  const { msg_id: id, msg_type: messageType } = message.header;
  return new Promise((resolve) => {
    const request: PendingRequest = {
      message,
      isSent: false,
      resolve(reply) {
        pending.delete(id);
        if (messageType === "execute_request") state.lastCell = message;
        resolve(reply);
      },
    };
    pending.set(id, request);
    void worker.ready.then((startError) => {
      if (!pending.has(id)) return;
      request.isSent = true;
      if (startError === undefined) {
        worker.send({ type: "request", id, messageType, content: message.content });
        return;
      }
      request.resolve(fail(state, message, "Error", `the kernel can't start: ${startError}`));
    });
  });
}

/** Ends a request without the worker. @returns its reply */
function fail({ publish }: State, message: Message, ename: string, evalue: string): Content {
  const failure = { ename, evalue, traceback: [`${ename}: ${evalue}`] };
  const isCell = message.header.msg_type === "execute_request";
  if (isCell) publish(message, "error", failure);
  return { status: isCell ? "error" : "ok", ...failure, execution_count: null };
}

function stop(state: State): void {
  for (const { message, resolve, isSent } of [...state.pending.values()]) {
    if (!isSent) resolve(fail(state, message, "Interrupted", "the cell was stopped"));
  }
  const stopping = [...state.pending.keys()];
  const { worker } = state;
  state.isInterrupted = false;
  worker.send({ type: "interrupt" });
  setTimeout(() => {
    const isStuck = !state.isInterrupted && stopping.some((id) => state.pending.has(id));
    if (isStuck && state.worker === worker) restart(state);
  }, INTERRUPT_TIMEOUT_MS);
}

function restart(state: State): void {
  state.worker.terminate();
  const { typeChecker } = state;
  void typeChecker.checked().then(typeChecker.close); // the last notes on cells that did run
  startWorkers(state);
  state.context.onRestart?.();
  const sentence = `${STOPPED} ${state.context.afterStop ?? RUN_ABOVE}`;
  for (const { message, resolve } of [...state.pending.values()]) {
    resolve(fail(state, message, "Interrupted", sentence));
  }
}
