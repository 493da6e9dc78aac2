import * as tf from "@tensorflow/tfjs-core";
import { beforeEach, expect, test } from "vitest";
import { registerWasmKernels } from "ops";

beforeEach(async () => {
  await tf.setBackend("wasm");
  registerWasmKernels();
});

/** Calls f with tfjs's own engine, and then with ours. */
function onBoth<T>(f: () => T): [stock: T, ours: T] {
  registerWasmKernels()(); // takes ours away
  const stock = f();
  registerWasmKernels();
  return [stock, f()];
}

/** Numbers of tensors, buffers and bytes that f leaves behind, and what it gives. */
function kept(f: () => unknown) {
  const before = tf.memory();
  const result = f();
  const { numTensors, numDataBuffers, numBytes } = tf.memory();
  return {
    result,
    tensors: numTensors - before.numTensors,
    buffers: numDataBuffers - before.numDataBuffers,
    bytes: numBytes - before.numBytes,
  };
}

const square = (x: tf.Tensor) => x.mul(x);

test("scopes keep the same tensors: one, none, several, kept ones and those of an outer scope", () => {
  const forms: (() => tf.TensorContainer)[] = [
    () => tf.tidy(() => tf.ones([3]).add(1)),
    () => tf.tidy(() => void tf.ones([3]).add(1)),
    () => tf.tidy("named", () => tf.ones([3]).add(1)),
    () => tf.tidy(() => [tf.ones([3]).add(1), tf.zeros([2])]),
    () => tf.tidy(() => ({ a: tf.tidy(() => tf.ones([3])), b: 3 })),
    () => tf.tidy(() => tf.keep(tf.ones([3])).add(1)),
    () =>
      tf.tidy(() => {
        const outer = tf.ones([3]);
        return tf.tidy(() => outer);
      }),
    () =>
      tf.split(
        tf.tidy(() => tf.ones([4])),
        2,
      ),
  ];
  for (const form of forms) {
    const [stock, ours] = onBoth(() => {
      const { tensors, buffers, bytes, result } = kept(form);
      tf.dispose(result as tf.TensorContainer);
      return { tensors, buffers, bytes };
    });
    expect(ours).toEqual(stock);
  }
});

test("a scope that throws is closed, and leaves nothing", () => {
  const fail = () =>
    tf.tidy(() => {
      tf.ones([3]).add(1);
      throw new Error("no");
    });
  const { tensors } = kept(() => expect(fail).toThrow("no"));
  expect(tensors).toBe(0);
  expect(tf.engine().state.activeScope ?? null).toBeNull();
});

test("an op kernel that throws is no longer running, and an unknown one is tfjs's error", () => {
  const x = tf.ones([2, 3]);
  expect(() => tf.engine().runKernel("BatchMatMul", { a: x, b: x }, {})).toThrow("inner lengths");
  expect(tf.engine().state.kernelDepth).toBe(0);
  const [stock, ours] = onBoth(() => {
    try {
      return void tf.engine().runKernel("NoSuchKernel", {}, {});
    } catch (e) {
      return (e as Error).message;
    }
  });
  expect(ours).toBe(stock);
  x.dispose();
});

test("gradients are the same, those of gradients too, and leave nothing", () => {
  const functions: ((x: tf.Tensor) => tf.Tensor)[] = [
    (x) => tf.grad(square)(x),
    (x) => tf.grad((x) => tf.grad((x) => square(x).mul(x))(x))(x),
    (x) =>
      tf.grad((x) =>
        tf
          .concat(tf.split(x.mul(2), 2), 0)
          .mul(x)
          .sum(),
      )(x),
    (x) => tf.valueAndGrad((x: tf.Tensor) => x.exp().sum())(x).grad,
    (x) =>
      tf.grad(tf.customGrad((x) => ({ value: square(x as tf.Tensor), gradFunc: (dy) => dy })))(x),
  ];
  for (const f of functions) {
    const [stock, ours] = onBoth(() => {
      const { result, tensors } = kept(() =>
        tf.tidy(() => Array.from(f(tf.tensor1d([1, -2, 3, 0.5])).dataSync())),
      );
      return { result, tensors };
    });
    expect(ours).toEqual(stock);
    expect(ours.tensors).toBe(0);
  }
});

