import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { registerWasmKernels } from "ops";
import { expectAsOnCpu, normal } from "../ops.testing";

beforeAll(() => {
  registerWasmKernels();
});

const parts = (x: tf.Tensor) => [tf.real(x), tf.imag(x)];
const TOLERANCE = { rtol: 1e-4, atol: 1e-4 };

describe.each([1, 2, 3, 4, 5, 8, 12, 31, 64, 100])("%i numbers", (n) => {
  const inputs = [normal([2, 3, n], 1), normal([2, 3, n], 2)];
  test("there and back", () =>
    expectAsOnCpu(
      "wasm",
      (re, im) => {
        const x = tf.complex(re, im);
        return [...parts(tf.fft(x)), ...parts(tf.ifft(x)), ...parts(tf.ifft(tf.fft(x)))];
      },
      inputs,
      TOLERANCE,
    ));
  test("real ones", () =>
    expectAsOnCpu(
      "wasm",
      (x) => [...parts(tf.rfft(x)), ...(n % 2 === 0 ? [tf.irfft(tf.rfft(x))] : [])],
      [inputs[0]!],
      TOLERANCE,
    ));
});

test("numbers of a complex tensor, its size and its parts", async () => {
  await tf.setBackend("wasm");
  const before = tf.memory().numDataBuffers;
  tf.tidy(() => {
    const x = tf.complex([3, 0], [4, -1]);
    expect(Array.from(x.dataSync())).toEqual([3, 4, 0, -1]);
    expect(Array.from(tf.abs(x).dataSync())).toEqual([5, 1]);
    expect(Array.from(tf.real(x.reshape([2, 1]).transpose()).dataSync())).toEqual([3, 0]);
    expect(Array.from(tf.imag(tf.concat([x, x.slice([1], [1])], 0)).dataSync())).toEqual([
      4, -1, -1,
    ]);
  });
  expect(tf.memory().numDataBuffers).toBe(before);
});

test("complex numbers are read also after somebody else overrode the backend's reading", async () => {
  await tf.setBackend("wasm");
  const backend = tf.backend();
  const { readSync } = Object.getPrototypeOf(backend) as tf.KernelBackend;
  backend.readSync = readSync; // what recording a call leaves behind
  tf.tidy(() => {
    expect(Array.from(tf.complex([3], [4]).dataSync())).toEqual([3, 4]);
  });
});

test("a wave has one peak, and NaN stays in its row", async () => {
  await tf.setBackend("wasm");
  tf.tidy(() => {
    const wave = tf.tensor1d(
      Array.from({ length: 24 }, (_, i) => Math.cos((2 * Math.PI * 5 * i) / 24)),
    );
    const peak = tf.abs(tf.rfft(wave)).flatten();
    expect(peak.argMax().dataSync()[0]).toBe(5);
    expect(peak.max().dataSync()[0]).toBeCloseTo(12, 4);
    const rows = tf
      .real(
        tf.fft(
          tf.complex(
            tf.tensor2d([
              [NaN, 1],
              [1, 2],
            ]),
            tf.zeros([2, 2]),
          ),
        ),
      )
      .dataSync();
    expect([isNaN(rows[0]!), rows[2]]).toEqual([true, 3]);
  });
});
test("of nothing", () =>
  expectAsOnCpu("wasm", (x) => tf.real(tf.fft(tf.complex(x, x))), [{ shape: [0, 4], values: [] }]));
