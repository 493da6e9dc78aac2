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
import { answers } from "./lock.js";

export interface Server {
  port: number;
  token: string;
  process: ChildProcess;
  /** The address of a page: "/lab/tree/06-attention.ipynb". */
  url(page: string): string;
  /** Stops the server and its kernels. */
  stop(): Promise<void>;
}

const USUAL_PORT = 8888;

/**
 * The port that was asked for, or else Jupyter's usual one, or any free one.
 * @throws when the port that was asked for is not available
 */
export async function choosePort(asked: string | undefined): Promise<number> {
  if (asked === undefined || asked === "") {
    return (await tryPort(USUAL_PORT)) ?? (await tryPort(0))!;
  }
  const port = Number(asked);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(
      `PORT is ${asked}, expected a number from 1 to 65535; without PORT a free one is chosen.`,
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

/** Two that start at once may choose the same port; whoever comes second chooses again. */
const MAX_ATTEMPTS = 5;
const TAKEN = /port \d+ is already in use|no available port/i;

/**
 * Starts the server and waits until it answers.
 * @param choose gives a port; asked again where somebody else has taken it in the meantime
 * @param more options of jupyter lab
 * @throws with the last lines of its log, when it ends before it answers
 */
export async function startServer(
  root: string,
  python: string,
  choose: () => Promise<number>,
  more: string[] = [],
): Promise<Server> {
  for (let tries = 1; ; tries++) {
    try {
      return await startOn(await choose(), root, python, more);
    } catch (e) {
      if (tries === MAX_ATTEMPTS || !TAKEN.test((e as Error).message)) throw e;
    }
  }
}

async function startOn(
  port: number,
  root: string,
  python: string,
  more: string[],
): Promise<Server> {
  const token = randomBytes(24).toString("hex");
  const { written, personal } = paths(root);
  makeFolder(personal);
  const logFile = join(makeFolder(join(written, "jupyter")), "server.log");
  const child = launch(root, python, port, token, logFile, more);
  let ended = false;
  const end = new Promise<void>((done) => {
    const note = () => {
      ended = true;
      done();
    };
    child.once("close", note).once("error", note);
  });
  while (!(await answers(port, token, 1))) {
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
      const impatient = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await end;
      clearTimeout(impatient);
    },
  };
}

/** Starts JupyterLab's process, with its output in a log. */
function launch(
  root: string,
  python: string,
  port: number,
  token: string,
  logFile: string,
  more: string[],
): ChildProcess {
  const { personal } = paths(root);
  const log = openSync(logFile, "w");
  const asRoot = process.getuid?.() === 0 ? ["--allow-root"] : [];
  const place = [`--port=${port}`, `--ServerApp.root_dir=${personal}`];
  const child = spawn(python, ["-m", "jupyterlab", ...place, ...asRoot, ...more], {
    cwd: root,
    stdio: ["ignore", log, log],
    windowsHide: true,
    // the token is not on the command line, which every user of the machine can read
    env: { ...jupyterEnv(root, python), JUPYTER_TOKEN: token },
  });
  closeSync(log);
  return child;
}
