// needs: chromium lite
// level: all, but for: an exercise is written
/**
 * Pages that run: an exercise written and checked on its page, and a control that answers there, in
 * a site that a plain static server serves from a subfolder.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { notebooksStore } from "browser";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readLessons } from "../lesson/lessons";
import type { ExerciseCell } from "../lesson/model";
import { launch, serveFolder, type Served } from "./lite.testing";
import { readSiteLessons } from "./source";
import { writeSite } from "./site";

const root = join(import.meta.dirname, "..", "..", "..", "..");
const work = join(root, ".local", "test", "live");
const BASE = "/some/course/";
/** A busy machine may take long; what never comes fails all the same. */
const PATIENT = { timeout: 120_000 };

const lesson = readLessons(root)[0]!;
const exercise = lesson.cells.find((cell): cell is ExerciseCell => cell.kind === "exercise")!;

let browser: Browser;
let served: Served;

beforeAll(async () => {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  await writeSite(root, { out: join(work, "site"), base: BASE });
  served = await serveFolder(join(work, "site"), BASE, false);
  browser = await launch();
}, 900_000);
afterAll(async () => {
  await browser?.close();
  served?.close();
});

const errors: string[] = [];

async function open(path: string, before?: Page): Promise<Page> {
  const context = before?.context() ?? (await browser.newContext());
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(served.url + path);
  return page;
}

const cardOf = (page: Page) => page.locator(`[data-exercise="${exercise.name}"]`);

async function openEditor(page: Page) {
  await cardOf(page).locator(".try").click();
  await cardOf(page).locator(".cm-content").waitFor();
}

/** Replaces the text of the editor, as by pasting. */
async function write(page: Page, text: string) {
  await cardOf(page).locator(".cm-content").focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(text);
}

const report = (page: Page) => cardOf(page).locator(".live-report");

test("an exercise is written, checked and corrected on its page, and taken into the notebook", async () => {
  const page = await open(`${lesson.id}.html`);
  await openEditor(page);
  await page.keyboard.press("Control+Enter");
  await report(page).getByText("is not written yet").waitFor();
  expect(await cardOf(page).getByText("Hint 1 of").count()).toBe(2);
  expect(await cardOf(page).getByText("Hint 1 of").filter({ visible: true }).count()).toBe(1);
  await write(page, `${exercise.solution} }`);
  await page.keyboard.press("Shift+Enter");
  await report(page).getByText(`${exercise.name} can’t run yet: in line`).waitFor();
  await cardOf(page).locator(".cm-wrong-line").waitFor();
  await write(page, exercise.solution);
  await report(page).getByText("Before your change:").waitFor();
  await page.keyboard.press("Control+Enter");
  await report(page)
    .getByText(/all \d+ cases pass/i)
    .waitFor();
  expect(await report(page).locator(".stale-note").count()).toBe(0);

  await page.reload(); // what was written is still there
  await openEditor(page);
  const kept = await cardOf(page).locator(".cm-content").innerText();
  expect(kept.replace(/\s/g, "")).toBe(exercise.solution.replace(/\s/g, ""));
  await cardOf(page).getByText("Take it into the notebook").click();
  await cardOf(page).getByText("It is in your copy of the notebook").waitFor();

  const notebook = await open(`run/lab/index.html?path=${lesson.id}.ipynb`, page);
  await notebook.locator(".jp-Notebook").waitFor();
  const source = () =>
    notebook.evaluate((id) => {
      const { jupyterapp } = globalThis as unknown as {
        jupyterapp: { shell: { currentWidget: { content: { model?: SharedModel } } } };
      };
      const cells = jupyterapp.shell.currentWidget?.content?.model?.sharedModel.cells ?? [];
      return cells.find((cell) => cell.id === id)?.source;
    }, exercise.id);
  await expect.poll(source, PATIENT).toBe(exercise.solution);
  // the check on the page counts in the notebook, too
  await notebook
    .locator(".course-row")
    .getByText(/1 of \d+ exercises/)
    .waitFor();
  expect(errors).toEqual([]);
});

interface SharedModel {
  sharedModel: { cells: { id: string; source: string }[] };
}

