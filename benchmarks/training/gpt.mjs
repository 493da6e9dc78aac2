/**
 * A small GPT (Radford et al. 2019) put together from the components of the lessons: token and
 * position embeddings, blocks of causal self-attention and feed-forward in pre-norm order, a last
 * norm, and a head that shares the token table. Drop-out is left out. Letters of the glossary: B
 * batch, T tokens, C width, H heads, V vocabulary, L layers.
 */
import { createRequire } from "node:module";
import { draw } from "./draw.mjs";

const require = createRequire(import.meta.url);
export const tf = require("@tensorflow/tfjs-core");
const { causalMask, multiHeadAttention } = require("../../solutions/dist/attention");
const { adamW, crossEntropy, feedForward } = require("../../solutions/dist/blocks");
const { attendWithCache } = require("../../solutions/dist/shared/attendWithCacheOnDevice");
const { geluTanh } = require("../../solutions/dist/shared/geluTanhWithGradient");
const { layerNorm } = require("../../solutions/dist/shared/layerNormWithGradient");

const { oneHot } = require("../../solutions/dist/orientation");

/** Two sizes: what a lesson trains in seconds, and what it trains in minutes. */
export const SIZES = {
  small: { L: 2, C: 64, T: 64, B: 16, H: 4, V: 65 },
  large: { L: 4, C: 128, T: 128, B: 16, H: 4, V: 65 },
};

/** The shape of each parameter by its name. */
export function shapes({ L, C, T, V }) {
  const norm = (at) => ({ [`${at}.gamma`]: [C], [`${at}.beta`]: [C] });
  const linear = (at, dIn, dOut) => ({ [`${at}.w`]: [dIn, dOut], [`${at}.b`]: [dOut] });
  const block = (at) => ({
    ...norm(`${at}.norm1`),
    ...linear(`${at}.q`, C, C),
    ...linear(`${at}.k`, C, C),
    ...linear(`${at}.v`, C, C),
    ...linear(`${at}.o`, C, C),
    ...norm(`${at}.norm2`),
    ...linear(`${at}.up`, C, 4 * C),
    ...linear(`${at}.down`, 4 * C, C),
  });
  return {
    tokens: [V, C],
    positions: [T, C],
    ...Object.assign({}, ...Array.from({ length: L }, (_, i) => block(`block${i}`))),
    ...norm("norm"),
  };
}

/**
 * All parameters in one long tensor, so that AdamW takes a dozen operations and not a dozen for
 * each. Weights of matrices lie from −√3·0.02 to √3·0.02, whose deviation is GPT-2's 0.02; gamma is
 * one; beta and biases are zero.
 */
export function drawParams(size) {
  const parts = Object.entries(shapes(size)).map(([name, shape], i) => {
    const count = tf.util.sizeFromShape(shape);
    return shape.length === 2
      ? draw(count, i + 1).map((x) => x * Math.sqrt(3) * 0.02)
      : new Float32Array(count).fill(name.endsWith("gamma") ? 1 : 0);
  });
  return tf.tensor1d(parts.flatMap((part) => [...part]));
}

/** The parameters by their names, as parts of the long tensor. */
export function named(params, size) {
  const all = Object.entries(shapes(size));
  const parts = tf.split(
    params,
    all.map(([, shape]) => tf.util.sizeFromShape(shape)),
  );
  return Object.fromEntries(all.map(([name, shape], i) => [name, parts[i].reshape(shape)]));
}

/**
 * A batch of B texts of T + 1 ids, in which an id follows from the two before it, so that there is
 * something to learn.
 */
export function drawBatch({ B, T, V }, seed) {
  const starts = draw(2 * B, 1000 + seed);
  const ids = new Int32Array(B * (T + 1));
  for (let b = 0; b < B; b++) {
    for (let t = 0; t <= T; t++) {
      const at = b * (T + 1) + t;
      ids[at] =
        t < 2
          ? Math.floor(((starts[2 * b + t] + 1) / 2) * V) % V
          : (3 * ids[at - 1] + ids[at - 2] + 7) % V;
    }
  }
  return tf.tidy(() => {
    const texts = tf.tensor(ids, [B, T + 1], "int32");
    return { inputs: texts.slice([0, 0], [B, T]), targets: texts.slice([0, 1], [B, T]) };
  });
}

