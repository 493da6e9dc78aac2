// needs: webgpu
// level: all
/** WebGPU on whatever adapter this machine has, a software one where there is no graphics card. */
import { readdirSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, judgeCase, loadContent, paths, runCase } from "grader";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chooseDevice, device } from "./device";
import { prepareWebgpu } from "./webgpu";

beforeAll(() => chooseDevice("webgpu"));
afterAll(() => chooseDevice("wasm"));

const exercises = readdirSync(paths(courseRoot()).solutionsDist, { recursive: true })
  .map((file) => /(\w+)\.exercise\.js$/.exec(String(file))?.[1])
  .filter((name) => name !== undefined);

test(
  "a forced adapter computes; a software one is refused otherwise, with the way to have it all " +
    "the same",
  async () => {
    expect(await tf.matMul(tf.ones([3, 5]), tf.ones([5, 2])).data()).toEqual(
      new Float32Array(6).fill(5),
    );
    const no = await prepareWebgpu(false);
    expect(device()).toEqual({ name: "webgpu", label: "WebGPU", slow: no !== undefined });
    if (no) {
      expect(no.refused).toMatch(
        /^its only adapter is software \(.+\), slower than WebAssembly; COURSE_DEVICE=webgpu uses it anyway$/,
      );
    }
  },
);

test("reading at once is refused in one sentence", async () => {
  const computed = tf.ones([200, 200]).matMul(tf.ones([200, 200]));
  expect(() => computed.dataSync()).toThrow(
    "on WebGPU a tensor cannot be read at once: write await x.data()",
  );
  expect((await computed.data())[0]).toBe(200);
  expect([...tf.tensor([1, 2]).dataSync()]).toEqual([1, 2]); // it has not left for the GPU
});

test("what the device refuses is an error at the next read, never zeros", async () => {
  const broken = {
    variableNames: ["A"],
    outputShape: [2],
    workgroupSize: [64, 1, 1],
    dispatchLayout: { x: [0] },
    dispatch: [1, 1, 1],
    shaderKey: "broken",
    getUserCode: () => "fn main(index: i32) { nonsense(); }",
  };
  tf.registerKernel({
    kernelName: "Broken",
    backendName: "webgpu",
    kernelFunc: ({ inputs, backend }) =>
      (
        backend as unknown as { runWebGPUProgram(...args: unknown[]): tf.TensorInfo }
      ).runWebGPUProgram(broken, [inputs.x], "float32"),
  });
  const run = () => tf.engine().runKernel<tf.Tensor>("Broken", { x: tf.tensor([1, 2]) });
  await expect(run().data()).rejects.toThrow(/^WebGPU could not compute this: .*nonsense/);
  expect(
    await tf
      .ones([100, 20])
      .matMul(tf.ones([20, 1]))
      .data(),
  ).toEqual(new Float32Array(100).fill(20)); // it goes on
});

test("whole numbers and truth values become float32 in their buffer too", async () => {
  const ids = tf.tensor2d(
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    [2, 3],
    "int32",
  );
  expect(await ids.add(ids).cast("float32").transpose().array()).toEqual([
    [2, 8],
    [4, 10],
    [6, 12],
  ]);
  expect(
    await ids.greater(2).cast("float32").reshape([1, 2, 3]).transpose([0, 2, 1]).array(),
  ).toEqual([
    [
      [0, 1],
      [0, 1],
      [1, 1],
    ],
  ]);
  expect(
    await tf
      .oneHot(tf.range(0, 400, 1, "int32").mod(tf.scalar(4, "int32")), 4)
      .cast("float32")
      .mean(0)
      .data(),
  ).toEqual(new Float32Array(4).fill(0.25));
});

test("the place of the largest number of a row, and the parts of a spectrum, have their shapes", async () => {
  expect(tf.tensor([3, 5, 1]).argMax().shape).toEqual([]);
  expect(await tf.tensor([3, 5, 1]).argMin().data()).toEqual(Int32Array.of(2));
  expect(tf.ones([2, 3]).argMax(1).shape).toEqual([2]);
  const spectrum = tf.fft(tf.complex(tf.ones([2, 3, 4]), tf.zeros([2, 3, 4])));
  expect([tf.real(spectrum).shape, tf.imag(spectrum).shape]).toEqual([
    [2, 3, 4],
    [2, 3, 4],
  ]);
});

