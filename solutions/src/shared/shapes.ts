/**
 * Checks of arguments, shared by all components.
 * Messages read `layerNorm: expected gamma [8], got [4]`.
 */
import "../register";
import * as tf from "@tensorflow/tfjs-core";

export const shapeText = (shape: readonly (number | string)[]): string => `[${shape.join(", ")}]`;

/** The length of x's last axis. @throws when x is a scalar */
export function lastAxis(fn: string, name: string, x: tf.Tensor): number {
  const length = x.shape[x.shape.length - 1];
  if (length === undefined) {
    throw new Error(`${fn}: expected ${name} with at least one axis, got a scalar`);
  }
  return length;
}

/** @param shape what is expected; a string stands for any length and names it: ["B", "T", 64] */
export function expectShape(
  fn: string,
  name: string,
  x: tf.Tensor,
  shape: readonly (number | string)[],
): void {
  const fits =
    x.shape.length === shape.length &&
    shape.every((n, axis) => typeof n === "string" || n === x.shape[axis]);
  if (!fits) {
    throw new Error(`${fn}: expected ${name} ${shapeText(shape)}, got ${shapeText(x.shape)}`);
  }
}

export function expectRank(fn: string, name: string, x: tf.Tensor, rank: number): void {
  if (x.shape.length !== rank) {
    throw new Error(`${fn}: expected ${name} of rank ${rank}, got ${shapeText(x.shape)}`);
  }
}

export function expectDtype(
  fn: string,
  name: string,
  x: tf.Tensor,
  dtype: "float32" | "int32" | "bool",
): void {
  if (x.dtype !== dtype) {
    throw new Error(`${fn}: expected ${name} of dtype ${dtype}, got ${x.dtype}`);
  }
}

/** @throws unless x is float32 and has this shape; a string stands for any length and names it */
export function expectFloats(
  fn: string,
  name: string,
  x: tf.Tensor,
  shape: readonly (number | string)[],
): void {
  expectShape(fn, name, x, shape);
  expectDtype(fn, name, x, "float32");
}

/** @throws unless n is a whole number of at least `least` */
export function expectCount(fn: string, name: string, n: number, least = 1): void {
  if (!Number.isInteger(n) || n < least) {
    throw new Error(`${fn}: expected ${name} to be a whole number of at least ${least}, got ${n}`);
  }
}

/**
 * Runs a check that reads values. It is skipped for tensors that WebGPU has computed in Node,
 * because they can't be read synchronously.
 */
export function checkValues(
  x: tf.Tensor,
  check: (values: Float32Array | Int32Array | Uint8Array) => void,
): void {
  let values;
  try {
    values = x.dataSync();
  } catch {
    return;
  }
  check(values);
}
