/** A kernel as JupyterLite knows it: messages of Jupyter's protocol in and out. */
import type { Content } from "../messages";
import { startAsking } from "./asking";
import type { Header, KernelOptions, LiteKernel, Message, Signal } from "./jupyter";
import type { Setting } from "./running";

export interface CourseKernel extends LiteKernel {
  /** What the stop button does. */
  interrupt(): void;
}

/** @param newSignal makes one of Lumino's */
export function createKernel(
  options: KernelOptions,
  setting: Setting,
  newSignal: (sender: object) => Signal,
): CourseKernel {
  const { id, name, location } = options;
  const send = (to: Message, channel: Message["channel"], type: string, content: Content) => {
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
    async handleMessage(message: Message) {
      send(message, "iopub", "status", { execution_state: "busy" });
      const reply = await asking.ask(message);
      const type = message.header.msg_type.replace(/_request$/, "_reply");
      if (reply) send(message, "shell", type, reply);
      send(message, "iopub", "status", { execution_state: "idle" });
    },
    interrupt: asking.stop,
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
