/** attendWithCache: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { drawParams } from "../shared/drawParams";

const exercise: Exercise = {
  cases: (random) => {
    const empty = { k: null, v: null };
    const held = (B: number, G: number, P: number, D: number) => ({
      k: random.normal([B, G, P, D]),
      v: random.normal([B, G, P, D]),
    });
    const tokens = (B: number, T: number, C: number) => random.normal([B, T, C]);
    const four = () => drawParams(random, 4, 4, 4);
    const eight = (keys = 8) => drawParams(random, 8, 8, keys);
    const front = tensorData([1, 5], [0, 1, 1, 1, 1]);
    return [
      {
        group: "values",
        title: "the cache is empty",
        args: [tokens(2, 3, 4), empty, four(), { heads: 2 }],
      },
      {
        group: "values",
        title: "one token follows four",
        args: [tokens(2, 1, 4), held(2, 2, 4, 2), four(), { heads: 2 }],
      },
      {
        group: "values",
        title: "three tokens follow two",
        args: [tokens(1, 3, 4), held(1, 2, 2, 2), four(), { heads: 2 }],
      },
      {
        group: "values",
        title: "RoPE continues from the cache",
        args: [tokens(1, 2, 8), held(1, 2, 3, 4), eight(), { heads: 2, rope: {} }],
      },
      {
        group: "values",
        title: "four heads read two groups",
        args: [tokens(1, 2, 8), held(1, 2, 3, 2), eight(4), { heads: 4, kvHeads: 2 }],
      },
      {
        group: "values",
        title: "another mask hides padding at the front",
        args: [tokens(1, 3, 4), held(1, 2, 2, 2), four(), { heads: 2, mask: front }],
      },
      {
        group: "shapes",
        title: "the first token comes alone",
        args: [
          tokens(2, 1, 4),
          empty,
          drawParams(random, 4, 4, 2, { biases: false }),
          { heads: 2, kvHeads: 1 },
        ],
      },
      {
        group: "gradient",
        title: "x, the cache and the weights are differentiated",
        args: [tokens(1, 2, 4), held(1, 2, 2, 2), four(), { heads: 2 }],
        wrt: ["0", "1.k", "1.v", "2.wq", "2.wk", "2.wv", "2.wo"],
      },
      {
        group: "errors",
        title: "half of the cache is null",
        args: [tokens(1, 1, 4), { ...held(1, 2, 2, 2), v: null }, four(), { heads: 2 }],
        throws: "cache.v",
      },
    ];
  },
  mutants: [
    {
      edits: [["tf.range(past, past + T)", "tf.range(0, T)"]],
      message:
        "The positions start over at 0. " +
        "They continue from the cache: the first new token comes after all cached ones.",
    },
    {
      edits: [
        ["[cache.k, k]", "[k, cache.k]"],
        ["[cache.v, v]", "[v, cache.v]"],
      ],
      message: "The new keys come before the cached ones. The cache comes first: it is the past.",
    },
    {
      edits: [["causalMask(T, past + T)", "causalMask(past + T).slice([0, 0], [T, past + T])"]],
      message:
        "Your causal mask is that of the first T tokens. The new tokens are the last T of all.",
    },
    {
      edits: [
        [
          "options.mask ? causal.logicalAnd(options.mask.notEqual(0)) : causal",
          "options.mask ?? causal",
        ],
      ],
      message:
        "The given mask replaces the causal one. " + "A query may attend only where both allow it.",
    },
    {
      edits: [
        ["options.mask ? causal.logicalAnd(options.mask.notEqual(0)) : causal", "options.mask"],
      ],
      message: "There is no causal mask: of several new tokens, the first sees those after it.",
    },
    {
      edits: [["cache: { k, v } }", "cache: { k: keys, v: values } }"]],
      message:
        "The cache holds the repeated keys and values of all heads. " +
        "Keep the G groups: that is what makes the cache small.",
    },
    {
      edits: [
        [
          "cache: { k, v } }",
          "cache: { k: k.slice([0, 0, past, 0]), v: v.slice([0, 0, past, 0]) } }",
        ],
      ],
      message:
        "The cache that comes back holds only the new tokens. " +
        "It must hold the old ones too, or the next step forgets them.",
    },
    {
      edits: [
        ["k = applyRope(k, positions, options.rope);", ""],
        [
          "const causal = ",
          `if (options.rope) k = applyRope(k, tf.range(0, past + T), options.rope);
           const causal = `,
        ],
      ],
      message:
        "RoPE turns the cached keys again. " +
        "They were turned when they came in: turn the new keys, then append them.",
    },
    {
      edits: [
        ["q = applyRope(q, positions, options.rope)", "q = applyRope(q, positions)"],
        ["k = applyRope(k, positions, options.rope)", "k = applyRope(k, positions)"],
      ],
      message: "You don't pass options.rope to RoPE, so its layout, base and scale are lost.",
    },
    {
      edits: [["{ ...options, mask }", "{ mask }"]],
      message:
        "The other options, bias and scale, don't reach the attention: " +
        "{ ...options, mask } replaces the mask and keeps the rest.",
    },
    {
      edits: [
        ["if (cache.k && cache.v) {", "if (cache.k && cache.v && T < 0) {"],
        ["causalMask(T, past + T)", "causalMask(T, k.shape[2]!)"],
      ],
      message:
        "The cache is not used: new tokens see only each other. " +
        "Put the cached keys and values before the new ones.",
    },
    {
      edits: [["k = applyRope(k, positions, options.rope);", ""]],
      message:
        "RoPE turns only the queries. Turn the new keys as well, before they join the cache.",
    },
    {
      edits: [["if (options.rope) {", "if (options.rope && heads === 0) {"]],
      message:
        "RoPE is missing. " +
        "Where options.rope is given, turn the new queries and keys by their positions.",
    },
    {
      edits: [["options.mask ? causal.logicalAnd(options.mask.notEqual(0)) : causal", "causal"]],
      message:
        "The given mask is lost. " +
        "A query may attend only where both it and the causal mask allow it.",
    },
    {
      edits: [["cache: { k, v } };", "cache };"]],
      message:
        "You return the cache that came in. Return the longer one, with the new keys and values.",
    },
    {
      edits: [["cache: { k, v } };", "cache: { k: v, v: k } };"]],
      message: "Keys and values are swapped in the cache that you return.",
    },
    {
      edits: [["tf.range(past, past + T)", "tf.range(past + 1, past + T + 1)"]],
      message:
        "The positions are one too high. " +
        "They count from 0, so after P cached tokens the first new one has position P.",
    },
    {
      edits: [
        ["output: linear(mergeHeads(output), params.wo, params.bo)", "output: mergeHeads(output)"],
      ],
      message:
        "The last projection is missing: wo mixes the heads after they are merged, and bo is added.",
    },
  ],
};
export default exercise;
