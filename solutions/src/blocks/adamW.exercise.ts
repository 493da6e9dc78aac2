/** adamW: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const SWAPPED_MEANS =
  "The betas are swapped: beta1 is for m, the mean of the gradients, and beta2 for v, " +
  "the mean of their squares.";

const exercise: Exercise = {
  cases: (random) => {
    const some = () => [random.normal([3, 4]), random.normal([4])];
    const zeros = () => [
      tensorData([3, 4], new Float32Array(12)),
      tensorData([4], new Float32Array(4)),
    ];
    const later = (step: number) => ({
      step,
      m: [random.normal([3, 4], 0.2), random.normal([4], 0.2)],
      v: [random.uniform([3, 4], 0, 0.2), random.uniform([4], 0, 0.2)],
    });
    return [
      {
        group: "values",
        title: "the first step",
        args: [some(), some(), { step: 0, m: zeros(), v: zeros() }, { rate: 0.01 }],
      },
      {
        group: "values",
        title: "four steps are done",
        args: [some(), some(), later(4), { rate: 0.1, decay: 0.3 }],
      },
      {
        group: "values",
        title: "all options are given",
        args: [
          some(),
          some(),
          later(2),
          { rate: 0.1, beta1: 0.8, beta2: 0.95, eps: 0.05, decay: 0.1 },
        ],
      },
      {
        group: "shapes",
        title: "a parameter is a scalar",
        args: [
          [random.normal([])],
          [random.normal([])],
          { step: 1, m: [random.normal([])], v: [random.uniform([])] },
          { rate: 0.1 },
        ],
      },
      {
        group: "property",
        title: "gradients are zero, so only the decay is left",
        args: [some(), zeros(), { step: 0, m: zeros(), v: zeros() }, { rate: 0.1, decay: 0.5 }],
      },
      {
        group: "property",
        title: "the rate is 0: parameters stay, in new tensors",
        args: [some(), some(), later(1), { rate: 0 }],
        fresh: true,
      },
      {
        group: "gradient",
        title: "parameters and gradients are differentiated",
        args: [some(), some(), later(3), { rate: 0.1 }],
        wrt: ["0.0", "1.1"],
      },
      {
        group: "errors",
        title: "a gradient is missing",
        args: [some(), [random.normal([3, 4])], { step: 0, m: zeros(), v: zeros() }, { rate: 0.1 }],
        throws: "gradients",
      },
      {
        group: "values",
        title: "two thousand steps have been done",
        args: [
          [random.normal([3])],
          [random.normal([3])],
          { step: 2000, m: [random.normal([3], 0.1)], v: [random.uniform([3], 0.1, 1)] },
          { rate: 0.1 },
        ],
      },
    ];
  },
  mutants: [
    {
      edits: [
        ["rate / (1 - beta1 ** step)", "rate"],
        ["Math.sqrt(1 - beta2 ** step)", "1"],
      ],
      message:
        "m and v start at zero and are too small at first. " +
        "Divide them by 1 − βᵗ, the bias correction.",
    },
    {
      edits: [["const step = state.step + 1;", "const step = state.step + 2;"]],
      message: "The bias correction counts one step too many: in the first step t is 1.",
    },
    {
      edits: [
        ["p.mul(1 - rate * decay)", "p"],
        ["gradients[i]!.sub(old)", "gradients[i]!.add(params[i]!.mul(decay)).sub(old)"],
        ["gradients[i]!.square()", "gradients[i]!.add(params[i]!.mul(decay)).square()"],
      ],
      message:
        "You add the decay to the gradient: that is Adam with an L2 penalty. " +
        "AdamW shrinks the parameters separately, where √v can't rescale the decay.",
    },
    {
      edits: [["v[i]!.sqrt().div(spread).add(eps)", "v[i]!.div(spread ** 2).add(eps).sqrt()"]],
      message: "You add eps under the root. Add it after the root, to √v.",
    },
    {
      edits: [["p.mul(1 - rate * decay)", "p.mul(1 - decay)"]],
      message:
        "The decay is not multiplied by the rate: " +
        "parameters shrink by rate · decay in each step.",
    },
    {
      edits: [["p.mul(1 - rate * decay)", "p"]],
      message: "The weight decay is missing: parameters shrink by rate · decay in each step.",
    },
    {
      edits: [[".mul(1 - beta1)", ".mul(beta1)"]],
      message:
        "In m, the new gradient has weight beta1. " +
        "Its weight is 1 − beta1, and the old mean has beta1.",
    },
    {
      edits: [["state: { step, m, v }", "state: { step: state.step, m, v }"]],
      message:
        "The new state still has the old number of steps, so the bias correction never ends. " +
        "Return step + 1.",
    },
    {
      edits: [["gradients[i]!.square()", "gradients[i]!"]],
      message: "v holds the mean of the gradients. It is the mean of their squares.",
    },
    {
      edits: [
        [
          "p.mul(1 - rate * decay).sub(m[i]!.div(size).mul(rateNow))",
          "p.sub(m[i]!.div(size).mul(rateNow)).mul(1 - rate * decay)",
        ],
      ],
      message:
        "The decay comes after the step and shrinks it too. " +
        "PyTorch shrinks the old parameters, then takes the step.",
    },
    {
      edits: [["v[i]!.sqrt().div(spread).add(eps)", "v[i]!.sqrt().add(eps).div(spread)"]],
      message: "You add eps to √v before the bias correction. Correct √v first, then add eps.",
    },
    {
      edits: [
        ["rate / (1 - beta1 ** step)", "rate / (1 - beta1 ** state.step)"],
        ["Math.sqrt(1 - beta2 ** step)", "Math.sqrt(1 - beta2 ** state.step)"],
      ],
      message:
        "The bias correction uses the number of steps before this one. " +
        "In the first step t is 1: t = state.step + 1.",
    },
    {
      edits: [
        ["rate / (1 - beta1 ** step)", "rate / (1 - beta1 ** Math.max(1, state.step))"],
        ["Math.sqrt(1 - beta2 ** step)", "Math.sqrt(1 - beta2 ** Math.max(1, state.step))"],
      ],
      message:
        "The bias correction uses the number of steps before this one. " +
        "In the first step t is 1: t = state.step + 1.",
    },
    {
      edits: [
        [".mul(1 - beta1)", ".mul(1 - beta2)"],
        [
          "old.mul(beta2).add(gradients[i]!.square().mul(1 - beta2))",
          "old.mul(beta1).add(gradients[i]!.square().mul(1 - beta1))",
        ],
      ],
      message: SWAPPED_MEANS,
    },
    {
      edits: [
        [".mul(1 - beta1)", ".mul(1 - beta2)"],
        [
          "old.mul(beta2).add(gradients[i]!.square().mul(1 - beta2))",
          "old.mul(beta1).add(gradients[i]!.square().mul(1 - beta1))",
        ],
        ["rate / (1 - beta1 ** step)", "rate / (1 - beta2 ** step)"],
        ["Math.sqrt(1 - beta2 ** step)", "Math.sqrt(1 - beta1 ** step)"],
      ],
      message: SWAPPED_MEANS,
    },
    {
      edits: [["v[i]!.sqrt().div(spread).add(eps)", "v[i]!.div(spread ** 2).add(eps)"]],
      message: "You divide by v. Divide by its root: √v has the size of a gradient.",
    },
    {
      edits: [[".sub(m[i]!.div(size).mul(rateNow))", ".add(m[i]!.div(size).mul(rateNow))"]],
      message: "The step goes up the gradient, so the loss grows. Subtract it.",
    },
    {
      edits: [["gradients[i]!.square().mul(1 - beta2)", "gradients[i]!.square().mul(1 - beta1)"]],
      message: "In v, the new square has weight 1 − beta1. Its weight is 1 − beta2.",
    },
    {
      edits: [
        ["old.add(gradients[i]!.sub(old).mul(1 - beta1))", "old.mul(0).add(gradients[i]!)"],
        ["rate / (1 - beta1 ** step)", "rate"],
      ],
      message: "m is this step's gradient alone. It is a running mean: m + (1 − beta1)·(g − m).",
    },
    {
      edits: [["old.add(gradients[i]!.sub(old).mul(1 - beta1))", "old.mul(0).add(gradients[i]!)"]],
      message: "m is this step's gradient alone. It is a running mean: m + (1 − beta1)·(g − m).",
    },
    {
      edits: [
        [
          "state: { step, m, v }",
          `state: {
             step,
             m: m.map((t) => t.div(1 - beta1 ** step)),
             v: v.map((t) => t.div(1 - beta2 ** step)),
           }`,
        ],
      ],
      message:
        "The corrected m and v go into the new state, so the correction accumulates. " +
        "The state keeps the plain means.",
    },
    {
      edits: [["1 - rate * decay", "1 + rate * decay"]],
      message:
        "The decay makes parameters grow. " +
        "They shrink by rate · decay: multiply by 1 − rate · decay.",
    },
    {
      edits: [[".mul(rateNow)", ".div(1 - beta1 ** step)"]],
      message: "The step isn't multiplied by the rate.",
    },
    {
      edits: [["gradients[i]!.square().mul(1 - beta2)", "gradients[i]!.mul(1 - beta2).square()"]],
      message: "In v, you square 1 − beta2 as well. Square the gradient first, then multiply.",
    },
  ],
  forbid: ["AdamOptimizer"],
};
export default exercise;
