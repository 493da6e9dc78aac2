/**
 * The kernel's worker: it starts on the page's message, then handles requests of Jupyter's protocol
 * one by one. Requests about code go to the types' worker (types.ts).
 */
import "./globals";
import {
  createSession,
  KERNEL_INFO,
  NO_HISTORY,
  cellOutput,
  type ExecutedCell,
  type Session,
} from "cells";
import modules from "course:modules";
import type { Content, KernelRequest, KernelResponse } from "../messages";
import { addModules, requireModule } from "../node/module";
import { process } from "../node/process";
import { FOLDER, keepProgress, mountFiles } from "./files";
import {
  createWorkerHost,
  redirectConsole,
  reportUnhandledErrors,
  type WorkerOutput,
} from "./host";
import { loadWeightsList } from "./weights";

const send = (message: KernelResponse) => {
  postMessage(message);
};

type Start = Extract<KernelRequest, { type: "start" }>;
type Request = Extract<KernelRequest, { type: "request" }>;

const WASM_FILE = "tfjs/tfjs-backend-wasm-simd.wasm";

/**
 * Throws a sentence if the site doesn't have the file of tfjs's WASM backend, for which tfjs would wait
 * without end.
 */
async function expectWasm(files: string): Promise<void> {
  const response = await fetch(new URL(WASM_FILE, files)).catch(() => undefined);
  if (response?.ok) return;
  const reason = response ? `status ${response.status}` : "is there a network?";
  throw new Error(
    `${WASM_FILE} could not be loaded (${reason}); reload the page, or add ?device=cpu to its ` +
      "address to compute slowly without it",
  );
}

async function start({ files, device }: Start) {
  process.env.COURSE_DEVICE = device;
  if (device === undefined || device === "wasm") await expectWasm(files);
  await Promise.all([mountFiles(files), loadWeightsList(files)]);
  addModules(modules(files));
  const host = createWorkerHost();
  const session = createSession(host, FOLDER);
  redirectConsole((stream, text) => session.output()?.write(stream, text));
  reportUnhandledErrors(session);
  const course = requireModule("course", FOLDER) as { chooseDevice(): Promise<unknown> };
  await course.chooseDevice();
  return { host, session };
}

let started: ReturnType<typeof start> | undefined;
let last: Promise<unknown> = Promise.resolve();

async function handleRequest(
  { id, messageType, content }: Request,
  session: Session<WorkerOutput>,
): Promise<void> {
  const sender: Sender = {
    publish: (type, published) => {
      send({ type: "publish", id, messageType: type, content: published as never });
    },
    checkTypes: (cell) => {
      send({ type: "executed", id, cell });
    },
  };
  try {
    const reply = await requestHandlers(session)[messageType]?.(content, sender);
    send({ type: "done", id, content: reply });
  } catch (e) {
    const failure = session.describe(e);
    send({ type: "done", id, content: { status: "error", ...failure } });
  }
}

addEventListener("message", ({ data }: MessageEvent<KernelRequest>) => {
  if (data.type === "start") {
    started = start(data);
    started.then(
      () => {
        send({ type: "ready" });
      },
      (e: unknown) => {
        send({ type: "failed", reason: e instanceof Error ? e.message : String(e) });
      },
    );
  } else if (data.type === "request") {
    last = last.then(async () => handleRequest(data, (await started!).session));
  } else if (data.type === "interrupt") {
    void started?.then(({ host }) => {
      host.link.stop();
      send({ type: "interrupted" });
    });
  } else {
    keepProgress(data.text);
  }
});

/** Sends to the page what belongs to one request. */
interface Sender {
  publish(messageType: string, content: object): void;
  checkTypes(cell: ExecutedCell): void;
}
type WorkerSession = Session<WorkerOutput>;
type Reply = Content | undefined;
type RequestHandler = (content: Content, sender: Sender) => Reply | Promise<Reply>;

/** The functions that handle requests, by the type of the message. */
const requestHandlers = (session: WorkerSession): Record<string, RequestHandler> => ({
  kernel_info_request: () => ({ ...KERNEL_INFO, help_links: [] }),
  execute_request: (content, sender) => execute(session, content, sender),
  is_complete_request: ({ code }) => ({ ...session.completeness(code as string) }),
  history_request: () => NO_HISTORY,
  comm_info_request: (content) => ({ status: "ok", comms: session.comms.info(content) }),
  comm_open: (content, { publish }) => noReply(() => session.comms.open(content, publish)),
  comm_msg: (content, { publish }) => noReply(() => session.comms.message(content, publish)),
  comm_close: (content) => noReply(() => session.comms.close(content)),
});

/** Messages of comms have no reply. */
async function noReply(run: () => void | Promise<void>): Promise<undefined> {
  await run();
}

async function execute(session: WorkerSession, content: Content, sender: Sender): Promise<Content> {
  const publish: Sender["publish"] = content.silent ? () => undefined : sender.publish;
  const output = createOutput({ ...sender, publish });
  const { count, failure } = await session.execute(content.code as string, output, content);
  output.flush();
  if (!failure) return { status: "ok", execution_count: count, user_expressions: {}, payload: [] };
  publish("error", failure);
  return { status: "error", ...failure, execution_count: count };
}

function createOutput({ publish, checkTypes }: Sender): WorkerOutput {
  return {
    ...cellOutput(publish),
    checkTypes,
    started: (code, count) => publish("execute_input", { code, execution_count: count }),
  };
}
