// needs: chromium jupyter
// level: all
/**
 * A lesson in the real JupyterLab at 200 % on a laptop's screen, which leaves 683 × 384 pixels: the
 * ways to other lessons and the lines of folded cells are whole, and text, figures and reports keep
 * to their column.
 */
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { paths, readManifest } from "grader/files";
import type { Notebook } from "grader/merge";
import { writePages } from "kernel/studentPages";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyFolder, startLab, root, type RunningLab } from "./lab.testing";

const personal = emptyFolder("zoom");
const { lessons } = readManifest(root);
const lesson = lessons[9]!; // lessons stand on both sides
const [first, second] = lesson.exercises.map(({ name }) => name);
const folder = paths(root).notebooks;
const notebook = JSON.parse(readFileSync(join(folder, `${lesson.id}.ipynb`), "utf8")) as Notebook;

interface Lab {
  shell: {
    expandLeft(): void;
    currentWidget: {
      content: {
        widgets: { model: { id: string } }[];
        scrollToItem(index: number, align: string): Promise<void>;
      };
    };
  };
}

/** A report as `check` writes it after a first pass. */
const passed = {
  output_type: "display_data",
  metadata: {},
  data: {
    "application/vnd.course.check+json": {
      ...{ version: 1, name: first, passed: true, hints: [], shown: 0 },
      praise: `${first}: all 9 cases pass, 3 of 3 points.`,
      next: { exercise: second },
    },
    "text/html": `<p class="course-headline">✓ ${first}: all 9 cases pass, 3 of 3 points.</p>`,
    "text/plain": "passed",
  },
};

let lab: RunningLab;
let page: Page;

beforeAll(async () => {
  for (const { id } of lessons) {
    copyFileSync(join(folder, `${id}.ipynb`), join(personal, `${id}.ipynb`));
  }
  notebook.cells.find(({ id }) => id === `${first}-check`)!.outputs = [passed];
  writeFileSync(join(personal, `${lesson.id}.ipynb`), JSON.stringify(notebook));
  writePages(root);
  lab = await startLab({ width: 683, height: 384 }, { kernels: false });
  page = await lab.newPage();
  const workspace = `zoom-${Date.now()}`;
  await page.goto(lab.server.url(`/lab/workspaces/${workspace}/tree/${lesson.id}.ipynb`));
  await page.locator("#jupyterlab-splash").waitFor({ state: "detached" });
});
afterAll(async () => {
  await lab?.stop();
  rmSync(personal, { recursive: true, force: true });
});

const panel = () => page.locator(".jp-NotebookPanel:visible");

const scrollTo = (id: string) =>
  page.evaluate((wanted) => {
    const { content } = (jupyterapp as unknown as Lab).shell.currentWidget;
    const index = content.widgets.findIndex(({ model }) => model.id === wanted);
    return content.scrollToItem(index, "start").catch(() => undefined);
  }, id);

/** The right edges of a part and of the notebook, and whether the part cuts what it holds. */
const fit = (selector: string) =>
  panel()
    .locator(selector)
    .evaluateAll((parts) =>
      parts
        .filter((part) => part.checkVisibility())
        .map((part) => {
          const limit = part.closest(".jp-NotebookPanel")!.getBoundingClientRect().right;
          const isCut = part.scrollWidth > part.clientWidth + 1;
          const isOutside = part.getBoundingClientRect().right > limit + 0.5;
          return { text: part.textContent!.slice(0, 40), isCut, isOutside };
        }),
    );

/** Expects that there are such parts, and that all of them are whole. */
async function expectWhole(selector: string): Promise<void> {
  await panel().locator(selector).first().waitFor();
  const parts = await fit(selector);
  expect(parts.length, selector).toBeGreaterThan(0);
  expect(parts.filter(({ isCut, isOutside }) => isCut || isOutside)).toEqual([]);
}

const sidePanel = () => page.locator("#jp-left-stack:visible");
const bottomHeight = () =>
  page.locator("#jp-bottom-panel").evaluate((bar) => bar.getBoundingClientRect().height);

test("zooming in hides the side panel and the status bar, and zooming out brings both back", async () => {
  const narrow = page.viewportSize()!;
  await expect.poll(() => sidePanel().count()).toBe(0);
  await expect.poll(bottomHeight).toBe(0);
  await page.setViewportSize({ width: 1366, height: 768 });
  await expect.poll(bottomHeight).toBeGreaterThan(15);
  await page.evaluate(() => (jupyterapp as unknown as Lab).shell.expandLeft());
  await sidePanel().waitFor();
  await page.setViewportSize(narrow);
  await expect.poll(() => sidePanel().count()).toBe(0);
  await expect.poll(bottomHeight).toBe(0);
  await page.setViewportSize({ width: 1366, height: 768 });
  await sidePanel().waitFor();
  await expect.poll(bottomHeight).toBeGreaterThan(15);
  await page.setViewportSize(narrow);
  await expect.poll(() => sidePanel().count()).toBe(0);
});

test("the ways to other lessons are whole", async () => {
  await expectWhole(".course-row :is(.course-previous, .course-next, .course-middle)");
  const { height } = (await panel().locator(".course-row .course-next").boundingBox())!;
  expect(height).toBeGreaterThan(15);
});

test("fold lines, figures drawn beforehand, text and formulas keep to the column", async () => {
  const folded = notebook.cells.filter(({ metadata }) => {
    return (metadata.course as { fold?: string }).fold !== undefined;
  });
  for (const { id } of folded.slice(0, 4)) {
    await scrollTo(id as string);
    await expectWhole(":is(.jp-PlaceholderText, .course-fold-note):visible");
    await expectWhole(".jp-MarkdownCell .jp-RenderedMarkdown");
  }
  await expectWhole(".jp-OutputArea-output:visible");
});

test("a report and its way on are whole, and start where text does", async () => {
  await scrollTo(`${first}-check`);
  const bar = panel().locator(".course-passed");
  await bar.getByRole("button", { name: `Skip to the next exercise: ${second}` }).waitFor();
  await expectWhole(".course-passed, .course-praise-line, .course-passed button");
  const left = async (selector: string) =>
    (await panel().locator(selector).first().boundingBox())!.x;
  const text = await left(".jp-MarkdownCell .jp-RenderedMarkdown > :first-child");
  expect(Math.abs((await left(".course-check")) - text)).toBeLessThan(8);
  expect(lab.errors).toEqual([]);
});
