/**
 * The folder run/ of a site: JupyterLite with the lab's extension, our kernel in a worker, the
 * notebooks as students get them, and the files that these read.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { writeExtension, writeKernel } from "browser";
import { makeFolder, paths, readManifest } from "grader/files";
import { jupyterEnv } from "kernel";
import { freshCopy, type Notebook } from "grader/merge";
import { writePages } from "kernel/studentPages";
import { dressPage } from "./litePage.js";

export interface RunOptions {
  /** The course's folder. */
  root: string;
  /** The path at which a host serves the site. */
  base: string;
  /** Whether readers get the weights of real models that are installed here. */
  weights?: boolean;
}

/** @param folder a new one */
export type WriteRun = (folder: string, options: RunOptions) => Promise<void>;

/** Writes run/. @throws with what the builder said when JupyterLite can't be built */
export const writeRun: WriteRun = async (folder, { root, base, weights }) => {
  const python = await litePython();
  const work = mkdtempSync(join(makeFolder(paths(root).written), "lite-"));
  let releases: Record<string, string>;
  try {
    releases = writeContents(root, join(work, "contents"));
    await writeExtensions(root, join(work, "labextensions"));
    writeSettings(root, work, base);
    await build(root, python, work, folder);
    await dressPage(folder, readManifest(root).course);
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
    releases[name] = createHash("sha256").update(text).digest("hex").slice(0, 16);
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
const UNUSED = [
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

const UNUSED_OF_LITE = [
  "application-extension:lsp-connection-manager",
  // the site has one for all its pages, and our kernel asks for none
  "application-extension:service-worker-manager",
  "repl-extension",
].map((name) => `@jupyterlite/${name}`);

/** Dark where the reader's machine is, as the pages to read are. */
const AS_THE_SITE = { "@jupyterlab/apputils-extension:themes": { "adaptive-theme": true } };

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
      disabledExtensions: [...UNUSED, ...UNUSED_OF_LITE],
      // two sites of one host keep their notebooks apart
      contentsStorageName: `Notebooks of ${base}`,
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
  const settings = JSON.parse(readFileSync(join(root, ...ours), "utf8")) as object;
  write("overrides.json", { ...settings, ...AS_THE_SITE });
}

async function build(root: string, python: string, work: string, folder: string): Promise<void> {
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
