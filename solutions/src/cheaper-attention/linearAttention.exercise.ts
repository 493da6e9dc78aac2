/** linearAttention: its cases and its typical mistakes. */
import { within, type Exercise } from "grader";

/** Tokens of the cases that measure. */
const LONG = 1024;
/** The weights of all pairs cost five times the square of the text or more, chunks half of it. */
const enough = within({ largest: LONG ** 2 / 4, work: 3 * LONG ** 2 });

const exercise: Exercise = {
  cases: (random) => {
    const qkv = (B: number, H: number, T: number, S: number, D: number) => [
      random.normal([B, H, T, D]),
      random.normal([B, H, S, D]),
      random.normal([B, H, S, D]),
    ];
    return [
      { group: "values", title: "every query sees every key", args: qkv(2, 2, 4, 6, 3) },
      {
        group: "values",
        title: "no token sees a later one",
        args: [...qkv(2, 2, 6, 6, 3), { causal: true }],
      },
      {
        group: "values",
        title: "a long text, causal",
        args: [...qkv(1, 1, random.int(130, 140), 140, 2), { causal: true }],
      },
      { group: "values", title: "eps is given", args: [...qkv(1, 2, 3, 4, 3), { eps: 0.5 }] },
      { group: "shapes", title: "there is one token of width one", args: qkv(2, 1, 1, 1, 1) },
      {
        group: "shapes",
        title: "causal queries are the last of more keys",
        args: [...qkv(1, 2, 3, 7, 2), { causal: true }],
      },
      {
        group: "gradient",
        title: "q, k and v are differentiated",
        args: qkv(1, 2, 3, 4, 3),
        wrt: ["0", "1", "2"],
      },
      {
        group: "gradient",
        title: "causal attention is differentiated",
        args: [...qkv(1, 1, 5, 5, 3), { causal: true }],
        wrt: ["0", "1", "2"],
      },
      {
        group: "errors",
        title: "eps is below zero",
        args: [...qkv(1, 1, 2, 2, 2), { eps: -1 }],
        throws: "eps",
      },
      {
        group: "cost",
        title: "what 1,024 tokens cost",
        args: qkv(1, 1, LONG, LONG, 2),
        cost: enough,
      },
      {
        group: "cost",
        title: "what 1,024 tokens cost, causal",
        args: [...qkv(1, 1, LONG, LONG, 2), { causal: true }],
        cost: enough,
      },
      { group: "cost", title: "6,000 tokens", args: qkv(1, 1, 6000, 6000, 2) },
      {
        group: "cost",
        title: "6,000 tokens, causal",
        args: [...qkv(1, 1, 6000, 6000, 2), { causal: true }],
      },
      {
        group: "values",
        title: "there is one more key than causal queries",
        args: [...qkv(1, 1, 3, 4, 2), { causal: true }],
      },
      {
        group: "property",
        title: "the first of three tokens sees itself alone",
        args: [...qkv(1, 2, 3, 3, 4), { causal: true }],
      },
    ];
  },
  mutants: [
    {
      edits: [
        ["queries = eluPlusOne(q)", "queries = tf.elu(q)"],
        ["keys = eluPlusOne(k)", "keys = tf.elu(k)"],
      ],
      message: "Your feature map is elu, which goes below zero; weights must not. Use elu + 1.",
    },
    {
      edits: [["queries = eluPlusOne(q)", "queries = eluPlusOne(q.div(Math.sqrt(D)))"]],
      message: "You scale the queries by 1/√D. Linear attention has no scale.",
    },
    {
      edits: [["numerator.div(denominator.add(eps))", "numerator"]],
      message: "The output is not divided by the sum of the weights, φ(q)·Σ φ(k).",
    },
    {
      edits: [["state = state.add(k[i]!.matMul(v[i]!));", ""]],
      message:
        "The state stays what it was before the first chunk. " +
        "Add each chunk's φ(k)ᵀ·v before the next.",
    },
    {
      edits: [[".mul(mask)", ""]],
      message: "Inside a chunk, tokens see later ones. Mask the chunk's own weights.",
    },
    {
      edits: [
        ["queries = eluPlusOne(q)", "queries = q.exp()"],
        ["keys = eluPlusOne(k)", "keys = k.exp()"],
      ],
      message: "Your feature map is the exponential. Here it is elu + 1.",
    },
    {
      edits: [
        ["queries.matMul(flip(keys).matMul(values))", "queries.matMul(flip(keys)).matMul(values)"],
      ],
      breaks: "what 1,024 tokens cost",
      message:
        "The cost grows with the square of the text, as if the weights of all pairs were computed. " +
        "Multiply φ(k)ᵀ by v first.",
    },
    {
      edits: [["const CHUNK = 64;", "const CHUNK = 1e9;"]],
      breaks: "what 1,024 tokens cost, causal",
      message:
        "When causal, the cost grows with the square of the text, " +
        "as if the weights of all pairs were computed. " +
        "Carry the sums from chunk to chunk.",
    },
    {
      edits: [["if (before > 0) state =", "if (before < 0) state ="]],
      message:
        "You forget the keys before the first query. " +
        "With S > T, the first S − T keys are in the state from the start.",
    },
    {
      edits: [
        [
          "const output = q[i]!.matMul(state)",
          `state = state.add(k[i]!.matMul(v[i]!));
           const output = q[i]!.matMul(state)`,
        ],
        [
          `state = state.add(k[i]!.matMul(v[i]!));
           return output;`,
          "return output;",
        ],
      ],
      message:
        "You add the chunk to the state before it is used, so its tokens count twice and see " +
        "later ones. Use the state first, then add the chunk.",
    },
    {
      edits: [["tf.concat([v, tf.ones", "tf.concat([eluPlusOne(v), tf.ones"]],
      message:
        "You put the values through the feature map too. " +
        "It is for queries and keys; values are averaged as they are.",
    },
    {
      edits: [
        ["queries = eluPlusOne(q)", "queries = q.relu()"],
        ["keys = eluPlusOne(k)", "keys = k.relu()"],
      ],
      message:
        "Your feature map is ReLU, whose weights and gradients are zero below 0. " +
        "Here it is elu + 1.",
    },
    {
      edits: [["denominator.add(eps)", "denominator"]],
      message: "eps is missing. Add it to the sum of the weights before you divide.",
    },
    {
      edits: [["keys = eluPlusOne(k)", "keys = k"]],
      message:
        "The keys don't go through the feature map, so weights can be negative. " +
        "Both queries and keys do: elu + 1.",
    },
    {
      edits: [
        ["queries = eluPlusOne(q)", "queries = tf.softmax(q)"],
        ["keys = eluPlusOne(k)", "keys = tf.softmax(k)"],
      ],
      message: "Your feature map is a softmax over the features. Here it is elu + 1.",
    },
    {
      edits: [
        ["queries = eluPlusOne(q)", "queries = q.relu().add(1)"],
        ["keys = eluPlusOne(k)", "keys = k.relu().add(1)"],
      ],
      message: "Your feature map is 1 + ReLU, whose gradient is zero below 0. Here it is elu + 1.",
    },
    {
      edits: [["const sums = causal", "const sums = causal && T < 0"]],
      message:
        "`causal` changes nothing: queries see later keys. " +
        "Carry the sums from chunk to chunk, and mask inside a chunk.",
    },
  ],
};
export default exercise;
