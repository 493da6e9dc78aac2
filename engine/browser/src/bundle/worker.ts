/**
 * The two workers as scripts: the kernel's, with cells, TensorFlow.js, and the course with its
 * solutions, and the types' one. They are made of the same compiled files that Node runs, so that
 * both kernels compute the same; src/node takes the place of Node's own modules. TypeScript is a
 * third script, since both workers load it.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, sep } from "node:path";
import { build, transform, type OnLoadArgs, type Plugin } from "esbuild";
import { ROOT } from "../node/disk";

/** Modules of Node that src/node has; using another one throws. */
const SHIMMED_MODULES = ["fs", "crypto", "zlib", "module", "os", "util", "v8"];
const UNAVAILABLE_MODULES = [
  "child_process",
  "perf_hooks",
  "fs/promises",
  "worker_threads",
  "events",
];
/** The compiled files, also where a test runs this file from its source. */
export const DIST = join(__dirname, "..", "..", "dist");

/** Replaces Node's own modules by those of src/node. */
export function nodePlugin(): Plugin {
  const shim = (name: string) => ({ path: join(DIST, "node", `${name}.js`) });
  const some = new RegExp(`^(node:)?(${[...SHIMMED_MODULES, ...UNAVAILABLE_MODULES].join("|")})$`);
  return {
    name: "node",
    setup({ onResolve, resolve }) {
      onResolve({ filter: some }, ({ path }) => {
        const name = path.replace("node:", "");
        return shim(SHIMMED_MODULES.includes(name) ? name : "unavailable");
      });
      onResolve({ filter: /^(node:)?path$/ }, ({ resolveDir }) =>
        resolve("path-browserify", { kind: "require-call", resolveDir }),
      );
      onResolve({ filter: /^(node:)?timers\/promises$/ }, () => shim("timers"));
      onResolve({ filter: /^(node-fetch|node:.*)$/ }, () => shim("unavailable"));
    },
  };
}

/** What cells can import, besides the course's own files. */
const PACKAGES = ["@tensorflow/tfjs-core", "@tensorflow/tfjs-backend-cpu", "course", "solutions"];
const WASM = "@tensorflow/tfjs-backend-wasm";
const WEBGPU = "@tensorflow/tfjs-backend-webgpu";

const TYPESCRIPT = "typescript.js";

const slashes = (path: string) => path.split(sep).join("/");

/** @param root the course's folder */
export async function bundleWorkers(root: string, out: string): Promise<void> {
  const typescript = createRequire(__filename).resolve("typescript");
  writeFileSync(join(out, TYPESCRIPT), await minified(typescript));
  await bundle(root, "main.js", join(out, "worker.js"));
  await bundle(root, "types.js", join(out, "types.js"));
}

async function bundle(root: string, entry: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [join(DIST, "worker", entry)],
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
    plugins: [
      nodePlugin(),
      typescript,
      replacementsPlugin,
      modulesPlugin(root),
      sourcesPlugin(root),
    ],
  });
}

/** TypeScript as a script that leaves a global, `ts`. */
const typescript: Plugin = {
  name: "typescript",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^typescript$/ }, () => ({ path: TYPESCRIPT, namespace: "script" }));
    onLoad({ filter: /./, namespace: "script" }, ({ path }) => ({
      contents: `importScripts(new URL("${path}", location.href).href); module.exports = self.ts;`,
    }));
  },
};

const workerFile = (name: string) => ({ path: join(DIST, "worker", name) });

/** Modules that replace the grader's child processes, and Node's lack of the site's weights. */
const replacementsPlugin: Plugin = {
  name: "own",
  setup({ onResolve }) {
    onResolve({ filter: /^grader\/shaders\/run$/ }, () => workerFile("shaders.js"));
    onResolve({ filter: /^\.\/siteWeights$/ }, () => workerFile("weights.js"));
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
    ...[...SHIMMED_MODULES, "path", "timers/promises"].map((name) => entry(name)),
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

/** Gives our modules their paths as in Node, and minifies the large ones of others. */
function sourcesPlugin(root: string): Plugin {
  const withPaths = ({ path }: OnLoadArgs) => {
    const here = `${ROOT}/${slashes(relative(root, path))}`;
    const folder = here.slice(0, here.lastIndexOf("/"));
    const names = `var __filename = ${JSON.stringify(here)}, __dirname = ${JSON.stringify(folder)};`;
    return { contents: `${names}\n${readFileSync(path, "utf8")}` };
  };
  const minify = async ({ path }: OnLoadArgs) => ({ contents: await minified(path, "cjs") });
  return {
    name: "sources",
    setup({ onLoad }) {
      onLoad({ filter: /[\\/](course|grader|ops|solutions)[\\/]dist[\\/].*\.js$/ }, withPaths);
      onLoad({ filter: /node_modules[\\/]@tensorflow[\\/].*\.js$/ }, minify);
    },
  };
}

/** @param format undefined where its outermost names must stay */
async function minified(path: string, format?: "cjs"): Promise<string> {
  const text = readFileSync(path, "utf8");
  return (await transform(text, { minify: true, format, charset: "utf8" })).code;
}
