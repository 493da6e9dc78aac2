// needs: chromium
// level: all
/**
 * The kinds of views that are explored by pointing, in a real browser: what is chosen shows, by
 * pointer and by keyboard; foreign text stays text; a narrow page and axe-core have no complaint.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { chromiumFlags, findChromium } from "builder/chromium";

const root = join(import.meta.dirname, "..", "..", "..", "..");
const ATTACK = "<img src=x onerror=window.attacked=1>";
const script = buildSync({
  stdin: {
    contents:
      'import { drawView, STYLE } from "./engine/views/src/index.ts"; globalThis.views = { drawView, STYLE };',
    resolveDir: root,
  },
  bundle: true,
  write: false,
  format: "iife",
  target: "es2022",
}).outputFiles[0]!.text;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");

interface Views {
  STYLE: string;
  drawView(host: Element, json: unknown, page: object): { update(json: unknown): boolean };
}
declare global {
  var views: Views;
  var drawn: { update(json: unknown): boolean };
}

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
});
afterAll(async () => {
  await browser?.close();
});
beforeEach(() => open({ viewport: { width: 900, height: 700 } }));

async function open(options: BrowserContextOptions): Promise<void> {
  await page?.close();
  page = await browser.newPage(options);
  await page.setContent(
    '<html lang="en"><meta name="viewport" content="width=device-width"><title>t</title><main><h1>A view</h1><div></div></main>',
  );
  await page.addScriptTag({ content: script });
}

/** Draws a view; behind one with an id stands a kernel that answers with the values it was asked. */
const draw = (json: object) =>
  page.evaluate((view) => {
    const style = document.createElement("style");
    style.textContent = views.STYLE;
    document.head.append(style);
    const plotly = { react: () => undefined, purge: () => undefined };
    const host = document.querySelector("main > div")!;
    const text = (values: unknown) => ({ view: "text", version: 1, text: JSON.stringify(values) });
    const kernel = {
      open(_: object, listener: { ready(): void; received(data: unknown): void }) {
        setTimeout(() => listener.ready());
        return {
          send: (data: { values: unknown }) =>
            setTimeout(() => listener.received({ shows: text(data.values) })),
          close: () => undefined,
        };
      },
      onChange: () => () => undefined,
    };
    const has = "id" in view ? { kernel } : {};
    globalThis.drawn = views.drawView(host, view, { plotly, dark: () => false, ...has });
  }, json);
const update = (json: object) => page.evaluate((view) => drawn.update(view), json);
const readout = () => page.locator(".course-reads").textContent();

/** Nothing ran that came with the data, nothing is wider than a phone, and axe-core is content. */
async function expectSound(): Promise<void> {
  await page.setViewportSize({ width: 380, height: 700 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(380);
  await page.addScriptTag({ content: axe });
  const found = await page.evaluate(() => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string }[] }> };
    };
    return axe.run();
  });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  expect(await page.locator("main img, main script").count()).toBe(0);
  expect(await page.evaluate(() => "attacked" in globalThis)).toBe(false);
}

test("links: pointing and arrow keys choose who reads, and new weights keep the choice", async () => {
  const links = {
    ...{ view: "links", version: 1, caption: ATTACK, from: ["the", "cat", ATTACK], start: 1 },
    weights: [[1, 0, 0], [0.3, 0.6, 0.1], [0, 0.2, 0.8]], // prettier-ignore
  };
  await draw(links);
  expect(await page.locator("figcaption").textContent()).toBe(ATTACK);
  expect(await readout()).toBe(`“cat” reads “cat” 0.60, “the” 0.30, “${ATTACK}” 0.10.`);
  await page.getByRole("button", { name: "the" }).hover();
  expect(await readout()).toBe("“the” reads “the” 1.00.");
  await page.getByRole("button", { name: "the" }).focus();
  await page.keyboard.press("End");
  expect(await readout()).toBe(`“${ATTACK}” reads “${ATTACK}” 0.80, “cat” 0.20.`);
  const all = await page.locator(".course-lines path").count();
  expect(all).toBeGreaterThanOrEqual(3);
  expect(await update({ ...links, weights: [[1, 0, 0], [1, 0, 0], [1, 0, 0]] })).toBe(true); // prettier-ignore
  expect(await readout()).toBe(`“${ATTACK}” reads “the” 1.00.`);
  await page.keyboard.press("ArrowLeft");
  expect(await readout()).toBe("“cat” reads “the” 1.00.");
  expect(await update({ ...links, weights: "none" })).toBe(false);
  await expectSound();
});

