// needs: chromium
// level: plain, but for: keeps the slides of all lessons
/** A deck in a real browser, opened from its file while the network is watched. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { chromiumFlags, findChromium } from "../chromium.js";
import { slides, writeSlides } from "./slides.js";
import { fixtureLesson, fixtureNotebook, picture } from "./slides.testing.js";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core"), "utf8");
let root: string;
let html: string;
let pdf: string;
let browser: Browser;
let page: Page;
let trouble: string[];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "slides-"));
  await mkdir(join(root, ".local", "solved"), { recursive: true });
  await writeFile(join(root, "package.json"), '{"title":"The course"}');
  await writeFile(join(root, "hill.svg"), picture);
  await writeFile(
    join(root, ".local", "solved", "99-fixture.ipynb"),
    JSON.stringify(fixtureNotebook()),
  );
  [html, pdf] = (await writeSlides(root, [fixtureLesson(root)], { pdf: true })).written as [
    string,
    string,
  ];
  browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
});
afterAll(async () => {
  await browser?.close();
  await rm(root, { recursive: true });
});

beforeEach(async () => {
  // the page's policy would stop axe from being injected; that the policy holds has a test of its
  // own
  const context = await browser.newContext({
    viewport: { width: 1280, height: 720 },
    bypassCSP: true,
  });
  context.setDefaultTimeout(120_000);
  page = await context.newPage();
  trouble = watch(page);
  await page.goto(pathToFileURL(html).href);
  await page.evaluate("deck.ready");
});
afterEach(async () => {
  await page.context().close();
  expect(trouble).toEqual([]);
});

/** Collects errors and every request but the file itself and what it carries inside. */
function watch(watched: Page): string[] {
  const found: string[] = [];
  watched.on("pageerror", (error) => found.push(error.message));
  watched.on("console", (message) => message.type() === "error" && found.push(message.text()));
  watched.on(
    "request",
    (request) =>
      !/^data:/.test(request.url()) &&
      !request.url().startsWith(pathToFileURL(root).href) &&
      found.push(request.url()),
  );
  return found;
}

/** Resolves when the current slide's figures are drawn; fails with its name if they never are. */
const waitUntilDrawn = () =>
  page.evaluate(
    `Promise.race([deck.drawn(), new Promise((_, fail) => setTimeout(() =>
      fail(new Error(Reveal.getCurrentSlide().id + " is not drawn after 120 s")), 120_000))])`,
  );

/** Opens each slide of the deck, and waits until its figures are drawn. */
async function eachSlide(visit: (name: string) => Promise<void>): Promise<void> {
  const count = await page.evaluate<number>("Reveal.getTotalSlides()");
  for (let i = 0; i < count; i++) {
    const name = await page.evaluate<string>(`Reveal.slide(${i}), Reveal.getCurrentSlide().id`);
    await page.waitForFunction(
      "[...document.querySelectorAll('section.present .plot')].every((plot) => " +
        "plot.querySelector('svg.main-svg'))",
    );
    await waitUntilDrawn();
    await visit(name);
  }
}

/** What axe-core finds on the page, or in the part that a selector names. */
async function axeFindings(part = "html"): Promise<string[]> {
  if (!(await page.evaluate("'axe' in window"))) await page.addScriptTag({ content: axe });
  const { violations } = await page.evaluate<{
    violations: { id: string; nodes: { html: string }[] }[];
  }>(`axe.run(${JSON.stringify(part)})`);
  return violations.map(
    (v) => `${v.id} ${v.nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`,
  );
}

/** Shows all slides of the page one below the other, with their points and controls. */
async function showAllSlides(): Promise<void> {
  await page.addStyleTag({
    content: `html, body, main, .reveal, .reveal .slides { height: auto !important;
      position: static !important; overflow: visible !important; transform: none !important;
      perspective: none !important }
    .reveal .slides > section { position: relative !important; inset: auto !important;
      transform: none !important; width: 1280px; height: 720px;
      visibility: visible !important; opacity: 1 !important }
    .reveal .fragment { opacity: 1 !important; visibility: inherit !important }
    .reveal > :not(.slides) { display: none !important }`,
  });
  await page.evaluate(() => {
    for (const section of document.querySelectorAll<HTMLElement>(".slides > section")) {
      section.inert = false;
      section.hidden = false;
      section.removeAttribute("aria-hidden");
    }
  });
}

/** What axe-core finds on slides that are shown all at once, by slide; a run takes as long as for one. */
async function axeFindingsBySlide(): Promise<Record<string, string[]>> {
  if (!(await page.evaluate("'axe' in window"))) await page.addScriptTag({ content: axe });
  return page.evaluate<Record<string, string[]>>(`(async () => {
    const { violations } = await axe.run(".slides", { elementRef: true });
    const found = {};
    for (const { id, nodes } of violations) {
      for (const { element, html } of nodes) {
        const slide = element.closest("section")?.id ?? "the deck";
        (found[slide] ??= []).push(id + " " + html.slice(0, 120));
      }
    }
    return found;
  })()`);
}

