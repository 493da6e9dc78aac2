/**
 * For tests: the model of lesson 11 as the lesson composes it, its weights, and the chains it
 * reads.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, parseSafeTensors, paths, type TensorData } from "grader";
import { layerNorm } from "../blocks/layerNorm";
import { encoderBlock } from "../encoders/encoderBlock";
import { pairwiseDistances } from "../orientation/pairwiseDistances";
import { quantize } from "../image-tokens/quantize";
import { backboneSteps } from "./backboneSteps";
import { framesFromBackbone } from "./framesFromBackbone";
import { fuseTracks } from "./fuseTracks";
import { geometricAttention } from "./geometricAttention";
import type { Frames } from "./types";

export const TRACKS = ["sequence", "structure", "secondary", "burial"] as const;
export type TrackName = (typeof TRACKS)[number];
export type Tracks = Record<TrackName, tf.Tensor>;
export const KINDS = { sequence: 20, structure: 32, secondary: 3, burial: 4 };
export const MASKS = { sequence: 20, structure: 33, secondary: 3, burial: 4 };
const NO_NEXT = 32;

const data = paths(courseRoot()).data;
function load(file: string): Record<string, tf.Tensor> {
  const entries = [...parseSafeTensors(readFileSync(join(data, file)), file).tensors] as [
    string,
    TensorData,
  ][];
  return Object.fromEntries(
    entries.map(([name, t]) => [name, tf.tensor(t.data as Float32Array, t.shape, t.dtype)]),
  );
}

export interface Chain {
  name: string;
  n: tf.Tensor;
  ca: tf.Tensor;
  c: tf.Tensor;
  frames: Frames;
  tracks: Tracks;
}

/** All nine chains, ubiquitin first. */
export function loadChains(codebook: tf.Tensor): Chain[] {
  const atoms = load("chains.safetensors");
  const about = JSON.parse(readFileSync(join(data, "chains.json"), "utf8")) as {
    name: string;
    sequence: string;
    secondary: string;
    breaks: number[];
  }[];
  const spelled = (text: string, alphabet: string) =>
    tf.tensor1d(
      text.split("").map((letter) => alphabet.indexOf(letter)),
      "int32",
    );
  let start = 0;
  return about.map(({ name, sequence, secondary, breaks }) => {
    const N = sequence.length;
    const [n, ca, c] = ["n", "ca", "c"].map((atom) => atoms[atom]!.slice([start, 0], [N, 3])) as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
    ];
    start += N;
    const near = pairwiseDistances(ca, ca).less(100).sum(-1).sub(1);
    const linked = tf.tensor1d(
      Array.from({ length: N - 1 }, (_, i) => !breaks.includes(i + 1)),
      "bool",
    );
    const structure = tf.concat([
      tf.where(
        linked,
        quantize(backboneSteps(n, ca, c), codebook).ids,
        tf.scalar(NO_NEXT, "int32"),
      ),
      tf.tensor1d([NO_NEXT], "int32"),
    ]);
    const tracks = {
      sequence: spelled(sequence, "ACDEFGHIKLMNPQRSTVWY"),
      structure,
      secondary: spelled(secondary, "HEC"),
      burial: tf.addN([12, 17, 22].map((least) => near.greaterEqual(least).cast("int32"))),
    };
    return { name, n, ca, c, frames: framesFromBackbone(n, ca, c), tracks };
  });
}

export const loadWeights = (): Record<string, tf.Tensor> => load("checkpoints/tracks.safetensors");

/** Logits [N, kinds] of each track; without coordinates nobody shows a frame. */
export function predict(
  w: Record<string, tf.Tensor>,
  tracks: Tracks,
  frames: Frames,
  coordinates = true,
): Tracks {
  const of = (name: string) => w[name]!;
  const norm = (at: string) => ({ gamma: of(`${at}.gamma`), beta: of(`${at}.beta`) });
  const one = {
    rotation: frames.rotation.expandDims(0),
    translation: frames.translation.expandDims(0),
  };
  return tf.tidy(() => {
    const mask = tracks.structure
      .notEqual(MASKS.structure)
      .mul(coordinates ? 1 : 0)
      .expandDims(0);
    let x = fuseTracks(
      TRACKS.map((name) => ({ ids: tracks[name].expandDims(0), table: of(`table.${name}`) })),
    );
    for (const b of [0, 1]) {
      const g = `geometric.${b}`;
      const e = `block.${b}`;
      x = x.add(
        geometricAttention(
          x,
          one,
          {
            norm: norm(`${g}.norm`),
            wIn: of(`${g}.wIn`),
            wOut: of(`${g}.wOut`),
            rotationScale: of(`${g}.rotationScale`),
            distanceScale: of(`${g}.distanceScale`),
          },
          { heads: 8, mask },
        ),
      );
      const attention = {
        wq: of(`${e}.attention.wq`),
        wk: of(`${e}.attention.wk`),
        wv: of(`${e}.attention.wv`),
        wo: of(`${e}.attention.wo`),
      };
      const mlp = {
        w1: of(`${e}.mlp.w1`),
        b1: of(`${e}.mlp.b1`),
        w2: of(`${e}.mlp.w2`),
        b2: of(`${e}.mlp.b2`),
      };
      x = encoderBlock(
        x,
        { norm1: norm(`${e}.norm1`), norm2: norm(`${e}.norm2`), attention, mlp },
        { heads: 4, rope: {} },
      );
    }
    const y = layerNorm(x, of("norm.gamma"), of("norm.beta")).squeeze([0]);
    return Object.fromEntries(TRACKS.map((name) => [name, y.matMul(of(`head.${name}`))])) as Tracks;
  });
}