test("links between two rows stand below each other where they don't fit beside each other", async () => {
  const from = Array.from({ length: 12 }, (_, i) => `word number ${i}`);
  const weights = from.map((_, i) => from.map((_, j) => Number(i === j)));
  await draw({ view: "links", version: 1, from, to: from, weights });
  const first = page.locator(".course-lines path").first();
  await expectSound();
  await expect.poll(() => first.evaluate((path) => path.getBoundingClientRect().width)).toBe(120);
});

test("cells move to their places when the slider moves", async () => {
  const step = (title: string, rows: string[][]) => ({ title, blocks: [{ title, rows }] });
  const steps = [step("before", [["1", ATTACK]]), step("after", [[ATTACK], ["1"]])]; // prettier-ignore
  await draw({ view: "cells", version: 1, caption: "Cells.", steps });
  const position = () =>
    page
      .locator(".course-cell")
      .first()
      .evaluate((cell) => (cell as HTMLElement).style.transform);
  expect(await position()).toBe("translate(0px, 24px)");
  await page.getByRole("slider").focus();
  await page.keyboard.press("ArrowRight");
  expect(await position()).toBe("translate(22px, 68px)"); // one column, in the middle of two
  await expectSound();
});

test("dials: hands turn with new data, and letters move between formula and hands", async () => {
  const dial = (x: number, y: number) => ({
    title: ATTACK,
    hands: [{ name: "query", x, y, symbol: "q" }, { name: "key", x: 1, y: 0, symbol: "k" }], // prettier-ignore
    ...{ angle: { degrees: 90, text: "θ" }, formula: ["q", "·", "k", "=", "cos", "θ"] },
  });
  const view = { view: "dials", version: 1, caption: "Dials.", total: ATTACK };
  await draw({ ...view, dials: [dial(0, 1)] });
  const style = (selector: string) => page.locator(selector).first().getAttribute("style");
  const seen = [await style(".course-hand"), await style(".course-letter")];
  expect(seen[0]).toContain("rotate(-90deg)");
  await page.getByRole("button", { name: "Show it as a formula" }).focus();
  await page.keyboard.press("Enter");
  expect(await style(".course-letter")).not.toBe(seen[1]);
  await page.keyboard.press("Enter");
  expect(await style(".course-letter")).toBe(seen[1]);
  expect(await update({ ...view, dials: [dial(-1, 0)] })).toBe(true);
  expect(await style(".course-hand")).toContain("rotate(-180deg)");
  expect(await update({ ...view, dials: "none" })).toBe(false);
  await expectSound();
});

test("dials: four have one size, in a notebook's column and on a phone", async () => {
  const pair = { title: "pair", hands: [{ name: "query", x: 1, y: 0 }] };
  for (const width of [586, 350]) {
    await page.evaluate((w) => (document.body.style.width = `${w}px`), width);
    await draw({ view: "dials", version: 1, caption: "Dials.", dials: [pair, pair, pair, pair] });
    const boxes = await page
      .locator(".course-dial svg")
      .evaluateAll((all) => all.map((svg) => svg.getBoundingClientRect()));
    expect(new Set(boxes.map((box) => Math.round(box.width))).size).toBe(1);
    if (width === 586) expect(new Set(boxes.map((box) => Math.round(box.top))).size).toBe(1);
  }
  await page.evaluate(() => document.body.removeAttribute("style"));
});

test("choices: a chosen piece shows what else could stand there", async () => {
  const options = [{ text: "b", share: 0.9 }, { text: ATTACK, share: 0.06 }]; // prettier-ignore
  const pieces = [{ text: "given " }, { text: "a", options: [] }, { text: "b", options }];
  await draw({ view: "choices", version: 1, caption: "Page.", pieces });
  await page.getByRole("button", { name: "a", exact: true }).focus();
  await page.keyboard.press("ArrowRight");
  expect(await readout()).toBe("What could stand in place 2 of 2:");
  expect(await page.locator(".course-options li").allTextContents()).toEqual([
    "b90 % ←",
    `${ATTACK.replaceAll(" ", "\u00a0")}6.0 %`,
  ]);
  await expectSound();
});

