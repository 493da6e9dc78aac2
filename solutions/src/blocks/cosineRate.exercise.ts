/** cosineRate: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const warmup = random.int(20, 200);
    const total = warmup + random.int(200, 2000);
    const peak = random.int(1, 90) / 1000;
    const floor = peak / random.int(5, 20);
    const middle = warmup + Math.floor((total - warmup) / 3);
    return [
      {
        group: "values",
        title: "it is a third of the way through the warm-up",
        args: [Math.ceil(warmup / 3), { peak, warmup, total }],
      },
      {
        group: "values",
        title: "it is a third of the way down, and floor isn't given",
        args: [middle, { peak, warmup, total }],
      },
      {
        group: "values",
        title: "it is a third of the way down to a floor",
        args: [middle, { peak, warmup, total, floor }],
      },
      {
        group: "values",
        title: "there is no warm-up",
        args: [random.int(1, 50), { peak, warmup: 0, total, floor }],
      },
      {
        group: "values",
        title: "it is in the warm-up, and there is a floor",
        args: [Math.ceil(warmup / 2), { peak, warmup, total, floor }],
      },
      {
        group: "property",
        title: "it is the last step of the warm-up, so the rate is the peak",
        args: [warmup, { peak, warmup, total, floor }],
      },
      {
        group: "property",
        title: "training goes on after the total, at the floor",
        args: [total + random.int(1, 300), { peak, warmup, total, floor }],
      },
      {
        group: "property",
        title: "the warm-up takes all steps, and the last one reaches the peak",
        args: [total, { peak, warmup: total, total }],
      },
      {
        group: "errors",
        title: "warmup is more than the total",
        args: [1, { peak, warmup: total + 1, total }],
        throws: "warmup",
      },
    ];
  },
  mutants: [
    {
      edits: [["  if (step <= warmup) return (peak * step) / warmup;\n", ""]],
      message:
        "There is no warm-up. While step ≤ warmup, the rate rises in a line: " +
        "peak · step / warmup.",
    },
    {
      edits: [["(step - warmup) / (total - warmup)", "step / total"]],
      message:
        "The cosine starts at step 0, so the rate jumps where the warm-up ends. " +
        "Count from there: (step − warmup) / (total − warmup).",
    },
    {
      edits: [["(step - warmup) / (total - warmup)", "(step - warmup) / total"]],
      message:
        "The fall takes total steps, so it isn't done at the total. " +
        "Only total − warmup steps are left after the warm-up.",
    },
    {
      edits: [["  if (step >= total) return floor;\n", ""]],
      message: "After the total the cosine rises again. From there on the rate stays at the floor.",
    },
    {
      edits: [["if (step >= total) return floor;", "if (step >= total) return 0;"]],
      message: "After the total the rate is 0. It stays at the floor.",
    },
    {
      edits: [["floor + (peak - floor) * 0.5", "floor + peak * 0.5"]],
      message:
        "The floor is added to the whole cosine, so the fall starts above the peak. " +
        "Only peak − floor falls.",
    },
    {
      edits: [["floor + (peak - floor) * 0.5", "peak * 0.5"]],
      message: "The rate falls to 0. It should fall to the floor.",
    },
    {
      edits: [
        ["return floor + (peak", "return Math.max(floor, (peak"],
        [
          "- floor) * 0.5 * (1 + Math.cos(Math.PI * done));",
          "+ 0) * 0.5 * (1 + Math.cos(Math.PI * done)));",
        ],
      ],
      message:
        "You cut the cosine off at the floor. Stretch it instead: " +
        "it falls from peak to floor and is half-way between them in the middle.",
    },
    {
      edits: [["(peak * step) / warmup", "floor + ((peak - floor) * step) / warmup"]],
      message: "The warm-up starts at the floor. It starts at 0: peak · step / warmup.",
    },
    {
      edits: [["(peak * step) / warmup", "(peak * (step - 1)) / warmup"]],
      message:
        "The warm-up counts steps from 0. They count from 1, and step = warmup has the peak.",
    },
    {
      edits: [["if (step <= warmup)", "if (step < warmup)"]],
      message:
        "The end of the warm-up isn't part of it. " +
        "At step = warmup the rate is the peak, even where the total is the same step.",
    },
    {
      edits: [["Math.cos(Math.PI * done)", "Math.cos(2 * Math.PI * done)"]],
      message: "The cosine runs through a whole turn and rises again. Take half a turn, π.",
    },
    {
      edits: [["0.5 * (1 + Math.cos(Math.PI * done))", "Math.cos((Math.PI / 2) * done)"]],
      message:
        "You take a quarter of a turn, which ends in a steep fall. " +
        "½ · (1 + cos(π · done)) is flat at both ends.",
    },
    {
      edits: [["0.5 * (1 + Math.cos(Math.PI * done))", "(1 - done)"]],
      message: "The rate falls in a line. It should follow ½ · (1 + cos(π · done)).",
    },
    {
      edits: [["(peak - floor) * 0.5 *", "(peak - floor) *"]],
      message:
        "The factor ½ is missing: 1 + cos runs from 2 to 0, so the rate starts at twice the peak.",
    },
    {
      edits: [["1 + Math.cos(Math.PI * done)", "1 - Math.cos(Math.PI * done)"]],
      message: "The rate rises after the warm-up. It falls with 1 + cos(π · done).",
    },
  ],
};
export default exercise;
