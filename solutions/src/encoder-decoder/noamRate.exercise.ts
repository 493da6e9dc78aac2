/** noamRate: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const width = random.int(30, 600);
    const warmup = random.int(50, 4000);
    return [
      { group: "values", title: "it is the first step", args: [1, width, warmup] },
      {
        group: "values",
        title: "it is half-way through the warm-up",
        args: [Math.ceil(warmup / 2), width, warmup],
      },
      {
        group: "values",
        title: "the warm-up ended long ago",
        args: [7 * warmup, width, warmup],
      },
      {
        group: "property",
        title: "it is the last step of the warm-up, where the two branches meet",
        args: [warmup, width, warmup],
      },
      { group: "errors", title: "step is 0", args: [0, width, warmup], throws: "step" },
    ];
  },
  mutants: [
    {
      edits: [["step * warmup ** -1.5", "step * warmup ** -0.5"]],
      message: "The line rises too steeply and meets the root at once. Its slope is warmup^(−3/2).",
    },
    {
      edits: [["Math.min(", "Math.max("]],
      message:
        "The larger of the two branches is taken. " +
        "The rate is the smaller: first the line, then the root.",
    },
    {
      edits: [["width ** -0.5 * ", ""]],
      message: "The factor width^(−1/2) is missing: wider models learn with a lower rate.",
    },
    {
      edits: [["step * warmup ** -1.5", "step / warmup"]],
      message:
        "The line doesn't meet the root: " +
        "divide the step by warmup^(3/2), then both are warmup^(−1/2) at step = warmup.",
    },
    {
      edits: [["step ** -0.5, step", "1 / step, step"]],
      message: "The rate falls like 1/step. It should fall with the root of the step.",
    },
    {
      edits: [["width ** -0.5 * Math.min(step", "width ** 0.5 * Math.min(step"]],
      message:
        "Wider models get a higher rate. " +
        "It should fall with the root of the width: width^(−1/2).",
    },
    {
      edits: [
        [
          "width ** -0.5 * Math.min(step ** -0.5, step * warmup ** -1.5)",
          "Math.min(width ** -0.5 * step ** -0.5, step * warmup ** -1.5)",
        ],
      ],
      message:
        "The factor width^(−1/2) belongs to both branches: it multiplies the smaller of the two.",
    },
    {
      edits: [["width ** -0.5", "1 / width"]],
      message: "You divide by the width. The factor is its root's inverse: width^(−1/2).",
    },
    {
      edits: [["step ** -0.5", "warmup ** -0.5"]],
      message:
        "After the warm-up the rate stays the same. It falls with the root of the step: " +
        "step^(−1/2).",
    },
    {
      edits: [["step * warmup ** -1.5", "warmup * step ** -1.5"]],
      message: "Step and warm-up are swapped in the line: it is step · warmup^(−3/2).",
    },
    {
      edits: [
        ["Math.min(step ** -0.5, step * warmup ** -1.5)", "(step ** -0.5 + step * warmup ** -1.5)"],
      ],
      message: "The two branches are added. The rate is the smaller of them.",
    },
  ],
};
export default exercise;
