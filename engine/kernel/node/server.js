/**
 * tslab's server of Jupyter's protocol, with a session of ours behind it: errors become Jupyter
 * `error` messages, cells are echoed with their number, cancelled cells are "aborted", output is
 * never dropped, and a page can ask over comms.
 */
import { handleComm, isComm, typeOf, whileBusy } from "./comms.js";
import { CANCELLED, createQueue } from "./queue.js";
import { cellsModule, tslab } from "./modules.js";
import { streamOf } from "./nbgrader.js";

/** @param session see session.js */
export function createServer(session, connectionFile) {
  const { ZmqServer } = tslab("jupyter");
  const inTurn = createQueue();

  class Server extends ZmqServer {
    bindSocket(socket, port) {
      // a publisher drops what exceeds its mark, 1,000 messages: a cell could lose the message that
      // it is done, and never end
      if (socket === this.iopub) socket.sendHighWaterMark = 0;
      return super.bindSocket(socket, port);
    }

    /** Sends a message that answers another. */
    reply(message, to, type, content) {
      const reply = message.createReply();
      reply.header.msg_type = type;
      reply.content = content;
      reply.signAndSend(this.connInfo.key, to);
    }

    publishStatus(status, message) {
      this.Message ??= message.constructor; // which tslab does not export
      super.publishStatus(status, message);
    }

    async handleShellMessage(socket, ...parts) {
      const type = typeOf(parts);
      const isOurs = isComm(type) || type === "history_request";
      if (!this.Message || !isOurs) return super.handleShellMessage(socket, ...parts);
      const message = this.Message.fromRaw(this.connInfo.key, parts);
      if (isComm(type)) return handleComm(this, message, session.comms, inTurn);
      return tellHistory(this, socket, message);
    }

    async handleExecute(socket, message) {
      const send = (to, type, content) => this.reply(message, to, type, content);
      const { code, silent, stop_on_error: cancels } = message.content;
      const output = outputOf((type, content) => silent || send(this.iopub, type, content));
      const result = await inTurn(async () => {
        const { count, failure } = await session.execute(code, output, message.content);
        output.flush();
        if (failure) output.publish("error", failure);
        return { count, failure, failed: failure !== undefined && cancels !== false };
      });
      send(socket, "execute_reply", replyOf(result));
    }

    handleCommInfoRequest(socket, message) {
      const comms = session.comms.info(message.content);
      this.reply(message, socket, "comm_info_reply", { status: "ok", comms });
    }
  }
  return new Server(handlerOf(session), connectionFile);
}

function tellHistory(server, socket, message) {
  const { NO_HISTORY } = cellsModule();
  return whileBusy(server, message, () => {
    server.reply(message, socket, "history_reply", NO_HISTORY);
  });
}

function replyOf(result) {
  if (result === CANCELLED) return { status: "aborted" };
  const { count, failure } = result;
  const end = failure ? { status: "error", ...failure } : { status: "ok" };
  return { ...end, execution_count: count };
}

/** Where a cell's output goes. Text is put together until something else is sent. */
function outputOf(publish) {
  const stream = cellsModule().streamBuffer((name, text) => publish("stream", { name, text }));
  return {
    publish,
    flush: stream.flush,
    write: (name, text) => stream.write(streamOf(name), text),
    started: (code, count) => publish("execute_input", { code, execution_count: count }),
    display(content, update) {
      stream.flush();
      publish(update ? "update_display_data" : "display_data", content);
    },
  };
}

/** Time for the last replies; what a cell left running does not keep the process alive. */
const ENDS_WITHIN_MS = 200;

/** The other requests, as tslab's server asks for them. */
const handlerOf = (session) => ({
  handleKernel() {
    session.greeted();
    return cellsModule().KERNEL_INFO;
  },
  handleIsComplete: ({ code }) => session.completeness(code),
  handleInspect: (request) => cellsModule().inspectReply(session.checker, request),
  handleComplete: (request) => cellsModule().completeReply(session.checker, request),
  handleShutdown({ restart }) {
    session.ended();
    return { status: "ok", restart: restart === true };
  },
  close: () => setTimeout(() => process.exit(0), ENDS_WITHIN_MS),
});
