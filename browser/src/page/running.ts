/** A kernel's worker, from its start to its end. */
import type { FromWorker, ToWorker } from "../messages";
import type { ProgressStore } from "./progress";

/** What every kernel of the page starts with. */
export interface Setting {
  /** The address of the folder `kernel` of the site. */
  base: string;
  device: string | undefined;
  progress: ProgressStore;
}

export interface Running {
  /** Why it could not start; undefined when it did. */
  ready: Promise<string | undefined>;
  tell(message: ToWorker): void;
  end(): void;
}

/** @param hear called with what it says once it has started */
export function startWorker(
  { base, device, progress }: Setting,
  hear: (said: FromWorker) => void,
): Running {
  const worker = new Worker(new URL("worker.js", base), { name: "kernel" });
  const tell = (message: ToWorker) => {
    worker.postMessage(message);
  };
  const ready = new Promise<string | undefined>((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.says === "ready") resolve(undefined);
      else if (data.says === "failed") resolve(data.sentence);
      else hear(data);
    };
    worker.onerror = () => {
      resolve("its program could not be loaded; is there a network?");
    };
  });
  const files = new URL("files/", base).href;
  void progress.read().then((text) => {
    tell({ says: "start", files, device, progress: text });
  });
  return {
    ready,
    tell,
    end: () => {
      worker.terminate();
    },
  };
}