test("tree: a chosen node tells the way to it", async () => {
  const nodes = [{ text: "r", parent: -1 }, { text: ATTACK, parent: 0 }, { text: "b", parent: 0, note: "dropped", isKept: false }]; // prettier-ignore
  await draw({ view: "tree", version: 1, caption: "Tree.", nodes });
  expect(await readout()).toBe("r b: dropped");
  await page.locator(".course-node").nth(1).click();
  expect(await readout()).toBe(`r ${ATTACK}`);
  await expectSound();
});

test("stack: parts are drawn under their titles, and what is damaged says so", async () => {
  const part = (title: string, shows: object) => ({ title, shows });
  const text = { view: "text", version: 1, text: ATTACK };
  await draw({
    view: "stack",
    version: 1,
    parts: [part(ATTACK, text), part("b", { view: "tree" })],
  });
  expect(await page.locator(".course-part-title").allTextContents()).toEqual([ATTACK, "b"]);
  expect(await page.locator(".course-text").textContent()).toBe(ATTACK);
  expect(await page.locator(".course-note").textContent()).toContain("no view that can be drawn");
  await expectSound();
});

test("chain: pointer, finger and keys turn it, residues have names, and new data keep both", async () => {
  const helix = (r: number) =>
    Array.from({ length: 40 }, (_, i) => [r * Math.cos(1.75 * i), 1.5 * i - 30, r * Math.sin(1.75 * i)]); // prettier-ignore
  const chain = (r: number) => ({
    ...{ view: "chain", version: 1, caption: "Chain.", scale: { label: ATTACK, from: 1, to: 40 } },
    chains: [{ name: ATTACK, points: helix(r) }, { name: "crystal", points: helix(8) }], // prettier-ignore
  });
  await draw(chain(12));
  const canvas = page.locator("canvas");
  const picture = () => canvas.evaluate((c) => (c as HTMLCanvasElement).toDataURL());
  const seen = [await picture()];
  const changed = async () => {
    expect(seen).not.toContain(await picture());
    seen.push(await picture());
  };
  await canvas.focus();
  for (const key of ["ArrowRight", "ArrowDown"]) {
    await page.keyboard.press(key);
    await changed();
  }
  await page.keyboard.press("Home");
  expect(await picture()).toBe(seen[0]);
  await page.keyboard.press("PageDown");
  await page.keyboard.press("PageDown");
  expect(await readout()).toBe(`Residue 2 of 40 in “${ATTACK}”.`);
  const { x, y, width, height } = (await canvas.boundingBox())!;
  expect([width, height]).toEqual([560, 360]);
  await page.mouse.move(x + 10, y + 10);
  await page.mouse.down();
  await page.mouse.move(x + 90, y + 40);
  await page.mouse.up();
  await changed();
  const turned = await picture();
  expect(await update(chain(4))).toBe(true);
  await changed();
  expect(await readout()).toBe(`Residue 2 of 40 in “${ATTACK}”.`);
  expect(await update(chain(12))).toBe(true);
  expect(await picture()).toBe(turned);
  expect(await update({ ...chain(12), chains: [{ name: "a", points: [[NaN]] }] })).toBe(false);
  await expectSound();
});

test("track: slider, keys and pointer go from the whole to a letter and back", async () => {
  const length = 5000;
  const bytes = Buffer.from(Array.from({ length }, (_, i) => i % 256)).toString("base64");
  const track = {
    ...{ view: "track", version: 1, caption: "Track.", text: "ACGT".repeat(length / 4) },
    ...{ unit: "base", regions: [{ name: ATTACK, from: 0, to: 2500 }] },
    tracks: [{ name: ATTACK, from: 0, to: 255, bytes }],
  };
  await draw(track);
  const canvas = page.locator("canvas");
  const seen = () => page.locator(".course-zoom output").textContent();
  const picture = () => canvas.evaluate((c) => (c as HTMLCanvasElement).toDataURL());
  const whole = await picture();
  expect(await seen()).toBe("5,000 bases");
  await page.getByRole("slider").focus();
  await page.keyboard.press("End");
  expect(await seen()).toBe("10 bases");
  await canvas.focus();
  await page.keyboard.press("PageDown");
  expect(await readout()).toBe(`base 2,501 is A: ${ATTACK} 196.00`);
  await page.keyboard.press("ArrowDown");
  expect(await seen()).toBe("14 bases");
  const { x, y, width } = (await canvas.boundingBox())!;
  await page.mouse.move(x + width / 2, y + 100);
  await page.mouse.down();
  await page.mouse.move(x + width / 2 + 300, y + 100);
  await page.mouse.up();
  expect(await picture()).not.toBe(whole);
  await page.mouse.move(x + 5, y + 100);
  expect(await readout()).toMatch(/^base 2,4\d\d is [ACGT] \(<img.*\): /);
  expect(await update({ ...track, text: "" })).toBe(false);
  await canvas.focus();
  await page.keyboard.press("Home");
  expect(await seen()).toBe("5,000 bases");
  await expectSound();
});

