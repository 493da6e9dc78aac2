/** The service worker of a site: browser/serviceWorker.js with the list of the site's files. */
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { browserCode } from "../browserCode.js";
import { MARK } from "./folder.js";

/** It isn't in its own list, and JupyterLite's of the same name is off. */
const WORKER = "service-worker.js";
const CODE = new URL("../../src/site/browser/serviceWorker.js", import.meta.url);

/** What a reader needs at once; slides and notebooks are kept when they are first used. */
const isRead = (path: string) => !/^(run|slides)\/|^\.nojekyll$/.test(path) && path !== MARK;

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
  for (const name of names) files[name] = shortHash(await readFile(join(folder, name)));
  const version = shortHash(JSON.stringify(files));
  const site = JSON.stringify({ version, files, read: names.filter(isRead) });
  const code = browserCode(CODE, { minify: true });
  await writeFile(join(folder, WORKER), `self.SITE=${site};\n${code}`);
}

const shortHash = (content: string | Buffer): string =>
  createHash("sha256").update(content).digest("hex").slice(0, 12);
