// needs: chromium
/** A class in a real browser: signing in, every kind of page in both themes, marking by keyboard. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { chromium, type Browser, type BrowserContext } from "playwright-core";
import { type Class, storedFile } from "../class.js";
import { addRoster, initClass } from "../commands/init.js";
import { lessonNamed, type Lesson } from "../lessons.js";
import { readStudents } from "../sql/read.js";
import { readReport } from "../report/report.js";
import { gradebook } from "../gradebook/rows.js";
import type { HandIn } from "../types.js";
import { Access, makeTokens } from "./access.js";
import { webAssets } from "./assets.js";
import { server } from "./server.js";
import { addGrade, addHandIn } from "../sql/write.js";
import { courseRoot, paths } from "grader/files";
import { afterAll, beforeAll, expect, it } from "vitest";
import { graderOf } from "../gradebook/regrade.testing.js";
import { chromiumFlags, findChromium } from "builder/chromium";
import { reportBody, reportFile, reportScript, reportStyle } from "../report/reportPage.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
const HOSTILE = "<script>document.title = 'taken'</script>";
const NAMES = ["Ada", "Ben"];

let folder: string;
let classroom: Class;
let lesson: Lesson;
let app: Awaited<ReturnType<typeof server>>;
let access: Access;
let url: string;
let browser: Browser;

/** Two hand-ins with grades, as if the grader had been there. */
async function fill(): Promise<void> {
  const notebook = readFileSync(join(paths(classroom.root).notebooks, `${lesson.id}.ipynb`));
  for (const { id } of await readStudents(classroom.sql)) {
    const sha256 = `${id}00000000000000000000`;
    const at = "2027-05-03T20:10:00.000Z";
    const h: HandIn = {
      id: `h-${id}`,
      lesson: lesson.id,
      student: id,
      platform: "plain",
      path: id,
      sha256,
      at,
      late: false,
      attempt: 0,
      collectedAt: at,
    };
    await addHandIn(classroom.sql, h);
    mkdirSync(dirname(storedFile(classroom, h)), { recursive: true });
    writeFileSync(storedFile(classroom, h), notebook);
    const exercises = lesson.exercises.map(({ name, points }) => ({
      name,
      points: points / 2,
      maxPoints: points,
      with: "own" as const,
      failures: [],
      groups: [{ group: "values" as const, ok: false, points: points / 2, maxPoints: points }],
      diagnosis: `A mistake ${HOSTILE}`,
    }));
    const text = `${HOSTILE} of ${id}`; // equal answers would be marked once
    const written = lesson.written.map(({ name, points }) => ({ name, points, text }));
    await addGrade(classroom.sql, h, undefined, {
      file: id,
      id,
      seed: 1,
      version: "1",
      lesson: lesson.id,
      title: lesson.title,
      sha256,
      points: 4,
      maxPoints: 8,
      exercises,
      cells: [],
      written,
    });
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "serve-"));
  classroom = await initClass(courseRoot(), join(folder, "class"), { title: "Test" });
  lesson = lessonNamed(classroom.lessons, "00");
  const roster = join(folder, "roster.csv");
  const lines = NAMES.map((name, i) => `"${name} ${HOSTILE}",${name}@x.edu,${i},${name}`);
  writeFileSync(roster, ["name,email,number,login", ...lines].join("\n"));
  await addRoster(classroom, roster);
  await fill();
  access = new Access(classroom.folder);
  const options = {
    url: "http://127.0.0.1",
    access,
    grading: { grade: graderOf(6) },
    assets: webAssets({ style: reportStyle(), script: reportScript() }),
    report: async () => ({
      title: "Report",
      body: reportBody(await readReport(classroom, lesson)),
    }),
  };
  app = await server(classroom, options);
  await app.listen({ host: "127.0.0.1", port: 0 });
  url = options.url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
  await classroom?.sql.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Signed in as an instructor, by the link. */
