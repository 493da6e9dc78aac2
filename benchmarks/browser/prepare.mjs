/**
 * The folder that the browser is served: the course's kernel, jax-js, both programs, and the numbers
 * that both begin with. `losses.json` is what the first steps must give, computed in Node.
 */
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { SIZES, drawBatch, drawParams, shapes, startOf, trainingStep } from "../training/gpt.mjs";
import { STEPS } from "./steps.mjs";

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const page = join(process.env.BENCH_PEERS, "page");

/** As a cell of the kernel: what asks for the course's files finds the kernel's own. */
function bundleOurs() {
  const { buildSync } = createRequire(join(root, "engine", "browser", "package.json"))("esbuild");
  buildSync({
    entryPoints: [join(here, "course.mjs")],
    outfile: join(page, "course.js"),
    bundle: true,
    format: "esm",
    external: ["node:module"],
    define: { "import.meta.url": JSON.stringify("/course/benchmarks/training/gpt.mjs") },
  });
}

async function firstLosses(size, params, batch) {
  let run = startOf(params);
  const losses = [];
  for (let i = 0; i < STEPS; i++) {
    run = trainingStep(run, batch, size);
    losses.push((await run.loss.data())[0]);
  }
  return losses;
}

rmSync(page, { recursive: true, force: true });
mkdirSync(page, { recursive: true });
writeFileSync(join(page, "index.html"), "<!doctype html><title>A benchmark</title>");
await require("browser").writeKernel(root, join(page, "kernel"));
bundleOurs();
cpSync(join(process.env.BENCH_PEERS, "node_modules", "@jax-js", "jax", "dist"), join(page, "jax"), {
  recursive: true,
});
for (const name of ["jaxJs.mjs", "jaxGpt.mjs", "steps.mjs"]) {
  cpSync(join(here, name), join(page, name));
}

await require("course").chooseDevice("wasm");
const losses = {};
for (const [name, size] of Object.entries(SIZES)) {
  const [params, batch] = [drawParams(size), drawBatch(size, 1)];
  const numbers = [params, batch.inputs, batch.targets].map((t) => Array.from(t.dataSync()));
  writeFileSync(
    join(page, `${name}.json`),
    JSON.stringify({ size, shapes: shapes(size), numbers }),
  );
  losses[name] = await firstLosses(size, params, batch);
}
writeFileSync(join(page, "losses.json"), JSON.stringify(losses));
console.log(JSON.stringify({}));
process.exit(); // threads of WASM wait for work
