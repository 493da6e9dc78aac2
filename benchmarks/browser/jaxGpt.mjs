/**
 * The GPT of ../training/gpt.mjs in jax-js, as its users write one: jax's own attention, norm and
 * GELU, and a whole training step in one jit. An array is used up by the function that takes it;
 * `ref` is for one more use.
 */
import { jit, nn, numpy as np, tree, valueAndGrad } from "./jax/index.js";

const linear = (x, p, at) => np.dot(x, p[`${at}.w`]).add(p[`${at}.b`]);
const norm = (x, p, at) => nn.standardize(x, -1).mul(p[`${at}.gamma`]).add(p[`${at}.beta`]);

function attention(x, p, at, { B, T, C, H }) {
  const heads = (name, from) => linear(from, p, `${at}.${name}`).reshape([B, T, H, C / H]);
  const [q, k, v] = [heads("q", x.ref), heads("k", x.ref), heads("v", x)];
  const y = nn.dotProductAttention(q, k, v, { isCausal: true });
  return linear(y.reshape([B, T, C]), p, `${at}.o`);
}

function mlp(x, p, at) {
  const up = nn.gelu(linear(x, p, `${at}.up`), { approximate: true });
  return linear(up, p, `${at}.down`);
}

function lossOf(p, inputs, targets, size) {
  const { L, V, B, T } = size;
  let x = np.dot(nn.oneHot(inputs, V), p.tokens.ref).add(p.positions);
  for (let i = 0; i < L; i++) {
    const at = `block${i}`;
    x = x.ref.add(attention(norm(x, p, `${at}.norm1`), p, at, size));
    x = x.ref.add(mlp(norm(x, p, `${at}.norm2`), p, at));
  }
  const logits = np.dot(norm(x, p, "norm"), p.tokens.transpose());
  return nn
    .logSoftmax(logits, -1)
    .mul(nn.oneHot(targets, V))
    .sum()
    .mul(-1 / (B * T));
}

const [RATE, BETA1, BETA2, EPS, DECAY] = [1e-3, 0.9, 0.999, 1e-8, 0.01];

/** AdamW (Loshchilov and Hutter 2019). @param correction [rate, spread] of this step */
function adamW(params, grads, { m, v }, correction) {
  const [rate, spread] = [correction.ref.slice(0), correction.slice(1)];
  const next = { params: {}, m: {}, v: {} };
  for (const [name, p] of Object.entries(params)) {
    const g = grads[name];
    next.m[name] = m[name].mul(BETA1).add(g.ref.mul(1 - BETA1));
    next.v[name] = v[name].mul(BETA2).add(np.square(g).mul(1 - BETA2));
    const size = np.sqrt(next.v[name].ref).div(spread.ref).add(EPS);
    const change = next.m[name].ref.div(size).mul(rate.ref);
    next.params[name] = p.mul(1 - RATE * DECAY).sub(change);
  }
  rate.dispose();
  spread.dispose();
  return next;
}

const correctionOf = (step) =>
  np.array(Float32Array.of(RATE / (1 - BETA1 ** step), Math.sqrt(1 - BETA2 ** step)));

/** @returns a function that trains one step and gives the loss */
export function trainingSteps({ size, shapes, numbers: [drawn, inputs, targets] }) {
  let at = 0;
  const params = {};
  for (const [name, shape] of Object.entries(shapes)) {
    const count = shape.reduce((a, b) => a * b, 1);
    params[name] = np.array(Float32Array.from(drawn.slice(at, at + count))).reshape(shape);
    at += count;
  }
  const ids = (list) =>
    np.array(Int32Array.from(list), { dtype: np.int32 }).reshape([size.B, size.T]);
  const batch = [ids(inputs), ids(targets)];
  const zeros = () => tree.map((x) => np.zeros(x.shape), params);
  let run = { params, m: zeros(), v: zeros() };
  let count = 0;

  const step = jit(({ params: p, m, v }, correction, asked, wanted) => {
    const kept = tree.map((x) => x.ref, p);
    const loss = (all) => lossOf(all, asked, wanted, size);
    const [value, grads] = valueAndGrad(loss)(kept);
    return [value, adamW(p, grads, { m, v }, correction)];
  });
  return async () => {
    let loss;
    [loss, run] = step(run, correctionOf(++count), ...batch.map((x) => x.ref));
    return (await loss.data())[0];
  };
}
