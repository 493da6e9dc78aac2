/** transition: its cases and its typical mistakes. */
import { type Exercise, type Random } from "grader";
import { drawNorm } from "./pairCases";

const exercise: Exercise = {
  cases: (random) => {
    const relu = (r: Random, C: number, F: number) => ({
      norm: drawNorm(r, C),
      w1: r.normal([C, F], 0.5),
      b1: r.normal([F]),
      w2: r.normal([F, C], 0.5),
      b2: r.normal([C]),
    });
    const swiglu = (r: Random, C: number, F: number) => ({
      norm: drawNorm(r, C),
      gate: r.normal([C, F], 0.7),
      up: r.normal([C, F], 0.7),
      down: r.normal([F, C], 0.5),
    });
    return [
      {
        group: "values",
        title: "pairs pass ReLU",
        args: [random.normal([1, 3, 3, 4]), relu(random, 4, 8)],
      },
      {
        group: "values",
        title: "pairs pass SwiGLU",
        args: [random.normal([1, 3, 3, 4]), swiglu(random, 4, 6)],
      },
      {
        group: "shapes",
        title: "one vector passes ReLU",
        args: [random.normal([4]), relu(random, 4, 3)],
      },
      {
        group: "shapes",
        title: "an alignment passes SwiGLU",
        args: [random.normal([2, 2, 3, 4]), swiglu(random, 4, 8)],
      },
      {
        group: "gradient",
        title: "ReLU: x and weights are differentiated",
        args: [random.normal([3, 4]), relu(random, 4, 8)],
        wrt: ["0", "1.w1", "1.b1", "1.w2", "1.norm.gamma"],
      },
      {
        group: "gradient",
        title: "SwiGLU: x and weights are differentiated",
        args: [random.normal([3, 4]), swiglu(random, 4, 8)],
        wrt: ["0", "1.gate", "1.up", "1.down"],
      },
      {
        group: "errors",
        title: "the norm has a different width",
        args: [random.normal([3, 4]), { ...relu(random, 4, 8), norm: drawNorm(random, 5) }],
        throws: "norm",
      },
      {
        group: "values",
        title: "hidden numbers are in the tens",
        args: [random.normal([3, 4]), { ...relu(random, 4, 8), b1: random.normal([8], 20) }],
      },
    ];
  },
  mutants: [
    {
      edits: [["layerNorm(x, params.norm.gamma, params.norm.beta)", "x"]],
      message: "The norm at the start is missing.",
    },
    {
      edits: [["y.relu()", "y.mul(y.sigmoid())"]],
      message:
        "AlphaFold 2's transition has ReLU between its two matrices; " +
        "SiLU only comes with the gate.",
    },
    {
      edits: [
        [
          'return "gate" in params ? swiGlu(n, params) : feedForward(n, params, (y) => y.relu());',
          `return x.add(
             "gate" in params ? swiGlu(n, params) : feedForward(n, params, (y) => y.relu()),
           );`,
        ],
      ],
      message: "The residual is added outside: return only the update.",
    },
    {
      edits: [
        ["swiGlu(n, params)", "swiGlu(n, { gate: params.up, up: params.gate, down: params.down })"],
      ],
      message: "gate and up are swapped: SiLU acts on the gate.",
    },
    {
      edits: [
        ["feedForward(n, params, (y) => y.relu())", "feedForward(n, params, (y) => y).relu()"],
      ],
      message:
        "ReLU comes after the second matrix. " +
        "It belongs between the two; otherwise they are one.",
    },
    {
      edits: [
        ["const n = layerNorm(x, params.norm.gamma, params.norm.beta);", "const n = x;"],
        [
          'return "gate" in params ? swiGlu(n, params) : feedForward(n, params, (y) => y.relu());',
          `const y =
             "gate" in params ? swiGlu(n, params) : feedForward(n, params, (y) => y.relu());
           return layerNorm(y, params.norm.gamma, params.norm.beta);`,
        ],
      ],
      message: "The norm comes after the two matrices. It belongs before them.",
    },
    {
      edits: [
        [
          "feedForward(n, params, (y) => y.relu())",
          "feedForward(n, { w1: params.w1, b1: params.b1.mul(0), w2: params.w2, b2: params.b2.mul(0) }, (y) => y.relu())",
        ],
      ],
      message: "The biases b1 and b2 are missing.",
    },
    {
      edits: [["(y) => y.relu()", "(y) => y.clone()"]],
      message: "The ReLU between the two matrices is missing.",
    },
  ],
};
export default exercise;
