/** A JupyterLab server on 127.0.0.1, with a token, that shows the student's copies. */
import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, openSync, readFileSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeFolder, paths } from "grader/files";
import { jupyterEnv } from "kernel";
import { isServerUp } from "./lock.js";

export interface Server {
  port: number;
  token: string;
  process: ChildProcess;
  /** The address of a page: "/lab/tree/06-attention.ipynb". */
  url(page: string): string;
  /** Stops the server and its kernels. */
  stop(): Promise<void>;
}

const DEFAULT_PORT = 8888;

/**
 * The requested port; without one Jupyter's default, or any free one.
 * @throws where the requested port is not available
 */
export async function choosePort(requested: string | undefined): Promise<number> {
  if (requested === undefined || requested === "") {
    return (await tryPort(DEFAULT_PORT)) ?? (await tryPort(0))!;
  }
  const port = Number(requested);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(
      `PORT is ${requested}, expected a number from 1 to 65535; without PORT a free one is chosen.`,
    );
  }
  const free = await tryPort(port);
  if (!free) {
    throw new Error(
      `Port ${port} is taken by another program or not allowed: ` +
        "set PORT to another number, or leave it out and a free one is chosen.",
    );
  }
  return free;
}

/** The port if it is free, or a free one for 0; undefined otherwise. */
async function tryPort(port: number): Promise<number | undefined> {
  const server = createServer();
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    return typeof address === "object" ? address?.port : undefined;
  } catch {
    return undefined;
  } finally {
    server.close();
  }
}

/** Two servers that start at once may choose the same port; the second one chooses again. */
const MAX_ATTEMPTS = 5;
const STOP_TIMEOUT_MS = 10_000;
const PORT_IN_USE = /port \d+ is already in use|no available port/i;

/**
 * Starts the server and waits until it answers.
 * @param choose returns a port; called again where another program has taken it in the meantime
 * @param options of jupyter lab
 * @throws with the last lines of its log, when it ends before it answers
 */
export async function startServer(
  root: string,
  python: string,
  choose: () => Promise<number>,
  options: string[] = [],
): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOn(await choose(), root, python, options);
    } catch (e) {
      if (attempt === MAX_ATTEMPTS || !PORT_IN_USE.test((e as Error).message)) throw e;
    }
  }
}

async function startOn(
  port: number,
  root: string,
  python: string,
  options: string[],
): Promise<Server> {
  const token = randomBytes(24).toString("hex");
  const { written, personal } = paths(root);
  makeFolder(personal);
  const logFile = join(makeFolder(join(written, "jupyter")), "server.log");
  const child = spawnJupyter(root, python, port, token, logFile, options);
  let ended = false;
  const end = new Promise<void>((done) => {
    const onEnd = () => {
      ended = true;
      done();
    };
    child.once("close", onEnd).once("error", onEnd);
  });
  while (!(await isServerUp(port, token, 1))) {
    if (ended) {
      const last = readFileSync(logFile, "utf8").trim().split("\n").slice(-15).join("\n");
      throw new Error(`JupyterLab ended before it was ready:\n${last}`);
    }
    await sleep(100);
  }
  return {
    port,
    token,
    process: child,
    url: (page) => `http://127.0.0.1:${port}${page}?token=${token}`,
    async stop() {
      if (!ended) child.kill();
      const killTimer = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
      await end;
      clearTimeout(killTimer);
    },
  };
}

/** Starts JupyterLab's process and writes its output to a log. */
function spawnJupyter(
  root: string,
  python: string,
  port: number,
  token: string,
  logFile: string,
  options: string[],
): ChildProcess {
  const { personal } = paths(root);
  const log = openSync(logFile, "w");
  const args = [
    "-m",
    "jupyterlab",
    `--port=${port}`,
    `--ServerApp.root_dir=${personal}`,
    ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
    ...options,
  ];
  const child = spawn(python, args, {
    cwd: root,
    stdio: ["ignore", log, log],
    windowsHide: true,
    // the token is not on the command line, which every user of the machine can read
    env: { ...jupyterEnv(root, python), JUPYTER_TOKEN: token },
  });
  closeSync(log);
  return child;
}