/** What of the current slide leaves its frame or is cut, in words; runs in the browser. */
const overflow = `(() => {
  const frame = document.querySelector("section.present .frame");
  const limit = frame.getBoundingClientRect();
  const bottom = frame.querySelector(".foot").getBoundingClientRect().top;
  const name = (e) => e.tagName.toLowerCase() + "." + (e.getAttribute("class") ?? "") + " " + e.textContent.slice(0, 30);
  const content = [...frame.querySelectorAll("*:not(.foot, .foot *, .katex-mathml, .katex-mathml *, svg *, br)")];
  const outside = content.filter((e) => {
    const box = e.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && (box.left < limit.left + 40 || box.right > limit.right - 40 || box.top < limit.top + 20 || box.bottom > bottom + 1);
  });
  const cut = [...frame.querySelectorAll("pre, div.text, .plot, .output, figure")].filter((e) => e.scrollWidth > e.clientWidth + 1 || (e.matches("pre, .plot") && e.scrollHeight > e.clientHeight + 1));
  const labels = [...frame.querySelectorAll(".plot text")].filter((e) => {
    const [box, plot] = [e.getBoundingClientRect(), e.closest(".plot").getBoundingClientRect()];
    return box.width > 0 && (box.left < plot.left - 2 || box.right > plot.right + 2 || box.top < plot.top - 2 || box.bottom > plot.bottom + 2);
  });
  const texts = [...frame.querySelectorAll("div.text")].filter((e) => [...frame.querySelectorAll("figure")].some((f) => {
    const [a, b] = [e.getBoundingClientRect(), f.getBoundingClientRect()];
    return a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  }));
  const title = frame.querySelector("h2")?.getBoundingClientRect();
  const covers = [...frame.querySelectorAll("div.text > *")].filter((e) => title && e.getBoundingClientRect().top < title.bottom - 1);
  return [...covers.map((e) => "covers the title: " + name(e)), ...outside.map((e) => "outside: " + name(e)), ...cut.map((e) => "cut: " + name(e)), ...labels.map((e) => "label cut: " + name(e)), ...texts.map((e) => "overlaps a figure: " + name(e))];
})()`;

/** The words of the current slide's charts that lie over each other; runs in the browser. */
const collisions = `(() => {
  const isSeen = (e) => e.textContent.trim() && !e.closest(".hoverlayer") && e.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  // the corners of a text's letters, which may be turned: without the room above and below them
  const corners = (e) => {
    const [{ x, y, width, height }, m] = [e.getBBox(), e.getScreenCTM()];
    const [top, bottom] = [y + 0.15 * height, y + 0.85 * height];
    return [[x, top], [x + width, top], [x + width, bottom], [x, bottom]].map(([a, b]) => [m.a * a + m.c * b + m.e, m.b * a + m.d * b + m.f]);
  };
  const along = (box, [a, b]) => box.map(([x, y]) => (x * a + y * b) / Math.hypot(a, b));
  const sides = (box) => [0, 1].map((i) => [box[i + 1][1] - box[i][1], box[i][0] - box[i + 1][0]]);
  const areApart = (one, two) => [...sides(one), ...sides(two)].some((side) => {
    const [a, b] = [along(one, side), along(two, side)];
    return Math.max(...a) < Math.min(...b) + 1.5 || Math.max(...b) < Math.min(...a) + 1.5;
  });
  return [...document.querySelectorAll("section.present .plot")].flatMap((plot) => {
    const texts = [...plot.querySelectorAll("svg text")].filter(isSeen);
    const boxes = texts.map(corners);
    return texts.flatMap((text, i) => texts.slice(i + 1).flatMap((other, j) =>
      areApart(boxes[i], boxes[i + 1 + j]) ? [] : ["on each other: " + text.textContent + ", " + other.textContent]));
  });
})()`;

/** Figures take so much of their slide, unless their shape leaves its width or height empty. */
const MIN_FIGURE_SHARE = 0.5;
const MIN_WIDTH_SHARE = 0.75;
const MIN_HEIGHT_SHARE = 0.7;

/**
 * The parts of the current slide's area, width and height that its figures take; 1 if it has none.
 * The area is that of the room that they have, width and height those of what is drawn.
 */
const figureShares = () =>
  page.evaluate(() => {
    const row = document.querySelector<HTMLElement>("section.present .figures");
    if (!row) return { area: 1, width: 1, height: 1 };
    const body = row.closest<HTMLElement>(".body")!;
    const parts = [
      ...row.querySelectorAll("svg.main-svg, svg.drawing, img, canvas, table, .output > *"),
    ];
    const words = [...row.querySelectorAll(".view *:not(svg *)")].filter(
      (part) =>
        part.childElementCount === 0 && part.textContent !== "" && !part.closest(".course-slider"),
    );
    const drawn = [...parts, ...words].map((part) => part.getBoundingClientRect());
    const left = Math.min(...drawn.map((box) => box.left));
    const right = Math.max(...drawn.map((box) => box.right));
    const top = Math.min(...drawn.map((box) => box.top));
    const bottom = Math.max(...drawn.map((box) => box.bottom));
    return {
      area: (row.offsetWidth * row.offsetHeight) / (1280 * 720),
      width: (right - left) / body.clientWidth,
      height: (bottom - top) / body.clientHeight,
    };
  });

