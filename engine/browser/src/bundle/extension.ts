/** The extension of JupyterLite that starts our kernel, in the form of a prebuilt one. */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { nodePlugin } from "./node";

const NAME = "foundation-models-kernel";

/** @param folder where extensions go: it gets a folder of the extension's own */
export async function writeExtension(folder: string, version: string): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, "..", "page", "remoteEntry.js")],
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
  const out = join(folder, NAME);
  mkdirSync(join(out, "static"), { recursive: true });
  writeFileSync(join(out, load), contents);
  const description = {
    name: NAME,
    version,
    license: "MIT",
    jupyterlab: { extension: true, _build: { load, extension: "./extension" } },
    jupyterlite: { liteExtension: true },
  };
  writeFileSync(join(out, "package.json"), JSON.stringify(description));
}
