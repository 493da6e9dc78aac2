/** randomMove: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random } from "grader";

const drawMove = (random: Random, B: number) => ({
  quaternions: random.normal([B, 4]),
  shifts: random.normal([B, 3]),
});

const exercise: Exercise = {
  cases: (random) => {
    const noShift = tensorData([1, 3], [0, 0, 0]);
    const atoms = random.normal([1, 5, 3], 3);
    const turned = (...q: number[]) => [
      atoms,
      { quaternions: tensorData([1, 4], q), shifts: noShift },
    ];
    return [
      {
        group: "values",
        title: "three chains, each with a move of its own",
        args: [random.normal([3, 6, 3], 4), drawMove(random, 3)],
      },
      {
        group: "values",
        title: "the chains lie far from the origin",
        args: [random.normal([2, 5, 3], 4, 30), drawMove(random, 2)],
      },
      {
        group: "values",
        title: "long and short quaternions",
        args: [
          random.normal([2, 5, 3], 4),
          {
            quaternions: tensorData([2, 4], [3, -2, 5, 1, 0.1, 0.2, -0.1, 0.05]),
            shifts: random.normal([2, 3]),
          },
        ],
      },
      {
        group: "property",
        title: "the quaternion 1, 0, 0, 0 turns nothing",
        args: turned(1, 0, 0, 0),
      },
      {
        group: "property",
        title: "a quarter turn around z takes x to y",
        args: turned(1, 0, 0, 1),
      },
      {
        group: "property",
        title: "a half turn around x",
        args: turned(0, 2, 0, 0),
      },
      {
        group: "property",
        title: "a third of a turn takes x to y, y to z and z to x",
        args: turned(1, 1, 1, 1),
      },
      {
        group: "property",
        title: "the opposite quaternion is the same turn",
        args: turned(-1, -1, -1, -1),
      },
      {
        group: "shapes",
        title: "one atom goes to its shift",
        args: [random.normal([2, 1, 3], 5), drawMove(random, 2)],
      },
      {
        group: "shapes",
        title: "chains of three atoms",
        args: [random.normal([3, 3, 3], 5), drawMove(random, 3)],
      },
      {
        group: "gradient",
        title: "x is differentiated",
        args: [random.normal([2, 4, 3]), drawMove(random, 2)],
        wrt: ["0"],
      },
      {
        group: "errors",
        title: "a quaternion has three numbers",
        args: [
          random.normal([2, 4, 3]),
          { quaternions: random.normal([2, 3]), shifts: random.normal([2, 3]) },
        ],
        throws: "quaternions",
      },
      {
        group: "errors",
        title: "shifts for another number of chains",
        args: [
          random.normal([2, 4, 3]),
          { quaternions: random.normal([2, 4]), shifts: random.normal([3, 3]) },
        ],
        throws: "shifts",
      },
    ];
  },
  mutants: [
    {
      edits: [["centered.matMul(rotations, false, true)", "centered.matMul(rotations)"]],
      message: "The chains are turned the other way. Atoms are rows, so multiply by R transposed.",
    },
    {
      edits: [['quaternions.div(quaternions.norm("euclidean", -1, true))', "quaternions"]],
      message: "The quaternions aren't divided by their length, so chains are stretched.",
    },
    {
      edits: [["const centered = x.sub(x.mean(1, true));", "const centered = x;"]],
      message: "The chains aren't centered before they are turned.",
    },
    {
      edits: [["x.mean(1, true)", "x.mean([0, 1], true)"]],
      message: "All chains are moved by their common mean. Center each by itself.",
    },
    {
      edits: [[".add(shifts.expandDims(1))", ""]],
      message: "The shift is missing.",
    },
    {
      edits: [["const [w, i, j, k]", "const [i, j, k, w]"]],
      message: "The quaternion is read as x, y, z, w. Its real part w comes first.",
    },
    {
      edits: [["diagonal(j, k),", "diagonal(j, k).neg(),"]],
      message:
        "R isn't a rotation: the sign of its first entry is wrong, so chains are bent or mirrored.",
    },
    {
      edits: [
        ["const centered = x.sub(x.mean(1, true));", "const centered = x.mean(1, true).sub(x);"],
      ],
      message: "The chains are mirrored at their centers. Subtract the mean from x.",
    },
    {
      edits: [
        [
          "return centered.matMul(rotations, false, true).add(shifts.expandDims(1));",
          "return centered.add(shifts.expandDims(1)).matMul(rotations, false, true);",
        ],
      ],
      message: "The shift is turned, too. Turn first, then shift.",
    },
    {
      edits: [
        [
          "return centered.matMul(rotations, false, true).add(shifts.expandDims(1));",
          "return centered.matMul(rotations, false, true).add(shifts.expandDims(1)).add(x.mean(1, true));",
        ],
      ],
      message: "The chains go back to their own centers. They are centered and then shifted.",
    },
    {
      edits: [
        ["const centered = x.sub(x.mean(1, true));", "const centered = x;"],
        [
          "centered.matMul(rotations, false, true).add(",
          "centered.matMul(rotations, false, true).sub(x.mean(1, true)).add(",
        ],
      ],
      message:
        "You turn first and then subtract the mean from before the turn, but the center has " +
        "moved. Center before you turn.",
    },
  ],
};
export default exercise;
