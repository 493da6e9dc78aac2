/**
 * For tests only: trains the letter model of lesson 04 with one position scheme, and measures it.
 * All random numbers come from seeds, and all schemes read the same excerpts in the same order, so
 * that they differ only in their positions.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, parseSafeTensors, paths, type TensorData } from "grader";
import { adamW, type AdamWState } from "../blocks/adamW";
import { clipGradients } from "../blocks/clipGradients";
import { crossEntropy } from "../blocks/crossEntropy";
import { letterModel, type LetterParams, type PositionScheme } from "./letterModel";

export const SCHEMES: PositionScheme[] = [
  "none",
  "sinusoidal",
  "learned",
  "rope",
  "alibi",
  "buckets",
];
export const T = 64; // the length of all training texts
const B = 8;
const C = 64;
const F = 128;
const LAYERS = 2;
const HEADS = 4;
const BUCKETS = 16;
const STEPS = 2000;
const WARMUP = 100;
const RATE = 6e-3;
const { data } = paths(courseRoot());

/** Shakespeare as ids of letters, the alphabet in code-point order; the last tenth is held out. */
export function readLetters(): { train: Int32Array; heldOut: Int32Array; V: number } {
  const text = gunzipSync(readFileSync(join(data, "shakespeare.txt.gz"))).toString("utf8");
  const alphabet = [...new Set(text)].sort();
  const place = new Map(alphabet.map((c, i) => [c, i]));
  const ids = Int32Array.from(text, (c) => place.get(c)!);
  const end = Math.floor(0.9 * ids.length);
  return { train: ids.subarray(0, end), heldOut: ids.subarray(end), V: alphabet.length };
}

/**
 * Freshly initialized weights: their deviation is 1/√dIn, smaller by √(2·layers) for what is added
 * to the residual stream, and 1 for letters and places, which are added to each other.
 */
function beginning(V: number, scheme: PositionScheme): LetterParams {
  const params: LetterParams = {};
  const normal = (name: string, shape: number[], deviation: number) => {
    params[name] = tf.randomNormal(shape, 0, deviation, "float32", Object.keys(params).length + 1);
  };
  const ones = (name: string) => {
    params[name] = tf.ones([C]);
  };
  normal("letters", [V, C], 1);
  for (let l = 0; l < LAYERS; l++) {
    ones(`${l}.norm1`);
    for (const name of ["wq", "wk", "wv"]) normal(`${l}.${name}`, [C, C], C ** -0.5);
    normal(`${l}.wo`, [C, C], (2 * LAYERS * C) ** -0.5);
    ones(`${l}.norm2`);
    normal(`${l}.w1`, [C, F], C ** -0.5);
    normal(`${l}.w2`, [F, C], (2 * LAYERS * F) ** -0.5);
  }
  ones("norm");
  normal("head", [C, V], 0.02);
  if (scheme === "learned") normal("places", [T, C], 1);
  if (scheme === "buckets") params.bias = tf.zeros([BUCKETS, HEADS]);
  return params;
}

/** Texts of `length` letters that begin at the given places, and the letter after each letter. */
function excerpts(
  ids: Int32Array,
  starts: ArrayLike<number>,
  length: number,
): { inputs: tf.Tensor; targets: tf.Tensor } {
  const cut = (shift: number) => {
    const row = (start: number) => [...ids.subarray(start + shift, start + shift + length)];
    return tf.tensor(Array.from(starts, row), [starts.length, length], "int32");
  };
  return { inputs: cut(0), targets: cut(1) };
}

/** A linear warm-up, then down half a cosine to a tenth. */
const rateAt = (step: number) =>
  RATE * Math.min(1, (step + 1) / WARMUP) * (0.55 + 0.45 * Math.cos((Math.PI * step) / STEPS));

/**
 * STEPS steps of AdamW on texts of T letters.
 * @returns the weights, and the loss of each step under `losses`
 */
export async function trainLetters(
  ids: Int32Array,
  V: number,
  scheme: PositionScheme,
  report: (step: number, loss: number) => void,
): Promise<LetterParams> {
  const start = beginning(V, scheme);
  const names = Object.keys(start);
  const losses: number[] = [];
  let params = Object.values(start);
  let state: AdamWState = {
    step: 0,
    m: params.map((p) => tf.zerosLike(p)),
    v: params.map((p) => tf.zerosLike(p)),
  };
  for (let step = 0; step < STEPS; step++) {
    const old = [params, state.m, state.v];
    tf.tidy(() => {
      const places = tf.randomUniform([B], 0, ids.length - T - 1, "int32", 1000 + step).dataSync();
      const { inputs, targets } = excerpts(ids, places, T);
      const loss = (...p: tf.Tensor[]) => {
        const named = Object.fromEntries(p.map((t, i) => [names[i]!, t]));
        return crossEntropy(letterModel(inputs, named, { scheme }), targets) as tf.Scalar;
      };
      const { value, grads } = tf.valueAndGrads(loss)(params);
      const { gradients } = clipGradients(grads, 1);
      ({ params, state } = adamW(params, gradients, state, { rate: rateAt(step) }));
      [params, state.m, state.v].flat().forEach((t) => tf.keep(t)); // they outlive the tidy
      losses.push(value.dataSync()[0]!);
    });
    tf.dispose(old);
    await setImmediate(); // the test runner has its turn
    report(step, losses.at(-1)!);
  }
  tf.dispose([state.m, state.v]);
  return {
    ...Object.fromEntries(params.map((p, i) => [names[i]!, p])),
    losses: tf.tensor1d(losses),
  };
}

/** Mean loss of the first `count` letters, read in texts of `length` letters, a few at a time. */
export function heldOutLoss(
  ids: Int32Array,
  params: LetterParams,
  options: { scheme: PositionScheme; length: number; count: number; scale?: number },
): number {
  const { length, count } = options;
  const texts = count / length;
  const atOnce = Math.max(1, 2048 / length);
  let sum = 0;
  for (let i = 0; i < texts; i += atOnce) {
    const starts = Array.from({ length: Math.min(atOnce, texts - i) }, (_, k) => (i + k) * length);
    const { inputs, targets } = excerpts(ids, starts, length);
    const loss = tf.tidy(() => crossEntropy(letterModel(inputs, params, options), targets));
    sum += loss.dataSync()[0]! * starts.length;
    tf.dispose([inputs, targets, loss]);
  }
  return sum / texts;
}

export const checkpoint = (scheme: PositionScheme) =>
  join(data, "checkpoints", `letters-${scheme}.safetensors`);

/** The committed weights. */
export function readCheckpoint(scheme: PositionScheme): LetterParams {
  const entries = [...parseSafeTensors(readFileSync(checkpoint(scheme)), scheme).tensors] as [
    string,
    TensorData,
  ][];
  return Object.fromEntries(
    entries.map(([name, t]) => [name, tf.tensor(t.data as Float32Array, t.shape, t.dtype)]),
  );
}

/** Bytes in the safetensors format, all float32: length of the header, header, numbers. */
export function safeTensors(params: LetterParams): Uint8Array {
  let end = 0;
  const header = Object.fromEntries(
    Object.entries(params).map(([name, { shape, size }]) => [
      name,
      { dtype: "F32", shape, data_offsets: [end, (end += 4 * size)] },
    ]),
  );
  const head = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(head.length));
  const bytesOf = (t: tf.Tensor) => new Uint8Array((t.dataSync() as Float32Array).slice().buffer);
  return Buffer.concat([length, head, ...Object.values(params).map(bytesOf)]);
}
