/**
 * AdamW: Adam (Kingma & Ba 2014, arXiv:1412.6980, algorithm 1) with decoupled weight decay
 * (Loshchilov & Hutter 2019, arXiv:1711.05101, algorithm 2), in PyTorch's order of operations, so
 * that both follow the same path digit by digit.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectShape } from "../shared/shapes";

/**
 * step counts the steps done, 0 at first; m and v hold a tensor for each parameter, zeros at first.
 * A type and not an interface, since tf.tidy's own types take no interface as a result.
 */
export type AdamWState = { step: number; m: tf.Tensor[]; v: tf.Tensor[] };

/**
 * With t = step + 1:
 *   m ← m + (1 − beta1)·(g − m)         the mean of recent gradients
 *   v ← beta2·v + (1 − beta2)·g²        the mean of their squares
 *   p ← p·(1 − rate·decay) − rate/(1 − beta1ᵗ) · m / (√v / √(1 − beta2ᵗ) + eps)
 * @param params any tensors
 * @param gradients one for each parameter, in its shape
 * @param state the state that the last call returned
 * @param options rate; beta1 0.9, beta2 0.999, eps 1e-8, decay 0.01 by default, as in PyTorch
 * @returns new parameters and new state; the old ones stay as they are and are the caller's to
 *   dispose of
 * @throws when the lists or shapes do not fit, or an option lies outside its range
 */
export function adamW(
  params: tf.Tensor[],
  gradients: tf.Tensor[],
  state: AdamWState,
  options: { rate: number; beta1?: number; beta2?: number; eps?: number; decay?: number },
): { params: tf.Tensor[]; state: AdamWState } {
  const { rate, beta1 = 0.9, beta2 = 0.999, eps = 1e-8, decay = 0.01 } = options;
  for (const [name, value] of Object.entries({ rate, eps, decay })) {
    if (!(value >= 0)) throw new Error(`adamW: expected ${name} of at least 0, got ${value}`);
  }
  for (const [name, value] of Object.entries({ beta1, beta2 })) {
    if (!(value >= 0 && value < 1)) {
      throw new Error(`adamW: expected ${name} to be at least 0 and below 1, got ${value}`);
    }
  }
  if (!Number.isInteger(state.step) || state.step < 0) {
    throw new Error(`adamW: expected state.step to be a whole number from 0, got ${state.step}`);
  }
  for (const [name, list] of Object.entries({
    gradients,
    "state.m": state.m,
    "state.v": state.v,
  })) {
    if (list.length !== params.length) {
      throw new Error(
        `adamW: expected ${name} of ${params.length} tensors, one for each parameter, got ` +
          `${list.length}`,
      );
    }
    list.forEach((t, i) => expectShape("adamW", `${name}[${i}]`, t, params[i]!.shape));
  }
  // yours
  return tf.tidy(() => {
    const step = state.step + 1;
    const rateNow = rate / (1 - beta1 ** step);
    const spread = Math.sqrt(1 - beta2 ** step);
    const m = state.m.map((old, i) => old.add(gradients[i]!.sub(old).mul(1 - beta1)));
    const v = state.v.map((old, i) => old.mul(beta2).add(gradients[i]!.square().mul(1 - beta2)));
    const next = params.map((p, i) =>
      p.mul(1 - rate * decay).sub(m[i]!.div(v[i]!.sqrt().div(spread).add(eps)).mul(rateNow)),
    );
    return { params: next, state: { step, m, v } };
  });
}