const drawAsking = (inputs: object, values: object) => {
  const shows = { view: "text", version: 1, text: "start" };
  const view = { view: "control", version: 1, id: "a", caption: "Control.", inputs };
  return draw({ ...view, frames: [{ values, shows }] });
};
const answered = () => page.locator(".course-shown").textContent();
const gray = (...values: number[]) => Buffer.from(values).toString("base64");

test("tiles change places by dragging, by clicks and by keys; painting takes what is chosen", async () => {
  const pictures = { width: 1, height: 1, gray: [0, 85, 170, 255].map((v) => gray(v)) };
  const start = [[0, 1], [2, 3]]; // prettier-ignore
  const board = { input: "tiles", pictures, rows: 2, columns: 2, start };
  await drawAsking(
    { a: { ...board, mode: "swap" }, b: { ...board, mode: "paint" } },
    { a: start, b: start },
  );
  const [swap, paint] = [0, 1].map((i) => page.locator(".course-tiles > canvas").nth(i));
  const at = async (where: typeof swap, row: number, column: number) => {
    const { x, y, width } = (await where!.boundingBox())!;
    return [x + ((column + 0.5) * width) / 2, y + ((row + 0.5) * width) / 2] as const;
  };
  const expectTiles = (a: number[][], b: number[][]) =>
    expect.poll(answered).toBe(JSON.stringify({ a, b }));
  await page.mouse.move(...(await at(swap, 0, 0)));
  await page.mouse.down();
  await page.mouse.move(...(await at(swap, 1, 1)));
  await page.mouse.up();
  await expectTiles([[3, 1], [2, 0]], start); // prettier-ignore
  await page.mouse.click(...(await at(swap, 0, 1)));
  await page.mouse.click(...(await at(swap, 1, 0)));
  await expectTiles([[3, 2], [1, 0]], start); // prettier-ignore
  await swap!.focus();
  for (const key of [" ", "ArrowUp", " "]) await page.keyboard.press(key);
  await expectTiles([[1, 2], [3, 0]], start); // prettier-ignore
  await page.getByRole("button", { name: "Start again" }).first().click();
  await expectTiles(start, start);
  await page.getByRole("radio", { name: "tile 0", exact: true }).focus();
  await page.keyboard.press("End");
  await page.mouse.click(...(await at(paint, 0, 0)));
  await expectTiles(start, [[3, 1], [2, 3]]); // prettier-ignore
  await expectSound();
});

test("a map's point is chosen by pointer and by keys, and its group is said", async () => {
  const map = { x: [0, 10, 20], y: [0, 10, 0], group: [0, 1, 1], groups: ["a", ATTACK], start: 0 };
  await drawAsking({ cell: { input: "map", ...map } }, { cell: 0 });
  const canvas = page.locator(".course-map > canvas");
  const said = () => page.locator(".course-said").textContent();
  expect(await said()).toBe("point 0: a");
  await canvas.focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(answered).toBe('{"cell":1}');
  expect(await said()).toBe(`point 1: ${ATTACK}`);
  const { x, y, width, height } = (await canvas.boundingBox())!;
  await page.mouse.click(x + width - 15, y + height * 0.7);
  await expect.poll(answered).toBe('{"cell":2}');
  await expectSound();
});

