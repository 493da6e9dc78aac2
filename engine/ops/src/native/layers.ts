/**
 * Whole layers and their gradients. They have the names and meanings of those in ../wasm/fused.ts
 * and ../webgpu/flashAttention.ts.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { address, output } from "../wasm/module";
import type { Run, WasmKernel } from "../wasm/register";
import { native } from "./module";
import { isWorthCall } from "./worth";

/** The most negative float32. */
const LOWEST = -3.4028234663852886e38;

type Inputs = Record<string, tf.TensorInfo>;
const size = (t: tf.TensorInfo) => tf.util.sizeFromShape(t.shape);

function expectThat(name: string, fits: boolean, wanted: string): void {
  if (!fits) throw new Error(`${name}: expected ${wanted}`);
}
const sameShape = (name: string, a: tf.TensorInfo, b: tf.TensorInfo) =>
  expectThat(name, tf.util.arraysEqual(a.shape, b.shape), "two inputs of one shape");

/** How a layer that works along rows is called. */
interface Layer {
  name: string;
  /** The input that has the result's shape. */
  x: string;
  /** About how many additions one number of it is worth. */
  cost: number;
  /** Inputs with as many numbers as a row. */
  perRow?: string[];
  /** Another input of the same shape. */
  alike?: string;
  /** @returns the results, x and its rows known not to be empty */
  run(
    backend: BackendWasm,
    inputs: Inputs,
    attrs: Record<string, unknown>,
    rows: number,
    n: number,
  ): tf.TensorInfo | tf.TensorInfo[];
}

/** Whether all inputs are float32; throws where they do not fit together. */
function fits({ name, x, perRow = [], alike }: Layer, inputs: Inputs): boolean {
  const given = inputs[x]!;
  const n = given.shape.at(-1);
  if (Object.values(inputs).some(({ dtype }) => dtype !== "float32")) return false;
  expectThat(name, n !== undefined, "at least one axis");
  const wanted = "as many numbers as the last axis has";
  for (const key of perRow) expectThat(name, size(inputs[key]!) === n, wanted);
  if (alike) sameShape(name, given, inputs[alike]!);
  return true;
}

const kernelOf = (layer: Layer): WasmKernel => ({
  name: layer.name,
  make: (stock) => (backend, inputs, attrs) => {
    const all = size(inputs[layer.x]!);
    if (!isWorthCall(all * layer.cost) || !fits(layer, inputs) || all === 0) {
      return stock(backend, inputs, attrs);
    }
    const n = inputs[layer.x]!.shape.at(-1)!;
    return layer.run(backend, inputs, attrs, all / n, n);
  },
});

/** The addresses of inputs and results, in the order in which they are named. */
const addresses = (backend: BackendWasm, tensors: (tf.TensorInfo | undefined)[]) =>
  tensors.map((t) => address(backend, t!));

const LAYER_NORM = kernelOf({
  name: "LayerNorm",
  x: "x",
  cost: 4,
  perRow: ["gamma", "beta"],
  run(backend, { x, gamma, beta }, { eps }, rows, n) {
    const y = output(backend, x!.shape, "float32");
    const at = addresses(backend, [x, gamma, beta, y]);
    native(backend, "layerNorm", ...at, rows, n, eps as number);
    return y;
  },
});

const LAYER_NORM_GRAD = kernelOf({
  name: "LayerNormGrad",
  x: "x",
  cost: 8,
  perRow: ["gamma"],
  alike: "dy",
  run(backend, { x, gamma, dy }, { eps }, rows, n) {
    const results = [x!.shape, [n], [n]].map((shape) => output(backend, shape, "float32"));
    const at = addresses(backend, [x, gamma, dy, ...results]);
    native(backend, "layerNormGrad", ...at, rows, n, eps as number);
    return results;
  },
});

