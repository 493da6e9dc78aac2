// needs: chromium jupyter
// level: all
/**
 * Every figure of every solved notebook in the real JupyterLab: it is drawn, keeps its size when
 * its slider moves, follows the theme and the width of the page, and can be reached by keyboard.
 */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readManifest } from "grader/files";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emptyFolder, root, startLab, type RunningLab } from "./lab.testing";

const solved = join(root, ".local", "solved");
const folder = emptyFolder("figures");
const MIME = "application/vnd.plotly.v1+json";
const VIEW_MIME = "application/vnd.course.view.v1+json";
const ids = readManifest(root).lessons.map(({ id }) => id);

interface Measured {
  caption: string;
  size: [number, number];
  /** Sizes at the positions of the slider. */
  moved: [number, number][];
  drawn: boolean;
}
interface NotebookCell {
  node: HTMLElement;
  model: { outputs?: { length: number; get(i: number): { data: Record<string, unknown> } } };
}
interface LabOfFigures {
  /** Resolves when all plugins have started. */
  restored: Promise<unknown>;
  commands: { execute(name: string, args?: object): Promise<unknown> };
  shell: { activateById(id: string): void };
}
interface OpenNotebook {
  id: string;
  dispose(): void;
  context: { ready: Promise<void> };
  content: { widgets: NotebookCell[]; scrollToItem(i: number, align?: string): Promise<void> };
}
declare global {
  var openNotebook: OpenNotebook | undefined;
}

let lab: RunningLab;
let page: Page;

beforeAll(async () => {
  for (const file of existsSync(solved) ? readdirSync(solved) : []) {
    cpSync(join(solved, file), join(folder, file));
  }
  lab = await startLab({ width: 1366, height: 900 }, { kernels: false });
  page = await lab.newPage();
  await page.goto(lab.server.url("/lab"));
  await page.waitForFunction(() => globalThis.jupyterapp?.shell !== undefined);
  await page.evaluate(() => (jupyterapp as unknown as LabOfFigures).restored);
});
afterAll(async () => {
  await lab?.stop();
  rmSync(folder, { recursive: true, force: true });
});

let opened: string | undefined;
/** Opens a notebook in the place of another, unless it is open already. */
async function open(id: string): Promise<void> {
  if (opened === id) return;
  opened = undefined;
  await page.evaluate(async (path) => {
    const { commands, shell } = jupyterapp as unknown as LabOfFigures;
    globalThis.openNotebook?.dispose(); // and not close, which may ask whether to save
    const opened = await commands.execute("docmanager:open", { path, factory: "Notebook" });
    globalThis.openNotebook = opened as OpenNotebook;
    await globalThis.openNotebook.context.ready;
    shell.activateById(globalThis.openNotebook.id);
  }, `${id}.ipynb`);
  await page.locator(".jp-NotebookPanel:visible .jp-Cell").first().waitFor({ timeout: 120_000 });
  opened = id;
}

/** How many charts, or views, a notebook's file holds. */
const countIn = (id: string, mime: string) =>
  readFileSync(join(folder, `${id}.ipynb`), "utf8").split(`"${mime}":`).length - 1;

/** The cells whose outputs hold a chart, or a view. */
const holding = (mime: string) =>
  page.evaluate((mime) => {
    const { widgets } = openNotebook!.content;
    const hasChart = ({ model: { outputs } }: NotebookCell) =>
      Array.from({ length: outputs?.length ?? 0 }, (_, i) => outputs!.get(i)).some(
        ({ data }) => data?.[mime] !== undefined,
      );
    return widgets.flatMap((cell, i) => (hasChart(cell) ? [i] : []));
  }, mime);
const charts = () => holding(MIME);

/** Between looks at a cell that isn't drawn yet. */
const LOOK_MS = 100;
/** Looks before the cell is scrolled to once more. */
const LOOKS = 5;

