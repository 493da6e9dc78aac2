// needs: chromium jupyter
// level: all
/**
 * Views that ask back, in the real JupyterLab: a drawing and a slider send their values to the
 * notebook's function, and what they show follows; also without a kernel, after a restart, in a
 * second view, and in an output that holds anything.
 */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyFolder, startLab, type RunningLab } from "./lab.testing";

const folder = emptyFolder("views");
const MIME = "application/vnd.course.view.v1+json";

const CONTROL = `await control("Ink and power.", {
  drawing: { input: "pad", rows: 8, columns: 8, brush: 1 },
  power: { input: "slider", from: 1, to: 5, step: 1, start: 2 },
}, ({ drawing, power }) => {
  if (power === 5) throw new Error("five is too much");
  const ink = drawing.flat().reduce((a, b) => a + b, 0);
  return table(["ink", "power"], [[ink, of(ink, power)]]);
}, { at: [{}, { power: 3 }] });`;

const hostile = {
  view: "table",
  version: 1,
  caption: "<img src=x onerror=window.attacked=1>",
  head: ["<script>window.attacked=1</script>"],
  rows: [["<img src=x onerror=window.attacked=1>"]],
};
const output = (json: unknown) => ({
  output_type: "display_data",
  metadata: {},
  data: { [MIME]: json, "text/plain": "alternative" },
});
const cell = (id: string, source: string, outputs: object[] = []) => ({
  cell_type: "code",
  id,
  metadata: {},
  execution_count: null,
  source,
  outputs,
});
const cells = [
  cell(
    "setup",
    'import { control, guess, show, table } from "course";\nfunction of(n: number, p: number) { return n ** p; }',
  ),
  cell("control", CONTROL),
  cell("redefine", "function of(n: number, p: number) { return -n; }"),
  cell("anything", "", [
    output(hostile),
    output({ view: "hologram", version: 1, caption: "A hologram." }),
    output({ view: "table", version: 99, caption: "A table of tomorrow." }),
    output({ view: "control", version: 1, id: 3, inputs: { a: { input: "pad" } }, frames: [] }),
    output("no view"),
  ]),
  cell(
    "guess",
    'await guess("How much is two to the power of three?", { input: "slider", from: 0, to: 20, step: 1 },\n  () => of(2, 3));',
  ),
  cell("answer", 'show("The answer.", table(["answer"], [[of(2, 3)]]));'),
];

let lab: RunningLab;
let page: Page;

interface OpenLab {
  restored: Promise<unknown>;
  commands: { execute(name: string, args?: object): Promise<unknown> };
  shell: {
    currentWidget: {
      content: {
        activeCellIndex: number;
        widgets: { model: { executionCount: number | null; executionState: string } }[];
      };
      context: { save(): Promise<void> };
      sessionContext: {
        restartKernel(): Promise<void>;
        session?: { kernel?: { status: string } };
      };
    };
  };
}

