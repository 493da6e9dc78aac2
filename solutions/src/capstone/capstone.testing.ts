/**
 * For tests only: lesson 15's models. Captions and pictures of clothes as ids of one vocabulary, a
 * decoder that writes both, the encoder–decoder that is its alternative, a classifier that judges
 * them; how they are trained, and measured. All that is drawn comes from seeds.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, paths, random, type Random } from "grader";
import { attendWithCache } from "../attention/attendWithCache";
import { crossAttention } from "../attention/crossAttention";
import type { KvCache } from "../attention/types";
import { adamW, type AdamWState } from "../blocks/adamW";
import { clipGradients } from "../blocks/clipGradients";
import { crossEntropy } from "../blocks/crossEntropy";
import { dropout } from "../blocks/dropout";
import { feedForward } from "../blocks/feedForward";
import { gelu } from "../blocks/gelu";
import { geluTanh } from "../shared/geluTanhWithGradient";
import { layerNorm } from "../shared/layerNormWithGradient";
import { linear } from "../blocks/linear";
import { oneHot } from "../orientation/oneHot";
import { sinusoidalPositions } from "../positions/sinusoidalPositions";
import { packTokens } from "../life/packTokens";
import { unifyVocabularies } from "../life/unifyVocabularies";
import { imageNetwork } from "../image-tokens/imageNetwork";
import { lookUpCodes } from "../image-tokens/lookUpCodes";
import { overlappingPatches } from "../image-tokens/overlappingPatches";
import { quantize } from "../image-tokens/quantize";
import { unpatchify } from "../image-tokens/unpatchify";
import { decodeTarget } from "../encoder-decoder/decodeTarget";
import { encodeSource } from "../encoder-decoder/encodeSource";
import { readTensorFile } from "../encoders/family.testing";
import { gptForward } from "../decoders/gptForward";
import { splitGpt, type GptSize } from "../decoders/gptWeights";
import { seq2seqParams } from "../encoder-decoder/seq2seqParams";
import type { GptParams } from "../decoders/types";
import type { NormParams } from "../encoders/types";
import type { Seq2SeqParams } from "../encoder-decoder/types";

export type Weights = Record<string, tf.Tensor>;
const { data } = paths(courseRoot());
export const checkpoint = (name: string): string =>
  join(data, "checkpoints", `${name}.safetensors`);
export const readCheckpoint = (name: string): Weights => readTensorFile(checkpoint(name));

// Pictures: the first 7,500 are trained on, 500 say when to stop, 1,000 are seen by nobody.
export const TRAIN = 7500;
export const SEEN = 8000;
export const ALL = 9000;
export const PLACES = 49;
export const CODES = 64;
const raw = gunzipSync(readFileSync(join(data, "fashion-mnist-images.idx.gz"))).subarray(16);
export const kinds = Array.from(
  gunzipSync(readFileSync(join(data, "fashion-mnist-labels.idx.gz"))).subarray(8),
);
export const pictures = (places: number[]): tf.Tensor =>
  tf.tensor(
    Float32Array.from(
      places.flatMap((n) => [...raw.subarray(784 * n, 784 * (n + 1))]),
      (v) => v / 255,
    ),
    [places.length, 28, 28, 1],
  );
const vq = readCheckpoint("fashion-vq");
export const idsOf = (x: tf.Tensor): tf.Tensor =>
  tf.tidy(() =>
    quantize(imageNetwork(overlappingPatches(x, 4), vq, "encoder"), vq.codebook!).ids.reshape([
      -1,
      PLACES,
    ]),
  );
/** @param ids int32 [N, 49] @returns [N, 784] from 0 to 1 */
export const pictureOf = (ids: tf.Tensor): tf.Tensor =>
  tf.tidy(() =>
    unpatchify(
      imageNetwork(lookUpCodes(vq.codebook!, ids.reshape([-1, 7, 7])), vq, "decoder").reshape([
        -1,
        PLACES,
        16,
      ]),
      4,
      28,
      28,
    )
      .reshape([-1, 784])
      .clipByValue(0, 1),
  );

/** f of 100 pictures at a time, joined. */
export const inParts = (count: number, f: (from: number, size: number) => tf.Tensor): tf.Tensor =>
  tf.tidy(() =>
    tf.concat(
      Array.from({ length: Math.ceil(count / 100) }, (_, i) =>
        f(100 * i, Math.min(100, count - 100 * i)),
      ),
    ),
  );
