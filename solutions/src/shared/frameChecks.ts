/**
 * Checks of arguments that the functions on proteins share; each names the function, the argument
 * and its shape.
 */
import * as tf from "@tensorflow/tfjs-core";
import { checkValues, expectDtype, expectShape, shapeText } from "./shapes";
import type { Frames, GeometricParams, Track } from "../esm3/types";

/** @throws unless x is float32 [..., 3] */
export function expectPoints(fn: string, name: string, x: tf.Tensor): void {
  if (x.shape[x.shape.length - 1] !== 3) {
    throw new Error(`${fn}: expected ${name} [..., 3], got ${shapeText(x.shape)}`);
  }
  expectDtype(fn, name, x, "float32");
}

/**
 * @returns the leading axes of the frames
 * @throws unless rotation is float32 [..., 3, 3] and translation float32 [..., 3] with the same
 *   leading axes
 */
export function expectFrames(
  fn: string,
  name: string,
  { rotation, translation }: Frames,
): number[] {
  const leading = rotation.shape.slice(0, -2);
  const last = rotation.shape.slice(-2);
  if (last.length !== 2 || last[0] !== 3 || last[1] !== 3) {
    throw new Error(
      `${fn}: expected ${name}.rotation [..., 3, 3], got ${shapeText(rotation.shape)}`,
    );
  }
  expectDtype(fn, `${name}.rotation`, rotation, "float32");
  if (shapeText(translation.shape) !== shapeText([...leading, 3])) {
    throw new Error(
      `${fn}: expected ${name}.translation ${shapeText([...leading, 3])}, got ` +
        `${shapeText(translation.shape)}`,
    );
  }
  expectDtype(fn, `${name}.translation`, translation, "float32");
  return leading;
}

/**
 * @throws unless the two lists of axes broadcast with each other: aligned at the right, equal or 1
 */
export function expectBroadcastWith(
  fn: string,
  name: string,
  axes: readonly number[],
  other: readonly number[],
): void {
  const shared = Math.min(axes.length, other.length);
  for (let i = 1; i <= shared; i++) {
    const a = axes[axes.length - i]!;
    const b = other[other.length - i]!;
    if (a !== b && a !== 1 && b !== 1) {
      throw new Error(
        `${fn}: expected the leading axes of ${name} to broadcast with ${shapeText(other)}, ` +
          `got ${shapeText(axes)}`,
      );
    }
  }
}

/**
 * The least sine of the angle N–CA–C at which its plane is still told from noise of float32
 * coordinates; a real one is 0.93.
 */
const LEAST_SINE = 1e-4;

/**
 * Three atoms of each residue.
 * @throws when shapes differ or do not end in 3, or when the three atoms of a residue lie on one
 *   line
 */
export function expectBackbone(fn: string, n: tf.Tensor, ca: tf.Tensor, c: tf.Tensor): void {
  expectPoints(fn, "n", n);
  for (const [name, x] of [
    ["ca", ca],
    ["c", c],
  ] as const) {
    expectPoints(fn, name, x);
    if (shapeText(x.shape) !== shapeText(n.shape)) {
      throw new Error(`${fn}: expected ${name} ${shapeText(n.shape)}, got ${shapeText(x.shape)}`);
    }
  }
  checkValues(n, (N) =>
    checkValues(ca, (A) =>
      checkValues(c, (C) => {
        for (let i = 0; i < N.length; i += 3) {
          const [u, v] = [C, N].map((end) =>
            [0, 1, 2].map((axis) => end[i + axis]! - A[i + axis]!),
          ) as [number[], number[]];
          const lengths = Math.hypot(...u) * Math.hypot(...v);
          const area = Math.hypot(
            u[1]! * v[2]! - u[2]! * v[1]!,
            u[2]! * v[0]! - u[0]! * v[2]!,
            u[0]! * v[1]! - u[1]! * v[0]!,
          );
          if (area <= LEAST_SINE * lengths) {
            throw new Error(
              `${fn}: expected n, ca and c of each residue to span a plane, got three atoms ` +
                `on one line at residue ${i / 3}`,
            );
          }
        }
      }),
    ),
  );
}

