import * as tf from "@tensorflow/tfjs-core";
import "grader"; // gives tensors their methods and gradients
import { expect, test } from "vitest";
import { measure, peakBytes } from "./memory";

const KB = 4 * 256; // 256 floats
const x = () => tf.ones([256]);

/** tfjs is as it was: nothing is left behind, and its engine has its own methods. */
async function leavesNoTrace(f: () => unknown): Promise<void> {
  const { numTensors, numBytes } = tf.memory();
  await f();
  expect(tf.memory()).toMatchObject({ numTensors, numBytes });
  for (const name of ["trackTensor", "removeDataId"]) {
    expect(Object.hasOwn(tf.engine(), name)).toBe(false);
  }
}

test("a chain in a tidy holds all its links, one that disposes holds two", async () => {
  await leavesNoTrace(() => {
    expect(peakBytes(() => tf.tidy(() => x().add(x()).add(x())))).toBe(5 * KB);
    expect(
      peakBytes(() => {
        let y: tf.Tensor = x();
        for (let i = 0; i < 5; i++) {
          const next = y.square();
          y.dispose();
          y = next;
        }
        return y;
      }),
    ).toBe(2 * KB);
    expect(peakBytes(() => 7)).toBe(0);
  });
});

test("what was there before does not count, and what goes makes room", () => {
  const before = x();
  expect(peakBytes(() => before.square())).toBe(KB);
  expect(
    peakBytes(() => {
      before.dispose();
      return [x(), x()];
    }),
  ).toBe(KB);
});

test("a view of the same data counts once, other dtypes by their bytes", () => {
  expect(peakBytes(() => x().reshape([16, 16]).reshape([4, 64]))).toBe(KB);
  expect(peakBytes(() => tf.tensor1d([true, false, true], "bool"))).toBe(3);
});

test("a gradient holds what its way back needs", () => {
  const y = x();
  const held = peakBytes(() => tf.grad((y: tf.Tensor) => y.exp().exp().sum())(y));
  expect(held).toBeGreaterThan(3 * KB);
  y.dispose();
});

test("the count grows with the tensors as the formula says", () => {
  for (const n of [100, 200, 400]) {
    expect(
      peakBytes(() =>
        tf.tidy(() =>
          tf
            .ones([n, 1])
            .matMul(tf.ones([1, n]))
            .sum(),
        ),
      ),
    ).toBe(4 * (2 * n + n * n + 1));
  }
});

test("a call that throws throws, and leaves no trace", () =>
  leavesNoTrace(async () => {
    expect(() =>
      peakBytes(() => {
        x();
        throw new Error("no");
      }),
    ).toThrow("no");
    await expect(peakBytes(() => Promise.reject(new Error("later no")))).rejects.toThrow(
      "later no",
    );
    await expect(
      measure(() => {
        throw new Error("not at all");
      }),
    ).rejects.toThrow("not at all");
  }));

test("asynchronous calls, also two at once and one inside another", () =>
  leavesNoTrace(async () => {
    const wait = () => new Promise((resolve) => setTimeout(resolve, 5));
    const slow = async () => {
      const y = x();
      await wait();
      const z = y.square();
      y.dispose();
      return z;
    };
    expect(await peakBytes(slow)).toBe(2 * KB);
    const [short, long] = await Promise.all([
      peakBytes(wait),
      peakBytes(async () => {
        await wait();
        await wait();
        return slow();
      }),
    ]);
    expect([short, long]).toEqual([0, 2 * KB]);
    expect(
      peakBytes(() => {
        expect(peakBytes(() => x().square())).toBe(2 * KB);
        return x();
      }),
    ).toBe(2 * KB);
  }));

test("measure gives bytes and the least time of its rounds", () =>
  leavesNoTrace(async () => {
    let calls = 0;
    const f = () => {
      calls++;
      return { y: x().square() };
    };
    const { bytes, milliseconds } = await measure(f, 5);
    expect([calls, bytes]).toEqual([5, 2 * KB]);
    expect(milliseconds).toBeGreaterThan(0);
    calls = 0;
    await measure(async () => {
      calls++;
      await new Promise((resolve) => setTimeout(resolve, 2010));
    });
    expect(calls).toBe(1);
  }));