const attention = (p, at) => ({
  wq: p[`${at}.q.w`],
  bq: p[`${at}.q.b`],
  wk: p[`${at}.k.w`],
  bk: p[`${at}.k.b`],
  wv: p[`${at}.v.w`],
  bv: p[`${at}.v.b`],
  wo: p[`${at}.o.w`],
  bo: p[`${at}.o.b`],
});
const mlp = (p, at) => ({
  w1: p[`${at}.up.w`],
  b1: p[`${at}.up.b`],
  w2: p[`${at}.down.w`],
  b2: p[`${at}.down.b`],
});
/**
 * Rows of the table. Stock tfjs-wasm cannot add up gather's gradient; there a product with one-hot
 * rows does the same.
 */
const embed = (table, ids) =>
  tf.getKernel("UnsortedSegmentSum", tf.getBackend())
    ? tf.gather(table, ids)
    : oneHot(ids.flatten(), table.shape[0])
        .matMul(table)
        .reshape([...ids.shape, table.shape[1]]);
const norm = (x, p, at) => layerNorm(x, p[`${at}.gamma`], p[`${at}.beta`]);

/**
 * Scores of the next token after each: ids [B, T] → logits [B, T, V]. attend(x, block) is what
 * tokens ask each other.
 */
function forward(ids, p, { L, C, V }, first, attend) {
  return tf.tidy(() => {
    const [B, T] = ids.shape;
    let x = embed(p.tokens, ids).add(p.positions.slice([first, 0], [T, C])); // [B, T, C]
    for (let i = 0; i < L; i++) {
      const at = `block${i}`;
      x = x.add(attend(norm(x, p, `${at}.norm1`), i));
      x = x.add(feedForward(norm(x, p, `${at}.norm2`), mlp(p, at), geluTanh));
    }
    const last = norm(x, p, "norm").reshape([B * T, C]);
    return last.matMul(p.tokens, false, true).reshape([B, T, V]);
  });
}

export const gpt = (ids, p, size) =>
  tf.tidy(() => {
    const mask = causalMask(ids.shape[1]);
    return forward(ids, p, size, 0, (x, i) =>
      multiHeadAttention(x, attention(p, `block${i}`), { heads: size.H, mask }),
    );
  });

/** One new token after those in the caches, a list with one for each block. */
export function gptStep(ids, p, size, caches) {
  const first = caches[0].k?.shape[2] ?? 0;
  const next = [];
  const logits = forward(ids, p, size, first, (x, i) => {
    const { output, cache } = attendWithCache(x, caches[i], attention(p, `block${i}`), {
      heads: size.H,
    });
    next[i] = { k: tf.keep(cache.k), v: tf.keep(cache.v) };
    return output;
  });
  return { logits, caches: next };
}

/** No steps done yet. */
export const startOf = (params) => ({
  params,
  state: { step: 0, m: [tf.zerosLike(params)], v: [tf.zerosLike(params)] },
});

/** Loss, gradient and AdamW's step; what was before is disposed of. */
export function trainingStep({ params, state }, { inputs, targets }, size) {
  const { value: loss, grad } = tf.valueAndGrad((all) =>
    crossEntropy(gpt(inputs, named(all, size), size), targets),
  )(params);
  const next = adamW([params], [grad], state, { rate: 1e-3 });
  tf.dispose([params, grad, state.m, state.v]);
  return { loss, params: next.params[0], state: next.state };
}

/** Trains anew on one batch: each call takes a step and returns its loss, which the caller owns. */
export function trainingSteps(size) {
  const batch = drawBatch(size, 1);
  let run = startOf(drawParams(size));
  return () => {
    run = trainingStep(run, batch, size);
    return run.loss;
  };
}

/**
 * Each call reads one more token, with the keys and values of those before it cached, and returns
 * the likeliest next one [1, 1], which the caller owns; it begins again when the text is T long.
 */
export function tokenSteps(size) {
  const params = tf.tidy(() => named(drawParams(size), size));
  const none = () => Array.from({ length: size.L }, () => ({ k: null, v: null }));
  let caches = none();
  return (id) => {
    if (caches[0].k?.shape[2] === size.T) {
      tf.dispose(caches);
      caches = none();
    }
    const ids = tf.tensor2d([[id]], [1, 1], "int32");
    const step = gptStep(ids, params, size, caches);
    const next = step.logits.argMax(-1);
    tf.dispose([ids, caches, step.logits]);
    caches = step.caches;
    return next;
  };
}
