// needs: chromium jupyter
// level: all
/**
 * After a click on anything of ours, the next key does what a student expects, in the real JupyterLab;
 * and an unsolved lesson runs to its end once the student goes on with the course's version.
 */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { paths, readManifest } from "grader/files";
import { sourceOf, type Notebook } from "grader/merge";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { updateCopy } from "./copies";
import { emptyFolder, startLab, root, type RunningLab } from "./lab.testing";
import { notebookIn, type DrivenNotebook } from "./notebook.testing";

const personal = emptyFolder("keyboard");
const { id } = readManifest(root).lessons[0]!;
const shipped = JSON.parse(
  readFileSync(join(paths(root).notebooks, `${id}.ipynb`), "utf8"),
) as Notebook;

interface CellMark {
  role: string;
  name?: string;
  fold?: string;
  checks?: object[];
}
const cells = shipped.cells.map((cell) => ({
  id: cell.id as string,
  type: cell.cell_type,
  source: sourceOf(cell),
  mark: cell.metadata.course as CellMark,
}));
const setup = cells.find(({ mark }) => mark.role === "setup")!;
const drawings = cells.filter(({ mark }) => mark.fold === "draws");
const drawing = drawings[0]!;
/** It uses names of the drawing before it. */
const dependent = drawings[3]!;
const exercise = cells.find(({ mark }) => mark.role === "exercise")!;
const check = `${exercise.id}-check`;
const second = cells.filter(({ mark }) => mark.role === "exercise")[1]!;
const following = (name: string) => cells[cells.findIndex((cell) => cell.id === name) + 1]!.id;

let lab: RunningLab;
let page: Page;
let notebook: DrivenNotebook;

beforeAll(async () => {
  updateCopy(shipped, join(personal, `${id}.ipynb`));
  lab = await startLab({ width: 1280, height: 900 });
  page = await lab.newPage();
  await open();
});
afterAll(async () => {
  await lab?.stop();
  rmSync(personal, { recursive: true, force: true });
});

async function open(): Promise<void> {
  await page.goto(lab.server.url(`/lab/workspaces/keys-${Date.now()}/tree/${id}.ipynb`));
  notebook = await notebookIn(page);
}

const state = (name: string) =>
  page.evaluate((wanted) => {
    const { activeCellIndex, widgets } = jupyterapp.shell.currentWidget.content;
    const model = widgets.find((cell) => cell.model.id === wanted)!.model;
    return { count: model.executionCount, active: widgets[activeCellIndex]!.model.id };
  }, name);

/** Presses Shift+Enter, and expects that it runs a cell and moves to the next one. */
async function expectRuns(name: string): Promise<void> {
  const { count: before } = await state(name);
  await page.keyboard.press("Shift+Enter");
  await expect.poll(async () => (await state(name)).count, { timeout: 60_000 }).not.toBe(before);
  await expect.poll(async () => (await state(name)).count, { timeout: 60_000 }).not.toBe(null);
  expect((await state(name)).active).not.toBe(name);
}

async function show(name: string) {
  await notebook.select(name);
  const found = notebook.cell(name);
  await found.scrollIntoViewIfNeeded();
  return found;
}

test("a notebook that was only opened has nothing to save", async () => {
  expect(
    await page.locator(".jp-NotebookPanel:visible [data-course-fold]").count(),
  ).toBeGreaterThan(0);
  expect(await page.evaluate(() => jupyterapp.shell.currentWidget.context.model.dirty)).toBe(false);
});

test("saves that meet wait for each other, and ask nothing", async () => {
  const at = cells.findIndex(({ type }) => type === "markdown");
  const left = await page.evaluate(async (index) => {
    const { context, content } = jupyterapp.shell.currentWidget;
    const { sharedModel } = content.widgets[index]!.model;
    const before = sharedModel.getSource();
    const all: Promise<void>[] = [];
    for (let i = 0; i < 30; i++) {
      sharedModel.setSource(i === 29 ? before : `${i}`);
      all.push(context.save());
      await new Promise((resolve) => setTimeout(resolve, i * 2));
    }
    const late = new Promise((resolve) => setTimeout(resolve, 60_000, "late"));
    return Promise.race([Promise.all(all).then(() => "saved"), late]);
  }, at);
  expect(await page.locator(".jp-Dialog").allInnerTexts()).toEqual([]);
  expect(left).toBe("saved");
});

