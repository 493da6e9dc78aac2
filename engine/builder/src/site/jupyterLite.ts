/**
 * The folder run/ of a site: JupyterLite with the lab's extension, our kernel in a worker, the
 * notebooks as students get them, and the files that these read.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { notebooksStore, writeExtension, writeKernel } from "browser";
import { makeFolder, paths, readManifest } from "grader/files";
import { freshCopy, type Notebook } from "grader/merge";
import { jupyterEnv } from "kernel";
import { writePages } from "kernel/studentPages";
import { hashOf } from "../hash.js";
import { rasterize } from "../pictures/raster.js";
import { escapeHtml } from "../render/markdown.js";

export interface JupyterLiteOptions {
  /** The course's folder. */
  root: string;
  /** The path at which a host serves the site. */
  base: string;
  /** Whether readers get the weights of real models that are installed here. */
  weights?: boolean;
}

/** @param folder a new one */
export type WriteJupyterLite = (folder: string, options: JupyterLiteOptions) => Promise<void>;

/** Writes run/. @throws with what the builder said when JupyterLite can't be built */
export const writeJupyterLite: WriteJupyterLite = async (folder, { root, base, weights }) => {
  const python = await litePython();
  const work = mkdtempSync(join(makeFolder(paths(root).written), "lite-"));
  let releases: Record<string, string>;
  try {
    releases = writeContents(root, join(work, "contents"));
    await writeExtensions(root, join(work, "labextensions"));
    writeSettings(root, work, base);
    await buildJupyterLite(root, python, work, folder);
    dropOldFonts(join(folder, "build"));
    await customizePage(folder, readManifest(root).course);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  await writeKernel(root, join(folder, "kernel"), { weights });
  writeFileSync(join(folder, "kernel", "release.json"), JSON.stringify(releases));
};

/** JupyterLite's Python, which is installed first if it is missing. */
async function litePython(): Promise<string> {
  const installer = new URL("../../../install/venv.mjs", import.meta.url);
  const { litePython: find } = (await import(installer.href)) as { litePython(): Promise<string> };
  return find();
}

/**
 * What a student's folder holds at first.
 * @returns path of a notebook → its release, which the notebook has in its metadata too
 */
function writeContents(root: string, folder: string): Record<string, string> {
  mkdirSync(folder);
  const releases: Record<string, string> = {};
  for (const { id } of readManifest(root).lessons) {
    const name = `${id}.ipynb`;
    const text = readFileSync(join(paths(root).notebooks, name), "utf8");
    releases[name] = hashOf(text);
    const copy = freshCopy(JSON.parse(text) as Notebook);
    Object.assign(copy.metadata.course as object, { release: releases[name] });
    writeFileSync(join(folder, name), JSON.stringify(copy));
  }
  writePages(root, { personal: folder });
  return releases;
}

async function writeExtensions(root: string, folder: string): Promise<void> {
  const ours = join(root, "engine", "lab", "jupyter", "labextensions");
  cpSync(ours, folder, { recursive: true });
  await writeExtension(folder, readManifest(root).version);
}

/** What lessons don't use would start all the same; each part has its settings checked. */
const UNUSED_LAB_EXTENSIONS = [
  "audio-extension",
  "celltags-extension",
  "console-extension",
  "csvviewer-extension",
  "fileeditor-extension:language-server",
  "htmlviewer-extension",
  "inspector-extension",
  "logconsole-extension",
  "lsp-extension",
  "metadataform-extension",
  "notebook-extension:language-server",
  "notebook-extension:update-raw-mimetype",
  "pdf-extension",
  "terminal-extension",
  "tooltip-extension:consoles",
  "vega5-extension",
  "video-extension",
  "workspaces-extension",
].map((name) => `@jupyterlab/${name}`);

const UNUSED_LITE_EXTENSIONS = [
  "application-extension:lsp-connection-manager",
  // the site has one for all its pages, and our kernel asks for none
  "application-extension:service-worker-manager",
  "repl-extension",
].map((name) => `@jupyterlite/${name}`);

/** JupyterLite reads its settings from the folder where it is built. */
function writeSettings(root: string, work: string, base: string): void {
  const { course } = readManifest(root);
  const write = (name: string, content: object) => {
    writeFileSync(join(work, name), JSON.stringify(content));
  };
  write("jupyter-lite.json", {
    "jupyter-lite-schema-version": 0,
    "jupyter-config-data": {
      appName: course,
      defaultKernelName: "tslab",
      disabledExtensions: [...UNUSED_LAB_EXTENSIONS, ...UNUSED_LITE_EXTENSIONS],
      // two sites of one host keep their notebooks apart
      contentsStorageName: notebooksStore(base),
      settingsStorageName: `Settings of ${base}`,
      workspacesStorageName: `Workspaces of ${base}`,
    },
  });
  write("jupyter_lite_config.json", {
    LiteBuildConfig: { contents: [join(work, "contents")], apps: ["lab"], no_sourcemaps: true },
    FederatedExtensionAddon: { extra_labextensions_path: [join(work, "labextensions")] },
  });
  const ours = [
    "engine",
    "lab",
    "jupyter",
    "config",
    "labconfig",
    "default_setting_overrides.json",
  ];
  write("overrides.json", JSON.parse(readFileSync(join(root, ...ours), "utf8")) as object);
}

async function buildJupyterLite(
  root: string,
  python: string,
  work: string,
  folder: string,
): Promise<void> {
  const args = ["-m", "jupyterlite_core", "build", "--lite-dir", work, "--output-dir", folder];
  const options = { cwd: work, env: jupyterEnv(root, python), maxBuffer: 1 << 26 };
  try {
    await promisify(execFile)(python, args, options);
  } catch (e) {
    const { stdout, stderr } = e as { stdout: string; stderr: string };
    const said = `${stdout}\n${stderr}`.trim().split("\n").slice(-20).join("\n");
    throw new Error(`${said}\nJupyterLite could not be built.`, { cause: e });
  }
}

/**
 * Deletes fonts in formats of browsers that can't run notebooks anyway: each is there as WOFF2, which
 * every browser with WebAssembly takes first. They are a seventh of the folder.
 */
export function dropOldFonts(build: string): void {
  const names = new Set(readdirSync(build));
  for (const name of names) {
    const stem = /^(fa-.*)\.(eot|svg|ttf|woff)$/.exec(name)?.[1];
    if (stem !== undefined && names.has(`${stem}.woff2`)) rmSync(join(build, name));
  }
}

// JupyterLite's page: the course's title and icon, and a notice while it starts

const ICON = new URL("../../src/site/browser/icon.svg", import.meta.url);

/** Shows from the first moment, and below whatever JupyterLab adds. */
const STARTING = `<style>
#starting { position: fixed; inset: 0; display: grid; place-items: center; z-index: -1;
  margin: 0; font: 1rem system-ui, sans-serif; color: #555; background: #fff; }
@media (prefers-color-scheme: dark) { #starting { color: #bbb; background: #111; } }
</style>
<noscript><style>#starting { display: none; }</style></noscript>`;

/** @param folder run/ of a site, with JupyterLite in it */
async function customizePage(folder: string, course: string): Promise<void> {
  const lab = join(folder, "lab");
  writeFileSync(join(lab, "favicon.ico"), iconOf(await rasterize(readFileSync(ICON, "utf8"))));
  hideLoadingIndicator(join(lab, "jupyter-lite.json"));
  const file = join(lab, "index.html");
  writeFileSync(file, customizeHtml(readFileSync(file, "utf8"), course));
}

/** Ours is there before JupyterLite's. */
function hideLoadingIndicator(file: string): void {
  const settings = JSON.parse(readFileSync(file, "utf8")) as { "jupyter-config-data": object };
  Object.assign(settings["jupyter-config-data"], { showLoadingIndicator: false });
  writeFileSync(file, JSON.stringify(settings));
}

/**
 * The notebooks' page loads nothing from other hosts, and sends nothing there, whatever a notebook's
 * outputs hold. JupyterLab compiles its settings' schemas with eval.
 */
function policyOf(page: string): string {
  const inline = [...page.matchAll(/<script>([^]*?)<\/script>/g)].map(([, code]) => {
    const hash = createHash("sha256").update(code!).digest("base64");
    return `'sha256-${hash}'`;
  });
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'unsafe-eval' ${inline.join(" ")}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self' data: blob:",
    "worker-src 'self' blob:",
    "frame-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'none'",
  ];
  return `<meta http-equiv="Content-Security-Policy" content="${policy.join("; ")}">`;
}

