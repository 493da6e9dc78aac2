// needs: webgpu
// level: all
/** The kernels by hand and against their references, on this machine's adapter. */
import {
  compare,
  courseRoot,
  judgeCase,
  loadContent,
  tensorData,
  type TensorData,
  type Value,
} from "grader";
import { openShaders, runShader, type ShaderLauncher } from "grader/shaders/run";
import { afterAll, beforeAll, expect, test } from "vitest";

let kernels: ShaderLauncher;
beforeAll(async () => {
  kernels = await openShaders(courseRoot(), { trusted: true });
});
afterAll(() => kernels.close());

const run = async (name: string, cases: { args: Value[] }[]) => {
  const { exercise, solution } = loadContent(courseRoot(), name);
  return (await runShader(kernels, 0, exercise.shader!, { value: solution() as string }, cases))
    .outcomes;
};

const hand: [name: string, args: Value[], want: TensorData][] = [
  [
    "softmaxKernel",
    [tensorData([2, 2], [0, Math.log(3), 5, 5])],
    tensorData([2, 2], [0.25, 0.75, 0.5, 0.5]),
  ],
  [
    "matMulKernel",
    [tensorData([2, 2], [1, 2, 3, 4]), tensorData([2, 1], [1, 10])],
    tensorData([2, 1], [21, 43]),
  ],
  [
    "layerNormKernel",
    [tensorData([2, 2], [1, 3, 10, 30]), tensorData([2], [1, 2]), tensorData([2], [0, 5])],
    tensorData(
      [2, 2],
      [1, 100].flatMap((v) => [-Math.sqrt(v / (v + 1e-5)), 5 + 2 * Math.sqrt(v / (v + 1e-5))]),
    ),
  ],
  // bits 1 to 8 in each word, so -7 to 0, four times; twos of x
  [
    "int4Kernel",
    [
      tensorData([4, 1], Array(4).fill(0x87654321 | 0), "int32"),
      tensorData([1, 1], [0.5]),
      tensorData([32], Array(32).fill(2)),
    ],
    tensorData([1], [-28 * 4]),
  ],
  // equal keys: the mean of the values that a query sees
  [
    "flashAttentionKernel",
    [
      tensorData([2, 32], Array(64).fill(1)),
      tensorData([2, 32], Array(64).fill(1)),
      tensorData([2, 32], [...Array(32).fill(2), ...Array(32).fill(4)]),
      { causal: true },
    ],
    tensorData([2, 32], [...Array(32).fill(2), ...Array(32).fill(3)]),
  ],
];
test.each(hand)("%s by hand", async (name, args, want) => {
  const [outcome] = await run(name, [{ args }]);
  expect(outcome).toHaveProperty("value");
  expect(compare((outcome as { value: Value }).value, want, { rtol: 1e-6, atol: 1e-6 })).toEqual({
    ok: true,
  });
});

test.each(hand.map(([name]) => name))("%s gives its reference answers", async (name) => {
  const { exercise, references } = loadContent(courseRoot(), name);
  const outcomes = await run(name, references);
  expect(
    references.map((c, i) => judgeCase(c, outcomes[i], exercise)).filter((verdict) => !verdict.ok),
  ).toEqual([]);
});

test("the most bytes that are enough, by hand", () => {
  const most = (name: string, args: Value[]) =>
    loadContent(courseRoot(), name).exercise.shader!.launch(...(args as never[])).maxBytesRead;
  const zeros = (...shape: number[]) =>
    tensorData(shape, new Float32Array(shape.reduce((a, b) => a * b, 1)));
  expect(most("softmaxKernel", [zeros(3, 10)])).toBe(4 * 30);
  expect(most("layerNormKernel", [zeros(3, 10), zeros(10), zeros(10)])).toBe(4 * 90);
  // two workgroups: 65 rows of 8 words and 2 scales, and 64 numbers of x for each of both
  const words = tensorData([8, 65], new Int32Array(520), "int32");
  expect(most("int4Kernel", [words, zeros(2, 65), zeros(64)])).toBe(4 * (65 * 10 + 2 * 64));
  // four workgroups, one step of two tiles each
  expect(most("matMulKernel", [zeros(32, 16), zeros(16, 17)])).toBe(4 * 4 * 2 * 256);
  expect(
    most("flashAttentionKernel", [zeros(64, 32), zeros(64, 32), zeros(64, 32), { causal: false }]),
  ).toBe(4 * 32 * (64 + 2 * 2 * 64)); // the queries, and twice all keys and values
});