/** A softmax; `least` is the smallest number that counts as the largest of a row. */
const softmaxOf = (name: string, x: string, least: number) =>
  kernelOf({
    name,
    x,
    cost: 6,
    run(backend, inputs, _, rows, n) {
      const y = output(backend, inputs[x]!.shape, "float32");
      native(backend, "softmax", ...addresses(backend, [inputs[x], y]), rows, n, least);
      return y;
    },
  });

const SOFTMAX_ALONG_LAST: WasmKernel = {
  name: "Softmax",
  make: (stock) => {
    const run = softmaxOf("Softmax", "logits", -Infinity).make(stock);
    return (backend, inputs, attrs) => {
      const rank = inputs.logits!.shape.length;
      return (rank > 0 && attrs.dim === rank - 1 ? run : stock)(backend, inputs, attrs);
    };
  },
};

const SOFTMAX_GRAD = kernelOf({
  name: "SoftmaxGrad",
  x: "y",
  cost: 3,
  alike: "dy",
  run(backend, { y, dy }, _, rows, n) {
    const dx = output(backend, y!.shape, "float32");
    native(backend, "softmaxGrad", ...addresses(backend, [y, dy, dx]), rows, n);
    return dx;
  },
});

/** GELU in one of its forms. */
const geluOf = (name: string, run: "gelu" | "geluTanh") =>
  kernelOf({
    name,
    x: "x",
    cost: 6,
    run(backend, { x }, _, rows, n) {
      const y = output(backend, x!.shape, "float32");
      native(backend, run, ...addresses(backend, [x, y]), rows * n);
      return y;
    },
  });

const geluGradOf = (name: string, run: "geluGrad" | "geluTanhGrad") =>
  kernelOf({
    name,
    x: "x",
    cost: 8,
    alike: "dy",
    run(backend, { x, dy }, _, rows, n) {
      const dx = output(backend, x!.shape, "float32");
      native(backend, run, ...addresses(backend, [x, dy, dx]), rows * n);
      return dx;
    },
  });

/** [B, H, T, S, D], of q [B, H, T, D] and k and v [B, H, S, D]. */
function attentionSizes(inputs: Inputs): [number, number, number, number, number] {
  const { q, k, v } = inputs as Record<"q" | "k" | "v", tf.TensorInfo>;
  const name = "FlashAttention";
  const rank4 = q.shape.length === 4 && k.shape.length === 4 && q.shape[3]! > 0;
  expectThat(name, rank4, "q, k and v of rank 4");
  sameShape(name, k, v);
  const alike = [0, 1, 3].every((axis) => q.shape[axis] === k.shape[axis]);
  expectThat(name, alike, "q and k with the same batch, heads and width");
  const [B, H, T, D] = q.shape as [number, number, number, number];
  return [B, H, T, k.shape[2]!, D];
}

const FLASH_ATTENTION: WasmKernel = {
  name: "FlashAttention",
  make: (stock: Run) => (backend, inputs, attrs) => {
    const [B, H, T, S, D] = attentionSizes(inputs);
    if (B * H * T === 0 || !isWorthCall(B * H * T * S * D)) return stock(backend, inputs, attrs);
    const y = output(backend, [B, H, T, D + 1], "float32");
    const at = addresses(backend, [inputs.q, inputs.k, inputs.v, y]);
    native(backend, "flashAttention", ...at, B * H, T, S, D, attrs.causal ? 1 : 0);
    return y;
  },
};

export const LAYERS = [
  LAYER_NORM,
  LAYER_NORM_GRAD,
  softmaxOf("MaskedSoftmax", "x", LOWEST),
  SOFTMAX_ALONG_LAST,
  SOFTMAX_GRAD,
  geluOf("Gelu", "gelu"),
  geluGradOf("GeluGrad", "geluGrad"),
  geluOf("GeluTanh", "geluTanh"),
  geluGradOf("GeluTanhGrad", "geluTanhGrad"),
  FLASH_ATTENTION,
];