test("fingers choose tiles, points and places of a track", async () => {
  await page.close();
  page = await browser.newPage({ viewport: { width: 380, height: 700 }, hasTouch: true });
  await page.setContent('<html lang="en"><title>t</title><main><h1>A view</h1><div></div></main>');
  await page.addScriptTag({ content: script });
  const pictures = { width: 1, height: 1, gray: [gray(0), gray(255)] };
  const swap = { input: "tiles", pictures, rows: 1, columns: 2, mode: "swap", start: [[0, 1]] };
  const map = { input: "map", x: [0, 1], y: [0, 1], group: [0, 0], groups: [""], start: 0 };
  await drawAsking({ board: swap, cell: map }, { board: swap.start, cell: 0 });
  const tap = async (selector: string, right: number, down: number) => {
    const where = page.locator(selector);
    await where.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await where.boundingBox())!;
    await page.touchscreen.tap(x + right * width, y + down * height);
  };
  await tap(".course-tiles > canvas", 0.25, 0.5);
  await tap(".course-tiles > canvas", 0.75, 0.5);
  await expect.poll(answered).toBe('{"board":[[1,0]],"cell":0}');
  await tap(".course-map > canvas", 0.9, 0.1);
  await expect.poll(answered).toBe('{"board":[[1,0]],"cell":1}');
  const tracks = [{ name: "n", from: 0, to: 1, bytes: gray(...Array<number>(20).fill(255)) }];
  const text = "ACGT".repeat(5);
  await draw({ view: "track", version: 1, caption: "Track.", text, unit: "base", tracks });
  await tap("canvas.course-track", 0.99, 0.5);
  expect(await readout()).toBe("base 20 is T: n 1.00");
});

test("two fingers zoom a track, and what they hold stays below them", async () => {
  const length = 5000;
  const tracks = [{ name: "n", from: 0, to: 1, bytes: gray(...Array<number>(length).fill(9)) }];
  const text = "ACGT".repeat(length / 4);
  await draw({ view: "track", version: 1, caption: "Track.", text, unit: "base", tracks });
  const seen = () => page.locator(".course-zoom output").textContent();
  const { x, y, width } = (await page.locator("canvas").boundingBox())!;
  const client = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...shares: number[]) =>
    client.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: shares.map((share, id) => ({ x: x + share * width, y: y + 90, id })),
    });
  await touch("touchStart", 0.45, 0.55);
  await touch("touchMove", 0.25, 0.75);
  await touch("touchEnd");
  expect(await seen()).toBe("1,000 bases");
  await page.mouse.move(x + width / 2, y + 90); // the middle of the whole has stayed in the middle
  expect(await readout()).toMatch(/^base 2,(49|50)\d is [ACGT]: n/);
  await touch("touchStart", 0.25, 0.75);
  await touch("touchMove", 0.45, 0.55);
  await touch("touchEnd");
  expect(await seen()).toBe("5,000 bases");
});

test("a view begins with the step that a slide asks for", async () => {
  const step = (title: string) => ({ title, blocks: [{ title: "b", rows: [["1", "2"]] }] });
  const steps = [step("first"), step("second")];
  await draw({ view: "cells", version: 1, caption: "Cells.", steps, start: 1 });
  expect(await page.locator("output").textContent()).toBe("second");
  const shows = (text: string) => ({ view: "text", version: 1, text });
  const frames = [1, 2].map((n) => ({ values: {}, shows: shows(`answer ${n}`) }));
  await draw({ view: "control", version: 1, caption: "C.", inputs: {}, frames, start: 1 });
  expect(await page.locator(".course-shown").textContent()).toContain("answer 2");
});

