// @ts-check
/**
 * What Jupyter starts (engine/kernel/jupyter/kernels/tslab/kernel.json). It loads the compiled kernel,
 * and where that can't run, as in a course that isn't built, it answers every cell with the reason: a
 * kernel that ends tells a student nothing. So this file is plain JavaScript.
 */
import { createRequire } from "node:module";

/** @typedef {import("./src/tslab.js").Message} Message */
/** @typedef {import("./src/tslab.js").Socket} Socket */

const connectionFile = String(process.argv[2]);
try {
  const { runKernel } = await import("./dist/main.js");
  await runKernel(connectionFile);
} catch (error) {
  await refuse(reasonOf(error));
}

/** @param {unknown} error @returns {Error} */
function reasonOf(error) {
  const { code } = /** @type {{ code?: string }} */ (error);
  if (code !== "MODULE_NOT_FOUND" && code !== "ERR_MODULE_NOT_FOUND") {
    return /** @type {Error} */ (error);
  }
  return new Error("the course is not built: stop it and run npm start", { cause: error });
}

/** Serves a kernel in which no cell runs. @param {Error} reason */
// eslint-disable-next-line course/max-function-lines -- one small server, whole
async function refuse({ name, message: evalue }) {
  const load = createRequire(import.meta.url);
  /** @type {import("./src/tslab.js").JupyterModule} */
  const { ZmqServer } = load("tslab/dist/jupyter.js");
  const failure = { ename: name, evalue, traceback: [`${name}: ${evalue}`] };
  let count = 0;

  class RefusingServer extends ZmqServer {
    /** @override @param {Socket} socket @param {Message} message */
    async handleExecute(socket, message) {
      const { code, silent, store_history: isStored } = message.content;
      if (!silent && isStored !== false) count++;
      if (!silent) {
        this.reply(message, this.iopub, "execute_input", { code, execution_count: count });
        this.reply(message, this.iopub, "error", failure);
      }
      const reply = { status: "error", ...failure, execution_count: count };
      this.reply(message, socket, "execute_reply", reply);
    }

    /**
     * Also answers what tslab's server does not know, while it is busy with it.
     * @override @param {"busy" | "idle"} status @param {Message} message
     */
    publishStatus(status, message) {
      super.publishStatus(status, message);
      if (status === "idle") return;
      const { msg_type: type } = message.header;
      const { comm_id } = message.content;
      if (type === "comm_open" || type === "comm_msg") {
        this.reply(message, this.iopub, "comm_close", { comm_id, data: {} });
      } else if (type === "history_request") {
        this.reply(message, this.shell, "history_reply", { status: "ok", history: [] });
      }
    }

    /** @override @param {Socket} socket @param {Message} message */
    handleCommInfoRequest(socket, message) {
      this.reply(message, socket, "comm_info_reply", { status: "ok", comms: {} });
    }

    /** @param {Message} message @param {Socket} to @param {string} type @param {object} content */
    reply(message, to, type, content) {
      const reply = message.createReply();
      reply.header.msg_type = type;
      Object.assign(reply.content, content);
      reply.signAndSend(this.connInfo.key, to);
    }
  }

  /** @type {import("./src/tslab.js").RequestHandler} */
  const handler = {
    handleKernel: () => ({
      status: "ok",
      protocol_version: "5.3",
      implementation: "course",
      implementation_version: "1.0.0",
      language_info: { name: "typescript", mimetype: "text/typescript", file_extension: ".ts" },
      banner: "TypeScript",
    }),
    handleIsComplete: () => ({ status: "complete" }),
    handleInspect: () => ({ status: "ok", found: false, data: {}, metadata: {} }),
    handleComplete: ({ cursor_pos: at }) => ({
      status: "ok",
      matches: [],
      cursor_start: at,
      cursor_end: at,
      metadata: {},
    }),
    handleShutdown: ({ restart }) => ({ status: "ok", restart: restart === true }),
    close: () => {
      setTimeout(() => process.exit(0), 200);
    },
  };
  endWithParent();
  await new RefusingServer(handler, connectionFile).init();
}

/** Ends the process when its Jupyter server is gone. */
function endWithParent() {
  const parent = process.ppid;
  setInterval(() => {
    try {
      process.kill(parent, 0);
      if (process.ppid === parent) return;
    } catch {
      // no process has this id
    }
    process.exit();
  }, 2000);
}
