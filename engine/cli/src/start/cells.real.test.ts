// needs: chromium jupyter
// level: all
/**
 * What a student sees inside a notebook, in the real JupyterLab: folded code, the buttons of a
 * check, explanations of names, the width of text.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import { paths, readManifest } from "grader/files";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { updateCopy } from "./copies";
import { sourceOf, type Notebook } from "grader/merge";
import { emptyFolder, root, startLab, type RunningLab } from "./lab.testing";

const personal = emptyFolder("cells");
const { id } = readManifest(root).lessons[0]!;
const file = join(personal, `${id}.ipynb`);

interface CellMark {
  role: string;
  name?: string;
  fold?: string;
  checks?: object[];
}
interface Output {
  data?: Record<string, unknown>;
}
const shipped = JSON.parse(
  readFileSync(join(paths(root).notebooks, `${id}.ipynb`), "utf8"),
) as Notebook;
const cells = shipped.cells.map((cell) => ({
  id: cell.id,
  source: sourceOf(cell),
  mark: cell.metadata.course as CellMark,
  /** What the line above its preview says. */
  note: `${(cell.outputs?.[0] as Output | undefined)?.data?.["text/plain"] ?? ""}`,
}));
/** An exercise of tensors, whose cell calls functions that check its arguments. */
const exercise = cells.find(({ mark, source }) => mark.checks && /^\s+\w+\("/m.test(source))!;
const setup = cells.find(({ mark }) => mark.role === "setup")!;

interface Kernel {
  connectionStatus: string;
  status: string;
  requestComplete(request: object): Promise<{ content: { matches: string[] } }>;
}
interface LabOfCells {
  restored: Promise<unknown>;
  commands: { execute(name: string): Promise<unknown> };
  shell: {
    currentWidget: {
      content: {
        activeCellIndex: number;
        scrollToItem(i: number, align: string): Promise<void>;
        widgets: {
          inputHidden: boolean;
          model: {
            mimeType: string;
            id: string;
            executionCount: number | null;
            executionState: string;
            sharedModel: { getSource(): string; setSource(text: string): void };
          };
        }[];
      };
      sessionContext: {
        isReady: boolean;
        session?: { kernel?: Kernel };
      };
    };
  };
}
declare global {
  var labOfCells: LabOfCells;
}

let lab: RunningLab;
let page: Page;

beforeAll(async () => {
  updateCopy(shipped, file);
  lab = await startLab({ width: 1366, height: 1000 });
  page = await lab.newPage();
  await page.goto(lab.server.url(`/lab/workspaces/cells-${Date.now()}/tree/${id}.ipynb`));
  await page.locator(".jp-NotebookPanel:visible .jp-Cell").first().waitFor();
  await page.locator("#jupyterlab-splash").waitFor({ state: "detached" });
  await page.evaluate(() => {
    globalThis.labOfCells = jupyterapp as unknown as LabOfCells;
  });
  await idle();
});
afterAll(async () => {
  await lab?.stop();
  rmSync(personal, { recursive: true, force: true });
});

const idle = () =>
  page.waitForFunction(
    () => {
      const { sessionContext, content } = labOfCells.shell.currentWidget;
      const kernel = sessionContext.session?.kernel;
      const isQuiet = kernel?.connectionStatus === "connected" && kernel.status === "idle";
      const running = content.widgets.some(({ model }) => model.executionState === "running");
      return sessionContext.isReady && isQuiet && !running;
    },
    null,
    { polling: 100 },
  );

const indexOf = (name: string) =>
  page.evaluate(
    (wanted) =>
      labOfCells.shell.currentWidget.content.widgets.findIndex(({ model }) => model.id === wanted),
    name,
  );
const cell = async (name: string) =>
  page.locator(`.jp-Notebook .jp-Cell >> nth=${await indexOf(name)}`);
async function select(name: string): Promise<Locator> {
  await page.evaluate(
    async (i) => {
      const { content } = labOfCells.shell.currentWidget;
      content.activeCellIndex = i;
      await content.scrollToItem(i, "start");
    },
    await indexOf(name),
  );
  const found = await cell(name);
  await found.scrollIntoViewIfNeeded();
  return found;
}
async function run(name: string): Promise<Locator> {
  const found = await select(name);
  await page.evaluate(() => labOfCells.commands.execute("notebook:run-cell"));
  await idle();
  return found;
}
const sourceIn = async (name: string) =>
  page.evaluate(
    (i) => labOfCells.shell.currentWidget.content.widgets[i]!.model.sharedModel.getSource(),
    await indexOf(name),
  );
const setSource = async (name: string, text: string) =>
  page.evaluate(
    ([i, source]) =>
      labOfCells.shell.currentWidget.content.widgets[i]!.model.sharedModel.setSource(source),
    [await indexOf(name), text] as const,
  );
const isHidden = async (name: string) =>
  page.evaluate(
    (i) => labOfCells.shell.currentWidget.content.widgets[i]!.inputHidden,
    await indexOf(name),
  );

const NOTE = "Drawn beforehand";

/** Two cells with previews, of which the second uses what the first defines. */
function previewsInARow() {
  const file = join(root, "lessons-src", id, "previews.json");
  const drawn = JSON.parse(readFileSync(file, "utf8")) as Record<string, { solved?: true }>;
  const needsNoExercise = (cell: string) => drawn[cell]?.solved === undefined;
  const previewed = cells.filter(({ id, note }) => note.startsWith(NOTE) && needsNoExercise(id));
  for (const [i, definer] of previewed.entries()) {
    const [, defined = "-"] = /^const (\w+)/m.exec(definer.source) ?? [];
    const user = previewed
      .slice(i + 1)
      .find(({ source }) => RegExp(`\\b${defined}\\b`).test(source));
    if (user) return { definer, user };
  }
  throw new Error(`${id} has no preview that needs the cell of another one`);
}
const { definer, user } = previewsInARow();
const hasRun = async (name: string) =>
  page.evaluate(
    (i) => labOfCells.shell.currentWidget.content.widgets[i]!.model.executionCount !== null,
    await indexOf(name),
  );

test("figures show before anything has run and say so, and their cells haven't run", async () => {
  for (const { id: name } of [definer, user]) {
    const found = await select(name);
    await found.getByText(NOTE).filter({ visible: true }).waitFor();
    await found.locator(".course-figure .main-svg").first().waitFor();
    expect(await hasRun(name)).toBe(false);
  }
});

test("cells are colored by the grammar of TypeScript, not of JavaScript", async () => {
  await page.locator(".jp-CodeCell .cm-line").first().waitFor();
  const i = await indexOf(exercise.id);
  const mime = await page.evaluate(
    (at) => labOfCells.shell.currentWidget.content.widgets[at]!.model.mimeType,
    i,
  );
  expect(mime).toBe("application/typescript");
});

test("a label above a preview has few words, and only the first one says what to do", () => {
  const [first = "", ...others] = cells.flatMap(({ note }) => (note === "" ? [] : [note]));
  expect(first).toContain("Run the cells down to it");
  expect(others.every((note) => note.length <= 40)).toBe(true);
});

/** Size and contrast of the words beside a preview, and the size of the caption below it. */
const smallPrint = (found: Locator) =>
  found.evaluate((node) => {
    const note = node.querySelector(".course-fold-note")!;
    const size = (e: Element) => parseFloat(getComputedStyle(e).fontSize);
    const numbers = (color: string) => color.match(/[\d.]+/g)!.map(Number);
    const light = (rgb: number[]) => {
      const linear = rgb.map((c) => (c > 10 ? ((c / 255 + 0.055) / 1.055) ** 2.4 : c / 3295));
      return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]! + 0.05;
    };
    const paper = numbers(getComputedStyle(node.closest(".jp-Notebook")!).backgroundColor);
    const [r, g, b, alpha = 1] = numbers(getComputedStyle(note).color);
    const ink = [r!, g!, b!].map((c, i) => alpha * c + (1 - alpha) * paper[i]!);
    const [dark, bright] = [light(ink), light(paper.slice(0, 3))].sort((a, z) => a - z);
    const caption = node.querySelector(".course-figure .gtitle, figcaption")!;
    return { size: size(note), caption: size(caption), contrast: bright! / dark! };
  });

test.each(["Light", "Dark"])(
  "the words behind the label of a preview's cell are small print: %s",
  async (name) => {
    await changeTheme(`JupyterLab ${name}`);
    const isLight = () => page.evaluate(() => document.body.dataset.jpThemeLight);
    await expect.poll(isLight).toBe(String(name === "Light"));
    const found = await select(definer.id);
    await found.locator(".course-figure .main-svg").first().waitFor();
    await found.getByText(NOTE).filter({ visible: true }).waitFor();
    const seen = await smallPrint(found);
    await changeTheme("JupyterLab Light");
    expect(seen.size).toBeLessThan(seen.caption);
    expect(seen.contrast).toBeGreaterThanOrEqual(4.5);
  },
);

test("imports and code that draws are folded, say what they are, and open by keyboard", async () => {
  for (const { id: name, mark } of cells) {
    expect(await isHidden(name)).toBe(mark.fold !== undefined);
  }
  const imports = (await select(setup.id)).getByRole("button", { name: "Show the code: imports" });
  await imports.waitFor();
  await imports.focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => isHidden(setup.id)).toBe(false);
  expect(await sourceIn(setup.id)).toBe(setup.source); // Enter was not typed into it
});

