import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import fc from "fast-check";
import { registerWasmKernels } from "kernels";
import { expectAsOnCpu, normal, type Input } from "../testing";

/** The same layers of tfjs's own operations, which plain CPU computes. */
const PLAIN: Record<string, (inputs: Record<string, tf.Tensor>, eps: number) => tf.Tensor[]> = {
  LayerNorm: ({ x, gamma, beta }, eps) => {
    const centred = x!.sub(x!.mean(-1, true));
    return [centred.div(centred.square().mean(-1, true).add(eps).sqrt()).mul(gamma!).add(beta!)];
  },
  LayerNormGrad: ({ x, gamma, dy }, eps) => tf.grads((x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => PLAIN.LayerNorm!({ x, gamma, beta }, eps)[0]!)([x!, gamma!, tf.zerosLike(gamma!)], dy),
  MaskedSoftmax: ({ x }) => [tf.where(x!.max(-1, true).equal(-Infinity).tile([...x!.shape.slice(0, -1).map(() => 1), x!.shape.at(-1)!]), 0, tf.softmax(x!))],
  SoftmaxGrad: ({ y, dy }) => [y!.mul(dy!.sub(y!.mul(dy!).sum(-1, true)))],
  GeluTanh: ({ x }) => [x!.mul(x!.mul(x!.square().mul(0.044715).add(1)).mul(Math.sqrt(2 / Math.PI)).tanh().add(1)).mul(0.5)],
  GeluTanhGrad: ({ x, dy }) => [tf.grad((x) => PLAIN.GeluTanh!({ x }, 0)[0]!)(x!, dy!)],
};

let undo: () => void;
beforeAll(() => { undo = registerWasmKernels(); });

/** The kernel, or on plain CPU the same of tfjs's operations. */
const run = (name: string, names: string[], eps = 1e-5) => (...tensors: tf.Tensor[]): tf.Tensor[] => {
  const inputs = Object.fromEntries(names.map((n, i) => [n, tensors[i]!]));
  return tf.getBackend() === "cpu" ? PLAIN[name]!(inputs, eps) : [tf.engine().runKernel<tf.Tensor | tf.Tensor[]>(name, inputs, { eps })].flat();
};
const TOLERANCE = { rtol: 1e-4, atol: 2e-5 };
const shapes = fc.tuple(fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 3 }), fc.integer({ min: 1, max: 40 })).map(([rest, n]) => [...rest, n]);
const check = (name: string, names: string[], inputs: (shape: number[]) => Input[], eps?: number) =>
  fc.assert(fc.asyncProperty(shapes, (shape) => expectAsOnCpu("wasm", run(name, names, eps), inputs(shape), TOLERANCE)), { numRuns: 60 });

describe("any shapes", () => {
  const last = (shape: number[]) => [shape.at(-1)!];
  test("LayerNorm", () => check("LayerNorm", ["x", "gamma", "beta"], (s) => [normal(s, 1, 3), normal(last(s), 2), normal(last(s), 3)], 1e-2));
  test("LayerNormGrad", () => check("LayerNormGrad", ["x", "gamma", "dy"], (s) => [normal(s, 1, 3), normal(last(s), 2), normal(s, 3)], 1e-2));
  test("MaskedSoftmax", () => check("MaskedSoftmax", ["x"], (s) => [normal(s, 1, 5)]));
  test("SoftmaxGrad", () => check("SoftmaxGrad", ["y", "dy"], (s) => [normal(s, 1), normal(s, 2)]));
  test("GeluTanh", () => check("GeluTanh", ["x"], (s) => [normal(s, 1, 3)]));
  test("GeluTanhGrad", () => check("GeluTanhGrad", ["x", "dy"], (s) => [normal(s, 1, 3), normal(s, 2)]));
});

test("long rows and many of them", async () => {
  await expectAsOnCpu("wasm", run("LayerNorm", ["x", "gamma", "beta"]), [normal([3, 5003], 1), normal([5003], 2), normal([5003], 3)], TOLERANCE);
  await expectAsOnCpu("wasm", run("LayerNormGrad", ["x", "gamma", "dy"]), [normal([1001, 7], 1), normal([7], 2), normal([1001, 7], 3)], { rtol: 1e-3, atol: 1e-3 });
  await expectAsOnCpu("wasm", run("SoftmaxGrad", ["y", "dy"]), [normal([3, 5003], 1, 0.01), normal([3, 5003], 2)], TOLERANCE);
});

test("−∞ and NaN", async () => {
  const row = [-Infinity, -Infinity, -Infinity];
  await expectAsOnCpu("wasm", run("MaskedSoftmax", ["x"]), [{ shape: [4, 3], values: [...row, 1, -Infinity, 2, NaN, 1, 2, 1000, 1001, 999] }]);
  await expectAsOnCpu("wasm", run("LayerNorm", ["x", "gamma", "beta"]), [{ shape: [3, 2], values: [NaN, 1, 5, 5, 1e4, -1e4] }, normal([2], 1), normal([2], 2)], TOLERANCE);
  await tf.setBackend("wasm");
  expect([...run("GeluTanh", ["x"])(tf.tensor([NaN, 1e30, -1e30, -11, 0]))[0]!.dataSync()]).toEqual([NaN, Math.fround(1e30), -0, -0, 0]);
  expect([...run("GeluTanhGrad", ["x", "dy"])(tf.tensor([1e30, -1e30, -20]), tf.ones([3]))[0]!.dataSync()].map((x) => x + 0)).toEqual([1, 0, 0]);
});

test("a process that takes only what tfjs lacks gets none of these names", () => {
  undo();
  undo = registerWasmKernels({ missing: true });
  for (const name of Object.keys(PLAIN)) expect(tf.getKernel(name, "wasm")).toBeUndefined();
  undo();
  registerWasmKernels();
});