test("a click on a fold line, then Shift+Enter runs the cell", async () => {
  const imports = (await show(setup.id)).getByRole("button", { name: "Show the code: imports" });
  await imports.click();
  await expectRuns(setup.id);
});

test("Shift+Enter also works on a fold line that Tab has reached", async () => {
  const line = (await show(drawing.id)).getByRole("button", { name: "Show the code" });
  await line.focus();
  await expectRuns(drawing.id);
});

test("a fold line says that its cell has run, also to a screen reader, and as which one", async () => {
  const cell = await show(drawing.id);
  await cell.getByRole("button", { name: /Show the code: .*, has run$/ }).waitFor();
  const { count } = await state(drawing.id);
  expect(await cell.locator(".jp-Placeholder-prompt").textContent()).toBe(`[${count}]:`);
  const other = await show(dependent.id);
  expect(await other.locator(".course-ran").count()).toBe(0);
});

test("a fold line says that its cell is running", async () => {
  const cell = await show(drawing.id);
  const become = (executionState: "running" | "idle") =>
    page.evaluate(
      ([wanted, becomes]) => {
        const { widgets } = jupyterapp.shell.currentWidget.content;
        const { model } = widgets.find((one) => one.model.id === wanted)!;
        Object.assign(model, { executionState: becomes });
      },
      [drawing.id, executionState] as const,
    );
  const running = cell.locator("[data-course-running]");
  await become("running");
  await running.waitFor();
  await become("idle");
  await expect.poll(() => running.count()).toBe(0);
});

test("code that a click showed has a line that hides it again", async () => {
  const cell = await show(drawing.id);
  const shows = cell.getByRole("button", { name: "Show the code" });
  const hides = cell.getByRole("button", { name: "Hide the code" });
  expect(await hides.isVisible()).toBe(false);
  await shows.click();
  await hides.click();
  await shows.waitFor();
  expect(await hides.isVisible()).toBe(false);
  await expectRuns(drawing.id);
});

test("Enter in code indents by two spaces", async () => {
  const before = await notebook.source(second.id);
  await show(second.id);
  await notebook.write(second.id, "function f() {");
  await page.keyboard.press("Enter");
  await page.keyboard.insertText("return 1;");
  await expect.poll(() => notebook.source(second.id)).toBe("function f() {\n  return 1;");
  await notebook.write(second.id, before);
  await page.keyboard.press("Escape");
});

/** The top and bottom of an element, and of the notebook's page around it. */
async function edges(found: Locator) {
  const box = (await found.boundingBox())!;
  const panel = (await page.locator(".jp-NotebookPanel:visible .jp-Notebook").boundingBox())!;
  return { top: box.y - panel.y, bottom: box.y + box.height - panel.y, height: panel.height };
}

test("Shift+Enter before an exercise shows its text from the heading on", async () => {
  const task = cells.indexOf(second) - 1;
  const before = cells[task - 1]!.id;
  await notebook.cell(before).scrollIntoViewIfNeeded();
  await show(before);
  await page.evaluate(() => jupyterapp.commands.execute("notebook:enter-command-mode"));
  await notebook.cell(before).focus();
  await page.keyboard.press("Shift+Enter");
  await expect.poll(async () => (await state(before)).active).toBe(cells[task]!.id);
  await page.waitForTimeout(2_000); // JupyterLab draws cells around it, and scrolls
  const heading = page.getByRole("heading", { name: `Exercise: ${second.mark.name}` });
  const { top, bottom, height } = await edges(heading);
  expect(top).toBeGreaterThanOrEqual(0);
  expect(bottom).toBeLessThanOrEqual(height);
  const text = await edges(notebook.cell(cells[task]!.id));
  expect(text.bottom <= text.height || text.top < 40).toBe(true);
});

test("an arrow key shows the heading of a text that doesn't fit, with room above it", async () => {
  const task = cells.indexOf(second) - 1;
  const before = cells[task - 1]!.id;
  await page.setViewportSize({ width: 1280, height: 480 }); // the text alone is higher
  await show(before);
  await notebook.cell(before).focus();
  await page.keyboard.press("ArrowDown");
  await expect.poll(async () => (await state(before)).active).toBe(cells[task]!.id);
  await page.waitForTimeout(2_000); // JupyterLab draws cells around it, and scrolls
  const heading = page.getByRole("heading", { name: `Exercise: ${second.mark.name}` });
  const { top } = await edges(heading);
  await page.setViewportSize({ width: 1280, height: 900 });
  expect(top).toBeGreaterThanOrEqual(12);
});

