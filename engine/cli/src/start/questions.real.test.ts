// needs: chromium jupyter
// level: all
/**
 * A question that asks for a guess, in the real JupyterLab: it shows before anything has run, and a
 * guess runs what its answer needs and draws the answer.
 */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyFolder, startLab, type RunningLab } from "./lab.testing";
import { notebookIn, type DrivenNotebook } from "./notebook.testing";

const folder = emptyFolder("questions");
const code = (id: string, source: string, course: object = { role: "demo" }) => ({
  ...{ cell_type: "code", id, source, metadata: { course }, outputs: [], execution_count: null },
});
const text = (id: string, source: string) => ({
  ...{ cell_type: "markdown", id, source, metadata: { course: { role: "text" } } },
});
const folded = { role: "demo", fold: "draws", name: "" };
const hidden = (cell: ReturnType<typeof code>) => ({
  ...cell,
  metadata: { course: folded, jupyter: { source_hidden: true } },
});
const asks = (id: string, question: string) =>
  hidden(
    code(id, `await guess("${question}", { input: "choice", of: ["one", "two"] }, () => most);`),
  );
const cells = [
  code("imports", 'import { guess, show, table } from "course";', { role: "setup" }),
  code("most", 'const most = "two" as const;'),
  code("needed", "const rows = [[most]];"),
  asks("first", "Which is first?"),
  hidden(code("answer", 'show("The answer.", table(["most"], rows));')),
  text("why", "It is two."),
  text("heading", "## The next"),
  asks("second", "Which is second?"),
  hidden(code("answer-2", 'show("The second answer.", table(["most"], [[most]]));')),
  text("end", "## The end"),
];

let lab: RunningLab;
let page: Page;
let notebook: DrivenNotebook;

beforeAll(async () => {
  const kernelspec = { name: "tslab", display_name: "TypeScript", language: "typescript" };
  const metadata = { kernelspec, course: { lesson: "questions" } };
  const file = { cells, metadata, nbformat: 4, nbformat_minor: 5 };
  writeFileSync(join(folder, "questions.ipynb"), JSON.stringify(file));
  lab = await startLab({ width: 1280, height: 900 });
  page = await lab.newPage();
  await page.goto(lab.server.url(`/lab/workspaces/q-${Date.now()}/tree/questions.ipynb`));
  notebook = await notebookIn(page);
});
afterAll(async () => {
  await lab?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const counts = () =>
  page.evaluate(() =>
    jupyterapp.shell.currentWidget.content.widgets.map(({ model }) => model.executionCount ?? null),
  );
const countOf = async (id: string) => (await counts())[cells.findIndex((cell) => cell.id === id)];
const option = (id: string, name: string) => notebook.cell(id).getByRole("radio", { name });
const press = (id: string) => notebook.cell(id).getByRole("button", { name: "That's my guess" });

test("a question shows its choices before anything has run, and what a guess runs", async () => {
  const first = notebook.cell("first");
  await first.getByText("Which is first?").waitFor();
  expect(await first.getByRole("radio").count()).toBe(2);
  await first.getByText("Your guess runs the 2 cells that the answer needs.").waitFor();
  expect(await first.getByText("Show the code: asks the question").isVisible()).toBe(true);
  expect(await notebook.cell("why").getByRole("paragraph").isVisible()).toBe(false);
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    return (await checker.run(".course-asked")).violations.map(({ id }) => id);
  });
  expect(found).toEqual([]);
  expect((await counts()).every((count) => count === null)).toBe(true);
});

test("a guess keeps its place, shows what came out, and draws the answer", async () => {
  const first = notebook.cell("first");
  const top = async () => (await first.locator("figcaption").boundingBox())!.y;
  const before = await top();
  await press("first").click();
  await first.getByText("Choose one first.").waitFor();
  expect(await countOf("most")).toBe(null);
  await option("first", "one").check();
  await press("first").click();
  await first.getByText("You guessed “one”; “two” came out.").waitFor();
  expect(await first.locator(".course-asked").count()).toBe(0);
  expect(Math.abs((await top()) - before)).toBeLessThan(2);
  await notebook.cell("answer").getByText("The answer.").waitFor();
  await notebook.cell("why").getByRole("paragraph").waitFor();
  expect(await countOf("answer-2")).toBe(null); // another question's
  expect(await notebook.failures()).toEqual([]);
});

test("a guess in the view of a cell that ran draws the answer, and a second one doesn't again", async () => {
  await notebook.run("second");
  const second = notebook.cell("second");
  await second.locator(".jp-OutputArea-child .course-guess").waitFor();
  expect(await second.locator(".course-guess").count()).toBe(1);
  expect(await countOf("answer-2")).toBe(null);
  await option("second", "two").check();
  await press("second").click();
  await notebook.cell("answer-2").getByText("The second answer.").waitFor();
  await expect.poll(() => countOf("answer-2")).not.toBe(null);
  const count = await countOf("answer-2");
  await second.getByRole("button", { name: "Guess again" }).click();
  await second.getByRole("button", { name: "Show the answer" }).click();
  await second.getByText("came out").waitFor();
  expect(await countOf("answer-2")).toBe(count);
});

test("who wants no guess gets the answer, with its figures, by one click", async () => {
  await page.evaluate(() => jupyterapp.shell.currentWidget.sessionContext.restartKernel());
  await notebook.select("second");
  await notebook.command("notebook:clear-all-cell-outputs");
  const second = notebook.cell("second");
  await second.locator(".course-asked").getByRole("button", { name: "Show the answer" }).click();
  await second.getByText("came out", { exact: true }).waitFor();
  await notebook.cell("answer-2").getByText("The second answer.").waitFor();
  expect(lab.errors).toEqual([]);
});
