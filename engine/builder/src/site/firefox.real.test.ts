// needs: firefox puppeteer lite
// level: all
/**
 * The website in Firefox: a lesson that runs in JupyterLite, on WebAssembly, and the pages to read,
 * served from a subfolder with the headers that isolate a page.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readManifest } from "grader/files";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readLessons } from "../lesson/lessons";
import type { ExerciseCell } from "../lesson/model";
import { asTab, launchFirefox, type Firefox, type FirefoxPage } from "./firefox.testing";
import { openNotebook, serveFolder, type CellOutput, type Served } from "./lite.testing";
import { writeSite } from "./site";

const root = join(import.meta.dirname, "..", "..", "..", "..");
const work = join(root, ".local", "test", "firefox");
const BASE = "/some/course/";
const ids = readManifest(root).lessons.map(({ id }) => id);
const id = ids.find((one) => one.startsWith("06-")) ?? ids.at(-1)!;
const [lesson] = readLessons(root, [id]);
const exercise = lesson!.cells.find((cell): cell is ExerciseCell => cell.kind === "exercise")!;
const check = `${exercise.id}-check`;
/** A busy machine may take long; what never comes fails all the same. */
const PATIENT = { timeout: 120_000 };

let served: Served;
let firefox: Firefox;
/** What went wrong in a page, and each request to another place. */
let trouble: string[] = [];

beforeAll(async () => {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  await writeSite(root, { out: join(work, "site"), base: BASE });
  served = await serveFolder(join(work, "site"), BASE, true);
  firefox = await launchFirefox("dark");
}, 900_000);
afterAll(async () => {
  await firefox?.close();
  served?.close();
});
beforeEach(() => {
  trouble = [];
});

/** Firefox also reports math that it draws while the page still arrives; `faults` looks at it all. */
const isHalfRead = (message: string) => message.startsWith("Invalid markup: Incorrect number of c");

async function newPage(width = 1280): Promise<FirefoxPage> {
  const page = await firefox.newPage();
  await page.setViewport({ width, height: 900 });
  page.on("pageerror", ({ message }) => {
    if (!isHalfRead(message)) trouble.push(message);
  });
  page.on("request", (request) => {
    const { hostname, href } = new URL(request.url());
    if (!["127.0.0.1", ""].includes(hostname)) trouble.push(href);
  });
  return page;
}

/** A page to read, whose console must stay empty. */
async function read(path: string, width?: number): Promise<FirefoxPage> {
  const page = await newPage(width);
  page.on("console", (said) => {
    if (/^(error|warn)/.test(said.type())) trouble.push(`${path}: ${said.text()}`);
  });
  await page.goto(served.url + path);
  return page;
}

const failures = (outputs: CellOutput[]) =>
  outputs.flatMap(({ ename, evalue }) => (ename === undefined ? [] : [`${ename}: ${evalue}`]));
const textOf = (outputs: CellOutput[]) =>
  outputs.map(({ text, data }) => text ?? String(data?.["text/plain"] ?? "")).join("\n");
/** How far the reader is, as the page says it. */
const progress = (page: FirefoxPage) =>
  page.evaluate(() => document.querySelector(".jp-NotebookPanel .course-row")?.textContent ?? "");

test("a lesson runs as shipped, a check fails, is fixed, and passes; a reload keeps it", async () => {
  const page = await newPage();
  let notebook = await openNotebook(asTab(page), id, served.url);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const said: string[] = [];
  for (const cell of notebook.codes) said.push(...failures(await notebook.run(cell)));
  // the stubs throw, and what uses them
  expect(said.filter((text) => !/not written yet|not defined/.test(text))).toEqual([]);
  expect(said.length).toBeGreaterThan(0);

  expect(textOf(await notebook.run(check))).toContain(exercise.name);
  await expect.poll(() => progress(page), PATIENT).toMatch(/0 of \d+ exercises/);
  await notebook.write(exercise.id, exercise.solution);
  expect(failures(await notebook.run(exercise.id))).toEqual([]);
  expect(textOf(await notebook.run(check))).toMatch(/all \d+ cases pass|passed/i);
  await expect.poll(() => progress(page), PATIENT).toMatch(/1 of \d+ exercises/);
  await notebook.write(check, 'import { doctor } from "course"; console.log(await doctor());');
  expect(textOf(await notebook.run(check))).toMatch(/WebAssembly +found .* GFLOP\/s, \d+ threads?/);
  await notebook.save();

  await page.reload();
  notebook = await openNotebook(asTab(page), id);
  expect(await notebook.source(exercise.id)).toBe(exercise.solution);
  await expect.poll(() => progress(page), PATIENT).toMatch(/1 of \d+ exercises/);
  expect(trouble.join("\n")).toBe("");
  await page.close();
}, 900_000);

