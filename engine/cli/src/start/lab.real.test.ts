// needs: chromium jupyter
/**
 * A student's way through the real JupyterLab in headless Chromium: open a lesson, run it up to an
 * exercise, fail the check, read the hint, type the solution, pass, see the progress move.
 * COURSE_SCREENSHOT=docs/lesson.png takes the picture of the README.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { paths, readManifest } from "grader/files";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readLessons } from "builder";
import { updateCopy } from "./copies";
import { sourceOf, type Notebook } from "grader/merge";
import { fullScore, notebookIn, type DrivenNotebook } from "./notebook.testing";
import { emptyFolder, root, startLab, type RunningLab } from "./lab.testing";

const personal = emptyFolder("my-course");
const ids = readManifest(root).lessons.map((entry) => entry.id);
const id = ids.find((name) => name.startsWith("06-")) ?? ids[0]!;
const lesson = readLessons(root, [id])[0]!;
const copy = join(personal, `${id}.ipynb`);
const shipped = JSON.parse(
  readFileSync(join(paths(root).notebooks, `${id}.ipynb`), "utf8"),
) as Notebook;
const exercise = lesson.cells.find((cell) => cell.kind === "exercise")!;

let lab: RunningLab;
let page: Page;
let notebook: DrivenNotebook;
const outside: string[] = [];

beforeAll(async () => {
  updateCopy(shipped, copy);
  lab = await startLab({ width: 1280, height: 1100 });
  page = await lab.newPage();
  await page.route("**/*", (route) => {
    const { hostname, href } = new URL(route.request().url());
    if (["127.0.0.1", ""].includes(hostname)) return route.continue();
    outside.push(href);
    return route.abort();
  });
});
afterAll(async () => {
  await lab?.stop();
});

test("the lesson opens, and runs down to the first exercise", async () => {
  await page.goto(lab.server.url(`/lab/workspaces/test-${Date.now()}/tree/${id}.ipynb`));
  notebook = await notebookIn(page);
  await notebook.runAbove(exercise.id);
  expect(await notebook.failures()).toEqual([]);
});

test("the check fails on the stub, and a hint is one click away", async () => {
  await notebook.run(exercise.id);
  await notebook.run(`${exercise.id}-check`);
  await notebook.expectBelow(`${exercise.id}-check`, `${exercise.name} is not written yet`);
  const hint = notebook.cell(`${exercise.id}-task`).locator("details", { hasText: "Hint 1 of" });
  expect(await hint.locator("p").first().isVisible()).toBe(false);
  await hint.locator("summary").click();
  expect(await hint.locator("p").first().isVisible()).toBe(true);
  await hint.locator("summary").click();
});

test("the solution passes, and the progress moves", async () => {
  await notebook.write(exercise.id, exercise.solution);
  await notebook.run(exercise.id);
  expect(await notebook.outputs(exercise.id)).toBe(0);
  await notebook.run(`${exercise.id}-check`);
  await notebook.expectBelow(`${exercise.id}-check`, fullScore(exercise));
  const { exercises } = JSON.parse(readFileSync(join(personal, "progress.json"), "utf8")) as {
    exercises: Record<string, { passed: boolean }>;
  };
  expect(exercises[exercise.name]!.passed).toBe(true);
  if (process.env.COURSE_SCREENSHOT) await screenshot(join(root, process.env.COURSE_SCREENSHOT));
});

test("what was typed is in the copy, and stays there at the next start", async () => {
  await notebook.command("docmanager:save"); // ends when the file is written
  await lab.server.stop();
  const sources = () =>
    (JSON.parse(readFileSync(copy, "utf8")) as Notebook).cells.map((saved) => [
      saved.id,
      sourceOf(saved),
    ]);
  const saved = sources();
  expect(Object.fromEntries(saved)[exercise.id]).toBe(exercise.solution);
  expect(updateCopy(shipped, copy)).toEqual([]);
  expect(sources()).toEqual(saved);
});

test("the browser asked nobody but 127.0.0.1, and no script failed", () => {
  expect(outside).toEqual([]);
  expect(lab.errors).toEqual([]);
});

/**
 * The check's report and the figure that the student's own function draws next, without the side
 * bar.
 */
async function screenshot(file: string): Promise<void> {
  const next = lesson.cells
    .slice(lesson.cells.indexOf(exercise))
    .find((c) => c.kind === "code" && c.code.includes("show("));
  const last = next?.id ?? `${exercise.id}-check`;
  await notebook.run(last);
  await notebook.command("application:toggle-left-area");
  await page.waitForTimeout(1500); // plotly draws
  await notebook.cell(last).evaluate((e) => {
    e.scrollIntoView({ block: "end" });
  });
  await page.screenshot({ path: file });
}
