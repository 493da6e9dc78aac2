// needs: chromium
// level: all
/**
 * The browser's kernel in a page of Chromium: the list of cells that every kernel is tested with, and
 * the notes of the worker that checks types, also when it is late or dies.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeKernel } from "browser";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { notebookCases, requestCases } from "cells/testing";
import { expectCells, expectRequests } from "kernel/testing";
import type { CellResult } from "kernel/client";
import { launch, serveFolder, type Served } from "./lite.testing";
import { startPageKernel, type PageKernel } from "./worker.testing";

const root = join(import.meta.dirname, "..", "..", "..", "..");
const work = join(root, ".local", "test", "browser-kernel");

let browser: Browser;
let served: Served;
let page: Page;
let kernel: PageKernel;
beforeAll(async () => {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, "index.html"), "<!doctype html><title>An empty page</title>");
  await writeKernel(root, join(work, "kernel"));
  served = await serveFolder(work, "/some/where/", false);
  browser = await launch();
  page = await newPage();
  kernel = await startPageKernel(page, `${served.url}kernel/`, "cpu");
}, 600_000);
afterAll(async () => {
  await browser?.close();
  served?.close();
});

async function newPage(): Promise<Page> {
  const fresh = await browser.newPage();
  await fresh.clock.install(); // its time goes on, and can be put forward
  await fresh.goto(served.url);
  return fresh;
}

test.each(notebookCases)("$title", ({ cells }) => expectCells(cells, (code) => kernel.run(code)));

test("code that is no cell is quiet, or gets no number", () =>
  expectRequests(requestCases, (code, options) => kernel.run(code, options)));

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
  const lost = await kernel.runOnly("void Promise.reject(new Error('lost'))");
  await expect.poll(async () => JSON.stringify(await kernel.seen(lost))).toContain("lost");
  const late = await kernel.runOnly("void setTimeout(() => console.log('late'), 100);");
  await expect.poll(async () => (await kernel.seen(late)).stdout).toBe("late\n");
  expect((await kernel.run("await new Promise((r) => setTimeout(r, 50)); 7")).stdout).toBe("7\n");
});

const wrong = (name: string) => `const ${name}: number = "a text";`;
const notes = ({ outputs }: CellResult) =>
  outputs
    .filter(({ content }) => JSON.stringify(content.metadata) === '{"course":{"note":"types"}}')
    .map(({ content }) => (content.data as Record<string, string>)["text/plain"]!);

/** Expects one note under each of these cells, the one about its own line. */
async function expectNotes(at: PageKernel, cells: Record<string, number>): Promise<void> {
  for (const [name, cell] of Object.entries(cells)) {
    const found = notes(await at.seen(cell));
    expect(found).toEqual([expect.stringContaining(wrong(name))]);
  }
}

/** A kernel of its own, whose first cells run before types are known. */
async function freshKernel() {
  const fresh = await newPage();
  const at = await startPageKernel(fresh, `${served.url}kernel/`, "cpu");
  return { at, fresh, close: () => fresh.close() };
}

test("cells that end before types are known get their own notes later, and none gets lost", async () => {
  const { at, close } = await freshKernel();
  const cells: Record<string, number> = {};
  for (const name of ["one", "two", "three"]) cells[name] = await at.runOnly(wrong(name));
  const right = await at.runOnly("const right: number = 1;");
  const thrown = await at.runOnly(`${wrong("four")}\nthrow new Error("on purpose");`);
  await at.checked();
  await expectNotes(at, { ...cells, four: thrown });
  expect(notes(await at.seen(right))).toEqual([]);
  expect((await at.seen(thrown)).error?.evalue).toBe("on purpose");
  await close();
});

test("a note comes while the next cell runs, and stays when that one has to be ended", async () => {
  const { at, close } = await freshKernel();
  const first = await at.runOnly(wrong("early"));
  const loop = await at.begin("for (;;) {}");
  await at.checked();
  await expectNotes(at, { early: first });
  await at.interrupt();
  await at.ended(loop);
  expect((await at.seen(loop)).error?.evalue).toContain("its kernel was started again");
  const after = await at.run("typeof early");
  expect(after.stdout).toBe("undefined\n");
  expect(notes(after).join()).toContain("Cannot find name 'early'");
  await close();
});

test("a loop that prints without end shows a limited text, and stop ends it", async () => {
  const { at, close } = await freshKernel();
  const loop = await at.begin('for (;;) console.log("a");');
  const printed = async () => (await at.seen(loop)).stderr;
  await expect.poll(printed, { timeout: 60_000 }).toContain("prints more than 200,000 letters");
  expect((await at.seen(loop)).stdout).toHaveLength(200_000);
  await at.interrupt();
  await at.ended(loop);
  expect((await at.run("6 * 7")).stdout).toBe("42\n");
  await close();
});

test("a worker of types that ends is started again, and knows the cells before it", async () => {
  const { at, close } = await freshKernel();
  await at.run("const known = 1;");
  const worker = await at.types();
  const gone = new Promise((resolve) => worker.on("close", resolve));
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new Error("it is gone");
    });
  });
  await gone;
  expect((await at.run("known + 1")).stdout).toBe("2\n");
  const result = await at.run("const text: string = known;");
  expect(notes(result).join()).toContain("Type 'number' is not assignable to type 'string'.");
  await close();
});

test("types that take too long are given up: that cell says so, and the others get their notes", async () => {
  const { at, fresh, close } = await freshKernel();
  await at.run("const known = 1;");
  const worker = await at.types();
  await worker.evaluate(() => {
    // at the next cell, before its types are checked
    addEventListener("message", () => {
      for (;;);
    });
  });
  const stuck = await at.runOnly(wrong("stuck"));
  const next = await at.runOnly(wrong("next"));
  const asked = at.ask("complete_request", { code: "know", cursor_pos: 4 });
  await fresh.clock.fastForward(61_000);
  expect((await asked).matches).toEqual([]);
  await at.checked();
  const { stderr, outputs } = await at.seen(stuck);
  expect(stderr).toBe("TypeScript could not check this cell: it took more than 60 s\n");
  expect(notes({ outputs } as CellResult)).toEqual([]);
  await expectNotes(at, { next });
  const completed = await at.ask("complete_request", { code: "know", cursor_pos: 4 });
  expect(completed.matches).toContain("known");
  await close();
});

test("without its files types are not checked, which the first cell says, and cells run", async () => {
  const fresh = await newPage();
  await fresh.route("**/types.json.gz.bin", (route) => route.fulfill({ status: 404 }));
  const at = await startPageKernel(fresh, `${served.url}kernel/`, "cpu");
  const first = await at.run(`${wrong("one")}\none`);
  expect(first.stdout).toBe("a text\n");
  expect(first.stderr).toMatch(/^TypeScript could not check this cell: .* could not be loaded/);
  const second = await at.run("one + 1");
  expect([second.stdout, second.stderr]).toEqual(["a text1\n", ""]);
  await fresh.close();
});
