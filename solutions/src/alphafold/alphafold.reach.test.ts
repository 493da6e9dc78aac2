/**
 * What lesson 12 reaches: unseen proteins completed with and without triangles, a protein folded by
 * frames, point attention and FAPE.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, parseSafeTensors, paths, random, type TensorData } from "grader";
import { expect, test } from "vitest";
import "../shared/shared.testing";
import { adamW, type AdamWState } from "../blocks/adamW";
import { layerNorm } from "../blocks/layerNorm";
import { linear } from "../blocks/linear";
import type { NormParams } from "../encoders/types";
import { sinusoidalPositions } from "../positions/sinusoidalPositions";
import { alignedRmsd } from "./alignedRmsd";
import { backboneUpdate } from "./backboneUpdate";
import { fape } from "./fape";
import { framesFromBackbone } from "../esm3/framesFromBackbone";
import { lddt } from "./lddt";
import { outerProductMean } from "./outerProductMean";
import { pairformerBlock, type PairformerParams } from "./pairformerBlock";
import type { GatedPairParams, TransitionParams } from "./pairTypes";
import { structureModule, type StructureParams } from "./structureModule";
import { transition } from "./transition";
import { triangleMultiplication } from "./triangleMultiplication";

const { data } = paths(courseRoot());
const json = <T>(name: string) => JSON.parse(readFileSync(join(data, name), "utf8")) as T;
function load(name: string): Record<string, tf.Tensor> {
  const file = join(data, name);
  const entries = [...parseSafeTensors(readFileSync(file), file).tensors] as [string, TensorData][];
  return Object.fromEntries(
    entries.map(([key, t]) => [key, tf.tensor(t.data as Float32Array, t.shape, t.dtype)]),
  );
}
/** "0.outgoing.wA" → [0].outgoing.wA, of the names that begin with `at` */
function nested<T>(all: Record<string, tf.Tensor>, at = ""): T {
  const root: Record<string, unknown> = {};
  for (const [name, tensor] of Object.entries(all).filter(([name]) => name.startsWith(at))) {
    const path = name.slice(at.length).split(".");
    const last = path.pop()!;
    path.reduce((record, key) => (record[key] ??= {}) as Record<string, unknown>, root)[last] =
      tensor;
  }
  return root as T;
}
const apart = (x: tf.Tensor) => x.expandDims(-2).sub(x.expandDims(-3)).square().sum(-1).sqrt();
const number = (x: tf.Tensor) => x.dataSync()[0]!;
const atoms = load("chains.safetensors");
const about = json<{ name: string; sequence: string }[]>("chains.json");
function chain(name: string, atom: "n" | "ca" | "c" = "ca"): tf.Tensor {
  const at = about.findIndex((c) => c.name === name);
  const start = about.slice(0, at).reduce((sum, c) => sum + c.sequence.length, 0);
  return atoms[atom]!.slice([start, 0], [about[at]!.sequence.length, 3]);
}

type Mix = (z: tf.Tensor, p: GatedPairParams, direction: "outgoing" | "incoming") => tf.Tensor;
type Block = { outgoing: GatedPairParams; incoming: GatedPairParams; transition: TransitionParams };
interface Net {
  0: Block;
  1: Block;
  wIn: tf.Tensor;
  bIn: tf.Tensor;
  norm: NormParams;
  wHead: tf.Tensor;
  bHead: tf.Tensor;
}

interface PairNet extends Omit<Net, 0 | 1> {
  wRow: tf.Tensor;
  block: PairformerParams;
  again: Record<"wPairs" | "wDistances" | "wRow", tf.Tensor> &
    Record<"normPairs" | "normRow", NormParams>;
}
interface Answer {
  s: tf.Tensor;
  z: tf.Tensor;
  d: tf.Tensor;
}

const bumpsOf = (d: tf.Tensor) =>
  d
    .expandDims(-1)
    .sub(tf.linspace(2, 38, 16))
    .div(2.4)
    .square()
    .neg()
    .exp();

/** seen or not, sixteen bumps over the distance, sixteen steps along the chain: [B, N, N, 33] */
function features(noisy: tf.Tensor, seen: tf.Tensor): tf.Tensor {
  const N = noisy.shape[1]!;
  const along = tf.range(0, N).expandDims(1).sub(tf.range(0, N)).abs().minimum(15).cast("int32");
  const bumps = bumpsOf(noisy).mul(seen.expandDims(-1));
  const place = tf
    .oneHot(along as tf.Tensor2D, 16)
    .cast("float32")
    .expandDims(0)
    .mul(tf.onesLike(bumps));
  return tf.concat([seen.expandDims(-1), bumps, place], -1);
}