/**
 * Brings a cell into view until its charts, or what else is awaited, are drawn; a lesson that just
 * opened still draws cells, which can move it out of view.
 */
async function show(cell: number, awaited = ".course-view .main-svg"): Promise<void> {
  const scroll = () =>
    page.evaluate(async (i) => {
      const { content } = openNotebook!;
      await content.scrollToItem(i, "start");
    }, cell);
  const isDrawn = () =>
    page.evaluate(
      ([i, selector]) => openNotebook!.content.widgets[i]!.node.querySelector(selector) !== null,
      [cell, awaited] as const,
    );
  const end = Date.now() + 60_000;
  await scroll();
  for (let look = 1; !(await isDrawn()); look++) {
    expect(Date.now(), `cell ${cell} draws nothing`).toBeLessThan(end);
    await page.waitForTimeout(LOOK_MS);
    if (look % LOOKS === 0) await scroll();
  }
}

/** Moves each slider of a cell through all of its positions and measures the charts. */
const measure = (cell: number) =>
  page.evaluate(async (i) => {
    const { widgets } = openNotebook!.content;
    const frame = () => new Promise((done) => requestAnimationFrame(() => done(undefined)));
    const views = Array.from(widgets[i]!.node.querySelectorAll(".course-view:has(.course-plot)"));
    const found: Measured[] = [];
    for (const view of views) {
      const sizeNow = (): [number, number] => {
        const { width, height } = view.querySelector(".main-svg")!.getBoundingClientRect();
        return [Math.round(width), Math.round(height)];
      };
      const size = sizeNow();
      const moved: [number, number][] = [];
      const range = view.querySelector<HTMLInputElement>("input[type=range]");
      for (let at = 0; range && at <= Number(range.max); at++) {
        range.value = String(at);
        range.dispatchEvent(new Event("input"));
        await frame();
        moved.push(sizeNow());
      }
      const caption = view.querySelector("figcaption")!.textContent ?? "";
      const drawn = view.querySelectorAll(".main-svg path, .main-svg image").length > 0;
      found.push({ caption, size, moved, drawn });
    }
    return found;
  }, cell);

/** A view's outermost figure. */
const VIEW =
  ".course-figure > .course-control, .course-figure > .course-view:not(:has(.course-plot))";

/** Moves the slider of each view of a cell through all of its places, and reads what it shows. */
const explore = (cell: number) =>
  page.evaluate(
    async ([i, selector]) => {
      const { widgets } = openNotebook!.content;
      const frame = () => new Promise((done) => requestAnimationFrame(() => done(undefined)));
      const found: { caption: string; shown: string[]; notes: string[]; isWide: boolean }[] = [];
      for (const view of widgets[i]!.node.querySelectorAll<HTMLElement>(selector)) {
        const shown: string[] = [];
        const range = view.querySelector<HTMLInputElement>(".course-slider input");
        for (let at = 0; at <= Number(range?.max ?? 0); at++) {
          if (range) range.value = String(at);
          range?.dispatchEvent(new Event("input"));
          await frame();
          // a guess shows what it asks until it has an answer
          const answer =
            view.querySelector(".course-guess > .course-inputs") ??
            view.querySelector(".course-shown, .course-room")!;
          shown.push(answer.textContent ?? "");
        }
        const caption = view.querySelector("figcaption")!.textContent ?? "";
        const notes = Array.from(view.querySelectorAll(".course-note"), (n) => n.textContent ?? "");
        found.push({ caption, shown, notes, isWide: view.scrollWidth > view.clientWidth + 1 });
      }
      return found;
    },
    [cell, VIEW] as const,
  );

