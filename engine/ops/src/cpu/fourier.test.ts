/** The Fourier transform of plain CPU, beside its formula in float64. */
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { registerCpuKernels } from "ops";
import { normal } from "../ops.testing";

beforeAll(async () => {
  await tf.setBackend("cpu");
  registerCpuKernels();
});

/** X_k = Σ_j x_j·e^(∓2πi·jk/n) of one row, divided by n when it is the inverse. */
function formula(
  re: ArrayLike<number>,
  im: ArrayLike<number>,
  inverse: boolean,
): { re: number[]; im: number[] } {
  const n = re.length;
  const rows = Array.from({ length: n }, (_, k) => {
    let a = 0;
    let b = 0;
    for (let j = 0; j < n; j++) {
      const angle = ((inverse ? 2 : -2) * Math.PI * j * k) / n;
      a += re[j]! * Math.cos(angle) - im[j]! * Math.sin(angle);
      b += re[j]! * Math.sin(angle) + im[j]! * Math.cos(angle);
    }
    return inverse ? [a / n, b / n] : [a, b];
  });
  return { re: rows.map(([a]) => a!), im: rows.map(([, b]) => b!) };
}

describe.each([1, 2, 3, 8, 12, 31, 64, 100])("%i numbers", (n) => {
  test.each([false, true])("inverse: %s", (inverse) => {
    const [re, im] = [normal([3, n], n), normal([3, n], n + 1)];
    const before = tf.memory().numDataBuffers;
    tf.tidy(() => {
      const x = tf.complex(tf.tensor(re.values, [3, n]), tf.tensor(im.values, [3, n]));
      const y = inverse ? tf.ifft(x) : tf.fft(x);
      expect(y.shape).toEqual([3, n]);
      const [gotRe, gotIm] = [tf.real(y).dataSync(), tf.imag(y).dataSync()];
      for (let row = 0; row < 3; row++) {
        const at = [row * n, (row + 1) * n] as const;
        const want = formula(re.values.slice(...at), im.values.slice(...at), inverse);
        for (let k = 0; k < n; k++) {
          expect(Math.abs(gotRe[at[0] + k]! - want.re[k]!)).toBeLessThan(1e-5 * n);
          expect(Math.abs(gotIm[at[0] + k]! - want.im[k]!)).toBeLessThan(1e-5 * n);
        }
      }
    });
    expect(tf.memory().numDataBuffers, "tensors left behind").toBe(before);
  });
});

test("real numbers and back, and nothing", () => {
  tf.tidy(() => {
    const x = tf.tensor([1, 2, 3, 4, 5, 6]);
    expect([...tf.irfft(tf.rfft(x)).dataSync()].map((v) => Math.round(v * 1e5) / 1e5)).toEqual([
      1, 2, 3, 4, 5, 6,
    ]);
    expect(tf.fft(tf.complex(tf.zeros([0, 4]), tf.zeros([0, 4]))).shape).toEqual([0, 4]);
  });
});
