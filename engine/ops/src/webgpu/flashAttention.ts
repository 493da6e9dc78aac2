/**
 * The forward pass of FlashAttention-2 (Dao 2023, arXiv:2307.08691, algorithm 1) as a WGSL kernel.
 * A workgroup takes 64 queries, one per thread. Tiles of keys and values go through the workgroup's
 * memory, so each is read from the buffers once for 64 queries: T·S·D / 64 · 8 bytes in total.
 * Scores never leave the registers.
 */
import type * as tf from "@tensorflow/tfjs-core";
import type { WebGPUBackend, WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";

export const FLASH_ATTENTION = "FlashAttention";
/** Queries per workgroup. */
export const BLOCK_Q = 64;
/** Workgroups along one axis; a device allows 65,535. */
const MAX_WORKGROUPS = 32_768;
/** Workgroup memory that every adapter has, in bytes, less a little for single variables. */
const WORKGROUP_MEMORY = 16_384 - 64;
const MAX_KEYS = 16;

const declarations = (D: number, quads: number, blockK: number) => `
const D = ${D}u;
const QUADS = ${quads}u;
const BLOCK_Q = ${BLOCK_Q}u;
const BLOCK_K = ${blockK}u;
const LOWEST = -3.4028234e38;
var<workgroup> keys: array<vec4<f32>, ${blockK * quads}>;
var<workgroup> values: array<vec4<f32>, ${blockK * quads}>;
var<workgroup> lastKey: u32;`;

/** Which query a thread takes, and how many keys it and the whole workgroup see. */
const FIND_QUERY = `
  let T = u32(uniforms.T);
  let S = u32(uniforms.S);
  let head = workgroupId.z * numWorkgroups.y + workgroupId.y;
  let row = workgroupId.x * BLOCK_Q + localIndex;
  let present = head < u32(uniforms.heads) && row < T;
  // causal: a query sees the key at its own place and those before it
  let before = u32(clamp(i32(row) + uniforms.S - uniforms.T + 1, 0, uniforms.S));
  let seen = select(S, before, uniforms.causal == 1);
  if (localIndex == BLOCK_Q - 1u) { lastKey = seen; }
  let end = workgroupUniformLoad(&lastKey); // the last query of the block sees the most`;

const readQuery = (q: string) => `
  var query: array<vec4<f32>, QUADS>;
  var output: array<vec4<f32>, QUADS>;
  if (present) {
    for (var c = 0u; c < QUADS; c++) {
      let first = c * 4u;
      let at = (head * T + row) * D + first;
      query[c] = ${q};
    }
  }`;

const readTile = (k: string, v: string) => `
    workgroupBarrier(); // everyone is done with the last tile
    for (var i = localIndex; i < BLOCK_K * QUADS; i += BLOCK_Q) {
      let key = start + i / QUADS;
      let first = i % QUADS * 4u;
      let at = (head * S + key) * D + first;
      if (key < end && head < u32(uniforms.heads)) {
        keys[i] = ${k};
        values[i] = ${v};
      }
    }
    workgroupBarrier(); // the tile is there`;

const ATTEND = `
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
      let kept = exp(top - high); // rescales the sums so far to the new maximum
      top = high;
      sum *= kept;
      for (var c = 0u; c < QUADS; c++) { output[c] *= kept; }
      for (var j = 0u; j < here; j++) {
        let weight = exp(scores[j] - top);
        sum += weight;
        for (var c = 0u; c < QUADS; c++) { output[c] += weight * values[j * QUADS + c]; }
      }
    }`;

const writeOutput = (width: string) => `
  if (present) {
    let at = (head * T + row) * (D + 1u);
    let share = 1.0 / max(sum, 1.0); // the sum is 0 or at least 1
    for (var c = 0u; c < QUADS; c++) {
      let part = output[c] * share;
      for (var i = 0u; i < ${width}; i++) { result[at + c * 4u + i] = part[i]; }
    }
    result[at + D] = select(top + log(sum), -uniforms.INFINITY, sum == 0.0);
  }`;

/**
 * The kernel for one head width D. It reads q, k and v, and writes `result` [heads of the whole
 * batch, T, D + 1], whose last feature is the logarithm of the sum. Its uniforms are tfjs's
 * INFINITY and those of flashAttentionKernel.
 */
export function flashAttentionCode(D: number): string {
  const quads = Math.ceil(D / 4);
  const blockK = Math.max(1, Math.min(MAX_KEYS, Math.floor(WORKGROUP_MEMORY / (2 * 16 * quads))));
  const whole = D % 4 === 0;
  /** Four numbers of a buffer from index `at` on; past the end of a head, zeros. */
  const quad = (buffer: string) => {
    const read = (i: number) => `${buffer}[at + ${i}u]`;
    const readInside = (i: number) => `select(0.0, ${read(i)}, first + ${i}u < D)`;
    return `vec4<f32>(${[0, 1, 2, 3].map(whole ? read : readInside).join(", ")})`;
  };
  return `${declarations(D, quads, blockK)}

fn main() {${FIND_QUERY}
${readQuery(quad("q"))}
  var top = LOWEST;
  var sum = 0.0;
  for (var start = 0u; start < end; start += BLOCK_K) {${readTile(quad("k"), quad("v"))}${ATTEND}
  }${writeOutput(whole ? "4u" : "min(4u, D - c * 4u)")}
}`;
}

/** The result for queries that see no key: zeros and −∞. */
const nothing = (rows: number, D: number): Float32Array =>
  Float32Array.from({ length: rows * (D + 1) }, (_, i) => (i % (D + 1) === D ? -Infinity : 0));

/**
 * From q [B, H, T, D], already scaled, and k and v [B, H, S, D] to [B, H, T, D + 1]: the output,
 * followed by logSumExp.
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
    const webgpu = backend as WebGPUBackend;
    if (S === 0) return webgpu.makeTensorInfo(outputShape, "float32", nothing(heads * T, D));
    const blocks = Math.ceil(T / BLOCK_Q);
    const program: WebGPUProgram = {
      variableNames: ["q", "k", "v"],
      outputShape,
      uniforms: "T: i32, S: i32, heads: i32, causal: i32,",
      workgroupSize: [BLOCK_Q, 1, 1],
      dispatchLayout: { x: [0], y: [1] },
      dispatch: [blocks, Math.min(heads, MAX_WORKGROUPS), Math.ceil(heads / MAX_WORKGROUPS)],
      shaderKey: `${FLASH_ATTENTION} ${D}`,
      getUserCode: () => flashAttentionCode(D),
    };
    const numbers = [T, S, heads, attrs?.causal ? 1 : 0];
    const uniforms = numbers.map((n) => ({ type: "int32", data: [n] }));
    return webgpu.runWebGPUProgram(program, [q, k, v], "float32", uniforms);
  },
};
