/** flashAttentionKernel: its runs and its typical mistakes. */
import type * as tf from "@tensorflow/tfjs-core";
import { tensorData, type Exercise, type ShaderLaunch, type TensorData } from "grader";
import { causalMask } from "../attention/causalMask";
import { scaledDotProductAttention } from "../attention/scaledDotProductAttention";

const D = 32;
const TILE = 32;
interface Options {
  causal: boolean;
}

function launch(q: TensorData, k: TensorData, v: TensorData, { causal }: Options): ShaderLaunch {
  const T = q.shape[0]!;
  const tiles = Math.ceil(T / TILE);
  return {
    inputs: [q, k, v],
    sizes: [T, causal ? 1 : 0],
    shape: [T, D],
    workgroups: [tiles, 1, 1],
    // the queries once, and whole tiles of keys and values for each workgroup
    maxBytesRead: 4 * D * (T + tiles * 2 * tiles * TILE),
  };
}

/** Plain attention, which holds all T × T scores. */
function answer(q: tf.Tensor, k: tf.Tensor, v: tf.Tensor, { causal }: Options): tf.Tensor {
  const T = q.shape[0]!;
  const mask = causal ? causalMask(T) : undefined;
  const head = (x: tf.Tensor) => x.expandDims(0).expandDims(0); // [T, D] → [1, 1, T, D]
  const { output } = scaledDotProductAttention(head(q), head(k), head(v), { mask });
  return output.squeeze([0, 1]);
}

const exercise: Exercise = {
  shader: { inputs: ["q", "k", "v"], output: "result", launch, answer },
  cases: (random) => {
    const qkv = (T: number, scale = 1) => [
      random.normal([T, D], scale),
      random.normal([T, D], scale),
      random.normal([T, D]),
    ];
    return [
      { group: "values", title: "one tile", args: [...qkv(32), { causal: false }] },
      { group: "values", title: "three tiles", args: [...qkv(96), { causal: false }] },
      { group: "values", title: "no query sees a later key", args: [...qkv(64), { causal: true }] },
      { group: "values", title: "scores of a hundred", args: [...qkv(40, 5), { causal: false }] },
      {
        group: "shapes",
        title: "the tile doesn't divide the text",
        args: [...qkv(random.int(70, 90)), { causal: false }],
      },
      { group: "shapes", title: "one token", args: [...qkv(1), { causal: true }] },
      {
        group: "cost",
        title: "keys and values are read once for 32 queries",
        args: [...qkv(128), { causal: false }],
      },
      {
        group: "values",
        title: "each query has the same score for all keys, about −20 billion",
        args: [
          random.normal([40, D], 1, 6e4),
          tensorData([40, D], new Float32Array(40 * D).fill(-6e4)),
          random.normal([40, D]),
          { causal: false },
        ],
      },
      {
        group: "values",
        title: "all scores are about −200",
        args: [
          random.normal([40, D], 1, 6),
          random.normal([40, D], 1, -6),
          random.normal([40, D]),
          { causal: false },
        ],
      },
      {
        group: "shapes",
        title: "no query sees a later key, and the tile doesn't divide the text",
        args: [...qkv(75), { causal: true }],
      },
      {
        group: "property",
        title: "scores are large, of some tens of tokens",
        args: [...qkv(random.int(33, 60), 4), { causal: false }],
      },
    ];
  },
  mutants: [
    {
      edits: [["var top = -3.4028234e38;", "var top = 0.0;"]],
      message:
        "The maximum starts at 0, so where all scores are far below zero, all exponentials are 0, " +
        "and the result is 0/0. Start below all scores.",
    },
    {
      edits: [["var top = -3.4028234e38;", "var top = -1000.0;"]],
      message:
        "The running maximum starts at a number that scores may lie below, and then all weights " +
        "are zero. Start at the smallest float.",
    },
    {
      edits: [["let high = max(top, score);", "let high = 0.0;"]],
      message: "You don't subtract the maximum before the exponential, so large scores overflow.",
    },
    {
      edits: [["output[d] = output[d] * kept + weight", "output[d] = output[d] + weight"]],
      message:
        "You don't rescale the output so far when the maximum moves. " +
        "Multiply it by exp(m − m′), like the sum.",
    },
    {
      edits: [["sum = sum * kept + weight;", "sum = sum + weight;"]],
      message:
        "You don't rescale the sum so far when the maximum moves. " +
        "Multiply it by exp(m − m′), like the output.",
    },
    {
      edits: [["q[place * D + d] / sqrt(f32(D))", "q[place * D + d]"]],
      message: "The scores are not divided by √32.",
    },
    {
      edits: [["min(place + 1u, sizes.T)", "min(place, sizes.T)"]],
      message: "A causal query should see its own place too.",
    },
    {
      edits: [["workgroupBarrier(); // the tile is there", ""]],
      message:
        "A thread uses the tile before all threads have filled it. " +
        "A workgroupBarrier() belongs between writing and reading.",
    },
    {
      edits: [["workgroupBarrier(); // all have read it", ""]],
      message:
        "A thread fills the next tile while others still read this one. " +
        "A second workgroupBarrier() belongs at the end of the loop.",
    },
    {
      edits: [
        ["score += query[d] * keys[j * D + d];", "score += query[d] * k[(start + j) * D + d];"],
      ],
      breaks: "keys and values are read once for 32 queries",
      message:
        "Each query reads the keys from their buffer by itself. " +
        "Read them from the tile in the workgroup's memory.",
    },
    {
      edits: [["select(sizes.T, min(place + 1u, sizes.T), sizes.causal == 1u)", "sizes.T"]],
      message: "sizes.causal is not used: when it is 1 a query sees the keys up to its own place.",
    },
    {
      edits: [["output[d] / sum", "output[d]"]],
      message: "The output is not divided by the sum of the weights. Do it once, at the end.",
    },
    {
      edits: [["/ sqrt(f32(D))", "/ f32(D)"]],
      message: "The scores are divided by 32. Divide by its root, √32.",
    },
    {
      edits: [["let high = max(top, score);", "let high = score;"]],
      message:
        "The maximum is that of the last key alone, so it can fall again and large weights " +
        "overflow. Keep the largest so far.",
    },
  ],
  tolerance: { atol: 3e-5, reason: "tiles add up in another order" },
};
export default exercise;