test("an error that names a cell has a button that runs it and what it needs", async () => {
  const failed = await show(dependent.id);
  await expectRuns(dependent.id);
  const run = failed.getByRole("button", { name: /^Run the .*that it needs, then this one$/ });
  await run.click();
  await expect.poll(() => failed.locator(".course-actions").count()).toBe(0);
  const opened = failed.locator(".jp-InputArea:visible");
  await expect.poll(() => opened.count(), { timeout: 60_000 }).toBe(0); // the failure had opened its code
  await expect.poll(async () => (await state(dependent.id)).active).toBe(following(dependent.id));
  expect(await notebook.failures()).toEqual([]);
  await page.keyboard.press("Shift+Enter"); // the text below it
  await expect
    .poll(async () => (await state(dependent.id)).active)
    .toBe(following(following(dependent.id)));
});

test("a click into a figure, then Shift+Enter runs its cell", async () => {
  const figure = (await show(drawing.id)).locator(".course-figure");
  await figure.waitFor();
  await figure.click();
  await expectRuns(drawing.id);
});

test("a click on folded argument checks, then Shift+Enter runs the exercise", async () => {
  const found = await show(exercise.id);
  await found
    .getByRole("button", { name: /lines check the arguments/ })
    .first()
    .click();
  await expectRuns(exercise.id);
});

test("a folded docstring opens by Enter on its label, and by an arrow key into it", async () => {
  const [, , third, fourth] = cells.filter(({ mark }) => mark.role === "exercise");
  const found = await show(third!.id);
  const label = found.getByRole("button", { name: /lines: .*arguments?, .*folded$/ });
  const lines = () => found.locator(".cm-line").count();
  const folded = await lines();
  await label.focus();
  expect(await label.evaluate((e) => e === document.activeElement)).toBe(true);
  await page.keyboard.press("Enter");
  await expect.poll(lines).toBeGreaterThan(folded);
  expect(await label.count()).toBe(0);

  const other = await show(fourth!.id);
  const count = await other.locator(".cm-line").count();
  const its = page.getByRole("button", { name: /lines: .*arguments?, .*folded$/ });
  const inFront = other.locator(".cm-line").filter({ has: its });
  await inFront.click({ position: { x: 1, y: 5 } });
  await page.keyboard.press("Home");
  for (let i = 0; i <= " * ".length; i++) await page.keyboard.press("ArrowRight");
  await expect.poll(() => other.locator(".cm-line").count()).toBeGreaterThan(count);
  await page.keyboard.press("Escape");
  for (const one of [third!, fourth!]) expect(await notebook.source(one.id)).toBe(one.source);
  await show(drawing.id); // the next test writes near it
});

/** A control with an input of each kind, and a guess, in place of a cell's code. */
const INPUTS = `import { control, guess } from "course";
await control("Each kind of input.", {
  words: { input: "text", start: "abc", most: 20 },
  amount: { input: "slider", from: 0, to: 5, step: 1, start: 2 },
  flag: { input: "switch", start: false },
  name: { input: "choice", of: ["a", "b"], start: "a" },
  drawing: { input: "pad", rows: 4, columns: 4 },
}, (values: object) => JSON.stringify(values));
await guess("Which one?", { input: "choice", of: ["a", "b"] }, () => "b");`;

