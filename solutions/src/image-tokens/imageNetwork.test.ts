import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { gelu } from "../blocks/gelu";
import { expectNoLeak } from "../shared/shared.testing";
import { imageNetwork } from "./imageNetwork";

const C = 4;
const dIn = 3;
const dOut = 2;
const draw = (shape: number[], seed: number): tf.Tensor =>
  tf.randomNormal(shape, 0, 0.5, "float32", seed);
const params: Record<string, tf.Tensor> = Object.fromEntries(
  Object.entries({
    "in.w": [dIn, C],
    "in.b": [C],
    "block.gamma": [C],
    "block.beta": [C],
    "block.w1": [9 * C, C],
    "block.b1": [C],
    "block.w2": [C, C],
    "block.b2": [C],
    gamma: [C],
    beta: [C],
    "out.w": [C, dOut],
    "out.b": [dOut],
  }).map(([name, shape], i) => [`encoder.${name}`, draw(shape, i + 1)]),
);
const of = (name: string) => params[`encoder.${name}`]!;

/** The same network from tfjs's convolutions and moments. */
function byConvolution(x: tf.Tensor): tf.Tensor {
  const norm = (u: tf.Tensor, at: string) => {
    const { mean, variance } = tf.moments(u, -1, true);
    const unit = u.sub(mean).div(variance.add(1e-5).sqrt());
    return unit.mul(of(`${at}gamma`)).add(of(`${at}beta`));
  };
  const conv = (u: tf.Tensor, w: string, b: string, side: number) => {
    const filter = of(w).reshape([side, side, u.shape[3]!, of(b).size]) as tf.Tensor4D;
    return tf.conv2d(u as tf.Tensor4D, filter, 1, "same").add(of(b));
  };
  const h = conv(x, "in.w", "in.b", 1);
  const hidden = gelu(conv(norm(h, "block."), "block.w1", "block.b1", 3));
  const y = h.add(conv(hidden, "block.w2", "block.b2", 1));
  return conv(norm(y, ""), "out.w", "out.b", 1);
}

test("it is the network of convolutions that it is written for", () => {
  const x = draw([2, 5, 4, dIn], 99);
  expect(imageNetwork(x, params, "encoder")).toMatchTensor(byConvolution(x), 1e-5);
});

test("each parameter has a gradient", () => {
  const names = Object.keys(params);
  const x = draw([2, 3, 3, dIn], 98);
  const loss = (...p: tf.Tensor[]) => {
    const named = Object.fromEntries(names.map((name, i) => [name, p[i]!]));
    return imageNetwork(x, named, "encoder").square().sum();
  };
  const grads = tf.grads(loss)(names.map((name) => params[name]!));
  grads.forEach((g, i) => expect(g.abs().sum().dataSync()[0], names[i]).toBeGreaterThan(0));
});

test("a missing parameter is named", () => {
  expect(() => imageNetwork(tf.ones([1, 2, 2, dIn]), params, "decoder")).toThrow(
    "imageNetwork: expected params to hold decoder.in.w, got encoder.in.w, ",
  );
});

test("no tensors left behind", () =>
  expectNoLeak(imageNetwork, tf.ones([1, 2, 2, dIn]), params, "encoder"));
