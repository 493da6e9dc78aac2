/**
 * Kernels that tfjs has no names for: whole layers and their gradients, in one pass over memory
 * where tfjs's operations take many. Functions with written-out gradients find them by name; the
 * names are the same on every device that has them.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { address, output, wasm, withScratch } from "./module";
import { reduceAxis, softmaxRows } from "./reduce";
import type { WasmKernel } from "./register";
import { runParallel } from "./threads";

/** The most negative float32. */
const LOWEST = -3.4028234663852886e38;

type Inputs = Record<string, tf.TensorInfo>;
const size = (t: tf.TensorInfo) => tf.util.sizeFromShape(t.shape);

/** A description of an op kernel that works row by row. */
interface Rows {
  backend: BackendWasm;
  /** address of an input */
  at(name: string): number;
  /** address of the result */
  y: number;
  rows: number;
  n: number;
  attrs: Record<string, unknown>;
}

/** A kernel whose result has the shape of the input x; empty inputs don't reach `run`. */
export const byRows = (name: string, x: string, run: (rows: Rows) => void): WasmKernel => ({
  name,
  make: () => (backend, inputs, attrs) => {
    const { shape } = inputs[x]!;
    const result = output(backend, shape, "float32");
    const n = shape.at(-1) ?? 1;
    const count = size(inputs[x]!);
    if (count > 0) {
      const at = (input: string) => address(backend, inputs[input]!);
      const y = address(backend, result);
      run({
        backend,
        at,
        y,
        rows: count / n,
        n,
        attrs,
      });
    }
    return result;
  },
});

const LAYER_NORM = byRows("LayerNorm", "x", ({ backend, at, y, rows, n, attrs }) => {
  const args = [at("x"), at("gamma"), at("beta"), y, rows, n, attrs.eps as number];
  runParallel(backend, "layerNorm", args, {
    count: 4,
    perItem: { 0: 4 * n, 3: 4 * n },
    cost: 0.6 * n,
  });
});

function layerNormGrad(backend: BackendWasm, inputs: Inputs, eps: number): tf.TensorInfo[] {
  const x = inputs.x!;
  const n = x.shape.at(-1)!;
  const dx = output(backend, x.shape, "float32");
  const dGamma = output(backend, [n], "float32");
  const dBeta = output(backend, [n], "float32");
  if (size(x) === 0) {
    for (const t of [dGamma, dBeta]) backend.typedArrayFromHeap(t).fill(0);
    return [dx, dGamma, dBeta];
  }
  const { layerNormBands, threads } = wasm(backend);
  const rows = size(x) / n;
  const bands = layerNormBands(rows);
  const part = 4 * bands * n;
  withScratch(backend, 2 * part + threads * 4 * n, (dGammas) => {
    const dBetas = dGammas + part;
    const at = [x, inputs.gamma!, inputs.dy!, dx].map((t) => address(backend, t));
    const args = [...at, dGammas, dBetas, 0, bands, rows, n, eps, dBetas + part];
    runParallel(backend, "layerNormGrad", args, {
      count: 7,
      perItem: { 6: 1 },
      perThread: { 11: 4 * n },
      cost: (1.3 * rows * n) / bands,
    });
    reduceAxis(backend, 0, dGammas, address(backend, dGamma), [1, bands, n], 1);
    reduceAxis(backend, 0, dBetas, address(backend, dBeta), [1, bands, n], 1);
  });
  return [dx, dGamma, dBeta];
}

const LAYER_NORM_GRAD: WasmKernel = {
  name: "LayerNormGrad",
  make: () => (backend, inputs, attrs) => layerNormGrad(backend, inputs, attrs.eps as number),
};

