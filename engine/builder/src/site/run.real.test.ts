// needs: chromium sandbox lite
// level: all, but for: a reader's way
/**
 * Notebooks that run in the browser, as a reader has them: served from a subfolder by a plain static
 * server, with the headers that isolate a page and without.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { readManifest } from "grader/files";
import type { Browser, Download, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { readLessons } from "../lesson/lessons";
import type { ExerciseCell } from "../lesson/model";
import {
  launch,
  openNotebook,
  serveFolder,
  type CellOutput,
  type OpenNotebook,
  type Served,
} from "./lite.testing";
import { writeOffline } from "./offline";
import { writeJupyterLite } from "./jupyterLite";

const root = join(import.meta.dirname, "..", "..", "..", "..");
const work = join(root, ".local", "test", "run");
const ids = readManifest(root).lessons.map(({ id }) => id);
const [first] = ids as [string];
const later = ids.find((id) => id.startsWith("06-")) ?? ids.at(-1)!;
const lesson = readLessons(root, [first])[0]!;
const exercise = lesson.cells.find((cell): cell is ExerciseCell => cell.kind === "exercise")!;
const check = `${exercise.id}-check`;

let browser: Browser;
let isolated: Served;
let plain: Served;
const errors: string[] = [];
const outside: string[] = [];

beforeAll(async () => {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const base = "/some/course/";
  await writeJupyterLite(join(work, "site", "run"), { root, base });
  isolated = await serveFolder(join(work, "site"), base, true);
  plain = await serveFolder(join(work, "site"), base, false);
  browser = await launch();
}, 900_000);
afterAll(async () => {
  await browser?.close();
  isolated?.close();
  plain?.close();
});
beforeEach(() => {
  errors.length = 0;
});

/** A page of a reader who has not been here before. */
async function newPage(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  page.on("pageerror", (e) => errors.push(String(e)));
  page.on("request", (request) => {
    if (!["127.0.0.1", ""].includes(new URL(request.url()).hostname)) outside.push(request.url());
  });
  return page;
}

const failures = (outputs: CellOutput[]) =>
  outputs.flatMap(({ ename, evalue }) => (ename === undefined ? [] : [`${ename}: ${evalue}`]));
const textOf = (outputs: CellOutput[]) =>
  outputs.map(({ text, data }) => text ?? String(data?.["text/plain"] ?? "")).join("\n");

/** The open lesson, with how far the reader is. */
const progress = (page: Page) => page.locator(".jp-NotebookPanel:visible .course-row");

/** Waits until a cell has printed this: it runs. */
const printed = (page: Page, text: string) =>
  page.locator(".jp-OutputArea-output", { hasText: text }).waitFor();

/** Runs all code cells before one. */
async function runUpTo(notebook: OpenNotebook, id: string): Promise<void> {
  for (const cell of notebook.codes.slice(0, notebook.codes.indexOf(id))) await notebook.run(cell);
}

test("a reader's way: fail a check, fix it, reload, go on, stop a loop, download, be graded", async () => {
  const page = await newPage();
  let notebook = await openNotebook(page, first, isolated.url);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await runUpTo(notebook, exercise.id);
  await notebook.run(exercise.id);
  expect(textOf(await notebook.run(check))).toContain(exercise.name);
  await progress(page)
    .getByText(/0 of \d+ exercises/)
    .waitFor();

  await notebook.write(exercise.id, exercise.solution);
  expect(failures(await notebook.run(exercise.id))).toEqual([]);
  expect(textOf(await notebook.run(check))).toMatch(/all \d+ cases pass|passed/i);
  await progress(page)
    .getByText(/1 of \d+ exercises/)
    .waitFor();
  await notebook.save();

  await page.reload();
  notebook = await openNotebook(page, first);
  expect(await notebook.source(exercise.id)).toBe(exercise.solution);
  await progress(page)
    .getByText(/1 of \d+ exercises/)
    .waitFor();
  await notebook.write(check, 'import { doctor } from "course"; console.log(await doctor());');
  const threads = Math.min(8, availableParallelism());
  expect(textOf(await notebook.run(check))).toMatch(
    new RegExp(`WebAssembly +found .* GFLOP/s, ${threads} thread`),
  );
  await notebook.write(check, 'console.log("round and round"); for (;;) {}');
  const endless = notebook.run(check);
  await printed(page, "round and round");
  await notebook.command("notebook:interrupt-kernel");
  expect(failures(await endless).join()).toContain("its kernel was started again");
  await notebook.write(check, 'console.log("waits"); await new Promise(() => undefined)');
  const waiting = notebook.run(check);
  await printed(page, "waits");
  await notebook.command("notebook:interrupt-kernel");
  expect(failures(await waiting)).toEqual(["Interrupted: the cell was stopped"]);
  await notebook.write(check, "6 * 7");
  expect(textOf(await notebook.run(check))).toBe("42\n");
  await notebook.save();

  const file = join(work, "submissions", "reader.ipynb");
  const downloading = page.waitForEvent("download");
  await notebook.command("docmanager:download");
  await (await downloading).saveAs(file);
  const graded = grade(join(work, "submissions"));
  // it names what lost points
  expect(graded).toMatch(new RegExp(`reader\\.ipynb +${exercise.points}/`));
  expect(graded).not.toContain(exercise.name);
  expect(errors).toEqual([]);
  expect(outside).toEqual([]);
  await page.context().close();
}, 400_000);

