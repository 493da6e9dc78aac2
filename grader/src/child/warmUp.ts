/**
 * Calls tfjs's common functions and gradients once while the snapshot is made, so that their compiled
 * code becomes part of it. WASM can't run at that time, so the calls run on the plain CPU backend and
 * compile what both backends share.
 */
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";

const ELEMENTWISE = [
  "exp",
  "log",
  "sqrt",
  "rsqrt",
  "square",
  "abs",
  "neg",
  "tanh",
  "sigmoid",
  "relu",
  "erf",
  "sin",
  "cos",
  "sign",
  "floor",
  "reciprocal",
] as const;
const PAIRWISE = [
  "add",
  "sub",
  "mul",
  "div",
  "maximum",
  "minimum",
  "pow",
  "squaredDifference",
] as const;
const COMPARING = ["greater", "less", "equal", "greaterEqual", "lessEqual", "notEqual"] as const;
const REDUCING = [
  "sum",
  "mean",
  "max",
  "min",
  "argMax",
  "logSumExp",
  "softmax",
  "logSoftmax",
  "cumsum",
] as const;

/** Runs a function, reads its result as the grader would, and keeps nothing. */
type RunAndRead = (
  f: (...args: never[]) => unknown,
  args: tf.Tensor[],
  wrt: boolean,
) => Promise<unknown>;

async function warmUpLists(run: RunAndRead, x: () => tf.Tensor): Promise<void> {
  for (const name of ELEMENTWISE) await run((a: tf.Tensor) => a[name](), [x()], true);
  for (const name of PAIRWISE) {
    await run((a: tf.Tensor, b: tf.Tensor) => a[name](b), [x(), x()], true);
  }
  for (const name of COMPARING) {
    await run((a: tf.Tensor, b: tf.Tensor) => tf.where(a[name](b), a, b), [x(), x()], false);
  }
  for (const name of REDUCING) {
    const reduce = tf[name] as (t: tf.Tensor, axis: number) => tf.Tensor;
    await run((a: tf.Tensor) => reduce(a, -1), [x()], name !== "argMax");
  }
}

function joinAndTranspose(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const joined = tf.concat([a, b], -1);
  const turned = tf.stack(tf.unstack(joined), -1).transpose();
  return turned.reshape([-1]).expandDims(0).squeeze();
}

function splitAndPad(a: tf.Tensor): tf.Tensor {
  const start = a.shape.map(() => 0);
  const border = a.shape.map((): [number, number] => [1, 1]);
  return tf
    .addN(tf.split(a, 2, -1))
    .slice(start)
    .pad(border)
    .clipByValue(0, 1);
}

const withoutGradient = (a: tf.Tensor) => [
  tf.moments(a, -1, true),
  tf.tile(a, a.shape),
  tf.gather(a, [1, 0]),
  a.reverse(),
  a.cast("int32"),
  tf.onesLike(a),
  tf.zerosLike(a),
  a.sum(0, true).broadcastTo(a.shape),
];

const makers = () => [
  tf.oneHot(tf.tensor1d([0, 2], "int32"), 4),
  tf.range(0, 5),
  tf.linspace(0, 1, 5),
  tf.eye(3),
  tf.scalar(1),
  tf.tensor2d([[1, 2]]),
  tf.linalg.bandPart(tf.ones([3, 3]), -1, 0),
];

export async function warmUp(run: RunAndRead): Promise<void> {
  await tf.setBackend("cpu");
  for (const shape of [
    [3, 4],
    [2, 3, 4],
  ]) {
    const x = () => tf.randomUniform(shape, 0.5, 1.5);
    await warmUpLists(run, x);
    await run((a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b, false, true), [x(), x()], true);
    await run(joinAndTranspose, [x(), x()], true);
    await run(splitAndPad, [x()], true);
    await run(withoutGradient, [x()], false);
  }
  await run(makers, [], false);
  tf.removeBackend("cpu");
}