async function signIn(more: Parameters<Browser["newContext"]>[0] = {}): Promise<BrowserContext> {
  const context = await browser.newContext(more);
  const page = await context.newPage();
  await page.goto(`${url}/sign-in?token=${access.instructorToken()}`);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${url}/`);
  await page.close();
  return context;
}

const pages = async () => {
  const at = `/lessons/${lesson.id}`;
  const [ada] = await readStudents(classroom.sql);
  const question = lesson.written[0]!.name;
  return [
    "/",
    "/roster?find=ada",
    "/grades",
    "/audit",
    `/roster/${ada!.id}`,
    at,
    `${at}?status=waits+for+marks`,
    `${at}/students/${ada!.id}`,
    `${at}/students/${ada!.id}/oral`,
    `/students/${ada!.id}/total`,
    "/requests",
    "/staff",
    `${at}/rubric/${question}`,
    `${at}/report`,
    `${at}/regrade`,
    `${at}/marking/${question}`, // the last, where a test goes on
  ];
};

it("shows each kind of page in both themes and on a phone, accessibly", async () => {
  for (const [colorScheme, width] of [
    ["light", 1000],
    ["dark", 390],
  ] as const) {
    const viewport = { width, height: 800 };
    const context = await signIn({ colorScheme, viewport, bypassCSP: true }); // for axe
    const page = await context.newPage();
    for (const path of await pages()) {
      await page.goto(url + path);
      if (path.endsWith("/report")) await page.locator("html[data-drawn='3']").waitFor();
      expect(await page.title(), path).not.toBe("taken");
      const room = await page.evaluate("document.documentElement.scrollWidth");
      expect(room, path).toBeLessThanOrEqual(width);
      await page.evaluate(axe);
      const found = await page.evaluate("axe.run().then((r) => r.violations.map((v) => v.id))");
      expect(found, `${path} ${colorScheme}`).toEqual([]);
    }
    await context.close();
  }
});

it("breaks no rule of its own policy, and an answer is marked by keyboard", async () => {
  const context = await signIn();
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on("console", (m) => m.type() === "error" && trouble.push(m.text()));
  page.on("pageerror", (e) => trouble.push(e.message));
  for (const path of await pages()) await page.goto(url + path);
  for (let left = NAMES.length; left > 0; left--) {
    await page.getByText(`${left} without points`).waitFor();
    await page.keyboard.press("1");
    await page.keyboard.press("Enter");
  }
  await page.getByText("0 without points").waitFor();
  expect((await gradebook(classroom, lesson)).map((r) => r.writtenPoints)).toEqual([1, 1]);
  expect(trouble).toEqual([]);
  await context.close();
});

it("finds a student by keyboard, in a lesson and in all of them", async () => {
  const context = await signIn();
  const page = await context.newPage();
  for (const path of ["/grades", `/lessons/${lesson.id}`]) {
    await page.goto(url + path);
    expect(await page.locator("tbody tr").count()).toBe(NAMES.length);
    await page.keyboard.press("/");
    await page.keyboard.type("BEN");
    await page.keyboard.press("Enter");
    await page.getByText("Students 1–1 of 1").waitFor();
    expect(await page.locator("tbody th").innerText()).toContain("Ben");
    await page.getByRole("link", { name: "Show all" }).click();
    await page.getByText("Students 1–2 of 2").waitFor();
  }
  await page.goto(`${url}/grades`);
  await page.locator("tbody td a").first().click();
  await page.getByRole("heading", { name: `${lesson.title}: Ada` }).waitFor();
  await context.close();
});

it("shows who changes before it is accepted, and publishes by a click", async () => {
  const context = await signIn({ bypassCSP: true }); // for axe
  const page = await context.newPage();
  const at = `${url}/lessons/${lesson.id}`;
  const click = (name: string) => page.getByRole("button", { name }).click();
  await page.goto(at);
  await page.getByRole("link", { name: "Grade again" }).click();
  await click("Compare");
  await page.getByText("2 hand-ins compared, 2 change").waitFor(); // the page renews itself
  expect(await page.locator("tbody tr").count()).toBe(2);
  await page.evaluate(axe);
  const found = await page.evaluate("axe.run().then((r) => r.violations.map((v) => v.id))");
  expect(found).toEqual([]);
  expect((await gradebook(classroom, lesson)).map((r) => r.exercisePoints)).toEqual([4, 4]);
  await click("Accept");
  await page.waitForURL(at);
  expect((await gradebook(classroom, lesson)).map((r) => r.exercisePoints)).toEqual([6, 6]);

  const [ada] = await readStudents(classroom.sql);
  const student = await browser.newContext();
  const mine = await student.newPage();
  const token = (await makeTokens(classroom.folder, [ada!.id])).get(ada!.id)!;
  await mine.goto(`${url}/sign-in?token=${token}`);
  await mine.getByRole("button", { name: "Sign in" }).click();
  await mine.getByText("handed in, not published yet").waitFor();
  await click("Publish the grades");
  await page.getByText("Students see these grades").waitFor();
  await mine.reload();
  await mine.getByText("6 of 10").waitFor();
  await student.close();
  await context.close();
});

it("answers 100 requests at a time", async () => {
  const token = access.instructorToken();
  const body = new URLSearchParams({ token });
  const signed = await fetch(`${url}/sign-in`, { method: "POST", body, redirect: "manual" });
  const [cookie] = signed.headers.get("set-cookie")!.split(";");
  const one = () => fetch(`${url}/lessons/${lesson.id}`, { headers: { cookie: cookie! } });
  const replies = await Promise.all(Array.from({ length: 100 }, one));
  expect(replies.map((r) => r.status)).toEqual(Array(100).fill(200));
});

it("writes the report as one file that needs nothing else", async () => {
  const file = join(folder, "report.html");
  writeFileSync(file, reportFile(await readReport(classroom, lesson)));
  const page = await browser.newPage();
  const asked: string[] = [];
  page.on("request", (r) => asked.push(r.url()));
  await page.goto(`file://${file}`);
  await page.locator("html[data-drawn='3']").waitFor();
  expect(asked.filter((a) => !a.startsWith("data:") && !a.startsWith("blob:"))).toHaveLength(1);
  expect(await page.title()).not.toBe("taken");
  await page.close();
});
