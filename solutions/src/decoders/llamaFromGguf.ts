/**
 * The weights of a Llama as llama.cpp keeps them in a GGUF file, put into LlamaParams. Matrices are
 * turned from [out, in] to [in, out], and the rows of queries and keys are put back into halves:
 * the file has them ordered for RoPE in neighbouring pairs.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { LlamaBlockParams, LlamaOptions, LlamaParams } from "./types";

/** Sizes by the file's metadata. @throws when it describes no Llama */
export function llamaOptions(metadata: Record<string, unknown>): LlamaOptions {
  const kind = metadata["general.architecture"];
  const number = (key: string) => Number(metadata[`llama.${key}`]);
  if (kind !== "llama") {
    throw new Error(
      `llamaOptions: expected general.architecture "llama", got ${JSON.stringify(kind)}`,
    );
  }
  return {
    heads: number("attention.head_count"),
    kvHeads: number("attention.head_count_kv"),
    base: number("rope.freq_base"),
    eps: number("attention.layer_norm_rms_epsilon"),
  };
}

/**
 * w [heads·D, C], rows in pairs (0, D/2), (1, D/2 + 1), … of each head → [C, heads·D], features of
 * each head in their order.
 * @throws when heads do not divide the rows into even widths
 */
export function unpairRows(w: tf.Tensor, heads: number): tf.Tensor {
  const [rows, C] = w.shape as [number, number];
  const half = rows / heads / 2;
  if (!Number.isInteger(half)) {
    throw new Error(
      `unpairRows: expected heads to divide the rows into even widths, got ${heads} heads ` +
        `and w [${w.shape.join(", ")}]`,
    );
  }
  return tf.tidy(() => w.reshape([heads, half, 2, C]).transpose([3, 0, 2, 1]).reshape([C, rows]));
}

/**
 * @param tensors of the file by their names; the function disposes of those that it replaces and
 *   hands on the others
 * @param options heads H and kvHeads G
 * @throws when a tensor is missing, with its name
 */
export function llamaFromGguf(
  tensors: Record<string, tf.Tensor>,
  options: { heads: number; kvHeads: number },
): LlamaParams {
  const of = (name: string) => {
    const w = tensors[`${name}.weight`];
    if (!w) {
      throw new Error(
        `llamaFromGguf: expected a tensor ${name}.weight, the file has ` +
          `${Object.keys(tensors).length} others`,
      );
    }
    return w;
  };
  const turned = (name: string, f = (w: tf.Tensor): tf.Tensor => w.transpose()) => {
    const w = of(name);
    const y = f(w);
    w.dispose();
    return y;
  };
  const blocks: LlamaBlockParams[] = [];
  for (let i = 0; tensors[`blk.${i}.attn_norm.weight`]; i++) {
    const at = `blk.${i}`;
    const wq = turned(`${at}.attn_q`, (w) => unpairRows(w, options.heads));
    const wk = turned(`${at}.attn_k`, (w) => unpairRows(w, options.kvHeads));
    blocks.push({
      norm1: of(`${at}.attn_norm`),
      attention: { wq, wk, wv: turned(`${at}.attn_v`), wo: turned(`${at}.attn_output`) },
      norm2: of(`${at}.ffn_norm`),
      mlp: {
        gate: turned(`${at}.ffn_gate`),
        up: turned(`${at}.ffn_up`),
        down: turned(`${at}.ffn_down`),
      },
    });
  }
  const params = { tokens: of("token_embd"), blocks, norm: of("output_norm") };
  return tensors["output.weight"] ? { ...params, head: turned("output") } : params;
}
