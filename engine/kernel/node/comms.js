/** Messages of Jupyter's comms, which tslab's server does not know; see engine/cells/src/comms.ts. */

const COMM = /^comm_(open|msg|close)$/;
const DELIMITER = Buffer.from("<IDS|MSG>");

/** The type of a message from its parts as they arrive; undefined where they are no message. */
export function typeOf(parts) {
  const header = parts[parts.findIndex((part) => part.equals(DELIMITER)) + 2];
  try {
    return JSON.parse(header.toString()).msg_type;
  } catch {
    return undefined;
  }
}

export const isComm = (type) => COMM.test(type);

/** Runs what answers a message between the states that Jupyter expects around it. */
export async function whileBusy(server, message, run) {
  server.publishStatus("busy", message);
  try {
    await run();
  } finally {
    server.publishStatus("idle", message);
  }
}

/**
 * A question waits until the cells before it are done; opening and closing do not.
 * @param comms what the session has open
 * @param inTurn see queue.js
 */
export async function handleComm(server, message, comms, inTurn) {
  const publish = (type, content) => server.reply(message, server.iopub, type, content);
  const handle = async (run) => {
    await whileBusy(server, message, () => run(message.content, publish));
    return { failed: false };
  };
  const { msg_type: type } = message.header;
  if (type === "comm_open") return handle(comms.open);
  if (type === "comm_close") return handle(comms.close);
  return inTurn(() => handle(comms.message), true);
}