const span = (from: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => from + i);
/** The 49 ids of pictures `from` … , of the mirrored ones if asked. */
export const pages = (from: number, count: number, mirrored = false): number[][] =>
  tf.tidy(
    () =>
      inParts(count, (at, size) => {
        const x = pictures(span(from + at, size));
        return idsOf(mirrored ? x.reverse(2) : x);
      }).arraySync() as number[][],
  );

// Words: a kind, and a shade that is measured: the mean of the pixels that are not background, in
// thirds of each kind.
export const NAMES = [
  "T-shirt",
  "trousers",
  "pullover",
  "dress",
  "coat",
  "sandals",
  "shirt",
  "sneakers",
  "bag",
  "ankle boots",
];
export const SHADES = ["dark", "grey", "light"];
const PAIRS = [1, 5, 7, 9];
const LOOK_ALIKE_MIRRORED = [0, 1, 2, 3, 4, 6, 8]; // shoes all point to the left
export function lightness(pixels: ArrayLike<number>): number {
  const cloth = Array.from(pixels).filter((v) => v > 0.1);
  return cloth.reduce((sum, v) => sum + v, 0) / Math.max(1, cloth.length);
}
const shine = span(0, ALL).map((n) =>
  lightness(Array.from(raw.subarray(784 * n, 784 * (n + 1)), (v) => v / 255)),
);
/** Two borders for each kind, of the pictures that are trained on. */
export const borders = NAMES.map((_, kind) => {
  const sorted = shine
    .slice(0, TRAIN)
    .filter((_, n) => kinds[n] === kind)
    .sort((a, b) => a - b);
  return [1, 2].map((third) => sorted[Math.floor((third * sorted.length) / 3)]!);
});
export const shadeOf = (kind: number, light: number): number =>
  borders[kind]!.filter((border) => light >= border).length;
export const shades = shine.map((light, n) => shadeOf(kinds[n]!, light));
export const caption = (kind: number, shade?: number): string =>
  `${PAIRS.includes(kind) ? "a pair of" : "a"} ` +
  `${shade === undefined ? "" : `${SHADES[shade]!} `}${NAMES[kind]!}`;
export const WORDS = [
  ...new Set(NAMES.flatMap((_, kind) => caption(kind, 0).split(" ")).concat(SHADES)),
].sort();
export const wordIds = (text: string): number[] =>
  text === "" ? [] : text.split(" ").map((word) => WORDS.indexOf(word));

// One vocabulary, one length: <words> caption <end> padding <picture> 49 ids <end>, or the picture
// first.
export const vocabulary = unifyVocabularies([
  { name: "words", size: WORDS.length },
  { name: "picture", size: CODES },
]);
const WORD_PLACES = 8;
export const { offset: FIRST_CODE } = vocabulary.modalities.picture!;
export const words = (text: string): number[] => {
  const ids = packTokens([{ modality: "words", ids: wordIds(text) }], vocabulary);
  return [...ids, ...Array<number>(WORD_PLACES - ids.length).fill(0)];
};
export const picture = (ids: number[]): number[] =>
  packTokens([{ modality: "picture", ids }], vocabulary);
export const SIZE: GptSize = {
  layers: 4,
  width: 96,
  heads: 4,
  vocabulary: vocabulary.size,
  context: WORD_PLACES + PLACES + 2,
};

/**
 * A caption as training has it: mostly with its shade, sometimes without, now and then none at all.
 */
function drawCaption(dice: Random, n: number): string {
  const u = dice.next();
  return u < 0.1 ? "" : caption(kinds[n]!, u < 0.3 ? undefined : shades[n]);
}
/**
 * One in ten of the codes that are read is a random one, so that a model learns to go on from its
 * own mistakes.
 */
export function smudge(dice: Random, page: number[]): number[] {
  return page.map((code) => (dice.next() < 0.1 ? dice.int(0, CODES - 1) : code));
}
/** `smudged` is what is read, `page` what is asked for. */
export interface Example {
  text: string;
  page: number[];
  smudged: number[];
  pictureFirst: boolean;
}
/** Examples for training, mirrored half of the time where mirrored clothes look alike. */
export function drawExamples(dice: Random, count: number, both: number[][][]): Example[] {
  return Array.from({ length: count }, () => {
    const n = dice.int(0, TRAIN - 1);
    const turned = LOOK_ALIKE_MIRRORED.includes(kinds[n]!) && dice.next() < 0.5;
    const pictureFirst = dice.next() < 0.2;
    const text = pictureFirst ? caption(kinds[n]!, shades[n]) : drawCaption(dice, n);
    const page = both[turned ? 1 : 0]![n]!;
    return { text, page, smudged: smudge(dice, page), pictureFirst };
  });
}

