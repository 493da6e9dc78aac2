/** A kernel as JupyterLite knows it: messages of Jupyter's protocol in and out. */
import type { Content, Question } from "../messages";
import { startAsking, type Asking } from "./asking";
import type { Header, KernelOptions, LiteKernel, Message, Signal } from "./jupyter";
import type { Setting } from "./running";

export interface CourseKernel extends LiteKernel {
  /** What the stop button does. */
  interrupt(): void;
  /** Resolves once all cells that have run are checked, and their notes sent. */
  checked(): Promise<void>;
}

const isQuestion = (type: string): type is Question =>
  type === "complete_request" || type === "inspect_request";

type Send = (to: Message, channel: Message["channel"], type: string, content: Content) => void;

/** @param newSignal makes one of Lumino's */
export function createKernel(
  options: KernelOptions,
  setting: Setting,
  newSignal: (sender: object) => Signal,
): CourseKernel {
  const { id, name, location } = options;
  const send: Send = (to, channel, type, content) => {
    options.sendMessage(answerTo(to, channel, type, content));
  };
  const asking = startAsking(setting, (to, type, content) => {
    send(to, "iopub", type, content);
  });
  const kernel = {
    id,
    name,
    location,
    ready: Promise.resolve(),
    isDisposed: false,
    handleMessage: handlerOf(asking, send),
    interrupt: asking.stop,
    checked: () => asking.checking().checked(),
    dispose() {
      if (kernel.isDisposed) return;
      kernel.isDisposed = true;
      asking.end();
      disposed.emit(undefined);
    },
  };
  const disposed = newSignal(kernel);
  return Object.assign(kernel, { disposed });
}

/** JupyterLite sends one message after another: the next comes when the one before is handled. */
function handlerOf(asking: Asking, send: Send) {
  /** What the kernel works at. */
  let last: Promise<unknown> = Promise.resolve();
  const state = (to: Message, execution_state: string) => {
    send(to, "iopub", "status", { execution_state });
  };

  async function handle(message: Message): Promise<void> {
    state(message, "busy");
    const reply = await asking.ask(message);
    if (reply) send(message, "shell", replyTo(message), reply);
    state(message, "idle");
  }

  async function answer(type: Question, message: Message): Promise<void> {
    state(message, "busy");
    send(message, "shell", replyTo(message), await asking.checking().ask(type, message));
    await last; // a kernel isn't idle while it runs a cell
    state(message, "idle");
  }

  return async (message: Message): Promise<void> => {
    const { msg_type: type } = message.header;
    if (isQuestion(type)) return void answer(type, message); // no cell waits for types
    last = handle(message);
    await last;
  };
}

const replyTo = ({ header }: Message) => header.msg_type.replace(/_request$/, "_reply");

let count = 0;

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
