import "../register";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, expect, test } from "vitest";
import { runCase } from "./call";
import { costOf, within, MAX_RECORDED_RUNS, READ, recordRuns, WRITTEN } from "./cost";
import { tensorData, type AnyFunction } from "./value";

const SIDE = 16;
const x = tensorData([SIDE, SIDE], Array<number>(SIDE * SIDE).fill(1));
const runsOf = async (f: AnyFunction, wrt?: string[]) => {
  const outcome = await runCase(f, { args: [x], wrt, cost: true });
  if ("error" in outcome) throw new Error(outcome.error);
  return outcome.runs!;
};

beforeAll(() => tf.setBackend("cpu"));

test("each kernel is recorded with the numbers it reads, writes and multiplies", async () => {
  const runs = await runsOf((t: tf.Tensor) => t.matMul(t).sum(0));
  expect(runs.map(({ kernel, read, wrote, work }) => [kernel, read, wrote, work])).toEqual(
    expect.arrayContaining([
      ["BatchMatMul", 2 * SIDE ** 2, SIDE ** 2, SIDE ** 3],
      ["Sum", SIDE ** 2, SIDE, SIDE ** 2],
    ]),
  );
});

const multiplied = async (kernel: string, f: AnyFunction, wrt?: string[]) =>
  (await runsOf(f, wrt)).find((run) => run.kernel === kernel)!.work;

test("a product hidden in a convolution costs its multiplications", async () => {
  const places = (t: tf.Tensor) => t.reshape<tf.Tensor4D>([1, SIDE, 1, SIDE]);
  const filter = (t: tf.Tensor) => t.reshape<tf.Tensor4D>([1, 1, SIDE, SIDE]);
  const narrow = tf.tensor4d(Array<number>(2 * SIDE).fill(1), [1, 1, 2, SIDE]);
  expect(
    await multiplied("Conv3D", (t: tf.Tensor) =>
      tf.conv3d(
        t.reshape<tf.Tensor5D>([1, SIDE, 1, 1, SIDE]),
        t.reshape<tf.Tensor5D>([1, 1, 1, SIDE, SIDE]),
        1,
        "valid",
      ),
    ),
  ).toBe(SIDE ** 3);
  expect(
    await multiplied("Conv2DBackpropInput", (t: tf.Tensor) =>
      tf.conv2dTranspose(places(t), narrow, [1, SIDE, 1, 2], 1, "valid"),
    ),
  ).toBe(2 * SIDE ** 2);
  const convolved = (t: tf.Tensor) => tf.conv2d(places(t), filter(t), 1, "valid");
  for (const kernel of ["Conv2D", "Conv2DBackpropInput", "Conv2DBackpropFilter"]) {
    expect(await multiplied(kernel, convolved, ["0"])).toBe(SIDE ** 3);
  }
  const apart = (t: tf.Tensor) =>
    tf.depthwiseConv2d(places(t), t.reshape<tf.Tensor4D>([SIDE, 1, SIDE, 1]), 1, "same");
  expect(await multiplied("DepthwiseConv2dNative", apart)).toBe(SIDE ** 3);
});

test("what is freed is no longer held, and a reshape holds nothing", async () => {
  const kept = await runsOf((t: tf.Tensor) => t.square().square().square().square());
  const freed = await runsOf((t: tf.Tensor) => {
    let power: tf.Tensor = t.clone();
    for (let i = 0; i < 4; i++) {
      const next = tf.tidy(() => power.square());
      power.dispose();
      power = next;
    }
    return power;
  });
  expect(costOf(kept).held).toBe(4 * SIDE ** 2);
  expect(costOf(freed).held).toBe(2 * SIDE ** 2);
  expect(costOf(await runsOf((t: tf.Tensor) => t.reshape([-1]))).held).toBe(0);
});

test("numbers that JavaScript reads and writes are recorded, the judge's are not", async () => {
  const runs = await runsOf((t: tf.Tensor) => tf.tensor(t.dataSync().map((v) => 2 * v)));
  expect(runs.map(({ kernel }) => kernel)).toEqual([READ, WRITTEN]);
  expect(within({ largest: 1e9 })(runs)).toContain("reads the 256 numbers of a tensor into Java");
  const later = await runsOf(async (t: tf.Tensor) => {
    await t.data();
    return t.square();
  });
  expect(later.map(({ kernel }) => kernel)).toEqual(expect.arrayContaining([READ, "Square"]));
});

