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
        title: "four heads share two groups",
        args: [random.normal([2, 4, 8]), drawCache(random, 2, 2, 0, 2), params, options],
      },
      {
        group: "values",
        title: "one token follows three",
        args: [random.normal([1, 1, 8]), drawCache(random, 1, 2, 3, 2), params, options],
      },
      {
        group: "values",
        title: "two tokens follow two, with a different base",
        args: [
          random.normal([1, 2, 8]),
          drawCache(random, 1, 1, 2, 4),
          drawLlamaBlock(random, 8, 6, 8, 4),
          { heads: 2, kvHeads: 1, base: 50 },
        ],
      },
      {
        group: "values",
        title: "x is small, so eps matters",
        args: [random.normal([1, 3, 8], 0.003), drawCache(random, 1, 2, 0, 2), params, options],
      },
      {
        group: "values",
        title: "eps is large",
        args: [
          random.normal([1, 3, 8], 0.5),
          drawCache(random, 1, 2, 0, 2),
          params,
          { ...options, eps: 0.3 },
        ],
      },
      {
        group: "shapes",
        title: "the first token comes alone",
        args: [random.normal([3, 1, 8]), drawCache(random, 3, 2, 0, 2), params, options],
      },
      {
        group: "gradient",
        title: "x, the cache and the weights are differentiated",
        args: [random.normal([1, 2, 8]), drawCache(random, 1, 2, 2, 2), params, options],
        wrt: ["0", "1.k", "2.norm1", "2.attention.wq", "2.attention.wk", "2.mlp.gate", "2.norm2"],
      },
      {
        group: "errors",
        title: "the cache is from a different batch size",
        args: [random.normal([1, 2, 8]), drawCache(random, 2, 2, 3, 2), params, options],
        throws: "cache.k",
      },
    ];
  },
  mutants: [
    {
      edits: [["attendWithCache(n,", "attendWithCache(x,"]],
      message:
        "The attention reads x as it is. " +
        "It should read the normalized x: the block is pre-norm.",
    },
    {
      edits: [["const h = x.add(attended.output);", "const h = n.add(attended.output);"]],
      message:
        "The attention is added to the normalized x. " +
        "The residual goes around the norm: add it to x itself.",
    },
    {
      edits: [['layout: "halves" as const', 'layout: "interleaved" as const']],
      message:
        "RoPE rotates neighboring features. " +
        'Llama pairs feature i with feature i + D/2: layout "halves".',
    },
    {
      edits: [["{ base, layout:", "{ layout:"]],
      message: "RoPE's base doesn't reach the attention.",
    },
    {
      edits: [["swiGlu(rmsNorm(h, norm2, eps), mlp)", "swiGlu(rmsNorm(h, norm1, eps), mlp)"]],
      message: "The feed-forward network reads h through the first norm. Its own norm is norm2.",
    },
    {
      edits: [["swiGlu(rmsNorm(h, norm2, eps), mlp)", "swiGlu(rmsNorm(x, norm2, eps), mlp)"]],
      message:
        "The feed-forward network reads x. " +
        "It should read h, which includes the attention's output.",
    },
    {
      edits: [
        ["eps = 1e-5 } = options;", "eps: asked } = options;"],
        [
          "return tf.tidy(() => {",
          `const eps = asked ?? 1e-6;
           return tf.tidy(() => {`,
        ],
      ],
      message: "The norms' eps is 1e-6, rmsNorm's own default. Pass eps on; this model's is 1e-5.",
    },
    {
      edits: [["{ heads, kvHeads, rope }", "{ heads, kvHeads }"]],
      message: "The attention doesn't know the positions: rope doesn't reach it.",
    },
    {
      edits: [
        ["h.add(swiGlu(rmsNorm(h, norm2, eps), mlp))", "swiGlu(rmsNorm(h, norm2, eps), mlp)"],
      ],
      message: "The residual around the feed-forward network is missing: add h to its output.",
    },
    {
      edits: [["swiGlu(rmsNorm(h, norm2, eps), mlp)", "swiGlu(h, mlp)"]],
      message: "The feed-forward network reads h as it is. Normalize h first, with norm2.",
    },
    {
      edits: [
        ["attendWithCache(n, cache", "attendWithCache(x, cache"],
        [
          "const h = x.add(attended.output);",
          "const h = x.add(rmsNorm(attended.output, norm1, eps));",
        ],
      ],
      message: "The attention's output is normalized. Pre-norm normalizes its input.",
    },
    {
      edits: [["x.add(attended.output)", "attended.output"]],
      message: "The residual around the attention is missing: add x to its output.",
    },
    {
      edits: [
        ["const n = rmsNorm(x, norm1, eps);", "const n = x;"],
        ["swiGlu(rmsNorm(h, norm2, eps), mlp)", "swiGlu(h, mlp)"],
      ],
      message:
        "Neither norm is used. Attention reads rmsNorm(x, norm1), the feed-forward network " +
        "rmsNorm(h, norm2).",
    },
    {
      edits: [
        ["rmsNorm(x, norm1, eps)", "rmsNorm(x, norm2, eps)"],
        ["rmsNorm(h, norm2, eps)", "rmsNorm(h, norm1, eps)"],
      ],
      message:
        "norm1 and norm2 are swapped: norm1 belongs to the attention, norm2 to the " +
        "feed-forward network.",
    },
    {
      edits: [["attendWithCache(n, cache,", "attendWithCache(n, { k: null, v: null },"]],
      message:
        "The cache isn't read: the new tokens see only each other. Pass it to the attention.",
    },
    {
      edits: [["const output = h.add(", "const output = x.add("]],
      message:
        "The second residual carries x. It must carry h, or what the attention read is lost.",
    },
    {
      edits: [
        ["const n = rmsNorm(x, norm1, eps);", "const n = x;"],
        [
          "const h = x.add(attended.output);",
          "const h = rmsNorm(x.add(attended.output), norm1, eps);",
        ],
        [
          "const output = h.add(swiGlu(rmsNorm(h, norm2, eps), mlp));",
          "const output = rmsNorm(h.add(swiGlu(h, mlp)), norm2, eps);",
        ],
      ],
      message:
        "The block is post-norm: sums are normalized. Llama's is pre-norm: only what attention " +
        "and feed-forward network read is.",
    },
    {
      edits: [
        [
          "cache: attended.cache as FilledCache",
          "cache: (cache.k ? cache : attended.cache) as FilledCache",
        ],
      ],
      message: "The cache comes back as it was. Return the longer one that the attention returns.",
    },
  ],
};
export default exercise;