/** What is wrong with the size of the current slide's figures, if anything. */
async function tooSmall(): Promise<string[]> {
  const { area, width, height } = await figureShares();
  const isLarge =
    area >= MIN_FIGURE_SHARE || width >= MIN_WIDTH_SHARE || height >= MIN_HEIGHT_SHARE;
  const [a, w, h] = [area, width, height].map((share) => `${Math.round(100 * share)} %`);
  return isLarge
    ? []
    : [`figures take ${a} of the slide, ${w} of its width and ${h} of its height`];
}

it("keeps every slide inside its frame, with its figures drawn as SVG and its notes hidden", async () => {
  const found: Record<string, string[]> = {};
  const drawn: Record<string, number> = {};
  await eachSlide(async (name) => {
    const problems = [
      ...(await page.evaluate<string[]>(overflow)),
      ...(await page.evaluate<string[]>(collisions)),
    ];
    if (problems.length > 0) found[name] = problems;
    const plots = await page.locator("section.present .plot svg.main-svg:first-of-type").count();
    if (plots > 0) drawn[name] = plots;
    expect(await tooSmall(), name).toEqual([]);
    expect(
      await page
        .locator("section.present aside.notes")
        .evaluateAll((notes) => notes.some((n) => n.checkVisibility())),
    ).toBe(false);
  });
  expect(found).toEqual({});
  expect(drawn).toEqual({
    "s-why-divide-by-d": 1,
    "s-who-looks-at-whom": 1,
    "s-move-the-slider": 1,
    "s-two-views-of-one-layer": 2,
    "s-three-heads-at-once": 1,
    "s-pictures-with-names": 1,
  });
});

/** Pixels: captions below figures and beside them, text beside figures and alone, and statements. */
const SIZES = { captions: [26, 32], texts: [32, 42, 48] };

it("sets words in few sizes, and begins text that fills a slide at the same height on all", async () => {
  const tops = new Set<number>();
  await eachSlide(async (name) => {
    const words = await page.evaluate(() => {
      const slide = document.querySelector("section.present")!;
      const sizes = (selector: string) =>
        [...slide.querySelectorAll(selector)].map((e) => parseFloat(getComputedStyle(e).fontSize));
      const alone = slide
        .querySelector(".only-text:not(.low, .statement) > .text")
        ?.getBoundingClientRect().top;
      return { captions: sizes("figure > figcaption"), texts: sizes(".body > .text"), alone };
    });
    for (const size of words.captions) expect(SIZES.captions, name).toContain(size);
    const mayBeSmaller = name === "s-more-lines-than-fit";
    for (const size of mayBeSmaller ? [] : words.texts) expect(SIZES.texts, name).toContain(size);
    if (words.alone !== undefined) tops.add(Math.round(words.alone));
  });
  expect([...tops]).toHaveLength(1);
});

/** Words of the current slide outside charts and formulas that are smaller than 18 px; runs in the browser. */
const smallWords = `(() => {
  const words = [...document.querySelectorAll("section.present .frame *:not(svg *, .katex *)")];
  const ownText = (e) => [...e.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  return words
    .filter((e) => ownText(e) && e.getClientRects().length > 0)
    .filter((e) => parseFloat(getComputedStyle(e).fontSize) * (e.currentCSSZoom ?? 1) < 17.9)
    .map((e) => e.tagName.toLowerCase() + " " + e.textContent.slice(0, 30));
})()`;

it("sets what stands in a figure for the last row of a lecture hall", async () => {
  await eachSlide(async (name) => {
    const sizes = await page
      .locator("section.present .plot text")
      .evaluateAll((texts) => texts.map((e) => parseFloat(getComputedStyle(e).fontSize)));
    expect(Math.min(Infinity, ...sizes), name).toBeGreaterThanOrEqual(18);
    const small = await page.evaluate<string[]>(smallWords);
    expect(small, name).toEqual([]);
  });
});

it("has a color scale beside its matrix", async () => {
  const id = "s-who-looks-at-whom";
  await page.evaluate(`Reveal.slide(Reveal.getSlides().findIndex((s) => s.id === "${id}"))`);
  const gap = async () => {
    const cells = (await page.locator(`#${id} .heatmaplayer image`).boundingBox())!;
    const scale = (await page.locator(`#${id} .cbfills`).boundingBox())!;
    return scale.x - (cells.x + cells.width);
  };
  await expect.poll(gap).toBeLessThan(60);
});

/** Opens a slide that gets this body, in a copy of the deck of this name, once it is arranged. */
async function openWith(name: string, body: string): Promise<void> {
  const file = join(root, `${name}.html`);
  const slide = /(id="s-a-picture-from-the-folder">[^]*?<\/h2>\n)[^]*?(\n<p class="foot">)/;
  const copied = (await readFile(html, "utf8")).replace(
    slide,
    (_, head: string, foot: string) => head + body + foot,
  );
  await writeFile(file, copied);
  await page.goto(`${pathToFileURL(file).href}#/s-a-picture-from-the-folder`);
  await page.evaluate("deck.ready");
  expect(await page.evaluate<string[]>(overflow)).toEqual([]);
}