const tellsAt = (i: number, ints: tf.Tensor1D) => {
  try {
    tf.gather(tf.zeros([1]), ints.slice([i], [1]));
    return 0;
  } catch (e) {
    return Number(/-?\d+/.exec((e as Error).message)![0]);
  }
};
/** Twice as many numbers as a call may read. */
const many = (t: tf.Tensor) => tf.tile(t.reshape([-1]), [2]) as tf.Tensor1D;
test.each<[string, (t: tf.Tensor) => unknown]>([
  ["in small portions", (t) => tf.split(many(t), 64).map((part) => part.dataSync()[0])],
  [
    "from messages of errors",
    (t) => {
      const ints = many(t).add(7).cast("int32") as tf.Tensor1D;
      return Array.from({ length: ints.size }, (_, i) => tellsAt(i, ints));
    },
  ],
  [
    "from shapes",
    (t) => tf.unstack(many(t)).map((n) => tf.unique(tf.stack([n, tf.scalar(1)])).values.size),
  ],
])("numbers that JavaScript gets %s count together", async (_, read) => {
  const runs = await runsOf((t: tf.Tensor) => [read(t)]);
  expect(within({ work: 1e9 })(runs)).toBe(
    "It reads 512 numbers of tensors, a few at a time, into JavaScript. " +
      "Its cost is counted in operations of tfjs, so compute with those.",
  );
});

test("a call may read a few numbers", async () => {
  const runs = await runsOf((t: tf.Tensor) => t.slice([0, 0], [4, SIDE]).dataSync()[0]);
  expect(within({ work: 1e9 })(runs)).toBeUndefined();
});

test("what a result computes when it is read is recorded", async () => {
  const lazy = (t: tf.Tensor) => {
    let real: tf.Tensor | undefined;
    return new Proxy(tf.zeros([1]), {
      get(_, key) {
        if (key === "then") return undefined;
        real ??= t.matMul(t);
        return Reflect.get(real, key) as unknown;
      },
    });
  };
  expect(costOf(await runsOf(lazy)).work).toBeGreaterThanOrEqual(SIDE ** 3);
});

test("however an operation is called, its kernel is seen, and only while recording", async () => {
  const kernel = tf.getKernel("Exp", "cpu").kernelFunc;
  const direct: AnyFunction = (t: tf.Tensor) =>
    tf
      .engine()
      .makeTensorFromTensorInfo(
        tf
          .getKernel("Exp", "cpu")
          .kernelFunc({ inputs: { x: t }, backend: tf.backend() }) as tf.TensorInfo,
      );
  const named: AnyFunction = (t: tf.Tensor) => (tf as never as typeof Math)["exp"](t as never);
  for (const f of [direct, named, (t: tf.Tensor) => t.exp()]) {
    expect((await runsOf(f)).map((run) => run.kernel)).toContain("Exp");
  }
  expect(tf.getKernel("Exp", "cpu").kernelFunc).toBe(kernel);
  expect((await recordRuns(() => undefined)).runs).toEqual([]);
});

test("both passes of a gradient count", async () => {
  const forward = costOf(await runsOf((t: tf.Tensor) => t.square()));
  const both = costOf(await runsOf((t: tf.Tensor) => t.square(), ["0"]));
  expect(both.operations).toBeGreaterThan(forward.operations + 2);
});

test("no more runs are kept than a message holds, and the sentence says so", async () => {
  const runs = await runsOf((t: tf.Tensor) => {
    for (let i = 0; i <= MAX_RECORDED_RUNS; i++) tf.tidy(() => t.slice([0, 0], [1, 1]).square());
    return 0;
  });
  expect(runs.length).toBe(MAX_RECORDED_RUNS);
  // a slice reads the matrix and writes a number, from which a square makes another
  const each = SIDE ** 2 + 1;
  expect(costOf(runs)).toMatchObject({
    work: each * (MAX_RECORDED_RUNS + 1),
    largest: 1,
    held: MAX_RECORDED_RUNS + 2,
  });
  expect(within({ operations: 10 })(runs)).toBe(
    "It runs 5,000 or more operations of tfjs; 10 are enough.",
  );
});
