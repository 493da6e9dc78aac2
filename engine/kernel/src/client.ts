/**
 * A small Jupyter client for tests and benchmarks: starts the course's kernel as Jupyter would and
 * runs cells in it, over ZeroMQ, without Python.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { ExecuteOptions } from "cells";
import { freePort } from "grader/files";

interface Socket {
  connect(to: string): void;
  send(parts: (string | Buffer)[]): Promise<void>;
  close(): void;
  subscribe?(): void;
  [Symbol.asyncIterator](): AsyncIterator<Buffer[]>;
}

const require = createRequire(import.meta.url);
const zmq = createRequire(require.resolve("tslab/dist/main.js"))("zeromq") as Record<
  "Dealer" | "Subscriber",
  new (options?: object) => Socket
>;
const root = fileURLToPath(new URL("../../..", import.meta.url));

export type { ExecuteOptions };
export type Content = Record<string, unknown>;
interface Message {
  header: { msg_type: string };
  parent_header: { msg_id?: string };
  content: Content;
}

export interface CellResult {
  status: "ok" | "error" | "aborted";
  /** The number that the reply gives. */
  count?: number;
  /** All that was published, in order, without the states. */
  outputs: { type: string; content: Content }[];
  stdout: string;
  stderr: string;
  error?: { ename: string; evalue: string; traceback: string[] };
}

export interface Kernel {
  /** @param onOutput called with the type of each message as it comes */
  run(
    code: string,
    onOutput?: (type: string) => void,
    options?: ExecuteOptions,
  ): Promise<CellResult>;
  /** Any other request of Jupyter's protocol: its reply. */
  request(type: string, content: Content): Promise<Content>;
  /** Sends what has no reply, as comms do. @returns what was published for it */
  send(type: string, content: Content): Promise<CellResult["outputs"]>;
  /** What Jupyter's stop button does. */
  interrupt(): void;
  process: ChildProcess;
  stop(): void;
}

const DELIMITER = "<IDS|MSG>";
// eslint-disable-next-line no-control-regex -- terminal colors
const plain = (text: string) => text.replace(/\x1b\[\d+m/g, "");

export type Connection = Awaited<ReturnType<typeof createConnection>>;

/** What Jupyter tells a kernel on its command line: where to listen. */
export async function createConnection(folder: string) {
  const key = randomUUID();
  const names = ["shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"];
  const ports = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await freePort()] as const)),
  );
  const file = join(folder, "connection.json");
  writeFileSync(
    file,
    JSON.stringify({
      ip: "127.0.0.1",
      transport: "tcp",
      key,
      signature_scheme: "hmac-sha256",
      ...ports,
    }),
  );
  return { file, key, ports };
}

export const kernelFile = join(root, "engine", "kernel", "launch.mjs");

interface StartOptions {
  /** What to start in place of the course's own kernel. */
  launcher?: string;
  /** Where the kernel listens; a new connection unless given. */
  connection?: Connection;
}

type Listener = (from: "shell" | "iopub", message: Message) => void;
type RequestFunction = (
  type: string,
  content: Content,
  onOutput?: (type: string, content: Content) => void,
  hasReply?: boolean,
) => Promise<Content>;

/** The two sockets of a client: requests and their replies, and what the kernel publishes. */
function connect(ports: Record<string, number>) {
  const shell = new zmq.Dealer();
  const iopub = new zmq.Subscriber();
  shell.connect(`tcp://127.0.0.1:${ports.shell_port}`);
  iopub.connect(`tcp://127.0.0.1:${ports.iopub_port}`);
  iopub.subscribe?.();
  return { shell, iopub };
}

/** Passes each message to the listener of the request that it belongs to. */
async function listen(
  socket: Socket,
  from: "shell" | "iopub",
  listeners: Map<string, Listener>,
): Promise<void> {
  for await (const parts of { [Symbol.asyncIterator]: () => socket[Symbol.asyncIterator]() }) {
    const at = parts.findIndex((p) => p.toString() === DELIMITER);
    const bodies = parts.slice(at + 2).map((p) => JSON.parse(p.toString()) as Content);
    const [header, parent, , content] = bodies;
    const message = { header, parent_header: parent, content } as unknown as Message;
    listeners.get(message.parent_header.msg_id ?? "")?.(from, message);
  }
}

