// needs: jupyter
/**
 * `npm start` as a command: opens, notices a second one and a taken port, takes private lessons,
 * stops its server and its kernels.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "grader/files";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { findJupyter } from "kernel";
import { isServerUp } from "./lock";
import { startServer } from "./server";

const root = join(import.meta.dirname, "..", "..", "..", "..");
const personal = join(root, ".local", "test", "start");

const LESSON = `---
title: A secret
question: What is it?
minutes: 5
---

\`\`\`ts setup id=setup
import * as tf from "@tensorflow/tfjs-core";
\`\`\`

It stays with the instructor.
`;

/** Starts the command; gives what it prints until it ends, or until a text appears. */
async function npmStart(
  env: NodeJS.ProcessEnv = {},
  until?: string,
  words: string[] = [],
): Promise<{ child: ChildProcess; text: string }> {
  const child = spawn(
    process.execPath,
    [join(root, "engine", "cli", "bin", "start.mjs"), ...words],
    {
      env: { ...process.env, COURSE_PERSONAL: personal, BROWSER: "none", PORT: "", ...env },
    },
  );
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  while (child.exitCode === null && !(until && text.includes(until))) await sleep(50);
  return { child, text };
}

let first: ChildProcess;
let port: number;
let token: string;
beforeAll(async () => {
  rmSync(personal, { recursive: true, force: true });
  const { child, text } = await npmStart({}, "Stop with Ctrl+C.");
  first = child;
  const address = /http:\/\/127\.0\.0\.1:(\d+)\/\S*token=(\w+)/.exec(text);
  if (!address) throw new Error(`npm start did not open:\n${text}`);
  port = Number(address[1]);
  token = address[2]!;
});
afterAll(() => {
  first?.kill();
});

test("copies are there, and only who has the token gets in", async () => {
  expect(readdirSync(personal).filter((name) => name.endsWith(".ipynb")).length).toBeGreaterThan(0);
  expect(await isServerUp(port, token)).toBe(true);
  expect((await fetch(`http://127.0.0.1:${port}/api/contents`)).status).toBe(403);
});

test("a second start says where the course is open, and leaves it alone", async () => {
  const { child, text } = await npmStart();
  expect(text).toContain(`The course is open already: http://127.0.0.1:${port}/lab`);
  expect(child.exitCode).toBe(0);
  expect(await isServerUp(port, token)).toBe(true);
});

test("one sentence reports a port that is taken", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const taken = String((other.address() as { port: number }).port);
  const { child, text } = await npmStart({ PORT: taken, COURSE_PERSONAL: `${personal}-2` });
  other.close();
  expect(text).toContain(
    `Port ${taken} is taken by another program or not allowed: set PORT to another number`,
  );
  expect(child.exitCode).toBe(1);
  expect(existsSync(join(`${personal}-2`, ".server.json"))).toBe(false);
});

test("a server that finds its port taken takes another one", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port: taken } = other.address() as { port: number };
  const ports = [taken, await freePort()];
  vi.stubEnv("COURSE_PERSONAL", `${personal}-3`);
  const choose = () => Promise.resolve(ports.shift()!);
  const server = await startServer(root, await findJupyter(), choose);
  expect(server.port).not.toBe(taken);
  expect(await isServerUp(server.port, server.token)).toBe(true);
  await server.stop();
  other.close();
  vi.unstubAllEnvs();
});

test("private lessons are among the copies, and one sentence rejects any other folder", async () => {
  const folder = mkdtempSync(join(tmpdir(), "course-start-"));
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  put("lessons-src/90-secret/lesson.md", LESSON);
  put("nothing/here.txt", "");
  const own = { COURSE_PERSONAL: undefined };
  const wrong = await npmStart(own, undefined, ["--private", join(folder, "nothing")]);
  expect(wrong.text).toContain("nothing holds no lessons");
  expect(wrong.child.exitCode).toBe(1);
  const typo = await npmStart(own, undefined, ["--privat", folder]);
  expect(typo.text).toContain("npm start: unknown option '--privat'");
  const { child, text } = await npmStart(own, "Stop with Ctrl+C.", ["90", "--private", folder]);
  expect(text).toContain("/lab/tree/90-secret.ipynb");
  const copies = readdirSync(join(folder, "course", "my-course"));
  expect(copies).toContain("90-secret.ipynb");
  expect(copies.length).toBeGreaterThan(2);
  child.kill("SIGINT");
  await once(child, "close");
  rmSync(folder, { recursive: true });
});

test.skipIf(process.platform === "win32")("Ctrl+C stops the server and its kernels", async () => {
  const started = await fetch(`http://127.0.0.1:${port}/api/kernels`, {
    method: "POST",
    headers: { authorization: `token ${token}` },
  });
  const connection = join(
    root,
    ".local",
    "jupyter",
    "runtime",
    `kernel-${((await started.json()) as { id: string }).id}.json`,
  );
  expect(existsSync(connection)).toBe(true);
  first.kill("SIGINT");
  await once(first, "close");
  expect(first.exitCode).toBe(0);
  expect(await isServerUp(port, token)).toBe(false);
  expect(existsSync(connection)).toBe(false); // Jupyter removes it when the kernel is gone
  expect(existsSync(join(personal, ".server.json"))).toBe(false);
});