/** The boxes of the only text and figure of a slide that gets this body, once it is arranged. */
async function arranged(kind: "beside" | "below", words: string, drawing: [number, number]) {
  const [width, height] = drawing;
  const svg =
    `<svg class="drawing" viewBox="0 0 ${width} ${height}">` +
    `<rect width="${width}" height="${height}" fill="white"/>` +
    `<rect x="8" y="8" width="${width - 16}" height="${height - 16}" fill="teal"/></svg>`;
  const body =
    `<div class="body ${kind}"><div class="text"><p>${words}</p></div>` +
    `<div class="figures"><figure>${svg}</figure></div></div>`;
  await openWith(`${kind}-${width}`, body);
  const box = async (part: string) =>
    (await page.locator(`section.present ${part}`).boundingBox())!;
  return { text: await box(".text"), drawing: await box(".drawing > rect:last-child") };
}
const SENTENCE = "Each of the words looks at all of the others and takes what it needs from them.";

it("puts a narrow figure beside the text above it, in the slide's height", async () => {
  const { text, drawing } = await arranged("below", SENTENCE, [300, 300]);
  expect(drawing.x).toBeGreaterThan(text.x + text.width);
  expect(drawing.height).toBeGreaterThan(500);
});

it("leaves a formula that a column would break below its figure's text", async () => {
  const formula = `<span class="katex-display"><span class="katex">${"a + b + ".repeat(7)}c</span></span>`;
  const { text, drawing } = await arranged("below", formula, [500, 400]);
  expect(drawing.y).toBeGreaterThan(text.y + text.height);
});

it("sets a formula larger where the words beside it leave room", async () => {
  const sizeAmong = async (paragraphs: number, terms: number) => {
    const formula =
      '<div class="formula"><span class="katex-display"><span class="katex">' +
      `${"a + b + ".repeat(terms)}c</span></span></div>`;
    const words = `<p>${SENTENCE}</p>`.repeat(paragraphs);
    const body = `<div class="body only-text"><div class="text">${formula}${words}</div></div>`;
    await openWith(`formula-${paragraphs}-${terms}`, body);
    return page
      .locator("section.present .formula")
      .evaluate((node) => parseFloat(getComputedStyle(node).fontSize));
  };
  expect(await sizeAmong(1, 1)).toBe(60);
  expect(await sizeAmong(3, 1)).toBeLessThan(60);
  expect(await sizeAmong(1, 6)).toBeLessThan(60);
});

it("puts a low and wide figure below the text beside it, in the slide's width", async () => {
  const { text, drawing } = await arranged("beside", SENTENCE, [900, 200]);
  expect(drawing.y).toBeGreaterThan(text.y + text.height);
  expect(drawing.width).toBeGreaterThan(1100);
});

it("leaves a figure where it is if it is as large there", async () => {
  const below = await arranged("below", SENTENCE, [900, 300]);
  expect(below.drawing.y).toBeGreaterThan(below.text.y + below.text.height);
  const beside = await arranged("beside", SENTENCE.repeat(2), [400, 300]);
  expect(beside.drawing.x).toBeGreaterThan(beside.text.x + beside.text.width);
});

it("leaves out the empty edges of a drawing, its paper's too", async () => {
  await arranged("below", SENTENCE, [900, 300]);
  const svg = page.locator("section.present svg.drawing");
  expect(await svg.getAttribute("viewBox")).toBe("2 2 896 296");
});

it("sets a text alone as large as it fits", async () => {
  await page.evaluate("Reveal.slide(Reveal.getTotalSlides() - 2)");
  const body = page.locator("section.present .body");
  const share = () =>
    body.evaluate(
      (node) => node.querySelector<HTMLElement>(".text")!.offsetHeight / node.clientHeight,
    );
  expect(await share()).toBeGreaterThan(0.8);
  expect(await share()).toBeLessThanOrEqual(1);
});

it("fills a slide without a figure: large text, a formula on one line, code as its lines allow", async () => {
  const open = (id: string) =>
    page.evaluate(`Reveal.slide(Reveal.getSlides().findIndex((s) => s.id === "${id}"))`);
  const sizeOf = (selector: string) =>
    page
      .locator(`section.present ${selector}`)
      .evaluate((node) => parseFloat(getComputedStyle(node).fontSize));
  await open("s-a-table-in-markdown");
  expect(await sizeOf(".text")).toBeGreaterThanOrEqual(40);
  const table = (await page.locator("section.present table").boundingBox())!;
  expect(table.width).toBeGreaterThan(1100);
  await open("s-code");
  expect(await sizeOf("pre")).toBeGreaterThan(28);
  await open("s-a-long-formula");
  const formula = page.locator("section.present .formula");
  const bottoms = await formula
    .locator(".katex-html .katex-base")
    .evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect()));
  expect(bottoms.length).toBeGreaterThan(0);
  const overlap = bottoms.every((box) => bottoms.every((other) => box.top < other.bottom));
  expect(overlap || (await formula.getAttribute("class"))!.includes("breaks")).toBe(true);
  expect(await sizeOf(".formula")).toBeGreaterThanOrEqual(30);
});

