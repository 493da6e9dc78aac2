// @ts-check
/** Bundles scripts of ours that run in a page, each with what it imports. For Node, not for a page. */
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

/** @type {Map<string, string>} */
const bundles = new Map();

/**
 * Bundles one script, which a page runs as it is.
 * @param {URL} file the entry point
 * @param {{ minify?: boolean }} [options]
 * @returns {string}
 */
export function browserCode(file, { minify = false } = {}) {
  const key = `${file.href} ${minify}`;
  const bundle = bundles.get(key) ?? bundled(fileURLToPath(file), minify);
  bundles.set(key, bundle);
  return bundle;
}

/**
 * @param {string} file
 * @param {boolean} minify
 */
function bundled(file, minify) {
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
  const [script] = outputFiles;
  if (!script) throw new Error(`${file}: esbuild wrote nothing`);
  return script.text;
}
