// needs: webgpu
/** The kernel against attention written out in float64. */
import * as tf from "@tensorflow/tfjs-core";
import { chooseDevice } from "course";
import { courseRoot, paths, random, type TensorData } from "grader";
import { kernelRunner, openDevice } from "grader/dist/kernel/device.js";
import { countReads, declarations } from "grader/dist/kernel/wgsl.js";
import { flashAttention } from "solutions";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FLASH_CASES, furthest, plainAttention } from "../fused/testing";
import { BLOCK_Q, FLASH_ATTENTION, flashAttentionCode } from "./flashAttention";

beforeAll(() => {
  // Mesa's software adapter compiles three times as fast
  Object.assign(process.env, { GALLIVM_PERF: "nopt", LP_NATIVE_VECTOR_WIDTH: "128" });
  return chooseDevice("webgpu");
});
afterAll(() => chooseDevice("wasm"));

test.each(FLASH_CASES)(
  "D = $D, $T queries, $S keys, causal: $causal",
  async ({ D, T, S, causal }) => {
    const draw = random(1);
    const x = [T, S, S].map((n) => draw.normal([1, 1, n, D])) as [
      TensorData,
      TensorData,
      TensorData,
    ];
    const [q, k, v] = x.map((t) => tf.tensor(t.data, t.shape)) as [tf.Tensor, tf.Tensor, tf.Tensor];
    const { output, logSumExp } = flashAttention(q, k, v, { causal });
    const want = plainAttention(...x, causal);
    expect(furthest(await output.data(), want.output)).toBeLessThan(1e-4);
    expect(furthest(await logSumExp.data(), want.logSumExp)).toBeLessThan(1e-4);
  },
);

test("heads are told apart, and the kernel is the one that ran", async () => {
  const draw = random(2);
  const x = [5, 7, 7].map((n) => draw.normal([2, 3, n, 8])) as [TensorData, TensorData, TensorData];
  const { kernelNames } = await tf.profile(
    () =>
      flashAttention(
        ...(x.map((t) => tf.tensor(t.data, t.shape)) as [tf.Tensor, tf.Tensor, tf.Tensor]),
      ).output,
  );
  expect(kernelNames).toContain(FLASH_ATTENTION);
  const got = await flashAttention(
    ...(x.map((t) => tf.tensor(t.data, t.shape)) as [tf.Tensor, tf.Tensor, tf.Tensor]),
  ).output.data();
  for (let head = 0; head < 6; head++) {
    const [q, k, v] = x.map((t) => {
      const n = t.shape[2]! * 8;
      return { ...t, data: t.data.slice(head * n, (head + 1) * n) };
    }) as [TensorData, TensorData, TensorData];
    expect(
      furthest(got.slice(head * 40, (head + 1) * 40), plainAttention(q, k, v, false).output),
    ).toBeLessThan(1e-5);
  }
});

test("gradients come by recomputation", async () => {
  const draw = random(3);
  const x = [5, 9, 9].map((n) => {
    const t = draw.normal([1, 2, n, 8]);
    return tf.tensor(t.data, t.shape);
  });
  const f = (...[q, k, v]: tf.Tensor[]) =>
    flashAttention(q!, k!, v!, { causal: true }).output.square().sum();
  const slopes = tf.grads(f)(x);
  const step = 1e-2;
  const direction = x.map((t) => tf.onesLike(t));
  const at = async (s: number) =>
    (await f(...x.map((t, i) => t.add(direction[i]!.mul(s)))).data())[0]!;
  const predicted = (await tf.addN(slopes.map((g) => g.sum())).data())[0]!;
  expect(((await at(step)) - (await at(-step))) / (2 * step)).toBeCloseTo(predicted, 1);
});

/** The kernel for the grader's counting run, with the grader's declarations instead of tfjs's. */
function countable(D: number): string {
  const spec = { inputs: ["q", "k", "v"], output: "result" };
  const kernel = flashAttentionCode(D)
    .replaceAll("-uniforms.INFINITY", "LOWEST")
    .replaceAll("uniforms.", "sizes.")
    .replace("fn main()", "fn attend()");
  return countReads(
    `${declarations(spec).join("\n")}
struct Sizes { T: i32, S: i32, heads: i32, causal: i32 }
var<private> localIndex: u32;
var<private> workgroupId: vec3<u32>;
var<private> numWorkgroups: vec3<u32>;
${kernel}
@compute @workgroup_size(${BLOCK_Q})
fn main(
  @builtin(local_invocation_index) local: u32,
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  localIndex = local;
  workgroupId = group;
  numWorkgroups = groups;
  attend();
}`,
    spec,
  );
}

test(
  "it reads each query once, each key and value once for a block of queries: " +
    "O(T²·D / blockQ) bytes",
  async () => {
    const run = kernelRunner(await openDevice(paths(courseRoot()).dawn));
    for (const D of [32, 64, 128]) {
      for (const [T, S, causal] of [
        [128, 128, 0],
        [256, 256, 0],
        [130, 200, 0],
        [256, 256, 1],
      ] as const) {
        const { reads } = await run({
          code: countable(D),
          inputs: [T, S, S].map((n) => new Float32Array(n * D)),
          sizes: [T, S, 1, causal],
          length: T * (D + 1),
          workgroups: [Math.ceil(T / BLOCK_Q), 1, 1],
        });
        const blocks = Array.from({ length: Math.ceil(T / BLOCK_Q) }, (_, b) =>
          causal ? Math.min(S, (b + 1) * BLOCK_Q) : S,
        );
        expect(reads).toBe(D * (T + 2 * blocks.reduce((a, b) => a + b, 0)));
      }
    }
  },
  240_000,
);