test("the address of a lesson shows it; what a control asks, its kernel answers", async () => {
  const page = await newPage();
  const warnings: string[] = [];
  page.on("console", (said) => {
    if (said.text().includes("Unsatisfied version")) warnings.push(said.text());
  });
  await page.goto(`${plain.url}run/lab/index.html?path=${first}.ipynb`);
  await page.getByText("File → Download keeps a copy").waitFor(); // the home page would be there now
  await page.locator(".jp-NotebookPanel:visible .course-row").waitFor();
  const notebook = await openNotebook(page, first);
  const [one, two] = notebook.codes as [string, string];
  await notebook.write(
    one,
    'import { control, steps } from "course";\nlet factor = 2;\nawait control("A number times ' +
      'another.", { n: { input: "slider", from: 1, to: 9, step: 1, start: 3 } }, ({ n }) => ' +
      '"it is " + n * factor);',
  );
  expect(failures(await notebook.run(one))).toEqual([]);
  const input = page
    .locator('.jp-NotebookPanel:visible .jp-OutputArea input[type="range"]')
    .first();
  await input.press("ArrowRight");
  await page.getByText("it is 8").waitFor();
  await notebook.write(
    two,
    'const go = new Promise((r) => { new BroadcastChannel("go").onmessage = r; });\n' +
      'for await (const i of steps(3, "counting")) {\n' +
      "  await (i === 0 ? new Promise((r) => setTimeout(r, 150)) : go);\n}\nfactor = 5;",
  );
  const running = notebook.run(two);
  await page.getByText("counting: 1 of 3").waitFor(); // while the cell runs
  await page.evaluate(() => {
    new BroadcastChannel("go").postMessage("go");
  });
  await running;
  await page.getByText("counting: 3 of 3").waitFor();
  await input.press("ArrowRight");
  await page.getByText("it is 25").waitFor();
  expect(warnings).toEqual([]);
  expect(errors).toEqual([]);
  await page.context().close();
}, 400_000);

test("weights come in pieces: a cut one says so, the next run goes on, then none is asked for", async () => {
  const page = await newPage();
  const name = toyWeights();
  let left = 1;
  let asked = 0;
  await page.context().route("**/kernel/weights/*", (route) => {
    asked++;
    return left-- > 0 ? route.continue() : route.abort();
  });
  let notebook = await openNotebook(page, first, plain.url);
  const cell = notebook.codes[0]!;
  await notebook.write(
    cell,
    `import { weights } from "course";\nconst w = await weights("${name}");\n` +
      'console.log(w ? (await w["w"]!.array()).toString() : "none");',
  );
  const cut = textOf(await notebook.run(cell));
  expect(cut).toMatch(/MB, license/);
  expect(cut).toContain("Run this cell again to go on from there.");
  expect(cut).toMatch(/none\n$/);
  left = Infinity;
  expect(textOf(await notebook.run(cell))).toMatch(/kept in this browser.*\n1,2\n$/s);
  expect(asked).toBe(3); // two pieces, and the one that was cut
  await notebook.save();
  notebook = await openNotebook(page, first, plain.url);
  expect(textOf(await notebook.run(cell))).toBe("1,2\n");
  expect(asked).toBe(3);
  await page.context().close();
}, 400_000);

