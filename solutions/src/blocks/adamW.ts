/**
 * AdamW: Adam (Kingma & Ba 2014, arXiv:1412.6980, algorithm 1) with decoupled weight decay
 * (Loshchilov & Hutter 2019, arXiv:1711.05101, algorithm 2). The order of operations is PyTorch's,
 * so that both follow the same path digit by digit.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectShape } from "../shared/shapes";

/**
 * The number of steps done, 0 at first, and the means m and v, one tensor per parameter, zeros at
 * first. It is a type because tf.tidy doesn't accept an interface as its result.
 */
export type AdamWState = { step: number; m: tf.Tensor[]; v: tf.Tensor[] };

/**
 * One step of AdamW. With t = step + 1:
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
  expectRates({ rate, eps, decay }, { beta1, beta2 });
  expectTensors(params, { gradients, "state.m": state.m, "state.v": state.v });
  if (!Number.isInteger(state.step) || state.step < 0) {
    throw new Error(
      `adamW: expected state.step to be a whole number of at least 0, got ${state.step}`,
    );
  }
  // yours
  return tf.tidy(() => {
    const step = state.step + 1;
    const rateNow = rate / (1 - beta1 ** step);
    const spread = Math.sqrt(1 - beta2 ** step);
    const m = state.m.map((old, i) => old.add(gradients[i]!.sub(old).mul(1 - beta1)));
    const v = state.v.map((old, i) => old.mul(beta2).add(gradients[i]!.square().mul(1 - beta2)));
    const next = params.map((p, i) => {
      const size = v[i]!.sqrt().div(spread).add(eps);
      return p.mul(1 - rate * decay).sub(m[i]!.div(size).mul(rateNow));
    });
    return { params: next, state: { step, m, v } };
  });
}

// given
function expectRates(sizes: Record<string, number>, shares: Record<string, number>): void {
  for (const [name, value] of Object.entries(sizes)) {
    if (!(value >= 0)) throw new Error(`adamW: expected ${name} of at least 0, got ${value}`);
  }
  for (const [name, value] of Object.entries(shares)) {
    if (!(value >= 0 && value < 1)) {
      throw new Error(`adamW: expected ${name} to be at least 0 and below 1, got ${value}`);
    }
  }
}

// given
function expectTensors(params: tf.Tensor[], lists: Record<string, tf.Tensor[]>): void {
  for (const [name, list] of Object.entries(lists)) {
    if (list.length !== params.length) {
      throw new Error(
        `adamW: expected ${name} of ${params.length} tensors, one for each parameter, ` +
          `got ${list.length}`,
      );
    }
    list.forEach((t, i) => expectShape("adamW", `${name}[${i}]`, t, params[i]!.shape));
  }
}
