/** countFlops: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { COUNTED, LLAMA, drawShape } from "./limitsCases";

const exercise: Exercise = {
  cases: (random) => {
    const shape = drawShape(random);
    return [
      { group: "values", title: "a GPT-2", args: [shape, 20] },
      {
        group: "values",
        title: "keys and values are grouped",
        args: [drawShape(random, { kvHeads: 2 }), 15],
      },
      {
        group: "values",
        title: "the feed-forward network is gated",
        args: [drawShape(random, { gated: true }), 15],
      },
      {
        group: "values",
        title: "a Llama",
        args: [drawShape(random, { ...LLAMA, kvHeads: 2 }), random.int(5, 40)],
      },
      {
        group: "values",
        title: "the head isn't tied",
        args: [drawShape(random, { tiedHead: false }), 9],
      },
      { group: "property", title: "the same model reads twice as many tokens", args: [shape, 40] },
      { group: "shapes", title: "there is one token", args: [shape, 1] },
      { group: "errors", title: "there are no tokens", args: [shape, 0], throws: "tokens" },
      {
        group: "errors",
        title: "heads doesn't divide the width",
        args: [drawShape(random, { width: 30, heads: 4 }), 8],
        throws: "heads",
      },
    ];
  },
  mutants: [
    {
      edits: [["=> 2 * m * k * n", "=> m * k * n"]],
      message:
        "A multiplication and an addition count as two: " +
        "a product of [m, k] and [k, n] costs 2·m·k·n.",
    },
    {
      edits: [
        ["product(tokens, C, tokens) + product(tokens, tokens, C)", "product(tokens, C, tokens)"],
      ],
      message:
        "This is half of attention's operations. It has two products, queries with keys and " +
        "weights with values, and all of T × T counts even where half of it is masked.",
    },
    {
      edits: [
        [
          "(product(tokens, C, tokens) + product(tokens, tokens, C))",
          "(product(tokens, C, (tokens + 1) / 2) + product(tokens, (tokens + 1) / 2, C))",
        ],
      ],
      message:
        "You count half of the matrix. " +
        "The full T × T is computed, even if a causal mask hides half of it.",
    },
    {
      edits: [
        [
          "layers * (2 * product(tokens, C, C) + 2 * product(tokens, C, kvHeads * D))",
          "layers * 4 * product(tokens, C, C)",
        ],
      ],
      message: "Keys and values are projected to only kvHeads · D columns.",
    },
    {
      edits: [["(gated ? 3 : 2) * product(tokens, C, F)", "2 * product(tokens, C, F)"]],
      message: "A gated feed-forward network has three matrices.",
    },
    {
      edits: [["const head = product(tokens, C, V);", "const head = product(1, C, V);"]],
      message: "The head runs on every token, not only on the last one.",
    },
    {
      edits: [["const projections = layers * (", "const projections = 1 * ("]],
      message: "Projections happen in each layer. Multiply by the number of layers.",
    },
    {
      edits: [
        [
          "const attention = layers * (product(tokens, C, tokens) + product(tokens, tokens, C));",
          "const attention = layers * (product(tokens, D, tokens) + product(tokens, tokens, D));",
        ],
      ],
      message: "You count one head. There are H of them, and H · D = C.",
    },
    {
      edits: [
        [
          "const head = product(tokens, C, V);",
          "const head = shape.tiedHead === false ? product(tokens, C, V) : 0;",
        ],
      ],
      message:
        "A tied head has no weights of its own, " +
        "but its product with the table still has to be computed.",
    },
    {
      edits: [
        [
          "product(tokens, C, tokens) + product(tokens, tokens, C)",
          "product(tokens, kvHeads * D, tokens) + product(tokens, tokens, kvHeads * D)",
        ],
      ],
      message:
        "Grouping reduces keys and values, not scores: " +
        "each of the H query heads still compares T × T.",
    },
    {
      edits: [
        ["const head = product(tokens, C, V);", "const head = layers * product(tokens, C, V);"],
      ],
      message: "The head runs once, after the last layer, not in each.",
    },
    {
      edits: [
        ["projections + attention + feedForward + head;", "projections + attention + feedForward;"],
      ],
      message: "The total leaves the head out. It is the sum of all four parts.",
    },
    {
      edits: [["(gated ? 3 : 2)", "(gated ? 2 : 1)"]],
      message: "A feed-forward network has one matrix more: two, or three if gated.",
    },
  ],
  tolerance: COUNTED,
};
export default exercise;
