/** What lesson 17 reaches: the two towers name withheld combinations better than pixels do. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, parseSafeTensors, paths, type TensorData } from "grader";
import { expect, test } from "vitest";
import "../shared/shared.testing";
import { paddingMask } from "../attention/paddingMask";
import { encoderBlock } from "../encoders/encoderBlock";
import { meanPool } from "../encoders/meanPool";
import type { BlockParams, NormParams } from "../encoders/types";
import { layerNorm } from "../shared/layerNormWithGradient";
import { linear } from "../shared/linearWithGradient";
import { recallAtK } from "./recallAtK";
import { vitForward } from "./vitForward";
import { zeroShot } from "./zeroShot";

const { data } = paths(courseRoot());
const SIDE = 32;
const WORDS = 8;

interface Emoji {
  name: string;
  part: string;
}

function load(): Record<string, tf.Tensor> {
  const file = join(data, "checkpoints", "emoji-clip.safetensors");
  const entries = [...parseSafeTensors(readFileSync(file), file).tensors] as [string, TensorData][];
  return Object.fromEntries(
    entries.map(([name, t]) => [name, tf.tensor(t.data, t.shape, t.dtype)]),
  );
}

const w = load();
const unpack = (name: string) => gunzipSync(readFileSync(join(data, name)));
const about = JSON.parse(unpack("emoji.json.gz").toString()) as {
  palette: number[][];
  emoji: Emoji[];
};
const pixels = unpack("emoji-pictures.gz");
const vocabulary = String.fromCharCode(...w.vocabulary!.dataSync()).split(" ");

const normAt = (at: string): NormParams => ({ gamma: w[`${at}.gamma`]!, beta: w[`${at}.beta`]! });
function blockAt(at: string): BlockParams {
  const of = (name: string) => w[`${at}.${name}`]!;
  const attention = {
    wq: of("wq"),
    wk: of("wk"),
    wv: of("wv"),
    wo: of("wo"),
    bq: of("bq"),
    bk: of("bk"),
    bv: of("bv"),
    bo: of("bo"),
  };
  const mlp = { w1: of("w1"), b1: of("b1"), w2: of("w2"), b2: of("b2") };
  return { norm1: normAt(`${at}.norm1`), attention, norm2: normAt(`${at}.norm2`), mlp };
}

function pictures(which: number[]): tf.Tensor {
  const rgb = which.flatMap((i) =>
    [...pixels.subarray(SIDE * SIDE * i, SIDE * SIDE * (i + 1))].flatMap((id) =>
      about.palette[id]!.map((v) => v / 255),
    ),
  );
  return tf.tensor(rgb, [which.length, SIDE, SIDE, 3]);
}

function readTexts(rows: string[][]): tf.Tensor {
  const known = rows.map((words) => words.map((word) => vocabulary.indexOf(word)));
  const ids = known.map((row) => Array.from({ length: WORDS }, (_, t) => row[t] ?? 0));
  const lengths = tf.tensor1d(
    known.map((row) => row.length),
    "int32",
  );
  const x = tf.gather(w["text.tokens"]!, tf.tensor2d(ids, undefined, "int32"));
  const mask = paddingMask(lengths, WORDS);
  const y = encoderBlock(x.add(w["text.positions"]!), blockAt("text.0"), { heads: 4, mask });
  const { gamma, beta } = normAt("text.norm");
  return linear(meanPool(layerNorm(y, gamma, beta), lengths), w["text.out"]!);
}

test("withheld combinations are named among ten of all names more often than not", () => {
  const words = (name: string) =>
    name
      .split(" ")
      .filter((word) => vocabulary.includes(word))
      .slice(0, WORDS);
  const named = about.emoji.filter((e) => words(e.name).length > 0);
  const pairs = named.filter((e) => e.part === "pair");
  const vit = {
    patches: {
      w: w["image.w"]!,
      b: w["image.b"]!,
      cls: w["image.cls"]!,
      positions: w["image.positions"]!,
    },
    blocks: [0, 1, 2].map((i) => blockAt(`image.${i}`)),
    norm: normAt("image.norm"),
  };
  const recall = tf.tidy(() => {
    const images = pictures(pairs.map((e) => about.emoji.indexOf(e)));
    const { tokens } = vitForward(images, vit, { patch: 4, heads: 4 });
    const seen = linear(tokens.slice([0, 0, 0], [-1, 1, -1]).squeeze([1]), w["image.out"]!);
    const classes = tf.split(readTexts(named.map((e) => words(e.name))), named.length);
    const partners = tf.tensor1d(
      pairs.map((e) => named.indexOf(e)),
      "int32",
    );
    return recallAtK(zeroShot(seen, classes), partners, 10).dataSync()[0]!;
  });
  console.info(`lesson 17: withheld combinations named among ten of ${named.length}: ${recall}`);
  expect(recall).toBeGreaterThan(0.5);
});
