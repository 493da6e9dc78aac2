/** Checks that functions on proteins share; each names the function, the argument, its shape. */
import * as tf from "@tensorflow/tfjs-core";
import {
  checkValues,
  expectCount,
  expectDtype,
  expectFloats,
  expectShape,
  shapeText,
} from "./shapes";
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
  if (shapeText(rotation.shape.slice(-2)) !== "[3, 3]") {
    const got = shapeText(rotation.shape);
    throw new Error(`${fn}: expected ${name}.rotation [..., 3, 3], got ${got}`);
  }
  expectDtype(fn, `${name}.rotation`, rotation, "float32");
  expectFloats(fn, `${name}.translation`, translation, [...leading, 3]);
  return leading;
}

/** @throws unless the two lists of axes broadcast together: from the right, equal or 1 */
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
 * Three atoms of each residue.
 * @throws when shapes differ or don't end in 3, or the three atoms of a residue lie on one line
 */
export function expectBackbone(fn: string, n: tf.Tensor, ca: tf.Tensor, c: tf.Tensor): void {
  expectPoints(fn, "n", n);
  for (const [name, x] of Object.entries({ ca, c })) {
    expectPoints(fn, name, x);
    expectShape(fn, name, x, n.shape);
  }
  checkValues(n, (nValues) =>
    checkValues(ca, (caValues) =>
      checkValues(c, (cValues) => {
        const onLine = residueOnLine(nValues, caValues, cValues);
        if (onLine >= 0) {
          throw new Error(
            `${fn}: expected n, ca and c of each residue to span a plane, ` +
              `got three atoms on one line at residue ${onLine}`,
          );
        }
      }),
    ),
  );
}

/**
 * Below this sine of the angle N–CA–C, the plane can't be told from the noise of float32
 * coordinates; a real one is 0.93.
 */
const LEAST_SINE = 1e-4;

/** The first residue whose three atoms lie on one line, or −1; arguments hold x, y, z in turn. */
function residueOnLine(n: ArrayLike<number>, ca: ArrayLike<number>, c: ArrayLike<number>): number {
  for (let i = 0; i < n.length; i += 3) {
    const [ux, uy, uz] = [c[i]! - ca[i]!, c[i + 1]! - ca[i + 1]!, c[i + 2]! - ca[i + 2]!];
    const [vx, vy, vz] = [n[i]! - ca[i]!, n[i + 1]! - ca[i + 1]!, n[i + 2]! - ca[i + 2]!];
    const lengths = Math.hypot(ux, uy, uz) * Math.hypot(vx, vy, vz);
    const area = Math.hypot(uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx);
    if (area <= LEAST_SINE * lengths) return i / 3;
  }
  return -1;
}

/**
 * A layer of geometric attention: do its weights fit its inputs?
 * @returns [B, N]
 * @throws when a shape or dtype doesn't fit, or heads isn't a whole number of at least 1
 */
export function expectGeometry(
  fn: string,
  x: tf.Tensor,
  frames: Frames,
  params: GeometricParams,
  { heads, mask }: { heads: number; mask?: tf.Tensor },
): [B: number, N: number] {
  expectFloats(fn, "x", x, ["B", "N", "C"]);
  const [B, N, C] = x.shape as [number, number, number];
  expectCount(fn, "heads", heads);
  expectFrames(fn, "frames", frames);
  expectShape(fn, "frames.translation", frames.translation, [B, N, 3]);
  expectFloats(fn, "norm.gamma", params.norm.gamma, [C]);
  expectFloats(fn, "norm.beta", params.norm.beta, [C]);
  expectFloats(fn, "wIn", params.wIn, [C, 15 * heads]);
  expectFloats(fn, "wOut", params.wOut, [3 * heads, C]);
  expectFloats(fn, "rotationScale", params.rotationScale, [heads]);
  expectFloats(fn, "distanceScale", params.distanceScale, [heads]);
  if (mask) expectShape(fn, "mask", mask, [B, N]);
  return [B, N];
}

/** @throws when there is no track, or ids or tables of two tracks don't match */
export function expectTracks(fn: string, tracks: Track[]): void {
  const first = tracks[0];
  if (!first) throw new Error(`${fn}: expected at least one track, got none`);
  tracks.forEach(({ ids, table }, i) => {
    expectShape(fn, `tracks[${i}].ids`, ids, i === 0 ? ["B", "N"] : first.ids.shape);
    expectDtype(fn, `tracks[${i}].ids`, ids, "int32");
    expectFloats(fn, `tracks[${i}].table`, table, ["size", i === 0 ? "C" : first.table.shape[1]!]);
    const size = table.shape[0]!;
    checkValues(ids, (values) => {
      const outside = values.find((id) => id < 0 || id >= size);
      if (outside !== undefined) {
        throw new Error(`${fn}: expected tracks[${i}].ids from 0 to ${size - 1}, got ${outside}`);
      }
    });
  });
}

/**
 * @returns N
 * @throws unless n, ca and c are float32 [N, 3] with N at least 2
 */
export function expectChain(fn: string, n: tf.Tensor, ca: tf.Tensor, c: tf.Tensor): number {
  expectShape(fn, "n", n, ["N", 3]);
  const N = n.shape[0]!;
  if (N < 2) throw new Error(`${fn}: expected at least two residues, got n ${shapeText(n.shape)}`);
  expectBackbone(fn, n, ca, c);
  return N;
}

/**
 * @returns N
 * @throws unless ids is int32 [N], logits is float32 [N, V], maskId isn't one of the V ids, and
 *   count is a whole number
 */
export function expectFill(
  fn: string,
  ids: tf.Tensor,
  logits: tf.Tensor,
  { maskId, count }: { maskId: number; count: number },
): number {
  expectShape(fn, "ids", ids, ["N"]);
  expectDtype(fn, "ids", ids, "int32");
  const N = ids.shape[0]!;
  expectFloats(fn, "logits", logits, [N, "V"]);
  const V = logits.shape[1]!;
  if (!Number.isInteger(maskId) || (maskId >= 0 && maskId < V)) {
    throw new Error(
      `${fn}: expected maskId to be a whole number outside 0 … ${V - 1}, got ${maskId}`,
    );
  }
  expectCount(fn, "count", count, 0);
  return N;
}