describe.each(ids)("%s", (id) => {
  test("every figure is drawn and keeps its size when its slider moves", async () => {
    expect(existsSync(join(folder, `${id}.ipynb`)), "run npx course solve first").toBe(true);
    await open(id);
    let count = 0;
    for (const cell of await charts()) {
      await show(cell);
      for (const { caption, size, moved, drawn } of await measure(cell)) {
        const where = `${id}, cell ${cell}: ${caption}`;
        expect(drawn, where).toBe(true);
        expect(size[0], where).toBeGreaterThanOrEqual(200);
        expect(size[0], where).toBeLessThanOrEqual(900);
        expect(size[1], where).toBeGreaterThanOrEqual(80);
        for (const then of moved) expect(then, where).toEqual(size);
        count++;
      }
    }
    expect(count).toBe(countIn(id, MIME));
    expect(lab.errors).toEqual([]);
  });

  test("every view is drawn, and shows what was computed ahead at each place of its slider", async () => {
    await open(id);
    let count = 0;
    for (const cell of await holding(VIEW_MIME)) {
      await show(cell, VIEW);
      for (const { caption, shown, notes, isWide } of await explore(cell)) {
        const where = `${id}, cell ${cell}: ${caption}`;
        expect(caption, where).not.toBe("");
        for (const text of shown) expect(text, where).not.toBe("");
        expect(notes.join(), where).not.toMatch(/damaged|newer version|no view/);
        expect(isWide, where).toBe(false);
        count++;
      }
    }
    expect(count).toBe(countIn(id, VIEW_MIME));
    expect(lab.errors).toEqual([]);
  });
});

test("figures follow the theme and the width of the page, and sliders the keyboard", async () => {
  await open(ids[0]!);
  const cells = await charts();
  await show(cells[0]!);
  await page.evaluate((i) => {
    openNotebook!.content.widgets[i]!.node.querySelector(".course-view")!.id = "tried";
  }, cells[0]!);
  const view = page.locator("#tried"); // others come and go as heights change
  const ink = () =>
    view
      .locator(".main-svg text")
      .first()
      .evaluate((text) => getComputedStyle(text).fill);
  const paper = () =>
    view
      .locator(".main-svg")
      .first()
      .evaluate((svg) => getComputedStyle(svg).backgroundColor);
  await theme("JupyterLab Light"); // another file's tests may have left the other one
  await expect.poll(ink, { timeout: 60_000 }).toBe("rgb(34, 34, 34)");
  await theme("JupyterLab Dark");
  await expect.poll(ink, { timeout: 60_000 }).toBe("rgb(228, 228, 228)");
  expect(await paper()).toBe("rgba(0, 0, 0, 0)");
  await theme("JupyterLab Light");
  await expect.poll(ink, { timeout: 60_000 }).toBe("rgb(34, 34, 34)");

  const width = () =>
    view
      .locator(".main-svg")
      .first()
      .evaluate((svg) => svg.clientWidth);
  const wide = await width();
  await page.setViewportSize({ width: 600, height: 900 });
  await show(cells[0]!);
  await expect.poll(width, { timeout: 60_000 }).toBeLessThan(wide - 50);
  expect(await view.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  await page.setViewportSize({ width: 1366, height: 900 });
  await show(cells[0]!);
  await expect.poll(width, { timeout: 60_000 }).toBe(wide);

  for (const cell of cells) {
    await show(cell);
    const hasSlider = await page.evaluate((i) => {
      const { node } = openNotebook!.content.widgets[i]!;
      const range = node.querySelector(".course-view input[type=range]");
      if (range) range.id = "tried-slider";
      return range !== null;
    }, cell);
    if (!hasSlider) continue;
    const slider = page.locator("#tried-slider");
    const before = await slider.getAttribute("aria-valuetext");
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    const value = () => slider.getAttribute("aria-valuetext");
    await expect.poll(value, { timeout: 20_000 }).not.toBe(before);
    return;
  }
  throw new Error("the first lesson has no slider to try");
});

const theme = (name: string) =>
  page.evaluate(
    (theme) =>
      (jupyterapp as unknown as LabOfFigures).commands.execute("apputils:change-theme", { theme }),
    name,
  );
