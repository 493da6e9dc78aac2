/**
 * Rotary position embedding (Su et al. 2021, arXiv:2104.09864, eq. 15 and 34) with position
 * interpolation (Chen et al. 2023, arXiv:2306.15595, eq. 3 and 4).
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectDtype, expectShape, shapeText } from "../shared/shapes";
import { ropeAngles } from "./ropeAngles";

export interface RopeOptions {
  /** How slowly the slowest pair turns, 10,000 unless given. */
  base?: number;
  /**
   * Which features form pair i: "interleaved" (the default) takes 2i and 2i + 1, as published;
   * "halves" takes i and i + D/2, as in Hugging Face's Llama.
   */
  layout?: "interleaved" | "halves";
  /** Divides the positions, 1 unless given. */
  scale?: number;
}

/**
 * Turns pair i of each token's features by the angle position/scale · base^(−2i/D), so that scores
 * q·k depend only on the distance between two tokens:
 *   (a, b) → (a·cos − b·sin, a·sin + b·cos) = cos · (a, b) + sin · (−b, a)
 * Angles are as exact as float32 allows for positions into the millions.
 * @param x [..., T, D], D even
 * @param positions [T], any numbers; no gradient flows to them
 * @returns [..., T, D]
 * @throws when D is odd, positions are not [T], or an option is out of range
 */
export function applyRope(
  x: tf.Tensor,
  positions: tf.Tensor,
  options: RopeOptions = {},
): tf.Tensor {
  const { base = 10_000, layout = "interleaved", scale = 1 } = options;
  if (x.rank < 2) throw new Error(`applyRope: expected x [..., T, D], got ${shapeText(x.shape)}`);
  expectDtype("applyRope", "x", x, "float32");
  const [T, D] = x.shape.slice(-2) as [number, number];
  if (D % 2 !== 0) {
    throw new Error(`applyRope: expected an even head width, got x ${shapeText(x.shape)}`);
  }
  expectShape("applyRope", "positions", positions, [T]);
  for (const [name, value] of Object.entries({ base, scale })) {
    if (!(value > 0 && Number.isFinite(value))) {
      throw new Error(`applyRope: expected ${name} to be a positive number, got ${value}`);
    }
  }
  if (layout !== "interleaved" && layout !== "halves") {
    throw new Error(`applyRope: expected layout "interleaved" or "halves", got ${String(layout)}`);
  }
  // yours
  return tf.tidy(() => {
    const { cos, sin } = ropeAngles(positions, D, base, scale); // [T, D/2]
    const forBoth = (y: tf.Tensor) => {
      if (layout === "halves") return tf.concat([y, y], -1);
      return tf.stack([y, y], 2).reshape([T, D]); // [T, D/2, 2] → [T, D]
    };
    const tokens = tf.util.sizeFromShape(x.shape.slice(0, -1));
    const rows = x.reshape([tokens, D]);
    const quarter = rows.matMul(quarterTurn(D, layout)).reshape(x.shape); // (−b, a)
    return x.mul(forBoth(cos)).add(quarter.mul(forBoth(sin)));
  });
}

/**
 * The matrix [D, D] that takes each pair (a, b) to (−b, a). A product with it is much faster than
 * taking pairs apart on a short last axis.
 */
function quarterTurn(D: number, layout: "interleaved" | "halves"): tf.Tensor {
  const turn = tf.buffer([D, D]);
  for (let i = 0; i < D / 2; i++) {
    const [a, b] = layout === "halves" ? [i, i + D / 2] : [2 * i, 2 * i + 1];
    turn.set(-1, b, a);
    turn.set(1, a, b);
  }
  return turn.toTensor();
}
