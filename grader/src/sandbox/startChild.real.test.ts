// needs: sandbox
/** Children that a small process starts: their pipes, their ends, and the end of that process. */
import { fork } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, expect, test } from "vitest";
import { processTree } from "./processes";
import { openStarter, StarterLost, type Starter } from "./startChild";
import type { StarterEvent, StarterRequest } from "./starterProcess";

const folder = mkdtempSync(join(tmpdir(), "course-starting-"));
const filter = join(folder, "filter");
writeFileSync(filter, "the filter");
afterAll(() => rmSync(folder, { recursive: true }));

const shell = (script: string) => ({ program: "/bin/sh", options: ["-c", script], filter });

/** The process that starts children, of which this one has no other. */
function pidOfStarter(): number {
  const isIt = (pid: number) =>
    readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("starterProcess.js");
  return processTree(process.pid).find(isIt)!;
}

async function withStarter(use: (starter: Starter) => Promise<void>): Promise<void> {
  const starter = openStarter();
  try {
    await use(starter);
  } finally {
    starter.close();
  }
}

test("a child gets its job and the filter, and its results arrive whole", async () => {
  await withStarter(async (starter) => {
    const script = "cat >&3; cat <&4 >&3; head -c 1000000 /dev/zero | tr '\\0' x >&3; env >&3";
    const children = await Promise.all([1, 2, 3].map(() => starter.start(shell(script))));
    for (const [i, { job, results, ended }] of children.entries()) {
      job.end(`job ${i}, `);
      const [head, tail] = (await text(results)).split(/x{1000000}/);
      expect(head).toBe(`job ${i}, the filter`);
      expect(tail).not.toContain("PATH=/usr"); // nothing of our environment
      expect(await ended).toBeUndefined();
    }
  });
});

test("a program that isn't there, and a filter that isn't, say so", async () => {
  await withStarter(async (starter) => {
    const missing = await starter.start({ program: "/no/such", options: [], filter });
    expect(await missing.ended).toMatch(/ENOENT/);
    const unfiltered = await starter.start({ ...shell("true"), filter: "/no/filter" });
    expect(await unfiltered.ended).toMatch(/ENOENT/);
  });
});

test("children that end at once end", async () => {
  await withStarter(async (starter) => {
    const children = await Promise.all(Array.from({ length: 20 }, () => starter.start(shell(""))));
    for (const { results } of children) results.resume();
    const ended = await Promise.all(children.map((child) => child.ended));
    expect(new Set(ended)).toEqual(new Set([undefined]));
  });
});

test("killing a child ends its group", async () => {
  await withStarter(async (starter) => {
    const child = await starter.start(shell("sleep 300 & sleep 300"));
    child.results.resume();
    child.kill();
    expect(await child.ended).toBeUndefined();
    expect(processTree(child.pid!)).toEqual([child.pid]);
  });
});

test("where the starter process is lost, its children say so, and another is started", async () => {
  await withStarter(async (starter) => {
    const child = await starter.start(shell("sleep 300"));
    process.kill(pidOfStarter(), "SIGINT"); // the grader's to act on
    process.kill(pidOfStarter(), "SIGTERM");
    child.results.resume();
    const other = await starter.start(shell("cat"));
    other.results.resume();
    other.job.end();
    expect(await other.ended).toBeUndefined();
    process.kill(pidOfStarter(), "SIGKILL");
    await expect(child.ended).rejects.toThrow(StarterLost);
    process.kill(-child.pid!, "SIGKILL"); // bubblewrap's end with it
    const next = await starter.start(shell("cat; echo again >&3"));
    next.job.end();
    expect(await text(next.results)).toBe("again\n");
  });
});

test("a starter process that has lost its grader ends, and its children with it", async () => {
  const file = join(import.meta.dirname, "..", "..", "dist", "sandbox", "starterProcess.js");
  const other = String(process.ppid); // not the process that started it
  const starter = fork(file, [other], { stdio: ["ignore", "ignore", "ignore", "ipc"] });
  const ended = new Promise((resolve) => starter.on("exit", resolve));
  const started = new Promise<number>((resolve) => {
    starter.on("message", (event: StarterEvent) => {
      if ("pid" in event) resolve(event.pid);
    });
  });
  starter.send({ id: 1, start: shell("sleep 300") } satisfies StarterRequest);
  const pid = await started;
  expect(await ended).toBe(0);
  await expect.poll(() => isAlive(pid)).toBe(false);
});

/** A process that was killed stays as a zombie until somebody asks how it ended. */
function isAlive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, "latin1").includes(") Z ");
  } catch {
    return false;
  }
}