it("draws a table as wide as its figure, and has a caption right below what it is about", async () => {
  const open = (id: string) =>
    page.evaluate(`Reveal.slide(Reveal.getSlides().findIndex((s) => s.id === "${id}"))`);
  const box = async (selector: string) =>
    (await page.locator(`section.present ${selector}`).first().boundingBox())!;
  await open("s-a-table-and-words-from-the-notebook");
  const figure = await box("figure:has(table)");
  expect((await box("table")).width).toBeGreaterThan(0.95 * figure.width);
  await open("s-a-control-of-two-sliders");
  await page.locator("section.present").getByText("the answer").waitFor();
  const answer = await box(".course-shown");
  const caption = await box("figure:has(.view) > figcaption");
  expect(caption.y - (answer.y + answer.height)).toBeLessThan(60);
  expect(answer.height).toBeGreaterThan(20);
});

it("keeps a long table and its caption on the slide, with rows as high as there is room", async () => {
  const id = "s-a-table-and-words-from-the-notebook";
  const copied = await page.context().newPage();
  const rows = "<tr><td>more</td><td>1</td></tr>".repeat(8);
  const long = (await readFile(html, "utf8")).replace(
    new RegExp(`(id="${id}"[^]*?</tbody>)`),
    (part) => part.replace("</tbody>", `${rows}</tbody>`),
  );
  const file = join(root, "long.html");
  await writeFile(file, long);
  await copied.goto(pathToFileURL(file).href);
  await copied.evaluate("deck.ready");
  await copied.evaluate(`Reveal.slide(Reveal.getSlides().findIndex((s) => s.id === "${id}"))`);
  expect(await copied.locator("section.present tr").count()).toBe(11);
  expect(await copied.evaluate<string[]>(overflow)).toEqual([]);
  await copied.close();
});

it("shows a control's examples, and none of the inputs that nobody answers", async () => {
  await page.evaluate("Reveal.slide(Reveal.getTotalSlides() - 1)");
  const slide = page.locator("section.present");
  await slide.getByText("the answer").waitFor();
  expect(await slide.getByRole("slider").count()).toBe(1);
});

it("notices what overflows", async () => {
  await page.evaluate(
    "Reveal.slide(1); document.querySelector('section.present .text').append(...Array.from({ " +
      "length: 12 }, () => Object.assign(document.createElement('p'), { textContent: " +
      "'more' })))",
  );
  expect((await page.evaluate<string[]>(overflow)).join()).toContain("outside: p. more");
});

it("passes axe on every slide", async () => {
  const found: Record<string, string[]> = {};
  await eachSlide(async (name) => {
    const problems = await axeFindings();
    if (problems.length > 0) found[name] = problems;
  });
  expect(found).toEqual({});
});

const paperColor = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
const DARK_PAPER = "rgb(18, 23, 29)";
const WHITE = "rgb(255, 255, 255)";

it("is dark where the system is, figures too, switches with D and prints light", async () => {
  const tick = page.locator("#s-why-divide-by-d .plot .xtick text").first();
  const tickColor = () => tick.evaluate((text) => getComputedStyle(text).fill);
  const slide = (id: string) =>
    page.evaluate(`Reveal.slide(Reveal.getSlides().findIndex((s) => s.id === "${id}"))`);
  await slide("s-why-divide-by-d");
  await tick.waitFor();
  const lightTick = await tickColor();

  await page.emulateMedia({ colorScheme: "dark" });
  expect(await paperColor()).toBe(DARK_PAPER);
  await expect.poll(tickColor).not.toBe(lightTick);
  const found: Record<string, string[]> = {};
  await eachSlide(async (name) => {
    const problems = await axeFindings("section.present");
    if (problems.length > 0) found[name] = problems;
  });
  expect(found).toEqual({});

  await page.evaluate("dispatchEvent(new Event('beforeprint'))");
  expect(await paperColor()).toBe(WHITE);
  await expect.poll(tickColor).toBe(lightTick);
  await page.evaluate("dispatchEvent(new Event('afterprint'))");
  expect(await paperColor()).toBe(DARK_PAPER);

  await page.keyboard.press("d");
  expect(await paperColor()).toBe(WHITE);
  await expect.poll(tickColor).toBe(lightTick);
  await page.reload();
  await page.evaluate("deck.ready");
  expect(await paperColor(), "the choice stays").toBe(WHITE);
});

