/** flashAttention: its cases and its typical mistakes. */
import { within, type Exercise } from "grader";

/** Queries and keys of the cases that measure; TILE of them in a tile. */
const LONG = 192;
const TILE = 24;
const tiled = { blockQ: TILE, blockK: TILE };

const exercise: Exercise = {
  cases: (random) => {
    const qkv = (B: number, H: number, T: number, S: number, D: number) => [
      random.normal([B, H, T, D]),
      random.normal([B, H, S, D]),
      random.normal([B, H, S, D]),
    ];
    const small = { blockQ: 2, blockK: 3 };
    return [
      { group: "values", title: "one tile holds everything", args: qkv(2, 2, 3, 5, 4) },
      {
        group: "values",
        title: "the tiles don't divide the text",
        args: [...qkv(1, 2, 5, 7, 4), small],
      },
      {
        group: "values",
        title: "no query sees a later key",
        args: [...qkv(1, 2, 6, 6, 4), { causal: true, ...small }],
      },
      {
        group: "values",
        title: "causal queries are the last of more keys",
        args: [...qkv(1, 1, 3, random.int(7, 9), 4), { causal: true, ...small }],
      },
      {
        group: "values",
        title: "the scale is given",
        args: [...qkv(1, 1, 3, 4, 4), { scale: 1.5, ...small }],
      },
      { group: "shapes", title: "one query meets one key", args: qkv(2, 1, 1, 1, 3) },
      {
        group: "shapes",
        title: "a tile holds one query and one key",
        args: [...qkv(1, 1, 3, 4, 2), { blockQ: 1, blockK: 1 }],
      },
      {
        group: "property",
        title: "the first queries see nothing",
        args: [...qkv(1, 1, 5, 2, 3), { causal: true, ...small }],
      },
      {
        group: "gradient",
        title: "q, k and v are differentiated",
        args: [...qkv(1, 2, 3, 5, 3), small],
        wrt: ["0", "1", "2"],
      },
      {
        group: "gradient",
        title: "causal attention is differentiated",
        args: [...qkv(1, 1, 5, 5, 3), { causal: true, ...small }],
        wrt: ["0", "1", "2"],
      },
      {
        group: "errors",
        title: "a tile holds no keys",
        args: [...qkv(1, 1, 3, 3, 2), { blockK: 0 }],
        throws: "blockK",
      },
      {
        group: "cost",
        title: "the largest tensor, for 192 queries and keys in tiles of 24",
        args: [...qkv(1, 1, LONG, LONG, 2), tiled],
        // four tiles of scores; those of all pairs would be 16 times as many
        cost: within({ largest: 4 * TILE ** 2 }),
      },
      {
        group: "cost",
        title: "what the gradient holds in memory, for 192 queries and keys in tiles of 24",
        args: [...qkv(1, 1, LONG, LONG, 2), tiled],
        wrt: ["0", "1", "2"],
        cost: within({ held: LONG ** 2 }),
      },
    ];
  },
  mutants: [
    {
      edits: [["part(attend(q, k, v))", "flashForward(q, k, v, options)"]],
      breaks: "what the gradient holds in memory, for 192 queries and keys in tiles of 24",
      message:
        "Your gradient needs the weights of all tiles at the same time, " +
        "as tfjs's own gradient of flashForward does. Give flashBackward to customGrad.",
    },
    {
      edits: [
        ["join(flashForward(q, k, v, options))", "join(flashForward(q, k, v, whole))"],
        ["part(dy), options)", "part(dy), whole)"],
        [
          "const attend =",
          "const whole = { ...options, blockQ: 512, blockK: 512 }; const attend =",
        ],
      ],
      breaks: "the largest tensor, for 192 queries and keys in tiles of 24",
      message:
        "You make tensors much larger than a tile of blockQ × blockK scores. " +
        "Pass both block sizes on to both passes.",
    },
    {
      edits: [["part(dy), options)", "part(dy))"]],
      message:
        "The backward pass doesn't get the options, " +
        "so its weights are not those of the forward pass.",
    },
    {
      edits: [
        ["join(flashForward(q, k, v, options))", "join(flashForward(q, k, v))"],
        ["part(dy), options)", "part(dy))"],
      ],
      message: "You don't pass on the options: causal and scale change nothing.",
    },
    {
      edits: [["return [dq, dk, dv];", "return [dq, dv, dk];"]],
      message: "The gradients are not in the order of the arguments: q, k, v.",
    },
    {
      edits: [
        [
          "part(dy), options)",
          "{ ...part(dy), logSumExp: tf.zerosLike(part(dy).logSumExp) }, options)",
        ],
      ],
      message: "The gradient of logSumExp is lost. It is the last feature of dy.",
    },
  ],
  tolerance: { atol: 3e-5, reason: "tiles add up in another order" },
};
export default exercise;