test("an editor opens where its code stood, the line to replace selected, and fits a phone", async () => {
  const page = await open(`${lesson.id}.html`);
  await page.setViewportSize({ width: 390, height: 844 });
  const code = cardOf(page).locator("[data-start] pre");
  await code.evaluate((element) => {
    const top = element.getBoundingClientRect().top + scrollY;
    scrollTo({ top: top - 200, behavior: "instant" });
  });
  await cardOf(page)
    .locator(".try")
    .evaluate((element: HTMLElement) => element.click()); // a mouse would scroll to it
  const editor = cardOf(page).locator(".cm-editor");
  const top = () => editor.evaluate((element) => element.getBoundingClientRect().top);
  await expect.poll(top, PATIENT).toBeGreaterThan(195);
  expect(await top()).toBeLessThan(205);
  const selected = await page.evaluate(() => String(getSelection()));
  expect(selected).toBe(`throw new Error("not written yet: ${exercise.name}");`);

  const gutter = editor.locator(".cm-gutters");
  const paper = await gutter.evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(paper).toMatch(/^rgb\(/); // opaque
  const over = (selector: string) =>
    cardOf(page)
      .locator(selector)
      .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  await write(page, `${exercise.solution}\n// ${"word ".repeat(60)}`);
  expect(await over(".cm-scroller")).toBe(0);
  await page.keyboard.press("Control+Enter");
  await report(page).getByText("The course").waitFor();
  expect(await over(".live-report")).toBe(0);
  expect(errors).toEqual([]);
});

test("an editor in place of code that is above the screen comes into view", async () => {
  const page = await open(`${lesson.id}.html`);
  const code = cardOf(page).locator("[data-start] pre");
  await code.evaluate((element) => {
    const bottom = element.getBoundingClientRect().bottom + scrollY;
    scrollTo({ top: bottom - 80, behavior: "instant" });
  });
  await cardOf(page)
    .locator(".try")
    .evaluate((element: HTMLElement) => element.click());
  const editor = cardOf(page).locator(".cm-editor");
  const top = () => editor.evaluate((element) => element.getBoundingClientRect().top);
  const header = page.locator("header").first();
  const bar = await header.evaluate(({ clientHeight }) => clientHeight);
  await expect.poll(top, PATIENT).toBeGreaterThanOrEqual(bar);
  expect(errors).toEqual([]);
});

test("an endless loop is stopped, and the page goes on", async () => {
  const page = await open(`${lesson.id}.html`);
  await openEditor(page);
  await write(page, `function ${exercise.name}() { for (;;); }`);
  await page.keyboard.press("Control+Enter");
  await cardOf(page).getByText("Checking …").waitFor();
  await cardOf(page).getByText("Stop", { exact: true }).click();
  await report(page).getByText("What you run next runs what it needs.").waitFor();
  await write(page, exercise.solution);
  await page.keyboard.press("Control+Enter");
  await report(page)
    .getByText(/all \d+ cases pass/i)
    .waitFor();
  expect(errors).toEqual([]);
});

test("work moves to another browser as one file, and what is there already is kept", async () => {
  const page = await open(`${lesson.id}.html`);
  await openEditor(page);
  await write(page, exercise.solution);
  await cardOf(page).getByText("Take it into the notebook").click();
  await cardOf(page).getByText("It is in your copy of the notebook").waitFor();
  await page.goto(served.url);
  const download = page.waitForEvent("download");
  await page.getByText("Save all", { exact: true }).click();
  const file = join(work, "saved.zip");
  await (await download).saveAs(file);
  await page.getByText("The file holds 1 notebook and your progress.").waitFor();

  const other = await open(`${lesson.id}.html`);
  await openEditor(other);
  await cardOf(other).getByText("Take it into the notebook").click(); // the stub
  await cardOf(other).getByText("It is in your copy of the notebook").waitFor();
  await other.goto(served.url);
  await other.locator("[data-work] input").setInputFiles(file);
  await other
    .getByText(/1 notebook and your progress are here. What was here is kept as/)
    .waitFor();
  const names = await storedNotebooks(other);
  expect(names.map(({ name }) => name.replace(/\(before .*\)/, "(before)")).sort()).toEqual([
    `${lesson.id} (before).ipynb`,
    `${lesson.id}.ipynb`,
  ]);
  const loaded = names.find(({ name }) => name === `${lesson.id}.ipynb`)!;
  expect(loaded.sources).toContain(exercise.solution);

  writeFileSync(join(work, "odd.zip"), "not a zip");
  await other.locator("[data-work] input").setInputFiles(join(work, "odd.zip"));
  await other.getByText("odd.zip is not a file that “Save all” wrote").waitFor();
  expect(errors).toEqual([]);
});

/** The notebooks in the browser's storage. */
const storedNotebooks = (page: Page) =>
  page.evaluate(async (name) => {
    const wait = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve) => (request.onsuccess = () => resolve(request.result)));
    const files = (await wait(indexedDB.open(name))).transaction("files").objectStore("files");
    const all = (await wait(files.getAll())) as {
      path: string;
      content: { cells: { source: string | string[] }[] };
    }[];
    return all
      .filter(({ path }) => path.endsWith(".ipynb"))
      .map(({ path, content }) => ({
        name: path,
        sources: content.cells.map(({ source }) => [source].flat().join("")),
      }));
  }, notebooksStore(BASE));

