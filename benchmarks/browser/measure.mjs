/**
 * One side in headless Chromium, on WASM, on an isolated page, where it has threads; both compute in
 * a worker.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { chromiumFlags, findChromium } from "../../engine/builder/dist/chromium.js";
import { serve } from "../../engine/builder/dist/site/serve.js";

const [, , who] = process.argv;
const device = "wasm";
const RUNS = { small: 30, large: 8 };
/** Largest difference of two losses, relative. */
const SAME = 1e-4;

const folder = join(process.env.BENCH_PEERS, "page");

/** Runs in the page. */
function measurePeer({ device: on, runs }) {
  const worker = new Worker("jaxJs.mjs", { type: "module" });
  return new Promise((resolve, reject) => {
    const failed = (says) => reject(new Error(says));
    worker.onmessage = ({ data }) => (data.failed ? failed(data.failed) : resolve(data));
    worker.onerror = ({ message }) => failed(message);
    worker.postMessage({ device: on, runs });
  });
}

/** Runs in the page: starts the kernel and runs a cell in it. */
function measureOurs({ device: on, runs, program }) {
  const worker = new Worker("kernel/worker.js");
  const code = `globalThis.benchmarkRuns = ${JSON.stringify(runs)};\n${program}`;
  return new Promise((resolve, reject) => {
    const failed = (message) => reject(new Error(message));
    worker.onmessage = ({ data: { type, messageType, content, reason } }) => {
      if (type === "failed") resolve({ refused: reason });
      if (type === "ready") {
        const request = { id: "1", messageType: "execute_request", content: { code } };
        worker.postMessage({ type: "request", ...request });
      }
      if (type !== "publish") return;
      if (messageType === "error") failed(content.evalue);
      if (messageType === "stream" && content.text.startsWith("{")) {
        resolve(JSON.parse(content.text));
      }
    };
    worker.onerror = ({ message }) => failed(message);
    const files = new URL("kernel/files/", location.href).href;
    worker.postMessage({ type: "start", files, device: on });
  });
}

async function run() {
  const { address, stop } = await serve(folder, "/", 0);
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
  try {
    const page = await browser.newPage();
    await page.goto(address);
    const asked = { device, runs: RUNS };
    if (who === "jaxJs") return await page.evaluate(measurePeer, asked);
    const program = readFileSync(join(folder, "course.js"), "utf8");
    return await page.evaluate(measureOurs, { ...asked, program });
  } finally {
    await browser.close();
    stop();
  }
}

/** @throws where the steps compute something else than ours do in Node */
function expectSame(name, losses) {
  const wanted = JSON.parse(readFileSync(join(folder, "losses.json"), "utf8"))[name];
  wanted.forEach((loss, i) => {
    if (Math.abs(losses[i] - loss) <= SAME * loss) return;
    throw new Error(`${who}, ${name}: expected losses ${wanted}, got ${losses}`);
  });
}

const results = await run();
if (results.refused) {
  console.log(JSON.stringify(results));
} else {
  const measures = {};
  for (const [name, { losses, ms }] of Object.entries(results)) {
    expectSame(name, losses);
    const what = `training step, ${name}, WASM`;
    measures[what] = { value: ms, unit: "ms", better: "less" };
  }
  console.log(JSON.stringify(measures));
}
