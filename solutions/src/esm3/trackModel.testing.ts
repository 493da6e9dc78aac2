/** For tests: the model of lesson 11 as the lesson builds it, its weights, and the chains. */
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
import type { BlockParams } from "../encoders/types";
import type { Frames, GeometricParams } from "./types";

export const TRACKS = ["sequence", "structure", "secondary", "burial"] as const;
export type TrackName = (typeof TRACKS)[number];
export type Tracks = Record<TrackName, tf.Tensor>;
export const KINDS = { sequence: 20, structure: 32, secondary: 3, burial: 4 };
export const MASKS = { sequence: 20, structure: 33, secondary: 3, burial: 4 };
const NO_NEXT = 32;

const { data } = paths(courseRoot());
const tensor = ({ data, shape, dtype }: TensorData) =>
  tf.tensor(data as Float32Array, shape, dtype);

function load(file: string): Record<string, tf.Tensor> {
  const { tensors } = parseSafeTensors(readFileSync(join(data, file)), file);
  const entries = [...tensors] as [string, TensorData][];
  return Object.fromEntries(entries.map(([name, t]) => [name, tensor(t)]));
}

export interface Chain {
  name: string;
  n: tf.Tensor;
  ca: tf.Tensor;
  c: tf.Tensor;
  frames: Frames;
  tracks: Tracks;
}

/** What chains.json says of a chain; breaks are the residues after a gap in the backbone. */
interface ChainInfo {
  name: string;
  sequence: string;
  secondary: string;
  breaks: number[];
}

function spelled(text: string, alphabet: string): tf.Tensor {
  const ids = text.split("").map((letter) => alphabet.indexOf(letter));
  return tf.tensor1d(ids, "int32");
}

/** The structure track [N]: a code for the step to the next residue, or NO_NEXT. */
function structureTrack(steps: tf.Tensor, breaks: number[], codebook: tf.Tensor): tf.Tensor {
  const linked = Array.from({ length: steps.shape[0]! }, (_, i) => !breaks.includes(i + 1));
  const { ids } = quantize(steps, codebook);
  const codes = tf.where(tf.tensor1d(linked, "bool"), ids, tf.scalar(NO_NEXT, "int32"));
  return tf.concat([codes, tf.tensor1d([NO_NEXT], "int32")]);
}

/** The burial track [N]: 0 to 3, by the number of residues within 10 Å. */
function burialTrack(ca: tf.Tensor): tf.Tensor {
  const near = pairwiseDistances(ca, ca).less(100).sum(-1).sub(1);
  return tf.addN([12, 17, 22].map((least) => near.greaterEqual(least).cast("int32")));
}

/** All nine chains, ubiquitin first. */
export function loadChains(codebook: tf.Tensor): Chain[] {
  const atoms = load("chains.safetensors");
  const infos = JSON.parse(readFileSync(join(data, "chains.json"), "utf8")) as ChainInfo[];
  let start = 0;
  return infos.map(({ name, sequence, secondary, breaks }) => {
    const N = sequence.length;
    const atom = (kind: string) => atoms[kind]!.slice([start, 0], [N, 3]);
    const [n, ca, c] = [atom("n"), atom("ca"), atom("c")];
    start += N;
    const tracks = {
      sequence: spelled(sequence, "ACDEFGHIKLMNPQRSTVWY"),
      structure: structureTrack(backboneSteps(n, ca, c), breaks, codebook),
      secondary: spelled(secondary, "HEC"),
      burial: burialTrack(ca),
    };
    return { name, n, ca, c, frames: framesFromBackbone(n, ca, c), tracks };
  });
}

export const loadWeights = (): Record<string, tf.Tensor> => load("checkpoints/tracks.safetensors");

type Weights = Record<string, tf.Tensor>;
const normOf = (w: Weights, at: string) => ({ gamma: w[`${at}.gamma`]!, beta: w[`${at}.beta`]! });

function geometricParams(w: Weights, at: string): GeometricParams {
  const of = (name: string) => w[`${at}.${name}`]!;
  return {
    norm: normOf(w, `${at}.norm`),
    wIn: of("wIn"),
    wOut: of("wOut"),
    rotationScale: of("rotationScale"),
    distanceScale: of("distanceScale"),
  };
}

function blockParams(w: Weights, at: string): BlockParams {
  const attention = (name: string) => w[`${at}.attention.${name}`]!;
  const mlp = (name: string) => w[`${at}.mlp.${name}`]!;
  return {
    norm1: normOf(w, `${at}.norm1`),
    attention: {
      wq: attention("wq"),
      wk: attention("wk"),
      wv: attention("wv"),
      wo: attention("wo"),
    },
    norm2: normOf(w, `${at}.norm2`),
    mlp: { w1: mlp("w1"), b1: mlp("b1"), w2: mlp("w2"), b2: mlp("b2") },
  };
}

/** Logits [N, kinds] of each track; without coordinates, no residue shows its frame. */
export function predict(w: Weights, tracks: Tracks, frames: Frames, coordinates = true): Tracks {
  return tf.tidy(() => {
    const one = {
      rotation: frames.rotation.expandDims(0),
      translation: frames.translation.expandDims(0),
    };
    const known = tracks.structure.notEqual(MASKS.structure).mul(coordinates ? 1 : 0);
    const mask = known.expandDims(0);
    const inputs = TRACKS.map((name) => ({
      ids: tracks[name].expandDims(0),
      table: w[`table.${name}`]!,
    }));
    let x = fuseTracks(inputs);
    for (const b of [0, 1]) {
      const geometry = geometricParams(w, `geometric.${b}`);
      x = x.add(geometricAttention(x, one, geometry, { heads: 8, mask }));
      x = encoderBlock(x, blockParams(w, `block.${b}`), { heads: 4, rope: {} });
    }
    const y = layerNorm(x, w["norm.gamma"]!, w["norm.beta"]!).squeeze([0]);
    return Object.fromEntries(TRACKS.map((name) => [name, y.matMul(w[`head.${name}`]!)])) as Tracks;
  });
}
