// needs: sandbox valkey
// level: all
/**
 * A class graded by workers behind a real queue, in processes of their own that are killed at any
 * moment: its folder must come out as that of a class graded in process, to the last byte.
 */
import { Queue, Worker } from "bullmq";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Batch } from "../batch/result";
import { courseVersion } from "../batch/version";
import { readManifest } from "../files/manifest";
import { paths } from "../files/paths";
import { makeSmallCourse, notebook, RIGHT, shippedCells, type HandedIn } from "../grader.testing";
import { PREFIX } from "./connect";
import { endPrograms, seeded, startGrader, startValkey, startWorker, until } from "./queue.testing";

const course = makeSmallCourse();
const folder = (name: string) => join(course.root, name);
let valkey: Awaited<ReturnType<typeof startValkey>>;
beforeAll(async () => {
  valkey = await startValkey();
});
afterEach(endPrograms);
afterAll(async () => {
  await valkey.close();
  course.remove();
});

/** Uses up so many seconds of a processor. */
const burn = (seconds: number): HandedIn => ({
  source:
    "{ const used = () => process.cpuUsage().user / 1e6; " +
    `for (const end = used() + ${seconds}; used() < end;); }`,
});
function submission(i: number): string {
  if (i === 7) return "{ not a notebook";
  if (i === 11) return notebook(shippedCells({ ...RIGHT, double: "function double( {" }));
  const wrong = "function double(x: tf.Tensor) { return x.mul(3); }";
  const kinds = [RIGHT, { ...RIGHT, double: wrong }, {}];
  const own: HandedIn = { source: `const mine = ${i};` };
  // two students hand in the same file
  return notebook(i < 2 ? shippedCells() : [...shippedCells(kinds[i % 3]), own]);
}

function handIn(name: string, texts: string[]): string {
  mkdirSync(folder(name), { recursive: true });
  texts.forEach((text, i) => writeFileSync(join(folder(name), `s${i}.ipynb`), text));
  return folder(name);
}

const FILES = 20;
const SEED = 5;
const students = handIn(
  "class",
  Array.from({ length: FILES }, (_, i) => submission(i)),
);
/** Two with the same file, right, wrong and unwritten answers, and one that can't be read. */
const some = handIn(
  "some",
  [0, 1, 4, 5, 7].map((i) => submission(i)),
);
async function gradeInProcess(words: string[], out: string): Promise<string> {
  const { code } = await startGrader(course.root, words, { out: folder(out), seed: SEED }).done;
  expect(code).toBe(0);
  return folder(out);
}

/** Name → text, of all reports. */
function reports(out: string): Record<string, string> {
  const names = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== ".lock")
    .map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(
    names.map((name) => [name.slice(out.length), readFileSync(name, "utf8")]),
  );
}
const classOf = (out: string) => JSON.parse(readFileSync(join(out, "class.json"), "utf8")) as Batch;

const grader = (words: string[], out: string, more: object = {}, env = {}) =>
  startGrader(
    course.root,
    words,
    { out: folder(out), seed: SEED, queue: valkey.url, ...more },
    env,
  );
const worker = (more: object = {}, env = {}) =>
  startWorker(course.root, { queue: valkey.url, lease: 2, jobs: 2, ...more }, env);
const ready = (one: ReturnType<typeof worker>) => until(() => one.said().includes("Worker "));

/** What the queue has left in the server, but for what belongs to the queue itself. */
async function leftovers(): Promise<string[]> {
  const client = valkey.client();
  const names = await client.keys(`${PREFIX}:*`);
  client.disconnect();
  return names.filter((name) => /:file:|:job-/.test(name));
}

