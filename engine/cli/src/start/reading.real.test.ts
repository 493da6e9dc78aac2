// needs: chromium jupyter
// level: all
/**
 * A lesson's text in the real JupyterLab: long formulas are whole, punctuation stays beside its
 * formula, mathematics is as large as the text, what a reader is asked to do stands on one kind of
 * card, JupyterLab's own parts are quiet, figures say that they were drawn beforehand, what gives a
 * guess away waits for it, and a chart's buttons cover nothing else.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { paths, readManifest } from "grader/files";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyFolder, root, startLab, type RunningLab } from "./lab.testing";

const personal = emptyFolder("reading");
const [first] = readManifest(root).lessons;
const { metadata } = JSON.parse(
  readFileSync(join(paths(root).notebooks, `${first!.id}.ipynb`), "utf8"),
) as { metadata: object };

const LONG = `$$ ${Array.from({ length: 15 }, (_, i) => `x_{${i}}`).join(" + ")} = ${"y".repeat(10)} $$`;
/** Of many formulas in a narrow column, some stand at the end of a line. */
const SIGNS = Array.from({ length: 60 }, (_, i) => `${"a".repeat(i % 7)} $f(x_{${i}})$, ($y$).`);
const slider = { label: "step", values: [1, 2] };
const layout = { height: 90, margin: { l: 0, r: 0, t: 0, b: 0 } };
const chart = {
  data: [{ type: "bar", y: [1, 2] }],
  layout: { ...layout, meta: { caption: "Two bars.", slider } },
  frames: [1, 2].map((y) => ({ data: [{ type: "bar", y: [y, 2] }] })),
};
/** Five charts side by side, which are as wide as the notebook. */
const row = {
  data: [1, 2, 3, 4, 5].map((n) => ({ type: "bar", y: [1, 2], xaxis: `x${n}`, yaxis: `y${n}` })),
  layout: {
    ...{ ...layout, meta: { panels: { count: 5, columns: 5 } } },
    ...Object.fromEntries(
      [0, 1, 2, 3, 4].flatMap((n) => [
        [`xaxis${n + 1}`, { domain: [n / 5, n / 5 + 0.15] }],
        [`yaxis${n + 1}`, { anchor: `x${n + 1}` }],
      ]),
    ),
  },
};
const question = (id: string, more = {}) => ({
  ...{ view: "guess", version: 1, id, caption: `${id}?`, outcome: 2, ...more },
  input: { input: "slider", from: 0, to: 4, step: 1, start: 1 },
});

const EXERCISE = { role: "exercise", name: "f" };
const shown = (mime: string, data: object) => ({
  output_type: "display_data",
  metadata: {},
  data: { [mime]: data, "text/plain": "a figure" },
});
const VIEW = "application/vnd.course.view.v1+json";
const text = (id: string, source: string) => ({ cell_type: "markdown", id, metadata: {}, source });
const code = (id: string, source: string, ...outputs: object[]) => ({
  ...{ cell_type: "code", id, metadata: {}, source, execution_count: null, outputs },
});
const figure = (id: string) =>
  code(id, "show(1);", shown(VIEW, { view: "text", version: 1, text: "The answer." }));
