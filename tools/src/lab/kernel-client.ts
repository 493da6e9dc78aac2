/**
 * A small Jupyter client for tests: starts the course's kernel as Jupyter would and runs cells in
 * it, over ZeroMQ, without Python.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

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

export type Content = Record<string, unknown>;
interface Message {
  header: { msg_type: string };
  parent_header: { msg_id?: string };
  content: Content;
}

export interface CellResult {
  status: "ok" | "error" | "aborted";
  /** All that was published, in order, without the states. */
  outputs: { type: string; content: Content }[];
  stdout: string;
  stderr: string;
  error?: { ename: string; evalue: string; traceback: string[] };
}

export interface Kernel {
  /** @param onOutput called with the type of each message as it comes */
  run(code: string, onOutput?: (type: string) => void): Promise<CellResult>;
  /** Any other request of Jupyter's protocol: its reply. */
  ask(type: string, content: Content): Promise<Content>;
  /** What Jupyter's stop button does. */
  interrupt(): void;
  process: ChildProcess;
  stop(): void;
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => {
        resolve(port);
      });
    });
  });

const DELIMITER = "<IDS|MSG>";
// eslint-disable-next-line no-control-regex -- terminal colours
const plain = (text: string) => text.replace(/\x1b\[\d+m/g, "");

export type Connection = Awaited<ReturnType<typeof connection>>;

/** What Jupyter tells a kernel on its command line: where to listen. */
export async function connection(folder: string) {
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

export const kernelFile = join(root, "tools", "kernel.js");

interface Options {
  /** The kernel's launcher; the course's own unless given. */
  launcher?: string;
  /** Where to listen; a connection of its own unless given. */
  at?: Connection;
}

/** Starts a kernel in a folder. @param env added to this process's environment */
export async function startKernel(
  cwd: string,
  env: NodeJS.ProcessEnv = {},
  { launcher = kernelFile, at }: Options = {},
): Promise<Kernel> {
  const folder = mkdtempSync(join(tmpdir(), "kernel-"));
  const session = randomUUID();
  const { file, key, ports } = at ?? (await connection(folder));
  const child = spawn(process.execPath, [launcher, file], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });

  const shell = new zmq.Dealer();
  const iopub = new zmq.Subscriber();
  shell.connect(`tcp://127.0.0.1:${ports.shell_port}`);
  iopub.connect(`tcp://127.0.0.1:${ports.iopub_port}`);
  iopub.subscribe?.();

  const listeners = new Map<string, (from: "shell" | "iopub", message: Message) => void>();
  const listen = async (socket: Socket, from: "shell" | "iopub") => {
    for await (const parts of { [Symbol.asyncIterator]: () => socket[Symbol.asyncIterator]() }) {
      const at = parts.findIndex((p) => p.toString() === DELIMITER);
      const [header, parent, , content] = parts
        .slice(at + 2)
        .map((p) => JSON.parse(p.toString()) as Content);
      const message = { header, parent_header: parent, content } as unknown as Message;
      listeners.get(message.parent_header.msg_id ?? "")?.(from, message);
    }
  };
  void listen(shell, "shell");
  void listen(iopub, "iopub");

  /** Sends a request and waits for its reply and for the state "idle". */
  const request = (
    type: string,
    content: Content,
    onOutput: (type: string, content: Content) => void = () => undefined,
  ) =>
    new Promise<Content>((resolve) => {
      const id = randomUUID();
      let reply: Content | undefined;
      let idle = false;
      listeners.set(id, (from, message) => {
        if (from === "shell") reply = message.content;
        else if (message.header.msg_type === "status") {
          idle ||= message.content.execution_state === "idle";
        } else onOutput(message.header.msg_type, message.content);
        if (reply && idle) {
          listeners.delete(id);
          resolve(reply);
        }
      });
      const header = {
        msg_id: id,
        msg_type: type,
        session,
        username: "test",
        version: "5.3",
        date: new Date().toISOString(),
      };
      const bodies = [header, {}, {}, content].map((part) => JSON.stringify(part));
      const hmac = createHmac("sha256", key);
      for (const body of bodies) hmac.update(body);
      void shell.send([DELIMITER, hmac.digest("hex"), ...bodies]);
    });

  // the first messages of a publisher get lost until the subscription has arrived: ask until one
  // comes through
  while (
    !(await Promise.race([
      request("kernel_info_request", {}).then(() => true),
      setTimeout(500, false),
    ]))
  ) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`the kernel ended: ${child.exitCode ?? child.signalCode}`);
    }
  }

  return {
    process: child,
    ask: request,
    interrupt: () => {
      child.kill("SIGINT");
    },
    stop: () => {
      child.kill("SIGKILL");
      shell.close();
      iopub.close();
      rmSync(folder, { recursive: true, force: true });
    },
    run: async (code, onOutput) => {
      const outputs: CellResult["outputs"] = [];
      const reply = await request(
        "execute_request",
        { code, silent: false, store_history: true, allow_stdin: false, stop_on_error: true },
        (type, content) => {
          outputs.push({ type, content });
          onOutput?.(type);
        },
      );
      const text = (name: string) =>
        outputs
          .filter((o) => o.type === "stream" && o.content.name === name)
          .map((o) => o.content.text as string)
          .join("");
      const error = outputs.find((o) => o.type === "error")?.content as CellResult["error"];
      return {
        status: reply.status as CellResult["status"],
        outputs,
        stdout: text("stdout"),
        stderr: text("stderr"),
        ...(error ? { error: { ...error, traceback: error.traceback.map(plain) } } : {}),
      };
    },
  };
}
