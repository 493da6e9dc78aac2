/** swiGlu: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const params = (C: number, F: number) => ({
      gate: random.normal([C, F]),
      up: random.normal([C, F]),
      down: random.normal([F, C]),
    });
    return [
      {
        group: "values",
        title: "a batch of tokens",
        args: [random.normal([2, 3, 5]), params(5, 7)],
      },
      {
        group: "values",
        title: "the features are large",
        args: [random.normal([3, 4], 20), params(4, 4)],
      },
      { group: "shapes", title: "x is a single vector", args: [random.normal([6]), params(6, 4)] },
      {
        group: "shapes",
        title: "x has rank four",
        args: [random.normal([2, 1, 2, 4]), params(4, 3)],
      },
      {
        group: "gradient",
        title: "x and the weights are differentiated",
        args: [random.normal([2, 2, 4]), params(4, 5)],
        wrt: ["0", "1.gate", "1.up", "1.down"],
      },
      {
        group: "errors",
        title: "up has another width than gate",
        args: [random.normal([2, 4]), { ...params(4, 5), up: random.normal([4, 6]) }],
        throws: "up",
      },
    ];
  },
  mutants: [
    {
      edits: [
        ["silu(linear(x, gate)).mul(linear(x, up))", "silu(linear(x, up)).mul(linear(x, gate))"],
      ],
      message: "gate and up are swapped: silu applies to x·gate.",
    },
    {
      edits: [
        ["silu(linear(x, gate)).mul(linear(x, up))", "silu(linear(x, gate)).add(linear(x, up))"],
      ],
      message: "You add the two halves. The gate multiplies, feature by feature.",
    },
    {
      edits: [["silu(linear(x, gate)).mul", "linear(x, gate).sigmoid().mul"]],
      message:
        "Your gate is a sigmoid: that is GLU. " +
        "SwiGLU's gate is silu, the sigmoid times its own input.",
    },
    {
      edits: [
        [
          "silu(linear(x, gate)).mul(linear(x, up))",
          "silu(linear(x, gate)).mul(silu(linear(x, up)))",
        ],
      ],
      message: "You apply silu to both halves. Only the gate is bent; x·up stays linear.",
    },
    {
      edits: [["silu(linear(x, gate)).mul", "linear(x, gate).relu().mul"]],
      message: "Your gate is a ReLU: that is ReGLU from the same paper. SwiGLU's gate is silu.",
    },
    {
      edits: [
        [
          "silu(linear(x, gate)).mul",
          "linear(x, gate).mul(Math.SQRT1_2).erf().add(1).mul(linear(x, gate)).mul(0.5).mul",
        ],
      ],
      message: "Your gate is GELU: that is GEGLU from the same paper. SwiGLU's gate is silu.",
    },
    {
      edits: [
        ["silu(linear(x, gate)).mul(linear(x, up))", "silu(linear(x, gate).mul(linear(x, up)))"],
      ],
      message: "You apply silu to the product. It applies to x·gate alone, before the product.",
    },
    {
      edits: [["silu(linear(x, gate)).mul(linear(x, up))", "silu(linear(x, gate))"]],
      message: "x·up is missing: the gate multiplies it, feature by feature.",
    },
    {
      edits: [["silu(linear(x, gate)).mul(linear(x, up))", "silu(linear(x, up))"]],
      message: "x·gate is missing: silu applies to it, and it multiplies x·up, feature by feature.",
    },
  ],
};
export default exercise;
