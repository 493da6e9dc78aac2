/** The kernel's worker as the page sees it, from its start to its end. */
import type { KernelRequest, KernelResponse } from "../messages";
import type { ProgressStore } from "./storage";

/** What a worker starts with. */
export interface WorkerOptions {
  /** The address of the folder `kernel` of the site. */
  base: string;
  device: string | undefined;
}

/** What every kernel of the page starts with. */
export interface KernelContext extends WorkerOptions {
  progress: ProgressStore;
  /** Takes the worker that started with the page; undefined once it is taken, or without one. */
  takeEarly?(): LaunchedWorker | undefined;
  /** Called when a kernel had to start anew, without what its cells had defined. */
  onRestart?(): void;
  /** What the reader does after such a start; a notebook's cells run once more unless given. */
  afterStop?: string;
}

/** A worker that has received its start message. */
export interface LaunchedWorker {
  worker: Worker;
  /** Why it could not start; undefined when it did. */
  ready: Promise<string | undefined>;
  /** Called with its responses once it has started. */
  onResponse(response: KernelResponse): void;
}

export interface KernelWorker {
  /** Why it could not start; undefined when it did. */
  ready: Promise<string | undefined>;
  send(message: KernelRequest): void;
  terminate(): void;
}

function launchWorker({ base, device }: WorkerOptions): LaunchedWorker {
  const worker = new Worker(new URL("worker.js", base), { name: "kernel" });
  const ready = new Promise<string | undefined>((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<KernelResponse>) => {
      if (data.type === "ready") resolve(undefined);
      else if (data.type === "failed") resolve(data.reason);
      else launched.onResponse(data);
    };
    worker.onerror = () => {
      resolve("its program could not be loaded; is there a network?");
    };
  });
  const launched: LaunchedWorker = { worker, ready, onResponse: () => undefined };
  const start: KernelRequest = { type: "start", files: new URL("files/", base).href, device };
  worker.postMessage(start);
  return launched;
}

/**
 * Launches a worker together with the page, which itself takes seconds to start.
 * @returns a function that takes the worker, once, unless it could not start
 */
export function launchWorkerEarly(options: WorkerOptions): () => LaunchedWorker | undefined {
  let early: LaunchedWorker | undefined = launchWorker(options);
  void early.ready.then((startError) => {
    if (startError !== undefined) early = undefined;
  });
  return () => {
    const taken = early;
    early = undefined;
    return taken;
  };
}

/** @param onResponse called with the worker's responses once it has started */
export function startWorker(
  context: KernelContext,
  onResponse: (response: KernelResponse) => void,
): KernelWorker {
  const launched = context.takeEarly?.() ?? launchWorker(context);
  const { worker } = launched;
  launched.onResponse = onResponse;
  const send = (message: KernelRequest) => {
    worker.postMessage(message);
  };
  const progressSent = context.progress.read().then((text) => {
    if (text !== undefined) send({ type: "progress", text });
  });
  return {
    ready: progressSent.then(() => launched.ready),
    send,
    terminate: () => {
      worker.terminate();
    },
  };
}