test("a cell that ran too early stays folded, keeps its figure, and leads with what helps", async () => {
  const early = await run(user.id); // nothing before it has run
  const [outputs, missing] = [early.locator(".jp-OutputArea"), early.locator(".course-missing")];
  await missing.getByText(/^This cell uses \w+.* defined yet\.$/).waitFor();
  expect(await isHidden(user.id)).toBe(true);
  await early.locator(".course-figure .main-svg").first().waitFor();
  expect(await missing.locator("details[open]").count()).toBe(0);
  const shown = await outputs.innerText();
  for (const words of ["is not defined", "TypeScript"]) expect(shown).not.toContain(words);
  const order = await missing.evaluate((node) => [...node.children].map((one) => one.className));
  expect(order.findIndex((name) => name.includes("course-actions"))).toBe(1);
  await missing.getByText("Show the error").click();
  expect(await outputs.innerText()).toContain("is not defined");
  // what quotes code is as wide as code, so that a line's marks stay below it
  const width = await missing.locator("pre").evaluate(({ clientWidth }) => clientWidth);
  expect(width).toBeGreaterThan(690);
});

test("an exercise folds its docstring and its argument checks, and a click shows them", async () => {
  const found = await select(exercise.id);
  const folds = found.locator(".course-folded-lines");
  const labels = await folds.allInnerTexts();
  expect(labels[0]).toMatch(/^\d+ lines: (details, )?arguments?, result(, errors)?$/);
  expect(labels[1]).toMatch(/^\d+ lines check the arguments$/);
  for (let left = labels.length; left > 0; left--) {
    const before = await found.locator(".cm-line").count();
    const hidden = parseInt(await folds.first().innerText());
    await folds.first().click();
    await expect.poll(() => found.locator(".cm-line").count()).toBeGreaterThan(before);
    const shown = (await found.locator(".cm-line").count()) - before;
    expect([hidden, hidden - 1]).toContain(shown); // the label had a line of its own
    expect(await folds.count()).toBe(left - 1);
  }
  expect(await sourceIn(exercise.id)).toBe(exercise.source);
});