test("killed at random moments, grader, workers and server lose and double no grade", async () => {
  const random = seeded(15);
  const workers = [worker(), worker()];
  await ready(workers[0]!);
  let one = grader([students], "killed");
  const kills = ["worker", "server", "grader", "worker", "grader", "server"];
  for (const kill of kills) {
    await Promise.race([one.done, new Promise((resolve) => setTimeout(resolve, 1500 * random()))]);
    if (kill === "server") await valkey.killAndRestart();
    if (kill === "worker") {
      const at = random() < 0.5 ? 0 : 1;
      workers[at]!.child.kill("SIGKILL");
      workers[at] = worker();
    }
    if (kill === "grader") {
      one.child.kill("SIGKILL");
      await one.done;
      one = grader([students], "killed");
    }
  }
  const { code, said } = await one.done;
  expect(said).toContain("submissions graded");
  expect(code).toBe(0);
  expect(reports(folder("killed"))).toEqual(
    reports(await gradeInProcess([students], "class-here")),
  );
  expect(await leftovers()).toEqual([]);
});

const version = courseVersion(course.root, readManifest(course.root)).version;
/** The queue itself, as an administrator or an attacker reaches it. */
async function withQueue<T>(use: (queue: Queue) => Promise<T>): Promise<T> {
  const connection = valkey.client();
  const queue = new Queue(`grade-${version}`, { connection, prefix: PREFIX });
  try {
    return await use(queue);
  } finally {
    connection.disconnect();
  }
}
/** Waits until the only job runs for the nth time. */
const runs = (queue: Queue, n: number) =>
  until(async () => (await queue.getActive()).some((job) => job?.attemptsStarted === n));

test("what costs three workers is set aside and named, and graded when asked again", async () => {
  const slow = handIn("slow", [notebook([...shippedCells(), burn(2)])]);
  const one = grader([slow], "slow-grades");
  await withQueue(async (queue) => {
    for (let n = 1; n <= 3; n++) {
      const victim = worker();
      await runs(queue, n);
      victim.child.kill("SIGKILL");
    }
  });
  const good = worker();
  const { code, said } = await one.done;
  expect(said).toMatch(/s0.ipynb: not graded, it was set aside after 3 tries: its worker was lost/);
  expect(code).toBe(1);
  expect(classOf(folder("slow-grades")).graded).toEqual([]);
  expect(good.said()).toContain("is set aside: its worker was lost each time");
  expect((await grader([slow], "slow-grades").done).said).toMatch(/s0.ipynb +12\/12/);
  expect(await leftovers()).toEqual([]);
});

test("asked to stop, a worker finishes what it has; asked twice, it gives it back", async () => {
  const slow = handIn("stop", [notebook([...shippedCells(), burn(1.5)])]);
  await withQueue(async (queue) => {
    const [first, one] = [worker(), grader([slow], "stopped")];
    await runs(queue, 1);
    first.child.kill("SIGTERM");
    expect(await first.done).toMatchObject({
      code: 0,
      said: expect.stringContaining("Stopped: 1 submissions finished.") as string,
    });
    expect((await one.done).code).toBe(0);

    const [hurried, again] = [worker(), grader([slow], "hurried")];
    await runs(queue, 1);
    hurried.child.kill("SIGTERM");
    await until(() => hurried.said().includes("Stopping"));
    hurried.child.kill("SIGTERM");
    const { code, said } = await hurried.done;
    expect(said).toContain("Stopped: 0 submissions finished.");
    expect(code).toBe(0);
    expect(await queue.getActive()).toEqual([]);
    const next = worker();
    expect((await again.done).code).toBe(0);
    expect(next.said()).not.toContain("tried again"); // it was no try
  });
  expect(reports(folder("hurried"))).toEqual(reports(folder("stopped")));
});

test("a worker of another version leaves submissions alone, and both say so", async () => {
  const other = makeSmallCourse();
  try {
    const file = paths(other.root).manifest;
    const manifest = { ...readManifest(other.root), version: "1.2.4" };
    writeFileSync(file, JSON.stringify(manifest));
    const stranger = startWorker(other.root, { queue: valkey.url });
    await ready(stranger);
    const one = grader([some], "versions");
    await until(() => /leaves these submissions alone: it has version 1.2.4/.test(one.said()));
    await until(() => /refused and left for other workers/.test(stranger.said()));
    expect(one.child.exitCode).toBeNull();
    worker();
    expect((await one.done).code).toBe(0);
    expect(classOf(folder("versions")).graded).toHaveLength(4);
    stranger.child.kill("SIGTERM");
    expect((await stranger.done).said).toContain("Stopped: 0 submissions finished.");
  } finally {
    other.remove();
  }
});

