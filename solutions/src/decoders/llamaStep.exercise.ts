/** llamaStep: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { drawCache, drawLlamaParams } from "./drawModels";

const exercise: Exercise = {
  cases: (random) => {
    const params = drawLlamaParams(random, { V: 7, C: 8, F: 12, query: 8, keys: 4, layers: 2 });
    const options = { heads: 4, kvHeads: 2 };
    const caches = (B: number, S: number) => [
      drawCache(random, B, 2, S, 2),
      drawCache(random, B, 2, S, 2),
    ];
    const tiny = { V: 5, C: 4, F: 6, query: 4, keys: 2 };
    const own = drawLlamaParams(random, { ...tiny, layers: 1, head: true });
    return [
      {
        group: "values",
        title: "the prompt has four tokens",
        args: [random.ids([2, 4], 7), caches(2, 0), params, options],
      },
      {
        group: "values",
        title: "one token follows three",
        args: [random.ids([1, 1], 7), caches(1, 3), params, options],
      },
      {
        group: "values",
        title: "two tokens follow three",
        args: [random.ids([2, 2], 7), caches(2, 3), params, options],
      },
      {
        group: "values",
        title: "there is a separate head and a different base",
        args: [
          random.ids([1, 2], 5),
          [drawCache(random, 1, 1, 2, 2)],
          own,
          { heads: 2, kvHeads: 1, base: 100 },
        ],
      },
      {
        group: "values",
        title: "eps is large",
        args: [random.ids([1, 2], 7), caches(1, 2), params, { ...options, eps: 0.5 }],
      },
      {
        group: "shapes",
        title: "the first token comes alone",
        args: [random.ids([3, 1], 7), caches(3, 0), params, options],
      },
      {
        group: "gradient",
        title: "a cache and the weights are differentiated",
        args: [
          random.ids([1, 2], 5),
          [drawCache(random, 1, 1, 2, 2)],
          own,
          { heads: 2, kvHeads: 1 },
        ],
        wrt: ["1.0.k", "1.0.v", "2.tokens", "2.blocks.0.attention.wv", "2.head"],
      },
      {
        group: "errors",
        title: "there is one cache for two blocks",
        args: [random.ids([1, 1], 7), [drawCache(random, 1, 2, 3, 2)], params, options],
        throws: "caches",
      },
    ];
  },
  mutants: [
    {
      edits: [["caches[i]!, block, options", "caches[0]!, block, options"]],
      message: "All blocks share the first cache. Each block has keys and values of its own.",
    },
    {
      edits: [["x.gather([T - 1], 1)", "x.gather([0], 1)"]],
      message:
        "The logits are those after the first new token. " +
        "The next token comes after the last one.",
    },
    {
      edits: [["caches[i]!, block, options", "{ k: null, v: null }, block, options"]],
      message: "The blocks start from nothing: the caches are never read.",
    },
    {
      edits: [
        [
          "return { logits, caches: longer };",
          "return { logits, caches: caches as FilledCache[] };",
        ],
      ],
      message:
        "The returned caches are the ones that went in. " +
        "Return the longer ones, or the next step forgets this token.",
    },
    {
      edits: [
        [
          "head ? last.matMul(head) : last.matMul(tokens, false, true)",
          "last.matMul(tokens, false, true)",
        ],
      ],
      message: "The token table serves as the head although the model has a separate head.",
    },
    {
      edits: [
        [
          "rmsNorm(x.gather([T - 1], 1).squeeze([1]), norm, eps)",
          "x.gather([T - 1], 1).squeeze([1]) as tf.Tensor",
        ],
      ],
      message: "The last norm is missing.",
    },
    {
      edits: [
        [
          "step.output;",
          `step.output;
           if (i > 0) longer.pop();`,
        ],
        ["longer.push(step.cache)", "longer.unshift(step.cache)"],
      ],
      message:
        "Caches are missing or in the wrong order. " +
        "Return one for each block, in the order of the blocks.",
    },
    {
      edits: [["x = step.output;", ""]],
      message:
        "Every block reads the rows of tokens. " +
        "Each should read the output of the block before it.",
    },
    {
      edits: [
        [
          "caches[i]!, block, options)",
          "caches[i]!, block, { heads: options.heads, kvHeads: options.kvHeads })",
        ],
      ],
      message: "base and eps don't reach the blocks. Pass the options on.",
    },
    {
      edits: [
        [
          "longer.push(step.cache);",
          "longer.push((caches[i]!.k ? caches[i]! : step.cache) as FilledCache);",
        ],
      ],
      message: "The caches come back as they were. Return the longer ones that the blocks return.",
    },
    {
      edits: [["x.gather([T - 1], 1).squeeze([1])", "x.mean(1)"]],
      message:
        "The logits come from the mean of the new tokens. The next token is scored by the last " +
        "one.",
    },
    {
      edits: [[".squeeze([1]), norm, eps)", ".squeeze([1]), norm)"]],
      message:
        "The last norm's eps is 1e-6, rmsNorm's own default. Pass options.eps, by default 1e-5.",
    },
  ],
};
export default exercise;
