/**
 * Time and peak bytes of naive, flash, window, sparse and linear attention against the length, on
 * the device that COURSE_DEVICE names: one head of width 64. Printed for some of the lengths; the
 * exponents are slopes of a line through all of them on a log–log scale.
 */
import * as tf from "@tensorflow/tfjs-core";
import { measure } from "course";
import {
  blockSparseAttention,
  flashAttention,
  linearAttention,
  scaledDotProductAttention,
  slidingWindowAttention,
} from "solutions";
import { refusedDevice } from "../device.mjs";
import { BLOCK, sparseBlocks } from "./sparse.mjs";

const LENGTHS = [256, 512, 1024, 2048, 4096, 8192, 16384];
const PRINTED = [256, 1024, 4096, 16384];
const D = 64;
const WINDOW = 256;
/** Milliseconds of work before the clock starts, so that V8 has compiled what is measured. */
const WARM_MS = 300;

const WAYS = {
  naive: { longest: 4096, f: scaledDotProductAttention },
  flash: { longest: 8192, f: flashAttention },
  window: { longest: 16384, f: (q, k, v) => slidingWindowAttention(q, k, v, { window: WINDOW }) },
  sparse: { longest: 16384, f: (q, k, v, blocks) => blockSparseAttention(q, k, v, blocks, BLOCK) },
  linear: { longest: 16384, f: linearAttention },
  "linear causal": { longest: 16384, f: (q, k, v) => linearAttention(q, k, v, { causal: true }) },
};

/** Slope of the line of least squares through the logarithms. */
function exponent(x, y) {
  const mean = (a) => a.reduce((s, b) => s + b) / a.length;
  const u = x.map(Math.log);
  const w = y.map(Math.log);
  const mu = mean(u);
  const mw = mean(w);
  return (
    u.reduce((s, a, i) => s + (a - mu) * (w[i] - mw), 0) / u.reduce((s, a) => s + (a - mu) ** 2, 0)
  );
}

async function measureWarm(run) {
  for (const end = performance.now() + WARM_MS; performance.now() < end;) await measure(run);
  return measure(run);
}

/** What each way costs at each length. */
async function measureAll() {
  const costs = Object.fromEntries(Object.keys(WAYS).map((name) => [name, new Map()]));
  for (const T of LENGTHS) {
    const [q, k, v] = [1, 2, 3].map((seed) => tf.randomNormal([1, 1, T, D], 0, 1, "float32", seed));
    const blocks = sparseBlocks(T);
    for (const [name, { longest, f }] of Object.entries(WAYS)) {
      if (T <= longest) costs[name].set(T, await measureWarm(() => f(q, k, v, blocks)));
    }
    tf.dispose([q, k, v]);
  }

  return costs;
}

function measuresOf(costs) {
  const measures = {};
  const add = (what, value, unit, better = "less") => {
    measures[what] = { value, unit, better };
  };
  for (const T of PRINTED) {
    for (const [name, at] of Object.entries(costs)) {
      if (at.has(T)) add(`${name}, ${T} tokens`, at.get(T).milliseconds, "ms");
    }
  }
  for (const T of PRINTED) {
    for (const [name, at] of Object.entries(costs)) {
      if (at.has(T)) add(`${name}, ${T} tokens, peak`, at.get(T).bytes / 1e6, "MB");
    }
  }
  for (const [name, at] of Object.entries(costs)) {
    const lengths = [...at.keys()];
    const of = (cost) => exponent(lengths, [...at.values()].map(cost));
    add(
      `${name}: time grows as T to the power of`,
      of((c) => c.milliseconds),
      "",
    );
    add(
      `${name}: peak bytes grow as T to the power of`,
      of((c) => c.bytes),
      "",
    );
  }
  for (const name of ["flash", "window"]) {
    add(
      `naive takes longer than ${name}, 4096 tokens`,
      costs.naive.get(4096).milliseconds / costs[name].get(4096).milliseconds,
      "times",
      "more",
    );
  }
  return measures;
}

const refused = await refusedDevice();
console.log(JSON.stringify(refused ? { refused } : measuresOf(await measureAll())));