test("without a kernel, examples take the place of inputs that don't answer", async () => {
  const range = { input: "slider", from: 0, to: 9, step: 1, start: 1 };
  const inputs = { angle: range, color: { input: "choice", of: ["error", "chain"] } };
  const shows = { view: "text", version: 1, text: "a" };
  const at = (angle: number, color = "error") => ({ values: { angle, color }, shows });
  const control = { view: "control", version: 1, caption: "C.", inputs, order: ["angle", "color"] };
  const slider = page.locator(".course-slider");
  const shown = async () => [
    await slider.locator("label > span").innerText(),
    await slider.locator("output").innerText(),
    await page.locator(".course-values").innerText(),
  ];

  await draw({ ...control, frames: [at(1), at(5)] });
  expect(await page.locator(".course-range, .course-words").filter({ visible: true }).count()).toBe(
    0,
  );
  expect(await shown()).toEqual(["angle", "1", "color: error"]);
  await slider.locator("input").focus();
  await page.keyboard.press("ArrowRight");
  expect(await shown()).toEqual(["angle", "5", "color: error"]);

  // the first example is shown first, and stands among the others by its number
  await draw({ ...control, frames: [at(5), at(1), at(9)] });
  expect(await shown()).toEqual(["angle", "5", "color: error"]);
  await slider.locator("input").focus();
  for (const [key, angle] of [
    ["ArrowRight", "9"],
    ["Home", "1"],
    ["ArrowRight", "5"],
  ] as const) {
    // prettier-ignore
    await page.keyboard.press(key);
    expect(await shown()).toEqual(["angle", angle, "color: error"]);
  }

  await draw({ ...control, frames: [at(1), at(5, "chain")] });
  expect(await shown()).toEqual(["angle", "1", "color: error"]);
  await slider.locator("input").focus();
  await page.keyboard.press("ArrowRight");
  expect(await shown()).toEqual(["angle", "5", "color: chain"]);
  // an empty text field is left out
  const own = { input: "text", start: "", most: 20 };
  await draw({
    ...control,
    inputs: { ...inputs, own },
    order: ["angle", "color", "own"],
    frames: [at(1), at(5)],
  });
  expect(await page.locator(".course-values").innerText()).toBe("color: error");
  // a single example has no slider, so its inputs stay
  await draw({ ...control, frames: [at(1)] });
  expect(await page.locator(".course-range").isVisible()).toBe(true);
});

test("examples of a control without a kernel stay in its column", async () => {
  const pictures = { width: 1, height: 1, gray: [gray(0)] };
  const board = { input: "tiles", pictures, rows: 1, columns: 1, mode: "paint", start: [[0]] };
  const frame = { values: { board: [[0]] }, shows: { view: "text", version: 1, text: "a" } };
  const inputs = { board };
  await draw({ view: "control", version: 1, caption: "C.", inputs, frames: [frame, frame] });
  const left = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => element.getBoundingClientRect().left);
  expect(await left(".course-slider button")).toBeGreaterThanOrEqual(await left(".course-inputs"));
  const canvas = page.locator(".course-tiles > canvas");
  expect(await canvas.evaluate((c) => getComputedStyle(c).opacity)).toBe("1");
  await expectSound();
});

test("a chart that plays starts over when another one takes its place", async () => {
  const chart = (top: number) => ({
    ...{ view: "chart", version: 1 },
    chart: {
      data: [{ type: "bar", y: [top] }],
      layout: {
        meta: { slider: { label: "codes", values: ["a", "b", "c"], start: 2, plays: true } },
      },
      frames: [1, 2, 3].map((n) => ({ data: [{ y: [n] }] })),
    },
  });
  await draw(chart(3));
  const range = page.getByRole("slider");
  expect(await range.inputValue()).toBe("2");
  expect(await page.getByRole("button").getAttribute("aria-label")).toBe("Play codes");
  expect(await update(chart(4))).toBe(true);
  expect(await range.inputValue()).toBe("0");
  await expect.poll(() => range.inputValue(), { timeout: 20_000 }).toBe("2");
  await page.emulateMedia({ reducedMotion: "reduce" });
  expect(await update(chart(5))).toBe(true);
  expect(await range.inputValue()).toBe("2");
});

const inputs = {
  on: { input: "switch", start: true },
  which: { input: "choice", of: ["a", "a sentence that is far longer than a phone is wide ".repeat(3)], start: "a" }, // prettier-ignore
  pad: { input: "pad", rows: 4, columns: 4, brush: 1, start: [[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]] }, // prettier-ignore
};
const frame = { values: { on: true }, shows: { view: "text", version: 1, text: "first" } };
const control = { view: "control", version: 1, caption: "All.", id: "a", inputs, frames: [frame] };
const answer = async () => {
  const text = (await page.locator(".course-text").textContent())!;
  return text === "first" ? {} : (JSON.parse(text) as Record<string, unknown>);
};

test("a control: a switch by keyboard, and inputs that stay within a phone", async () => {
  await draw({ ...control, order: ["which", "nobody", "on"] });
  const labels = await page.locator(".course-inputs label > span").allTextContents();
  expect(labels).toEqual(["which", "on"]);
  await page.getByRole("switch", { name: "on" }).focus();
  await page.keyboard.press("Space");
  await expect.poll(answer).toMatchObject({ on: false, which: "a" });
  expect(await page.locator(".course-switch output").textContent()).toBe("off");
  await expectSound();
});

