import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Task } from "./batch";
import { collectInputs, readInput } from "./inputs";
import type { Graded, Result } from "./result";
import { writeSubmission } from "../reports/write";
import { openStore, type Store } from "./store";

let folder: string;
let out: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "course-store-"));
  out = join(folder, "out");
  store = await openStore(out, "small-course", writeSubmission);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const VERSION = "1+abc";
const hand = (name: string, text: string) => {
  const file = join(folder, "in", name);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
  return file;
};
function result(task: Task, more: Partial<Graded> = {}): Result {
  const { file, id } = task;
  const says = { file, id, seed: 1, version: VERSION };
  if (task.error !== undefined) return { ...says, reason: task.error };
  const sha256 = createHash("sha256").update(readInput(task)).digest("hex");
  const none = { points: 0, maxPoints: 4, exercises: [], cells: [], written: [] };
  return { ...says, lesson: "00-small", title: "Small", sha256, ...none, ...more };
}
const plan = (words: string[], seed = 1, version = VERSION) =>
  store.plan(collectInputs(words).inputs, seed, () => version);
async function grade(words: string[], more?: Partial<Graded>) {
  const { tasks } = plan(words);
  for (const task of tasks) await store.keep(result(task, more), task);
  return tasks.map((t) => t.id);
}
const reopen = async () => {
  store.close();
  store = await openStore(out, "small-course", writeSubmission);
};
const files = () => [...store.results()].map((r) => r.file);

test("what is finished is not graded again, unless file, seed or version differ", async () => {
  const file = hand("a.ipynb", "one");
  expect(await grade([file])).toEqual(["a"]);
  await reopen();
  expect(plan([file])).toEqual({ tasks: [], finished: ["a"] });
  expect(plan([file], 2).tasks.map((t) => t.id)).toEqual(["a"]);
  expect(plan([file], 1, "1+other").tasks).toHaveLength(1);
  hand("a.ipynb", "two");
  expect(plan([file]).tasks.map((t) => t.id)).toEqual(["a"]);
});

test("the seed of the first batch is that of the next", async () => {
  await store.begin(77);
  await reopen();
  expect(store.seed).toBe(77);
});

test("a latecomer is added", async () => {
  await grade([hand("b.ipynb", "b"), hand("c.ipynb", "c")]);
  await reopen();
  await grade([hand("a.ipynb", "a")]);
  expect(files()).toEqual(["a.ipynb", "b.ipynb", "c.ipynb"]);
});

test("two people whose files have one name stay two", async () => {
  await grade([hand("anna/06.ipynb", "same")]);
  await reopen();
  expect(await grade([hand("ben/06.ipynb", "same")])).toEqual(["06-2"]);
  expect(await grade([hand("eve/06.ipynb", "other")])).toEqual(["06-3"]);
  await reopen();
  const again = plan(["anna", "ben", "eve"].map((name) => join(folder, "in", name, "06.ipynb")));
  expect(again).toEqual({ tasks: [], finished: ["06", "06-2", "06-3"] });
});

test("a folder that was moved is known again, by names and contents", async () => {
  const old = hand("monday/a.ipynb", "a");
  await grade([join(folder, "in", "monday")]);
  const moved = hand("tuesday/a.ipynb", "a");
  expect(plan([join(folder, "in", "tuesday")]).tasks).toHaveLength(1); // the old one is there
  rmSync(old);
  await reopen();
  expect(plan([join(folder, "in", "tuesday")]).finished).toEqual(["a"]);
  writeFileSync(moved, "changed");
  expect(plan([join(folder, "in", "tuesday")]).tasks.map((t) => t.id)).toEqual(["a-2"]);
});

test("what could not be graded is tried again, and forgotten when its file is gone", async () => {
  const text = hand("a.txt", "");
  await grade([join(folder, "in")]);
  expect(files()).toContain("a.txt");
  const waiting = { notGraded: true, name: "f", with: "own", points: 0, maxPoints: 0 } as const;
  const shader = hand("k.ipynb", "k");
  await grade([shader], { exercises: [{ ...waiting, groups: [], failures: [] }] });
  await reopen();
  expect(plan([shader]).tasks).toHaveLength(1);
  rmSync(text);
  await reopen();
  expect(files()).toEqual(["k.ipynb"]);
});

test("a result that was cut off, or whose page is missing, is made again", async () => {
  const [a, b] = [hand("a.ipynb", "a"), hand("b.ipynb", "b")];
  await grade([a, b]);
  writeFileSync(join(out, "results", "a.json"), '{"place":');
  rmSync(join(out, "b.html"));
  await reopen();
  expect(plan([a, b]).tasks.map((t) => t.id)).toEqual(["a", "b"]);
  expect(readdirSync(join(out, "results")).filter((n) => n.endsWith(".part"))).toEqual([]);
});

test.runIf(process.platform === "linux")("two graders do not write to one folder", async () => {
  await expect(openStore(out, "small-course", writeSubmission)).rejects.toThrow(
    /another grader is writing to/,
  );
});

test("a folder that cannot be written is refused at once, with a remedy", async () => {
  writeFileSync(join(folder, "file"), "");
  await expect(openStore(join(folder, "file"), "c", writeSubmission)).rejects.toThrow(
    /cannot write to .*file: a file is in the way; choose another folder with --out/,
  );
  await expect(openStore("/proc/grades", "c", writeSubmission)).rejects.toThrow(
    /cannot write to \/proc\/grades/,
  );
});
