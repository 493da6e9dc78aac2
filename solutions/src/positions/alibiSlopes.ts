/**
 * ALiBi's slopes (Press, Smith & Lewis 2022, arXiv:2108.12409, §3): how fast each head's scores
 * fall with distance.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectCount } from "../shared/shapes";

/**
 * slope[h] = 2^(−8(h + 1)/H) if H is a power of two. For any other H, as in the authors' code: the
 * slopes of the largest power of two P below H, then every other slope of 2P, starting with the
 * first.
 * @param heads H
 * @returns [H]
 * @throws when heads is not a whole number of at least 1
 */
export function alibiSlopes(heads: number): tf.Tensor {
  expectCount("alibiSlopes", "heads", heads);
  // yours
  const geometric = (n: number) => Array.from({ length: n }, (_, h) => 2 ** ((-8 * (h + 1)) / n));
  const power = 2 ** Math.floor(Math.log2(heads));
  const between = geometric(2 * power).filter((_, h) => h % 2 === 0);
  return tf.tensor([...geometric(power), ...between.slice(0, heads - power)], [heads], "float32");
}
