/**
 * The kernel's worker as one script: cells, TypeScript, TensorFlow.js, and the course with its
 * solutions. It is made of the same compiled files that Node runs, so that both kernels compute the
 * same; what they ask of Node is in src/node.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { build, transform, type OnLoadArgs, type Plugin } from "esbuild";
import { ROOT } from "../node/disk";
import { NODE, nodePlugin } from "./node";

/** What cells can import, besides the course's own files. */
const PACKAGES = ["@tensorflow/tfjs-core", "@tensorflow/tfjs-backend-cpu", "course", "solutions"];
const WASM = "@tensorflow/tfjs-backend-wasm";
const WEBGPU = "@tensorflow/tfjs-backend-webgpu";

const slashes = (path: string) => path.split(sep).join("/");

/** @param root the course's folder */
export async function bundleWorker(root: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [join(__dirname, "..", "worker", "main.js")],
    outfile,
    bundle: true,
    platform: "browser",
    mainFields: ["main"],
    conditions: ["require"],
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    // names stay: an exercise's parameters are read from its solution
    minifyWhitespace: true,
    logLevel: "error",
    plugins: [nodePlugin(), ownPlugin, modulesPlugin(root), sourcesPlugin(root)],
  });
}

const workers = (name: string) => ({ path: join(__dirname, "..", "worker", name) });

/** In place of the grader's child processes, and of weights that Node doesn't have. */
const ownPlugin: Plugin = {
  name: "own",
  setup({ onResolve }) {
    onResolve({ filter: /^grader\/dist\/grade\/kernels\.js$/ }, () => workers("kernels.js"));
    onResolve({ filter: /^\.\/siteWeights$/ }, () => workers("weights.js"));
  },
};

/** The table of modules that worker/main.ts imports. */
function modulesPlugin(root: string): Plugin {
  return {
    name: "modules",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^course:modules$/ }, () => ({ path: "table", namespace: "modules" }));
      onLoad({ filter: /./, namespace: "modules" }, () => ({
        contents: tableOf(root),
        resolveDir: root,
      }));
    },
  };
}

function tableOf(root: string): string {
  const entry = (name: string, from = name) =>
    `${JSON.stringify(name)}: () => require(${JSON.stringify(from)}),`;
  const files = solutionModules(root).map((path) => entry(`${ROOT}/${path}`, join(root, path)));
  return [
    "module.exports = { __esModule: true, default: (files) => ({",
    ...PACKAGES.map((name) => entry(name)),
    ...[...NODE, "path", "timers/promises"].map((name) => entry(name)),
    ...files,
    `${JSON.stringify(WEBGPU)}: () => require(${JSON.stringify(WEBGPU)}),`,
    `${JSON.stringify(WASM)}: () => {`,
    `const wasm = require(${JSON.stringify(WASM)});`,
    // our kernels have threads of their own
    `require("@tensorflow/tfjs-core").env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);`,
    `wasm.setWasmPaths(new URL("tfjs/", files).href, true);`,
    "return wasm; },",
    "}) };",
  ].join("\n");
}

/**
 * What the check loads by its file, by its path in the course's folder: solutions and their
 * exercises, and what they import.
 */
export function solutionModules(root: string): string[] {
  const folder = join(root, "solutions", "dist");
  if (!existsSync(folder)) throw new Error("the course is not built: run npm run build");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js") && !/\.test\.js$|testing\.js$/.test(name))
    .sort()
    .map((name) => `solutions/dist/${slashes(name)}`);
}

/** Ours learn where they stand; the large ones of others lose their long names. */
function sourcesPlugin(root: string): Plugin {
  const place = ({ path }: OnLoadArgs) => {
    const here = `${ROOT}/${slashes(relative(root, path))}`;
    const folder = here.slice(0, here.lastIndexOf("/"));
    const names = `var __filename = ${JSON.stringify(here)}, __dirname = ${JSON.stringify(folder)};`;
    return { contents: `${names}\n${readFileSync(path, "utf8")}` };
  };
  const shorten = async ({ path }: OnLoadArgs) => {
    const options = { minify: true, format: "cjs", charset: "utf8" } as const;
    const { code } = await transform(readFileSync(path, "utf8"), options);
    return { contents: code };
  };
  return {
    name: "sources",
    setup({ onLoad }) {
      onLoad({ filter: /[\\/](course|grader|kernels|solutions)[\\/]dist[\\/].*\.js$/ }, place);
      onLoad({ filter: /node_modules[\\/](typescript|@tensorflow)[\\/].*\.js$/ }, shorten);
    },
  };
}
