/** Requests of Jupyter's protocol, answered by a session. */
import { streamBuffer, type Output, type Session } from "cells";
import type { Content } from "../messages";

export type Publish = (type: string, content: object) => void;
type Reply = Content | undefined;
type Answer = (content: Content, publish: Publish) => Reply | Promise<Reply>;

const LANGUAGE = {
  name: "typescript",
  version: "5.9",
  mimetype: "text/typescript",
  file_extension: ".ts",
  codemirror_mode: { mode: "typescript", name: "javascript", typescript: true },
};

const INFO = {
  status: "ok",
  protocol_version: "5.3",
  implementation: "course",
  implementation_version: "1.0.0",
  language_info: LANGUAGE,
  banner: "TypeScript",
  help_links: [],
};

/** Jupyter counts characters, JavaScript halves of some of them. */
const unitsOf = (code: string, points: number) => [...code].slice(0, points).join("").length;
const pointsOf = (code: string, units: number) => [...code.slice(0, units)].length;

interface Code {
  code: string;
  cursor_pos: number;
}

/** @returns who answers a request by its type */
export const answersOf = (session: Session): Record<string, Answer> => ({
  kernel_info_request: () => INFO,
  execute_request: (content, publish) => execute(session, content.code as string, publish),
  is_complete_request: ({ code }) => ({ ...session.completeness(code as string) }),
  inspect_request(content) {
    const { code, cursor_pos: position } = content as unknown as Code;
    const found = session.explain(code, unitsOf(code, position));
    const data = found ? { "text/plain": found.text, "text/markdown": found.markdown } : {};
    return { status: "ok", found: found !== undefined, data, metadata: {} };
  },
  complete_request(content) {
    const { code, cursor_pos: position } = content as unknown as Code;
    const { start, end, names } = session.complete(code, unitsOf(code, position));
    const places = { cursor_start: pointsOf(code, start), cursor_end: pointsOf(code, end) };
    return { status: "ok", matches: names, ...places, metadata: {} };
  },
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

async function execute(session: Session, code: string, publish: Publish): Promise<Content> {
  const output = outputOf(publish);
  const { count, failure } = await session.execute(code, output);
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