it("finds with one run of axe what is wrong on each of the slides", async () => {
  await showAllSlides();
  expect(await axeFindingsBySlide()).toEqual({});
  await page.evaluate(() => {
    for (const title of document.querySelectorAll(".slides > section:not(.start) h2")) {
      title.innerHTML = '<span style="color: #777; background: #666">pale</span><input>';
    }
  });
  const found = await axeFindingsBySlide();
  const rules = (slide: string) => found[slide]?.map((finding) => finding.split(" ")[0]);
  const slides = await page.evaluate<string[]>("Reveal.getSlides().slice(1).map(({ id }) => id)");
  for (const slide of slides) expect(rules(slide), slide).toEqual(["color-contrast", "label"]);
});

/** What is wrong on the open deck's slides, by slide; every second slide has a figure. */
async function problemsOfDeck(name: string): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  const add = (slide: string, all: string[]) => {
    if (all.length > 0) (found[`${name}#${slide}`] ??= []).push(...all);
  };
  const figures: boolean[] = [];
  await eachSlide(async (slide) => {
    add(slide, [
      ...(await page.evaluate<string[]>(overflow)),
      ...(await page.evaluate<string[]>(collisions)),
      ...(await tooSmall()),
    ]);
    figures.push((await page.locator("section.present figure").count()) > 0);
  });
  const share = figures.filter(Boolean).length / (figures.length - 1); // without the title
  add("all", share < 0.5 ? [`figures on ${(100 * share).toFixed(0)} % of the slides`] : []);
  await showAllSlides();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [slide, all] of Object.entries(await axeFindingsBySlide())) {
      add(`${slide} ${colorScheme}`, all);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}

it(
  "keeps the slides of all lessons inside their frames, axe finds nothing, every second has a figure",
  { timeout: 900_000 },
  async () => {
    const { written, problems } = await slides(
      fileURLToPath(new URL("../../../..", import.meta.url)),
      [],
      { out: join(root, "lessons") },
    );
    expect(problems).toEqual([]);
    const found: Record<string, string[]> = {};
    for (const file of written) {
      await page.goto(pathToFileURL(file).href);
      await page.evaluate("deck.ready");
      Object.assign(found, await problemsOfDeck(basename(file)));
    }
    expect(found).toEqual({});
  },
);

it("runs nothing but its own scripts and fetches nothing", async () => {
  const strict = await browser.newPage();
  const blocked = watch(strict);
  await strict.goto(pathToFileURL(html).href);
  await strict.evaluate("deck.ready");
  expect(blocked).toEqual([]);
  await strict.evaluate(
    "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hacked = " +
      'true"><p onclick="window.hacked = true" id=p>p</p>\'); ' +
      "document.getElementById('p').click()",
  );
  expect(await strict.evaluate("window.hacked")).toBeUndefined();
  expect(blocked.join("\n")).toContain("Content Security Policy");
  await strict.close();
});

it("moves a slider in the lecture hall, also on a larger screen", async () => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.evaluate(
    "Reveal.slide(Reveal.getSlides().findIndex((s) => s.id === 's-move-the-slider'))",
  );
  // height of the first bar
  const top = "document.querySelector('section.present .course-plot').calcdata[0][0].s";
  await page.waitForFunction(`${top} > 0.99`); // temperature 0.1
  const range = page.locator("section.present .course-slider input");
  const box = (await range.boundingBox())!;
  await page.mouse.click(box.x + box.width - 4, box.y + box.height / 2);
  await page.waitForFunction(`${top} < 0.3`); // temperature 5
  await range.press("ArrowLeft"); // moves the slider and not the slides
  await page.waitForFunction(`${top} > 0.3 && ${top} < 0.5`); // temperature 2
  expect(await page.evaluate("Reveal.getCurrentSlide().id")).toBe("s-move-the-slider");
});

it("opens a list of the keys with ?, closes it with Escape, and does not go dark", async () => {
  await page.evaluate(
    "Reveal.slide(Reveal.getSlides().findIndex((s) => s.id === 's-move-the-slider'))",
  );
  await waitUntilDrawn();
  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keys" });
  expect(await keys.innerText()).toMatch(/All slides[^]*Speaker view[^]*Full screen/);
  expect(await page.evaluate("Reveal.isPaused()")).toBe(false);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await axeFindings("dialog.keys"), colorScheme).toEqual([]);
  }
  await page.keyboard.press("ArrowRight");
  expect(await page.evaluate("Reveal.getCurrentSlide().id")).toBe("s-move-the-slider");
  await page.keyboard.press("Escape");
  expect(await keys.count()).toBe(0);
  expect(await page.getByRole("dialog", { name: "All slides" }).count()).toBe(0);
  await page.locator("section.present .course-slider button").focus();
  await page.keyboard.press("?");
  await page.keyboard.press("?");
  expect(await keys.count()).toBe(0);
  const hasFocus = "document.activeElement.matches('.course-slider button')";
  expect(await page.evaluate(hasFocus), "the focus comes back").toBe(true);
});

it("draws the slides beside the current one ahead, and no others", async () => {
  const drawn = () =>
    page
      .locator(".slides [data-drawn]")
      .evaluateAll((all) => all.map((place) => place.closest("section")!.id));
  expect(await drawn()).toEqual([]);
  await page.evaluate("Reveal.slide(6)");
  await waitUntilDrawn();
  const near = ["s-why-divide-by-d", "s-who-looks-at-whom", "s-move-the-slider"];
  await expect.poll(drawn).toEqual(near);
});