function oneRound(noisy: tf.Tensor, seen: tf.Tensor, net: PairNet, before?: Answer): Answer {
  const norm = (x: tf.Tensor, { gamma, beta }: NormParams) => layerNorm(x, gamma, beta);
  const x = features(noisy, seen);
  let z = linear(x, net.wIn, net.bIn);
  let s = linear(x.mean(2), net.wRow);
  if (before) {
    const { normPairs, wPairs, wDistances, normRow, wRow } = net.again;
    z = z.add(linear(norm(before.z, normPairs), wPairs));
    z = z.add(linear(bumpsOf(before.d), wDistances));
    s = s.add(linear(norm(before.s, normRow), wRow));
  }
  ({ s, z } = pairformerBlock(s, z, net.block, { heads: 2, pairHeads: 2 }));
  const d = linear(norm(z, net.norm), net.wHead, net.bHead).squeeze([-1]).softplus().mul(10);
  return { s, z, d: d.add(d.transpose([0, 2, 1])).div(2) };
}

const throughNodes: Mix = (z, p, direction) => {
  const n = layerNorm(z, p.normIn.gamma, p.normIn.beta);
  const sums = (w: tf.Tensor, g: tf.Tensor) =>
    linear(n, g)
      .sigmoid()
      .mul(linear(n, w))
      .sum(direction === "outgoing" ? 2 : 1);
  const x = sums(p.wA, p.gA).expandDims(2).mul(sums(p.wB, p.gB).expandDims(1));
  return linear(n, p.gOut)
    .sigmoid()
    .mul(linear(layerNorm(x, p.normOut.gamma, p.normOut.beta), p.wOut));
};

function complete(noisy: tf.Tensor, seen: tf.Tensor, net: Net, mix: Mix): tf.Tensor {
  let z = linear(features(noisy, seen), net.wIn, net.bIn);
  for (const block of [net[0], net[1]]) {
    for (const direction of ["outgoing", "incoming"] as const) {
      z = z.add(mix(z, block[direction], direction));
    }
    z = z.add(transition(z, block.transition));
  }
  const d = linear(layerNorm(z, net.norm.gamma, net.norm.beta), net.wHead, net.bHead)
    .squeeze([-1])
    .softplus()
    .mul(10);
  return d.add(d.transpose([0, 2, 1])).div(2);
}

/** Crops of 32 residues of two proteins that weren't in training, three tenths of them seen. */
function puzzles() {
  const N = 32;
  const pieces = ["ubiquitin", "Par-3"].flatMap((name) =>
    [0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44].map((from) =>
      chain(name).slice([from, 0], [N, 3]),
    ),
  );
  const truth = tf.stack(pieces.map(apart));
  const B = pieces.length;
  const draw = random(99);
  const noise = tf.tensor(draw.normal([B, N, N]).data, [B, N, N]);
  const chance = tf.tensor(draw.uniform([B, N, N]).data, [B, N, N]);
  const above = tf.range(0, N).expandDims(1).less(tf.range(0, N)).cast("float32");
  const mirrored = (x: tf.Tensor) => x.mul(above).add(x.mul(above).transpose([0, 2, 1]));
  const seen = mirrored(chance.less(0.3).cast("float32"));
  const noisy = truth.add(mirrored(noise));
  const missing = tf
    .scalar(1)
    .sub(seen)
    .mul(tf.scalar(1).sub(tf.eye(N)));
  const error = (d: tf.Tensor) => number(d.sub(truth).abs().mul(missing).sum().div(missing.sum()));
  return { noisy, seen, error };
}

test(
  "missing distances of unseen proteins: without triangles the error is at least one and a " +
    "half times as large",
  () => {
    const weights = load("checkpoints/triangles.safetensors");
    const { noisy, seen, error } = puzzles();
    const withTriangles = error(
      complete(noisy, seen, nested<Net>(weights, "with."), (z, p, direction) =>
        triangleMultiplication(z, p, { direction }),
      ),
    );
    const without = error(complete(noisy, seen, nested<Net>(weights, "without."), throughNodes));
    expect(withTriangles).toBeLessThan(1.2);
    expect(without / withTriangles).toBeGreaterThan(1.5);
  },
);

test("one Pairformer block, recycled, beats one that reads once", () => {
  const weights = load("checkpoints/pairformer.safetensors");
  const { noisy, seen, error } = puzzles();
  const once = error(oneRound(noisy, seen, nested<PairNet>(weights, "once.")).d);
  const net = nested<PairNet>(weights, "recycled.");
  let answer = oneRound(noisy, seen, net);
  for (let i = 1; i < 4; i++) answer = oneRound(noisy, seen, net, answer);
  expect(error(answer.d)).toBeLessThan(1.05);
  expect(error(answer.d)).toBeLessThan(once);
});