/** Softmax along the last axis; a row that is all −∞ gives zeros. */
const MASKED_SOFTMAX = byRows("MaskedSoftmax", "x", ({ backend, at, y, rows, n }) =>
  softmaxRows(backend, at("x"), y, rows, n, LOWEST),
);
const SOFTMAX_GRAD = byRows("SoftmaxGrad", "y", ({ backend, at, y, rows, n }) => {
  const perItem = { 0: 4 * n, 1: 4 * n, 2: 4 * n };
  runParallel(backend, "softmaxGrad", [at("y"), at("dy"), y, rows, n], {
    count: 3,
    perItem,
    cost: n,
  });
});
const GELU = byRows("Gelu", "x", ({ backend, at, y, rows, n }) => {
  const perItem = { 0: 4, 1: 4 };
  runParallel(backend, "gelu", [at("x"), y, rows * n], { count: 2, perItem, unit: 4, cost: 2 });
});
const GELU_GRAD = byRows("GeluGrad", "x", ({ backend, at, y, rows, n }) => {
  const args = [at("x"), at("dy"), y, rows * n];
  const perItem = { 0: 4, 1: 4, 2: 4 };
  runParallel(backend, "geluGrad", args, { count: 3, perItem, unit: 4, cost: 3 });
});
const GELU_TANH = byRows("GeluTanh", "x", ({ backend, at, y, rows, n }) => {
  const perItem = { 0: 4, 1: 4 };
  runParallel(backend, "geluTanh", [at("x"), y, rows * n], {
    count: 2,
    perItem,
    unit: 4,
    cost: 1.5,
  });
});
const GELU_TANH_GRAD = byRows("GeluTanhGrad", "x", ({ backend, at, y, rows, n }) => {
  const args = [at("x"), at("dy"), y, rows * n];
  const perItem = { 0: 4, 1: 4, 2: 4 };
  runParallel(backend, "geluTanhGrad", args, { count: 3, perItem, unit: 4, cost: 2 });
});

/**
 * From q [B, H, T, D], already scaled, and k and v [B, H, S, D] to [B, H, T, D + 1]: the output,
 * and the logarithm of the sum as its last feature.
 */
function flashAttention(backend: BackendWasm, inputs: Inputs, causal: boolean): tf.TensorInfo {
  const { q, k, v } = inputs;
  const [B, H, T, D] = q!.shape as [number, number, number, number];
  const S = k!.shape[2]!;
  const y = output(backend, [B, H, T, D + 1], "float32");
  const own = wasm(backend);
  const { flashScratch, scratch, threads } = own;
  const tiles = own.flashTiles(B * H, T);
  const keyTiles = own.flashKeyTiles(B * H, S);
  if (tiles === 0) return y;
  const bytes = keyTiles * own.flashPackedBytes(D);
  withScratch(backend, bytes + threads * flashScratch(D), (packed) => {
    const [atQ, atK, atV, atY] = [q!, k!, v!, y].map((t) => address(backend, t));
    runParallel(backend, "flashPack", [atK!, atV!, packed, 0, keyTiles, S, D], {
      count: 4,
      perItem: { 3: 1 },
      cost: own.flashPackedBytes(D) / 8,
    });
    const args = [atQ!, packed, atY!, 0, tiles, T, S, D, causal ? 1 : 0, packed + bytes, scratch];
    runParallel(backend, "flashAttention", args, {
      count: 4,
      perItem: { 3: 1 },
      perThread: { 9: flashScratch(D), 10: own.gemmScratch() },
      cost: (B * H * T * S * D) / tiles / 12,
    });
  });
  return y;
}

const FLASH_ATTENTION: WasmKernel = {
  name: "FlashAttention",
  make: () => (backend, inputs, attrs) => flashAttention(backend, inputs, Boolean(attrs.causal)),
};

export const FUSED = [
  FLASH_ATTENTION,
  LAYER_NORM,
  LAYER_NORM_GRAD,
  MASKED_SOFTMAX,
  SOFTMAX_GRAD,
  GELU,
  GELU_GRAD,
  GELU_TANH,
  GELU_TANH_GRAD,
];
