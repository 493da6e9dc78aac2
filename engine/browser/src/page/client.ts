/**
 * A kernel for a page of its own, without JupyterLab: code in, outputs out. The worker, the
 * reader's progress and the copies of notebooks are those that JupyterLite uses on the same site.
 */
import type { Content } from "../messages";
import { browserContents } from "./contents";
import type { Message } from "./jupyter";
import { notebooksStore } from "../stores";
import { createRequestClient } from "./requests";
import { makeStores, progressStore } from "./storage";

export { storedFiles } from "./storage";
export { notebooksStore } from "../stores";
export { browserContents, type BrowserContents } from "./contents";

/** An output or an error of code, as Jupyter's protocol names its parts. */
export interface PageOutput {
  type: "stream" | "display_data" | "update_display_data" | "execute_result" | "error";
  content: Content;
}

export interface PageKernelOptions {
  /** The address of the site's folder `run`, with a / at its end. */
  run: string;
  /** The path at which the site is served, which names the stores of its files. */
  base: string;
  /** Shows a sentence about what can't be kept. */
  warn(message: string): void;
  /** Called when the kernel had to start anew, without what its cells had defined. */
  onRestart(): void;
}

/** A channel to a function in the kernel; the same shape as that of views. */
export interface Channel {
  send(data: unknown): void;
  close(): void;
}
export interface ChannelListener {
  ready(): void;
  received(data: unknown): void;
  closed(): void;
}

export interface PageKernel {
  /**
   * Runs code as a cell.
   * @returns undefined, or what went wrong
   */
  run(code: string, onOutput: (output: PageOutput) => void): Promise<string | undefined>;
  /** Opens a channel to the functions that a cell offers under a name. */
  open(target: string, data: Record<string, unknown>, listener: ChannelListener): Channel;
  stop(): void;
}

const OUTPUTS = ["stream", "display_data", "update_display_data", "execute_result", "error"];
const isOutput = (type: string): type is PageOutput["type"] => OUTPUTS.includes(type);

/** Starts a kernel. It lives as long as the page. */
export async function startPageKernel(options: PageKernelOptions): Promise<PageKernel> {
  const { run, base, warn, onRestart } = options;
  const name = notebooksStore(base);
  await makeStores((option) => (option === "contentsStorageName" ? name : undefined)).catch(() => {
    warn("This browser keeps no files, so your progress isn't kept either. Use a normal window.");
  });
  const contents = browserContents(name);
  const listeners = new Map<string, (type: string, content: Content) => void>();
  const channels = new Map<string, ChannelListener>();
  const progress = progressStore({ ...contents, createCheckpoint: () => Promise.resolve() }, warn);
  const requests = createRequestClient(
    {
      base: new URL("kernel/", run).href,
      device: new URLSearchParams(location.search).get("device") ?? undefined,
      progress,
      afterStop: "What you run next runs what it needs. Your text is all there.",
      onRestart() {
        for (const listener of channels.values()) listener.closed();
        channels.clear();
        onRestart();
      },
    },
    (to, type, content) => {
      if (type.startsWith("comm_")) receive(channels, type, content);
      else listeners.get(to.header.msg_id)?.(type, content);
    },
  );
  return {
    async run(code, onOutput) {
      const message = request("execute_request", { code, silent: false });
      listeners.set(message.header.msg_id, (type, content) => {
        if (isOutput(type)) onOutput({ type, content });
      });
      const reply = await requests.request(message);
      await progress.saved(); // a page that is left right after its check keeps the result
      return reply?.status === "error" ? textOf(reply.evalue) : undefined;
    },
    open(target, data, listener) {
      const id = crypto.randomUUID();
      channels.set(id, listener);
      const send = (type: string, content: Content) =>
        void requests.request(request(type, { comm_id: id, ...content }));
      send("comm_open", { target_name: target, data });
      return {
        send: (question) => send("comm_msg", { data: question }),
        close() {
          if (channels.delete(id)) send("comm_close", { data: {} });
        },
      };
    },
    stop: requests.stop,
  };
}

const textOf = (value: unknown) => (typeof value === "string" ? value : "it failed");

function receive(channels: Map<string, ChannelListener>, type: string, content: Content): void {
  const listener = channels.get(String(content.comm_id));
  if (type === "comm_close") {
    channels.delete(String(content.comm_id));
    listener?.closed();
  } else if ((content.data as { ready?: unknown } | null)?.ready === true) {
    listener?.ready();
  } else {
    listener?.received(content.data);
  }
}

function request(type: string, content: Content): Message {
  const header = {
    msg_id: crypto.randomUUID(),
    msg_type: type,
    session: "page",
    username: "",
    version: "5.3",
    date: new Date().toISOString(),
  };
  return { channel: "shell", header, parent_header: {}, metadata: {}, content };
}
