/** What each side measures, and how; a side is a set of functions, one for each kind of work. */
import { draw } from "../training/draw.mjs";

/** Width of attention's one head. */
export const D = 64;

/** The training steps whose losses are compared; they also warm up. */
const STEPS = 3;

/** The losses of the first steps. @param step trains one step and gives its loss */
export async function firstLosses(step) {
  const losses = [];
  while (losses.length < STEPS) losses.push(await step());
  return losses;
}

/** The works by their names: `warm` runs come before the clock starts, `runs` are timed. */
export const WORKS = {
  "training step, small": { kind: "training", size: "small", warm: 0, runs: 30 },
  "training step, large": { kind: "training", size: "large", warm: 0, runs: 8 },
  "generated token, small": { kind: "token", size: "small", warm: 48, runs: 64 },
  "generated token, large": { kind: "token", size: "large", warm: 48, runs: 128 },
  "naive attention, 256 tokens": { kind: "naive", T: 256, warm: 10, runs: 50 },
  "flash attention, 256 tokens": { kind: "flash", T: 256, warm: 10, runs: 50 },
  "naive attention, 1024 tokens": { kind: "naive", T: 1024, warm: 3, runs: 15 },
  "flash attention, 1024 tokens": { kind: "flash", T: 1024, warm: 3, runs: 15 },
  "naive attention, 4096 tokens": { kind: "naive", T: 4096, warm: 1, runs: 5 },
  "flash attention, 4096 tokens": { kind: "flash", T: 4096, warm: 1, runs: 5 },
};

/** q, k and v of T tokens, each with a variance of one. */
export const drawQkv = (T) =>
  [1, 2, 3].map((seed) => draw(T * D, seed).map((x) => x * Math.sqrt(3)));

/**
 * About a thousand numbers of an output, since a cell's print is limited. An odd step takes from
 * each of attention's 64 columns.
 */
function sample(values) {
  const step = 2 * Math.floor(values.length / 2000) + 1;
  return Array.from(values).filter((_, i) => i % step === 0);
}

/**
 * Does all works that a side has.
 * @param side by its kind, a function that prepares a work: `check` gives the values that are
 *   compared, `step` is timed, and `per` says how many of the work a step does, one unless given
 * @param works their names
 * @returns by its name, the values and the median milliseconds of each work, or why it failed
 */
export async function measureAll(side, works = Object.keys(WORKS)) {
  const results = {};
  for (const name of works) {
    const { kind, warm, runs, ...what } = WORKS[name];
    if (!side[kind]) continue;
    try {
      const { check, step, per = 1 } = await side[kind](what);
      const values = sample(await check());
      const count = (n) => Math.ceil(n / per);
      const ms = await medianMs(step, count(warm), count(runs));
      results[name] = { values, ms: ms / per };
    } catch (e) {
      results[name] = { failed: String(e?.message ?? e) };
    }
  }
  return results;
}

/** A side in a worker: waits for the names of its works, and answers with their results. */
export function answerInWorker(start) {
  addEventListener("message", async ({ data: { device, works } }) => {
    try {
      const side = await start(device);
      postMessage(side.refused ? side : await measureAll(side, works));
    } catch (e) {
      postMessage({ failed: String(e?.stack ?? e) });
    }
  });
}

async function medianMs(step, warm, runs) {
  const times = [];
  for (let i = 0; i < warm + runs; i++) {
    const start = performance.now();
    await step();
    if (i >= warm) times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[times.length >> 1];
}
