// needs: chromium
// level: plain, but for: passes axe; draws every figure
/**
 * The site of the course itself in a real browser: in a subfolder of a plain static server, while
 * the network is watched.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import {
  chromium,
  type Browser,
  type BrowserContext,
  type Page,
  type Response,
} from "playwright-core";
import { paths } from "grader/files";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { readLessons } from "../lesson/lessons.js";
import type { ExerciseCell, Lesson } from "../lesson/model.js";
import { chromiumFlags, findChromium } from "../chromium.js";
import { writeSite } from "./site.js";
import { readSynonyms } from "./source.js";

const course = fileURLToPath(new URL("../../../..", import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
const BASE = "/some/course/";
/** A busy machine may take long; what never comes fails all the same. */
const PATIENT = { timeout: 120_000 };

let folder: string;
let out: string;
let server: ChildProcess;
let origin: string;
let browser: Browser;
let lessons: Lesson[];

/** Python's own server of files, which knows nothing of sites. */
function staticServer(root: string): Promise<string> {
  const args = ["-u", "-m", "http.server", "--bind", "127.0.0.1", "--directory", root, "0"];
  server = spawn("python3", args, { stdio: ["ignore", "pipe", "ignore"] });
  return new Promise((resolve, reject) => {
    server.once("exit", () => reject(new Error("python3 -m http.server ended")));
    server.stdout!.on("data", (chunk: Buffer) => {
      const [, port] = /port (\d+)/.exec(chunk.toString()) ?? [];
      if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
    });
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "site-"));
  mkdirSync(join(folder, "some"));
  out = join(folder, "some", "course");
  await writeSite(course, { out, base: BASE, run: false });
  lessons = readLessons(course);
  origin = await staticServer(folder);
  browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
});
afterAll(async () => {
  await browser?.close();
  server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

interface Visit {
  width?: number;
  theme?: "light" | "dark";
  /** Lets a test inject axe, which the page's policy would stop. */
  bypassCSP?: boolean;
  javaScriptEnabled?: boolean;
  serviceWorkers?: "block";
  /** Whether fingers take the place of a mouse; false unless given. */
  isTouch?: boolean;
  /** Whether figures may move by themselves; false unless given. */
  moves?: boolean;
  seen?(response: Response): void;
}

const contexts: BrowserContext[] = [];
/** What went wrong in the page, and each request to another place. */
let trouble: string[] = [];
afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()));
  const found = trouble;
  trouble = [];
  expect(found).toEqual([]);
});

async function open(path: string, visit: Visit = {}): Promise<Page> {
  const {
    width = 1280,
    theme = "light",
    bypassCSP,
    javaScriptEnabled,
    serviceWorkers,
    isTouch = false,
    moves = false,
    seen,
  } = visit;
  const viewport = { width, height: width < 500 ? 844 : 900 };
  const context = await browser.newContext({
    viewport,
    colorScheme: theme,
    bypassCSP,
    javaScriptEnabled,
    serviceWorkers,
    isMobile: isTouch,
    hasTouch: isTouch,
    reducedMotion: moves ? "no-preference" : "reduce",
  });
  contexts.push(context);
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  if (seen) page.on("response", seen);
  page.on("pageerror", (error) => trouble.push(`${path}: ${error.message}`));
  page.on("console", (said) => {
    if (said.type() === "error" || said.type() === "warning") {
      trouble.push(`${path}: ${said.text()}`);
    }
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin + BASE) && !/^(data|blob):/.test(url)) {
      trouble.push(`${path}: ${url}`);
    }
  });
  await page.goto(origin + BASE + path);
  return page;
}

/** Scrolls through a page, and waits until each figure is drawn. */
async function drawAll(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += 800) {
      scrollTo({ top: y, behavior: "instant" });
      await new Promise(requestAnimationFrame);
    }
  });
  // others wait for a guess
  const pending = page.locator('.drawn:not([data-state="drawn"])').filter({ visible: true });
  await expect.poll(() => pending.count(), PATIENT).toBe(0);
}