/** A phone's page, and how a finger moves over it. */
async function withFinger() {
  await open({ viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true });
  const session = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...points: object[]) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: points as never });
  return async (x: number, y: number, dx: number, dy: number) => {
    await touch("touchStart", { x, y });
    for (const part of [0.3, 0.6, 1]) {
      await touch("touchMove", { x: x + part * dx, y: y + part * dy });
    }
    await touch("touchEnd");
  };
}

test("sliders below each other begin and end at the same places, whatever their names", async () => {
  const range = { input: "slider", from: 0, to: 9, step: 1, start: 3 };
  const sliders = { n: range, "distance between the two": { ...range, start: 4 } };
  const view = { view: "control", version: 1, caption: "Two.", id: "a", inputs: sliders };
  const values = { n: 3, "distance between the two": 4 };
  const shows = { view: "text", version: 1, text: "first" };
  await draw({ ...view, frames: [{ values, shows }] });
  const ends = await page.locator(".course-range input").evaluateAll((all) =>
    all.map((slider) => {
      const { left, right } = slider.getBoundingClientRect();
      return `${Math.round(left)} to ${Math.round(right)}`;
    }),
  );
  expect(ends).toHaveLength(2);
  expect(new Set(ends).size).toBe(1);
  await expectSound();
});

test("on a phone, a long value stands below its slider, which keeps its name beside it", async () => {
  await withFinger();
  const inputs = { residuals: { input: "switch", start: true }, norms: { input: "switch", start: true } }; // prettier-ignore
  const shows = { view: "text", version: 1, text: "a" };
  const frames = [[true, true], [true, false], [false, true]] // prettier-ignore
    .map(([residuals, norms]) => ({ values: { residuals, norms }, shows }));
  await draw({ view: "control", version: 1, caption: "C.", inputs, frames });
  const slider = page.locator(".course-slider");
  const place = async (part: string) => (await slider.locator(part).boundingBox())!;
  const [name, value, track] = await Promise.all(["span", "output", "input"].map(place));
  expect(await slider.locator("output").innerText()).toBe("residuals on, norms on");
  expect(name!.width).toBeGreaterThan(60);
  expect(track!.x).toBeGreaterThan(name!.x + name!.width);
  expect(value!.y).toBeGreaterThan(track!.y + track!.height / 2);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await expectSound();
});

test("a finger draws on a pad, and the page stays", async () => {
  const swipe = await withFinger();
  await draw(control);
  const pad = (await page.locator("canvas").boundingBox())!;
  const cell = pad.width / 4;
  await swipe(pad.x + cell / 2, pad.y + cell / 2, 0, 3 * cell);
  const column = [1, 2, 3, 4].map(() => [1, 0, 0, 0]);
  await expect.poll(answer).toMatchObject({ pad: column });
  expect(await page.evaluate(() => scrollY)).toBe(0);
});

test("a finger points at a word", async () => {
  await withFinger();
  const same = [[1, 0], [0, 1]]; // prettier-ignore
  await draw({ view: "links", version: 1, from: ["the", "cat"], weights: same });
  await page.getByRole("button", { name: "cat" }).tap();
  await expect.poll(readout).toBe("“cat” reads “cat” 1.00.");
});

test("a finger turns a chain", async () => {
  const swipe = await withFinger();
  const points = Array.from({ length: 20 }, (_, i) => [8 * Math.cos(i), 8 * Math.sin(i), i]);
  const scale = { label: "residue", from: 1, to: 20 };
  await draw({ view: "chain", version: 1, scale, chains: [{ name: "a", points }] });
  const chain = page.locator("canvas");
  const picture = () => chain.evaluate((c) => (c as HTMLCanvasElement).toDataURL());
  const before = await picture();
  const { x, y, width, height } = (await chain.boundingBox())!;
  await swipe(x + 60, y + height / 2, width - 120, 4);
  await expect.poll(picture).not.toBe(before);
});

