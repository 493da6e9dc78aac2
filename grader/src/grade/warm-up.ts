/**
 * Calls tfjs's common functions and gradients once while the snapshot is made, so that their
 * compiled code is part of it. WASM cannot run then; what is compiled is what both backends share,
 * on plain CPU.
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

/** Reads the result as an answer is read, and keeps nothing. */
export async function warmUp(
  run: (f: (...args: never[]) => unknown, args: tf.Tensor[], wrt: boolean) => Promise<unknown>,
): Promise<void> {
  await tf.setBackend("cpu");
  for (const shape of [
    [3, 4],
    [2, 3, 4],
  ]) {
    const x = () => tf.randomUniform(shape, 0.5, 1.5);
    const all = shape.map(() => 0);
    for (const name of ELEMENTWISE) await run((a: tf.Tensor) => a[name](), [x()], true);
    for (const name of PAIRWISE) {
      await run((a: tf.Tensor, b: tf.Tensor) => a[name](b), [x(), x()], true);
    }
    for (const name of COMPARING) {
      await run((a: tf.Tensor, b: tf.Tensor) => tf.where(a[name](b), a, b), [x(), x()], false);
    }
    for (const name of REDUCING) {
      await run(
        (a: tf.Tensor) => (tf[name] as (t: tf.Tensor, axis: number) => tf.Tensor)(a, -1),
        [x()],
        name !== "argMax",
      );
    }
    await run((a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b, false, true), [x(), x()], true);
    await run(
      (a: tf.Tensor, b: tf.Tensor) =>
        tf
          .stack(tf.unstack(tf.concat([a, b], -1)), -1)
          .transpose()
          .reshape([-1])
          .expandDims(0)
          .squeeze(),
      [x(), x()],
      true,
    );
    await run(
      (a: tf.Tensor) =>
        tf
          .addN(tf.split(a, 2, -1))
          .slice(all)
          .pad(shape.map(() => [1, 1] as [number, number]))
          .clipByValue(0, 1),
      [x()],
      true,
    );
    await run(
      (a: tf.Tensor) => [
        tf.moments(a, -1, true),
        tf.tile(a, shape),
        tf.gather(a, [1, 0]),
        a.reverse(),
        a.cast("int32"),
        tf.onesLike(a),
        tf.zerosLike(a),
        a.sum(0, true).broadcastTo(shape),
      ],
      [x()],
      false,
    );
  }
  await run(
    () => [
      tf.oneHot(tf.tensor1d([0, 2], "int32"), 4),
      tf.range(0, 5),
      tf.linspace(0, 1, 5),
      tf.eye(3),
      tf.scalar(1),
      tf.tensor2d([[1, 2]]),
      tf.linalg.bandPart(tf.ones([3, 3]), -1, 0),
    ],
    [],
    false,
  );
  tf.removeBackend("cpu");
}