/**
 * A layer of geometric attention: its weights against its inputs.
 * @returns [B, N]
 * @throws when a shape or dtype does not fit, or heads is no whole number of at least 1
 */
export function expectGeometry(
  fn: string,
  x: tf.Tensor,
  frames: Frames,
  params: GeometricParams,
  { heads, mask }: { heads: number; mask?: tf.Tensor },
): [B: number, N: number] {
  expectShape(fn, "x", x, ["B", "N", "C"]);
  expectDtype(fn, "x", x, "float32");
  const [B, N, C] = x.shape as [number, number, number];
  if (!Number.isInteger(heads) || heads < 1) {
    throw new Error(`${fn}: expected heads to be a whole number of at least 1, got ${heads}`);
  }
  const leading = expectFrames(fn, "frames", frames);
  if (shapeText(leading) !== shapeText([B, N])) {
    throw new Error(
      `${fn}: expected frames.translation ${shapeText([B, N, 3])}, got ` +
        `${shapeText(frames.translation.shape)}`,
    );
  }
  expectShape(fn, "norm.gamma", params.norm.gamma, [C]);
  expectShape(fn, "norm.beta", params.norm.beta, [C]);
  expectShape(fn, "wIn", params.wIn, [C, 15 * heads]);
  expectShape(fn, "wOut", params.wOut, [3 * heads, C]);
  expectShape(fn, "rotationScale", params.rotationScale, [heads]);
  expectShape(fn, "distanceScale", params.distanceScale, [heads]);
  if (mask) expectShape(fn, "mask", mask, [B, N]);
  return [B, N];
}

/** @throws when there is no track, or ids or tables of two tracks do not go together */
export function expectTracks(fn: string, tracks: Track[]): void {
  const first = tracks[0];
  if (!first) throw new Error(`${fn}: expected at least one track, got none`);
  tracks.forEach(({ ids, table }, i) => {
    expectShape(fn, `tracks[${i}].ids`, ids, i === 0 ? ["B", "N"] : first.ids.shape);
    expectDtype(fn, `tracks[${i}].ids`, ids, "int32");
    expectShape(fn, `tracks[${i}].table`, table, ["size", i === 0 ? "C" : first.table.shape[1]!]);
    expectDtype(fn, `tracks[${i}].table`, table, "float32");
    const size = table.shape[0]!;
    checkValues(ids, (values) => {
      const outside = values.find((id) => id < 0 || id >= size);
      if (outside !== undefined) {
        throw new Error(`${fn}: expected tracks[${i}].ids from 0 to ${size - 1}, got ${outside}`);
      }
    });
  });
}

/** @returns N. @throws unless n, ca and c are float32 [N, 3] with N at least 2 */
export function expectChain(fn: string, n: tf.Tensor, ca: tf.Tensor, c: tf.Tensor): number {
  expectShape(fn, "n", n, ["N", 3]);
  const N = n.shape[0]!;
  if (N < 2) throw new Error(`${fn}: expected at least two residues, got n ${shapeText(n.shape)}`);
  expectBackbone(fn, n, ca, c);
  return N;
}

/**
 * @returns N. @throws unless ids are int32 [N], logits float32 [N, V], maskId is outside of the V
 *   and count is a whole number
 */
export function expectFill(
  fn: string,
  ids: tf.Tensor,
  logits: tf.Tensor,
  { maskId, count }: { maskId: number; count: number },
): number {
  expectShape(fn, "ids", ids, ["N"]);
  expectDtype(fn, "ids", ids, "int32");
  expectShape(fn, "logits", logits, [ids.shape[0]!, "V"]);
  expectDtype(fn, "logits", logits, "float32");
  const V = logits.shape[1]!;
  if (!Number.isInteger(maskId) || (maskId >= 0 && maskId < V)) {
    throw new Error(
      `${fn}: expected maskId to be a whole number outside 0 … ${V - 1}, got ${maskId}`,
    );
  }
  if (!Number.isInteger(count) || count < 0) {
    throw new Error(`${fn}: expected count to be a whole number of at least 0, got ${count}`);
  }
  return ids.shape[0]!;
}