test("undo stays in a figure: its text field's own edits, and nothing in another cell's code", async () => {
  await show(dependent.id);
  await notebook.write(dependent.id, INPUTS);
  await page.keyboard.press("Escape");
  await expectRuns(dependent.id);
  const figure = notebook.cell(dependent.id).locator(".course-control").first();
  await figure.locator("canvas").waitFor();
  const before = await notebook.source(exercise.id);
  await show(exercise.id);
  await notebook.write(exercise.id, "const edited = 1;");
  await show(dependent.id);

  const words = figure.getByRole("textbox");
  await words.focus();
  await page.keyboard.press("End");
  await page.keyboard.insertText("def");
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => words.inputValue()).toBe("abc");
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await expect.poll(() => words.inputValue()).toBe("abcdef");
  for (let i = 0; i < 4; i++) await page.keyboard.press("ControlOrMeta+z"); // more than it has
  expect(await words.inputValue()).toBe("abc");
  expect(await words.evaluate((field) => field === document.activeElement)).toBe(true);

  for (const kind of ["[type=range]", "[type=checkbox]", "select", "canvas", "button"]) {
    const input = figure.locator(kind).first();
    await input.focus();
    for (const key of ["ControlOrMeta+z", "ControlOrMeta+Shift+z", "Control+y"]) {
      await page.keyboard.press(key);
    }
    expect(await input.evaluate((e) => e === document.activeElement), kind).toBe(true);
    expect(await notebook.source(exercise.id), kind).toBe("const edited = 1;");
    expect(await notebook.source(dependent.id), kind).toBe(INPUTS);
  }
  await notebook.write(exercise.id, before);
  await page.keyboard.press("Escape");
});

test("Enter sends a guess once something is chosen, and choosing answers the reminder", async () => {
  const asked = (await show(dependent.id)).locator(".course-guess");
  await asked.getByRole("button", { name: "That's my guess" }).click();
  const reminder = asked.getByText("Choose one first.");
  await reminder.waitFor();
  await asked.getByRole("radio", { name: "a" }).focus();
  await page.keyboard.press("Space");
  await reminder.waitFor({ state: "detached" });
  await page.keyboard.press("Enter");
  await asked.getByText("You guessed “a”; “b” came out.").waitFor();
  const again = asked.getByRole("button", { name: "Guess again" });
  await expect.poll(() => again.evaluate((e) => e === document.activeElement)).toBe(true);
  await notebook.write(dependent.id, dependent.source);
  await page.keyboard.press("Escape");
  await expectRuns(dependent.id);
});

test("hints: Enter shows the next one, and Shift+Enter checks again", async () => {
  await notebook.run(check);
  const report = (await show(check)).locator(".course-check");
  await report.getByRole("button", { name: /^Show hint/ }).click();
  await page.keyboard.press("Enter");
  await expect.poll(() => report.locator(".course-check-hint").count()).toBe(2);
  await report.getByText(`${exercise.mark.name} is not written yet.`).waitFor();
  const edge = await report.evaluate((node) => getComputedStyle(node).borderLeftColor);
  const [red, , blue] = edge.match(/\d+/g)!.map(Number);
  expect(blue).toBeGreaterThan(red!); // nothing is wrong yet
  expect(await report.locator(".course-hints").isVisible()).toBe(false); // all are in one place
  await expectRuns(check);
});

test("Escape leaves a button, and JupyterLab's own keys work again", async () => {
  const report = (await show(check)).locator(".course-check");
  await report.getByRole("button", { name: /^Put the solution/ }).focus();
  await page.keyboard.press("Escape");
  await page.keyboard.press("k");
  await expect.poll(async () => (await state(check)).active).toBe(exercise.id);
});

test("a double click leaves an exercise's text rendered: its source would show all hints", async () => {
  const text = (await show(`${exercise.id}-task`)).locator(".jp-RenderedMarkdown");
  await text.locator("> p").last().dblclick();
  await page.waitForTimeout(300); // JupyterLab would show the source
  expect(await text.isVisible()).toBe(true);
  await page.keyboard.press("Escape");
});

/** It calls the exercise's function, and was shipped with a figure. */
const caller = drawings.find(({ source }) => source.includes(`${exercise.mark.name}(`))!;

test("a cell that needs an unwritten function says so and keeps its figure, code folded", async () => {
  await notebook.run(exercise.id);
  const cell = await show(caller.id);
  await notebook.run(caller.id);
  await cell.getByText(`${exercise.mark.name} isn't written yet. Write it`).waitFor();
  await cell.locator(".course-figure .main-svg").first().waitFor();
  expect(await cell.getByText("Drawn beforehand").count()).toBe(0); // one line says both
  const after = await cell
    .locator(".course-unwritten pre")
    .evaluate((line) => getComputedStyle(line, "::after").content);
  expect(after).toContain("The figure below was drawn beforehand.");
  expect(await cell.getByText(/^ *at /m).count()).toBe(0);
  expect(await cell.getByRole("button", { name: "Show the code" }).isVisible()).toBe(true);
  expect(await cell.locator(".course-ran").count()).toBe(0);
});