it("prints with Ctrl+P once all slides are drawn, in the colors of paper on dark slides too", async () => {
  const printed = () =>
    page.evaluate<{ plots: number; tick: string } | undefined>("window.printed");
  await page.evaluate(() => {
    const tick = "#s-why-divide-by-d .plot .xtick text";
    window.print = () =>
      Object.assign(window, {
        printed: {
          plots: document.querySelectorAll(".plot svg.main-svg:first-of-type").length,
          tick: getComputedStyle(document.querySelector(tick)!).fill,
        },
      });
  });
  await page.keyboard.press("Control+p");
  await expect.poll(printed).toMatchObject({ plots: 7 });
  const { tick } = (await printed())!;
  await page.evaluate("dispatchEvent(new Event('afterprint')), delete window.printed");
  await page.emulateMedia({ colorScheme: "dark" });
  await page.keyboard.press("Control+p");
  await expect.poll(printed).toEqual({ plots: 7, tick });
});

it("has an overview in rows, with figures that nobody has visited, for mouse and keyboard", async () => {
  await page.keyboard.press("Escape");
  const overview = page.getByRole("dialog", { name: "All slides" });
  const buttons = overview.locator(":scope > button");
  await buttons.first().waitFor();
  const boxes = await buttons.evaluateAll((all) =>
    all.map((button) => button.getBoundingClientRect().toJSON() as DOMRect),
  );
  expect(new Set(boxes.map(({ top }) => top)).size, "rows").toBe(3);
  expect(Math.max(...boxes.map(({ right }) => right))).toBeLessThanOrEqual(1280);
  const waiting = await overview.locator(".waiting .plot, .waiting .view").count();
  expect(waiting, "figures that aren't drawn yet have their place").toBeGreaterThan(0);
  await overview.locator(".picture svg.main-svg").nth(6).waitFor({ state: "attached" });
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  expect(await page.evaluate("Reveal.getIndices().h")).toBe(7);
  expect(await overview.count()).toBe(0);
  await page.keyboard.press("o");
  await overview.getByRole("button", { name: /^\d+ Code$/ }).click();
  expect(await page.evaluate("Reveal.getCurrentSlide().id")).toBe("s-code");
  await page.keyboard.press("o");
  expect(await axeFindings("dialog.overview")).toEqual([]);
  await page.keyboard.press("Escape");
  expect(await overview.count()).toBe(0);
  expect(await page.evaluate("Reveal.getCurrentSlide().id")).toBe("s-code");
});

it("opens and closes the overview as fast as keys come, without a picture in between", async () => {
  const isOpen = await page.evaluate(() => {
    const press = (key: string, keyCode: number) => {
      const target = document.activeElement ?? document.body;
      target.dispatchEvent(new KeyboardEvent("keydown", { key, keyCode, bubbles: true }));
      return document.querySelector("dialog.overview")!.hasAttribute("open");
    };
    return [press("o", 79), press("o", 79), press("o", 79), press("Escape", 27), press("o", 79)];
  });
  expect(isOpen).toEqual([true, false, true, false, true]);
});

it("begins the overview with a whole row, wherever the current slide is", async () => {
  await page.setViewportSize({ width: 1280, height: 340 });
  for (const slide of [2, 8, 15]) {
    await page.evaluate(`Reveal.slide(${slide})`);
    await page.keyboard.press("o");
    const dialog = page.getByRole("dialog", { name: "All slides" });
    const tops = await dialog
      .locator(":scope > button")
      .evaluateAll((all) => all.map((button) => button.getBoundingClientRect()))
      .then((boxes) => boxes.filter(({ bottom }) => bottom > 0).map(({ top }) => top));
    expect(Math.min(...tops), `slide ${slide}`).toBeGreaterThan(0);
    const current = (await dialog.locator("[aria-current]").boundingBox())!;
    expect(current.y, `slide ${slide}`).toBeGreaterThan(0);
    expect(current.y + current.height, `slide ${slide}`).toBeLessThanOrEqual(340);
    await page.keyboard.press("o");
  }
});

it("shows a list at once and brings up what stands below it with one press, in print at once", async () => {
  await page.evaluate("Reveal.slide(1)");
  const shown = () => page.locator("section.present .fragment.visible").count();
  expect(await shown()).toBe(0);
  expect(await page.locator("section.present li").last().isVisible()).toBe(true);
  await page.keyboard.press("ArrowRight");
  expect(await shown()).toBe(1);
  await page.keyboard.press("ArrowRight");
  expect(await page.evaluate("Reveal.getIndices().h"), "one press per slide").toBe(2);
  await page.evaluate("deck.layOutForPrint()");
  const points = page.locator("#s-only-text-with-an-answer .fragment");
  const allShow = () =>
    points.evaluateAll((all) => all.every((p) => getComputedStyle(p).opacity === "1"));
  await expect.poll(allShow, { timeout: 60_000 }).toBe(true); // they fade in
});

