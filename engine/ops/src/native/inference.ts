/**
 * Whole layers of a model that writes, without gradients: self-attention over a cache and SwiGLU,
 * each with its products, and a block of both. Weights may be packed. Models find them by name
 * while no gradient is recorded.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { PACKED_TYPES } from "../packed";
import type { AttentionAttributes } from "../wasm/inference";
import { address, output } from "../wasm/module";
import { packedOf } from "../wasm/packed";
import type { WasmKernel } from "../wasm/register";
import { native } from "./module";

type Inputs = Record<string, tf.TensorInfo | undefined>;

/** The weights [k, n] of a product and its bias, as module.cc takes them. */
function weightsOf(backend: BackendWasm, w: tf.TensorInfo, bias?: tf.TensorInfo): number[] {
  const packed = packedOf(w);
  const [, n] = w.shape as [number, number];
  const add = bias ? address(backend, bias) : 0;
  if (!packed?.transposed) return [0, address(backend, w), n, add];
  const { type, at } = packed.blocks;
  return [PACKED_TYPES[type].number, at, n, add];
}

/** Makes the results of attention. @returns them, and the arguments of attentionLayer in module.cc */
function attentionCall(backend: BackendWasm, inputs: Inputs, attrs: AttentionAttributes) {
  const { x, wq, wk, wv, wo, bq, bk, bv, bo, cacheK, cacheV } = inputs;
  const { heads, kvHeads, scale, base, halves } = attrs;
  const [B, T, C] = x!.shape as [number, number, number];
  const P = cacheK?.shape[2] ?? 0;
  const D = wq!.shape[1]! / heads;
  const weights = [
    ...weightsOf(backend, wq!, bq),
    ...weightsOf(backend, wk!, bk),
    ...weightsOf(backend, wv!, bv),
    ...weightsOf(backend, wo!, bo),
  ];
  const cache = [B, kvHeads, P + T, D];
  const results = [[B, T, wo!.shape[1]!], cache, cache].map((s) => output(backend, s, "float32"));
  const old = [cacheK, cacheV].map((t) => (t ? address(backend, t) : 0));
  const [y, k, v] = results.map((t) => address(backend, t)) as [number, number, number];
  const at = [address(backend, x!), C, ...old, k, v, y];
  const sizes = [B, T, P, heads, kvHeads, D];
  return { results, args: [...at, ...sizes, scale, base, halves ? 1 : 0, ...weights] };
}

/**
 * Causal self-attention of new tokens over a cache: x [B, T, C], T at least 1, wq [C, H·D], wk and
 * wv [C, G·D], wo [H·D, C], biases or not, cacheK and cacheV [B, G, P, D] or absent → the output
 * [B, T, C], and the longer keys and values [B, G, P + T, D].
 */
const ATTENTION_LAYER: WasmKernel = {
  name: "AttentionLayer",
  make: () => (backend, inputs, attrs) => {
    const { results, args } = attentionCall(
      backend,
      inputs,
      attrs as unknown as AttentionAttributes,
    );
    native(backend, "attentionLayer", ...args);
    return results;
  },
};

/** (silu(x·gate)·(x·up))·down of x [..., C], not empty; gate and up [C, F], down [F, C]. */
const SWI_GLU: WasmKernel = {
  name: "SwiGlu",
  make: () => (backend, inputs) => {
    const { x, gate, up, down } = inputs as Record<"x" | "gate" | "up" | "down", tf.TensorInfo>;
    const C = x.shape.at(-1)!;
    const weights = [gate, up, down].flatMap((w) => weightsOf(backend, w));
    const y = output(backend, x.shape.with(-1, down.shape[1]!), "float32");
    const rows = tf.util.sizeFromShape(x.shape) / C;
    native(backend, "swiGlu", address(backend, x), rows, C, address(backend, y), ...weights);
    return y;
  },
};

/**
 * h = x + attention of rmsNorm(x), y = h + SwiGLU of rmsNorm(h): the inputs of both layers and
 * norm1 and norm2 [C] → y [B, T, C], and the longer keys and values.
 */
const DECODER_BLOCK: WasmKernel = {
  name: "DecoderBlock",
  make: () => (backend, inputs, attrs) => {
    const { norm1, norm2, gate, up, down } = inputs;
    const mlp = [gate, up, down].flatMap((w) => weightsOf(backend, w!));
    const norms = [address(backend, norm1!), address(backend, norm2!), attrs.eps as number];
    const { results, args } = attentionCall(
      backend,
      inputs,
      attrs as unknown as AttentionAttributes,
    );
    native(backend, "decoderBlock", ...args, ...norms, ...mlp);
    return results;
  },
};

export const INFERENCE = [ATTENTION_LAYER, SWI_GLU, DECODER_BLOCK];
