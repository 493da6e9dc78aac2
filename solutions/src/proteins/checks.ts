/** Checks of arguments that the functions on frames share; each names the function, the argument and its shape. */
import * as tf from "@tensorflow/tfjs-core";
import { checkValues, expectDtype, shapeText } from "../shapes";
import type { Frames } from "./types";

/** @throws unless x is float32 [..., 3] */
export function expectPoints(fn: string, name: string, x: tf.Tensor): void {
  if (x.shape[x.shape.length - 1] !== 3) throw new Error(`${fn}: expected ${name} [..., 3], got ${shapeText(x.shape)}`);
  expectDtype(fn, name, x, "float32");
}

/**
 * @returns the leading axes of the frames
 * @throws unless rotation is float32 [..., 3, 3] and translation float32 [..., 3] with the same leading axes
 */
export function expectFrames(fn: string, name: string, { rotation, translation }: Frames): number[] {
  const leading = rotation.shape.slice(0, -2), last = rotation.shape.slice(-2);
  if (last.length !== 2 || last[0] !== 3 || last[1] !== 3) throw new Error(`${fn}: expected ${name}.rotation [..., 3, 3], got ${shapeText(rotation.shape)}`);
  expectDtype(fn, `${name}.rotation`, rotation, "float32");
  if (shapeText(translation.shape) !== shapeText([...leading, 3])) throw new Error(`${fn}: expected ${name}.translation ${shapeText([...leading, 3])}, got ${shapeText(translation.shape)}`);
  expectDtype(fn, `${name}.translation`, translation, "float32");
  return leading;
}

/** @throws unless the two lists of axes broadcast with each other: aligned at the right, equal or 1 */
export function expectBroadcastWith(fn: string, name: string, axes: readonly number[], other: readonly number[]): void {
  const shared = Math.min(axes.length, other.length);
  for (let i = 1; i <= shared; i++) {
    const a = axes[axes.length - i]!, b = other[other.length - i]!;
    if (a !== b && a !== 1 && b !== 1) throw new Error(`${fn}: expected the leading axes of ${name} to broadcast with ${shapeText(other)}, got ${shapeText(axes)}`);
  }
}

/** The least sine of the angle N–CA–C at which its plane is still told from noise of float32 coordinates; a real one is 0.93. */
const LEAST_SINE = 1e-4;

/**
 * Three atoms of each residue.
 * @throws when shapes differ or do not end in 3, or when the three atoms of a residue lie on one line
 */
export function expectBackbone(fn: string, n: tf.Tensor, ca: tf.Tensor, c: tf.Tensor): void {
  expectPoints(fn, "n", n);
  for (const [name, x] of [["ca", ca], ["c", c]] as const) {
    expectPoints(fn, name, x);
    if (shapeText(x.shape) !== shapeText(n.shape)) throw new Error(`${fn}: expected ${name} ${shapeText(n.shape)}, got ${shapeText(x.shape)}`);
  }
  checkValues(n, (N) => checkValues(ca, (A) => checkValues(c, (C) => {
    for (let i = 0; i < N.length; i += 3) {
      const [u, v] = [C, N].map((end) => [0, 1, 2].map((axis) => end[i + axis]! - A[i + axis]!)) as [number[], number[]];
      const lengths = Math.hypot(...u) * Math.hypot(...v), area = Math.hypot(u[1]! * v[2]! - u[2]! * v[1]!, u[2]! * v[0]! - u[0]! * v[2]!, u[0]! * v[1]! - u[1]! * v[0]!);
      if (area <= LEAST_SINE * lengths) throw new Error(`${fn}: expected n, ca and c of each residue to span a plane, got three atoms on one line at residue ${i / 3}`);
    }
  })));
}
