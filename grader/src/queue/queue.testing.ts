/** For tests only: a real Valkey, and graders and workers that can be killed. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";

const DIST = join(__dirname, "..", "..", "dist");
const programs = new Set<Running>();

/** Ends graders and workers that a test has left. */
export async function endPrograms(): Promise<void> {
  for (const { child } of programs) child.kill("SIGKILL");
  await Promise.all([...programs].map(({ done }) => done));
}

export interface Running {
  child: ChildProcess;
  /** What it has said so far. */
  said(): string;
  done: Promise<{ code: number | null; said: string }>;
}

function run(program: string, args: string[], env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(program, args, { env: { ...process.env, ...env } });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  const done = once(child, "close").then(([code]) => ({ code: code as number | null, said }));
  return { child, said: () => said, done };
}

const script = (file: string, call: string) => `
  const loaded = require(${JSON.stringify(join(DIST, file))});
  loaded.${call}.then((code) => (process.exitCode = code), (e) => {
    console.error(e.message);
    process.exitCode = 1;
  });`;

/** Calls a command as built, in a process of its own. */
function call(file: string, command: string, args: unknown[], env: NodeJS.ProcessEnv): Running {
  const given = args.map((arg) => JSON.stringify(arg)).join(", ");
  const program = run(process.execPath, ["-e", script(file, `${command}(${given})`)], env);
  programs.add(program);
  void program.done.then(() => programs.delete(program));
  return program;
}
export const startGrader = (root: string, words: string[], options: object, env = {}): Running =>
  call("commands/grade.js", "gradeCommand", [root, words, options], env);
export const startWorker = (root: string, options: object, env = {}): Running =>
  call("commands/worker.js", "workerCommand", [root, options], env);

export async function until(is: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await is())) await new Promise((resolve) => setTimeout(resolve, 20));
}

const SERVERS = ["valkey-server", "redis-server"];

/** A server with an append-only file, on a socket in a folder of its own. */
export async function startValkey(...settings: string[]) {
  const folder = mkdtempSync(join(tmpdir(), "course-valkey-"));
  const socket = join(folder, "s");
  const program = SERVERS.find((name) => spawnSync(name, ["--version"]).status === 0)!;
  const options = ["--port", "0", "--unixsocket", socket, "--dir", folder, "--save", ""];
  const start = () => run(program, [...options, "--appendonly", "yes", ...settings]);
  let server = start();
  const isThere = async () => {
    await until(() => existsSync(socket) || server.child.exitCode !== null);
    if (server.child.exitCode !== null) throw new Error(server.said());
  };
  await isThere();
  return {
    url: `unix://${socket}`,
    client: () => new Redis(socket, { maxRetriesPerRequest: null }),
    /** As a crash would, and starts it again. */
    async killAndRestart() {
      server.child.kill("SIGKILL");
      await server.done;
      rmSync(socket, { force: true });
      server = start();
      await isThere();
    },
    async close() {
      server.child.kill("SIGKILL");
      await server.done;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
