/** addNoise: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const pair = (shape: number[]) => [random.normal(shape), random.normal(shape)];
    const [x, noise] = pair([5, 3]);
    return [
      {
        group: "values",
        title: "the path edm, each row at its own time",
        args: [...pair([4, 6]), random.uniform([4], 0.1, 5), "edm"],
      },
      {
        group: "values",
        title: "no path is given",
        args: [...pair([3, 4]), random.uniform([3], 0.1, 5)],
      },
      {
        group: "values",
        title: "the path cosine",
        args: [...pair([4, 6]), random.uniform([4]), "cosine"],
      },
      {
        group: "values",
        title: "the path flow",
        args: [...pair([4, 6]), random.uniform([4]), "flow"],
      },
      ...["edm", "cosine", "flow"].map((path) => ({
        group: "property" as const,
        title: `the path ${path} at its start, its end and between`,
        args: [x!, noise!, tensorData([5], [0, 1, 0.5, 0.25, 0.75]), path],
      })),
      {
        group: "shapes",
        title: "chains of atoms",
        args: [...pair([2, 4, 3]), random.uniform([2]), "cosine"],
      },
      {
        group: "shapes",
        title: "one number per row, as many rows as numbers in a row",
        args: [...pair([3, 3]), random.uniform([3]), "flow"],
      },
      {
        group: "shapes",
        title: "pictures with channels",
        args: [...pair([2, 3, 2, 2]), random.uniform([2])],
      },
      {
        group: "gradient",
        title: "x and noise are differentiated",
        args: [...pair([3, 4]), random.uniform([3]), "cosine"],
        wrt: ["0", "1"],
      },
      {
        group: "errors",
        title: "the path is another word",
        args: [...pair([3, 4]), random.uniform([3]), "linear"],
        throws: "path",
      },
      {
        group: "errors",
        title: "noise has another shape",
        args: [random.normal([3, 4]), random.normal([3, 5]), random.uniform([3])],
        throws: "noise",
      },
      {
        group: "errors",
        title: "a time is above 1 on the path flow",
        args: [...pair([2, 4]), tensorData([2], [0.5, 1.5]), "flow"],
        throws: "time",
      },
    ];
  },
  mutants: [
    {
      edits: [["t.neg().add(1)", "t.square().neg().add(1).sqrt()"]],
      message: "On the path flow, x is weighted by √(1 − t²). The line is straight: 1 − t.",
    },
    {
      edits: [
        ["x.mul(angle.cos())", "x.mul(angle.sin())"],
        ["noise.mul(angle.sin())", "noise.mul(angle.cos())"],
      ],
      message: "The path cosine runs backward: at time 0 there is no noise, so x has the cosine.",
    },
    {
      edits: [["t.mul(Math.PI / 2)", "t.mul(Math.PI)"]],
      message: "The angle of the path cosine goes to π. At time 1 it is π/2.",
    },
    {
      edits: [["return x.add(noise.mul(t));", "return x.add(noise.mul(t.square()));"]],
      message: "On the path edm, time is the noise's deviation, not its variance.",
    },
    {
      edits: [["return x.add(noise.mul(t));", "return x.add(noise.mul(t.sqrt()));"]],
      message: "On the path edm, noise is multiplied by the time itself, without a root.",
    },
    {
      edits: [["const t = perRow(time, x);", "const t = time.mean(); void perRow;"]],
      message: "All rows get one time. Each row has its own.",
    },
    {
      edits: [["const t = perRow(time, x);", "const t = time; void perRow;"]],
      message:
        "time is [B] as it is, so it lines up with the last axis of x, not with its rows. " +
        "perRow(time, x) makes it [B, 1, …].",
    },
    {
      edits: [
        [
          "const t = perRow(time, x);",
          "const t = perRow(time, x).broadcastTo(x.shape).reverse(0);",
        ],
      ],
      message: "The rows get each other's times, in reverse. Row b has time[b].",
    },
    {
      edits: [['path: NoisePath = "edm"', 'path: NoisePath = "flow"']],
      message: 'Without a path, "flow" is used. The default is "edm".',
    },
    {
      edits: [
        [
          "return x.mul(t.neg().add(1)).add(noise.mul(t));",
          "return x.mul(t).add(noise.mul(t.neg().add(1)));",
        ],
      ],
      message:
        "The path flow runs the other way: some papers put the data at time 1. Here time 0 is " +
        "the data and 1 the noise.",
    },
    {
      edits: [
        [
          "x.mul(angle.cos()).add(noise.mul(angle.sin()))",
          "x.mul(angle.cos().square()).add(noise.mul(angle.sin().square()))",
        ],
      ],
      message:
        "cos² and sin² are the shares of the variance. x and noise are multiplied by their " +
        "roots, cos and sin.",
    },
  ],
};
export default exercise;