const asRow = (text: string, page: number[], pictureFirst = false): number[] =>
  pictureFirst ? [...picture(page), ...words(text)] : [...words(text), ...picture(page)];
/** Mean loss of the next token, padding aside. */
export function sequenceLoss(examples: Example[], params: GptParams): tf.Scalar {
  return tf.tidy(() => {
    const read = tf.tensor2d(
      examples.map(({ text, smudged, pictureFirst }) =>
        asRow(text, smudged, pictureFirst).slice(0, -1),
      ),
      undefined,
      "int32",
    );
    const asked = tf.tensor2d(
      examples.map(({ text, page, pictureFirst }) => asRow(text, page, pictureFirst).slice(1)),
      undefined,
      "int32",
    );
    return crossEntropy(gptForward(read, params, SIZE), asked, { ignore: 0 }) as tf.Scalar;
  });
}
/** The loss of the 49 picture tokens that follow a caption, [N, 49]. */
export function picturesLoss(
  rows: { text: string; page: number[] }[],
  params: GptParams,
): tf.Tensor {
  return tf.tidy(() => {
    const all = tf.tensor2d(
      rows.map(({ text, page }) => asRow(text, page)),
      undefined,
      "int32",
    );
    const from = WORD_PLACES;
    const logits = gptForward(all.slice([0, 0], [-1, from + PLACES]), params, SIZE).slice(
      [0, from, 0],
      [-1, PLACES, -1],
    );
    return tf
      .logSoftmax(logits)
      .mul(oneHot(all.slice([0, from + 1], [-1, PLACES]), SIZE.vocabulary))
      .sum(-1)
      .neg();
  });
}

// The alternative: lesson 10's encoder reads the words, its decoder writes the picture.
export const CROSS = { encoder: 1, decoder: 3, width: 88, heads: 4 };
const BEGIN = CODES; // the id behind the codes
export function drawCross(seed: number): Weights {
  const { width: C } = CROSS;
  const w: Weights = {};
  const normal = (name: string, shape: number[], deviation: number) => {
    w[name] = tf.randomNormal(shape, 0, deviation, "float32", seed + Object.keys(w).length);
  };
  const norm = (at: string) =>
    Object.assign(w, { [`${at}.gamma`]: tf.ones([C]), [`${at}.beta`]: tf.zeros([C]) });
  const attention = (at: string) => {
    for (const x of ["q", "k", "v", "o"]) {
      normal(`${at}.w${x}`, [C, C], C ** -0.5);
      w[`${at}.b${x}`] = tf.zeros([C]);
    }
  };
  const mlp = (at: string) => {
    normal(`${at}.w1`, [C, 4 * C], C ** -0.5);
    w[`${at}.b1`] = tf.zeros([4 * C]);
    normal(`${at}.w2`, [4 * C, C], (4 * C) ** -0.5);
    w[`${at}.b2`] = tf.zeros([C]);
  };
  normal("source", [WORDS.length + 1, C], C ** -0.5); // the last row stands for no word
  normal("target", [CODES + 1, C], C ** -0.5);
  for (const [half, layers, parts] of [
    ["encoder", CROSS.encoder, ["attention"]],
    ["decoder", CROSS.decoder, ["self", "cross"]],
  ] as const) {
    for (let l = 0; l < layers; l++) {
      parts.forEach((part) => attention(`${half}.${l}.${part}`));
      mlp(`${half}.${l}.mlp`);
      span(1, parts.length + 1).forEach((i) => norm(`${half}.${l}.norm${i}`));
    }
  }
  return w;
}
/** Captions as rows of ids, and the mask that hides what is behind them. */
export function captionRows(texts: string[]): { ids: tf.Tensor; mask: tf.Tensor } {
  const rows = texts.map(wordIds);
  const S = WORD_PLACES - 2;
  const none = WORDS.length;
  const ids = tf.tensor2d(
    rows.map((row) => [...row, ...Array<number>(S - row.length).fill(none)]),
    undefined,
    "int32",
  );
  // an empty caption reads one place, which holds no word
  return {
    ids,
    mask: tf
      .tensor2d(rows.map((row) => span(0, S).map((s) => (s < Math.max(1, row.length) ? 1 : 0))))
      .reshape([texts.length, 1, 1, S]),
  };
}
export function crossLoss(
  rows: { text: string; page: number[]; smudged?: number[] }[],
  params: Seq2SeqParams,
): tf.Tensor {
  return tf.tidy(() => {
    const { ids, mask } = captionRows(rows.map(({ text }) => text));
    const { heads } = CROSS;
    const memory = encodeSource(ids, params, { heads, mask });
    const target = tf.tensor2d(
      rows.map(({ page }) => page),
      undefined,
      "int32",
    );
    const read = tf.tensor2d(
      rows.map(({ page, smudged = page }) => [BEGIN, ...smudged.slice(0, -1)]),
      undefined,
      "int32",
    );
    const logits = decodeTarget(read, memory, params, { heads, memoryMask: mask });
    return tf
      .logSoftmax(logits)
      .mul(oneHot(target, CODES + 1))
      .sum(-1)
      .neg(); // [N, 49]
  });
}