const [n, ca, c] = (["n", "ca", "c"] as const).map((atom) => chain("ubiquitin", atom).div(10)) as [
  tf.Tensor,
  tf.Tensor,
  tf.Tensor,
];
const real = framesFromBackbone(n, ca, c);

test("a structure module that knows ubiquitin by heart puts its Cα within 1 Å", () => {
  const weights = load("checkpoints/ubiquitin-fold.safetensors");
  const letters = [...about[0]!.sequence].map((letter) => "ACDEFGHIKLMNPQRSTVWY".indexOf(letter));
  const single = linear(
    tf.oneHot(tf.tensor1d(letters, "int32"), 20).cast("float32"),
    weights.letters!,
  )
    .add(sinusoidalPositions(76, 64))
    .expandDims(0);
  const gap = tf
    .range(0, 76)
    .expandDims(1)
    .sub(tf.range(0, 76))
    .clipByValue(-32, 32)
    .add(32)
    .cast("int32");
  const rounds = structureModule(
    single,
    tf.gather(weights.distances!, gap as tf.Tensor2D).expandDims(0),
    nested<StructureParams>(weights),
    { rounds: 4, heads: 4, queryPoints: 4, valuePoints: 4 },
  );
  const last = rounds[3]!.translation.squeeze([0]).mul(10);
  expect(number(alignedRmsd(last, chain("ubiquitin")))).toBeLessThan(1);
  expect(number(lddt(last, chain("ubiquitin")))).toBeGreaterThan(0.95);
});

test("the gradient of FAPE takes loose frames to within 1 Å", () => {
  let six: tf.Tensor[] = [tf.randomNormal([76, 6], 0, 0.1, "float32", 60)];
  let state: AdamWState = { step: 0, m: [tf.zeros([76, 6])], v: [tf.zeros([76, 6])] };
  const loss = (x: tf.Tensor) => {
    const f = backboneUpdate(x);
    return fape(f, f.translation, real, real.translation, { clamp: 3, unit: 1 }) as tf.Scalar;
  };
  for (let i = 0; i < 120; i++) {
    ({ params: six, state } = adamW(six, tf.valueAndGrads(loss)(six).grads, state, {
      rate: i < 60 ? 0.1 : 0.03,
      decay: 0,
    }));
  }
  expect(
    number(alignedRmsd(six[0]!.slice([0, 3], [76, 3]).mul(10), chain("ubiquitin"))),
  ).toBeLessThan(1);
});

test("letter pairs that change together touch more often than by chance", () => {
  const family = json<{ rows: string[]; residues: number[] }>("kinases.json");
  const groups = ["AVILMC", "FWYH", "STNQ", "KR", "DE", "GP", "-"];
  const G = groups.length;
  const N = family.residues.length;
  const grouped = family.rows.map((row) =>
    [...row].map((letter) => {
      const g = groups.findIndex((letters) => letters.includes(letter));
      return g < 0 ? 6 : g;
    }),
  );
  const hot = tf
    .oneHot(tf.tensor2d(grouped, undefined, "int32"), G)
    .cast("float32")
    .expandDims(0);
  const norm = {
    gamma: tf.fill([G], Math.sqrt((1 / G) * (1 - 1 / G) + 1e-5)),
    beta: tf.fill([G], 1 / G),
  };
  const together = outerProductMean(
    hot,
    { norm, wA: tf.eye(G), wB: tf.eye(G), wOut: tf.eye(G * G) },
    { eps: 0 },
  ).squeeze([0]);
  const alone = hot.mean(1).squeeze([0]);
  expect(together.sum(-1)).toMatchTensor(tf.ones([N, N]), 1e-4);
  const chance = alone
    .reshape([N, 1, G, 1])
    .mul(alone.reshape([1, N, 1, G]))
    .reshape([N, N, G * G]);
  const information = together
    .mul(together.add(1e-9).div(chance.add(1e-9)).maximum(1e-9).log())
    .sum(-1)
    .mul(tf.scalar(1).sub(tf.eye(N)));
  const score = information
    .sub(information.mean(0, true).mul(information.mean(1, true)).div(information.mean()))
    .arraySync() as number[][];
  const distance = apart(
    tf.gather(chain("kinase"), tf.tensor1d(family.residues, "int32")),
  ).arraySync() as number[][];
  const pairs = score
    .flatMap((row, i) => row.map((value, j) => ({ i, j, value })))
    .filter(({ i, j }) => j - i >= 6)
    .sort((a, b) => b.value - a.value);
  const share = (list: typeof pairs) =>
    list.filter(({ i, j }) => distance[i]![j]! < 8).length / list.length;
  expect(share(pairs.slice(0, 25)) / share(pairs)).toBeGreaterThan(8);
});
