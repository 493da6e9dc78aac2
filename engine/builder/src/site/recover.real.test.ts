// needs: chromium lite
// level: all
/**
 * The notebooks' page of a site on a phone, in two tabs, under its policy, and when a part of it
 * doesn't arrive.
 */
import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readManifest } from "grader/files";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { writeJupyterLite } from "./jupyterLite";
import { launch, openNotebook, serveFolder, type Served } from "./lite.testing";
import { writeOffline } from "./offline";

const root = join(import.meta.dirname, "..", "..", "..", "..");
const work = join(root, ".local", "test", "recover");
const base = "/some/course/";
const [id, other] = readManifest(root).lessons.map((lesson) => lesson.id) as [string, string];
const EXTENSION = /foundation-models-lab\/static\/(?!remoteEntry).*\.js/;
const WASM = join(work, "run", "kernel", "files", "tfjs", "tfjs-backend-wasm-simd.wasm");

let browser: Browser;
let served: Served;
let page: Page;
beforeAll(async () => {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  await writeJupyterLite(join(work, "run"), { root, base });
  await writeOffline(work);
  served = await serveFolder(work, base, true);
  browser = await launch();
}, 900_000);
afterAll(async () => {
  await browser?.close();
  served?.close();
});
beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1100, height: 800 } });
  page.setDefaultTimeout(120_000);
});
afterEach(() => page.close());

test("on a phone both side panels are folded, and the note on storage leaves space", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openNotebook(page, id, served.url);
  const widthOf = async (selector: string) =>
    (await page.locator(selector).first().boundingBox())?.width ?? 0;
  const notebook = ".jp-NotebookPanel:visible .jp-Notebook";
  await expect.poll(() => widthOf(notebook), { timeout: 30_000 }).toBeGreaterThan(300);
  expect(await page.locator("#jp-left-stack:visible, #jp-right-stack:visible").count()).toBe(0);
  const note = page.locator(".Toastify__toast").first();
  await note.waitFor();
  const box = (await note.boundingBox())!;
  expect(box.width * box.height).toBeLessThan((390 * 844) / 4);
  if (process.env.COURSE_SCREENSHOT) await page.screenshot({ path: process.env.COURSE_SCREENSHOT });
});

test("each lesson has a workspace of its own, and a new tab opens the one that was open last", async () => {
  const context = await browser.newContext({ viewport: { width: 1100, height: 800 } });
  onTestFinished(() => context.close());
  const open = async (query: string) => {
    const tab = await context.newPage();
    tab.setDefaultTimeout(120_000);
    await tab.goto(`${served.url}run/lab/index.html${query}`);
    return tab;
  };
  const isOpen = (tab: Page) => tab.locator(".jp-NotebookPanel:visible .jp-Cell").first().waitFor();
  const names = (tab: Page) =>
    tab.locator("#jp-main-dock-panel .lm-TabBar-tabLabel").allInnerTexts();
  const query = (lesson: string) => `?path=${lesson}.ipynb&workspace=${lesson}`;
  const one = await open(query(id));
  await isOpen(one);
  const two = await open(query(other));
  await isOpen(two);
  expect(await names(two)).toEqual(["Home", `${other}.ipynb`]);
  await two.waitForTimeout(3_000); // JupyterLab saves the workspace
  await one.reload();
  await isOpen(one);
  expect(await names(one)).toEqual(["Home", `${id}.ipynb`]);
  await two.locator(".jp-NotebookPanel:visible .jp-MarkdownCell").nth(1).click();
  await one.close();
  const again = await open("");
  await isOpen(again);
  expect(await names(again)).toContain(`${other}.ipynb`);
}, 300_000);

test("the page's policy refuses other hosts and inline scripts, and lessons still run", async () => {
  const notebook = await openNotebook(page, id, served.url);
  const outputs = await notebook.run(notebook.codes[0]!);
  expect(outputs.filter(({ ename }) => ename !== undefined)).toEqual([]);
  const refused = await page.evaluate(async () => {
    const violated: string[] = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      violated.push(event.effectiveDirective);
    });
    const script = document.createElement("script");
    script.textContent = "globalThis.attacked = true";
    document.head.append(script);
    const image = new Image();
    image.src = "https://example.com/a.png";
    await fetch("https://example.com/").catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 500));
    return [...violated, "attacked" in globalThis];
  });
  expect(refused.sort()).toEqual(["connect-src", "img-src", "script-src-elem", false].sort());
});

test("if the lab's extension doesn't arrive, the page loads once more and opens the lesson", async () => {
  let failures = 0;
  await page.route(EXTENSION, (route) => (failures++ === 0 ? route.abort() : route.continue()));
  await page.goto(`${served.url}run/lab/index.html?path=${id}.ipynb`);
  await page.locator(".jp-NotebookPanel:visible .jp-Notebook").waitFor();
  expect(failures).toBeGreaterThan(0);
});

test("if it never arrives, the page says so; later the address wins over the restored text", async () => {
  await page.route(EXTENSION, (route) => route.abort());
  await page.goto(`${served.url}run/lab/index.html?path=${id}.ipynb`);
  await page.getByText("A part of this page did not arrive").waitFor();
  await page.locator(".jp-FileEditor:visible").waitFor();
  await page.waitForTimeout(3_000); // JupyterLab saves the workspace
  await page.unroute(EXTENSION);
  await page.goto(`${served.url}run/lab/index.html?path=${id}.ipynb`);
  await page.locator(".jp-NotebookPanel:visible .jp-Notebook").waitFor();
  await expect.poll(() => page.locator(".jp-FileEditor").count()).toBe(0);
});

test("without the WASM file, a cell says so at once", async () => {
  renameSync(WASM, `${WASM}.away`);
  onTestFinished(() => renameSync(`${WASM}.away`, WASM));
  const notebook = await openNotebook(page, id, served.url);
  const started = Date.now();
  const outputs = await notebook.run(notebook.codes[0]!);
  expect(outputs.map(({ evalue }) => evalue).join()).toContain(
    "tfjs/tfjs-backend-wasm-simd.wasm could not be loaded (status 404)",
  );
  expect(Date.now() - started).toBeLessThan(30_000);
});
