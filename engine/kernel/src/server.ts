/**
 * tslab's server of Jupyter's protocol, with our session behind it: errors become Jupyter `error`
 * messages, cells are echoed with their number, cells that wait behind a failed one are "aborted",
 * output is dropped only beyond a limit for each cell, and a page can send requests over comms (engine/cells/src/link.ts).
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { StreamName } from "cells";
import { streamFor } from "./host.js";
import { loadCells, loadTslab } from "./modules.js";
import type { NodeOutput } from "./host.js";
import type { NodeSession } from "./session.js";
import type { Content, Message, MessageClass, RequestHandler, Socket, ZmqServer } from "./tslab.js";

const { cellOutput, completeReply, inspectReply, KERNEL_INFO, NO_HISTORY } = loadCells();

type Publish = (type: string, content: object) => void;
type ExecuteResult = Awaited<ReturnType<NodeSession["execute"]>> & { cancelsOthers: boolean };

/**
 * ZeroMQ refuses a message while it still sends another one, as it does on a loaded machine, and
 * tslab doesn't wait: a cell whose last message is lost would never end. So messages wait here.
 */
function sendInOrder(messages: MessageClass): void {
  const outboxes = new WeakMap<Socket, Socket>();
  const outboxOf = (socket: Socket) => {
    const outbox = outboxes.get(socket) ?? createOutbox(socket);
    outboxes.set(socket, outbox);
    return outbox;
  };
  const { prototype } = messages;
  const signAndSend = prototype.signAndSend;
  prototype.signAndSend = function (key, to) {
    signAndSend.call(this, key, outboxOf(to));
  };
}

function createOutbox(socket: Socket): Socket {
  let last: Promise<void> = Promise.resolve();
  let pending = 0;
  return {
    async send(parts) {
      const sent = pending++ === 0 ? socket.send(parts) : last.then(() => socket.send(parts));
      last = sent.catch(() => undefined); // the next one goes out all the same
      await sent.finally(() => pending--);
    },
  };
}

// eslint-disable-next-line course/max-function-lines -- it holds a class, whose base is loaded at run time
export function createServer(session: NodeSession, connectionFile: string): ZmqServer {
  const queue = createQueue();

  class Server extends loadTslab("jupyter").ZmqServer {
    private messageClass: MessageClass | undefined;

    override bindSocket(socket: Socket, port: number) {
      // a publisher drops what exceeds its mark, 1,000 messages: a cell could lose the message that
      // it is done, and never end
      if (socket === this.iopub) socket.sendHighWaterMark = 0;
      return super.bindSocket(socket, port);
    }

    override publishStatus(status: "busy" | "idle", message: Message) {
      if (!this.messageClass) {
        this.messageClass = message.constructor as unknown as MessageClass;
        sendInOrder(this.messageClass);
      }
      super.publishStatus(status, message);
    }

    /** tslab knows neither comms nor requests for the history. */
    override async handleShellMessage(socket: Socket, ...parts: Buffer[]) {
      const type = messageType(parts);
      const isComm = /^comm_(open|msg|close)$/.test(type);
      if (!this.messageClass || !(isComm || type === "history_request")) {
        return super.handleShellMessage(socket, ...parts);
      }
      const message = this.messageClass.fromRaw(this.connInfo.key, parts);
      if (isComm) return this.handleComm(message);
      return this.whileBusy(message, () => {
        this.reply(message, socket, "history_reply", NO_HISTORY);
      });
    }

    override async handleExecute(socket: Socket, message: Message) {
      const { code, silent, stop_on_error: stops } = message.content;
      const output = createOutput((type, content) => {
        if (!silent) this.reply(message, this.iopub, type, content);
      });
      const result = await queue(async (): Promise<ExecuteResult> => {
        const { count, failure } = await session.execute(code as string, output, message.content);
        output.flush();
        if (failure) output.publish("error", failure);
        return { count, failure, cancelsOthers: failure !== undefined && stops !== false };
      });
      this.reply(message, socket, "execute_reply", executeReply(result));
    }

    override handleCommInfoRequest(socket: Socket, message: Message) {
      const comms = session.comms.info(message.content);
      this.reply(message, socket, "comm_info_reply", { status: "ok", comms });
    }

    /** A request on a comm waits until the cells before it are done; opening and closing do not. */
    private async handleComm(message: Message) {
      const { content } = message;
      const publish: Publish = (type, data) => {
        this.reply(message, this.iopub, type, data);
      };
      const { open, close, message: receive } = session.comms;
      const { msg_type: type } = message.header;
      if (type === "comm_open") return this.whileBusy(message, () => open(content, publish));
      if (type === "comm_close") return this.whileBusy(message, () => close(content));
      await queue(
        async () => {
          await this.whileBusy(message, () => receive(content, publish));
          return { cancelsOthers: false };
        },
        { runsAfterFailure: true },
      );
    }

    /** Runs an action between the two states that Jupyter expects around it. */
    private async whileBusy(message: Message, action: () => void | Promise<void>) {
      this.publishStatus("busy", message);
      try {
        await action();
      } finally {
        this.publishStatus("idle", message);
      }
    }

    private reply(message: Message, to: Socket, type: string, content: object) {
      const reply = message.createReply();
      reply.header.msg_type = type;
      reply.content = content as Content;
      reply.signAndSend(this.connInfo.key, to);
    }
  }
  return new Server(createHandler(session), connectionFile);
}