/** @throws where JupyterLite's page has changed, so that nothing is left out silently */
export function customizeHtml(page: string, course: string): string {
  const name = escapeHtml(course);
  const icon = '<link rel="icon" href="favicon.ico">';
  const starting = '<p id="starting" role="status">Opening the notebook…</p>';
  const changes: [from: RegExp, to: (found: string) => string][] = [
    [/<title>.*?<\/title>/, () => `<title>${name}</title>\n    ${icon}`],
    [/(?<=<meta name="Description" content=").*?(?=")/, () => `${name}: notebooks that run here`],
    [/ *<link rel="manifest".*?>\n/, () => ""],
    [/<meta charset="utf-8">/, (charset) => `${charset}\n    ${policyOf(page)}`],
    [/<\/head>/, (end) => `${STARTING}\n  ${end}`],
    [/<body.*?>/, (body) => `${body}\n    ${starting}`],
    [/JupyterLite requires JavaScript/, () => "Notebooks need JavaScript"],
  ];
  return changes.reduce((text, [from, to]) => {
    if (!from.test(text)) throw new Error(`JupyterLite's page has no ${from.source} to change`);
    return text.replace(from, to);
  }, page);
}

/** The format that pages ask for by this name holds a PNG. */
function iconOf(png: Buffer): Buffer {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const header = Buffer.alloc(22);
  header.writeUInt16LE(1, 2); // an icon
  header.writeUInt16LE(1, 4); // one picture
  header.writeUInt8(width, 6);
  header.writeUInt8(height, 7);
  header.writeUInt16LE(1, 10);
  header.writeUInt16LE(32, 12);
  header.writeUInt32LE(png.length, 14);
  header.writeUInt32LE(header.length, 18);
  return Buffer.concat([header, png]);
}
