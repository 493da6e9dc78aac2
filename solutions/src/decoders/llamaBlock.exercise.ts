/** llamaBlock: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { drawCache, drawLlamaBlock } from "./drawModels";

const exercise: Exercise = {
  cases: (random) => {
    const params = drawLlamaBlock(random, 8, 12, 8, 4);
    const options = { heads: 4, kvHeads: 2 };
    return [
      {
        group: "values",
        says: "four heads share two groups",
        args: [random.normal([2, 4, 8]), drawCache(random, 2, 2, 0, 2), params, options],
      },
      {
        group: "values",
        says: "one token stands behind three",
        args: [random.normal([1, 1, 8]), drawCache(random, 1, 2, 3, 2), params, options],
      },
      {
        group: "values",
        says: "two tokens stand behind two, with another base",
        args: [
          random.normal([1, 2, 8]),
          drawCache(random, 1, 1, 2, 4),
          drawLlamaBlock(random, 8, 6, 8, 4),
          { heads: 2, kvHeads: 1, base: 50 },
        ],
      },
      {
        group: "values",
        says: "x is small, so that eps shows",
        args: [random.normal([1, 3, 8], 0.003), drawCache(random, 1, 2, 0, 2), params, options],
      },
      {
        group: "values",
        says: "eps is large",
        args: [
          random.normal([1, 3, 8], 0.5),
          drawCache(random, 1, 2, 0, 2),
          params,
          { ...options, eps: 0.3 },
        ],
      },
      {
        group: "shapes",
        says: "the first token comes alone",
        args: [random.normal([3, 1, 8]), drawCache(random, 3, 2, 0, 2), params, options],
      },
      {
        group: "gradient",
        says: "x, the cache and the weights are differentiated",
        args: [random.normal([1, 2, 8]), drawCache(random, 1, 2, 2, 2), params, options],
        wrt: ["0", "1.k", "2.norm1", "2.attention.wq", "2.attention.wk", "2.mlp.gate", "2.norm2"],
      },
      {
        group: "errors",
        says: "the cache is that of another batch",
        args: [random.normal([1, 2, 8]), drawCache(random, 2, 2, 3, 2), params, options],
        throws: "cache.k",
      },
    ];
  },
  mutants: [
    {
      edits: [["attendWithCache(rmsNorm(x, params.norm1, eps),", "attendWithCache(x,"]],
      says: "The attention sees x as it is. It sees the normed x: the block is pre-norm.",
    },
    {
      edits: [
        [
          "const h = x.add(attended.output);",
          "const h = rmsNorm(x, params.norm1, eps).add(attended.output);",
        ],
      ],
      says:
        "The attention is added to the normed x. The residual goes around the norm: " +
        "add it to x itself.",
    },
    {
      edits: [['layout: "halves" as const', 'layout: "interleaved" as const']],
      says:
        "RoPE turns neighbouring features. Llama turns feature i with feature i + D/2: " +
        'layout "halves".',
    },
    {
      edits: [["{ base, layout:", "{ layout:"]],
      says: "RoPE's base does not reach the attention.",
    },
    {
      edits: [
        [
          "swiGlu(rmsNorm(h, params.norm2, eps), params.mlp)",
          "swiGlu(rmsNorm(h, params.norm1, eps), params.mlp)",
        ],
      ],
      says: "The feed-forward network sees h through the first norm. Its own is norm2.",
    },
    {
      edits: [
        [
          "swiGlu(rmsNorm(h, params.norm2, eps), params.mlp)",
          "swiGlu(rmsNorm(x, params.norm2, eps), params.mlp)",
        ],
      ],
      says: "The feed-forward network reads x. It reads h, which has what the attention brought.",
    },
    {
      edits: [
        ["eps = 1e-5 } = options;", "eps: asked } = options;"],
        ["return tf.tidy(() => {", "const eps = asked ?? 1e-6;\n  return tf.tidy(() => {"],
      ],
      says: "The norms' eps is 1e-6, rmsNorm's own default. Pass eps on; this model's is 1e-5.",
    },
    {
      edits: [["{ heads, kvHeads, rope }", "{ heads, kvHeads }"]],
      says: "Nothing tells the positions: rope does not reach the attention.",
    },
    {
      edits: [
        [
          "h.add(swiGlu(rmsNorm(h, params.norm2, eps), params.mlp))",
          "swiGlu(rmsNorm(h, params.norm2, eps), params.mlp)",
        ],
      ],
      says: "The residual around the feed-forward network is missing: add h to what it gives.",
    },
    {
      edits: [["swiGlu(rmsNorm(h, params.norm2, eps), params.mlp)", "swiGlu(h, params.mlp)"]],
      says: "The feed-forward network sees h as it is. It sees the normed h, by norm2.",
    },
    {
      edits: [
        ["attendWithCache(rmsNorm(x, params.norm1, eps), cache", "attendWithCache(x, cache"],
        [
          "const h = x.add(attended.output);",
          "const h = x.add(rmsNorm(attended.output, params.norm1, eps));",
        ],
      ],
      says: "What the attention adds is normed. Pre-norm norms what goes in.",
    },
  ],
};
export default exercise;