test("the code of an exercise and of its check begins at one edge, in 14 px", async () => {
  const edgeOf = async (id: string) =>
    (await cell(id))
      .locator(".cm-line")
      .first()
      .evaluate((line) => ({
        left: Math.round(line.getBoundingClientRect().left),
        size: getComputedStyle(line).fontSize,
      }));
  const edge = await edgeOf(exercise.id);
  expect(edge.size).toBe("14px");
  expect(await edgeOf(`${exercise.id}-check`)).toEqual(edge);
});

test("each folded line says what its code holds or does", async () => {
  const texts = await page
    .locator("[data-course-fold] .jp-PlaceholderText")
    .evaluateAll((all) => all.map(({ textContent }) => textContent));
  expect(texts.length).toBeGreaterThan(0);
  for (const text of texts) expect(text).toMatch(/^Show the code: \S|\?$/);
});

test("an unwritten exercise that ran says so between its cell and its check, and in no file", async () => {
  const found = await run(exercise.id);
  const line = found.getByRole("status").filter({ hasText: "is defined but not written yet" });
  await line.waitFor();
  const [code, words, check] = await Promise.all(
    [found.locator(".jp-InputArea-editor"), line, await cell(`${exercise.id}-check`)].map((one) =>
      one.boundingBox(),
    ),
  );
  expect(words!.x).toBeCloseTo(code!.x, 0);
  expect(words!.width).toBeCloseTo(code!.width, 0);
  expect(words!.y).toBeCloseTo(code!.y + code!.height, 0);
  expect(check!.y).toBeCloseTo(words!.y + words!.height, 0);
  await page.evaluate(() => labOfCells.commands.execute("docmanager:save"));
  expect(readFileSync(file, "utf8")).not.toContain("is defined but not written yet");
  const written = exercise.source.replace(/throw new Error\("not written yet.*/, "return x;");
  await setSource(exercise.id, written);
  await line.waitFor({ state: "detached" });
  await setSource(exercise.id, exercise.source);
});

/** The letters with a color in a cell's editor, and their least contrast with its ground. */
const lettersIn = (found: Locator) =>
  found.locator(".course-colored-name").evaluateAll((all) => {
    const rgb = (color: string) => {
      const context = document.createElement("canvas").getContext("2d", {
        willReadFrequently: true,
      })!;
      context.fillStyle = color;
      context.fillRect(0, 0, 1, 1);
      return Array.from(context.getImageData(0, 0, 1, 1).data.slice(0, 3), (c) => c / 255);
    };
    const linear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const light = (color: string) => {
      const [r, g, b] = rgb(color).map(linear) as [number, number, number];
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const font = (element: Element) => {
      const { fontFamily, fontSize, lineHeight } = getComputedStyle(element);
      return `${fontSize} ${lineHeight} ${fontFamily}`;
    };
    const contrasts = all.map((letter) => {
      const inner = letter.querySelector("*") ?? letter;
      const ground = getComputedStyle(letter.closest(".jp-InputArea-editor")!).backgroundColor;
      const [a, b] = [light(getComputedStyle(inner).color), light(ground)];
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    });
    return {
      text: all.map((letter) => letter.textContent).join(""),
      least: Math.min(...contrasts),
      sizes: [...new Set(all.map((letter) => font(letter)))],
      size: all.length > 0 ? font(all[0]!.closest(".cm-content")!) : "",
    };
  });

async function changeTheme(theme: string): Promise<void> {
  await page.evaluate(
    (name) =>
      (labOfCells.commands.execute as (id: string, args: object) => Promise<unknown>)(
        "apputils:change-theme",
        { theme: name },
      ),
    theme,
  );
  const light = String(theme.endsWith("Light"));
  await page.waitForFunction((l) => document.body.dataset.jpThemeLight === l, light);
  // JupyterLab takes its splash away twice where the next change comes before that
  await page.locator("#jupyterlab-splash").waitFor({ state: "detached" });
}

test("letters have their color in code, in both themes", async () => {
  const found = await select(exercise.id);
  await setSource(exercise.id, 'attend(q, cache.k, v, "q"); // q, k, v\nfor (const wq of w) f(k);');
  await expect.poll(async () => (await lettersIn(found)).text).toBe("qkvk");
  for (const theme of ["JupyterLab Dark", "JupyterLab Light"]) {
    await changeTheme(theme);
    await expect.poll(async () => (await lettersIn(found)).least).toBeGreaterThan(4.5);
    const { sizes, size } = await lettersIn(found);
    expect(sizes).toEqual([size]); // a larger letter would move its line
  }
  await setSource(exercise.id, "for (const k of q) f(k);");
  await expect.poll(async () => (await lettersIn(found)).text).toBe("");
  await setSource(exercise.id, "f(Q, K, V)");
  await expect.poll(async () => (await lettersIn(found)).text).toBe("QKV");
  await setSource(exercise.id, exercise.source);
});

test("a name is explained on hover and by Shift+Tab, and completed by Tab", async () => {
  await run(setup.id);
  const box = (await (
    await select(exercise.id)
  )
    .locator(".cm-line", { hasText: /^\s+\w+\("/ })
    .first()
    .boundingBox())!;
  const over = async () => {
    await page.mouse.move(box.x + 500, box.y + box.height / 2);
    await page.mouse.move(box.x + 34, box.y + box.height / 2, { steps: 3 });
    await page.waitForTimeout(1500);
    return page.locator(".course-hover code").allInnerTexts();
  };
  await expect.poll(over, { timeout: 60_000 }).toEqual([expect.stringMatching(/^\w+\(.*\): /s)]);
  await page.mouse.click(box.x + 34, box.y + box.height / 2);
  await page.keyboard.press("Shift+Tab");
  const tooltip = page.locator(".jp-Tooltip");
  expect(await tooltip.innerText()).toMatch(/^\s*\w+\(/);
  await page.keyboard.press("Escape");
  const [, word = ""] = /(\w+)\("/.exec(exercise.source) ?? [];
  expect(await completions(word.slice(0, -2))).toContain(word);
});

/** What Tab offers: JupyterLab asks the kernel. */
const completions = (code: string) =>
  page.evaluate(async (typed) => {
    const kernel = labOfCells.shell.currentWidget.sessionContext.session!.kernel!;
    const request = { code: typed, cursor_pos: typed.length };
    return (await kernel.requestComplete(request)).content.matches;
  }, code);

/** Expects that the lines of a solution are marked and in view, and that their editor has the focus. */
async function expectNewLines(): Promise<void> {
  const found = await cell(exercise.id);
  const lines = found.locator(".course-new-line");
  await lines.first().waitFor();
  await expect
    .poll(async () => {
      const line = (await lines.first().boundingBox())!;
      const view = (await page.locator(".jp-NotebookPanel:visible .jp-Notebook").boundingBox())!;
      return line.y >= view.y && line.y + line.height <= view.y + view.height;
    })
    .toBe(true);
  const hasFocus = (e: Element) => e.contains(document.activeElement);
  expect(await found.locator(".cm-content").evaluate(hasFocus)).toBe(true);
}

/** Expects whether the exercise's report says that it is from before an edit. */
const expectStale = async (is: boolean) => {
  const stale = (await cell(`${exercise.id}-check`)).locator("[data-course-stale]");
  await expect.poll(() => stale.count()).toBe(is ? 1 : 0);
};

test("a wrong answer is drawn beside the right one; hint, solution, undo, and on with ours", async () => {
  const name = exercise.mark.name!;
  const wrong = exercise.source.replace(/throw new Error\("not written yet.*\n/, "return x;\n");
  await setSource(exercise.id, wrong);
  await run(exercise.id);
  const check = await run(`${exercise.id}-check`);
  const report = check.locator(".course-check");
  await report.locator('table[aria-label="yours"]').waitFor();
  const edges = await report.evaluate((top) =>
    [top, ...top.querySelectorAll("div")]
      .filter((part) => part.clientLeft >= 4)
      .map((e) => e === top),
  );
  expect(edges).toEqual([true]); // one edge from the headline to the buttons
  const put = report.getByRole("button", { name: "Put the solution into the cell" });
  expect(await put.getAttribute("title")).toContain("Replaces your code");
  const goOn = report.getByRole("button", { name: "Go on with the course's version" });
  expect(await goOn.getAttribute("title")).toContain("Keeps your code");
  await report
    .getByText(`uses the course's ${name} in the rest of the lesson. Your code`)
    .waitFor();
  const left = async () => (await put.boundingBox())!.x;
  const next = report.getByRole("button", { name: /^(Show hint|No more hints)/ });
  const hints = report.locator(".course-check-hint");
  const onCard = (await select(exercise.id))
    .locator("xpath=preceding-sibling::*[1]")
    .locator("summary");
  await onCard.filter({ hasText: "Hint 1 of" }).click();
  await expect.poll(() => next.innerText()).toMatch(/^Show hint 2 of/); // one of both is enough
  await hints.getByText("Hint 1 of").waitFor(); // and both show it
  await onCard.filter({ hasText: "Hint 1 of" }).click();
  await expect.poll(() => hints.count()).toBe(0);
  const before = await left();
  for (let i = 2; (await next.innerText()) !== "No more hints"; i++) {
    await next.click();
    await hints.getByText(`Hint ${i} of`).waitFor();
    const chip = onCard.filter({ hasText: `Hint ${i} of` }).locator("xpath=..");
    await expect.poll(() => chip.getAttribute("open")).not.toBe(null);
  }
  expect(await hints.count()).toBeGreaterThan(1);
  expect(await report.locator(".course-hints").isVisible()).toBe(false); // all are in one place
  expect(await left()).toBeCloseTo(before, 0); // nothing comes where one clicks
  await next.click();
  expect(await page.getByRole("button", { name: "Cancel" }).count()).toBe(0);

  await put.click();
  await page.getByRole("button", { name: "Cancel" }).click();
  expect(await sourceIn(exercise.id)).toBe(wrong);
  await report.getByRole("button", { name: "Put the solution into the cell" }).click();
  await page.getByRole("button", { name: "Put it there" }).click();
  await expect.poll(() => sourceIn(exercise.id), { timeout: 60_000 }).not.toBe(wrong);
  const solution = await sourceIn(exercise.id);
  expect(solution).toContain(`function ${name}(`);
  expect(solution).not.toMatch(/^import|not written yet/m);
  await expectNewLines();
  await expectStale(true); // the report is about what was there before
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => sourceIn(exercise.id)).toBe(wrong);
  await expectStale(false);

  await (await select(`${exercise.id}-check`)).scrollIntoViewIfNeeded();
  await report.getByRole("button", { name: /^Go on with the course/ }).click();
  await report.getByText(`the lesson uses the course's ${name}`).waitFor();
  expect(
    await page.evaluate(
      (i) => labOfCells.shell.currentWidget.content.widgets[i]!.model.sharedModel.getSource(),
      (await indexOf(`${exercise.id}-check`)) + 1,
    ),
  ).toContain(`import { ${name} } from "solutions";`);
  await run(`${exercise.id}-check`);
  await (await cell(`${exercise.id}-check`)).getByText("not yours, so nothing counts").waitFor();
  const count = () => page.evaluate(() => labOfCells.shell.currentWidget.content.widgets.length);
  const withImport = await count();
  await setSource(exercise.id, solution);
  await run(exercise.id);
  const passed = await run(`${exercise.id}-check`);
  await passed.getByText(`The lesson uses your ${name} again`).waitFor();
  expect(await count()).toBe(withImport - 1); // the course's version would replace the student's
});

test("text that gives a guess away is folded before the question runs, until a click", async () => {
  const asks = cells.findIndex(({ source }) => source.includes("await guess("));
  const isText = ({ mark }: { mark: CellMark }) => mark.role === "text";
  const text = cells[cells.findIndex((one, i) => i > asks && isText(one))]!;
  await select(cells[asks]!.id);
  const reading = (await cell(text.id)).locator(".jp-RenderedMarkdown");
  const shows = () => reading.locator("p").first().isVisible();
  await expect.poll(shows).toBe(false);
  await reading.click();
  await expect.poll(shows).toBe(true);
});

/** How far a figure stands below the top of its cell's outputs. */
const figurePlace = async (name: string) => {
  const found = await select(name);
  await found.locator(".course-figure .main-svg").first().waitFor();
  return found.evaluate((node) => {
    const top = (selector: string) => node.querySelector(selector)!.getBoundingClientRect().top;
    return Math.round(top(".course-figure .main-svg") - top(".jp-Cell-outputWrapper"));
  });
};

test("a preview doesn't count as a run: what a cell needs runs, and draws itself", async () => {
  const place = await figurePlace(definer.id);
  const found = await run(user.id);
  await found.locator(".course-missing").waitFor();
  expect(await found.getByText(NOTE).count()).toBe(0);
  await found.getByRole("button", { name: /^Run the .*that it needs/ }).click();
  await expect.poll(() => hasRun(definer.id), { timeout: 60_000 }).toBe(true);
  await idle();
  for (const { id: name } of [definer, user]) {
    const ran = await select(name);
    await ran.locator(".course-figure .main-svg").first().waitFor();
    expect(await ran.getByText(NOTE).count()).toBe(0);
  }
  expect(await figurePlace(definer.id)).toBe(place);
});

test("a folded cell that fails by a fault of its own opens itself", async () => {
  await setSource(user.id, 'throw new Error("a fault of its own");');
  const failing = await run(user.id);
  await expect.poll(() => isHidden(user.id)).toBe(false);
  expect(await failing.locator(".jp-OutputArea").innerText()).toContain("a fault of its own");
  await setSource(user.id, user.source);
});

/** The characters of a typical and of the longest line of text, and what is wider than the notebook. */
const measure = () =>
  page.evaluate(() => {
    const notebook = document.querySelector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook")!;
    const letters: number[] = []; // of each line but the last of its paragraph
    const text = ".jp-RenderedMarkdown > p, .jp-RenderedMarkdown li";
    for (const block of Array.from(notebook.querySelectorAll(text))) {
      const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      const lines = new Map<number, number>();
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.parentElement!.closest("mjx-container, code, pre")) continue;
        for (let i = 0; i < node.textContent!.length; i++) {
          const range = document.createRange();
          range.setStart(node, i);
          range.setEnd(node, i + 1);
          const { top, height, width } = range.getBoundingClientRect();
          const line = Math.round((top + height / 2) / 10);
          // The space at which a line breaks is not drawn.
          if (height > 0 && width > 0) lines.set(line, (lines.get(line) ?? 0) + 1);
        }
      }
      letters.push(...[...lines.values()].slice(0, -1));
    }
    const scrolled = notebook.querySelector(".jp-WindowedPanel-outer") ?? notebook;
    letters.sort((a, b) => a - b);
    const [typical, longest] = [letters.at(letters.length / 2), letters.at(-1)];
    return { typical, longest, overflow: scrolled.scrollWidth - scrolled.clientWidth };
  });

/** Where text, tables, cards, code and figures begin, in pixels of the page. */
const leftEdges = () =>
  page.evaluate(() => {
    const text = ".jp-MarkdownCell .jp-RenderedMarkdown > :is(p, h2, table)";
    const found = document.querySelectorAll(
      `${text}, .jp-InputArea-editor, .jp-OutputArea-output.course-figure`,
    );
    const cards = ":is([data-course-task], [data-course-question], [data-course-written])";
    const boxes = [...found].map((element) => {
      const card = element.closest(`${cards} .jp-RenderedMarkdown`); // what it holds is inside
      return (card ?? element).getBoundingClientRect();
    });
    const isDrawn = ({ width, height }: DOMRect) => width > 0 && height > 0;
    return [...new Set(boxes.filter(isDrawn).map(({ left }) => Math.round(left)))];
  });

test.each([1920, 1366, 900])(
  "at %i pixels, a line of text has about 80 characters at most, and all text begins at one edge",
  async (width) => {
    await page.setViewportSize({ width, height: 1000 });
    await select(cells[0]!.id);
    await page.waitForTimeout(300);
    const { typical, longest, overflow } = await measure();
    expect(typical).toBeGreaterThan(30);
    expect(typical).toBeLessThanOrEqual(80);
    expect(longest, "letters differ in width").toBeLessThanOrEqual(90);
    expect(overflow).toBeLessThanOrEqual(0);
    expect(await leftEdges()).toHaveLength(1);
  },
);

test.each(["JupyterLab Dark", "JupyterLab Light"])(
  "%s: folds and reports are accessible",
  async (theme) => {
    await page.setViewportSize({ width: 1366, height: 1000 });
    await changeTheme(theme);
    await setSource(exercise.id, exercise.source);
    await run(exercise.id);
    await run(`${exercise.id}-check`);
    await page.locator(".course-check").waitFor();
    await page.evaluate(axe.source);
    const found = await page.evaluate(async () => {
      const include = [[".course-check"], [".jp-InputPlaceholder"]];
      const runner = globalThis as unknown as {
        axe: { run(context: object): Promise<{ violations: { id: string }[] }> };
      };
      return (await runner.axe.run({ include })).violations.map((violation) => violation.id);
    });
    expect(found).toEqual([]);
  },
);

test("a line above outputs says that a function which fails its check made them", async () => {
  // another exercise, since a failed check shows the next hint of its own
  const other = cells.find(({ id: own, mark }) => mark.role === "exercise" && own !== exercise.id)!;
  const name = other.mark.name!;
  const check = `${other.id}-check`;
  const throws = /throw new Error\("not written yet.*/;
  await run(setup.id);
  await setSource(other.id, other.source.replace(throws, "return undefined as never;"));
  await run(other.id);
  await run(check);
  const at = cells.findIndex((one) => one.id === check);
  const user = cells.find(({ mark }, i) => i > at && mark.role === "demo")!;
  const doubt = (await cell(user.id)).locator("[data-course-doubt]");
  await setSource(user.id, `${name}.length;`);
  await run(user.id);
  await doubt.waitFor();
  await run(other.id); // the function now hasn't been checked
  await run(user.id);
  await doubt.waitFor({ state: "detached" });
  await run(check); // it comes after what it doubts
  await doubt.waitFor();
  expect(await doubt.getAttribute("data-course-doubt")).toBe(
    `This comes from your ${name}, which fails its check.`,
  );
  await setSource(user.id, "1 + 1;");
  await run(user.id);
  await doubt.waitFor({ state: "detached" });
  await setSource(user.id, user.source);
  await setSource(other.id, other.source);
});

/** Writes the settings of cells, which JupyterLab reads when it opens. */
const writeSettings = (raw: string) =>
  page.evaluate(
    ([address, text]) =>
      fetch(address, {
        method: "PUT",
        headers: { "X-XSRFToken": /_xsrf=([^;]+)/.exec(document.cookie)?.[1] ?? "" },
        body: JSON.stringify({ raw: text }),
      }).then(({ status }) => status),
    [lab.server.url("/lab/api/settings/foundation-models-lab:cells"), raw] as const,
  );

test("a saved output can't name code for a button, letters may have no color, no script failed", async () => {
  const evil = { version: 1, name: 'x"); evil(); ("', passed: false, hints: ["a"], shown: 0 };
  const output = {
    output_type: "display_data",
    metadata: {},
    data: { "application/vnd.course.check+json": evil, "text/plain": "✗ a report" },
  };
  const hostile = {
    ...shipped,
    cells: [
      { ...shipped.cells.find((c) => c.id === setup.id)!, outputs: [output] },
      { ...shipped.cells.find((c) => c.id === exercise.id)!, source: "attend(q, k, v)" },
    ],
  };
  writeFileSync(join(personal, "hostile.ipynb"), JSON.stringify(hostile));
  expect(await writeSettings('{ "colorLetters": false }')).toBe(204);
  await page.goto(lab.server.url(`/lab/workspaces/hostile-${Date.now()}/tree/hostile.ipynb`));
  await page.getByText("✗ a report").waitFor();
  expect(await page.locator(".course-actions").count()).toBe(0);
  await page.locator(".cm-line", { hasText: "attend(q, k, v)" }).waitFor();
  expect(await page.locator(".course-colored-name").count()).toBe(0);
  expect(await writeSettings("{}")).toBe(204);
  expect(lab.errors).toEqual([]);
});