/**
 * Puts one small tensor in two pieces where weights of a real model would be, for one test.
 * @returns its name
 */
function toyWeights(): string {
  const header = '{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}';
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const numbers = Buffer.from(new Float32Array([1, 2]).buffer);
  const pieces = [Buffer.concat([length, Buffer.from(header)]), numbers];
  const kernel = join(work, "site", "run", "kernel");
  const hashes = pieces.map((piece) => {
    const hash = createHash("sha256").update(piece).digest("hex");
    writeFileSync(join(kernel, "weights", `${hash}.bin`), piece);
    return hash;
  });
  const entries = JSON.parse(readFileSync(join(root, "data", "weights.json"), "utf8")) as Record<
    string,
    { file: string }
  >;
  const isPlain = ([, { file }]: [string, { file: string }]) => file.endsWith(".safetensors");
  const [name, { file }] = Object.entries(entries).find(isPlain)!;
  const path = `.local/weights/${name}/${basename(file)}`;
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const table = join(kernel, "weights.json");
  const before = readFileSync(table);
  writeFileSync(table, JSON.stringify({ [path]: { bytes, pieces: hashes } }));
  onTestFinished(() => {
    writeFileSync(table, before);
  });
  return name;
}

test("full storage: one sentence, the file as a download, and nothing of the kept one is lost", async () => {
  const page = await newPage();
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...args: Parameters<typeof put>) {
      if ("isFull" in globalThis) throw new DOMException("no room", "QuotaExceededError");
      return put.apply(this, args);
    };
  });
  let notebook = await openNotebook(page, first, plain.url);
  await notebook.write(exercise.id, "// kept");
  await notebook.save();
  await page.evaluate(() => Object.assign(globalThis, { isFull: true }));
  await notebook.write(exercise.id, "// not kept");
  await expect(notebook.save()).rejects.toThrow("isn't saved: the browser's storage is full.");
  await page.locator(".jp-Dialog", { hasText: "the browser's storage is full" }).waitFor();
  await page.getByRole("button", { name: "Close" }).click();
  const downloading = page.waitForEvent("download");
  await page.getByText("Download it now", { exact: true }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe(`${first}.ipynb`);
  expect(readFileSync(await download.path(), "utf8")).toContain("// not kept");
  notebook = await openNotebook(page, first, plain.url);
  expect(await notebook.source(exercise.id)).toBe("// kept");
  await page.context().close();
}, 400_000);

test("tabs that a new browser opens at once all run; a save over another tab's asks first", async () => {
  const page = await newPage();
  const pages = [page];
  for (let i = 0; i < 3; i++) pages.push(await page.context().newPage());
  const warnings: string[] = [];
  for (const tab of pages) tab.on("console", (said) => warnings.push(said.text()));
  const lessons = [first, first, first, later];
  const open = (tab: Page, i: number) => openNotebook(tab, lessons[i]!, plain.url);
  const tabs = await Promise.all(pages.map(open));
  for (const tab of tabs) {
    await tab.write(tab.codes[0]!, "6 * 7");
    expect(textOf(await tab.run(tab.codes[0]!))).toBe("42\n");
  }
  expect(warnings.filter((text) => /database/i.test(text))).toEqual([]);

  // on a busy machine these tabs have saved by themselves by now, each over the others
  const fresh = [await page.context().newPage(), await page.context().newPage()];
  await Promise.all(pages.map((tab) => tab.close()));
  const [one, two] = (await Promise.all(
    fresh.map((tab) => openNotebook(tab, first, plain.url)),
  )) as [OpenNotebook, OpenNotebook];
  await one.write(exercise.id, "// by the first tab");
  await one.save();
  await two.write(exercise.id, "// by the second tab");
  const saving = two.save().catch(() => undefined);
  const dialog = fresh[1]!.locator(".jp-Dialog", { hasText: "has changed on disk" });
  await dialog.getByRole("button", { name: "Revert" }).click();
  await saving;
  await expect.poll(() => two.source(exercise.id), { timeout: 60_000 }).toBe("// by the first tab");
  expect(errors).toEqual([]);
  await fresh[0]!.context().close();
}, 600_000);

