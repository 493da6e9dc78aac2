/** A kernel as JupyterLite knows it: messages of Jupyter's protocol in and out. */
import type { Content, CodeRequestType } from "../messages";
import { createRequestClient, type RequestClient } from "./requests";
import type { Header, KernelOptions, LiteKernel, Message, Signal } from "./jupyter";
import type { KernelContext } from "./kernelWorker";

export interface CourseKernel extends LiteKernel {
  /** Handles the stop button. */
  interrupt(): void;
  /** Resolves once all cells that have run are checked and their notes are sent. */
  checked(): Promise<void>;
}

const isCodeRequest = (type: string): type is CodeRequestType =>
  type === "complete_request" || type === "inspect_request";

type Send = (to: Message, channel: Message["channel"], type: string, content: Content) => void;

/** @param newSignal makes one of Lumino's */
export function createKernel(
  options: KernelOptions,
  context: KernelContext,
  newSignal: (sender: object) => Signal,
): CourseKernel {
  const { id, name, location } = options;
  const send: Send = (to, channel, type, content) => {
    options.sendMessage(messageFor(to, channel, type, content));
  };
  const requests = createRequestClient(context, (to, type, content) => {
    send(to, "iopub", type, content);
  });
  const kernel = {
    id,
    name,
    location,
    ready: Promise.resolve(),
    isDisposed: false,
    handleMessage: handlerOf(requests, send),
    interrupt: requests.stop,
    checked: () => requests.typeChecker().checked(),
    dispose() {
      if (kernel.isDisposed) return;
      kernel.isDisposed = true;
      requests.close();
      disposed.emit(undefined);
    },
  };
  const disposed = newSignal(kernel);
  return Object.assign(kernel, { disposed });
}

/** Handles messages; JupyterLite sends the next one when the one before is handled. */
function handlerOf(requests: RequestClient, send: Send) {
  /** The request that the kernel works on. */
  let last: Promise<unknown> = Promise.resolve();
  const publishState = (to: Message, execution_state: string) => {
    send(to, "iopub", "status", { execution_state });
  };

  async function handle(message: Message): Promise<void> {
    publishState(message, "busy");
    const reply = await requests.request(message);
    if (reply) send(message, "shell", replyTo(message), reply);
    publishState(message, "idle");
  }

  async function answer(type: CodeRequestType, message: Message): Promise<void> {
    publishState(message, "busy");
    send(message, "shell", replyTo(message), await requests.typeChecker().request(type, message));
    await last; // a kernel isn't idle while it runs a cell
    publishState(message, "idle");
  }

  return async (message: Message): Promise<void> => {
    const { msg_type: type } = message.header;
    if (isCodeRequest(type)) return void answer(type, message); // no cell waits for types
    last = handle(message);
    await last;
  };
}

const replyTo = ({ header }: Message) => header.msg_type.replace(/_request$/, "_reply");

let count = 0;

function messageFor(
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
  return {
    channel,
    header,
    parent_header: to.header,
    metadata: {},
    content,
    buffers: [],
  };
}
