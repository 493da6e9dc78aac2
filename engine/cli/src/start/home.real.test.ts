// needs: chromium jupyter
// level: all
/**
 * The course's face in the real JupyterLab: the home page, the side panel, the way between lessons,
 * and what becomes of them when files are missing, broken or somebody else's.
 * COURSE_SCREENSHOTS=folder keeps a picture of each state.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { paths, readManifest } from "grader/files";
import { lessonsByPart } from "views/courseParts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { updateCopy } from "./copies";
import type { Notebook } from "grader/merge";
import { writePages } from "kernel/studentPages";
import { emptyFolder, root, startLab, type RunningLab } from "./lab.testing";

const personal = emptyFolder("home");
const axeSource = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);
const { about, course, components, parts, lessons } = readManifest(root);
const [first, second] = lessons as [(typeof lessons)[0], (typeof lessons)[0]];
const workspace = `home-${Date.now()}`;

let lab: RunningLab;
let page: Page;

interface Axe {
  run(
    context: object,
    options: object,
  ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}
interface LabOfHome {
  restored: Promise<unknown>;
  commands: { execute(name: string, args?: object): Promise<unknown> };
  shell: {
    currentWidget: {
      id: string;
      context?: { path: string };
      content: {
        activeCellIndex: number;
        scrollToItem(i: number, align?: string): Promise<void>;
      };
    } | null;
  };
}

const put = (name: string, text: string) => writeFileSync(join(personal, name), text);

/** Writes the record of a student who has passed these exercises. */
function pass(names: string[], more: Record<string, unknown> = {}): void {
  const passed = { earned: 2, of: 2, checks: 1, failed: 0, passed: true };
  const exercises = { ...Object.fromEntries(names.map((name) => [name, passed])), ...more };
  put("progress.json", JSON.stringify({ exercises }));
}

/** The copy of a lesson, cut down to its first cells and its last, so that it opens fast. */
function copyLesson(id: string): void {
  const file = join(paths(root).notebooks, `${id}.ipynb`);
  const notebook = JSON.parse(readFileSync(file, "utf8")) as Notebook;
  const cells = [...notebook.cells.slice(0, 12), notebook.cells.at(-1)!];
  updateCopy({ ...notebook, cells }, join(personal, `${id}.ipynb`));
}

beforeAll(async () => {
  for (const { id } of lessons) copyLesson(id);
  writePages(root);
  const foreign = { cells: [], metadata: { course: { lesson: "../x" } }, nbformat: 4 };
  put("foreign.ipynb", JSON.stringify({ ...foreign, nbformat_minor: 5 }));
  lab = await startLab({ width: 1366, height: 900 }, { kernels: false });
  await openLab();
});
afterAll(async () => {
  await lab?.stop();
  rmSync(personal, { recursive: true, force: true });
});

/** A new window, as after npm start. */
async function openLab(file = ""): Promise<void> {
  await page?.context().close();
  page = await lab.newPage();
  await page.goto(lab.server.url(`/lab/workspaces/${workspace}${file}`));
  await page.waitForFunction(() => globalThis.jupyterapp?.shell !== undefined);
  await page.evaluate(() => (jupyterapp as unknown as LabOfHome).restored);
}

/** A busy machine takes its time. */
const eventually = <T>(f: () => Promise<T>) => expect.poll(f, { timeout: 60_000 });

const home = () => page.locator(".course-home:visible");
const panel = () => page.locator(".course-lessons");
const row = () => page.locator(".jp-NotebookPanel:visible .course-row");
const current = () =>
  page.evaluate(() => {
    const { currentWidget } = (jupyterapp as unknown as LabOfHome).shell;
    return currentWidget?.context?.path ?? currentWidget?.id;
  });
const command = (name: string, args: object = {}) =>
  page.evaluate(
    ([name, args]) => (jupyterapp as unknown as LabOfHome).commands.execute(name, args),
    [name, args] as const,
  );

/** A notebook that is still opening comes to the front once more: until home stays, ask again. */
const goHome = () =>
  eventually(async () => {
    await command("course:home");
    await page.waitForTimeout(1000);
    return home().count();
  }).toBe(1);

/** Runs a cell of text, after which the lab reads the progress again. */
async function runCell(): Promise<void> {
  await page.evaluate(() => {
    void (jupyterapp as unknown as LabOfHome).commands.execute("notebook:run-cell");
  });
}

