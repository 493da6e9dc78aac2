/**
 * A kernel as JupyterLite knows it: it hands each message to a worker and sends what comes back. The
 * worker can be ended at any moment, so a loop without an end never takes the page along.
 */
import type { Content, FromWorker, ToWorker } from "../messages";
import type { Header, KernelOptions, LiteKernel, Message, Signal } from "./jupyter";
import type { ProgressStore } from "./progress";

/** A cell that can be stopped is stopped within this time; after it, the worker is ended. */
const PATIENCE_MS = 1500;

const STOPPED =
  "The cell could not be stopped in another way, so its kernel was started again: run the cells " +
  "above once more. Your text is all there.";
const FAILED = "The kernel could not start";

/** What a kernel of the page has of its own. */
export interface Setting {
  /** The address of the folder `kernel` of the site. */
  base: string;
  device: string | undefined;
  progress: ProgressStore;
  /** A new signal of Lumino for the kernel. */
  signal(sender: object): Signal;
}

interface Waiting {
  message: Message;
  done(reply: Content | undefined): void;
}

export interface CourseKernel extends LiteKernel {
  /** What the stop button does. */
  interrupt(): void;
}

export function createKernel(options: KernelOptions, setting: Setting): CourseKernel {
  const waiting = new Map<string, Waiting>();
  const send = (to: Message, channel: Message["channel"], type: string, content: Content) => {
    options.sendMessage(answerTo(to, channel, type, content));
  };
  let running = startWorker(setting, hear);

  function hear(said: FromWorker): void {
    if (said.says === "progress") setting.progress.save(said.text);
    if (said.says !== "publish" && said.says !== "done") return;
    const asked = waiting.get(said.id);
    if (!asked) return;
    if (said.says === "publish") send(asked.message, "iopub", said.type, said.content);
    else asked.done(said.content);
  }

  /** Ends the worker and what it was doing, and starts another. */
  function restart(why: string): void {
    running.end();
    running = startWorker(setting, hear);
    for (const { message, done } of [...waiting.values()]) {
      const failure = { ename: "Interrupted", evalue: why, traceback: [why] };
      const isCell = message.header.msg_type === "execute_request";
      if (isCell) send(message, "iopub", "error", failure);
      done({ status: "error", ...failure, execution_count: null });
    }
  }

  async function ask(message: Message): Promise<Content | undefined> {
    const { msg_id: id, msg_type: type } = message.header;
    const trouble = await running.ready;
    if (trouble !== undefined) return failing(message, trouble);
    return new Promise((resolve) => {
      const done = (reply: Content | undefined) => {
        waiting.delete(id);
        resolve(reply);
      };
      waiting.set(id, { message, done });
      running.tell({ says: "request", id, type, content: message.content });
    });
  }

  /** The kernel could not start, and each cell says why. */
  function failing(message: Message, trouble: string): Content {
    const evalue = `${FAILED}: ${trouble}`;
    const failure = { ename: "Error", evalue, traceback: [`Error: ${evalue}`] };
    if (message.header.msg_type !== "execute_request") return { status: "ok" };
    send(message, "iopub", "error", failure);
    return { status: "error", ...failure, execution_count: null };
  }

  const stopCaring = setting.progress.onChange((text) => {
    running.tell({ says: "progress", text });
  });

  const kernel: CourseKernel = {
    id: options.id,
    name: options.name,
    location: options.location,
    ready: Promise.resolve(),
    isDisposed: false,
    disposed: undefined as never,
    async handleMessage(message) {
      send(message, "iopub", "status", { execution_state: "busy" });
      const reply = await ask(message);
      const type = message.header.msg_type.replace(/_request$/, "_reply");
      if (reply) send(message, "shell", type, reply);
      send(message, "iopub", "status", { execution_state: "idle" });
    },
    interrupt() {
      const worker = running;
      const stopping = [...waiting.keys()];
      worker.tell({ says: "interrupt" });
      setTimeout(() => {
        const isStuck = stopping.some((id) => waiting.has(id));
        if (isStuck && running === worker) restart(STOPPED);
      }, PATIENCE_MS);
    },
    dispose() {
      if (kernel.isDisposed) return;
      kernel.isDisposed = true;
      stopCaring();
      running.end();
      waiting.clear();
      kernel.disposed.emit(undefined);
    },
  };
  kernel.disposed = setting.signal(kernel);
  return kernel;
}

function startWorker({ base, device, progress }: Setting, hear: (said: FromWorker) => void) {
  const worker = new Worker(new URL("worker.js", base), { name: "kernel" });
  const tell = (message: ToWorker) => {
    worker.postMessage(message);
  };
  /** Why it could not start; undefined when it did. */
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

function answerTo(
  to: Message,
  channel: Message["channel"],
  type: string,
  content: Content,
): Message {
  const header: Header = {
    msg_id: `${to.header.msg_id}-${channel}-${count++}`,
    msg_type: type,
    session: to.header.session,
    username: "",
    version: "5.3",
    date: new Date().toISOString(),
  };
  return { channel, header, parent_header: to.header, metadata: {}, content, buffers: [] };
}
let count = 0;
