/**
 * The Hyena operator of order 2 (Poli et al. 2023, arXiv:2302.10866, §3), as in its authors' code
 * and in HyenaDNA (arXiv:2306.15794): attention's three projections, with one long convolution
 * between two gates instead of the matrix of weights. Left out: the second long filter on v of the
 * paper's definition 3.1.
 */
import * as tf from "@tensorflow/tfjs-core";
import { linear } from "../shared/linearWithGradient";
import { causalConvolution } from "./causalConvolution";
import { expectFloats } from "../shared/shapes";
import { fftConvolution } from "./fftConvolution";

/** w [C, 3C], b [3C]; short [3C, 3], shortBias [3C]; filter [C, T]; skip [C]; wOut [C, C], bOut. */
export interface HyenaParams {
  w: tf.Tensor;
  b?: tf.Tensor;
  short: tf.Tensor;
  shortBias?: tf.Tensor;
  filter: tf.Tensor;
  skip: tf.Tensor;
  wOut: tf.Tensor;
  bOut?: tf.Tensor;
}

/**
 * Mixes tokens by a long convolution between two gates.
 *   x0, x1, v = causalConvolution(u·w + b, short)
 *   result = (x0 ∘ (long(x1 ∘ v) + skip ∘ x1 ∘ v))·wOut + bOut
 * @param u [B, T, C]
 * @param params w [C, 3C], columns for x0, x1, v; short [3C, 3], whose last column meets the
 *   current token; filter [C, T], whose first column meets the current token; skip [C];
 *   wOut [C, C]; optional biases b [3C], shortBias [3C], bOut [C]
 * @returns [B, T, C]
 * @throws when shapes or dtypes don't fit
 */
export function hyena(u: tf.Tensor, params: HyenaParams): tf.Tensor {
  const { w, b, short, shortBias, filter, skip, wOut, bOut } = params;
  expectFloats("hyena", "u", u, ["B", "T", "C"]);
  const [, T, C] = u.shape as [number, number, number];
  expectFloats("hyena", "w", w, [C, 3 * C]);
  if (b) expectFloats("hyena", "b", b, [3 * C]);
  expectFloats("hyena", "short", short, [3 * C, 3]);
  if (shortBias) expectFloats("hyena", "shortBias", shortBias, [3 * C]);
  expectFloats("hyena", "filter", filter, [C, T]);
  expectFloats("hyena", "skip", skip, [C]);
  expectFloats("hyena", "wOut", wOut, [C, C]);
  if (bOut) expectFloats("hyena", "bOut", bOut, [C]);
  // yours
  return tf.tidy(() => {
    const projected = causalConvolution(linear(u, w, b), short, shortBias); // [B, T, 3C]
    const part = (i: number) => projected.slice([0, 0, i * C], [-1, -1, C]); // [B, T, C]
    const gated = part(1).mul(part(2));
    const byChannel = gated.transpose([0, 2, 1]); // [B, C, T]
    const long = fftConvolution(byChannel, filter).transpose([0, 2, 1]);
    return linear(part(0).mul(long.add(gated.mul(skip))), wOut, bOut);
  });
}