/** A busy machine may take long; what never comes fails all the same. */
const PATIENT = { timeout: 120_000 };

it("has a name in the address for each slide", async () => {
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => page.url(), PATIENT).toMatch(/#\/s-only-text-with-an-answer$/);
});

it("shows this slide, the next one, notes and time in a window of their own, which also turns the pages", async () => {
  const [notes] = await Promise.all([page.waitForEvent("popup"), page.keyboard.press("s")]);
  const text = () => notes.locator("body").innerText();
  await page.keyboard.press("ArrowRight");
  await expect.poll(text, PATIENT).toContain("Ask for a guess before you go on");
  expect(await text()).toMatch(/2 \/ 16\s+Only text[^]*\d:\d\d[^]*Next: A long formula/);
  expect(await text()).toContain("1 more step");
  expect(await notes.locator(".picture-now .frame h2").textContent()).toContain("Only text");
  expect(await notes.locator(".picture-next .frame h2").textContent()).toContain("A long formula");
  const notesColor = () => notes.evaluate("getComputedStyle(document.body).backgroundColor");
  expect(await notesColor()).toBe(WHITE);
  await page.keyboard.press("d");
  expect(await notesColor(), "the window follows the slides").toBe(DARK_PAPER);
  for (let i = 0; i < 2; i++) await notes.keyboard.press("ArrowRight");
  await expect.poll(text, PATIENT).toContain("3 / 16");
  await notes.keyboard.press("End");
  await expect.poll(text, PATIENT).toContain("16 / 16");
  await notes.keyboard.press("Home");
  await expect.poll(text, PATIENT).toContain("1 / 16");
});

it("has no buttons of plotly's, neither on slides nor in the speaker's window", async () => {
  const slide = `Reveal.getSlides().findIndex((s) => s.id === "s-why-divide-by-d")`;
  await page.evaluate(`Reveal.slide(${slide})`);
  await waitUntilDrawn();
  const [notes] = await Promise.all([page.waitForEvent("popup"), page.keyboard.press("s")]);
  for (const part of [page.locator("section.present"), notes.locator(".picture-now")]) {
    const bars = part.locator(".modebar");
    await bars.first().waitFor({ state: "attached" });
    expect(await bars.first().isVisible()).toBe(false);
  }
});

it("shows in the speaker's window what a canvas of the slide shows", async () => {
  await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    document.querySelector("section.present .frame")!.append(canvas);
    canvas.getContext("2d")!.fillRect(0, 0, 9, 9);
  });
  const [notes] = await Promise.all([page.waitForEvent("popup"), page.keyboard.press("s")]);
  const alpha = () =>
    notes
      .locator(".picture-now canvas")
      .evaluate(
        (node) => (node as HTMLCanvasElement).getContext("2d")!.getImageData(4, 4, 1, 1).data[3],
      );
  await expect.poll(alpha, PATIENT).toBe(255);
});

it("is a column to scroll on a phone held upright, and slides again once it is turned", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  const slide = page.locator(".column #s-move-the-slider");
  await slide.waitFor({ state: "attached" });
  await slide.scrollIntoViewIfNeeded();
  await slide.locator("svg.main-svg").first().waitFor();
  await expect.poll(() => page.url(), PATIENT).toMatch(/#\/s-/);
  const { width, sizes } = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth,
    sizes: [...document.querySelectorAll(".text p, .text li, figcaption")]
      .filter((words) => words.getClientRects().length > 0)
      .map((words) => parseFloat(getComputedStyle(words).fontSize)),
  }));
  expect(width).toBe(390);
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(15);
  await page.setViewportSize({ width: 844, height: 390 });
  await page.locator(".reveal.ready section.present").waitFor({ state: "attached" });
});

it("prints one page a slide, with all figures", async () => {
  await page.emulateMedia({ media: "print" });
  await page.evaluate("deck.layOutForPrint()");
  expect(
    await page.evaluate("getComputedStyle(document.body).backgroundColor"),
    "the title's night must not reach the other pages",
  ).toBe("rgb(255, 255, 255)");
  expect(await page.locator(".plot svg.main-svg:first-of-type").count()).toBe(7);
  const slider = page.locator("#s-move-the-slider .course-slider");
  expect(await slider.innerText()).toMatch(/temperature\s*0\.1/);
  expect(await slider.locator("input").isVisible()).toBe(false);
  const printed = (await readFile(pdf)).toString("latin1");
  expect(printed.match(/\/Type\s*\/Page\b/g)).toHaveLength(16);
  expect(printed).toMatch(/\/MediaBox\s*\[0 0 960 540\]/); // 1280 × 720 pixels in points
});

it("draws all figures when it opens in reveal.js's view for print, without a print event", async () => {
  const own = page.url();
  for (const query of ["?print-pdf", "?view=print"]) {
    await page.goto(own.replace(/[?#].*$/, "") + query);
    await page.evaluate("deck.ready");
    expect(await page.locator(".pdf-page").count(), query).toBe(16);
    expect(await page.locator(".plot svg.main-svg:first-of-type").count(), query).toBe(7);
  }
});
