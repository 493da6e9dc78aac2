/**
 * An error names the function that the reader called, not one inside it: each argument of each
 * exported function is spoiled in turn.
 */
import * as tf from "@tensorflow/tfjs-core";
import {
  courseRoot,
  isTensorData,
  mapLeaves,
  paths,
  readReferences,
  runCase,
  type AnyFunction,
  type ReferenceCase,
  type TensorData,
  type Value,
} from "grader";
import { expect, test } from "vitest";
import * as solutions from "../index";

/** Of a long list of words, the first are enough. */
const MOST_PLACES = 120;
const MOST_CASES = 3;
/** An argument of these is a function of the reader's, whose own errors pass through. */
const CALLS_THE_READER = ["beamSearch", "greedyDecode", "perturbGene"];

type Spoil = (leaf: unknown) => unknown;

const resized = (t: TensorData, shape: number[]): TensorData => {
  const size = shape.reduce((a, b) => a * b, 1);
  const Numbers = t.data.constructor as typeof Float32Array;
  const data = Numbers.from({ length: size }, (_, i) => t.data[i % t.data.length] ?? 0);
  return { ...t, shape, data };
};
const ofTensors =
  (spoil: (t: TensorData) => TensorData | undefined): Spoil =>
  (leaf) =>
    isTensorData(leaf) ? spoil(leaf) : undefined;

/** What does not fit: each gives undefined for what it leaves alone. */
const SPOILS: Record<string, Spoil> = {
  "two axes more": ofTensors((t) => ({ ...t, shape: [1, 1, ...t.shape] })),
  "a longer last axis": ofTensors((t) =>
    t.shape.length > 0 ? resized(t, [...t.shape.slice(0, -1), t.shape.at(-1)! + 1]) : undefined,
  ),
  "a longer first axis": ofTensors((t) =>
    t.shape.length > 1 ? resized(t, [t.shape[0]! + 1, ...t.shape.slice(1)]) : undefined,
  ),
  "another dtype": ofTensors((t) =>
    t.dtype === "float32"
      ? { ...t, dtype: "int32", data: Int32Array.from(t.data) }
      : { ...t, dtype: "float32", data: Float32Array.from(t.data) },
  ),
  "an id out of range": ofTensors((t) =>
    t.dtype === "int32" && t.data.length > 0
      ? { ...t, data: Int32Array.from(t.data).fill(-7, 0, 1) }
      : undefined,
  ),
  "a number below zero": (leaf) => (typeof leaf === "number" ? -7 : undefined),
  "half a number": (leaf) => (typeof leaf === "number" ? leaf + 0.5 : undefined),
  "another text": (leaf) => (typeof leaf === "string" ? "?" : undefined),
};

/** Where the leaves of the arguments are: "1.wq". */
function placesOf(args: Value[]): string[] {
  const places: string[] = [];
  mapLeaves(args, (leaf, path) => {
    places.push(path);
    return leaf;
  });
  return places.slice(0, MOST_PLACES);
}

/** The arguments of a case with one leaf spoiled, for each leaf and way. */
function* spoiled(args: Value[]): Generator<{ says: string; args: Value[] }> {
  for (const place of placesOf(args)) {
    for (const [way, spoil] of Object.entries(SPOILS)) {
      let applied = false;
      const changed = mapLeaves(args, (leaf, path) => {
        const other = path === place ? spoil(leaf) : undefined;
        applied ||= other !== undefined;
        return other ?? leaf;
      });
      if (applied) yield { says: `argument ${place} with ${way}`, args: changed as Value[] };
    }
  }
}

/** One case for each set of arguments that are given. */
function casesOf(name: string) {
  const forms = new Map<string, ReferenceCase>();
  for (const c of readReferences(references, name)) {
    if (!["values", "shapes"].includes(c.group)) continue;
    const form = placesOf(c.args).join();
    if (!forms.has(form)) forms.set(form, c);
  }
  return [...forms.values()].slice(0, MOST_CASES);
}

const { references } = paths(courseRoot());
for (const [name, fn] of Object.entries(solutions)) {
  if (typeof fn !== "function" || CALLS_THE_READER.includes(name)) continue;
  const cases = casesOf(name);
  if (cases.length === 0) continue;
  test(`${name} speaks in its own name`, async () => {
    for (const c of cases) {
      // references name an activation, say, where the function takes it as a function
      if ("error" in (await runCase(fn as AnyFunction, c))) continue;
      for (const { says, args } of spoiled(c.args)) {
        const outcome = await runCase(fn as AnyFunction, { args });
        if ("error" in outcome) expect(outcome.error, says).toMatch(new RegExp(`^${name}: `));
      }
    }
  });
}

test("a weight deep inside a model is named by its place", () => {
  const C = 4;
  const norm = { gamma: tf.ones([C]), beta: tf.zeros([C]) };
  const [wq, wk, wv, wo] = [tf.ones([C, C]), tf.ones([C, C]), tf.ones([C, C]), tf.ones([C, C])];
  const attention = { wq, wk, wv, wo };
  const mlp = { w1: tf.ones([C, 8]), w2: tf.ones([7, C]) };
  const blocks = [{ norm1: norm, attention, norm2: norm, mlp }];
  const params = { tokens: tf.ones([5, C]), positions: tf.ones([6, C]), blocks, norm };
  const ids = tf.zeros([1, 3], "int32");
  expect(() => solutions.gptForward(ids, params, { heads: 2 })).toThrow(
    "gptForward: expected blocks[0].mlp.w2 [8, C], got [7, 4]",
  );
  const { w1 } = mlp;
  expect(() => solutions.feedForward(tf.ones([2, 3]), { w1, w2: w1 }, tf.relu)).toThrow(
    "feedForward: expected w1 [3, F], got [4, 8]",
  );
});
