/** linearAttentionStep: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const qkv = (B: number, H: number, D: number) => [
      random.normal([B, H, D]),
      random.normal([B, H, D]),
      random.normal([B, H, D]),
    ];
    const empty = {
      s: tensorData([1, 2, 3, 3], Array(18).fill(0)),
      z: tensorData([1, 2, 3], Array(6).fill(0)),
    };
    const held = (B: number, H: number, D: number) => ({
      s: random.normal([B, H, D, D]),
      z: random.uniform([B, H, D], 1, 3),
    });
    return [
      { group: "values", title: "a token follows others", args: [...qkv(2, 2, 3), held(2, 2, 3)] },
      { group: "values", title: "there are many heads", args: [...qkv(1, 6, 4), held(1, 6, 4)] },
      { group: "shapes", title: "the width is one", args: [...qkv(2, 1, 1), held(2, 1, 1)] },
      {
        group: "property",
        title: "the first token gets its own value",
        args: [...qkv(1, 2, 3), empty],
      },
      {
        group: "gradient",
        title: "the token and the state are differentiated",
        args: [...qkv(1, 2, 2), held(1, 2, 2)],
        wrt: ["0", "1", "2", "3.s", "3.z"],
      },
      {
        group: "errors",
        title: "the state has another width",
        args: [...qkv(1, 2, 3), held(1, 2, 2)],
        throws: "state",
      },
      {
        group: "values",
        title: "the weights are so small that 1e-6 counts",
        args: [
          random.normal([1, 2, 3]),
          random.normal([1, 2, 3], 1, -30),
          random.normal([1, 2, 3]),
          { s: random.normal([1, 2, 3, 3], 1e-5), z: random.uniform([1, 2, 3], 1e-5, 3e-5) },
        ],
      },
    ];
  },
  mutants: [
    {
      edits: [
        ["query.expandDims(2).matMul(s)", "query.expandDims(2).matMul(state.s)"],
        ["query.mul(z)", "query.mul(state.z)"],
      ],
      message:
        "The output comes from the state before this token. " +
        "A token sees itself: add it first.",
    },
    {
      edits: [["key.expandDims(3).mul(v.expandDims(2))", "key.expandDims(2).mul(v.expandDims(3))"]],
      message:
        "The state's matrix is transposed: " +
        "its rows are features of the key, its columns features of the value.",
    },
    {
      edits: [["state.z.add(key)", "state.z.add(k)"]],
      message: "z adds up the keys without the feature map. Add φ(k).",
    },
    {
      edits: [["sum.div(weight)", "sum"]],
      message: "The output is not divided by φ(q)·z.",
    },
    {
      edits: [["state.s.add(key.expandDims(3)", "state.s.mul(0).add(key.expandDims(3)"]],
      message: "You replace the state. Add to it, or you forget what came before.",
    },
    {
      edits: [["state.s.add(key.expandDims(3)", "state.s.add(k.expandDims(3)"]],
      message: "s adds up the keys without the feature map. Add φ(k)ᵀ·v.",
    },
    {
      edits: [["query = eluPlusOne(q)", "query = eluPlusOne(q.div(Math.sqrt(D)))"]],
      message: "You scale the query by 1/√D. Linear attention has no scale.",
    },
    {
      edits: [[".add(1e-6)", ""]],
      message: "The 1e-6 is missing. Add it to φ(q)·z before you divide.",
    },
    {
      edits: [["state.z.add(key)", "state.z.add(0)"]],
      message: "z stays as it was. Add φ(k) to it, as φ(k)ᵀ·v is added to s.",
    },
    {
      edits: [
        ["query = eluPlusOne(q)", "query = q.relu()"],
        ["key = eluPlusOne(k)", "key = k.relu()"],
      ],
      message: "Your feature map is ReLU, whose weights are zero below 0. Here it is elu + 1.",
    },
    {
      edits: [
        ["query = eluPlusOne(q)", "query = tf.elu(q)"],
        ["key = eluPlusOne(k)", "key = tf.elu(k)"],
      ],
      message: "Your feature map is elu, which goes below zero; weights must not. Use elu + 1.",
    },
    {
      edits: [
        ["query = eluPlusOne(q)", "query = q"],
        ["key = eluPlusOne(k)", "key = k"],
      ],
      message: "The feature map is missing. Queries and keys go through elu + 1.",
    },
    {
      edits: [["query.mul(z).sum(-1, true)", "query.mul(z).sum()"]],
      message:
        "You divide by one sum over all heads and sentences. Each head has its own: .sum(-1, true).",
    },
    {
      edits: [["v.expandDims(2)", "eluPlusOne(v).expandDims(2)"]],
      message:
        "You put the value through the feature map too. " +
        "It is for queries and keys; values are averaged as they are.",
    },
    {
      edits: [["query.mul(z).sum(-1, true).add(1e-6)", "z.add(1e-6)"]],
      message:
        "You divide by z, feature by feature. Divide by one number per head, φ(q)·z′ + 1e-6.",
    },
  ],
};
export default exercise;