/** A lesson and the cell of its first control. */
function firstControl(): { id: string; cell: string } {
  for (const { lesson, outputs } of readSiteLessons(root)) {
    for (const [cell, shown] of outputs) {
      const isControl = shown.some((one) => "json" in one && "inputs" in one.json);
      if (isControl) return { id: lesson.id, cell };
    }
  }
  throw new Error("no lesson has a control");
}

test("a control answers on its page, by the functions of the course", async () => {
  const { id, cell } = firstControl();
  const page = await open(`${id}.html`);
  const figure = page.locator(`#cell-${cell} .drawn`).first();
  await figure.scrollIntoViewIfNeeded();
  await figure.locator("> .try").click();
  const cancel = figure.getByText("Cancel", { exact: true });
  expect(await cancel.evaluate((node) => node === document.activeElement)).toBe(true);
  await cancel.click();
  await figure.getByText("Canceled. Nothing has changed.").waitFor();
  await figure.locator("> .try").click();
  await expect.poll(() => figure.locator("> .try").isHidden(), PATIENT).toBe(true);
  const input = figure.locator(".course-inputs :is(input, select, canvas, button)").first();
  await expect.poll(() => input.isEnabled(), PATIENT).toBe(true);
  await expect.poll(() => figure.locator(".course-note").first().innerText(), PATIENT).toBe("");
  expect(errors).toEqual([]);
});

/** A lesson and the cell of a guess among options. */
function firstChoice(): { id: string; cell: string } {
  for (const { lesson, outputs } of readSiteLessons(root)) {
    for (const [cell, shown] of outputs) {
      const json = shown.map((one) => ("json" in one ? JSON.stringify(one.json) : ""));
      const isChoice = json.some((text) => /"view":"guess"/.test(text) && /"choice"/.test(text));
      if (isChoice) return { id: lesson.id, cell };
    }
  }
  throw new Error("no lesson has a guess among options");
}

test("before a guess nothing of its answer shows; after it, options stand where they were", async () => {
  const { id, cell } = firstChoice();
  const page = await open(`${id}.html`);
  const asked = page.locator(`.asked:has(#cell-${cell})`);
  await page.locator(`#cell-${cell}`).scrollIntoViewIfNeeded();
  const options = asked.locator(".course-options > label");
  await options.first().waitFor();
  const places = () =>
    options.evaluateAll((all) =>
      all.map((option) => {
        const { x, y, width, height } = option.getBoundingClientRect();
        return [x, y + scrollY, width, height];
      }),
    );
  const before = await places();
  for (const stray of ["> .answer", `#cell-${cell} > details`, `#cell-${cell} .share`]) {
    expect(await asked.locator(stray).filter({ visible: true }).count(), stray).toBe(0);
  }
  await options.first().click();
  await page.keyboard.press("Enter"); // the focus moves to "Guess again", which this key doesn't press
  await asked.locator("> .answer").first().waitFor();
  expect(await places()).toEqual(before);
  expect(await options.first().locator(".course-guessed").textContent()).toBe("your guess");
  expect(await asked.locator(".course-right .course-came").textContent()).toBe("came out");
  expect(await asked.locator(".course-options input:checked").count()).toBe(1);
  await asked.getByRole("button", { name: "Guess again" }).click();
  expect(await asked.locator(":is(.course-marks, input:checked)").count()).toBe(0);
  expect(errors).toEqual([]);
});

test("a guess is answered by its page, and offers no kernel", async () => {
  const page = await open(`${lesson.id}.html`);
  const guesses = page.locator(".drawn:has(.course-guess)");
  expect(await page.locator('[data-drawn-as="view"]').count()).toBeGreaterThan(0);
  for (const place of await page.locator('[data-drawn-as="view"]').all()) {
    if (await place.isVisible()) await place.scrollIntoViewIfNeeded(); // others wait for a guess
  }
  await expect.poll(() => guesses.count(), PATIENT).toBeGreaterThan(0);
  expect(await guesses.locator("> .try").count()).toBe(0);
  expect(await page.locator(".drawn:has(.course-control) > .try").count()).toBeGreaterThan(0);
  expect(errors).toEqual([]);
});
