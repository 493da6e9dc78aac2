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
  expect(within({ operations: 10 })(runs)).toBe(
    "It runs 5,000 or more operations of tfjs; 10 are enough.",
  );
});