test("tfjs's profile still sees each op kernel", async () => {
  const { kernelNames } = await tf.profile(() => tf.tidy(() => tf.ones([3]).add(1).square()));
  expect(kernelNames).toEqual(expect.arrayContaining(["Add", "Square"]));
});

test("tensors from before our engine stay readable and are freed", () => {
  registerWasmKernels()();
  const { tensors } = kept(() => {
    const old = tf.tensor1d([1, 2]);
    registerWasmKernels();
    expect(Array.from(old.add(1).dataSync())).toEqual([2, 3]);
    old.dispose();
    expect(() => old.dataSync()).toThrow("disposed");
  });
  expect(tensors).toBe(1); // the sum
});

/** The most buffers of tensors at the same time while f runs, beyond those before. */
function peakBuffers(f: () => void): number {
  const { state } = tf.engine() as unknown as { state: { numDataBuffers: number } };
  const before = state.numDataBuffers;
  let now = before;
  let peak = before;
  Object.defineProperty(state, "numDataBuffers", {
    configurable: true,
    get: () => now,
    set: (count: number) => {
      now = count;
      peak = Math.max(peak, count);
    },
  });
  try {
    f();
  } finally {
    const value = { configurable: true, enumerable: true, writable: true, value: now };
    Object.defineProperty(state, "numDataBuffers", value);
  }
  return peak - before;
}

test("a backward pass needs half of tfjs's memory, and its numbers are the same", () => {
  const deep = (x: tf.Tensor) => {
    let y = x;
    for (let layer = 0; layer < 40; layer++) y = tf.sin(y);
    return y;
  };
  const [stock, ours] = onBoth(() => {
    let gradient: number[] = [];
    const peak = peakBuffers(() =>
      tf.tidy(() => {
        gradient = [
          ...tf
            .grad(deep)(tf.linspace(-2, 2, 10))
            .dataSync(),
        ];
      }),
    );
    return { peak, gradient };
  });
  expect(ours.gradient).toEqual(stock.gradient);
  // each layer saves its input; tfjs has each layer's gradient besides
  expect(stock.peak).toBeGreaterThanOrEqual(80);
  expect(ours.peak).toBeLessThan(45);
});

test("gradients that gradient functions share, keep or take from outside are not freed early", () => {
  const outside = tf.keep(tf.tensor1d([5, 6]));
  /** A function of two tensors whose gradients are what `gradients` makes of dy. */
  const pair = (gradients: (dy: tf.Tensor) => tf.Tensor[]) =>
    tf.customGrad((...inputs) => {
      const [a, b] = inputs as tf.Tensor[];
      return { value: a!.add(b!), gradFunc: (dy: tf.Tensor) => gradients(dy) };
    });
  const forms: ((dy: tf.Tensor) => tf.Tensor[])[] = [
    (dy) => [dy, dy],
    (dy) => {
      const twice = dy.mul(2);
      return [twice, twice];
    },
    () => [outside, outside],
    (dy) => [tf.keep(dy.mul(3)), dy],
  ];
  for (const form of forms) {
    const f = (x: tf.Tensor, y: tf.Tensor) => pair(form)(x.square(), y.sin()).mul(x).sum();
    const [stock, ours] = onBoth(() =>
      tf.tidy(() =>
        tf
          .grads(f)([tf.tensor1d([1, -2]), tf.tensor1d([0.5, 3])])
          .map((t) => [...t.dataSync()]),
      ),
    );
    expect(ours).toEqual(stock);
    expect(outside.isDisposed).toBe(false);
  }
  outside.dispose();
});

test("the gradient of a tensor in the middle stays, and one's own dy", () => {
  const dy = tf.tensor1d([1, 10, 100]);
  const [stock, ours] = onBoth(() =>
    tf.tidy(() => {
      const xs = [tf.tensor1d([1, -2, 3])];
      const f = () => {
        const middle = xs[0]!.square();
        xs.push(middle);
        return middle.exp().mul(middle);
      };
      const { grads } = tf.engine().gradients(f, xs, dy);
      expect(grads).toHaveLength(2);
      return grads.map((gradient) => [...gradient.dataSync()]);
    }),
  );
  expect(ours).toEqual(stock);
  expect(dy.isDisposed).toBe(false);
  dy.dispose();
});