test("a download comes back into a cleared browser; what isn't this lesson is refused in words", async () => {
  const away = await newPage();
  let notebook = await openNotebook(away, first, plain.url);
  await notebook.write(exercise.id, "// mine");
  await notebook.save();
  const downloading = away.waitForEvent("download");
  await notebook.command("docmanager:download");
  const file = { name: `${first}.ipynb`, mimeType: "", buffer: await bytesOf(await downloading) };
  await away.context().close();

  const page = await newPage();
  notebook = await openNotebook(page, first, plain.url);
  await upload(page, { ...file, buffer: file.buffer.subarray(0, 5000) });
  await refused(page, `${first}.ipynb isn't a whole notebook`);
  await upload(page, { ...file, name: `${later}.ipynb` });
  await refused(page, `${later}.ipynb holds lesson ${first}`);
  expect(await notebook.source(exercise.id)).not.toBe("// mine");
  await upload(page, file);
  await page.locator(".jp-Dialog").getByRole("button", { name: "Overwrite" }).click();
  const source = () => notebook.source(exercise.id); // where it is open
  await expect.poll(source, { timeout: 60_000 }).toBe("// mine");
  await notebook.write(exercise.id, "// mine, and more");
  await notebook.save(); // without a question
  expect(await page.locator(".jp-Dialog").count()).toBe(0);
  expect(errors).toEqual([]);
  await page.context().close();
}, 400_000);

interface Upload {
  name: string;
  mimeType: string;
  buffer: Buffer;
}
const bytesOf = async (download: Download): Promise<Buffer> => readFileSync(await download.path());

async function upload(page: Page, file: Upload): Promise<void> {
  await page.evaluate(async () => {
    await jupyterlite.commands.execute("filebrowser:activate");
  });
  const button = page.getByRole("button", { name: "Upload Files" });
  const [choosing] = await Promise.all([page.waitForEvent("filechooser"), button.click()]);
  await choosing.setFiles(file);
}

async function refused(page: Page, sentence: string): Promise<void> {
  const dialog = page.locator(".jp-Dialog", { hasText: sentence });
  await dialog.getByRole("button", { name: "Close" }).click();
  await dialog.waitFor({ state: "detached" });
}

test("a cell that is run before its notebook has a kernel waits for it", async () => {
  const page = await newPage();
  await page.goto(`${plain.url}run/lab/index.html?path=${first}.ipynb`);
  await page.waitForFunction(() => "jupyterapp" in globalThis);
  await page.evaluate(runAtOnce, `${first}.ipynb`);
  await printed(page, "42");
  expect(await page.locator(".jp-Dialog").count()).toBe(0);
  await page.context().close();
}, 400_000);

/** Runs in the page: a cell of a notebook, as soon as it shows */
async function runAtOnce(path: string): Promise<void> {
  const lab = (globalThis as unknown as { jupyterapp: typeof jupyterlite }).jupyterapp;
  const search = () =>
    [...lab.shell.widgets("main")].find((w) => w.context?.path === path && w.sessionContext);
  while (!search()) await new Promise((resolve) => setTimeout(resolve, 1));
  const panel = search()!;
  await panel.context!.ready;
  await panel.revealed;
  lab.shell.activateById(panel.id);
  const { content } = panel;
  const cell = () => content.model.cells.get(content.activeCellIndex);
  for (content.activeCellIndex = 0; cell().type !== "code";) content.activeCellIndex++;
  cell().sharedModel.setSource("6 * 7");
  await lab.commands.execute("notebook:run-cell");
}

test("a browser that opens no storage says so, and cells run", async () => {
  const page = await newPage();
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("no storage", "SecurityError");
    };
  });
  const notebook = await openNotebook(page, first, plain.url);
  await page.getByText("This browser keeps no files.").waitFor();
  await notebook.write(notebook.codes[0]!, "6 * 7");
  expect(textOf(await notebook.run(notebook.codes[0]!))).toBe("42\n");
  await page.context().close();
}, 400_000);

function grade(folder: string): string {
  const command = [join(root, "engine", "cli", "bin", "course.mjs"), "grade", folder];
  return execFileSync(process.execPath, [...command, "--out", join(work, "grades")], {
    env: { ...process.env, COURSE_ROOT: root },
    encoding: "utf8",
  });
}

