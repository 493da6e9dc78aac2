/** Messages of Jupyter's comms, which tslab's server does not know; see cells/src/comms.ts. */

const COMM = /^comm_(open|msg|close)$/;
const DELIMITER = Buffer.from("<IDS|MSG>");

/** Whether the parts of a message, as they arrive, are one of a comm. */
export function isComm(parts) {
  const header = parts[parts.findIndex((part) => part.equals(DELIMITER)) + 2];
  try {
    return COMM.test(JSON.parse(header.toString()).msg_type);
  } catch {
    return false;
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
    server.publishStatus("busy", message);
    try {
      await run(message.content, publish);
    } finally {
      server.publishStatus("idle", message);
    }
    return { failed: false };
  };
  const { msg_type: type } = message.header;
  if (type === "comm_open") return handle(comms.open);
  if (type === "comm_close") return handle(comms.close);
  return inTurn(() => handle(comms.message), true);
}