test("Fourier transforms of long rows keep their digits, and come back", async () => {
  const N = 4096;
  const rows = [
    tf
      .range(0, 2 * N)
      .mul(0.7)
      .sin()
      .reshape([2, N]),
    tf
      .range(0, 2 * N)
      .mul(0.3)
      .cos()
      .reshape([2, N]),
  ] as const;
  const spectrum = tf.fft(tf.complex(...rows));
  const at = [0, 1, 77, 2048, 4095];
  const got = await tf.gather(tf.real(spectrum), at, 1).slice([1, 0], [1, at.length]).data();
  const [x, y] = await Promise.all(rows.map((t) => t.slice([1, 0], [1, N]).data()));
  at.forEach((k, i) => {
    let want = 0;
    for (let n = 0; n < N; n++) {
      want +=
        x![n]! * Math.cos((2 * Math.PI * k * n) / N) + y![n]! * Math.sin((2 * Math.PI * k * n) / N);
    }
    expect(Math.abs(got[i]! - want)).toBeLessThan(2e-3); // of sums of some thousand
  });
  const back = await tf.real(tf.ifft(spectrum)).sub(rows[0]).abs().max().data();
  expect(back[0]).toBeLessThan(1e-5);
});

test("reductions of nothing", async () => {
  const empty = tf.zeros([2, 0]);
  expect(await empty.sum(1).array()).toEqual([0, 0]);
  expect(await empty.max(1, true).array()).toEqual([[-Infinity], [-Infinity]]);
  expect(await empty.prod(-1).array()).toEqual([1, 1]);
  expect(await tf.ones([2, 3]).sum(1).array()).toEqual([3, 3]);
});

/** Numbers with a pattern that repeats only after 97. */
const numbers = (...shape: number[]) =>
  tf.range(0, tf.util.sizeFromShape(shape)).mul(37).mod(97).sub(48).div(16).reshape(shape);

test.each([
  { a: [5, 7], b: [7, 9] },
  { a: [7, 5], b: [7, 9], transposeA: true },
  { a: [2, 3, 5, 7], b: [2, 3, 9, 7], transposeB: true },
  { a: [2, 3, 7, 5], b: [9, 7], transposeA: true, transposeB: true },
  { a: [1, 5, 7], b: [4, 7, 1] },
  { a: [0, 3], b: [3, 4] },
])("a product of $a and $b", async ({ a, b, transposeA = false, transposeB = false }) => {
  const product = () => tf.matMul(numbers(...a), numbers(...b), transposeA, transposeB);
  const got = product();
  const values = await got.data();
  await chooseDevice("wasm");
  const want = product();
  const wanted = await want.data();
  await chooseDevice("webgpu");
  expect(got.shape).toEqual(want.shape);
  values.forEach((x, i) => expect(Math.abs(x - wanted[i]!)).toBeLessThan(1e-4));
});

test("factors that don't fit throw, in the order that each is in", () => {
  const a = numbers(5, 7);
  for (const [b, transposeA, transposeB] of [
    [numbers(9, 7), false, false],
    [numbers(7, 9), false, true],
    [numbers(7, 9), true, false],
  ] as const) {
    expect(() => tf.matMul(a, b, transposeA, transposeB)).toThrow(/inner shapes/i);
  }
});

test("sums, means, products and extremes over any axes", async () => {
  const x = numbers(3, 40, 5, 7);
  const values = (await x.array()) as number[][][][];
  const column = values[2]!.map((row) => row[4]![6]!);
  const sum = column.reduce((p, q) => p + q);
  const at = async (t: tf.Tensor) => Number((await t.slice([2, 4, 6], [1, 1, 1]).data())[0]);
  expect(await at(x.sum(1))).toBeCloseTo(sum, 3);
  expect(await at(x.mean(1))).toBeCloseTo(sum / 40, 4);
  expect(await at(x.max(1))).toBeCloseTo(Math.max(...column), 5);
  expect(await at(x.min(1))).toBeCloseTo(Math.min(...column), 5);
  expect(await at(x.abs().add(1).prod(1).log())).toBeCloseTo(
    column.map((y) => Math.log(Math.abs(y) + 1)).reduce((p, q) => p + q),
    3,
  );
  const flat = values.flat(3).reduce((p, q) => p + q);
  expect((await x.sum().data())[0]).toBeCloseTo(flat, 2);
  expect((await x.sum([0, 2]).sum().data())[0]).toBeCloseTo(flat, 2); // not side by side
  expect(x.sum([1, 2], true).shape).toEqual([3, 1, 1, 7]);
  const spoiled = tf.concat([x, tf.fill([1, 40, 5, 7], NaN)]);
  expect(await spoiled.max([1, 2, 3]).sum().data()).toEqual(Float32Array.of(NaN));
  expect(await spoiled.slice([0, 0, 0, 0], [3, 40, 5, 7]).max().data()).toEqual(Float32Array.of(3));
  const whole = numbers(300, 9).mul(16).toInt();
  expect(whole.sum(0).dtype).toBe("int32");
  expect((await whole.sum().data())[0]).toBe(
    Array.from(await whole.data()).reduce((p, q) => p + q),
  );
});

test.each(exercises)("%s gives its reference answers", async (name) => {
  const { solution, exercise, references } = loadContent(courseRoot(), name);
  for (const c of references) {
    const verdict = judgeCase(c, await runCase(exercise.shader?.answer ?? solution, c), exercise);
    expect(verdict.ok ? "" : `${c.title}: ${verdict.message}`).toBe("");
  }
});
