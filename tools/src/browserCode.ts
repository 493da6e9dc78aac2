/** Scripts of ours that run in a page, each bundled with what it imports. */
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const bundles = new Map<string, string>();

/**
 * One script that a page runs as it is.
 * @param file where it begins, in src
 */
export function browserCode(file: URL, { minify = false } = {}): string {
  const key = `${file.href} ${minify}`;
  const bundle = bundles.get(key) ?? bundled(fileURLToPath(file), minify);
  bundles.set(key, bundle);
  return bundle;
}

function bundled(file: string, minify: boolean): string {
  const { outputFiles } = buildSync({
    entryPoints: [file],
    bundle: true,
    minify,
    write: false,
    format: "iife",
    platform: "browser",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    logLevel: "error",
  });
  return outputFiles[0]!.text;
}