const DELIMITER = Buffer.from("<IDS|MSG>");

/** The type of a message from its parts as they arrive; empty where they are not a message. */
function messageType(parts: Buffer[]): string {
  const header = parts[parts.findIndex((part) => part.equals(DELIMITER)) + 2];
  try {
    return String((JSON.parse(String(header)) as { msg_type?: unknown }).msg_type);
  } catch {
    return "";
  }
}

function executeReply(result: ExecuteResult | undefined): object {
  if (!result) return { status: "aborted" };
  const { count, failure } = result;
  const status = failure ? { status: "error", ...failure } : { status: "ok" };
  return { ...status, execution_count: count };
}

/** Receives a cell's output and publishes it. */
function createOutput(publish: Publish): NodeOutput {
  const output = cellOutput(publish);
  return {
    ...output,
    publish,
    write: (name: StreamName, text: string) => output.write(streamFor(name), text),
    started: (code, count) => publish("execute_input", { code, execution_count: count }),
  };
}

const CANCEL_DELAY_MS = 20;

/**
 * Runs cells one after the other. After an error the ones that wait are cancelled, as Jupyter wants
 * it, but only those that were sent together with the failed one: its reply waits until they have
 * arrived, so what is sent after a reply always runs.
 */
function createQueue() {
  let last: Promise<unknown> = Promise.resolve();
  let generation = 0;

  /** @returns the result of `run`, undefined where it was cancelled */
  return function enqueue<T extends { cancelsOthers: boolean }>(
    run: () => Promise<T>,
    { runsAfterFailure = false } = {},
  ): Promise<T | undefined> {
    const arrivedIn = generation;
    const turn = last.then(async () => {
      if (!runsAfterFailure && arrivedIn !== generation) return undefined;
      const result = await run();
      if (result.cancelsOthers) {
        await sleep(CANCEL_DELAY_MS);
        generation++;
      }
      return result;
    });
    last = turn.catch(() => undefined);
    return turn;
  };
}

/** Time for the last replies; what a cell left running does not keep the process alive. */
const EXIT_DELAY_MS = 200;

type CodeRequest = Parameters<typeof inspectReply>[1];

/** Answers the requests that tslab's server hands over. */
const createHandler = (session: NodeSession): RequestHandler => ({
  handleKernel() {
    session.clientConnected();
    return KERNEL_INFO;
  },
  handleIsComplete: ({ code }) => session.completeness(code as string),
  handleInspect: (request) => inspectReply(session.checker, request as unknown as CodeRequest),
  handleComplete: (request) => completeReply(session.checker, request as unknown as CodeRequest),
  handleShutdown({ restart }) {
    session.close();
    return { status: "ok", restart: restart === true };
  },
  close: () => {
    setTimeout(() => process.exit(0), EXIT_DELAY_MS);
  },
});