/** What takes seconds on a page takes this long where Chromium has stopped it for good. */
const STALLED_MS = 120_000;

/**
 * Opens a page and looks at it. On a busy machine Chromium can stop a page so that it draws no more
 * frames, or answers nothing at all: then the page opens once more.
 * @throws where that page stops, too
 */
async function onPage<T>(path: string, visit: Visit, look: (page: Page) => Promise<T>) {
  for (let tries = 0; tries < 2; tries++) {
    const page = await open(path, visit);
    const looked = look(page).then((found) => ({ page, found }));
    looked.catch(() => undefined); // it may fail once nobody waits any more
    const seen = await Promise.race([looked, sleep(STALLED_MS, undefined, { ref: false })]);
    if (seen) return seen;
    console.warn(`${path}: the browser doesn't answer any more`);
    void page.context().close(); // which may never end
  }
  throw new Error(`${path}: the browser doesn't answer any more, also when it opens once more`);
}

/** Opens a page and draws all of it. */
const openDrawn = async (path: string, visit: Visit = {}): Promise<Page> =>
  (await onPage(path, visit, drawAll)).page;

const axeFindings = async (page: Page): Promise<string[]> => {
  await page.addScriptTag({ content: axe });
  const { violations } = await page.evaluate<{
    violations: { id: string; nodes: { html: string }[] }[];
  }>("axe.run()");
  return violations.map(
    ({ id, nodes }) => `${id} ${nodes.map((n) => n.html.slice(0, 140)).join(" | ")}`,
  );
};

/** What axe finds on a page that is drawn whole, with all that folds in its text open. */
async function axeFindingsOf(path: string, visit: Visit): Promise<string[]> {
  const { page, found } = await onPage(path, visit, async (page) => {
    await drawAll(page);
    await page.locator("article details").evaluateAll((folds) => {
      for (const fold of folds) (fold as HTMLDetailsElement).open = true;
    });
    return axeFindings(page);
  });
  await page.context().close();
  return found;
}

const pageOf = (lesson: Lesson) => `${lesson.id}.html`;

it("opens the landing page and a lesson with less than 1 MB, figures aside", async () => {
  for (const path of ["index.html", pageOf(lessons.at(-1)!)]) {
    let bytes = 0;
    const seen = (response: Response) => {
      if (/\/figures\/|\/plotly\.js/.test(response.url())) return;
      bytes += Number(response.headers()["content-length"] ?? 0);
    };
    const page = await open(path, { seen });
    await page.waitForLoadState("networkidle");
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes, path).toBeLessThan(1_000_000);
  }
});

it("leads from the landing page through the course and back", async () => {
  const page = await open("");
  await expect
    .poll(() => page.locator('.hero .drawn[data-state="drawn"]').count(), PATIENT)
    .toBe(1);
  expect(await page.locator(".map tbody tr:not(.part)").count()).toBe(lessons.length);
  await page.locator(".hero .button.first").click();
  for (const lesson of lessons) {
    await expect.poll(() => page.url(), PATIENT).toBe(origin + BASE + pageOf(lesson));
    expect(await page.locator("h1").textContent()).toBeTruthy();
    const next = page.locator('.way [rel="next"]');
    if (lesson.next) await next.evaluate((link: HTMLElement) => link.click());
  }
  await page.locator(".bar .home").click();
  await expect.poll(() => page.url(), PATIENT).toBe(`${origin}${BASE}index.html`);
});

