/**
 * A convolution as long as the sequence, by the fast Fourier transform (Cooley & Tukey 1965): a
 * convolution of sequences is a product of their spectra. Models with long convolutions: Gu et al.
 * 2021, arXiv:2111.00396; Poli et al. 2023, arXiv:2302.10866.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectFloats } from "../shared/shapes";

/** The spectrum [..., N] of x [..., T], padded with zeros to length N. */
// given
const spectrum = (x: tf.Tensor, N: number): tf.Tensor =>
  tf.tidy(() => {
    const T = x.shape[x.shape.length - 1]!;
    const padded = tf.concat([x, tf.zeros([...x.shape.slice(0, -1), N - T])], -1);
    return tf.fft(tf.complex(padded, tf.zerosLike(padded)));
  });

/**
 * Filters each channel in O(T log T): y_t = Σ_{s ≤ t} k_s·u_{t − s}.
 * y is the first T numbers of ifft(fft(u)·fft(k)). Both are padded with zeros to a power of two of
 * at least 2T − 1, so the end doesn't run into the beginning. tfjs has no gradient for this:
 *   ∂L/∂u = dy correlated with k,  ∂L/∂k = dy correlated with u, summed over the batch
 * Gradients of gradients aren't supported.
 * @param u [B, C, T]
 * @param k [C, T], k_0 meets the current token
 * @returns [B, C, T]
 * @throws when shapes or dtypes don't fit
 */
export function fftConvolution(u: tf.Tensor, k: tf.Tensor): tf.Tensor {
  expectFloats("fftConvolution", "u", u, ["B", "C", "T"]);
  const [B, C, T] = u.shape as [number, number, number];
  expectFloats("fftConvolution", "k", k, [C, T]);
  if (B * C * T === 0) return u.clone();
  const N = 2 ** Math.ceil(Math.log2(2 * T - 1));
  // yours
  const convolve = (a: tf.Tensor, b: tf.Tensor) =>
    tf.tidy(() => {
      const [x, y] = [spectrum(a, N), spectrum(b, N)]; // [..., N]
      const [xr, xi, yr, yi] = [tf.real(x), tf.imag(x), tf.real(y), tf.imag(y)];
      const product = tf.complex(xr.mul(yr).sub(xi.mul(yi)), xr.mul(yi).add(xi.mul(yr)));
      const whole = tf.real(tf.ifft(product)) as tf.Tensor;
      return whole.slice([0, 0, 0], [B, C, T]);
    });
  const back = (x: tf.Tensor) => x.reverse(-1);
  const run = tf.customGrad((...inputs) => {
    const [u, k, save] = inputs as unknown as [tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    save([u, k]);
    return {
      value: convolve(u, k),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [u, k] = saved as [tf.Tensor, tf.Tensor];
        const late = back(dy);
        return [back(convolve(late, k)), back(convolve(late, u)).sum(0)];
      },
    };
  });
  return run(u, k);
}