beforeAll(async () => {
  const language = { name: "tslab", display_name: "TypeScript", language: "typescript" };
  const notebook = { cells, metadata: { kernelspec: language }, nbformat: 4, nbformat_minor: 5 };
  writeFileSync(join(folder, "views.ipynb"), JSON.stringify(notebook));
  lab = await startLab({ width: 1366, height: 900 });
  page = await lab.newPage();
  await open();
});
afterAll(async () => {
  await lab?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function open(): Promise<void> {
  await page.goto(lab.server.url(`/lab/workspaces/test-${Date.now()}/tree/views.ipynb`));
  await page.locator(".jp-NotebookPanel:visible .jp-Cell").first().waitFor();
  await page.waitForFunction(() => {
    const lab = globalThis.jupyterapp as unknown as OpenLab | undefined;
    return lab?.shell.currentWidget?.sessionContext.session?.kernel?.status === "idle";
  });
}

async function run(index: number): Promise<void> {
  await page.evaluate(async (i) => {
    const { shell, commands } = jupyterapp as unknown as OpenLab;
    shell.currentWidget.content.activeCellIndex = i;
    await commands.execute("notebook:run-cell");
  }, index);
  await page.waitForFunction((i) => {
    const { model } = (jupyterapp as unknown as OpenLab).shell.currentWidget.content.widgets[i]!;
    return model.executionCount !== null && model.executionState !== "running";
  }, index);
}

const control = () => page.locator(".jp-Notebook .course-control").first();
const row = async (where = control()) =>
  (await where.locator("tbody td").allTextContents()).map((text) => Number(text.replace("−", "-")));
const note = async () => (await control().locator(".course-inputs > .course-note").textContent())!;
const patience = { timeout: 60_000, interval: 100 };
const expectRow = (wanted: number[]) => expect.poll(() => row(), patience).toEqual(wanted);

test("outputs that hold anything are drawn as text, or said to be unknown", async () => {
  const shown = page.locator(".jp-Notebook .jp-Cell").nth(3);
  await shown.locator("table").waitFor();
  expect(await shown.locator("th").textContent()).toBe("<script>window.attacked=1</script>");
  const notes = shown.locator(".course-note");
  await expect.poll(() => notes.count(), patience).toBe(4);
  const [hologram, tomorrow, broken, none] = await notes.allTextContents();
  expect(hologram).toMatch(/^A hologram\. \(A newer version .*“hologram”/);
  expect(tomorrow).toMatch(/^A table of tomorrow\. \(A newer version .*version 99/);
  expect(broken).toContain("damaged");
  expect(none).toContain("no view");
  expect(await shown.locator("img, script").count()).toBe(0);
  expect(await page.evaluate(() => "attacked" in globalThis)).toBe(false);
});

test("a drawing and a slider ask the notebook's function, by pointer and by keyboard", async () => {
  await run(0);
  await run(1);
  await expectRow([0, 0]);
  const canvas = control().locator("canvas");
  const { x, y, width } = (await canvas.boundingBox())!;
  const at = (column: number) => x + ((column + 0.5) * width) / 8;
  await page.mouse.move(at(1), y + width / 2 + 4);
  await page.mouse.down();
  for (const column of [2, 3, 4]) await page.mouse.move(at(column), y + width / 2 + 4);
  await page.mouse.up();
  await expectRow([4, 16]);

  const power = control().locator("input[type=range]").first();
  await power.focus();
  await page.keyboard.press("ArrowRight");
  await expectRow([4, 64]);

  await canvas.focus();
  await page.keyboard.press("Delete");
  await expectRow([0, 0]);
  for (const key of ["ArrowUp", "ArrowUp", " ", "ArrowRight", "ArrowRight"]) {
    await page.keyboard.press(key);
  }
  await expect.poll(async () => (await row())[0]).toBeGreaterThanOrEqual(3);
});

test("the view shows an error, and a function that is defined again counts at once", async () => {
  const power = control().locator("input[type=range]").first();
  await power.focus();
  await page.keyboard.press("End");
  await expect.poll(note, patience).toMatch(/^five is too much \(cell \[2\], line 5\)$/);
  await run(2);
  await power.focus();
  await page.keyboard.press("ArrowLeft");
  await expect.poll(note, patience).toBe("");
  const [ink] = await row();
  await expectRow([ink!, -ink!]);
});

test("a second view of the output asks too, and the first stays as it is", async () => {
  await page.evaluate(async () => {
    const { shell, commands } = jupyterapp as unknown as OpenLab;
    shell.currentWidget.content.activeCellIndex = 1;
    await commands.execute("notebook:create-output-view");
  });
  const second = page.locator(".jp-LinkedOutputView .course-control");
  await second.waitFor();
  await second.getByRole("button", { name: /Clear/ }).click();
  await expect.poll(() => row(second), patience).toEqual([0, 0]);
  expect((await row())[0]).toBeGreaterThan(0);
});

test("a reopened notebook asks the kernel that still runs; after a restart it says what to do", async () => {
  await page.evaluate(async () => {
    const { commands } = jupyterapp as unknown as OpenLab;
    await commands.execute("docmanager:save-all");
  });
  await open();
  await control().waitFor();
  await control().getByRole("button", { name: /Clear/ }).click();
  await expect.poll(note, patience).toBe("");
  await expect.poll(async () => Math.abs((await row())[1]!), patience).toBe(0);

  await page.evaluate(() =>
    (jupyterapp as unknown as OpenLab).shell.currentWidget.sessionContext.restartKernel(),
  );
  await expect.poll(note, patience).toContain("Run this cell to");
  expect(await control().locator("canvas").getAttribute("aria-disabled")).toBe("true");
  const example = control().locator(".course-slider input");
  await example.focus();
  await page.keyboard.press("ArrowRight");
  expect(await control().locator(".course-range output").textContent()).toBe("3");
  await run(0);
  await run(1);
  await expect.poll(note, patience).toBe("");
});

test("what a guess asks for is folded until the guess, or until the answer is asked for", async () => {
  const guess = page.locator(".jp-Notebook .course-guess");
  const answer = page.locator(".jp-Notebook .jp-Cell").nth(5).locator("tbody");
  await run(4);
  await run(5);
  await answer.waitFor({ state: "attached" });
  await expect.poll(() => answer.isVisible()).toBe(false);
  await guess.getByRole("button", { name: "Show the answer" }).click();
  await expect.poll(() => answer.isVisible()).toBe(true);
  await guess.locator(".course-came-label").waitFor();
  expect(await guess.locator(".course-mark.course-guessed").count()).toBe(0);
  await page.keyboard.press("Enter"); // the focus is on “Guess again”
  await expect.poll(() => answer.isVisible()).toBe(false);
});

test("a guess by keyboard is compared, asks the kernel again, and is there after a reload", async () => {
  const guess = page.locator(".jp-Notebook .course-guess");
  const words = async () => (await guess.locator(".course-note").textContent())!;
  await run(4);
  expect(await guess.locator(".course-came").count()).toBe(0);
  await guess.locator("input[type=range]").focus();
  await page.keyboard.press("ArrowLeft"); // the middle is 10
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect.poll(words, patience).toBe("You guessed 9; 8 came out, only 1 less.");
  await guess.locator(".course-mark.course-came").waitFor();
  await page.keyboard.press("Enter"); // guesses again
  await expect.poll(words).toBe("");
  await run(2);
  await guess.getByRole("button", { name: "That's my guess" }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(words, patience).toBe("You guessed 9; −2 came out, 11 less.");

  await page.evaluate(() =>
    (jupyterapp as unknown as OpenLab).commands.execute("docmanager:save-all"),
  );
  await open();
  await guess.waitFor();
  await expect.poll(words).toBe("You guessed 9; 8 came out, only 1 less.");
  expect(lab.errors).toEqual([]);
});
