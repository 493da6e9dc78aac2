/**
 * What lesson 06 reaches: a layer that learns to copy, a cache that changes nothing, the attention
 * of two trained models.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, parseSafeTensors, paths, type TensorData } from "grader";
import { expect, test } from "vitest";
import "../shared/shared.testing";
import { adamW, type AdamWState } from "../blocks/adamW";
import { crossEntropy } from "../blocks/crossEntropy";
import { gelu } from "../blocks/gelu";
import { layerNorm } from "../blocks/layerNorm";
import { linear } from "../blocks/linear";
import { attendWithCache } from "./attendWithCache";
import { causalMask } from "./causalMask";
import { mergeHeads } from "./mergeHeads";
import { multiHeadAttention } from "./multiHeadAttention";
import { scaledDotProductAttention } from "./scaledDotProductAttention";
import { splitHeads } from "./splitHeads";
import type { KvCache } from "./types";

const { data, local } = paths(courseRoot());
const normal = (shape: number[], seed: number, deviation = 1) =>
  tf.randomNormal(shape, 0, deviation, "float32", seed) as tf.Tensor;

test("one attention layer learns to copy eight symbols", () => {
  const N = 8;
  const V = 10;
  const C = 32;
  const copier = (symbols: tf.Tensor, [table, positions, wq, wk, wv, wo, head]: tf.Tensor[]) => {
    const ids = tf.concat([symbols, tf.fill([symbols.shape[0]!, N], V, "int32")], 1) as tf.Tensor2D;
    const x = linear(tf.oneHot(ids, V + 1).cast("float32"), table!).add(positions!);
    const y = multiHeadAttention(x, { wq: wq!, wk: wk!, wv: wv!, wo: wo! }, { heads: 1 });
    return linear(y.slice([0, N, 0], [-1, N, -1]), head!);
  };
  let params = [
    [V + 1, C],
    [2 * N, C],
    [C, C],
    [C, C],
    [C, C],
    [C, C],
    [C, V],
  ].map((shape, i) => normal(shape, i + 1, i < 2 ? 1 : C ** -0.5));
  let state: AdamWState = {
    step: 0,
    m: params.map((p) => tf.zerosLike(p)),
    v: params.map((p) => tf.zerosLike(p)),
  };
  const draw = (rows: number, seed: number) =>
    tf.randomUniform([rows, N], 0, V, "int32", seed) as tf.Tensor;
  for (let i = 0; i < 100; i++) {
    const next = tf.tidy(() => {
      const symbols = draw(32, 1000 + i);
      const loss = (...p: tf.Tensor[]) => crossEntropy(copier(symbols, p), symbols);
      return adamW(params, tf.grads(loss)(params), state, { rate: 0.01 });
    });
    tf.dispose([...params, ...state.m, ...state.v]);
    ({ params, state } = next);
  }
  const fresh = draw(500, 7);
  const right = copier(fresh, params).argMax(-1).equal(fresh).cast("float32").mean().dataSync()[0]!;
  expect(right).toBeGreaterThanOrEqual(0.99);
});

test("cached equals uncached over 200 tokens, one by one", () => {
  const params = {
    wq: normal([64, 64], 1, 0.125),
    wk: normal([64, 32], 2, 0.125),
    wv: normal([64, 32], 3, 0.125),
    wo: normal([64, 64], 4, 0.125),
  };
  const options = { heads: 4, kvHeads: 2, rope: {} };
  const x = normal([1, 200, 64], 5);
  let cache: KvCache = { k: null, v: null };
  const outputs: tf.Tensor[] = [];
  for (let t = 0; t < 200; t++) {
    const step = attendWithCache(x.slice([0, t, 0], [1, 1, 64]), cache, params, options);
    outputs.push(step.output);
    cache = step.cache;
  }
  expect(tf.concat(outputs, 1)).toMatchTensor(
    multiHeadAttention(x, params, { ...options, mask: causalMask(200) }),
    1e-5,
  );
});

interface Sentence {
  tokens: string[];
  ids: number[];
  segments: number[];
}
const json = <T>(name: string) => JSON.parse(readFileSync(join(data, name), "utf8")) as T;
function load(file: string): Record<string, tf.Tensor> {
  const entries = [...parseSafeTensors(readFileSync(file), file).tensors] as [string, TensorData][];
  return Object.fromEntries(
    entries.map(([name, t]) => [name, tf.tensor(t.data as Float32Array, t.shape, t.dtype)]),
  );
}

/** BERT's forward pass as the lesson composes it. */
function bert(
  w: Record<string, tf.Tensor>,
  { ids, segments }: Sentence,
  layers: number,
  heads: number,
): { hidden: tf.Tensor; maps: tf.Tensor } {
  const rows = (name: string, at: number[]) =>
    tf.gather(w[`embeddings.${name}.weight`]!, tf.tensor1d(at, "int32"));
  const norm = (x: tf.Tensor, name: string) =>
    layerNorm(x, w[`${name}.LayerNorm.weight`]!, w[`${name}.LayerNorm.bias`]!, 1e-12);
  const dense = (x: tf.Tensor, name: string) =>
    linear(x, w[`${name}.weight`]!.transpose(), w[`${name}.bias`]!);
  const words = rows("word_embeddings", ids);
  const places = rows("position_embeddings", [...ids.keys()]);
  const types = rows("token_type_embeddings", segments);
  let x = norm(words.add(places).add(types).expandDims(0), "embeddings");
  const maps: tf.Tensor[] = [];
  for (let i = 0; i < layers; i++) {
    const at = `encoder.layer.${i}`;
    const [q, k, v] = ["query", "key", "value"].map((name) =>
      splitHeads(dense(x, `${at}.attention.self.${name}`), heads),
    );
    const { output, weights } = scaledDotProductAttention(q!, k!, v!);
    const attended = dense(mergeHeads(output), `${at}.attention.output.dense`);
    const y = norm(x.add(attended), `${at}.attention.output`);
    const hidden = gelu(dense(y, `${at}.intermediate.dense`));
    x = norm(y.add(dense(hidden, `${at}.output.dense`)), `${at}.output`);
    maps.push(weights);
  }
  return { hidden: x, maps: tf.concat(maps) };
}