test("notes on types come under their own cells, and not under what has run again since", async () => {
  const page = await newPage();
  const notebook = await openNotebook(page, first, plain.url);
  const cells = notebook.codes.slice(0, 3);
  const runAs = async (id: string, code: string) => {
    await notebook.write(id, code);
    await notebook.run(id);
  };
  const wrong = (name: string) => `const ${name}: number = "a text";`;
  const [one, two, three] = cells as [string, string, string];
  await runAs(one, wrong("wrong1")); // types are not known yet
  await runAs(one, "const right = 1;");
  await runAs(two, wrong("wrong2"));
  await runAs(three, wrong("wrong3"));
  const noted = async (id: string) => /const (\w+)/.exec(textOf(await notebook.outputs(id)))?.[1];
  const notes = () => Promise.all(cells.map(noted));
  await expect.poll(notes, { timeout: 120_000 }).toEqual([undefined, "wrong2", "wrong3"]);
  expect(errors).toEqual([]);
  await page.context().close();
}, 400_000);

test("without isolation a later lesson runs as shipped, in at most 25 MB", async () => {
  const page = await newPage();
  const before = plain.sent.bytes;
  const notebook = await openNotebook(page, later, plain.url);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  const said: string[] = [];
  for (const id of notebook.codes) said.push(...failures(await notebook.run(id)));
  // the stubs throw, and what uses them
  expect(said.filter((text) => !/not written yet|not defined/.test(text))).toEqual([]);
  expect(plain.sent.bytes - before).toBeLessThan(25e6);
  expect(errors).toEqual([]);
  await page.context().close();
}, 600_000);

test("a new release comes into the kept copy cell by cell, and what the reader wrote stays", async () => {
  const page = await newPage();
  await writeOffline(join(work, "site"));
  let notebook = await openNotebook(page, first, plain.url);
  await notebook.write(exercise.id, "// mine");
  await notebook.save();
  const text = lesson.cells.find(({ kind }) => kind === "text")!.id;
  const before = await notebook.source(text);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  const [oldCache] = await page.evaluate(() => caches.keys());
  const undo = release(first, text, "A sentence of the new release.");
  try {
    await writeOffline(join(work, "site"));
    // by its address: what is open is kept only after a moment
    notebook = await openNotebook(page, first, plain.url);
    expect(await notebook.source(text)).toBe("A sentence of the new release.");
    expect(await notebook.source(exercise.id)).toBe("// mine");
    const kept = () => page.evaluate(() => caches.keys());
    await expect.poll(kept, { timeout: 240_000 }).not.toContain(oldCache);
    notebook = await openNotebook(page, first, plain.url);
    expect(await notebook.source(exercise.id)).toBe("// mine");
    // and a reader who has written nothing gets it anyway
    const otherPage = await newPage();
    const other = await openNotebook(otherPage, first, plain.url);
    expect(await other.source(text)).toBe("A sentence of the new release.");
    await otherPage.context().close();
  } finally {
    undo();
    rmSync(join(work, "site", "service-worker.js"));
  }
  expect(before).not.toBe("");
  await page.context().close();
}, 600_000);

/** Changes a cell of a served notebook, as a later build of the site does. @returns what undoes it */
function release(id: string, cell: string, source: string): () => void {
  const run = join(work, "site", "run");
  const files = [join(run, "files", `${id}.ipynb`), join(run, "kernel", "release.json")];
  const [notebookFile, releaseFile] = files as [string, string];
  const kept = files.map((file) => readFileSync(file));
  const notebook = JSON.parse(kept[0]!.toString()) as {
    cells: { id: string; source: string }[];
    metadata: { course: { release: string } };
  };
  notebook.cells.find((one) => one.id === cell)!.source = source;
  notebook.metadata.course.release = "the next one";
  writeFileSync(notebookFile, JSON.stringify(notebook));
  const releases = JSON.parse(kept[1]!.toString()) as Record<string, string>;
  writeFileSync(releaseFile, JSON.stringify({ ...releases, [`${id}.ipynb`]: "the next one" }));
  return () => files.forEach((file, i) => writeFileSync(file, kept[i]!));
}

test("the notebooks are the committed ones, cell for cell", () => {
  const read = (file: string) =>
    (JSON.parse(readFileSync(file, "utf8")) as { cells: { source: unknown; id: string }[] }).cells;
  for (const id of ids) {
    const run = read(join(work, "site", "run", "files", `${id}.ipynb`));
    const shipped = read(join(root, "notebooks", `${id}.ipynb`));
    expect(run.map((cell) => [cell.id, cell.source])).toEqual(
      shipped.map((cell) => [cell.id, cell.source]),
    );
  }
});
