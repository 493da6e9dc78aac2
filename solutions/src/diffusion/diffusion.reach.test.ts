/**
 * What lesson 20 reaches with its checkpoints: clothes that the judge names right, losses on unseen
 * pictures and pieces of proteins, and what turning does to two denoisers of chains.
 */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, parseSafeTensors, paths, type TensorData } from "grader";
import { expect, test } from "vitest";
import "../shared/shared.testing";
import { gelu } from "../shared/geluWithGradient";
import { linear } from "../shared/linearWithGradient";
import { ddimStep } from "./ddimStep";
import { denoiseLoss } from "./denoiseLoss";
import { chainNetwork, clothesNetwork } from "./networks";
import { noiseLevels } from "./noiseLevels";
import { preconditionEdm } from "./preconditionEdm";
import { randomMove } from "./randomMove";
import { sampleAtoms } from "./sampleAtoms";
import type { Denoiser } from "./types";

const { data } = paths(courseRoot());
function load(name: string): Record<string, tf.Tensor> {
  const file = join(data, "checkpoints", name);
  const entries = [...parseSafeTensors(readFileSync(file), file).tensors] as [string, TensorData][];
  return Object.fromEntries(
    entries.map(([key, t]) => [key, tf.tensor(t.data as Float32Array, t.shape, t.dtype)]),
  );
}
const draw = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed);
const number = (x: tf.Tensor) => x.dataSync()[0]!;

const clothes = load("clothes-diffusion.safetensors");
const ids = (B: number, kind: (i: number) => number) =>
  tf.tensor1d(
    Array.from({ length: B }, (_, i) => kind(i)),
    "int32",
  );

test("the judge names most pictures from noise right", () => {
  const kinds = ids(50, (i) => i % 10);
  const denoise: Denoiser = (z, sigma) =>
    preconditionEdm((x, level) => clothesNetwork(clothes, x, level, kinds), z, sigma);
  const levels = noiseLevels(20, { max: 20, min: 0.02 });
  let z: tf.Tensor = draw([50, 196], 1).mul(20);
  levels.slice(1).forEach((next, i) => {
    z = ddimStep(z, denoise(z, tf.fill([50], levels[i]!)), levels[i]!, next);
  });
  const hidden = gelu(linear(z, clothes["judge.w1"]!, clothes["judge.b1"]!));
  const named = linear(hidden, clothes["judge.w2"]!, clothes["judge.b2"]!).argMax(-1);
  const right = number(named.equal(kinds).toFloat().mean());
  console.log(`${(100 * right).toFixed(0)} % named right`);
  expect(right).toBeGreaterThan(0.7);
});

test("unseen pictures cost a third of what a silent network costs", () => {
  const raw = gunzipSync(readFileSync(join(data, "fashion-mnist-images.idx.gz")));
  const [mean, deviation] = clothes.pixels!.dataSync();
  const pixels = tf.tensor(Float32Array.from(raw.subarray(16 + 8000 * 784)), [1000, 14, 2, 14, 2]);
  const x = pixels
    .sum(4)
    .sum(2)
    .div(1020)
    .reshape([1000, 196])
    .sub(mean!)
    .div(2 * deviation!);
  const any = ids(1000, () => 10);
  const denoise: Denoiser = (z, sigma) =>
    preconditionEdm((y, level) => clothesNetwork(clothes, y, level, any), z, sigma);
  const sigma = draw([1000], 2).mul(1.4).sub(0.6).exp();
  const loss = number(denoiseLoss(denoise, x, draw([1000, 196], 3), sigma));
  console.log(`${loss.toFixed(3)} on unseen pictures, without their kinds`);
  expect(loss).toBeLessThan(0.34);
});

const chains = load("chain-diffusion.safetensors");
const chainDenoiser =
  (which: "moved" | "still"): Denoiser =>
  (z, sigma) =>
    preconditionEdm((x, level) => chainNetwork(chains, which, x, level), z, sigma, 6);

test("without random moves, turned pieces are much harder", () => {
  const x = chains["pieces.unseen"]!;
  const B = x.shape[0]!;
  const turned = randomMove(x, { quaternions: draw([B, 4], 4), shifts: tf.zeros([B, 3]) });
  const sigma = draw([B], 5).mul(1.5).sub(1.2).exp().mul(6);
  const cost = (which: "moved" | "still", pieces: tf.Tensor) =>
    number(denoiseLoss(chainDenoiser(which), pieces, draw(x.shape, 6), sigma, { sigmaData: 6 }));
  const [still, moved] = (["still", "moved"] as const).map((w) => [cost(w, x), cost(w, turned)]);
  console.log("still, moved: as they lie and turned", still, moved);
  expect(still![1]! / still![0]!).toBeGreaterThan(1.5);
  expect(Math.abs(moved![1]! / moved![0]! - 1)).toBeLessThan(0.1);
  expect(still![0]!).toBeLessThan(moved![0]!);
});

test("chains from noise have neighbors near 3.8 Å", () => {
  const [N, B] = [30, 16];
  const noise = {
    start: draw([B, 24, 3], 7),
    steps: draw([N, B, 24, 3], 8),
    quaternions: draw([N, B, 4], 9),
    shifts: draw([N, B, 3], 10),
  };
  const levels = noiseLevels(N, { max: 60, min: 0.05 });
  const frames = sampleAtoms(chainDenoiser("moved"), noise, levels, { gammaMin: 0.1 });
  const end = tf.unstack(frames).at(-1)!;
  const ways = end.slice([0, 1, 0], [B, 23, 3]).sub(end.slice([0, 0, 0], [B, 23, 3]));
  const lengths = ways.square().sum(-1).sqrt();
  const near = number(lengths.sub(3.8).abs().less(0.4).toFloat().mean());
  console.log(`${(100 * near).toFixed(0)} % of neighbors within 0.4 Å of 3.8`);
  expect(near).toBeGreaterThan(0.5);
});
