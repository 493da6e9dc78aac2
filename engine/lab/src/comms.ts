/** The kernel of a notebook, as views ask it: over Jupyter's comms. */
import type { NotebookPanel } from "@jupyterlab/notebook";
import type { Channel, Kernel, Listener } from "views";

type Session = NotebookPanel["sessionContext"];

/** The name under which the package `course` answers. */
const TARGET = "course.control";
/** While a kernel is in one of these states, it answers nobody. */
const UNAVAILABLE_STATUSES = new Set(["restarting", "autorestarting", "terminating", "dead"]);

const CLOSED_CHANNEL: Channel = { send: () => undefined, close: () => undefined };

const isReady = (data: unknown) => (data as { ready?: unknown } | null)?.ready === true;

function open(session: Session, data: Record<string, unknown>, listener: Listener): Channel {
  const kernel = session.session?.kernel;
  if (!kernel?.handleComms || UNAVAILABLE_STATUSES.has(kernel.status)) {
    listener.closed();
    return CLOSED_CHANNEL;
  }
  const comm = kernel.createComm(TARGET);
  comm.onMsg = ({ content }) => {
    if (isReady(content.data)) listener.ready();
    else listener.received(content.data);
  };
  comm.onClose = () => {
    listener.closed();
  };
  comm.open(data as never);
  return {
    send(question) {
      comm.send(question as never);
    },
    close() {
      comm.onClose = () => undefined;
      if (!comm.isDisposed && !kernel.isDisposed) comm.close();
    },
  };
}

/** Calls when another kernel comes, and when this one goes away or is back. */
function onChange(session: Session, changed: () => void): () => void {
  let wasAway = false;
  const onStatus = (_: Session, status: string) => {
    const isAway = UNAVAILABLE_STATUSES.has(status);
    if (isAway === wasAway) return;
    wasAway = isAway;
    changed();
  };
  session.kernelChanged.connect(changed);
  session.statusChanged.connect(onStatus);
  return () => {
    session.kernelChanged.disconnect(changed);
    session.statusChanged.disconnect(onStatus);
  };
}

export const kernelOf = (session: Session): Kernel => ({
  open: (data, listener) => open(session, data, listener),
  onChange: (changed) => onChange(session, changed),
});