const folded = (cell: ReturnType<typeof code>) => ({
  ...cell,
  metadata: { course: { role: "experiment", fold: "draws" }, jupyter: { source_hidden: true } },
});
const ANSWER = shown(VIEW, { view: "text", version: 1, text: "A figure." });
const WORDS = {
  ...shown("text/markdown", {}),
  ...{
    metadata: { course: { preview: true } },
    data: { "text/plain": "Drawn beforehand", "text/markdown": "*Drawn beforehand*" },
  },
};
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><text y="20">α is 1</text></svg>';
const drawing = `data:image/svg+xml;base64,${Buffer.from(SVG).toString("base64")}`;
const exercise = { ...code("exercise", "function f() {}"), metadata: { course: EXERCISE } };
const written = {
  ...text("answer", "*Double-click here and write your answer.*"),
  metadata: { course: { role: "written", name: "answer" } },
};
const cells = [
  text("long", LONG),
  text("signs", SIGNS.join(" ")),
  code("chart", "show(2);", shown("application/vnd.plotly.v1+json", chart)),
  folded(code("asked", "await guess(1);", shown(VIEW, question("asked")))),
  text("asked-before", "Here it is."),
  figure("asked-figure"),
  figure("asked-figure-2"),
  text("asked-after", "It is the answer.\n\nAnd why."),
  text("free", "Something else."),
  folded(code("unasked", "await guess(2);")),
  text("unasked-before", "Here is another."),
  figure("unasked-figure"),
  text("unasked-after", "So it is."),
  text("task", "### Exercise: f\n\nWrite it.\n\n- Here."),
  exercise,
  { ...code("checked", "await check(f);"), metadata: { course: { role: "check", name: "f" } } },
  text("below", "## A section\n\nText."),
  text("below-heading", "### A part\n\nText."),
  text("marked", "### Question\n\n2 points\n\nWhy?"),
  written,
  code("previewed", "show(3);", WORDS, ANSWER),
  code("previewed-again", "show(4);", WORDS, ANSWER),
  text("next", "## Another section"),
  code("previewed-next", "show(5);", WORDS, ANSWER),
  text("drawing", `![a drawing](${drawing})`),
  code("wide", "show(6);", shown("application/vnd.plotly.v1+json", row)),
];

let lab: RunningLab;
let page: Page;
beforeAll(async () => {
  const notebook = { cells, metadata, nbformat: 4, nbformat_minor: 5 };
  writeFileSync(join(personal, `${first!.id}.ipynb`), JSON.stringify(notebook));
  lab = await startLab({ width: 1366, height: 2400 }, { kernels: false });
  page = await lab.newPage();
  await page.goto(lab.server.url(`/lab/workspaces/reading-${Date.now()}/tree/${first!.id}.ipynb`));
  await page.locator("#jupyterlab-splash").waitFor({ state: "detached" });
  await cell("previewed-next").waitFor();
});
afterAll(async () => {
  await lab?.stop();
  rmSync(personal, { recursive: true, force: true });
});

const cell = (id: string) =>
  page.locator(`.jp-NotebookPanel:visible .jp-Cell >> nth=${cells.findIndex((c) => c.id === id)}`);
const folds = (id: string) =>
  cell(id)
    .locator(".jp-RenderedMarkdown > p")
    .evaluateAll((all) => all.map((line) => getComputedStyle(line).display === "none"));
const showsFigure = (id: string) => cell(id).getByText("The answer.").isVisible();

