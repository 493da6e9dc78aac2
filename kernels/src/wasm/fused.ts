/**
 * Kernels that tfjs has no names for: whole layers and their gradients, in one pass over memory
 * where tfjs's operations take many. Functions that write out their own gradient look for them by
 * name; the names are the same on every device that has them.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { address, floats, output, wasm, withScratch } from "./module";
import type { WasmKernel } from "./register";

/** The most negative float32. */
const LOWEST = -3.4028234663852886e38;

type Inputs = Record<string, tf.TensorInfo>;
const size = (t: tf.TensorInfo) => tf.util.sizeFromShape(t.shape);

/**
 * A result of x's shape that `run` fills from x's address; nothing is run where there are no
 * numbers.
 */
function likeX(
  name: string,
  x: string,
  run: (
    backend: BackendWasm,
    inputs: Inputs,
    at: { x: number; y: number },
    rows: { rows: number; n: number },
    attrs: Record<string, unknown>,
  ) => void,
): WasmKernel {
  return {
    name,
    make: () => (backend, inputs, attrs) => {
      const from = inputs[x]!;
      const y = output(backend, from.shape, "float32");
      const n = from.shape.at(-1) ?? 1;
      if (size(from) > 0) {
        run(
          backend,
          inputs,
          { x: address(backend, from), y: address(backend, y) },
          { rows: size(from) / n, n },
          attrs,
        );
      }
      return y;
    },
  };
}

const LAYER_NORM = likeX(
  "LayerNorm",
  "x",
  (backend, { gamma, beta }, { x, y }, { rows, n }, { eps }) =>
    wasm(backend).layerNorm(
      x,
      address(backend, gamma!),
      address(backend, beta!),
      y,
      rows,
      n,
      eps as number,
    ),
);

const LAYER_NORM_GRAD: WasmKernel = {
  name: "LayerNormGrad",
  make:
    () =>
    (backend, { x, gamma, dy }, { eps }) => {
      const n = x!.shape.at(-1)!;
      const dx = output(backend, x!.shape, "float32");
      const [dGamma, dBeta] = [
        output(backend, [n], "float32"),
        output(backend, [n], "float32"),
      ] as const;
      for (const t of [dGamma, dBeta]) backend.typedArrayFromHeap(t).fill(0);
      if (size(x!) > 0) {
        withScratch(backend, 4 * 3 * n, (between) => {
          floats(backend, between, 3 * n).fill(0);
          const [from, by, back] = [x!, gamma!, dy!].map((t) => address(backend, t)) as [
            number,
            number,
            number,
          ];
          wasm(backend).layerNormGrad(
            from,
            by,
            back,
            address(backend, dx),
            address(backend, dGamma),
            address(backend, dBeta),
            between,
            between + 4 * n,
            size(x!) / n,
            n,
            eps as number,
          );
        });
      }
      return [dx, dGamma, dBeta];
    },
};

/** Softmax along the last axis, in which a row of nothing but −∞ gives zeros. */
const MASKED_SOFTMAX = likeX("MaskedSoftmax", "x", (backend, _, { x, y }, { rows, n }) =>
  wasm(backend).softmax(x, y, rows, n, LOWEST),
);
const SOFTMAX_GRAD = likeX("SoftmaxGrad", "y", (backend, { dy }, { x, y }, { rows, n }) =>
  wasm(backend).softmaxGrad(x, address(backend, dy!), y, rows, n),
);
const GELU_TANH = likeX("GeluTanh", "x", (backend, _, { x, y }, { rows, n }) =>
  wasm(backend).geluTanh(x, y, rows * n),
);
const GELU_TANH_GRAD = likeX("GeluTanhGrad", "x", (backend, { dy }, { x, y }, { rows, n }) =>
  wasm(backend).geluTanhGrad(x, address(backend, dy!), y, rows * n),
);

/**
 * q [B, H, T, D], scaled already, k and v [B, H, S, D] → [B, H, T, D + 1], the last feature being
 * the logarithm of the sum.
 */
const FLASH_ATTENTION: WasmKernel = {
  name: "FlashAttention",
  make:
    () =>
    (backend, { q, k, v }, { causal }) => {
      const [B, H, T, D] = q!.shape as [number, number, number, number];
      const y = output(backend, [B, H, T, D + 1], "float32");
      const { flashAttention, flashScratch, scratch } = wasm(backend);
      const [queries, keys, values, to] = [q!, k!, v!, y].map((t) => address(backend, t)) as [
        number,
        number,
        number,
        number,
      ];
      withScratch(backend, flashScratch(D), (between) =>
        flashAttention(
          queries,
          keys,
          values,
          to,
          B * H,
          T,
          k!.shape[2]!,
          D,
          causal ? 1 : 0,
          between,
          scratch,
        ),
      );
      return y;
    },
};

export const FUSED = [
  FLASH_ATTENTION,
  LAYER_NORM,
  LAYER_NORM_GRAD,
  MASKED_SOFTMAX,
  SOFTMAX_GRAD,
  GELU_TANH,
  GELU_TANH_GRAD,
];
