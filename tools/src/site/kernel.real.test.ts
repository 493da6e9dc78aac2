// needs: chromium
/** The browser's kernel in a page of Chromium: the list of cells that every kernel is tested with. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeKernel } from "browser";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { notebookCases, requestCases } from "../../../cells/src/cases.testing";
import { expectCells, expectRequests } from "../lab/cells.testing";
import { launch, serveFolder, type Served } from "./run.testing";
import { startWorker, type WorkerKernel } from "./worker.testing";

const root = join(import.meta.dirname, "..", "..", "..");
const work = join(root, ".local", "test", "browser-kernel");

let browser: Browser;
let served: Served;
let page: Page;
let kernel: WorkerKernel;
beforeAll(async () => {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, "index.html"), "<!doctype html><title>An empty page</title>");
  await writeKernel(root, join(work, "kernel"));
  served = await serveFolder(work, "/some/where/", false);
  browser = await launch();
  page = await browser.newPage();
  await page.goto(served.url);
  kernel = await startWorker(page, `${served.url}kernel/`, "cpu");
}, 600_000);
afterAll(async () => {
  await browser?.close();
  served?.close();
});

test.each(notebookCases)("$title", ({ cells }) => expectCells(cells, (code) => kernel.run(code)));

test("code that is no cell is quiet, or gets no number", () =>
  expectRequests(requestCases, (code, wish) => kernel.run(code, wish)));

test("names are completed and explained", async () => {
  const code = 'import { readText } from "course";\nreadTe';
  const completed = await kernel.ask("complete_request", { code, cursor_pos: code.length });
  expect(completed.matches).toContain("readText");
  const explained = await kernel.ask("inspect_request", { code, cursor_pos: 12 });
  expect(JSON.stringify(explained.data)).toContain("text of a file under data/");
});

test("files of the course are read at once, and what is missing is told", async () => {
  await kernel.run('import { readText, readBytes } from "course";');
  const { stdout } = await kernel.run('readText("SHA256SUMS").split("\\n")[0]!.length > 64');
  expect(stdout).toBe("true\n");
  const { error } = await kernel.run('readText("no-such-file.txt")');
  expect(error?.evalue).toContain("there is no file data/no-such-file.txt");
});

test("what nobody catches is told under the last cell, and the next cell runs", async () => {
  await kernel.run("void Promise.reject(new Error('lost'))");
  expect((await kernel.run("await new Promise((r) => setTimeout(r, 50)); 7")).stdout).toBe("7\n");
});
