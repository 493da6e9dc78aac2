/**
 * Where the time of small work goes, on the device that COURSE_DEVICE names: compiled code, the op
 * kernels' TypeScript around it, tfjs's engine, gradients' bookkeeping, checks of arguments, and
 * the components. V8's profiler takes a sample every 50 microseconds, and each counts for the layer
 * of the innermost function; shares of one run hold on a busy machine too. One thread computes, so
 * that the processor's time per run adds up.
 */
import { Session } from "node:inspector/promises";
import { refusedDevice } from "../device.mjs";
import { WORK } from "./work.mjs";

process.env.COURSE_THREADS = "1";
const SAMPLE_US = 50;
const WARM_MS = 1500;
const MEASURED_MS = 2500;

const GRADIENT =
  /Tape|Gradient|gradFunc|getFilteredNodes|customGrad|ForBackwardMode|valueAndGrad|_loop/i;
const ENGINE = RegExp(
  "^Engine|^Tensor|^DataStorage|^env$|^__|Scope|Container|getKernel|makeKey|makeTensor|tidy|" +
    "dispose|kernelFunc|Environment|trackTensor",
);

/** The layer of a function in tfjs's core, from its name or that of its nearest caller there. */
function coreLayer(frames) {
  for (const { functionName, url } of frames) {
    if (!url.includes("tfjs-core")) break;
    if (GRADIENT.test(functionName)) return "gradient bookkeeping";
    if (ENGINE.test(functionName)) return "engine";
    if (functionName) break;
  }
  return "operations' checks";
}

/** @param frames of a stack, the innermost first */
function layerOf(frames) {
  const { functionName, url } = frames[0];
  if (functionName === "(garbage collector)") return "garbage collector";
  if (functionName === "(idle)" || functionName === "(program)") return undefined;
  if (url.startsWith("wasm:")) return "compiled code";
  if (url.includes("tfjs-core")) return coreLayer(frames);
  if (url.endsWith("ops/dist/engine.js")) return "engine";
  if (url.includes("tfjs-backend-wasm") || url.includes("/ops/")) return "op kernels' TypeScript";
  if (/register\.js$/.test(url)) return coreLayer([{ functionName: "gradient", url: "tfjs-core" }]);
  if (url.startsWith("file:") || url.startsWith("/")) return "components";
  // a function without a file: compiled by C++, or of JavaScript itself, which counts for its caller
  if (frames[1]?.url.endsWith("ops/dist/native/module.js")) return "compiled code";
  return frames.length > 1 ? layerOf(frames.slice(1)) : undefined;
}

/** Microseconds that the samples spent in each layer. */
function layersOf({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((c) => [c, id])));
  const layers = new Map();
  const spent = {};
  for (const [i, id] of samples.entries()) {
    if (!layers.has(id)) {
      const frames = [];
      for (let at = id; at; at = parents.get(at)) frames.push(byId.get(at).callFrame);
      layers.set(id, layerOf(frames));
    }
    const layer = layers.get(id);
    // a longer gap is another process's turn
    if (layer) spent[layer] = (spent[layer] ?? 0) + Math.min(timeDeltas[i], 4 * SAMPLE_US);
  }
  return spent;
}

function repeat(run, ms) {
  const end = performance.now() + ms;
  let times = 0;
  for (; performance.now() < end; times++) run();
  return times;
}

/** Share of each layer in percent, and the processor's time of a run. */
async function measure(session, run) {
  repeat(run, WARM_MS);
  await session.post("Profiler.start");
  const begun = process.cpuUsage();
  const times = repeat(run, MEASURED_MS);
  const { user, system } = process.cpuUsage(begun);
  const { profile } = await session.post("Profiler.stop");
  const spent = layersOf(profile);
  const all = Object.values(spent).reduce((sum, us) => sum + us, 0);
  const shares = Object.entries(spent).map(([layer, us]) => [layer, (100 * us) / all]);
  return { shares, ms: (user + system) / 1000 / times };
}

async function measureAll() {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: SAMPLE_US });
  const measures = {};
  for (const [name, make] of Object.entries(WORK)) {
    const { shares, ms } = await measure(session, make());
    measures[`${name}: processor time`] = { value: ms, unit: "ms", better: "less" };
    for (const [layer, share] of shares.sort((a, b) => b[1] - a[1])) {
      measures[`${name}: ${layer}`] = { value: share, unit: "%", better: "less" };
    }
  }
  session.disconnect();
  return measures;
}

const refused = await refusedDevice();
console.log(JSON.stringify(refused ? { refused } : await measureAll()));
