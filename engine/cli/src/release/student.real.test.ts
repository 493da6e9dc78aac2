// needs: chromium jupyter
/**
 * A student's way through a release in the real JupyterLab: `npm start` in the folder that the
 * instructor gave, a check that fails, hints, a solution that isn't published, an answer that
 * passes, progress; then the instructor publishes, and the solution is there.
 * COURSE_SCREENSHOTS=folder keeps a picture of each state.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { courseRoot } from "grader";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type ExerciseCell, readLessons } from "builder";
import { chromiumFlags, findChromium } from "builder/chromium";
import { fullScore, notebookIn, type DrivenNotebook } from "../start/notebook.testing";
import { publishCommand, releaseCommand } from "./release";

const root = courseRoot();
const home = mkdtempSync(join(root, "..", ".course-student-"));
const folder = join(home, "course");
const LESSONS = ["00-orientation", "06-attention"] as const;
const lessons = readLessons(root, [...LESSONS]);
const exercisesOf = ({ cells }: (typeof lessons)[number]) =>
  cells.filter((cell): cell is ExerciseCell => cell.kind === "exercise");
const [first, second] = lessons.map((lesson) => exercisesOf(lesson)[0]!) as [
  ExerciseCell,
  ExerciseCell,
];
/** An exercise of the first lesson that the second lesson's solution calls. */
const needed = exercisesOf(lessons[0]!).find(({ name }) => second.solution.includes(`${name}(`))!;

let server: ChildProcess;
let browser: Browser;
let page: Page;
let notebook: DrivenNotebook;
const errors: string[] = [];

/** What npm and pip install at the first start. */
function install(): void {
  mkdirSync(join(folder, "node_modules"));
  mkdirSync(join(folder, ".local"));
  for (const name of readdirSync(join(root, "node_modules"))) {
    const path = join(root, "node_modules", name);
    const own = relative(root, realpathSync(path)); // the release has packages of its own
    const from = own.startsWith("node_modules") ? path : join(folder, own);
    symlinkSync(from, join(folder, "node_modules", name));
  }
  symlinkSync(join(root, ".local", "venv"), join(folder, ".local", "venv"));
}

/** Lets the test give commands to the page. */
function expose(): void {
  const file = join(folder, "engine", "lab", "jupyter", "config", "jupyter_server_config.json");
  const config = JSON.parse(readFileSync(file, "utf8")) as { LabApp: object };
  const LabApp = { ...config.LabApp, expose_app_in_browser: true };
  writeFileSync(file, JSON.stringify({ ...config, LabApp }));
}

/** `npm start`, as a student gives it. @returns the address that it prints */
async function start(): Promise<string> {
  const own = { COURSE_ROOT: undefined, COURSE_PERSONAL: undefined };
  server = spawn(process.execPath, [join(folder, "engine", "cli", "bin", "start.mjs")], {
    cwd: folder,
    env: { ...process.env, ...own, BROWSER: "none", PORT: "" },
  });
  let output = "";
  return new Promise((resolve, reject) => {
    const onOutput = (text: Buffer) => {
      output += text.toString();
      const address = /http:\/\/127\.0\.0\.1:\d+\/lab\?token=\w+/.exec(output)?.[0];
      if (address) resolve(address);
    };
    server.stdout!.on("data", onOutput);
    server.stderr!.on("data", onOutput);
    server.once("close", () => reject(new Error(`npm start ended:\n${output}`)));
  });
}

beforeAll(async () => {
  vi.spyOn(console, "log").mockImplementation(() => undefined);
  await releaseCommand(root, folder, { lessons: LESSONS.join(",") });
  install();
  expose();
  const address = await start();
  browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
  page = await browser.newPage({ viewport: { width: 1366, height: 900 } });
  page.setDefaultTimeout(120_000);
  page.on("pageerror", (e) => errors.push(String(e)));
  await page.goto(address);
});
afterAll(async () => {
  await browser?.close();
  if (server?.exitCode === null) {
    server.kill("SIGINT");
    await once(server, "close");
  }
  rmSync(home, { recursive: true, force: true });
});

async function picture(name: string): Promise<void> {
  const folder = process.env.COURSE_SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  for (const theme of ["JupyterLab Dark", "JupyterLab Light"]) {
    await page.evaluate(
      async (t) => void (await jupyterapp.commands.execute("apputils:change-theme", { theme: t })),
      theme,
    );
    await page.waitForTimeout(700); // the theme's style sheet comes
    await page.screenshot({ path: join(folder, `${name}-${theme.split(" ")[1]}.png`) });
  }
}

const checkOf = ({ id }: ExerciseCell) => `${id}-check`;
const report = (exercise: ExerciseCell) => notebook.cell(checkOf(exercise));

async function runBoth(exercise: ExerciseCell): Promise<void> {
  await notebook.run(exercise.id);
  await notebook.run(checkOf(exercise));
}

async function askForSolution(exercise: ExerciseCell): Promise<void> {
  await report(exercise).getByRole("button", { name: "Put the solution into the cell…" }).click();
  await page.getByRole("button", { name: "Put it there" }).click();
}

test("the home page has what was released, and starts the first lesson", async () => {
  const shown = page.locator(".course-home:visible");
  await shown.waitFor();
  expect(await shown.locator("tbody tr[data-state]").count()).toBe(LESSONS.length);
  await picture("home");
  await shown.locator(".course-go").click();
  notebook = await notebookIn(page);
  await notebook.runAbove(first.id);
  expect(await notebook.failures()).toEqual([]);
});

test("a stub fails, hints come one by one, and the solution isn't published", async () => {
  await runBoth(first);
  await notebook.expectBelow(checkOf(first), `${first.name} is not written yet`);
  const before = await notebook.source(first.id);
  for (const hint of ["Show hint 1", "Show hint 2"]) {
    await report(first).getByRole("button", { name: hint }).click();
  }
  for (const hint of [/^Hint 1 of \d\.$/, /^Hint 2 of \d\.$/]) {
    await report(first).getByText(hint).waitFor();
  }
  await askForSolution(first);
  await report(first).getByText("has not published the solution").waitFor();
  expect(await notebook.source(first.id)).toBe(before);
  await picture("unpublished");
});

test("an answer passes, and the progress shows it", async () => {
  await notebook.write(first.id, first.solution);
  await runBoth(first);
  await notebook.expectBelow(checkOf(first), fullScore(first));
  await page.locator(".course-lessons").getByText(`${first.points} of`).first().waitFor();
  await notebook.write(needed.id, needed.solution);
  await notebook.command("docmanager:save");
  await picture("passes");
});

test("once the instructor publishes, the solution is there and passes", async () => {
  await page.locator(".course-lessons").getByRole("link", { name: lessons[1]!.title }).click();
  await page.waitForFunction(
    (id) => document.querySelector(".jp-mod-current")?.textContent?.includes(id),
    LESSONS[1],
  );
  notebook = await notebookIn(page);
  await notebook.runAbove(second.id);
  await runBoth(second);
  await askForSolution(second);
  await report(second).getByText("has not published the solution").waitFor();
  await publishCommand(root, "06", folder);
  await askForSolution(second);
  await report(second).getByText("The solution is in the cell").waitFor();
  expect(await notebook.source(second.id)).toContain(`function ${second.name}`);
  await runBoth(second);
  await notebook.expectBelow(checkOf(second), fullScore(second));
  await notebook.command("docmanager:save");
  await picture("published");
  expect(errors).toEqual([]);
});
