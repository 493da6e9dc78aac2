/**
 * The forward pass of FlashAttention-2 (Dao 2023, arXiv:2307.08691, algorithm 1) as a WGSL kernel.
 * A workgroup takes 64 queries, one a thread; a tile of keys and values goes through the
 * workgroup's memory, so that each is read from the buffers once for 64 queries: T·S·D / 64 · 8
 * bytes in all. Scores never leave the registers.
 */
import type * as tf from "@tensorflow/tfjs-core";
import type { WebGPUBackend, WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";

export const FLASH_ATTENTION = "FlashAttention";
/** Queries of a workgroup. */
export const BLOCK_Q = 64;
/** Workgroups along one axis; a device allows 65,535. */
const MOST_GROUPS = 32_768;
/** What every adapter has, in bytes, less a little for single variables. */
const WORKGROUP_MEMORY = 16_384 - 64;
const MOST_KEYS = 16;

/**
 * The kernel for one head width. It reads q, k and v, and writes `result`, [heads of all the batch,
 * T, D + 1], the last feature being the logarithm of the sum; uniforms are tfjs's INFINITY and the
 * ones below.
 */
export function flashAttentionCode(D: number): string {
  const quads = Math.ceil(D / 4);
  const blockK = Math.max(1, Math.min(MOST_KEYS, Math.floor(WORKGROUP_MEMORY / (2 * 16 * quads))));
  /**
   * Four neighbours from index `at` of a buffer on; beyond a width that four does not divide there
   * are zeros.
   */
  const quad = (buffer: string) => {
    const part = (i: number) =>
      D % 4 === 0
        ? `${buffer}[at + ${i}u]`
        : `select(0.0, ${buffer}[at + ${i}u], first + ${i}u < D)`;
    return `vec4<f32>(${[0, 1, 2, 3].map(part).join(", ")})`;
  };
  return `
const D = ${D}u;
const QUADS = ${quads}u;
const BLOCK_Q = ${BLOCK_Q}u;
const BLOCK_K = ${blockK}u;
const LOWEST = -3.4028234e38;
var<workgroup> keys: array<vec4<f32>, ${blockK * quads}>;
var<workgroup> values: array<vec4<f32>, ${blockK * quads}>;
var<workgroup> lastKey: u32;

fn main() {
  let T = u32(uniforms.T);
  let S = u32(uniforms.S);
  let head = workgroupId.z * numWorkgroups.y + workgroupId.y;
  let row = workgroupId.x * BLOCK_Q + localIndex;
  let present = head < u32(uniforms.heads) && row < T;
  // causal: the query sees its own place among the keys and what stands before it
  let seen = select(S, u32(clamp(i32(row) + uniforms.S - uniforms.T + 1, 0, uniforms.S)), uniforms.causal == 1);
  if (localIndex == BLOCK_Q - 1u) { lastKey = seen; }
  let end = workgroupUniformLoad(&lastKey); // the last query of the block sees the most

  var query: array<vec4<f32>, QUADS>;
  var output: array<vec4<f32>, QUADS>;
  if (present) {
    for (var c = 0u; c < QUADS; c++) {
      let first = c * 4u;
      let at = (head * T + row) * D + first;
      query[c] = ${quad("q")};
    }
  }
  var top = LOWEST;
  var sum = 0.0;
  for (var start = 0u; start < end; start += BLOCK_K) {
    workgroupBarrier(); // everyone is done with the tile before
    for (var i = localIndex; i < BLOCK_K * QUADS; i += BLOCK_Q) {
      let key = start + i / QUADS;
      let first = i % QUADS * 4u;
      let at = (head * S + key) * D + first;
      if (key < end && head < u32(uniforms.heads)) {
        keys[i] = ${quad("k")};
        values[i] = ${quad("v")};
      }
    }
    workgroupBarrier(); // the tile is there
    if (present) {
      let here = min(BLOCK_K, max(seen, start) - start); // keys of the tile that this query sees
      var scores: array<f32, BLOCK_K>;
      var high = top;
      for (var j = 0u; j < here; j++) {
        var score = 0.0;
        for (var c = 0u; c < QUADS; c++) { score += dot(query[c], keys[j * QUADS + c]); }
        scores[j] = score;
        high = max(high, score);
      }
      let kept = exp(top - high); // what the sums so far are worth under the new maximum
      top = high;
      sum *= kept;
      for (var c = 0u; c < QUADS; c++) { output[c] *= kept; }
      for (var j = 0u; j < here; j++) {
        let weight = exp(scores[j] - top);
        sum += weight;
        for (var c = 0u; c < QUADS; c++) { output[c] += weight * values[j * QUADS + c]; }
      }
    }
  }
  if (present) {
    let at = (head * T + row) * (D + 1u);
    let share = 1.0 / max(sum, 1.0); // the sum is 0 or at least 1
    for (var c = 0u; c < QUADS; c++) {
      let part = output[c] * share;
      for (var i = 0u; i < ${D % 4 === 0 ? "4u" : "min(4u, D - c * 4u)"}; i++) { result[at + c * 4u + i] = part[i]; }
    }
    result[at + D] = select(top + log(sum), -uniforms.INFINITY, sum == 0.0);
  }
}`;
}

/** What queries get that see no key: zeros and −∞. */
const nothing = (rows: number, D: number): Float32Array =>
  Float32Array.from({ length: rows * (D + 1) }, (_, i) => (i % (D + 1) === D ? -Infinity : 0));

/**
 * q [B, H, T, D], scaled already, k and v [B, H, S, D] → [B, H, T, D + 1]: the output and, behind
 * it, logSumExp.
 */
export const flashAttentionKernel: tf.KernelConfig = {
  kernelName: FLASH_ATTENTION,
  backendName: "webgpu",
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { q, k, v } = inputs as { q: tf.TensorInfo; k: tf.TensorInfo; v: tf.TensorInfo };
    const [B, H, T, D] = q.shape as [number, number, number, number];
    const S = k.shape[2]!;
    const heads = B * H;
    const outputShape = [B, H, T, D + 1];
    if (S === 0) {
      return (backend as WebGPUBackend).makeTensorInfo(
        outputShape,
        "float32",
        nothing(heads * T, D),
      );
    }
    const program: WebGPUProgram = {
      variableNames: ["q", "k", "v"],
      outputShape,
      uniforms: "T: i32, S: i32, heads: i32, causal: i32,",
      workgroupSize: [BLOCK_Q, 1, 1],
      dispatchLayout: { x: [0], y: [1] },
      dispatch: [
        Math.ceil(T / BLOCK_Q),
        Math.min(heads, MOST_GROUPS),
        Math.ceil(heads / MOST_GROUPS),
      ],
      shaderKey: `${FLASH_ATTENTION} ${D}`,
      getUserCode: () => flashAttentionCode(D),
    };
    const uniforms = [T, S, heads, attrs?.causal ? 1 : 0].map((n) => ({
      type: "int32",
      data: [n],
    }));
    return (backend as WebGPUBackend).runWebGPUProgram(program, [q, k, v], "float32", uniforms);
  },
};
