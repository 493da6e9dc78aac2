/**
 * From the weights of a Llama in llama.cpp's GGUF file to LlamaParams. Matrices are transposed from
 * [out, in] to [in, out]. The file orders the rows of queries and keys for RoPE in neighboring
 * pairs; here they go back into halves.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { LlamaBlockParams, LlamaOptions, LlamaParams } from "./types";

/**
 * Reads sizes from the file's metadata.
 * @throws when it doesn't describe a Llama
 */
export function llamaOptions(metadata: Record<string, unknown>): LlamaOptions {
  const kind = metadata["general.architecture"];
  if (kind !== "llama") {
    const got = JSON.stringify(kind);
    throw new Error(`llamaOptions: expected general.architecture "llama", got ${got}`);
  }
  const number = (key: string) => Number(metadata[`llama.${key}`]);
  return {
    heads: number("attention.head_count"),
    kvHeads: number("attention.head_count_kv"),
    base: number("rope.freq_base"),
    eps: number("attention.layer_norm_rms_epsilon"),
  };
}

/**
 * Transposes queries or keys and puts the features of each head back in order.
 * @param w [heads·D, C], rows of each head in pairs (0, D/2), (1, D/2 + 1), …
 * @returns [C, heads·D]
 * @throws when heads don't divide the rows into even widths
 */
export function unpairRows(w: tf.Tensor, heads: number): tf.Tensor {
  const rows = w.shape[0]!;
  const half = rows / heads / 2;
  if (!Number.isInteger(half)) {
    throw new Error(
      `unpairRows: expected heads to divide the rows into even widths, ` +
        `got ${heads} heads and w [${w.shape.join(", ")}]`,
    );
  }
  const order = Array.from({ length: rows }, (_, row) => {
    const [head, place] = [Math.floor(row / half / 2), row % (2 * half)];
    return 2 * half * head + 2 * (place % half) + Math.floor(place / half);
  });
  return tf.tidy(() => w.gather(tf.tensor1d(order, "int32")).transpose());
}

/**
 * Converts the tensors of a file.
 * @param tensors by their names; those that are transposed are disposed of, the others passed on
 * @param options heads H and kvHeads G
 * @throws when a tensor is missing; the message names it
 */
export function llamaFromGguf(
  tensors: Record<string, tf.Tensor>,
  options: { heads: number; kvHeads: number },
): LlamaParams {
  const of = (name: string) => {
    const w = tensors[`${name}.weight`];
    if (!w) {
      const count = Object.keys(tensors).length;
      throw new Error(
        `llamaFromGguf: expected a tensor ${name}.weight, the file has ${count} others`,
      );
    }
    return w;
  };
  const transposed = (name: string, f = (w: tf.Tensor): tf.Tensor => w.transpose()) => {
    const w = of(name);
    const y = f(w);
    w.dispose();
    return y;
  };
  const blocks: LlamaBlockParams[] = [];
  for (let i = 0; tensors[`blk.${i}.attn_norm.weight`]; i++) {
    const at = `blk.${i}`;
    const wq = transposed(`${at}.attn_q`, (w) => unpairRows(w, options.heads));
    const wk = transposed(`${at}.attn_k`, (w) => unpairRows(w, options.kvHeads));
    blocks.push({
      norm1: of(`${at}.attn_norm`),
      attention: { wq, wk, wv: transposed(`${at}.attn_v`), wo: transposed(`${at}.attn_output`) },
      norm2: of(`${at}.ffn_norm`),
      mlp: {
        gate: transposed(`${at}.ffn_gate`),
        up: transposed(`${at}.ffn_up`),
        down: transposed(`${at}.ffn_down`),
      },
    });
  }
  const params = { tokens: of("token_embd"), blocks, norm: of("output_norm") };
  return tensors["output.weight"] ? { ...params, head: transposed("output") } : params;
}
