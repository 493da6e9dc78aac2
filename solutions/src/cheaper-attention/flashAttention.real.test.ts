// needs: webgpu
// level: all
/** The WebGPU kernel against attention written out in float64. */
import * as tf from "@tensorflow/tfjs-core";
import { chooseDevice } from "course";
import { courseRoot, paths } from "grader";
import { countReads, declarations, shaderRunner, openDevice } from "grader/shaders";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  BLOCK_Q,
  FLASH_ATTENTION,
  FLASH_CASES,
  flashAttentionCode,
  furthest,
  type Input,
  normal,
  ofHead,
  plainAttention,
} from "ops/testing";
import { flashAttention } from "./flashAttention";

type Triple<T> = [q: T, k: T, v: T];
const inputs = (...[q, k, v]: Triple<number[]>): Triple<Input> => [
  normal(q, 1),
  normal(k, 2),
  normal(v, 3),
];
const tensors = (x: Triple<Input>) =>
  x.map(({ shape, values }) => tf.tensor(values, shape)) as Triple<tf.Tensor>;

beforeAll(() => {
  // Mesa's software adapter compiles three times as fast
  Object.assign(process.env, { GALLIVM_PERF: "nopt", LP_NATIVE_VECTOR_WIDTH: "128" });
  return chooseDevice("webgpu");
});
afterAll(() => chooseDevice("wasm"));

test.each(FLASH_CASES)(
  "D = $D, $T queries, $S keys, causal: $causal",
  async ({ D, T, S, causal }) => {
    const x = inputs([1, 1, T, D], [1, 1, S, D], [1, 1, S, D]);
    const [q, k, v] = tensors(x);
    const { output, logSumExp } = flashAttention(q, k, v, { causal });
    const want = plainAttention(...x, causal);
    expect(furthest(await output.data(), want.output)).toBeLessThan(1e-4);
    expect(furthest(await logSumExp.data(), want.logSumExp)).toBeLessThan(1e-4);
  },
);

test("heads are told apart, and the kernel is the one that ran", async () => {
  const x = inputs([2, 3, 5, 8], [2, 3, 7, 8], [2, 3, 7, 8]);
  const { kernelNames } = await tf.profile(() => flashAttention(...tensors(x)).output);
  expect(kernelNames).toContain(FLASH_ATTENTION);
  const got = await flashAttention(...tensors(x)).output.data();
  for (let head = 0; head < 6; head++) {
    const [q, k, v] = x.map((t) => ofHead(t, head)) as Triple<Input>;
    expect(
      furthest(got.slice(head * 40, (head + 1) * 40), plainAttention(q, k, v, false).output),
    ).toBeLessThan(1e-5);
  }
});

test("gradients come by recomputation", async () => {
  const x = tensors(inputs([1, 2, 5, 8], [1, 2, 9, 8], [1, 2, 9, 8]));
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
    const run = shaderRunner((await openDevice(paths(courseRoot()).dawn)).device);
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
);
