// needs: chromium
/**
 * Every solved notebook, in the browser's kernel on WASM, to its last cell. COURSE_LESSONS=06,07 runs
 * some; COURSE_TIMES=file keeps how long each took.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeKernel } from "browser";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readLessons } from "../build/lessons";
import { solvedNotebook } from "../build/notebook";
import { readManifest } from "grader/dist/manifest.js";
import { launch, serveFolder, type Served } from "./run.testing";
import { startWorker } from "./worker.testing";

const root = join(import.meta.dirname, "..", "..", "..");
const work = join(root, ".local", "test", "browser-solved");
const wanted = process.env.COURSE_LESSONS?.split(",");
const ids = readManifest(root)
  .lessons.map(({ id }) => id)
  .filter((id) => wanted === undefined || wanted.some((word) => id.startsWith(word)));
const seconds: Record<string, number> = {};

let browser: Browser;
let served: Served;
beforeAll(async () => {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, "index.html"), "<!doctype html><title>An empty page</title>");
  await writeKernel(root, join(work, "kernel"));
  served = await serveFolder(work, "/", true);
  browser = await launch();
}, 600_000);
afterAll(async () => {
  await browser?.close();
  served?.close();
  const file = process.env.COURSE_TIMES;
  if (file) writeFileSync(file, `${JSON.stringify(seconds, undefined, 1)}\n`);
});

test.each(ids)(
  "%s",
  async (id) => {
    const [lesson] = readLessons(root, [id]);
    const { cells } = JSON.parse(solvedNotebook(lesson!)) as {
      cells: { cell_type: string; id: string; source: string | string[] }[];
    };
    const page = await browser.newPage();
    await page.goto(served.url);
    const kernel = await startWorker(page, `${served.url}kernel/`, "wasm");
    const start = performance.now();
    for (const { cell_type: kind, id: cell, source } of cells) {
      if (kind !== "code") continue;
      const code = Array.isArray(source) ? source.join("") : source;
      const { error, outputs } = await kernel.run(code);
      expect({ cell, error: error?.traceback.join("\n") }).toEqual({ cell, error: undefined });
      const notes = outputs.filter(({ content }) =>
        JSON.stringify(content.metadata ?? {}).includes('"note":"types"'),
      );
      expect({ cell, notes: notes.map(({ content }) => content.data) }).toEqual({
        cell,
        notes: [],
      });
    }
    seconds[id] = (performance.now() - start) / 1000;
    await page.close();
  },
  900_000,
);
