/** A kernel's worker, from its start to its end. */
import type { FromWorker, ToWorker } from "../messages";
import type { ProgressStore } from "./progress";

/** What a worker starts with. */
export interface Place {
  /** The address of the folder `kernel` of the site. */
  base: string;
  device: string | undefined;
}

/** What every kernel of the page starts with. */
export interface Setting extends Place {
  progress: ProgressStore;
  /** The worker that started with the page; undefined once a kernel has it, and where none did. */
  takeEarly?(): Launched | undefined;
}

/** A worker that has been told to start. */
export interface Launched {
  worker: Worker;
  /** Why it could not start; undefined when it did. */
  ready: Promise<string | undefined>;
  /** Called with what it says once it has started. */
  hear(said: FromWorker): void;
}

export interface Running {
  /** Why it could not start; undefined when it did. */
  ready: Promise<string | undefined>;
  tell(message: ToWorker): void;
  end(): void;
}

export function launch({ base, device }: Place): Launched {
  const worker = new Worker(new URL("worker.js", base), { name: "kernel" });
  const ready = new Promise<string | undefined>((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.says === "ready") resolve(undefined);
      else if (data.says === "failed") resolve(data.sentence);
      else launched.hear(data);
    };
    worker.onerror = () => {
      resolve("its program could not be loaded; is there a network?");
    };
  });
  const launched: Launched = { worker, ready, hear: () => undefined };
  const start: ToWorker = { says: "start", files: new URL("files/", base).href, device };
  worker.postMessage(start);
  return launched;
}

/**
 * Launches a worker with the page, which itself takes seconds to start.
 * @returns what takes it, once, unless it could not start
 */
export function launchEarly(place: Place): () => Launched | undefined {
  let early: Launched | undefined = launch(place);
  void early.ready.then((trouble) => {
    if (trouble !== undefined) early = undefined;
  });
  return () => {
    const taken = early;
    early = undefined;
    return taken;
  };
}

/** @param hear called with what it says once it has started */
export function startWorker(setting: Setting, hear: (said: FromWorker) => void): Running {
  const launched = setting.takeEarly?.() ?? launch(setting);
  const { worker } = launched;
  launched.hear = hear;
  const tell = (message: ToWorker) => {
    worker.postMessage(message);
  };
  const isTold = setting.progress.read().then((text) => {
    if (text !== undefined) tell({ says: "progress", text });
  });
  return {
    ready: isTold.then(() => launched.ready),
    tell,
    end: () => {
      worker.terminate();
    },
  };
}
