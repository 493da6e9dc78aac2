/** A site's run/ in a browser, for tests: a plain static server, a notebook of JupyterLite. */
import { createServer } from "node:http";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { chromiumFlags, findChromium } from "../chromium";
import { inTime } from "../inTime.testing";
import { writeOffline } from "./offline";

const TYPES: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".ipynb": "application/json",
};

export interface Served {
  /** The address of the site, with a / at its end. */
  url: string;
  /** What was sent so far. */
  sent: { bytes: number; files: number };
  close(): void;
}

/**
 * Serves a folder at a path.
 * @param isolated whether with the headers that make a page cross-origin isolated
 */
export async function serveFolder(
  folder: string,
  base: string,
  isolated: boolean,
): Promise<Served> {
  await exposeApp(folder);
  const sent = { bytes: 0, files: 0 };
  const server = createServer((request, answer) => {
    const path = decodeURIComponent(new URL(request.url!, "http://localhost").pathname);
    const file = path.startsWith(base) ? fileOf(join(folder, path.slice(base.length))) : undefined;
    if (isolated) {
      answer.setHeader("Cross-Origin-Opener-Policy", "same-origin");
      answer.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    }
    if (file === undefined) return void answer.writeHead(404).end();
    // as plain servers do: what the browser has isn't sent again
    const changed = statSync(file).mtime.toUTCString();
    answer.setHeader("Last-Modified", changed);
    if (request.headers["if-modified-since"] === changed) return void answer.writeHead(304).end();
    const bytes = readFileSync(file);
    sent.bytes += bytes.length;
    sent.files++;
    answer.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" });
    answer.end(bytes);
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      const close = () => {
        server.closeAllConnections();
        server.close();
      };
      resolve({ url: `http://127.0.0.1:${port}${base}`, sent, close });
    });
  });
}

function fileOf(path: string): string | undefined {
  const file = existsSync(path) && statSync(path).isDirectory() ? join(path, "index.html") : path;
  return existsSync(file) ? file : undefined;
}

/**
 * Changes the site's settings so that its pages expose JupyterLab's objects to tests, and writes the
 * service worker again, which knows the hash of the settings.
 */
async function exposeApp(folder: string): Promise<void> {
  const file = join(folder, "run", "jupyter-lite.json");
  if (!existsSync(file)) return;
  const settings = JSON.parse(readFileSync(file, "utf8")) as { "jupyter-config-data": object };
  if ("exposeAppInBrowser" in settings["jupyter-config-data"]) return;
  Object.assign(settings["jupyter-config-data"], { exposeAppInBrowser: true });
  writeFileSync(file, JSON.stringify(settings));
  if (existsSync(join(folder, "service-worker.js"))) await writeOffline(folder);
}

export const launch = (flags: string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath: findChromium(), args: [...chromiumFlags, ...flags] });

export interface CellOutput {
  output_type: string;
  name?: string;
  text?: string;
  ename?: string;
  evalue?: string;
  traceback?: string[];
  data?: Record<string, unknown>;
}

/** What the tests use of JupyterLab. */
interface Panel {
  id: string;
  context?: { path: string; ready: Promise<unknown>; save(): Promise<unknown> };
  revealed: Promise<unknown>;
  sessionContext?: { ready: Promise<unknown> };
  content: {
    activeCellIndex: number;
    model: { cells: { length: number; get(i: number): Model } };
  };
}
interface Model {
  type: string;
  id: string;
  sharedModel: { source: string; setSource(text: string): void };
  outputs?: { toJSON(): CellOutput[] };
}
interface Lab {
  commands: { execute(name: string, args?: object): Promise<unknown> };
  shell: { widgets(area: string): Iterable<Panel>; activateById(id: string): void };
}

/** What a page has for the tests once a notebook is ready. */
interface NotebookHandle {
  codes: string[];
  run(id: string): Promise<CellOutput[]>;
  outputs(id: string): CellOutput[];
  source(id: string): string;
  write(id: string, text: string): void;
  save(): Promise<unknown>;
}
declare global {
  var opened: NotebookHandle;
  var jupyterlite: Lab;
}

/** What is asked of a page, in whichever browser. */
export type Tab = Pick<Page, "goto" | "evaluate" | "waitForFunction">;

/** A notebook that is open in a page. */
export interface OpenNotebook {
  /** Ids of its code cells in order. */
  codes: string[];
  /** Runs a cell by its id. @returns its outputs once it has ended */
  run(id: string): Promise<CellOutput[]>;
  /** What a cell shows by now. */
  outputs(id: string): Promise<CellOutput[]>;
  source(id: string): Promise<string>;
  write(id: string, text: string): Promise<void>;
  save(): Promise<void>;
  command(name: string): Promise<void>;
}

/** Opens a lesson, or waits for it after a reload where no address is given. */
export async function openNotebook(page: Tab, id: string, url?: string): Promise<OpenNotebook> {
  const query = `?path=${id}.ipynb&workspace=${id}`;
  if (url !== undefined) await page.goto(`${url}run/lab/index.html${query}`);
  await page.waitForFunction(() => "jupyterapp" in globalThis, undefined, { timeout: 240_000 });
  await inTime(page, `${id} is ready`, page.evaluate(becomeReady, `${id}.ipynb`));
  return {
    codes: await page.evaluate(() => opened.codes),
    run: (cell) =>
      inTime(
        page,
        `cell ${cell} ends`,
        page.evaluate((name) => opened.run(name), cell),
      ),
    outputs: (cell) => page.evaluate((name) => opened.outputs(name), cell),
    source: (cell) => page.evaluate((name) => opened.source(name), cell),
    write: (cell, text) =>
      page.evaluate(({ name, to }) => opened.write(name, to), { name: cell, to: text }),
    save: () =>
      inTime(
        page,
        "the notebook is saved",
        page.evaluate(async () => void (await opened.save())),
      ),
    command: (name) =>
      inTime(
        page,
        name,
        page.evaluate(async (command) => void (await jupyterlite.commands.execute(command)), name),
      ),
  };
}

/** Runs in the page: waits for the notebook and its kernel, and leaves `opened`. */
async function becomeReady(path: string): Promise<void> {
  const lab = (globalThis as unknown as { jupyterapp: Lab }).jupyterapp;
  const search = () =>
    [...lab.shell.widgets("main")].find((w) => w.context?.path === path && w.sessionContext);
  for (const end = Date.now() + 120_000; !search();) {
    if (Date.now() > end) throw new Error(`${path} did not open`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const panel = search()!;
  await panel.context!.ready;
  lab.shell.activateById(panel.id); // whoever has touched no cell comes back to the home page
  await panel.revealed;
  await panel.sessionContext!.ready;
  const { content } = panel;
  const cells = () =>
    Array.from({ length: content.model.cells.length }, (_, i) => content.model.cells.get(i));
  const find = (id: string) => cells().find((cell) => cell.id === id)!;
  const outputs = (id: string) => find(id).outputs?.toJSON() ?? [];
  globalThis.jupyterlite = lab;
  globalThis.opened = {
    codes: cells().flatMap(({ id, type }) => (type === "code" ? [id] : [])),
    async run(id) {
      lab.shell.activateById(panel.id);
      content.activeCellIndex = cells().findIndex((cell) => cell.id === id);
      await lab.commands.execute("notebook:run-cell");
      return outputs(id);
    },
    outputs,
    source: (id) => find(id).sharedModel.source,
    write: (id, text) => {
      find(id).sharedModel.setSource(text);
    },
    save: () => panel.context!.save(),
  };
}
