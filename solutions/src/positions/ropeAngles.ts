/**
 * Cosines and sines of RoPE's angles, position · rate for each pair of features. In float32 the
 * product of a large position and a rate loses the angle: at position 1,000,000 it is off by
 * hundredths of a radian. The product is therefore made in float64 on the host or, where the device
 * can't be read synchronously, in pieces that float32 holds exactly.
 */
import * as tf from "@tensorflow/tfjs-core";
import { checkValues } from "../shared/shapes";

/**
 * angle[t, i] = positions[t]/scale · base^(−2i/width)
 * @param positions [T]
 * @param width D, the head width
 * @param base how slowly the slowest pair turns
 * @param scale divides the positions
 * @returns cos and sin, each [T, D/2]
 */
export function ropeAngles(
  positions: tf.Tensor,
  width: number,
  base: number,
  scale: number,
): { cos: tf.Tensor; sin: tf.Tensor } {
  const rates = Array.from({ length: width / 2 }, (_, i) => base ** ((-2 * i) / width) / scale);
  let angles: number[] | undefined;
  checkValues(positions, (values) => {
    angles = Array.from(values).flatMap((p) => rates.map((rate) => p * rate));
  });
  if (!angles) return anglesInPieces(positions, rates);
  const shape = [positions.size, rates.length];
  return {
    cos: tf.tensor(angles.map(Math.cos), shape, "float32"),
    sin: tf.tensor(angles.map(Math.sin), shape, "float32"),
  };
}

/**
 * The same on the device, for |position| < 2²⁴. Only the fraction of a full turn matters. The
 * position is written in digits of eight bits; the turns of one unit of a digit are split into a
 * part of sixteen bits, whose product with the digit is exact, and a small rest.
 * @param positions [T]
 * @param rates D/2 angles per position
 * @returns cos and sin, each [T, D/2]
 */
export function anglesInPieces(
  positions: tf.Tensor,
  rates: number[],
): { cos: tf.Tensor; sin: tf.Tensor } {
  return tf.tidy(() => {
    const row = (x: number[]) => tf.tensor(x, [1, rates.length]);
    let rest: tf.Tensor = positions.cast("float32").abs().expandDims(1); // [T, 1]
    const parts = [65_536, 256, 1].flatMap((unit) => {
      const digit = unit === 1 ? rest : rest.div(unit).floor();
      rest = rest.sub(digit.mul(unit));
      const turns = rates.map((rate) => ((rate / (2 * Math.PI)) * unit) % 1);
      const coarse = turns.map((x) => Math.round(x * 65_536) / 65_536);
      const fine = turns.map((x, i) => x - coarse[i]!);
      const whole = digit.mul(row(coarse)); // [T, D/2]
      return [whole.sub(whole.floor()), digit.mul(row(fine))];
    });
    const turns = tf.addN(parts);
    const angle = turns.sub(turns.round()).mul(2 * Math.PI);
    const sign = positions.cast("float32").sign().expandDims(1);
    return { cos: angle.cos(), sin: angle.sin().mul(sign) };
  });
}