/** What a page shows wrongly once all of it is drawn, behind guesses, too. */
async function faultsOf(page: Page) {
  await drawAll(page);
  // what waits for a guess is hidden until then
  await page
    .getByRole("button", { name: "Show the answer" })
    .evaluateAll((all) => all.forEach((button) => (button as HTMLElement).click()));
  await drawAll(page);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const empty = await page
    .locator(".drawn")
    .evaluateAll((all) => all.filter((place) => place.clientHeight < 60).map((p) => p.innerHTML));
  const notes = await page.locator(".course-note").allTextContents();
  const bad = notes.filter((note) => /damaged|newer version|no view/.test(note));
  return { over, empty, bad };
}

it(
  "draws every figure of every lesson, and nothing is wider than a phone",
  { timeout: 900_000 },
  async () => {
    const wrong: Record<string, unknown> = {};
    const visit: Visit = { width: 390, theme: "dark" };
    for (const path of ["index.html", "helpers.html", "404.html", ...lessons.map(pageOf)]) {
      const { page, found } = await onPage(path, visit, faultsOf);
      const { over, empty, bad } = found;
      if (over > 0 || empty.length + bad.length > 0) wrong[path] = found;
      await page.context().close();
    }
    expect(wrong).toEqual({});
  },
);

it("shows slides whose scripts, styles and fonts all decks share", async () => {
  const { id } = lessons.find(({ slides }) => slides.length > 0)!;
  const asked: string[] = [];
  const page = await open(`slides/${id}.html`, { seen: (response) => asked.push(response.url()) });
  await page.waitForFunction("globalThis.deck !== undefined && deck.ready.then(() => true)");
  expect(await page.locator("section.present h2").textContent()).toBeTruthy();
  expect(await page.evaluate(() => document.fonts.check("16px Inter"))).toBe(true);
  const names = asked.map((url) => new URL(url).pathname.slice(BASE.length)).sort();
  for (const name of ["deck.css", "deck.js", "plotly.js", "reveal.js"]) {
    expect(names).toContain(`assets/${name}`);
  }
  expect(readFileSync(join(out, "slides", `${id}.html`), "utf8")).not.toContain("<script>");
  const opened = page.context().waitForEvent("page");
  await page.keyboard.press("s");
  const speaker = await opened;
  const picture = speaker.locator(".picture-now .page");
  const isWhole = () =>
    picture.evaluate((slide) => {
      const [inner, outer] = [slide.getBoundingClientRect(), slide.parentElement!.clientWidth];
      return outer < 1000 && Math.abs(inner.width - outer) < 4;
    });
  await expect.poll(isWhole, PATIENT).toBe(true);
});