test("text, code, figures and drawings have the course's fonts, which are files of the extension", async () => {
  const family = (at: ReturnType<typeof page.locator>) =>
    at.first().evaluate((node) => getComputedStyle(node).fontFamily);
  expect(await family(cell("below").locator("p"))).toMatch(/^"?Inter/);
  expect(await family(cell("chart").locator(".main-svg text"))).toMatch(/^"?Inter/);
  expect(await family(cell("exercise").locator(".cm-content"))).toMatch(/^"?JetBrains Mono/);
  const loaded = () =>
    page.evaluate(() =>
      [...document.fonts]
        .filter(({ status }) => status === "loaded")
        .map(({ family }) => family.replaceAll('"', "")),
    );
  await expect.poll(loaded).toEqual(expect.arrayContaining(["Inter", "JetBrains Mono"]));
  const image = cell("drawing").locator("img");
  await expect.poll(() => image.getAttribute("src")).toContain("font-face");
  const src = decodeURIComponent((await image.getAttribute("src"))!);
  expect(src.match(/@font-face/g), "Latin and Greek").toHaveLength(2);
  await expect
    .poll(() => image.evaluate((node) => (node as HTMLImageElement).naturalWidth))
    .toBe(90);
});

test("a formula wider than text is whole, and one wider than the notebook scrolls", async () => {
  const formula = cell("long").locator("mjx-container");
  const cut = () => formula.evaluate((node) => node.scrollWidth - node.clientWidth);
  await expect.poll(cut).toBe(0);
  const width = async (at: ReturnType<typeof cell>) => (await at.boundingBox())!.width;
  const measure = await width(cell("long").locator(".jp-RenderedMarkdown"));
  expect(await width(formula)).toBeGreaterThan(measure);
  await page.setViewportSize({ width: 683, height: 2400 });
  await expect.poll(cut).toBeGreaterThan(0);
  const right = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((node) => node.getBoundingClientRect().right);
  const edge = await right(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer");
  expect(await right("mjx-container[display]")).toBeLessThanOrEqual(edge);
  await page.setViewportSize({ width: 1366, height: 2400 });
});

test("a figure as wide as the notebook becomes narrower with it", async () => {
  const plot = cell("wide").locator(".main-svg").first();
  const right = async (at: typeof plot) => {
    const { x, width } = (await at.boundingBox())!;
    return x + width;
  };
  await plot.scrollIntoViewIfNeeded();
  const before = await right(plot);
  await page.setViewportSize({ width: 1100, height: 2400 });
  await expect.poll(() => right(plot)).toBeLessThan(before - 100);
  const outputs = cell("wide").locator(".jp-OutputArea-child");
  await expect
    .poll(async () => (await right(plot)) - (await right(outputs)))
    .toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1366, height: 2400 });
});

test.each([1366, 900, 683])("no line begins with a formula's punctuation: %i", async (width) => {
  await page.setViewportSize({ width, height: 2400 });
  await expect.poll(() => cell("signs").locator("mjx-container").count()).toBe(2 * SIGNS.length);
  const torn = await cell("signs").evaluate((node) => {
    const rect = (text: Node, at: number) => {
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      return range.getBoundingClientRect();
    };
    const below = (a: DOMRect, b: DOMRect) => a.top > b.bottom - 2;
    return [...node.querySelectorAll("mjx-container")].filter((formula) => {
      const { previousSibling: before, nextSibling: after } = formula;
      const own = formula.getBoundingClientRect();
      const opens = before?.textContent?.endsWith("(");
      if (opens && below(own, rect(before!, before!.textContent!.length - 1))) return true;
      return below(rect(after!, 0), own);
    }).length;
  });
  expect(torn).toBe(0);
  await page.setViewportSize({ width: 1366, height: 2400 });
});

test("mathematics is as large as the text around it, in lines and between them", async () => {
  for (const id of ["signs", "long"]) {
    const ratio = await cell(id)
      .locator("mjx-container")
      .first()
      .evaluate((formula) => {
        const size = (element: Element) => parseFloat(getComputedStyle(element).fontSize);
        return size(formula) / size(formula.closest("p")!);
      });
    // the capitals of MathJax's font are 0.68 of its size, those of a page's fonts 0.70 to 0.73
    expect(ratio, id).toBeGreaterThan(1);
    expect(ratio, id).toBeLessThan(1.15);
  }
});

/** How two colors stand against each other, and a card's color over the page's. */
const CONTRAST = `(() => {
  const numbers = (color) => color.match(/[\\d.]+/g).map(Number).map((c) => color.startsWith("color(") ? c * 255 : c);
  const light = (color) => {
    const [r, g, b] = numbers(color).slice(0, 3).map((c) => ((c / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  return (a, b) => {
    const [dark, bright] = [light(a), light(b)].sort((x, y) => x - y);
    return bright / dark;
  };
})()`;

/** The frame of a card's part: its edges, and how its line stands out from the page. */
const frame = (id: string, part: string) =>
  cell(id)
    .locator(part)
    .first()
    .evaluate((element, contrast) => {
      const { borderLeftColor, borderLeftWidth } = getComputedStyle(element);
      const paper = getComputedStyle(element.closest(".jp-Notebook")!).backgroundColor;
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const of = eval(contrast) as (a: string, b: string) => number;
      return { left, right, top, bottom, borderLeftWidth, edge: of(borderLeftColor, paper) };
    }, CONTRAST);
const TEXT = ".jp-RenderedMarkdown";

async function changeTheme(name: string): Promise<void> {
  const change = { theme: `JupyterLab ${name}` };
  await page.evaluate((to) => jupyterapp.commands.execute("apputils:change-theme", to), change);
  const light = String(name === "Light");
  await page.waitForFunction((l) => document.body.dataset.jpThemeLight === l, light);
  // JupyterLab takes its splash away twice where the next change comes before that
  await page.locator("#jupyterlab-splash").waitFor({ state: "detached" });
}

test.each(["Light", "Dark"])(
  "an exercise, its cell and its check are one card: %s",
  async (name) => {
    await changeTheme(name);
    const task = await frame("task", TEXT);
    const code = await frame("exercise", ".jp-InputArea-editor");
    const check = await frame("checked", ".jp-InputArea-editor");
    const gutter = cell("exercise").locator(".cm-gutter").first();
    const strip = await gutter.evaluate((element) => getComputedStyle(element).backgroundColor);
    await changeTheme("Light");
    for (const { borderLeftWidth, edge } of [task, code, check]) {
      expect(borderLeftWidth).toBe("1px");
      expect(edge).toBeGreaterThanOrEqual(3);
    }
    expect(Math.abs(task.left - code.left)).toBeLessThan(1);
    expect(Math.abs(task.right - code.right)).toBeLessThan(1);
    expect(Math.abs(task.bottom - code.top)).toBeLessThan(1);
    expect(Math.abs(code.bottom - check.top)).toBeLessThan(1);
    expect([check.left, check.right]).toEqual([code.left, code.right]);
    expect(strip).toBe("rgba(0, 0, 0, 0)"); // no strip behind the line numbers
  },
);

test("what a card holds ends where the text around it does, and its title is below a section's", async () => {
  const words = await frame("task", `${TEXT} > p`);
  const around = await frame("below", `${TEXT} > p`);
  expect(Math.abs(words.right - around.right)).toBeLessThan(2);
  const list = await frame("task", `${TEXT} > ul`);
  expect(list.right).toBe(words.right);
  const size = (id: string, title: string) =>
    cell(id)
      .locator(`${TEXT} > ${title}`)
      .evaluate((heading) => parseFloat(getComputedStyle(heading).fontSize));
  expect(await size("task", "h3")).toBeLessThan(await size("below-heading", "h3"));
});

test("a marked question and its answer are one card, whose words are dim until it is written", async () => {
  const [question, answer] = [await frame("marked", TEXT), await frame("answer", TEXT)];
  expect(Math.abs(question.bottom - answer.top)).toBeLessThan(1);
  expect([answer.left, answer.right]).toEqual([question.left, question.right]);
  const asked = await frame("asked", ".jp-OutputArea-output.course-figure");
  expect([asked.left, asked.right]).toEqual([question.left, question.right]);
  const isDim = () =>
    cell("answer").evaluate((node) => {
      const color = (part: string) =>
        getComputedStyle(node.parentElement!.querySelector(part)!).color;
      return color("[data-course-written] em") !== color("[data-course-question] p:last-child");
    });
  expect(await isDim()).toBe(true);
});

test("JupyterLab's own parts are quiet: no empty prompt, a thin bar, buttons under the pointer", async () => {
  const prompt = cell("exercise").locator(".jp-InputPrompt");
  expect(await prompt.evaluate((node) => getComputedStyle(node).visibility)).toBe("hidden");
  const opacity = () =>
    page
      .locator(".jp-NotebookPanel:visible .jp-cell-toolbar")
      .first()
      .evaluate((node) => getComputedStyle(node).opacity);
  await cell("exercise").locator(".jp-InputArea-editor").click();
  expect(await opacity()).toBe("1");
  await page.mouse.move(2, 2);
  await expect.poll(opacity).toBe("0");
  await page
    .locator(".jp-cell-toolbar:visible button, .jp-cell-toolbar:visible jp-button")
    .first()
    .focus();
  await expect.poll(opacity).toBe("1");
  await page.keyboard.press("Escape");
});

test("each figure drawn beforehand says so once, at the left", async () => {
  for (const id of ["previewed", "previewed-again", "previewed-next"]) {
    const words = cell(id).getByText("Drawn beforehand").filter({ visible: true });
    expect(await words.count(), id).toBe(1);
    const label = cell(id).locator(".jp-PlaceholderText:visible");
    const { x } = (await words.boundingBox())!;
    const start = (await frame("below", `${TEXT} > p`)).left;
    const behind = (await label.count()) > 0 ? await label.boundingBox() : undefined;
    if (behind) expect(x - (behind.x + behind.width), id).toBeLessThan(40);
    else expect(Math.abs(x - start), id).toBeLessThan(2);
  }
});

test("what gives a guess away waits for it, texts before its figures, too", async () => {
  await expect.poll(() => folds("asked-after")).toEqual([true, true]);
  expect(await folds("asked-before")).toEqual([true]);
  expect([await showsFigure("asked-figure"), await showsFigure("asked-figure-2")]).toEqual([
    false,
    false,
  ]);
  expect(await folds("free")).toEqual([false]);
  expect([await folds("unasked-before"), await folds("unasked-after")]).toEqual([[true], [true]]);
  const announces = (id: string) =>
    cell(id)
      .locator(".jp-RenderedMarkdown")
      .evaluate((text) => getComputedStyle(text, "::before").display !== "none");
  expect(await announces("unasked-before")).toBe(true);
  expect(await announces("unasked-after")).toBe(false); // one line says it

  const frames = (id: string, part: string) =>
    cell(id)
      .locator(part)
      .evaluate((framed) => getComputedStyle(framed).borderWidth);
  // a question has one frame: its folded line's, and once it is asked its own
  expect(await frames("unasked", ".jp-Placeholder-content")).toBe("1px");
  expect(await frames("asked", ".jp-Placeholder-content")).not.toBe("1px");
  expect(await frames("asked", ".jp-OutputArea-output.course-figure")).toBe("1px");
  // and a button until it is asked
  const ask = (id: string) => cell(id).getByRole("button", { name: "Guess", exact: true });
  expect([await ask("unasked").isVisible(), await ask("asked").isVisible()]).toEqual([true, false]);

  await cell("asked").getByRole("button", { name: "Show the answer" }).click();
  await expect.poll(() => folds("asked-after")).toEqual([false, false]);
  expect(await folds("asked-before")).toEqual([false]);
  await expect.poll(() => showsFigure("asked-figure-2")).toBe(true);
  expect(await folds("unasked-before")).toEqual([true]);
});

test("a chart's buttons lie on the chart, and not on its slider", async () => {
  const plot = cell("chart").locator(".course-plot");
  await plot.hover();
  const buttons = (await cell("chart").locator(".modebar-group").last().boundingBox())!;
  const slider = (await cell("chart").locator(".course-slider").boundingBox())!;
  expect(buttons.height).toBeGreaterThan(0);
  expect(buttons.y).toBeGreaterThanOrEqual(slider.y + slider.height);
  // in the corner that the numbers of both axes leave empty
  const [bar, axis] = await Promise.all(
    [".modebar", ".main-svg .xaxislayer-above"].map(async (part) => {
      return (await cell("chart").locator(part).first().boundingBox())!;
    }),
  );
  expect(bar!.x + bar!.width).toBeLessThanOrEqual(axis!.x);
  expect(lab.errors).toEqual([]);
});
