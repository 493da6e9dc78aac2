// needs: sandbox
/** The command itself, in a process of its own that is killed, interrupted and started again. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readManifest, type LessonEntry } from "../files/manifest";
import { paths } from "../files/paths";
import { makeSmallCourse, notebook, RIGHT, shippedCells, type HandedIn } from "../grader.testing";

const course = makeSmallCourse();
afterAll(() => course.remove());

const GRADE = join(__dirname, "..", "..", "dist", "commands", "index.js");
const program = (words: string[], options: object) => `
  const { gradeCommand } = require(${JSON.stringify(GRADE)});
  gradeCommand(${JSON.stringify(course.root)}, ${JSON.stringify(words)}, ${JSON.stringify(options)})
    .then((code) => process.exit(code), (e) => { console.error(e.message); process.exit(1); });`;

function start(words: string[], options: object) {
  const child = spawn(process.execPath, ["-e", program(words, options)], { cwd: __dirname });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  const done = once(child, "close").then(([code]) => ({ code: code as number | null, said }));
  return { child, done };
}
const folder = (name: string) => join(course.root, name);
function handIn(name: string, cells: Record<string, HandedIn[]>): string {
  mkdirSync(folder(name), { recursive: true });
  for (const [file, list] of Object.entries(cells)) {
    writeFileSync(join(folder(name), `${file}.ipynb`), notebook(list));
  }
  return folder(name);
}
const classOf = (out: string) =>
  JSON.parse(readFileSync(join(out, "class.json"), "utf8")) as object;
const rows = (out: string) => readFileSync(join(out, "class.csv"), "utf8").trim().split("\r\n");

const wrong = { ...RIGHT, double: "function double(x: tf.Tensor) { return x.mul(3); }" };
const students = Object.fromEntries(
  Array.from({ length: 12 }, (_, i) => [`s${i}`, shippedCells(i % 3 === 0 ? wrong : RIGHT)]),
);

test("killed at any moment, the same command comes to the same class", async () => {
  const words = [handIn("class", students)];
  const whole = { out: folder("whole"), seed: 5 };
  expect((await start(words, whole).done).code).toBe(0);
  const killed = { out: folder("killed"), seed: 5 };
  for (const ms of [300, 900, 1400, 1900, 2500, 3000]) {
    const { child, done } = start(words, killed);
    const timer = setTimeout(() => child.kill("SIGKILL"), ms);
    await done;
    clearTimeout(timer);
  }
  expect((await start(words, killed).done).code).toBe(0);
  expect(classOf(killed.out)).toEqual(classOf(whole.out));
  const again = await start(words, killed).done;
  expect(again.said).toContain("12 of these files had been graded already.");
});

test("a notebook of another lesson than the one asked for is named and not graded", async () => {
  const words = [handIn("lessons", { s0: shippedCells(RIGHT) })];
  const manifest = readManifest(course.root);
  const [own] = manifest.lessons as [LessonEntry];
  const other = { ...own, id: "99-other", exercises: [], written: [], cells: {} };
  const file = paths(course.root).manifest;
  const before = readFileSync(file);
  writeFileSync(file, JSON.stringify({ ...manifest, lessons: [own, other] }));
  try {
    const right = await start(words, { out: folder("asked"), seed: 5, lesson: own.id }).done;
    expect(right).toMatchObject({ code: 0 });
    const wrong = await start(words, { out: folder("other"), seed: 5, lesson: "99" }).done;
    expect(wrong.said).toContain(`is the notebook of ${own.id}, not of 99-other`);
    expect(wrong.code).toBe(1);
  } finally {
    writeFileSync(file, before);
  }
  const none = await start(words, { out: folder("none"), lesson: "77" }).done;
  expect(none.said).toContain(`--lesson: there is no lesson 77: choose from ${own.id}`);
});

test("interrupted, it writes what it has and says how to go on; a latecomer is added", async () => {
  const words = [handIn("class", students)];
  const options = { out: folder("interrupted"), seed: 5, jobs: 1 };
  const { child, done } = start(words, options);
  const results = join(options.out, "results");
  const graded = () => {
    try {
      return readFileSync(join(results, "s0.json")).length > 0;
    } catch {
      return false;
    }
  };
  await expect.poll(graded, { timeout: 60_000 }).toBe(true);
  child.kill("SIGINT");
  const { code, said } = await done;
  expect(code).toBe(130);
  expect(said).toMatch(/Interrupted after \d+ of 12 submissions. The same command goes on/);
  expect(rows(options.out).length).toBeGreaterThan(1);
  expect((await start(words, options).done).code).toBe(0);
  expect(rows(options.out)).toHaveLength(13);
  const late = handIn("late", { late: shippedCells() });
  const { said: last } = await start([late], { out: options.out }).done;
  expect(rows(options.out)).toHaveLength(14);
  expect(last).toContain("In all: 13 submissions graded, 90 % of the points on average. Seed 5.");
});

/** Uses up so many seconds of a processor. */
const burn = (seconds: number): HandedIn => ({
  source:
    "{ const used = () => process.cpuUsage().user / 1e6; " +
    `for (const end = used() + ${seconds}; used() < end;); }`,
});

test("slow cells cost themselves, not the exercises, nor anybody's time", async () => {
  const [title, setup, ...rest] = shippedCells();
  const hogs = Array.from({ length: 40 }, () => burn(1));
  const hog = [title!, setup!, ...hogs, ...rest];
  const words = [handIn("hogs", { hog, quick: shippedCells() })];
  const options = { out: folder("hog-grades"), seed: 5, budget: 12 };
  const before = process.cpuUsage().user;
  const { code, said } = await start(words, options).done;
  expect(code).toBe(0);
  expect(said).toMatch(/hog.ipynb +12\/12/);
  expect(said).toMatch(/quick.ipynb +12\/12/);
  expect(readFileSync(join(options.out, "hog.html"), "utf8")).toContain("share of the time");
  expect(process.cpuUsage().user - before).toBeLessThan(60e6);
});

test("reports that cannot be written are refused before anything is graded", async () => {
  const words = [handIn("class", students)];
  const file = folder("in-the-way");
  writeFileSync(file, "");
  const { code, said } = await start(words, { out: file }).done;
  expect(code).toBe(1);
  expect(said).toMatch(/^grade: cannot write to .*: a file is in the way; choose another folder/);
  rmSync(file);
});
