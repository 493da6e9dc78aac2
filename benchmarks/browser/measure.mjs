/**
 * One side in headless Chromium, on an isolated page, where WASM has threads; each side computes in a
 * worker. WebGPU is measured only on a graphics card.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { chromiumFlags, findChromium } from "../../engine/builder/dist/chromium.js";
import { serve } from "../../engine/builder/dist/site/serve.js";
import { WORKS } from "./works.mjs";

const [, , side, device] = process.argv;
/** Largest difference of two values, as a part of the largest value. */
const SAME = 1e-4;
/** Headless Chromium shows no card unless it is told to. */
const WEBGPU = ["--enable-unsafe-webgpu", "--enable-features=Vulkan"];

const folder = join(process.env.BENCH_PEERS, "page");

/** Runs in the page: why WebGPU can't be measured here. */
async function whyNoCard() {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) return "Chromium finds no adapter for WebGPU";
  const { description, vendor, architecture, isFallbackAdapter } = adapter.info;
  if (!isFallbackAdapter) return undefined;
  const name = description || `${vendor} ${architecture}`.trim();
  return `its only adapter for WebGPU is software (${name})`;
}

/** Runs in the page. */
function measurePeer({ program, device: on, works }) {
  const worker = new Worker(program, { type: "module" });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(`its worker fails: ${message}`));
    worker.postMessage({ device: on, works });
  });
}

/** Runs in the page: starts the kernel and runs a cell in it, which prints one line of JSON. */
function measureOurs({ program, device: on, works }) {
  const worker = new Worker("kernel/worker.js");
  const code = `globalThis.benchmarkWorks = ${JSON.stringify(works)};\n${program}`;
  const request = { id: "1", messageType: "execute_request", content: { code } };
  return new Promise((resolve, reject) => {
    let printed = ""; // in parts, where it is long
    worker.onmessage = ({ data: { type, messageType, content, reason } }) => {
      if (type === "failed") resolve({ refused: reason });
      if (type === "ready") worker.postMessage({ type: "request", ...request });
      if (type === "publish" && messageType === "stream") printed += content.text;
      if (type !== "done") return;
      if (content.status === "ok") resolve(printed.trim().split("\n").at(-1));
      else reject(new Error(content.evalue));
    };
    worker.onerror = ({ message }) => reject(new Error(message));
    const files = new URL("kernel/files/", location.href).href;
    worker.postMessage({ type: "start", files, device: on });
  });
}

async function run(works) {
  const { address, stop } = await serve(folder, "/", 0);
  const withoutCard = device === "wasm";
  const args = withoutCard
    ? chromiumFlags
    : [...chromiumFlags.filter((flag) => flag !== "--disable-gpu"), ...WEBGPU];
  const browser = await chromium.launch({ executablePath: findChromium(), args });
  try {
    const page = await browser.newPage();
    await page.goto(address);
    const refused = withoutCard ? undefined : await page.evaluate(whyNoCard);
    if (refused) return { refused };
    if (side !== "course") {
      return await page.evaluate(measurePeer, { program: `${side}.mjs`, device, works });
    }
    const program = readFileSync(join(folder, "course.js"), "utf8");
    const printed = await page.evaluate(measureOurs, { program, device, works });
    return typeof printed === "string" ? JSON.parse(printed) : printed;
  } finally {
    await browser.close();
    stop();
  }
}

/** What differs between the values and those that ours give in Node, or undefined. */
function differenceFrom(expected, values) {
  if (values.length !== expected.length) {
    return `expected ${expected.length} values, got ${values.length}`;
  }
  const largest = Math.max(...expected.map(Math.abs));
  const at = values.findIndex((x, i) => !(Math.abs(x - expected[i]) <= SAME * largest));
  return at < 0 ? undefined : `value ${at}: expected ${expected[at]}, got ${values[at]}`;
}

/** The measure, or why there is none. */
function measureOf({ values, ms, failed }, expected) {
  const why = failed ?? differenceFrom(expected, values);
  return why === undefined ? { value: ms, unit: "ms", better: "less" } : { failed: why };
}

const results = await run(Object.keys(WORKS));
if (results.failed) throw new Error(results.failed);
if (results.refused) {
  console.log(JSON.stringify(results));
} else {
  const expected = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8"));
  const label = { wasm: "WASM", webgpu: "WebGPU" }[device];
  const measures = Object.entries(results).map(([name, result]) => [
    `${name}, ${label}`,
    measureOf(result, expected[name]),
  ]);
  console.log(JSON.stringify(Object.fromEntries(measures)));
}
