/**
 * Requests of Jupyter's protocol, answered by a session. Those about code are not among them: types.ts
 * answers them.
 */
import { KERNEL_INFO, NO_HISTORY, streamBuffer, type Ran, type Session } from "cells";
import type { Content } from "../messages";
import type { WorkerOutput } from "./place";

/** Where what belongs to a request goes. */
export interface Sender {
  publish(type: string, content: object): void;
  check(cell: Ran): void;
}
type WorkerSession = Session<WorkerOutput>;
type Reply = Content | undefined;
type Answer = (content: Content, sender: Sender) => Reply | Promise<Reply>;

/** @returns who answers a request by its type */
export const answersOf = (session: WorkerSession): Record<string, Answer> => ({
  kernel_info_request: () => ({ ...KERNEL_INFO, help_links: [] }),
  execute_request: (content, sender) => execute(session, content, sender),
  is_complete_request: ({ code }) => ({ ...session.completeness(code as string) }),
  history_request: () => NO_HISTORY,
  comm_info_request: (content) => ({ status: "ok", comms: session.comms.info(content) }),
  comm_open: (content, { publish }) => without(() => session.comms.open(content, publish)),
  comm_msg: (content, { publish }) => without(() => session.comms.message(content, publish)),
  comm_close: (content) => without(() => session.comms.close(content)),
});

/** Messages of comms have no reply. */
async function without(run: () => void | Promise<void>): Promise<undefined> {
  await run();
}

async function execute(session: WorkerSession, content: Content, sender: Sender): Promise<Content> {
  const publish: Sender["publish"] = content.silent ? () => undefined : sender.publish;
  const output = outputOf({ ...sender, publish });
  const { count, failure } = await session.execute(content.code as string, output, content);
  output.flush();
  if (!failure) return { status: "ok", execution_count: count, user_expressions: {}, payload: [] };
  publish("error", failure);
  return { status: "error", ...failure, execution_count: count };
}

function outputOf({ publish, check }: Sender): WorkerOutput {
  const stream = streamBuffer((name, text) => publish("stream", { name, text }));
  return {
    ...stream,
    check,
    started: (code, count) => publish("execute_input", { code, execution_count: count }),
    display(content, update) {
      stream.flush();
      publish(update ? "update_display_data" : "display_data", content);
    },
  };
}