test("the small model fills each gap, and looks at the word it fills in", () => {
  const w = load(join(data, "checkpoints", "quote-bert.safetensors"));
  const about = json<{
    layers: number;
    heads: number;
    vocabulary: string[];
    sentences: Sentence[];
  }>("checkpoints/quote-bert.json");
  const answers = ["stage", "not", "are"];
  about.sentences.forEach((s, n) => {
    const gap = s.tokens.indexOf("[MASK]");
    const source = s.tokens.indexOf(answers[n]!);
    const { hidden, maps } = tf.tidy(() => bert(w, s, about.layers, about.heads));
    const atGap = hidden.slice([0, gap, 0], [1, 1, -1]).reshape([1, -1]);
    const logits = atGap.matMul(w["embeddings.word_embeddings.weight"]!, false, true);
    expect(about.vocabulary[logits.argMax(-1).dataSync()[0]!]).toBe(answers[n]);
    const lastLayer = (maps.arraySync() as number[][][][]).at(-1)!;
    const looks = lastLayer.map((head) => head[gap]![source]!);
    expect(
      Math.max(...looks),
      `"${s.tokens.join(" ")}": heads of the last layer look at ${answers[n]}`,
    ).toBeGreaterThan(0.5);
  });
});

const minilm = join(local, "weights", "minilm", "model.safetensors");
const installed = existsSync(minilm);
if (!installed) {
  console.warn(
    "SKIPPED: MiniLM against Hugging Face's implementation; " +
      "npx course weights minilm installs its weights",
  );
}
test.skipIf(!installed)("MiniLM gives Hugging Face's attention weights and hidden state", () => {
  const { layers, heads, sentences } = json<{
    layers: number;
    heads: number;
    sentences: Sentence[];
  }>("minilm-sentences.json");
  const reference = load(join(data, "minilm-reference.safetensors"));
  const { hidden, maps } = tf.tidy(() => bert(load(minilm), sentences[0]!, layers, heads));
  expect(maps).toMatchTensor(reference["weights.0"]!, 1e-5);
  expect(hidden.squeeze([0])).toMatchTensor(reference.hidden!, 1e-5);
});
