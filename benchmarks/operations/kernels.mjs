/**
 * The same work by op kernel, on the device that COURSE_DEVICE names: how often each runs, and what
 * it takes from its call to its result. A fifth of the runs are faster than the time printed, since
 * other programs can only slow a run down. What is missing to the time of a whole run goes to
 * tfjs's engine and to the components.
 */
import { refusedDevice } from "../device.mjs";
import { tf } from "../training/gpt.mjs";
import { WORK } from "./work.mjs";

process.env.COURSE_THREADS = "1";
const WARM_MS = 1000;
const MEASURED_MS = 2000;
/** Op kernels that are printed for each work. */
const PRINTED = 10;

/** The op kernels of the run that is going on, in order. */
let calls = [];

/** Times each op kernel of the backend; those that one calls itself count as its own. */
function timeOpKernels() {
  let isInside = false;
  for (const kernel of tf.getKernelsForBackend(tf.getBackend())) {
    const { kernelName: name, kernelFunc } = kernel;
    kernel.kernelFunc = (given) => {
      if (isInside) return kernelFunc(given);
      isInside = true;
      const begun = performance.now();
      try {
        return kernelFunc(given);
      } finally {
        calls.push({ name, us: 1000 * (performance.now() - begun) });
        isInside = false;
      }
    };
  }
}

const fastFifth = (times) => times.sort((a, b) => a - b)[Math.floor(times.length / 5)];

/** Microseconds of each whole run and, by place in the run, of each op kernel. */
function repeat(run, ms) {
  const whole = [];
  const places = [];
  for (const end = performance.now() + ms; performance.now() < end;) {
    calls = [];
    const begun = performance.now();
    run();
    whole.push(1000 * (performance.now() - begun));
    for (const [i, { name, us }] of calls.entries()) {
      (places[i] ??= { name, times: [] }).times.push(us);
    }
  }
  return { whole, places };
}

function measure(run) {
  repeat(run, WARM_MS);
  const { whole, places } = repeat(run, MEASURED_MS);
  const kernels = new Map();
  for (const { name, times } of places) {
    const { count, us } = kernels.get(name) ?? { count: 0, us: 0 };
    kernels.set(name, { count: count + 1, us: us + fastFifth(times) });
  }
  return { us: fastFifth(whole), kernels: [...kernels].sort((a, b) => b[1].us - a[1].us) };
}

function measureAll() {
  const measures = {};
  const add = (what, value) => (measures[what] = { value, unit: "µs", better: "less" });
  for (const [name, make] of Object.entries(WORK)) {
    const { us, kernels } = measure(make());
    add(`${name}: whole`, us);
    for (const [kernel, { count, us }] of kernels.slice(0, PRINTED)) {
      add(`${name}: ${count} × ${kernel}`, us);
    }
  }
  return measures;
}

const refused = await refusedDevice();
if (!refused) timeOpKernels();
console.log(JSON.stringify(refused ? { refused } : measureAll()));
