// level: all
/**
 * A kernel outlives what happens to the files around it. A course of hard links is built over,
 * linked, touched and installed again, on a machine that is busy, while twenty kernels start in it
 * and run cells.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { courseRoot } from "grader";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createConnection, startKernel, type Kernel } from "./client";

const PACKAGES = [
  "grader",
  "solutions",
  ...["cells", "ops", "course", "kernel"].map((name) => `engine/${name}`),
];
const KERNELS = 20;
const AT_A_TIME = 5;
const CELLS = [
  'import * as tf from "@tensorflow/tfjs-core";\nimport { show } from "course";\nimport * as ' +
    'solutions from "solutions";\nlet total = 0;',
  "total += tf.tidy(() => tf.ones([64, 64]).matMul(tf.ones([64, 64])).sum().dataSync()[0]!);",
  "function work(ms: number) { const end = performance.now() + ms; " +
    "while (performance.now() < end) total += 0; }\nwork(300);",
  "await new Promise((done) => setTimeout(done, 1000));",
  'import { check } from "course";\n[typeof show, typeof check, typeof solutions, total].join()',
];
const SHOWN = "function,function,object,262144\n";

let course: string;
const load: ChildProcess[] = [];
beforeAll(() => {
  const root = courseRoot();
  course = mkdtempSync(join(root, ".local", "survives-")); // the same disk, where links work
  const wanted = ["grader", "solutions", "engine", "node_modules", "package.json", "lessons-src"];
  const { status } = spawnSync("cp", ["-al", ...wanted.map((name) => join(root, name)), course]);
  if (status !== 0) spawnSync("cp", ["-a", ...wanted.map((name) => join(root, name)), course]);
  for (let i = 0; i < 1; i++) load.push(spawn(process.execPath, ["-e", "for (;;);"]));
});
afterAll(() => {
  load.forEach((busy) => busy.kill("SIGKILL"));
  rmSync(course, { recursive: true, force: true });
});

const within = (...names: string[]) => join(course, ...names);

/** Writes a file again, under another inode: what it was linked to stays as it is. */
function rewrite(file: string): void {
  copyFileSync(file, `${file}.new`);
  renameSync(`${file}.new`, file);
}

/** What a compiler does. */
function rebuild(): void {
  for (const name of PACKAGES) {
    const files = readdirSync(within(name, "dist"), { recursive: true }) as string[];
    files
      .filter((file) => file.endsWith(".d.ts"))
      .forEach((file) => rewrite(within(name, "dist", file)));
  }
}

/** What npm does to files and links. */
function touchAndLink(): void {
  const installed = ["@tensorflow", "@types"].flatMap((scope) =>
    readdirSync(within("node_modules", scope)).map((name) => within("node_modules", scope, name)),
  );
  const folders = [...PACKAGES.map((name) => within(name)), ...installed];
  folders.forEach((folder) => rewrite(join(folder, "package.json")));
  for (const name of PACKAGES) {
    const link = within("node_modules", basename(name));
    rmSync(link);
    symlinkSync(join("..", name), link);
  }
}

/** What `npm ci` does: nothing is there for a while. */
async function install(): Promise<void> {
  renameSync(within("node_modules"), within("node_modules.gone"));
  await setTimeout(300);
  renameSync(within("node_modules.gone"), within("node_modules"));
}

/** @throws with what the kernels are at, where they are not done after nine minutes */
async function disturbUntil(
  done: () => boolean,
  mayInstall: () => boolean,
  describe: () => string,
): Promise<void> {
  const end = Date.now() + 540_000;
  while (!done()) {
    if (Date.now() > end) throw new Error(`not done after nine minutes: ${describe()}`);
    rebuild();
    touchAndLink();
    if (mayInstall()) await install();
    await setTimeout(1000);
  }
}

test(
  "twenty kernels outlive builds, links, touches and installations",
  { timeout: 600_000 },
  async () => {
    let ended = 0;
    let starting = 0;
    const states: string[] = [];
    const one = async (index: number) => {
      starting++;
      states[index] = "starts";
      const launcher = within("engine", "kernel", "launch.mjs");
      const kernel = await startKernel(
        within("engine", "course"),
        { COURSE_ROOT: course, COURSE_DEVICE: "wasm" },
        { launcher },
      );
      const run = (cell: number) => {
        states[index] = `cell ${cell + 1} of process ${kernel.process.pid}`;
        return kernel.run(CELLS[cell]!);
      };
      const first = await run(0);
      starting--;
      expect(first.error).toBeUndefined();
      for (let cell = 1; cell < CELLS.length; cell++) {
        expect((await run(cell)).error).toBeUndefined();
      }
      const { stdout } = await run(CELLS.length - 1);
      expect(stdout).toBe(SHOWN);
      expect(kernel.process.exitCode ?? kernel.process.signalCode).toBeNull();
      kernel.stop();
      ended++;
      states[index] = "ended";
    };
    const worker = async (_: unknown, first: number) => {
      for (let i = first; i < KERNELS; i += AT_A_TIME) await one(i);
    };
    const workers = Promise.all(Array.from({ length: AT_A_TIME }, worker));
    let failed = false;
    workers.catch(() => (failed = true));
    await disturbUntil(
      () => failed || ended === KERNELS,
      () => starting === 0,
      () => states.map((state, i) => `${i}: ${state}`).join("; "),
    );
    await workers;
  },
);

test("a package that is missing while a cell imports it can be imported later", async () => {
  const kernel = await startKernel(
    within("engine", "course"),
    { COURSE_ROOT: course, COURSE_DEVICE: "cpu" },
    { launcher: within("engine", "kernel", "launch.mjs") },
  );
  const before = await kernel.run('import { late } from "comes-late";');
  expect(before.error!.evalue).toMatch(/^Cannot find module 'comes-late'/);
  const late = within("node_modules", "comes-late");
  mkdirSync(late);
  writeFileSync(
    join(late, "package.json"),
    '{ "name": "comes-late", "main": "index.js", "types": "index.d.ts" }',
  );
  writeFileSync(join(late, "index.js"), "exports.late = () => 3;");
  writeFileSync(join(late, "index.d.ts"), "export declare function late(): number;");
  const { error, outputs } = await kernel.run(
    'import { late } from "comes-late";\nlate().toFixed(1)',
  );
  expect(error).toBeUndefined();
  // no note: its types are found too
  expect(outputs.map(({ type }) => type)).toEqual(["execute_input", "stream"]);
  kernel.stop();
});

test("a kernel that dies is reported by the next one, and in a log", async () => {
  const at = await createConnection(course);
  const launcher = within("engine", "kernel", "launch.mjs");
  const start = (): Promise<Kernel> =>
    startKernel(
      within("engine", "course"),
      { COURSE_ROOT: course, COURSE_DEVICE: "cpu", NODE_OPTIONS: "--max-old-space-size=200" },
      { launcher, connection: at },
    );
  const first = await start();
  await first.run("const lost = 1;");
  void first.run(
    "const all: number[][] = [];\nfor (;;) all.push(Array.from({ length: 1e6 }, Math.random));",
  );
  await new Promise((done) => first.process.once("exit", done));

  const second = await start();
  const { stderr } = await second.run("1");
  expect(stderr).toMatch(
    /^The kernel before this one ended in cell 2: its memory was full\. Its variables are gone/,
  );
  expect((await second.run("2")).stderr).toBe("");
  second.stop();
});