test("once the function is written, one line says so in place of the failure", async () => {
  const outputs = (await show(caller.id)).locator(".jp-OutputArea").first();
  await notebook.write(
    exercise.id,
    exercise.source.replace(/throw new Error\("not written.*/, "return [];"),
  );
  // the button doesn't offer the course's version of what is written
  const remedy = outputs.locator(".course-error .course-actions button");
  await expect.poll(() => remedy.innerText()).toBe("Run the cell that it needs, then this one");
  await notebook.run(exercise.id);
  const words =
    `You have written ${exercise.mark.name}: run this cell again to draw your own figure. ` +
    "The one below was drawn beforehand.";
  await expect.poll(() => outputs.getAttribute("data-course-stale")).toBe(words);
  expect(await outputs.locator(".course-unwritten").isVisible()).toBe(false);
  await notebook.write(exercise.id, exercise.source);
  await notebook.run(exercise.id);
  await notebook.run(caller.id);
  await expect.poll(() => outputs.getAttribute("data-course-stale")).toBe(null);
});

/** A button that runs the cells that another one needs. */
const NEEDS = /^Run the .*that it needs/;
/** The run fills in its question, so that it can't show before. */
const GUESS = `import { guess } from "course";
await guess(\`Which one of \${5}?\`, { input: "slider", from: 0, to: 5, step: 1, start: 0 }, () => wanted);`;

test("the run of what a cell needs says where it stopped, and goes there", async () => {
  await notebook.write(caller.id, 'const made = [1, 2];\nthrow new Error("no luck");');
  await notebook.write(dependent.id, "made.length;");
  await notebook.run(dependent.id);
  await (await show(dependent.id)).getByRole("button", { name: NEEDS }).click();
  await page.getByText("Stopped: no luck.").waitFor();
  await expect.poll(async () => (await state(check)).active).toBe(caller.id);
  await notebook.write(caller.id, caller.source);
  await notebook.write(dependent.id, dependent.source);
  await page.keyboard.press("Escape");
});

test("a question that needs an unwritten function says so on its button", async () => {
  await show(dependent.id);
  await notebook.write(caller.id, `const wanted = ${exercise.mark.name};`);
  await notebook.write(dependent.id, GUESS);
  await page.keyboard.press("Escape");
  await notebook.command("notebook:hide-cell-code");
  await notebook.command("notebook:clear-cell-output");
  const cell = await show(dependent.id);
  const versions = "with the course's version of what isn't written";
  await cell
    .getByRole("button", { name: `Run the cell that it needs, ${versions}, then ask` })
    .waitFor();
  await notebook.command("notebook:show-cell-code");
  await notebook.write(caller.id, caller.source);
  await notebook.write(dependent.id, dependent.source);
  await page.keyboard.press("Escape");
});

test("a question whose cells haven't run says so on its button, which then runs them", async () => {
  await show(dependent.id);
  await notebook.write(caller.id, "const wanted = 2;");
  await notebook.write(dependent.id, GUESS);
  await page.keyboard.press("Escape");
  await notebook.command("notebook:hide-cell-code");
  await notebook.command("notebook:clear-cell-output");
  const cell = await show(dependent.id);
  const needs = cell.getByRole("button", { name: "Run the cell that it needs, then ask" });
  await needs.focus();
  expect(await cell.locator(".jp-InputArea:visible").count()).toBe(0); // its code would give it away
  await page.keyboard.press("Enter");
  await cell.getByText("Which one of 5?").waitFor();
  await expect.poll(async () => (await state(dependent.id)).active).toBe(dependent.id);
  await expect.poll(() => cell.evaluate((node) => node === document.activeElement)).toBe(true);
  await notebook.command("notebook:show-cell-code");
  await notebook.write(caller.id, caller.source);
  await notebook.write(dependent.id, dependent.source);
  await page.keyboard.press("Escape");
});

test("a check's headline is in view after Shift+Enter", async () => {
  await show(check);
  await page.keyboard.press("Escape");
  await page.evaluate(() => jupyterapp.commands.execute("notebook:enter-command-mode"));
  await expectRuns(check);
  const headline = notebook.cell(check).locator(".course-check strong").first();
  await headline.waitFor();
  await page.waitForTimeout(2_000); // JupyterLab draws cells around it, and scrolls
  const box = (await headline.boundingBox())!;
  const panel = (await page.locator(".jp-NotebookPanel:visible .jp-Notebook").boundingBox())!;
  expect(box.y).toBeGreaterThanOrEqual(panel.y);
  expect(box.y + box.height).toBeLessThanOrEqual(panel.y + panel.height);
});

test("the solution: Cancel returns to its button, Ctrl+Z undoes it, Shift+Enter runs it", async () => {
  const before = await notebook.source(exercise.id);
  const report = (await show(check)).locator(".course-check");
  const put = report.getByRole("button", { name: "Put the solution into the cell" });
  await put.click();
  const cancel = page.getByRole("button", { name: "Cancel" });
  await expect.poll(() => cancel.evaluate((e) => e === document.activeElement)).toBe(true);
  await cancel.click();
  await page.keyboard.press("Enter"); // the button has the focus again
  const confirm = page.getByRole("button", { name: "Put it there" });
  await confirm.click();
  await expect.poll(() => notebook.source(exercise.id), { timeout: 60_000 }).not.toBe(before);
  const solution = await notebook.source(exercise.id);
  await report.getByText("The solution is in the cell").waitFor();
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => notebook.source(exercise.id)).toBe(before);
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await expect.poll(() => notebook.source(exercise.id)).toBe(solution);
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => notebook.source(exercise.id)).toBe(before);
  await expectRuns(exercise.id);
});