/** Brings a cell of the notebook in front into view. */
const scrollTo = (index: number) =>
  page.evaluate((i) => {
    const { content } = (jupyterapp as unknown as LabOfHome).shell.currentWidget!;
    void content.scrollToItem(i, "end");
  }, index);

async function picture(name: string): Promise<void> {
  const folder = process.env.COURSE_SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** What axe-core finds wrong in the course's own elements. */
async function faults(): Promise<string[]> {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => {
    const include = [".course-home", ".course-lessons", ".course-row", ".course-ending"];
    const there = include.filter((name) => document.querySelector(name));
    const rules = { region: { enabled: false } };
    return (globalThis as unknown as { axe: Axe }).axe.run({ include: there }, { rules });
  });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

test("a new student sees the course, its map, and where to start", async () => {
  await home().waitFor();
  await eventually(current).toBe("course-home");
  expect(await home().locator("h1").innerText()).toBe(course);
  expect(await home().locator(".course-go").innerText()).toContain("Start");
  expect(await home().locator(".course-about").innerText()).toBe(about);
  expect(await home().locator(".course-go").innerText()).toContain(first.title);
  expect(await home().locator("thead .course-component").allInnerTexts()).toEqual(components);
  // the table's header sticks with the turned names
  const stuck = await home().evaluate((page) => {
    const head = page.querySelector(".course-map thead th.course-component")!;
    const content = page.querySelector<HTMLElement>(".course-page")!;
    content.style.paddingBottom = "2000px"; // so that a short course scrolls, too
    page.querySelector(".course-map tbody tr:last-child")!.scrollIntoView();
    const { bottom } = head.getBoundingClientRect();
    const name = head.querySelector("span")!.getBoundingClientRect();
    const { top } = page.getBoundingClientRect();
    page.scrollTop = 0;
    content.style.paddingBottom = "";
    return { height: bottom - top, name: name.top - top };
  });
  expect(stuck.height).toBeLessThan(160);
  expect(stuck.name).toBeGreaterThanOrEqual(0);
  const titles = await home().locator("tbody .course-part").allInnerTexts();
  expect(titles).toEqual(lessonsByPart(lessons, parts).flatMap(({ title }) => title ?? []));
  expect(await panel().locator("h2").allInnerTexts()).toEqual(titles);
  const rows = await home().locator("tbody tr[data-state]").allInnerTexts();
  expect(rows.length).toBe(lessons.length);
  for (const [i, { title, question }] of lessons.entries()) {
    expect(rows[i]).toContain(title);
    expect(rows[i]).toContain(question);
  }
  const dots = await home().locator("tbody .course-dot").count();
  expect(dots).toBe(lessons.flatMap((lesson) => lesson.components).length);
  const color = (place: string) =>
    home()
      .locator(place)
      .first()
      .evaluate((node) => getComputedStyle(node).getPropertyValue("--part"));
  for (const [i, part] of components.entries()) {
    const inList = await color(`details[data-part="${part}"]`);
    expect(inList).not.toBe("");
    expect(await color(`tbody .course-dot[data-color="${i}"]`)).toBe(inList);
  }
  expect(await panel().locator("li .course-title").allInnerTexts()).toEqual(
    lessons.map(({ title }) => title),
  );
  expect(await page.locator(".jp-Launcher").count()).toBe(0);
});

test("it is dark where the system is, until a reader chooses a theme", async () => {
  const isLight = (light: boolean) =>
    page.waitForFunction((l) => document.body.dataset.jpThemeLight === String(l), light);
  await page.emulateMedia({ colorScheme: "dark" });
  await isLight(false);
  await page.locator("#jupyterlab-splash").waitFor({ state: "detached" });
  await command("apputils:change-theme", { theme: "JupyterLab Light" });
  await isLight(true);
  await page.emulateMedia({ colorScheme: "light" });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.waitForTimeout(1_000);
  await isLight(true);
  await page.emulateMedia({ colorScheme: null });
});

test.each([1920, 1366, 900])(
  "at %i pixels it fits, light and dark, and axe agrees",
  async (width) => {
    await page.setViewportSize({ width, height: 900 });
    for (const theme of ["JupyterLab Dark", "JupyterLab Light"]) {
      await command("apputils:change-theme", { theme });
      const light = String(theme.endsWith("Light"));
      await page.waitForFunction((l) => document.body.dataset.jpThemeLight === l, light);
      await page.locator("#jupyterlab-splash").waitFor({ state: "detached" });
      expect(await faults()).toEqual([]);
      const overflow = await home().evaluate((node) => node.scrollWidth - node.clientWidth);
      expect(overflow).toBe(0);
      await picture(`home-${width}-${light === "true" ? "light" : "dark"}`);
    }
    await page.setViewportSize({ width: 1366, height: 900 });
  },
);

test("components begin closed with a count, and open by key and by a click, one at a time", async () => {
  const open = () =>
    home()
      .locator("details[open]")
      .evaluateAll((parts) => parts.map((part) => (part as HTMLElement).dataset.part));
  const lit = () => home().locator(".course-map-open").first().getAttribute("data-part");
  const [other, part] = components as [string, string];
  await eventually(open).toEqual([]);
  const building = lessons.filter((lesson) => lesson.components.includes(part));
  const summary = home().locator(`details[data-part="${part}"] summary`);
  expect(await summary.locator(".course-count").innerText()).toBe(`${building.length} lessons`);
  await summary.focus();
  await page.keyboard.press("Enter");
  await eventually(open).toEqual([part]);
  await eventually(lit).toBe(part);
  const links = home().locator(`details[data-part="${part}"] a`);
  expect(await links.count()).toBe(building.length);
  expect(await faults()).toEqual([]);
  await home().locator(`svg [data-part="${other}"]`).first().click();
  await eventually(open).toEqual([other]);
  const last = home().locator("details[data-part]").nth(-2); // the last one is a thin line in the drawing
  await home().locator(`svg [data-part="${await last.getAttribute("data-part")}"]`).first().click(); // prettier-ignore
  const below = () =>
    last.evaluate((part) => {
      const page = part.closest(".course-home")!.getBoundingClientRect();
      return part.getBoundingClientRect().bottom - page.bottom;
    });
  await eventually(below).toBeLessThanOrEqual(1);
  await home().locator(`svg [data-part="${other}"]`).first().click();
  await picture("component");
  await home().locator(`svg [data-part="${other}"]`).first().click();
  await eventually(open).toEqual([]);
});

test("by keyboard into a lesson, to the next, back, and home", async () => {
  await home().locator(".course-go").focus();
  await page.keyboard.press("Enter");
  await eventually(current).toBe(`${first.id}.ipynb`);
  await row()
    .getByRole("link", { name: `Next: ${second.id.slice(0, 2)} ${second.title}` })
    .focus();
  await page.keyboard.press("Enter");
  await eventually(current).toBe(`${second.id}.ipynb`);
  expect(await panel().locator("[aria-current=page]").innerText()).toContain(second.title);
  await row().getByRole("link", { name: "Previous" }).click();
  await eventually(current).toBe(`${first.id}.ipynb`);
  await picture("lesson");
  expect(await row().getByText("Home").isVisible()).toBe(false); // the side panel has it
  await panel().getByRole("link", { name: "Home" }).click();
  await eventually(current).toBe("course-home");
  await eventually(() => panel().locator("[aria-current=page]").count()).toBe(0);
});

test("progress shows as soon as a cell has run, and the last cell says what is open", async () => {
  await panel().getByRole("link", { name: first.title }).click();
  await eventually(current).toBe(`${first.id}.ipynb`);
  await page.locator(".jp-NotebookPanel:visible .jp-Cell").first().waitFor();
  const names = first.exercises.map(({ name }) => name);
  pass(names.slice(1), { [names[0]!]: { earned: 1, of: 2, checks: 1, failed: 1 } });
  await runCell();
  const so = `${names.length - 1} of ${names.length} exercises`;
  await eventually(() => row().innerText()).toContain(so);
  await scrollTo(12);
  const ending = page.locator(".jp-NotebookPanel:visible .course-ending");
  await eventually(() => ending.innerText()).toBe(`Still open: ${names[0]!}.`);
  const emptyAt = await page
    .locator(".jp-NotebookPanel:visible .jp-WindowedPanel-outer")
    .evaluate((page) => parseFloat(getComputedStyle(page, "::after").minHeight));
  expect(emptyAt).toBeLessThanOrEqual(25); // percent of the page: no empty screen
  expect(await faults()).toEqual([]);
  await picture("ending-open");

  pass(names);
  await runCell();
  await scrollTo(12);
  await eventually(() => ending.innerText()).toContain(`You passed all ${names.length} exercises`);
  const ticked = panel().locator("li", { hasText: first.title }).locator("[data-state=done]");
  await ticked.waitFor();
  expect(await faults()).toEqual([]);
  await picture("ending-done");
  const next = page
    .locator("[data-course-end]")
    .getByRole("link", { name: `Next: ${second.id.slice(0, 2)}` });
  expect(await ending.getByRole("link").count()).toBe(0);
  await next.focus();
  await page.keyboard.press("Enter");
  await eventually(current).toBe(`${second.id}.ipynb`);
});

const cellIndex = () =>
  page.evaluate(
    () => (jupyterapp as unknown as LabOfHome).shell.currentWidget!.content.activeCellIndex,
  );

test("somebody who comes back finds the last lesson at the last cell", async () => {
  await page.evaluate(() => {
    const { content } = (jupyterapp as unknown as LabOfHome).shell.currentWidget!;
    content.activeCellIndex = 9;
  });
  const { port, token } = lab.server;
  const saved = async () => {
    const url = `http://127.0.0.1:${port}/lab/api/workspaces/${workspace}?token=${token}`;
    return (await fetch(url)).text();
  };
  const { cells } = JSON.parse(readFileSync(join(personal, `${second.id}.ipynb`), "utf8")) as {
    cells: { id: string }[];
  };
  await eventually(saved).toMatch(new RegExp(`"${second.id}":\\s*"${cells[9]!.id}"`));
  await openLab();
  await eventually(current).toBe(`${second.id}.ipynb`);
  await eventually(cellIndex).toBe(9);
  await page.locator(".jp-NotebookPanel:visible .jp-Cell.jp-mod-active").waitFor();
  const top = () =>
    page
      .locator(".jp-NotebookPanel:visible .jp-Cell.jp-mod-active")
      .evaluate((node) => node.getBoundingClientRect().top);
  await eventually(top).toBeLessThan(800);
  await picture("return");
  await goHome();
  expect(await home().locator(".course-go").innerText()).toContain(
    "Go on with the last lesson you opened",
  );
  expect(await home().locator(".course-go").innerText()).toContain(second.title);
});

test("a notebook behind another tab shows its last cell too, and isn't where one stopped", async () => {
  await command("docmanager:open", { path: `${first.id}.ipynb` });
  await eventually(current).toBe(`${first.id}.ipynb`);
  await page.waitForTimeout(2_000); // JupyterLab saves the workspace
  await openLab();
  await eventually(current).toBe(`${first.id}.ipynb`);
  await page.waitForTimeout(6_000); // longer than an open notebook is held at its cell
  await page.locator(".lm-TabBar-tab", { hasText: `${second.id}.ipynb` }).click();
  const active = page.locator(".jp-NotebookPanel:visible .jp-Cell.jp-mod-active");
  await eventually(cellIndex).toBe(9);
  const top = () => active.evaluate((node) => node.getBoundingClientRect().top);
  await eventually(top).toBeLessThan(800);
  expect(await active.evaluate((node) => node.getBoundingClientRect().height)).toBeGreaterThan(0);
  await page.waitForTimeout(1_000);
  await goHome();
  await page.waitForTimeout(2_000);
  await openLab(); // JupyterLab restores the first lesson last
  await page.waitForTimeout(3_000);
  await goHome();
  expect(await home().locator(".course-go").innerText()).toContain(second.title);
});

test("a lesson that is gone, a broken record and a foreign notebook", async () => {
  rmSync(join(personal, `${second.id}.ipynb`));
  put("progress.json", '{"exercises": ');
  await openLab("/tree/foreign.ipynb");
  await eventually(current).toBe("foreign.ipynb");
  expect(await row().count()).toBe(0);
  await goHome();
  await home().locator(".course-map .course-missing", { hasText: second.title }).waitFor();
  expect(await home().locator(".course-go").innerText()).not.toContain(second.title);
  expect(await home().locator(".course-trouble").innerText()).toContain("progress.json");
  expect(await faults()).toEqual([]);
  await picture("trouble");
});

test("with everything passed there is praise, and pages to read open", async () => {
  pass(lessons.flatMap((lesson) => lesson.exercises.map(({ name }) => name)));
  await openLab(`/tree/${first.id}.ipynb`);
  await eventually(current).toBe(`${first.id}.ipynb`);
  await goHome();
  await home().getByText("You have passed every exercise").waitFor();
  expect(await faults()).toEqual([]);
  await picture("all-done");
  await home()
    .getByRole("link", { name: /^Helpers/ })
    .click();
  await page.locator(".jp-MarkdownViewer:visible h1", { hasText: "Helpers" }).waitFor();
  await picture("helpers");
});

test("no script failed", () => {
  expect(lab.errors).toEqual([]);
});