it("has no link that leads nowhere", () => {
  const names = new Set(filesOf(out));
  const anchors = new Map<string, Set<string>>();
  const html = (name: string) => readFileSync(join(out, name), "utf8");
  const pages = [...names].filter((name) => /^[\w-]+\.html$/.test(name));
  for (const name of pages) {
    anchors.set(name, new Set([...html(name).matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id!)));
  }
  const dead = pages.flatMap((name) => {
    const links = [...html(name).matchAll(/\s(?:href|src|data-figure)="([^"]*)"/g)];
    return links.flatMap(([, address]) => {
      const [path = "", fragment] = address!
        .replace(BASE, "")
        .replace(/\?[^#]*/, "")
        .split("#");
      if (/^(https?|mailto|data):/.test(path)) return [];
      const target = path === "" ? name : decodeURI(path);
      const isThere = names.has(target) && (!fragment || anchors.get(target)?.has(fragment));
      return isThere ? [] : [`${name}: ${address}`];
    });
  });
  expect(dead).toEqual([]);
});

it("finds words of the course, and goes to their place by keyboard", async () => {
  const page = await open("index.html");
  await page.locator("[data-open-search]").waitFor();
  await page.keyboard.press("/");
  const input = page.locator("dialog.search input");
  const found = page.locator(".found");
  await input.fill("zzzzqqqq");
  await expect.poll(() => page.locator(".search .state").textContent(), PATIENT).toMatch(/Nothing/);
  const { name } = exercisesOf(lessons[5]!)[0]!;
  await input.fill(name);
  await expect
    .poll(() => found.first().locator("strong").textContent(), PATIENT)
    .toBe(`Exercise: ${name}`);
  await page.keyboard.press("Enter");
  const address = `${origin}${BASE}${lessons[5]!.id}.html#exercise-${name.toLowerCase()}`;
  await expect.poll(() => page.url(), PATIENT).toBe(address);
  await page.locator("[data-open-search]").waitFor(); // shown once the page's script has run
  await page.keyboard.press("Control+k");
  expect(await page.locator("dialog.search").getAttribute("open")).not.toBeNull();
  await page.keyboard.type("attention"); // what is typed needs no Escape of its own
  await page.keyboard.press("Escape");
  expect(await page.locator("dialog.search").getAttribute("open")).toBeNull();
});

it("stays at an anchor, below the header, while the page above grows, until the reader scrolls", async () => {
  const id = "sources";
  const lesson = lessons.find((one) =>
    readFileSync(join(out, pageOf(one)), "utf8").includes(`id="${id}"`),
  )!;
  for (const width of [390, 1280]) {
    const page = await open(`${pageOf(lesson)}#${id}`, { width });
    const grow = () =>
      page.evaluate(() => {
        document.documentElement.style.overflowAnchor = "none"; // as browsers without anchoring
        const room = document.createElement("div");
        room.style.height = "700px";
        document.querySelector("article")!.prepend(room);
      });
    const below = () =>
      page.evaluate((name) => {
        const header = document.querySelector(".bar")!.getBoundingClientRect();
        return document.getElementById(name)!.getBoundingClientRect().top - header.bottom;
      }, id);
    const isThere = async () => Math.abs((await below()) - 20) < 20;
    await expect.poll(isThere, PATIENT).toBe(true);
    await grow();
    await expect.poll(isThere, PATIENT).toBe(true);
    await page.mouse.wheel(0, -300);
    await expect.poll(isThere, PATIENT).toBe(false);
    await grow();
    await page.waitForTimeout(300);
    expect(await isThere()).toBe(false);
  }
});

it("keeps search and theme within reach on a phone", async () => {
  const page = await open(pageOf(lessons[0]!), { width: 390 });
  await page.evaluate(() => scrollTo({ top: 3000, behavior: "instant" }));
  const bottom = () =>
    page.evaluate(() => document.querySelector(".bar")!.getBoundingClientRect().bottom);
  await expect.poll(bottom, PATIENT).toBeLessThanOrEqual(48);
  await page.locator("[data-open-search]").click({ timeout: 5000 });
  expect(await page.locator("dialog.search").getAttribute("open")).not.toBeNull();
});

it("keeps a slider below the bar on a phone while its panels scroll", async () => {
  const page = await open(pageOf(lessons[0]!), { width: 390, isTouch: true });
  const figure = page.locator(".cell > .drawn:has(.course-view > .course-slider)").first();
  const next = () => page.evaluate(() => scrollBy({ top: 800, behavior: "instant" }));
  await expect.poll(async () => (await next(), figure.count()), PATIENT).toBeGreaterThan(0);
  const slider = figure.locator(".course-slider").first();
  await figure.evaluate((one) => {
    const { bottom } = one.getBoundingClientRect();
    scrollTo({ top: scrollY + bottom - 150, behavior: "instant" });
  });
  const bar = (await page.locator(".bar").boundingBox())!;
  const place = async () => (await slider.boundingBox())!.y - bar.height;
  await expect.poll(async () => Math.abs(await place()), PATIENT).toBeLessThan(4);
});

it.each([390, 820, 1280])(
  "the bar of %i pixels shows what one reads, how much of it, and the way on",
  async (width) => {
    const lesson = lessons.find((one) => exercisesOf(one).length > 0 && one.next)!;
    const page = await open(pageOf(lesson), { width });
    const bar = page.locator(".bar");
    const read = () => bar.evaluate((one) => Number(one.style.getPropertyValue("--read")));
    const { height } = (await bar.boundingBox())!;
    expect(height).toBeLessThan(60); // one row
    expect(await bar.locator(".here").isVisible()).toBe(false);
    await page.locator(".exercise").first().scrollIntoViewIfNeeded();
    await bar.locator(".here").waitFor();
    expect(await bar.locator(".here").textContent()).toContain(lesson.title);
    expect((await bar.boundingBox())!.height).toBe(height);
    expect(await read()).toBeGreaterThan(0);
    expect(await bar.locator(".onward").getAttribute("href")).toMatch(/^#exercise-/);
    const isNamed = width < 500 || width > 1200; // with room for the name of what comes next
    expect(await bar.locator(".onward strong").isVisible()).toBe(isNamed);
    await page.evaluate(() => scrollTo({ top: 1e9, behavior: "instant" }));
    await expect.poll(read, PATIENT).toBeGreaterThan(0.98);
    await bar.locator(".onward").click();
    await expect.poll(() => page.url(), PATIENT).toContain(lesson.next!.file.replace(/ipynb$/, ""));
  },
);

it("a phone's menu opens without a script", async () => {
  const page = await open(pageOf(lessons[0]!), { width: 390, javaScriptEnabled: false });
  const link = page.locator(".bar nav a").first();
  expect(await link.isVisible()).toBe(false);
  await page.locator(".bar .menu").click();
  expect(await link.isVisible()).toBe(true);
});

it("on a phone, a figure's help names no keys, and a wide table's first column stays", async () => {
  const page = await open("index.html", { width: 390, isTouch: true });
  const helps = page.locator(".hero .course-help");
  await helps.waitFor();
  expect(await helps.innerText()).toMatch(/\w/);
  expect(await helps.innerText()).not.toContain("keyboard");
  await page.goto(`${origin}${BASE}${pageOf(lessons[0]!)}`);
  const [name, cell] = await page.evaluate(() => {
    const row = `<tr>${"<td>a word</td>".repeat(12)}</tr>`;
    const figure = document.createElement("figure");
    figure.className = "output course-view";
    figure.innerHTML = `<div class="wide"><table><tbody>${row}</tbody></table></div>`;
    document.querySelector("article")!.prepend(figure);
    const left = (at: number) => figure.querySelectorAll("td")[at]!.getBoundingClientRect().left;
    const before = [left(0), left(3)] as const;
    figure.querySelector("table")!.scrollLeft = 100;
    return [before[0] - left(0), before[1] - left(3)];
  });
  expect([name, cell]).toEqual([0, 100]);
});

it("formulas keep to a phone's width, but for those without a place to break", async () => {
  let [all, scrolling] = [0, 0];
  for (const lesson of lessons) {
    const page = await open(pageOf(lesson), { width: 390 });
    const widths = await page
      .locator("article .formula")
      .evaluateAll((found) => found.map((one) => one.scrollWidth - one.clientWidth));
    all += widths.length;
    scrolling += widths.filter((over) => over > 1).length;
    await page.context().close();
  }
  expect(all).toBeGreaterThan(lessons.length);
  expect(scrolling / all).toBeLessThan(0.05);
});

it("code of 100 columns fits its block at 1280 pixels, in exercises too", async () => {
  const page = await open(pageOf(lessons.find((one) => exercisesOf(one).length > 0)!));
  const cut = await page.evaluate(() => {
    for (const fold of document.querySelectorAll<HTMLDetailsElement>("article details")) {
      fold.open = true;
    }
    const blocks = [...document.querySelectorAll("article pre:not(.said)")];
    return blocks.map((block) => {
      block.querySelector("code")!.textContent = "x".repeat(100);
      return block.scrollWidth > block.clientWidth;
    });
  });
  expect(cut.length).toBeGreaterThan(5);
  expect(cut).not.toContain(true);
});

it("plays the landing page's figure, and leaves it to a reader who touches it", async () => {
  const shown = async (page: Page) => {
    await page.locator('.hero .drawn[data-state="drawn"]').waitFor();
    return page.locator(".hero .course-slider output").textContent();
  };
  const left = await open("", { moves: true });
  await shown(left);
  const range = left.locator('.hero .course-slider input[type="range"]');
  await range.focus();
  await left.keyboard.press("Home");
  const first = await shown(left);
  const watched = await open("", { moves: true });
  const before = await shown(watched);
  await expect.poll(() => shown(watched), PATIENT).not.toBe(before);
  expect(await shown(left)).toBe(first);
});

/** A lesson whose page has a slider over a chart. */
const withSlider = () =>
  lessons.find(({ id }) =>
    readdirSync(join(out, "figures", id)).some((name) =>
      /"slider":\{"label"/.test(readFileSync(join(out, "figures", id, name), "utf8")),
    ),
  )!;

it("moves a figure's slider by keyboard", async () => {
  const page = await openDrawn(pageOf(withSlider()));
  const chart = page.locator(".drawn:has(.course-slider):has(.main-svg)").first();
  const bars = () => chart.locator(".main-svg").first().innerHTML();
  const [value, before] = [await chart.locator("output").textContent(), await bars()];
  await chart.locator('input[type="range"]').focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => chart.locator("output").textContent(), PATIENT).not.toBe(value);
  await expect.poll(bars, PATIENT).not.toBe(before);
});

it("copies a figure's address, which opens the page there, with its slider where it was", async () => {
  const page = await openDrawn(pageOf(withSlider()));
  const figure = page.locator(".cell .drawn:has(.course-slider):has(.main-svg)").first();
  await figure.locator('input[type="range"]').focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  const value = await figure.locator("output").textContent();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await figure.locator(".share").click();
  const address = await page.evaluate(() => navigator.clipboard.readText());
  expect(address).toMatch(/\?set=1[^#]*#cell-/);
  const again = await open(address.slice((origin + BASE).length));
  const restored = again.locator(`#${address.split("#")[1]} .drawn`).first();
  await expect.poll(() => restored.locator("output").first().textContent(), PATIENT).toBe(value);
  const top = () => restored.evaluate((element) => element.getBoundingClientRect().top);
  await expect.poll(top, PATIENT).toBeLessThan(400);
});

it("finds the nearest places where a word is misspelled or nobody wrote it", async () => {
  const page = await open("index.html");
  await page.locator("[data-open-search]").click();
  const state = page.locator(".search .state");
  for (const query of ["kv cahce", "why divide by sqrt"]) {
    await page.locator("dialog.search input").fill(query);
    await expect.poll(() => state.textContent(), PATIENT).toContain("The nearest:");
    const marked = await page.locator(".found mark").allTextContents();
    expect(marked.length).toBeGreaterThan(0);
    expect(marked.map((word) => word.toLowerCase())).not.toContain("by");
    await page.locator("dialog.search input").fill("");
  }
});

it("finds what readers call by another name", async () => {
  const page = await open("index.html");
  await page.locator("[data-open-search]").click();
  const synonyms = Object.keys(readSynonyms(paths(course).lessons));
  expect(synonyms.length).toBeGreaterThan(0);
  for (const word of [...synonyms, "kv cache"]) {
    await page.locator("dialog.search input").fill("");
    await page.locator("dialog.search input").fill(word);
    await page.locator(".found").first().waitFor();
  }
});

it("keeps the theme that the reader chose, and redraws figures in it", async () => {
  const page = await openDrawn(pageOf(withSlider()));
  const ink = () =>
    page
      .locator(".xtick text")
      .first()
      .evaluate((text) => getComputedStyle(text).fill);
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const [light, white] = [await ink(), await paper()];
  await page.locator("[data-theme-switch]").click();
  await expect.poll(ink, PATIENT).not.toBe(light);
  expect(await paper()).not.toBe(white);
  await page.reload();
  expect(await paper()).not.toBe(white);
  expect(await page.locator("[data-theme-switch]").getAttribute("aria-pressed")).toBe("true");
});

it(
  "passes axe in both themes: landing page, three lessons, search",
  { timeout: 1_200_000 },
  async () => {
    const three = [0, Math.floor(lessons.length / 2), lessons.length - 1].map((i) => lessons[i]!);
    const found: Record<string, string[]> = {};
    for (const theme of ["light", "dark"] as const) {
      for (const path of ["index.html", "helpers.html", ...three.map(pageOf)]) {
        const findings = await axeFindingsOf(path, { theme, bypassCSP: true });
        if (findings.length > 0) found[`${path} ${theme}`] = findings;
      }
      const page = await open("index.html", { theme, bypassCSP: true });
      await page.keyboard.press("/");
      await page.locator("dialog.search input").fill("the");
      await expect.poll(() => page.locator(".found").count(), PATIENT).toBeGreaterThan(3);
      const findings = await axeFindings(page);
      if (findings.length > 0) found[`search ${theme}`] = findings;
    }
    expect(found).toEqual({});
  },
);

it("goes to the text from the first Tab", async () => {
  const page = await open(pageOf(lessons[0]!));
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the text");
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
});

it("reads without a script: text, formulas, still pictures, folds", async () => {
  const page = await open(pageOf(withSlider()), { javaScriptEnabled: false });
  expect(await page.locator(".still img").first().isVisible()).toBe(true);
  expect(await page.locator(".katex").count()).toBeGreaterThan(0);
  await page.locator(".exercise summary").first().click();
  expect(await page.locator(".exercise details[open]").count()).toBe(1);
});

it("says that a figure couldn't be loaded, shows its picture, and tries again", async () => {
  const page = await open("404.html", { serviceWorkers: "block" }); // it would ask by itself
  const isFigure = /\/figures\/.*\.json/;
  await page.route(isFigure, (route) => route.fulfill({ status: 503 }));
  await page.goto(`${origin}${BASE}${pageOf(withSlider())}`);
  const failed = page.locator('.drawn[data-state="failed"]:has(img)').first();
  await failed.waitFor();
  expect(await failed.locator(".trouble").textContent()).toContain("couldn’t be loaded");
  expect(await failed.locator(".still img").isVisible()).toBe(true);
  const { length } = trouble.filter((line) => /503/.test(line));
  expect(length).toBeGreaterThan(0);
  trouble = trouble.filter((line) => !/503|Service Worker registration blocked/.test(line));
  await page.unroute(isFigure);
  const place = await failed.getAttribute("data-figure");
  await failed.locator("button").click();
  const drawn = page.locator(`.drawn[data-figure="${place}"][data-state="drawn"]`);
  await expect.poll(() => drawn.count(), PATIENT).toBe(1);
});

it.each([390, 768, 1280])("nothing moves while a page of %i pixels loads", async (width) => {
  const page = await open("404.html", { width, serviceWorkers: "block" });
  await page.route(/assets\/page\./, async (route) => {
    await new Promise((done) => setTimeout(done, 300)); // the page shows before its script comes
    await route.continue();
  });
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => {
      const found = list.getEntries() as unknown as { value: number }[];
      shifts.push(...found.map(({ value }) => value));
    }).observe({ type: "layout-shift", buffered: true });
  });
  for (const path of ["index.html", pageOf(withSlider())]) {
    await page.goto(origin + BASE + path);
    await page.locator("[data-theme-switch]:not([hidden])").waitFor();
    const first = page.locator(".drawn").first();
    if (path === "index.html") {
      await expect.poll(() => first.getAttribute("data-state"), PATIENT).toBe("drawn");
    }
    await page.waitForTimeout(500);
    const shifts = (await page.evaluate("shifts")) as number[];
    // fonts of a machine may make a figure a pixel higher
    expect(
      shifts.reduce((sum, shift) => sum + shift, 0),
      path,
    ).toBeLessThan(0.01);
  }
  trouble = trouble.filter((line) => !line.includes("Service Worker registration blocked"));
});

it("prints the text, with pictures of figures that aren't drawn", async () => {
  const page = await open(pageOf(withSlider()));
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".bar").isVisible()).toBe(false);
  expect(await page.locator(".contents").isVisible()).toBe(false);
  const undrawn = page.locator('.drawn:not([data-state="drawn"]) .still img');
  expect(await undrawn.last().isVisible()).toBe(true);
});