test("going on with one function, then Shift+Enter runs the next cell", async () => {
  const report = (await show(check)).locator(".course-check");
  await report.getByRole("button", { name: /^Go on with the course/ }).click();
  await report.getByText("the lesson uses the course's").waitFor();
  const active = async () => (await state(check)).active;
  await expect.poll(active).toBe(following(check));
  await page.keyboard.press("Shift+Enter");
  await expect.poll(active).not.toBe(following(check));
});

const passed = () => notebook.cell(check).locator(".course-passed");

const PASSES = `${exercise.mark.name}: all \\d+ cases pass, `;

test("a first pass with the course's solution says so, and draws no tick", async () => {
  const report = (await show(check)).locator(".course-check");
  await report.getByRole("button", { name: "Put the solution into the cell" }).click();
  await page.getByRole("button", { name: "Put it there" }).click();
  await report.getByText("The solution is in the cell").waitFor();
  await expectRuns(exercise.id);
  await show(check);
  await notebook.run(check);
  await passed()
    .getByText(RegExp(`${PASSES}.*, after a look at the course's solution`))
    .waitFor();
  expect(await passed().locator(".course-drawn-tick").count()).toBe(0);
});

test("a first pass draws a tick and leads to the cell below and the next exercise", async () => {
  rmSync(join(personal, "progress.json")); // from here on, the student has written the function
  await page.evaluate(() => jupyterapp.shell.currentWidget.sessionContext.restartKernel());
  await show(exercise.id);
  await notebook.run(exercise.id);
  await show(check);
  await notebook.run(check);
  await passed().getByText(RegExp(PASSES)).waitFor();
  await expect.poll(() => passed().getAttribute("class")).toContain("course-celebrates");
  const next = `Skip to the next exercise: ${second.mark.name}`;
  expect(await passed().getByRole("button").allInnerTexts()).toEqual(["See it at work", next]);
  // at each width they stand beside each other, or below the praise together
  for (const width of [900, 582]) {
    const rows = await passed().evaluate((bar, pixels) => {
      bar.style.width = `${pixels}px`;
      const tops = [...bar.querySelectorAll("button")].map((one) => one.offsetTop);
      bar.style.width = "";
      return new Set(tops).size;
    }, width);
    expect(rows, `${width} pixels`).toBe(1);
  }
  const active = async () => (await state(check)).active;
  await passed().getByRole("button", { name: "See it at work" }).focus();
  const below = cells.slice(cells.findIndex((cell) => cell.id === check) + 1);
  const uses = below.find((cell) => cell.source.includes(`${exercise.mark.name}(`))!;
  const { count: before } = await state(uses.id);
  await page.keyboard.press("Enter");
  await expect.poll(active).toBe(following(check));
  await expect.poll(async () => (await state(uses.id)).count, { timeout: 60_000 }).not.toBe(before);
  expect(await notebook.failures()).toEqual([]); // what it needs ran ahead of it
  const place = await page.evaluate((wanted) => {
    const { widgets } = jupyterapp.shell.currentWidget.content; // one more cell than was shipped
    return widgets.findIndex(({ model }) => model.id === wanted);
  }, uses.id);
  const figure = page.locator(`[data-windowed-list-index="${place}"] .jp-OutputArea`);
  const isWhole = async () => {
    const { top, bottom, height } = await edges(figure);
    return top >= 0 && bottom <= height;
  };
  await expect.poll(isWhole, { timeout: 10_000 }).toBe(true);
  await page.keyboard.press("Shift+Enter");
  await expect.poll(active).toBe(following(following(check)));

  await show(check);
  await passed().getByRole("button", { name: next }).focus();
  await page.keyboard.press("Enter");
  const task = cells[cells.indexOf(second) - 1]!.id;
  await expect.poll(active).toBe(task);
  const heading = page.getByRole("heading", { name: `Exercise: ${second.mark.name}` });
  await expect.poll(async () => (await heading.boundingBox())?.y ?? 0).toBeLessThan(450);
  await page.keyboard.press("Shift+Enter");
  await expect.poll(active).toBe(second.id);

  await show(check);
  await notebook.run(check); // not the first time any more
  await expect.poll(() => passed().locator(".course-praise-line").count()).toBe(0);
  await passed().getByRole("button", { name: next }).waitFor();
});

