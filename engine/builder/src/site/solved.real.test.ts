// needs: chromium
// level: all
/**
 * Every solved notebook, in the browser's kernel on WASM, to its last cell, and one of them on
 * WebGPU, on Chromium's software adapter. COURSE_LESSONS=06,07 runs some. COURSE_TIMES=file runs
 * them in the local kernel as well, and keeps the seconds of each cell in both; without installed
 * weights, since the browser has none here.
 */
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeKernel } from "browser";
import { readManifest } from "grader/files";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readLessons } from "../lesson/lessons";
import { judgeRun } from "../claims/judge";
import { isRunCell, recordsIn } from "../claims/programs";
import { checkedNotebook } from "../lesson/notebook";
import type { Lesson } from "../lesson/model";
import { startKernel, type CellResult } from "kernel/client";
import { launch, serveFolder, type Served } from "./lite.testing";
import { startPageKernel } from "./worker.testing";

const root = join(import.meta.dirname, "..", "..", "..", "..");
const work = join(root, ".local", "test", "browser-solved");
const wanted = process.env.COURSE_LESSONS?.split(",");
const times = process.env.COURSE_TIMES;
const ids = readManifest(root)
  .lessons.map(({ id }) => id)
  .filter((id) => wanted === undefined || wanted.some((word) => id.startsWith(word)));

/** The one that takes least of those with every form of attention; others take minutes there. */
const onWebgpu = ids.filter((id) => id.startsWith("07-"));
/** Headless Chromium gives no adapter unless it is told to. */
const WEBGPU = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"];

let browser: Browser;
let withWebgpu: Browser;
let served: Served;
beforeAll(async () => {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, "index.html"), "<!doctype html><title>An empty page</title>");
  await writeKernel(root, join(work, "kernel"));
  served = await serveFolder(work, "/", true);
  browser = await launch();
  withWebgpu = await launch(WEBGPU);
}, 600_000);
afterAll(async () => {
  await browser?.close();
  await withWebgpu?.close();
  served?.close();
});

interface Cell {
  cell_type: string;
  id: string;
  source: string | string[];
}

function codeOf(lesson: Lesson): [id: string, code: string][] {
  const { cells } = JSON.parse(checkedNotebook(lesson)) as { cells: Cell[] };
  return cells.flatMap(({ cell_type: kind, id: cell, source }) =>
    kind === "code" ? [[cell, Array.isArray(source) ? source.join("") : source]] : [],
  );
}

/**
 * @param judges whether the run is held to the lesson's claims: on an adapter of software, training
 *   ends early, so what is said of trained models isn't true there
 * @returns seconds of each cell
 */
async function runAll(id: string, run: (code: string) => Promise<CellResult>, judges = true) {
  const seconds: Record<string, number> = {};
  const lesson = readLessons(root, [id])[0]!;
  let printed = "";
  for (const [cell, code] of codeOf(lesson)) {
    const start = performance.now();
    const { error, outputs, stdout } = await run(code);
    if (isRunCell(cell)) printed += stdout;
    seconds[cell] = Math.round(performance.now() - start) / 1000;
    const notes = outputs
      .filter(({ content }) => JSON.stringify(content.metadata ?? {}).includes('"note":"types"'))
      .map(({ content }) => content.data);
    const failure = error?.traceback.join("\n");
    expect({ cell, failure, notes }).toEqual({ cell, failure: undefined, notes: [] });
  }
  const { failures, differing } = judgeRun(lesson, recordsIn(printed));
  if (judges) expect([...failures, ...differing]).toEqual([]);
  return seconds;
}

async function inBrowser(id: string, device: "wasm" | "webgpu" = "wasm") {
  const page = await (device === "wasm" ? browser : withWebgpu).newPage();
  await page.goto(served.url);
  const kernel = await startPageKernel(page, `${served.url}kernel/`, device);
  const seconds = await runAll(id, (code) => kernel.run(code), device === "wasm");
  await page.close();
  return seconds;
}

async function inNode(id: string) {
  const kernel = await startKernel(join(root, "notebooks"), { COURSE_DEVICE: "wasm" });
  const seconds = await runAll(id, (code) => kernel.run(code));
  kernel.stop();
  return seconds;
}

test.each(ids)(
  "%s",
  async (id) => {
    const there = await inBrowser(id);
    if (!times) return;
    const here = await inNode(id);
    appendFileSync(times, `${JSON.stringify({ id, browser: there, node: here })}\n`);
  },
  900_000,
);

test.each(onWebgpu)(
  "%s on WebGPU",
  async (id) => {
    await inBrowser(id, "webgpu");
  },
  900_000,
);
