/** The service worker of a site: browser/serviceWorker.ts with the list of the site's files. */
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { browserCode } from "views/bundle";
import { SITE_MARKER } from "./folder.js";

/** It isn't in its own list, and JupyterLite's of the same name is off. */
const WORKER = "service-worker.js";
const WORKER_SOURCE = new URL("../../src/site/browser/serviceWorker.ts", import.meta.url);

/** Pages to read and what they share, without their figures. */
const isPageFile = (path: string) =>
  !/^(run|slides|figures)\/|^\.nojekyll$/.test(path) && path !== SITE_MARKER;
/** What a notebook needs besides JupyterLite, which is kept as it is loaded. */
const isKernelFile = (path: string) => /^run\/(kernel|api|extensions)\//.test(path);
const isNotebook = (path: string) => /^run\/files\/[^/]+\.ipynb$/.test(path);
const isData = (path: string) => path.startsWith("run/kernel/files/");

/** The kernel keeps weights by itself, piece by piece. */
const WEIGHTS = /^run\/kernel\/weights\//;

/** Writes service-worker.js for all files of the folder, which must be whole. */
export async function writeOffline(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && entry.name !== WORKER)
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((name) => name.split(sep).join("/"))
    .filter((name) => !WEIGHTS.test(name))
    .sort();
  const files: Record<string, string> = {};
  const notebooks = new Map<string, string>();
  for (const name of names) {
    const content = await readFile(join(folder, name));
    files[name] = shortHash(content);
    if (isNotebook(name)) notebooks.set(name, content.toString("utf8"));
  }
  const kernel = names.filter(isKernelFile);
  const { needs, always } = filesByNotebook(notebooks, kernel.filter(isData));
  const number = new Map(names.map((name, i) => [name, i]));
  const numbers = (some: string[]) => some.map((name) => number.get(name));
  const site = JSON.stringify({
    version: shortHash(JSON.stringify(files)),
    files,
    read: numbers(names.filter(isPageFile)),
    kernel: numbers([...kernel.filter((name) => !isData(name)), ...always]),
    needs: Object.fromEntries(Object.entries(needs).map(([name, some]) => [name, numbers(some)])),
  });
  const code = browserCode(WORKER_SOURCE, { minify: true });
  await writeFile(join(folder, WORKER), `self.SITE=${site};\n${code}`);
}

/**
 * Which files a notebook names: "shakespeare" stands for data/shakespeare.txt.gz.bin, and "letters-",
 * as in `letters-${name}`, for all files whose names begin with it.
 * @returns needs: by notebook; always: what none names, so that any may read it
 */
export function filesByNotebook(notebooks: Map<string, string>, paths: string[]) {
  const needs: Record<string, string[]> = {};
  const named = new Set<string>();
  for (const [notebook, text] of notebooks) {
    const words = new Set(text.match(/[\w-]+/g));
    needs[notebook] = paths.filter((path) => namesOf(path).some((name) => words.has(name)));
    for (const path of needs[notebook]) named.add(path);
  }
  return { needs, always: paths.filter((path) => !named.has(path)) };
}

/** A file's name up to its first dot, and its beginnings: a-b-c.txt has a-b-c, a- and a-b-. */
function namesOf(path: string): string[] {
  const stem = path.slice(path.lastIndexOf("/") + 1).replace(/\..*$/, "");
  const beginnings = [...stem.matchAll(/-/g)].map(({ index }) => stem.slice(0, index + 1));
  return [stem, ...beginnings];
}

const shortHash = (content: string | Buffer): string =>
  createHash("sha256").update(content).digest("hex").slice(0, 12);
