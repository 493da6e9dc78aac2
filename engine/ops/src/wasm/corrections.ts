/**
 * Kernels for processes that keep tfjs's own, such as the grader's child: ours take the inputs for
 * which tfjs 4.22 returns wrong numbers, and its own all others.
 */
import * as tf from "@tensorflow/tfjs-core";
import { CUMULATIVE, fromStart } from "../cumulative";
import { CAST } from "./elementwise";
import { GATHER, SLICE } from "./layout";
import { BATCH_MAT_MUL, FUSED_MAT_MUL } from "./matMul";
import { address, floats, output } from "./module";
import { REDUCTIONS } from "./reduce";
import type { WasmKernel } from "./register";
import { WINDOWS } from "./windows";

type IsWrong = (inputs: Record<string, tf.TensorInfo>, attrs: Record<string, unknown>) => boolean;

/** @param isWrong whether tfjs's own kernel is wrong */
const correction = ({ name, make }: WasmKernel, isWrong: IsWrong): WasmKernel => ({
  name,
  isCorrection: true,
  make: (stock) => {
    const ours = make(stock);
    return (backend, inputs, attrs) =>
      (isWrong(inputs, attrs) ? ours : stock)(backend, inputs, attrs);
  },
});

/** ln(1 + x) is exact near 0, too, where tfjs's own adds 1 first, which leaves nothing of 1e-8. */
const LOG1P: WasmKernel = {
  name: "Log1p",
  isCorrection: true,
  make: (stock) => (backend, inputs, attrs) => {
    const x = inputs.x!;
    if (x.dtype !== "float32") return stock(backend, inputs, attrs);
    const y = output(backend, x.shape, x.dtype);
    const size = tf.util.sizeFromShape(x.shape);
    const from = floats(backend, address(backend, x), size);
    const to = floats(backend, address(backend, y), size);
    for (let i = 0; i < size; i++) to[i] = Math.log1p(from[i]!);
    return y;
  },
};

/** An axis counted from the end; tfjs's own would read beyond the tensor. */
const CUMULATIVE_SUMS: WasmKernel[] = CUMULATIVE.map((name) => ({
  name,
  isCorrection: true,
  make: (stock) => (backend, inputs, attrs) => stock(backend, inputs, fromStart(attrs, inputs.x!)),
}));

/** Corrections that notebooks get as well, where our other kernels replace the rest. */
export const ALWAYS: WasmKernel[] = [LOG1P, ...CUMULATIVE_SUMS, ...WINDOWS];

/** Whether a slice ends where its tensor does, or before. */
function isInside(x: tf.TensorInfo, begin: number[], size: number[]): boolean {
  const [starts, lengths] = tf.slice_util.parseSliceParams(x, begin, size) as [number[], number[]];
  return starts.every((start, axis) => start + lengths[axis]! <= x.shape[axis]!);
}

const batches = (x: tf.TensorInfo) => x.shape.slice(0, -2);

/** Whether an input has no numbers, so that a result that has some is a sum or maximum of nothing. */
const hasEmpty: IsWrong = (inputs) =>
  Object.values(inputs).some(({ shape }) => tf.util.sizeFromShape(shape) === 0);

export const CORRECTIONS: WasmKernel[] = [
  // reads beyond its rows
  correction(GATHER, (_, { batchDims }) => Boolean(batchDims)),
  // reads beyond x
  correction(SLICE, ({ x }, { begin, size }) => !isInside(x!, begin as number[], size as number[])),
  // 0.5 becomes false, and −2 the number 254
  correction(CAST, ({ x }, { dtype }) => dtype === "bool" && x!.dtype !== "bool"),
  // pairs the wrong matrices where some of several batch axes are repeated, and leaves a product
  // without terms as its memory was
  correction(BATCH_MAT_MUL, (inputs, attrs) => {
    const [ofA, ofB] = [batches(inputs.a!), batches(inputs.b!)];
    const several = [ofA, ofB].every((axes) => tf.util.sizeFromShape(axes) > 1);
    return hasEmpty(inputs, attrs) || (several && !tf.util.arraysEqual(ofA, ofB));
  }),
  // leave a result of nothing as its memory was
  ...[FUSED_MAT_MUL, ...REDUCTIONS].map((kernel) => correction(kernel, hasEmpty)),
];
