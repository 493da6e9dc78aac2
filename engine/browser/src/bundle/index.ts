/**
 * What a site needs to run notebooks, besides JupyterLite: the kernel's workers with their files, and
 * the extension of JupyterLite that starts them. Made from the built course.
 */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { copyFiles, writeDeclarations, writeWeights } from "./files";
import { bundleWorkers, DIST, nodePlugin } from "./worker";

export { notebooksStore } from "../stores";

/**
 * Writes the kernel's workers, the declarations for its types and the files that it reads.
 * @param root the course's folder
 * @param out a folder that is the kernel's own
 * @param options weights: whether with the installed weights of real models
 */
export async function writeKernel(
  root: string,
  out: string,
  options: { weights?: boolean } = {},
): Promise<void> {
  mkdirSync(out, { recursive: true });
  await bundleWorkers(root, out);
  writeDeclarations(root, join(out, "types.json.gz.bin"));
  copyFiles(root, out);
  writeWeights(root, out, options.weights === true);
}

const EXTENSION = "foundation-models-kernel";

/**
 * Writes the extension of JupyterLite that starts our kernel, in the form of a prebuilt one.
 * @param folder the folder of extensions: this one gets a folder of its own in it
 */
export async function writeExtension(folder: string, version: string): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [join(DIST, "page", "remoteEntry.js")],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
    mainFields: ["main"],
    logLevel: "error",
    plugins: [nodePlugin()],
  });
  const { contents } = outputFiles[0]!;
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 20);
  const load = `static/remoteEntry.${hash}.js`;
  const out = join(folder, EXTENSION);
  mkdirSync(join(out, "static"), { recursive: true });
  writeFileSync(join(out, load), contents);
  const description = {
    name: EXTENSION,
    version,
    license: "MIT",
    jupyterlab: { extension: true, _build: { load, extension: "./extension" } },
    jupyterlite: { liteExtension: true },
  };
  writeFileSync(join(out, "package.json"), JSON.stringify(description));
}
