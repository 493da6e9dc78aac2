/**
 * The folder that the browser is served: the course's kernel, the peers, all sides' programs, and
 * what they begin with. `expected.json` is what each work must give, computed by ours in Node.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { SIZES, drawBatch, drawParams, shapes } from "../training/gpt.mjs";
import { ours } from "./ours.mjs";
import { measureAll } from "./works.mjs";

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const peers = join(process.env.BENCH_PEERS, "node_modules");
const page = join(process.env.BENCH_PEERS, "page");

const { buildSync } = createRequire(join(root, "engine", "browser", "package.json"))("esbuild");
const bundle = (name, outfile, options) =>
  buildSync({
    entryPoints: [join(here, name)],
    outfile: join(page, outfile),
    bundle: true,
    format: "esm",
    logLevel: "error",
    ...options,
  });

/** As a cell of the kernel: what asks for the course's files finds the kernel's own. */
const bundleOurs = () =>
  bundle("course.mjs", "course.js", {
    external: ["node:module"],
    define: { "import.meta.url": JSON.stringify("/course/benchmarks/training/gpt.mjs") },
  });

/** The files that the programs of onnxruntime-web and transformers.js load. */
const isNeeded = (file) =>
  ["dist", "ort.wasm.min.mjs"].includes(basename(file)) ||
  /^ort-wasm-simd-threaded\.(asyncify\.)?(mjs|wasm)$/.test(basename(file));

function copyPeers() {
  const jax = join(peers, "@jax-js", "jax", "dist");
  const onnxRuntime = join(peers, "onnxruntime-web", "dist");
  cpSync(jax, join(page, "jax"), { recursive: true });
  cpSync(onnxRuntime, join(page, "ort"), { recursive: true, filter: isNeeded });
  bundle("transformersJs.mjs", "transformersJs.mjs", { nodePaths: [peers] });
  for (const name of ["jaxJs.mjs", "jaxGpt.mjs", "onnxRuntime.mjs", "works.mjs"]) {
    cpSync(join(here, name), join(page, name));
  }
  cpSync(join(here, "..", "training", "draw.mjs"), join(page, "training", "draw.mjs"));
}

function writeInputs() {
  for (const [name, size] of Object.entries(SIZES)) {
    const batch = drawBatch(size, 1);
    const tensors = [drawParams(size), batch.inputs, batch.targets];
    const numbers = tensors.map((t) => Array.from(t.dataSync()));
    const given = { size, shapes: shapes(size), numbers };
    writeFileSync(join(page, `${name}.json`), JSON.stringify(given));
  }
}

function writeGraphs() {
  const { status, stderr } = spawnSync("python", [join(here, "graphs.py"), page]);
  if (status !== 0) throw new Error(`the graphs can't be written: ${stderr}`);
}

/** What each work gives on WASM in Node. */
async function writeExpected() {
  const once = Object.fromEntries(
    Object.entries(ours).map(([kind, prepare]) => [kind, onlyCheck(prepare)]),
  );
  const results = await measureAll(once);
  const values = Object.entries(results).map(([name, result]) => {
    if (result.failed) throw new Error(`ours, ${name}: ${result.failed}`);
    return [name, result.values];
  });
  writeFileSync(join(page, "expected.json"), JSON.stringify(Object.fromEntries(values)));
}
const onlyCheck = (prepare) => (what) => ({ ...prepare(what), step: () => {} });

rmSync(page, { recursive: true, force: true });
mkdirSync(page, { recursive: true });
writeFileSync(join(page, "index.html"), "<!doctype html><title>A benchmark</title>");
await require("browser").writeKernel(root, join(page, "kernel"));
bundleOurs();
await require("course").chooseDevice("wasm");
writeInputs();
await writeExpected();
if (existsSync(peers)) {
  copyPeers();
  writeGraphs();
}
console.log(JSON.stringify({}));
process.exit(); // threads of WASM wait for work
