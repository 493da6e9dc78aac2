/** Requests of Jupyter's protocol, answered by a session. */
import {
  completeReply,
  inspectReply,
  KERNEL_INFO,
  streamBuffer,
  type CodeRequest,
  type Output,
  type Session,
} from "cells";
import type { Content } from "../messages";

export type Publish = (type: string, content: object) => void;
type Reply = Content | undefined;
type Answer = (content: Content, publish: Publish) => Reply | Promise<Reply>;

/** @returns who answers a request by its type */
export const answersOf = (session: Session): Record<string, Answer> => ({
  kernel_info_request: () => ({ ...KERNEL_INFO, help_links: [] }),
  execute_request: (content, publish) => execute(session, content, publish),
  is_complete_request: ({ code }) => ({ ...session.completeness(code as string) }),
  inspect_request: (content) => inspectReply(session, content as unknown as CodeRequest),
  complete_request: (content) => completeReply(session, content as unknown as CodeRequest),
  history_request: () => ({ status: "ok", history: [] }),
  comm_info_request: (content) => ({ status: "ok", comms: session.comms.info(content) }),
  comm_open: (content, publish) => without(() => session.comms.open(content, publish)),
  comm_msg: (content, publish) => without(() => session.comms.message(content, publish)),
  comm_close: (content) => without(() => session.comms.close(content)),
});

/** Messages of comms have no reply. */
async function without(run: () => void | Promise<void>): Promise<undefined> {
  await run();
}

async function execute(session: Session, content: Content, tell: Publish): Promise<Content> {
  const publish: Publish = content.silent ? () => undefined : tell;
  const output = outputOf(publish);
  const { count, failure } = await session.execute(content.code as string, output, content);
  output.flush();
  if (!failure) return { status: "ok", execution_count: count, user_expressions: {}, payload: [] };
  publish("error", failure);
  return { status: "error", ...failure, execution_count: count };
}

function outputOf(publish: Publish): Output {
  const stream = streamBuffer((name, text) => publish("stream", { name, text }));
  return {
    ...stream,
    started: (code, count) => publish("execute_input", { code, execution_count: count }),
    display(content, update) {
      stream.flush();
      publish(update ? "update_display_data" : "display_data", content);
    },
  };
}