/** Scrolls through a page until each figure is drawn. */
async function drawAll(page: FirefoxPage): Promise<void> {
  await page.evaluate(async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += 800) {
      scrollTo({ top: y, behavior: "instant" });
      await new Promise(requestAnimationFrame);
    }
  });
  const pending = () => {
    const left = [...document.querySelectorAll('.drawn:not([data-state="drawn"])')].filter(
      (place) => place.getClientRects().length > 0, // others wait for a guess
    );
    left[0]?.scrollIntoView(); // a busy browser may have skipped it
    return left.length;
  };
  await expect.poll(() => page.evaluate(pending), PATIENT).toBe(0);
}

/**
 * Figures without height, math with parts missing, notes of views that could not draw, and how much
 * wider than the screen.
 */
const faults = (page: FirefoxPage) =>
  page.evaluate(() => {
    const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
    const notes = all(".course-note").map(({ textContent }) => textContent ?? "");
    return {
      over: Math.max(0, document.documentElement.scrollWidth - innerWidth),
      empty: all(".drawn").filter((place) => place.clientHeight < 60).length,
      math:
        all("mfrac, msub, msup, munder, mover, mroot").filter((e) => e.childElementCount !== 2)
          .length + all("msubsup, munderover").filter((e) => e.childElementCount !== 3).length,
      notes: notes.filter((note) => /damaged|newer version|no view/.test(note)),
    };
  });

/** What waits for a guess is hidden until then. */
const answerGuesses = (page: FirefoxPage) =>
  page.evaluate(() => {
    for (const button of document.querySelectorAll("button")) {
      if (button.textContent === "Show the answer") button.click();
    }
  });

/** The light that a color reflects, from 0 to 255. */
const lightOf = (page: FirefoxPage) =>
  page.evaluate(() => {
    const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g)!;
    return (Number(red) + Number(green) + Number(blue)) / 3;
  });

test("every page to read draws its figures, in the dark, and its console stays empty", async () => {
  const found: Record<string, unknown> = {};
  for (const path of ["index.html", "helpers.html", ...ids.map((one) => `${one}.html`)]) {
    const page = await read(path, 390);
    await drawAll(page);
    await answerGuesses(page);
    await drawAll(page);
    const bad = await faults(page);
    if (bad.over + bad.empty + bad.math + bad.notes.length > 0) found[path] = bad;
    expect(await lightOf(page), path).toBeLessThan(60);
    await page.close();
  }
  expect(found).toEqual({});
  expect(trouble.join("\n")).toBe("");
}, 1_800_000);

test("search finds an exercise by keyboard; the theme switch turns the light on for good", async () => {
  const page = await read("index.html");
  await page.waitForFunction(
    () => document.querySelector("[data-open-search]:not([hidden])"),
    PATIENT,
  );
  await page.keyboard.press("/");
  await page.keyboard.type(exercise.name);
  const first = () => document.querySelector(".found strong")?.textContent ?? "";
  await expect.poll(() => page.evaluate(first), PATIENT).toBe(`Exercise: ${exercise.name}`);
  await page.keyboard.press("Enter");
  const address = `${served.url}${id}.html#exercise-${exercise.name.toLowerCase()}`;
  await expect.poll(() => page.evaluate(() => location.href), PATIENT).toBe(address);

  await page.waitForFunction(
    () => document.querySelector("[data-theme-switch]:not([hidden])"),
    PATIENT,
  );
  await page.evaluate(() => document.querySelector<HTMLElement>("[data-theme-switch]")!.click());
  await expect.poll(() => lightOf(page), PATIENT).toBeGreaterThan(200);
  await page.reload();
  expect(await lightOf(page)).toBeGreaterThan(200);
  // a page that is left while its figures load ends the worker's request, which Firefox reports
  const isAborted = (text: string) => /plotly\.js.* A ServiceWorker intercepted/.test(text);
  expect(trouble.filter((text) => !isAborted(text))).toEqual([]);
  await page.close();
}, 600_000);
