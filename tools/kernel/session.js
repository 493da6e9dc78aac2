/**
 * How tslab talks to Jupyter, mended: errors become Jupyter `error` messages (tslab prints them, and nbconvert takes a failed
 * cell for a good one), cells are echoed with their number, cancelled cells are "aborted", and output is never dropped.
 */
import { setTimeout } from "node:timers/promises";
import { forgetShownValue, startCell } from "./cells.js";
import { failure } from "./errors.js";
import { newSignal, wasInterrupted } from "./host.js";
import { tslab } from "./modules.js";
import { streamBuffer } from "./stream.js";

const STILL_ARRIVING_MS = 20;

/** What the running cell has reported so far. */
let diagnostics = [], thrown;

/** tslab tells its executor's console of a type error with five arguments, of a thrown value with one. */
function collectErrors(executor, refusal) {
  const create = executor.createExecutor;
  executor.createExecutor = (dir, converters, console) => {
    const made = create(dir, converters, {
      log: console.log,
      error: (...args) => {
        if (args.length === 5) diagnostics.push({ file: args[1], line: args[2], column: args[3], text: args[4] });
        else thrown = args[0];
      },
    });
    if (refusal) made.execute = () => { thrown = refusal; return Promise.resolve(false); };
    return made;
  };
}

/** Adds `failure` to the request of a cell that failed, and calls the request's `started` when its turn has come. */
function watchCells(handler) {
  const execute = handler.handleExecuteImpl;
  handler.handleExecuteImpl = async function (request, writeStream, writeDisplay) {
    diagnostics = [];
    thrown = undefined;
    newSignal();
    startCell(this.execCount + 1);
    request.started(this.execCount + 1);
    try {
      const count = await execute.call(this, request, writeStream, writeDisplay);
      // a %% module cell is accepted with its type errors: say them all the same
      if (diagnostics.length > 0) writeStream("stderr", `${failure({ code: request.code, diagnostics }).traceback.join("\n")}\n`);
      return count;
    } catch (end) {
      request.failure = failure({ code: request.code, diagnostics, thrown, interrupted: wasInterrupted() });
      this.execQueue.goOn = request.stop_on_error === false;
      throw end;
    } finally {
      forgetShownValue();
    }
  };
}

/**
 * After an error the cells that wait are cancelled, as Jupyter wants it. tslab goes on cancelling for 200 ms, which hits a student or
 * a program that goes on at once; and it cancels for those who asked not to (nbconvert --allow-errors). Here it is the time that
 * cells sent together need to arrive, and the failed cell's reply waits for its end: who waits for a reply is never cancelled.
 */
function cancelLess(queue) {
  const reset = queue.reset;
  queue.reset = function () {
    if (this.goOn) reset.call(this);
    else this.cancelled = setTimeout(STILL_ARRIVING_MS).then(() => reset.call(this));
  };
}

function mendServer(server) {
  const bind = server.bindSocket;
  server.bindSocket = function (socket, port) {
    // a publisher drops what exceeds its mark, 1,000 messages: a cell could lose the message that it is done, and never end in Lab
    if (socket === this.iopub) socket.sendHighWaterMark = 0;
    return bind.call(this, socket, port);
  };

  server.handleExecute = async function (socket, message) {
    const send = (to, type, content) => {
      const reply = message.createReply();
      reply.header.msg_type = type;
      reply.content = content;
      reply.signAndSend(this.connInfo.key, to);
    };
    const publish = (type, content) => send(this.iopub, type, content);
    const request = message.content;
    request.started = (count) => publish("execute_input", { code: request.code, execution_count: count });
    const stream = streamBuffer((name, text) => publish("stream", { name, text }));
    const content = await this.handler.handleExecute(request, stream.write, (data, update) => {
      stream.flush();
      publish(update ? "update_display_data" : "display_data", data);
    });
    stream.flush();
    if (content.status === "abort") content.status = "aborted"; // Jupyter's word
    if (content.status === "error" && request.failure) {
      Object.assign(content, request.failure);
      publish("error", request.failure);
      await this.handler.execQueue.cancelled;
    }
    send(socket, "execute_reply", content);
  };
}

/** @param refusal why no cell can run here, if so: each cell fails with it */
export function jupyterErrors(refusal) {
  const { JupyterHandlerImpl, ZmqServer } = tslab("jupyter");
  collectErrors(tslab("executor"), refusal);
  watchCells(JupyterHandlerImpl.prototype);
  cancelLess(tslab("util").TaskQueue.prototype);
  mendServer(ZmqServer.prototype);
}
