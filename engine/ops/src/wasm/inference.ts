/**
 * Kernels without gradients, for models that write: RMSNorm, the gate of SwiGLU, and what attention
 * does between its products, with RoPE and a cache. Models find them by name while no gradient is
 * recorded.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { byRows } from "./fused";
import { address, floats, output, wasm, withScratch } from "./module";
import type { WasmKernel } from "./register";
import { runParallel } from "./threads";

type Inputs = Record<string, tf.TensorInfo | undefined>;

const RMS_NORM = byRows("RmsNorm", "x", ({ backend, at, y, rows, n, attrs }) => {
  const args = [at("x"), at("gamma"), y, rows, n, attrs.eps as number];
  runParallel(backend, "rmsNorm", args, {
    count: 3,
    perItem: { 0: 4 * n, 2: 4 * n },
    cost: 0.4 * n,
  });
});

/** silu(a)·b, for a and b of one shape. */
const GATED_SILU = byRows("GatedSilu", "a", ({ backend, at, y, rows, n }) => {
  const perItem = { 0: 4, 1: 4, 2: 4 };
  const args = [at("a"), at("b"), y, rows * n];
  runParallel(backend, "gatedSilu", args, { count: 3, perItem, unit: 4, cost: 1.5 });
});

/** Options of attention that its inputs' shapes don't determine. */
export interface AttentionAttributes {
  heads: number;
  kvHeads: number;
  scale: number;
  /** RoPE's base, 0 without RoPE. */
  base: number;
  /** Whether RoPE pairs features i and i + D/2, or neighbors. */
  halves: boolean;
}

/** B texts of T new tokens over P old ones, S = P + T; H query heads in G groups of width D. */
interface Sizes {
  B: number;
  T: number;
  P: number;
  S: number;
  H: number;
  G: number;
  D: number;
}

function sizesOf({ q, cacheK }: Inputs, { heads, kvHeads }: AttentionAttributes): Sizes {
  const [B, T, width] = q!.shape as [number, number, number];
  const P = cacheK?.shape[2] ?? 0;
  return {
    B,
    T,
    P,
    S: P + T,
    H: heads,
    G: kvHeads,
    D: width / heads,
  };
}

/** Cosines and sines of the angles of positions P … S − 1, float32 [2, T, D/2], made in float64. */
function writeAngles(angles: Float32Array, { T, P, D }: Sizes, base: number): void {
  const half = D / 2;
  for (let i = 0; i < half; i++) {
    const rate = base ** ((-2 * i) / D);
    for (let t = 0; t < T; t++) {
      angles[t * half + i] = Math.cos((P + t) * rate);
      angles[(T + t) * half + i] = Math.sin((P + t) * rate);
    }
  }
}

/** Old keys or values, and then the new ones, x [B, T, G·D] → [B, G, S, D]. */
function append(
  backend: BackendWasm,
  old: tf.TensorInfo | undefined,
  x: tf.TensorInfo,
  { B, T, P, S, G, D }: Sizes,
  cos: number,
  halves: boolean,
): tf.TensorInfo {
  const result = output(backend, [B, G, S, D], "float32");
  const to = address(backend, result);
  const { placeHeads } = wasm(backend);
  if (old) placeHeads(address(backend, old), to, B * G, 1, 1, P * D, 4 * S * D, 0, 0, 0, 0);
  const steps = [4 * G * S * D, 4 * D, 4 * S * D];
  const at = to + 4 * P * D;
  placeHeads(address(backend, x), at, B, T, G, D, ...steps, cos, Number(halves));
  return result;
}

function attend(backend: BackendWasm, inputs: Inputs, attrs: AttentionAttributes): tf.TensorInfo[] {
  const sizes = sizesOf(inputs, attrs);
  const { B, T, S, H, G, D } = sizes;
  const { threads, placeHeads } = wasm(backend);
  const turns = attrs.base > 0;
  const y = output(backend, inputs.q!.shape, "float32");
  const numbers = T * D + B * T * H * D + threads * S; // angles, turned queries, scores
  return withScratch(backend, 4 * numbers, (scratch) => {
    if (turns) writeAngles(floats(backend, scratch, T * D), sizes, attrs.base);
    const cos = turns ? scratch : 0;
    const k = append(backend, inputs.cacheK, inputs.k!, sizes, cos, attrs.halves);
    const v = append(backend, inputs.cacheV, inputs.v!, sizes, 0, false);
    const query = scratch + 4 * T * D;
    const steps = [4 * T * H * D, 4 * H * D, 4 * D];
    const q = address(backend, inputs.q!);
    placeHeads(q, query, B, T, H, D, ...steps, cos, Number(attrs.halves));
    const at = [k, v, y].map((t) => address(backend, t));
    const scores = query + 4 * B * T * H * D;
    const args = [query, ...at, 0, B * T * H, T, S, H, G, D, attrs.scale, scores];
    const cut = { count: 5, perItem: { 4: 1 }, perThread: { 12: 4 * S }, cost: (S * D) / 5 };
    runParallel(backend, "cachedAttention", args, cut);
    return [y, k, v];
  });
}

/**
 * What attention over a cache does between its products: q [B, T, H·D], k and v [B, T, G·D], cacheK
 * and cacheV [B, G, P, D] or absent → the heads' output [B, T, H·D], and the longer keys and values
 * [B, G, P + T, D].
 */
const ATTEND_WITH_CACHE: WasmKernel = {
  name: "AttendWithCache",
  make: () => (backend, inputs, attrs) =>
    attend(backend, inputs, attrs as unknown as AttentionAttributes),
};

export const INFERENCE = [RMS_NORM, GATED_SILU, ATTEND_WITH_CACHE];