/** A message in Jupyter's wire format, signed. */
function signed(id: string, type: string, content: Content, session: string, key: string) {
  const date = new Date().toISOString();
  const names = { session, username: "test", version: "5.3" };
  const header = { msg_id: id, msg_type: type, date, ...names };
  const bodies = [header, {}, {}, content].map((part) => JSON.stringify(part));
  const hmac = createHmac("sha256", key);
  for (const body of bodies) hmac.update(body);
  return [DELIMITER, hmac.digest("hex"), ...bodies];
}

/** Sends requests over the sockets: one ends with its reply and the state "idle". */
function createRequester(
  { shell, iopub }: ReturnType<typeof connect>,
  key: string,
): RequestFunction {
  const session = randomUUID();
  const listeners = new Map<string, Listener>();
  void listen(shell, "shell", listeners);
  void listen(iopub, "iopub", listeners);
  return (type, content, onOutput, hasReply = true) =>
    new Promise<Content>((resolve) => {
      const id = randomUUID();
      let reply: Content | undefined = hasReply ? undefined : {};
      let idle = false;
      listeners.set(id, (from, message) => {
        const { msg_type: kind } = message.header;
        if (from === "shell") reply = message.content;
        else if (kind === "status") idle ||= message.content.execution_state === "idle";
        else onOutput?.(kind, message.content);
        if (!reply || !idle) return;
        listeners.delete(id);
        resolve(reply);
      });
      void shell.send(signed(id, type, content, session, key));
    });
}

/**
 * The first messages of a publisher get lost until the subscription has arrived: sends requests until
 * one of them completes.
 */
async function untilReady(request: RequestFunction, child: ChildProcess): Promise<void> {
  const answered = () => request("kernel_info_request", {}).then(() => true);
  while (!(await Promise.race([answered(), setTimeout(500, false)]))) {
    if (child.exitCode === null && child.signalCode === null) continue;
    throw new Error(`the kernel ended: ${child.exitCode ?? child.signalCode}`);
  }
}

/** Runs a cell and collects what it prints and shows. */
async function runCell(
  request: RequestFunction,
  code: string,
  onOutput?: (type: string) => void,
  options: ExecuteOptions = {},
): Promise<CellResult> {
  const outputs: CellResult["outputs"] = [];
  const usual = { silent: false, store_history: true, allow_stdin: false, stop_on_error: true };
  const flags = { ...usual, ...options };
  const reply = await request("execute_request", { code, ...flags }, (type, content) => {
    outputs.push({ type, content });
    onOutput?.(type);
  });
  return resultOf(reply, outputs);
}

/** What a cell has shown, from what was published for it. */
export function resultOf(reply: Content, outputs: CellResult["outputs"]): CellResult {
  const text = (name: string) =>
    outputs
      .filter((o) => o.type === "stream" && o.content.name === name)
      .map((o) => o.content.text as string)
      .join("");
  const error = outputs.find((o) => o.type === "error")?.content as CellResult["error"];
  return {
    status: reply.status as CellResult["status"],
    count: reply.execution_count as number | undefined,
    outputs,
    stdout: text("stdout"),
    stderr: text("stderr"),
    ...(error ? { error: { ...error, traceback: error.traceback.map(plain) } } : {}),
  };
}

/** Starts a kernel in a folder. @param env added to this process's environment */
export async function startKernel(
  cwd: string,
  env: NodeJS.ProcessEnv = {},
  { launcher = kernelFile, connection }: StartOptions = {},
): Promise<Kernel> {
  const folder = mkdtempSync(join(tmpdir(), "kernel-"));
  const { file, key, ports } = connection ?? (await createConnection(folder));
  const child = spawn(process.execPath, [launcher, file], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const sockets = connect(ports);
  const request = createRequester(sockets, key);
  await untilReady(request, child);
  return {
    process: child,
    request,
    interrupt: () => {
      child.kill("SIGINT");
    },
    stop: () => {
      child.kill("SIGKILL");
      sockets.shell.close();
      sockets.iopub.close();
      rmSync(folder, { recursive: true, force: true });
    },
    async send(type, content) {
      const outputs: CellResult["outputs"] = [];
      const collect = (kind: string, published: Content) =>
        outputs.push({ type: kind, content: published });
      await request(type, content, collect, false);
      return outputs;
    },
    run: (code, onOutput, options) => runCell(request, code, onOutput, options),
  };
}