/** AdamW on all weights in one long tensor, so that a step is a dozen operations. */
export async function train(
  start: Weights,
  loss: (w: Weights, step: number) => tf.Scalar,
  options: { steps: number; rate: number; decay?: number },
  report: (step: number, loss: number, weights: () => Weights) => void,
): Promise<{ weights: Weights; losses: number[] }> {
  const names = Object.keys(start);
  const shapes = names.map((name) => start[name]!.shape);
  const sizes = names.map((name) => start[name]!.size);
  const losses: number[] = [];
  const named = (long: tf.Tensor): Weights => {
    // tfjs has no gradient of a split in one
    const parts = sizes.length > 1 ? tf.split(long, sizes) : [long];
    return Object.fromEntries(parts.map((part, i) => [names[i]!, part.reshape(shapes[i]!)]));
  };
  let long: tf.Tensor = tf.concat1d(Object.values(start).map((t) => t.flatten() as tf.Tensor1D));
  let state: AdamWState = { step: 0, m: [tf.zerosLike(long)], v: [tf.zerosLike(long)] };
  for (let step = 0; step < options.steps; step++) {
    const {
      value,
      params: [next],
      state: after,
    } = tf.tidy(() => {
      const { value, grad } = tf.valueAndGrad((w: tf.Tensor) => loss(named(w), step))(long);
      const rate =
        options.rate *
        Math.min(1, (step + 1) / 50) *
        (0.525 + 0.475 * Math.cos((Math.PI * step) / options.steps)); // down to a twentieth
      return {
        value,
        ...adamW([long], clipGradients([grad], 1).gradients, state, {
          rate,
          beta2: 0.99,
          decay: options.decay ?? 0.01,
        }),
      };
    }) as { value: tf.Tensor; params: [tf.Tensor]; state: AdamWState };
    losses.push(value.dataSync()[0]!);
    tf.dispose([long, state.m, state.v, value]);
    [long, state] = [next, after];
    await setImmediate(); // the test runner has its turn
    report(step, losses.at(-1)!, () => named(long));
  }
  tf.dispose([state.m, state.v]);
  return { weights: named(long), losses };
}

// The judge: two linear layers on pixels, trained on pictures alone.
export function drawJudge(seed: number): Weights {
  return {
    w1: tf.randomNormal([784, 64], 0, 784 ** -0.5, "float32", seed),
    b1: tf.zeros([64]),
    w2: tf.randomNormal([64, 10], 0, 64 ** -0.5, "float32", seed + 1),
    b2: tf.zeros([10]),
  };
}
export const judge = (x: tf.Tensor, w: Weights): tf.Tensor =>
  linear(gelu(linear(x, w.w1!, w.b1)), w.w2!, w.b2);
export function judgeLoss(w: Weights, step: number): tf.Scalar {
  const dice = random(step + 1);
  const places = Array.from({ length: 64 }, () => dice.int(0, SEEN - 1));
  const answers = places.map((n) => kinds[n]!);
  const x = pictures(places).reshape([64, 784]);
  const hidden = gelu(linear(x, w.w1!, w.b1));
  const dropped = dropout(hidden, 0.3, tf.randomUniform(hidden.shape, 0, 1, "float32", step + 1));
  return crossEntropy(linear(dropped, w.w2!, w.b2), tf.tensor1d(answers, "int32"), {
    smoothing: 0.05,
  }) as tf.Scalar;
}

/**
 * One step of a GPT for ids [B, T] behind what the caches hold; the scores are those of the last
 * place.
 */