test("forged jobs are set aside, forged answers are not believed", async () => {
  const words = [handIn("forged", [submission(3)])];
  await withQueue(async (queue) => {
    const jobs = [{ path: "/etc/passwd" }, { sha256: "a".repeat(64), size: 1, seed: 1, version }];
    for (const data of jobs) await queue.add("grade", data, { jobId: `job-${data.size ?? 0}` });
    const honest = worker();
    await until(() => honest.said().split("is set aside").length === 3);
    expect(honest.said()).toMatch(/another form than the grader's/);
    expect(honest.said()).toMatch(/id is not that of its content/);
    expect((await grader(words, "honest").done).code).toBe(0);
    await endPrograms();
    const forged = {
      job: "job-1",
      sha256: "a".repeat(64),
      outcome: { seed: SEED, version, reason: "" },
    };
    const connection = valkey.client();
    const rogue = new Worker(queue.name, () => Promise.resolve(forged), {
      connection,
      prefix: PREFIX,
    });
    const { code, said } = await grader(words, "rogue").done;
    await rogue.close(true);
    connection.disconnect();
    expect(said).toContain("a worker's answer is for another job, file or version");
    expect(code).toBe(1);
    await queue.obliterate({ force: true });
  });
});

test("a file that is gone is put back, and a second try counts like a first", async () => {
  const text = submission(3);
  const words = [handIn("gone", [text])];
  const client = valkey.client();
  const key = `${PREFIX}:file:${createHash("sha256").update(text).digest("hex")}`;
  await withQueue(async (queue) => {
    const [one, waits] = [
      grader(words, "gone-grades"),
      async () => (await queue.getWaiting()).length > 0,
    ];
    await until(waits);
    await client.del(key);
    const helper = worker();
    await until(() => helper.said().includes("is tried again"));
    await client.set(key, text);
    expect((await one.done).code).toBe(0);
    await endPrograms();

    const other = grader(words, "gone-again");
    await until(waits);
    await client.del(key);
    const said = worker().said;
    expect((await other.done).code).toBe(0);
    expect(said()).toMatch(/is set aside: its file is not in the queue's own server/);
  });
  client.disconnect();
  expect(reports(folder("gone-again"))).toEqual(reports(folder("gone-grades")));
});

test("Prometheus hears how it goes", async () => {
  const one = worker({ metrics: 0 });
  await ready(one);
  const url = /metrics at (http:\S+)\./.exec(one.said())![1]!;
  expect((await grader([some], "metrics").done).code).toBe(0);
  expect(reports(folder("metrics"))).toEqual(reports(await gradeInProcess([some], "some-here")));
  const text = await (await fetch(url)).text();
  // two students handed in one file
  expect(text).toContain('course_submissions_total{end="graded",program="worker"} 3');
  expect(text).toContain('course_submissions_total{end="not graded",program="worker"} 1');
  expect(text).toContain('course_submission_seconds_count{program="worker"} 4');
  expect((await fetch(url.replace("/metrics", "/"))).status).toBe(404);
});

test("a queue that isn't there or doesn't let one in is one sentence, without the password", async () => {
  const locked = await startValkey("--requirepass", "secret");
  try {
    const words = [some];
    const closed = await grader(words, "locked", { queue: locked.url }).done;
    expect(closed.said).toMatch(/^--queue: the queue at \S+ can't be reached \(NOAUTH [^\n]*\n$/);
    const away = await grader(words, "away", { queue: "redis://:secret@127.0.0.1:1" }).done;
    expect(away.said).toMatch(/^--queue: the queue at 127.0.0.1:1 can't be reached [^\n]*\n$/);
    expect(away.said).not.toContain("secret");
    expect([closed.code, away.code]).toEqual([1, 1]);
    const open = locked.url.replace("unix://", "unix://:secret@localhost");
    const one = startWorker(course.root, { queue: open });
    await ready(one);
    expect(one.said()).not.toContain("secret");
  } finally {
    await endPrograms();
    await locked.close();
  }
});