it("prints charts with dark letters from a dark page", async () => {
  const page = await openDrawn(pageOf(withSlider()), { theme: "dark" });
  const ink = () =>
    page
      .locator(".xtick text")
      .first()
      .evaluate((text) => getComputedStyle(text).fill);
  const dark = await ink();
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await expect.poll(ink, PATIENT).toBe("rgb(34, 34, 34)");
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await expect.poll(ink, PATIENT).toBe(dark);
});

/** The paths of all files below a folder. */
function filesOf(root: string, under = ""): string[] {
  return readdirSync(join(root, under), { withFileTypes: true }).flatMap((entry) => {
    const path = under === "" ? entry.name : `${under}/${entry.name}`;
    return entry.isDirectory() ? filesOf(root, path) : [path];
  });
}

const exercisesOf = ({ cells }: Lesson) =>
  cells.filter((cell): cell is ExerciseCell => cell.kind === "exercise");

/** Code without comments and white space. */
const squeezed = (code: string) => code.replace(/\/\/.*$/gm, "").replace(/\s+/g, "");

/** What a reader of a file sees, from its markup or its JSON. */
function textOf(file: string): string {
  const marks: [RegExp, string][] = [
    [/<script>.*?<\/script>/gs, ""], // libraries inside of slides
    [/<[^>]*>/g, ""],
    [/\\n/g, "\n"],
    [/\\"|&quot;/g, '"'],
    [/&lt;/g, "<"],
    [/&gt;/g, ">"],
    [/&#39;/g, "'"],
    [/&amp;/g, "&"],
  ];
  const text = readFileSync(file, "utf8");
  return squeezed(marks.reduce((all, [mark, sign]) => all.replace(mark, sign), text));
}

/** Lines of an answer that are long enough to be nothing else, and that the stub doesn't have. */
function answerOf({ stub, solution }: ExerciseCell): string[] {
  const given = new Set(stub.split("\n").map((line) => line.trim()));
  const lines = solution.split("\n").filter((line) => !given.has(line.trim()));
  return lines.map(squeezed).filter((line) => line.length >= 20);
}

it("holds no answer of an exercise in any of its files", () => {
  const names = filesOf(out).filter((name) => /\.(html|json|js|svg)$/.test(name));
  const texts = names
    .filter((name) => name !== "assets/plotly.js")
    .map((name) => [name, textOf(join(out, name))]);
  const leaks = lessons.flatMap(exercisesOf).flatMap((exercise) => {
    const answer = answerOf(exercise);
    // a line may stand in a lesson for another reason; a quarter of an answer may not
    const most = Math.max(1, answer.length / 4);
    return texts
      .filter(([, text]) => answer.filter((line) => text!.includes(line)).length > most)
      .map(([name]) => `${name}: ${exercise.name}`);
  });
  expect(leaks).toEqual([]);
  const { solution } = exercisesOf(lessons[0]!)[0]!;
  expect(squeezed(solution).length, "the search itself finds text").toBeGreaterThan(20);
  expect(texts.some(([, text]) => text!.includes(squeezed("throw new Error(")))).toBe(true);
});