export function gptStep(
  ids: tf.Tensor,
  caches: KvCache[],
  params: GptParams,
): { logits: tf.Tensor; caches: KvCache[] } {
  const T = ids.shape[1]!;
  const past = caches[0]!.k?.shape[2] ?? 0;
  const after: KvCache[] = [];
  const logits = tf.tidy(() => {
    const norm = (x: tf.Tensor, { gamma, beta }: NormParams) => layerNorm(x, gamma, beta);
    let x: tf.Tensor = tf
      .gather(params.tokens, ids)
      .add(params.positions.slice([past, 0], [T, -1]));
    params.blocks.forEach((block, i) => {
      const { output, cache } = attendWithCache(norm(x, block.norm1), caches[i]!, block.attention, {
        heads: SIZE.heads,
      });
      after.push({ k: tf.keep(cache.k!), v: tf.keep(cache.v!) });
      const h = x.add(output);
      x = h.add(feedForward(norm(h, block.norm2), block.mlp, geluTanh));
    });
    return linear(norm(x.slice([0, T - 1, 0]), params.norm), params.tokens.transpose()).squeeze([
      1,
    ]); // [B, V]
  });
  return { logits, caches: after };
}
/** One step of the alternative's decoder for ids [B, 1], as decodeTarget has it. */
export function crossStep(
  ids: tf.Tensor,
  caches: KvCache[],
  memory: tf.Tensor,
  mask: tf.Tensor,
  params: Seq2SeqParams,
): { logits: tf.Tensor; caches: KvCache[] } {
  const past = caches[0]!.k?.shape[2] ?? 0;
  const C = memory.shape[2]!;
  const { heads } = CROSS;
  const after: KvCache[] = [];
  const logits = tf.tidy(() => {
    const norm = (x: tf.Tensor, { gamma, beta }: NormParams) => layerNorm(x, gamma, beta);
    let x: tf.Tensor = linear(oneHot(ids, CODES + 1), params.target)
      .mul(Math.sqrt(C))
      .add(sinusoidalPositions(past + 1, C).slice([past, 0]));
    params.decoder.forEach((block, i) => {
      const { output, cache } = attendWithCache(x, caches[i]!, block.self, { heads });
      after.push({ k: tf.keep(cache.k!), v: tf.keep(cache.v!) });
      const h = norm(x.add(output), block.norm1);
      const z = norm(h.add(crossAttention(h, memory, block.cross, { heads, mask })), block.norm2);
      x = norm(z.add(feedForward(z, block.mlp, tf.relu)), block.norm3);
    });
    return linear(x, params.target.transpose()).squeeze([1]);
  });
  return { logits, caches: after };
}
/** Gumbel's trick (lesson 02): the largest of logits + noise is a draw from their softmax. */
const drawCodes = (logits: tf.Tensor, seed: number): tf.Tensor =>
  tf.tidy(() => {
    const noise = tf
      .randomUniform(logits.shape, 1e-7, 1 - 1e-7, "float32", seed)
      .log()
      .neg()
      .log()
      .neg();
    return logits.add(noise).argMax(-1).cast("int32");
  });
const empty = (layers: number): KvCache[] =>
  Array.from({ length: layers }, () => ({ k: null, v: null }));
/**
 * Writes 49 codes behind a start, all rows at once: next gives the scores of the codes, and what it
 * will read.
 */
function writePages(
  first: number[][],
  step: (ids: tf.Tensor, caches: KvCache[]) => { logits: tf.Tensor; caches: KvCache[] },
  layers: number,
  from: number,
  seed: number,
): number[][] {
  let caches = empty(layers);
  let next: tf.Tensor = tf.tensor2d(first, undefined, "int32");
  const drawn: tf.Tensor[] = [];
  for (let t = 0; t < PLACES; t++) {
    const one = step(next, caches);
    const codes = tf.tidy(() =>
      drawCodes(one.logits.slice([0, from], [-1, CODES]), 1000 * seed + t),
    );
    tf.dispose([
      one.logits,
      next,
      ...caches.flatMap(({ k, v }) => [k, v].filter((x) => x !== null)),
    ]);
    caches = one.caches;
    drawn.push(codes);
    next = tf.tidy(() => codes.add(tf.scalar(from, "int32")).expandDims(1));
  }
  tf.dispose([next, ...caches.flatMap(({ k, v }) => [k!, v!])]);
  const result = tf.tidy(() => tf.stack(drawn, 1).arraySync() as number[][]);
  tf.dispose(drawn);
  return result;
}
/** A page of 49 codes for each caption, at temperature 1. */
export const writeGpt = (texts: string[], params: GptParams, seed: number): number[][] =>
  writePages(
    texts.map((text) => [...words(text), vocabulary.modalities.picture!.begin]),
    (ids, caches) => gptStep(ids, caches, params),
    params.blocks.length,
    FIRST_CODE,
    seed,
  );