test("a check is right at the first click: a lesson's imports run by themselves", async () => {
  await page.evaluate(() => jupyterapp.commands.execute("docmanager:save"));
  rmSync(join(personal, `${id}.ipynb`));
  updateCopy(shipped, join(personal, `${id}.ipynb`));
  await open();
  await page.evaluate(() => jupyterapp.shell.currentWidget.sessionContext.restartKernel());
  await notebook.run(exercise.id);
  const found = await show(check);
  await notebook.run(check);
  await found.locator(".course-check").waitFor();
  const counts = async () =>
    Promise.all([setup.id, exercise.id, check].map(async (name) => (await state(name)).count));
  expect(await counts()).toEqual([1, 2, 3]);
  await notebook.run(check); // the imports don't run again
  await expect.poll(counts).toEqual([1, 2, 4]);
});

test("Run All stops at a stub, and one click goes on with the course's version of all", async () => {
  await page.evaluate(() => jupyterapp.commands.execute("docmanager:save"));
  rmSync(join(personal, `${id}.ipynb`));
  updateCopy(shipped, join(personal, `${id}.ipynb`));
  await open();
  const start = cells[2]!.id;
  await show(start);
  await notebook.select(start);
  // the command's own promise settles when the run stops
  await page.evaluate(() => void jupyterapp.commands.execute("notebook:run-all-cells"));
  await page.waitForTimeout(300); // JupyterLab would be on its way to the last cell
  expect((await state(start)).active).toBe(start);
  expect(await notebook.cell(start).isVisible()).toBe(true);
  const goOn = page.getByRole("button", { name: /^Go on with the course's version of all/ });
  await goOn.waitFor();
  await page.getByText(/^Stopped at .*: not written yet\.$/).waitFor();
  await expect.poll(async () => (await edges(goOn)).top).toBeGreaterThan(0);
  const stopped = await edges(goOn);
  expect(stopped.bottom).toBeLessThanOrEqual(stopped.height);
  await goOn.click();
  const code = cells.filter(({ type, mark }) => type === "code" && mark.role !== "written");
  const last = code.at(-1)!.id;
  await expect
    .poll(async () => (await state(last)).count, { timeout: 300_000, interval: 1_000 })
    .toBeGreaterThan(0);
  await expect.poll(() => notebook.failures()).toEqual([]);
  for (const { id: name, mark } of cells.filter((cell) => cell.mark.role === "exercise")) {
    await show(name);
    await notebook.expectBelow(name, `the lesson uses the course's ${mark.name}`);
    expect(await notebook.source(name)).toContain("not written yet");
    await show(`${name}-check`);
    await notebook.expectBelow(`${name}-check`, "not yours, so nothing counts");
  }
  expect(lab.errors).toEqual([]);
});