test("a pad is drawn in the page's color, also when it is drawn before it is in the page", async () => {
  await page.evaluate(() => {
    document.body.style.setProperty("--jp-content-font-color1", "rgb(230, 230, 230)");
    const host = document.createElement("div");
    const input = { input: "pad", rows: 2, columns: 2, brush: 1, start: [[1, 0], [0, 0]] }; // prettier-ignore
    const shows = { view: "text", version: 1, text: "a" };
    const frames = [{ values: { a: input.start }, shows }];
    const style = document.createElement("style");
    style.textContent = views.STYLE;
    document.head.append(style);
    const plotly = { react: () => undefined, purge: () => undefined };
    const view = { view: "control", version: 1, caption: "A pad.", inputs: { a: input }, frames };
    views.drawView(host, view, { plotly, dark: () => true });
    document.querySelector("main > div")!.append(host);
  });
  const pixel = () =>
    page.locator(".course-pad canvas").evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext("2d")!.getImageData(3, 3, 1, 1);
      return [...data];
    });
  await expect.poll(pixel).toEqual([230, 230, 230, 255]);
});

test("a control stays as high as its highest output, so that nothing below it moves", async () => {
  const frame = (n: number) => {
    const text = Array.from({ length: n }, (_, i) => `line ${i}`).join("\n");
    return { values: { n }, shows: { view: "text", version: 1, text } };
  };
  const input = { input: "slider", from: 1, to: 9, step: 1, start: 9 };
  const view = { view: "control", version: 1, caption: "Lines.", inputs: { n: input } };
  await draw({ ...view, frames: [frame(9), frame(1)] });
  const height = async () => (await page.locator(".course-control").boundingBox())!.height;
  const before = await height();
  expect(before).toBeGreaterThan(150);
  const example = page.locator(".course-slider input");
  await example.focus();
  await page.keyboard.press("Home");
  await expect.poll(() => page.locator(".course-shown").textContent()).toBe("line 0");
  expect(await height()).toBe(before);
});

const sliderChart = (label: string, values: string[]) => ({
  ...{ view: "chart", version: 1 },
  chart: {
    data: [{ type: "bar", y: [1] }],
    layout: { meta: { caption: "C.", slider: { label, values, room: 90 } } },
    frames: values.map((_, n) => ({ data: [{ y: [n] }] })),
  },
});

test("the track of a chart's slider begins below that of the examples", async () => {
  const range = { input: "slider", from: 0, to: 9, step: 1, start: 1 };
  const shows = sliderChart("step", ["0", "1", "2"]);
  const frames = [1, 5, 2].map((angle) => ({ values: { angle }, shows }));
  await draw({ view: "control", version: 1, caption: "C.", inputs: { angle: range }, frames });
  const lefts = await page
    .locator(".course-slider input")
    .evaluateAll((all) => all.map((track) => Math.round(track.getBoundingClientRect().left)));
  expect(lefts).toHaveLength(2);
  expect(lefts[0]).toBe(lefts[1]);
});

test("a sentence that a slider chooses stands below it, and a caption keeps off the slider", async () => {
  const sentences = ["The animal didn't cross the street.", "The keys are on the table, are they?"];
  await draw(sliderChart("sentence", sentences));
  const box = async (selector: string) => (await page.locator(selector).boundingBox())!;
  const [track, value] = [await box(".course-slider input"), await box(".course-slider output")];
  expect(value.y).toBeGreaterThanOrEqual(track.y + track.height);
  expect(await page.locator(".course-slider output").textContent()).toBe(sentences[0]);
  const caption = await box("figcaption");
  const slider = await box(".course-slider");
  expect(slider.y - caption.y - caption.height).toBeGreaterThanOrEqual(12);
  await expectSound();
});

test("a matrix is cut where a whole pixel ends, so that no pale line stands at its edge", async () => {
  await page.evaluate(() => {
    const style = document.createElement("style");
    style.textContent = views.STYLE;
    document.head.append(style);
    const plotly = {
      react: (element: HTMLElement) => {
        element.innerHTML =
          '<svg><clipPath class="plotclip"><rect width="343.6" height="344"/></clipPath></svg>';
      },
      purge: () => undefined,
    };
    const data = [{ type: "heatmap", z: [[1, 2]] }];
    const view = { view: "chart", version: 1, chart: { data, layout: {} } };
    const host = document.querySelector("main > div")!;
    globalThis.drawn = views.drawView(host, view, { plotly, dark: () => false });
  });
  const cut = page.locator(".plotclip > rect");
  await expect.poll(() => cut.getAttribute("width")).toBe("344");
  expect(await cut.getAttribute("height")).toBe("344");
});