export function writeCross(texts: string[], params: Seq2SeqParams, seed: number): number[][] {
  const { ids, mask } = captionRows(texts);
  const memory = encodeSource(ids, params, { heads: CROSS.heads, mask });
  const written = writePages(
    texts.map(() => [BEGIN]),
    (next, caches) => crossStep(next, caches, memory, mask, params),
    params.decoder.length,
    0,
    seed,
  );
  tf.dispose([ids, mask, memory]);
  return written;
}
/** In parts of 250 rows. */
export function writeMany(
  texts: string[],
  write: (texts: string[], seed: number) => number[][],
): number[][] {
  return Array.from({ length: Math.ceil(texts.length / 250) }, (_, i) =>
    write(texts.slice(250 * i, 250 * (i + 1)), i + 1),
  ).flat();
}

/** The words that a GPT writes behind each page, the likeliest each time. */
export function describe(written: number[][], params: GptParams): string[] {
  const { begin, end, offset } = vocabulary.modalities.words!;
  const answers = written.map(() => [] as number[]);
  let caches = empty(params.blocks.length);
  let rows = written.map((page) => [...picture(page), begin]);
  for (let t = 0; t < WORD_PLACES - 2; t++) {
    const one = gptStep(tf.tensor2d(rows, undefined, "int32"), caches, params);
    const ids = tf.tidy(() => Array.from(one.logits.argMax(-1).dataSync()));
    answers.forEach((answer, i) => answer.push(ids[i]!));
    tf.dispose(caches.flatMap(({ k, v }) => [k, v].filter((x) => x !== null)));
    caches = one.caches;
    rows = ids.map((id) => [id]);
  }
  return answers.map((ids) =>
    ids
      .slice(0, [...ids, end].indexOf(end))
      .map((id) => WORDS[id - offset])
      .join(" "),
  );
}

/** Distance of each picture [N, 784] to the nearest of `library` [M, 784]. */
export const nearest = (x: tf.Tensor, library: tf.Tensor): number[] =>
  tf.tidy(() => {
    const squares = library
      .square()
      .sum(-1)
      .sub(x.matMul(library, false, true).mul(2))
      .min(-1)
      .add(x.square().sum(-1));
    return Array.from(squares.maximum(0).sqrt().dataSync());
  });

/** Mean distance of two different pictures [N, 784]: the root of the summed squares. */
export const spread = (x: tf.Tensor): number =>
  tf.tidy(() => {
    const N = x.shape[0]!;
    const squares = x.square().sum(-1, true);
    const d = squares
      .add(squares.transpose())
      .sub(x.matMul(x, false, true).mul(2))
      .maximum(0)
      .sqrt();
    return (
      d
        .mul(tf.scalar(1).sub(tf.eye(N)))
        .sum()
        .dataSync()[0]! /
      (N * (N - 1))
    );
  });
export interface Measured {
  right: number[];
  spreads: number[];
  shade: number;
}
/**
 * For pictures [N, 784] of the given kinds: share that the judge names right, and spread, of each
 * kind; and the share whose shade is right.
 */
export function measure(x: tf.Tensor, of: number[], shadesOf: number[], w: Weights): Measured {
  const named = tf.tidy(() => judge(x, w).argMax(-1).dataSync());
  const pixels = x.arraySync() as number[][];
  const mine = NAMES.map((_, kind) => of.flatMap((k, i) => (k === kind ? [i] : [])));
  const right = mine.map(
    (places, kind) => places.filter((i) => named[i] === kind).length / places.length,
  );
  const spreads = mine.map((places) =>
    tf.tidy(() => spread(tf.gather(x, tf.tensor1d(places, "int32")))),
  );
  const shade =
    of.filter((kind, i) => shadeOf(kind, lightness(pixels[i]!)) === shadesOf[i]).length / of.length;
  return { right, spreads, shade };
}
export const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
export const gptOf = (w: Weights): GptParams => splitGpt(w.weights!, SIZE);
export const crossOf = (w: Weights): Seq2SeqParams => seq2seqParams(w);
