// needs: chromium lite
// level: all
/** The site without a network after a first visit, and what a new release does to what is kept. */
import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readManifest } from "grader/files";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeOffline } from "./offline";
import { launch, openNotebook, serveFolder, type Served } from "./lite.testing";
import { writeSite } from "./site";

const root = join(import.meta.dirname, "..", "..", "..", "..");
const work = join(root, ".local", "test", "offline");
const site = join(work, "site");
const base = "/some/course/";
const [first, second] = readManifest(root).lessons.map(({ id }) => id) as [string, string];

let browser: Browser;
let served: Served;
let page: Page;
beforeAll(async () => {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  await writeSite(root, { out: site, base });
  served = await serveFolder(site, base, false);
  browser = await launch();
  page = await browser.newPage();
  page.setDefaultTimeout(30_000);
}, 600_000);
afterAll(async () => {
  await browser?.close();
  served?.close();
});

const controlled = () => page.waitForFunction(() => navigator.serviceWorker.controller !== null);

/** A busy machine may take long; what never comes fails all the same. */
const PATIENT = { timeout: 120_000, interval: 200 };

/** Waits until one release is kept, with all files that match. @returns its name */
async function kept(pattern: string): Promise<string> {
  let name = "";
  const look = async () => (name = await page.evaluate(wholeRelease, pattern));
  await expect.poll(look, PATIENT).not.toBe("");
  return name;
}

/** Runs in the page. @returns the name of the only release that is kept, if it has all that match */
async function wholeRelease(pattern: string): Promise<string> {
  const names = await caches.keys();
  if (names.length !== 1) return "";
  const cache = await caches.open(names[0]!);
  const urls = (await cache.keys()).map(({ url }) => url);
  const list = urls.find((url) => url.endsWith("service-worker.list"));
  if (list === undefined) return "";
  const all = (await (await cache.match(list))!.json()) as Record<string, string>;
  const scope = list.slice(0, -"service-worker.list".length);
  const wanted = Object.keys(all).filter((path) => new RegExp(pattern).test(path));
  return wanted.every((path) => urls.includes(scope + encodeURI(path))) ? names[0]! : "";
}

/** Runs in the page. @returns how many files of the course's data a release keeps */
async function dataKept(name: string): Promise<number> {
  const keys = await (await caches.open(name)).keys();
  return keys.filter(({ url }) => url.includes("/run/kernel/files/data/")).length;
}

const dataOf = (folder: string) =>
  readdirSync(join(folder, "run", "kernel", "files", "data"), { recursive: true });

test("a new release takes the place of the one that is kept", async () => {
  const file = join(site, `${second}.html`);
  utimesSync(file, 1e9, 1e9); // a browser would take what is so old for lasting
  await page.goto(`${served.url}index.html`);
  await controlled();
  const before = await kept("^(assets|pictures)/|^[^/]*[.]html$");
  await page.goto(`${served.url}${second}.html`);
  const html = readFileSync(file, "utf8");
  writeFileSync(file, html.replace("<article>", "<article><p>A sentence of the new release.</p>"));
  await writeOffline(site);
  await page.goto(`${served.url}${second}.html`);
  await page.getByText("A sentence of the new release.").waitFor(); // the network comes first
  await expect.poll(() => page.evaluate((name) => caches.has(name), before), PATIENT).toBe(false);
  await kept(`^(assets|pictures)/|^[^/]*[.]html$|^figures/${second}/.*[.]json$`);
}, 300_000);

test("after a visit, reading, search and notebooks need no network", async () => {
  await openNotebook(page, first, served.url);
  await controlled();
  const name = await kept("^run/(kernel/[^/]*|api/.*|kernel/files/tfjs/.*)$");
  expect(await page.evaluate(dataKept, name)).toBeLessThan(dataOf(site).length);
  await openNotebook(page, first, served.url); // once more, so that all of JupyterLite is kept
  served.close();

  await page.goto(`${served.url}`);
  await page.reload();
  await page.locator("[data-open-search]").click();
  await page.keyboard.type("softmax");
  await page.locator(".found").first().waitFor();
  await page.keyboard.press("Escape");
  await page.goto(`${served.url}${first}.html`);
  await page.locator('.way [rel="next"]').click();
  await page.waitForURL(`**/${second}.html`);
  expect(await page.locator("article").innerText()).toContain("A sentence of the new release.");
  await page.locator("[data-figure]").first().scrollIntoViewIfNeeded();
  await page.locator('.drawn[data-state="drawn"]').first().waitFor();

  const notebook = await openNotebook(page, first, served.url);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const outputs = await notebook.run(notebook.codes[0]!);
  expect(outputs.filter(({ ename }) => ename !== undefined)).toEqual([]);
  await notebook.write(notebook.codes[0]!, 'import { readText } from "course"; 6 * 7');
  expect((await notebook.run(notebook.codes[0]!)).map(({ text }) => text)).toEqual(["42\n"]);
}, 400_000);
