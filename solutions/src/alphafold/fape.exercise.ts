/** fape: its cases and its typical mistakes. */
import { tensorData, type Exercise, type TensorData, type Value } from "grader";
import { drawFrames } from "../shared/frameCases";

const SHIFT = [8, -4, 16];
const shifted = ({ shape, data }: TensorData) =>
  tensorData(
    shape,
    Array.from(data, (x, i) => x + SHIFT[i % 3]!),
  );

/** The frames and atoms of a prediction moved by SHIFT, and the truth as it is. */
function elsewhere([frames, points, ...truth]: Value[]): Value[] {
  const { rotation, translation } = frames as { rotation: TensorData; translation: TensorData };
  return [{ rotation, translation: shifted(translation) }, shifted(points as TensorData), ...truth];
}

const exercise: Exercise = {
  cases: (random) => {
    const inputs = (N: number, M: number, scale = 3) => [
      drawFrames(random, [N]),
      random.normal([M, 3], scale),
      drawFrames(random, [N]),
      random.normal([M, 3], scale),
    ];
    const [frames, points] = [drawFrames(random, [4]), random.normal([5, 3], 3)];
    return [
      { group: "values", title: "four frames see five atoms", args: inputs(4, 5) },
      { group: "values", title: "many errors are clamped", args: inputs(4, 5, 12) },
      {
        group: "values",
        title: "clamp and unit are given",
        args: [...inputs(3, 4), { clamp: 4, unit: 2 }],
      },
      { group: "shapes", title: "one frame sees one atom", args: inputs(1, 1) },
      { group: "shapes", title: "one frame sees six atoms", args: inputs(1, 6) },
      {
        group: "property",
        title: "the prediction is perfect",
        args: [frames, points, frames, points],
      },
      {
        group: "gradient",
        title: "frames and atoms are differentiated",
        args: inputs(3, 4, 1),
        wrt: ["0.rotation", "0.translation", "1"],
      },
      {
        group: "errors",
        title: "the truth has a different number of atoms",
        args: [frames, points, frames, random.normal([4, 3])],
        throws: "points",
      },
      {
        group: "property",
        title: "the prediction lies elsewhere as a whole",
        args: elsewhere(inputs(4, 5)),
      },
    ];
  },
  mutants: [
    {
      edits: [["const inverse = invertFrames(frames);", "const inverse = frames;"]],
      message:
        "You move the atoms by the frames. " +
        "To see them from a residue, apply the frame's inverse.",
    },
    {
      edits: [["error.minimum(clamp).mean()", "error.mean().minimum(clamp)"]],
      message:
        "The mean is clamped. " +
        "Clamp each error, then take the mean, so a few lost residues don't dominate the rest.",
    },
    {
      edits: [[".sum(-1).add(1e-4).sqrt()", ".sum(-1).add(1e-4)"]],
      message: "The errors are squared distances. Take the root: FAPE is in Å.",
    },
    {
      edits: [
        [
          "return applyFrames({ rotation, translation }, x.expandDims(0));",
          `const [N, M] = [frames.rotation.shape[0]!, x.shape[0]!];
           const own = x.slice([0, 0], [Math.min(N, M), 3]).pad([[0, Math.max(0, N - M)], [0, 0]]);
           return applyFrames(inverse, own);`,
        ],
      ],
      message:
        "Each residue looks only at its own atom. " +
        "All residues look at all atoms: frames [N, 1], points [1, M, 3].",
    },
    {
      edits: [[".add(1e-4).sqrt()", ".sqrt()"]],
      message:
        "A perfect prediction has no gradient, as without 1e-4 under the root: " +
        "√(d² + 1e-4), so its slope at zero is finite.",
    },
    { edits: [[".mean().div(unit)", ".mean()"]], message: "The result isn't divided by the unit." },
    {
      edits: [["error.minimum(clamp).mean().div(unit)", "error.div(unit).minimum(clamp).mean()"]],
      message:
        "The errors are divided before they are clamped. " +
        "The clamp is in the unit of the coordinates: clamp first.",
    },
    {
      edits: [
        [
          "seen(predicted, points).sub(seen(truth, truePoints))",
          "seen(truth, points).sub(seen(truth, truePoints))",
        ],
      ],
      message:
        "The prediction is seen from the true frames. " +
        "Each side is seen from its own: T⁻¹x and T*⁻¹x*.",
    },
    {
      edits: [[".sum(-1).add(1e-4)", ".mean(-1).add(1e-4)"]],
      message: "The squares of x, y and z are averaged. A squared distance is their sum.",
    },
    {
      edits: [[".add(1e-4).sqrt()", ".sqrt().add(1e-4)"]],
      message:
        "1e-4 is added after the root, where it can't keep the slope at 0 finite. Add it under the root.",
    },
    {
      edits: [["error.minimum(clamp).mean()", "error.mean()"]],
      message: "The errors aren't clamped. Those above `clamp` count as `clamp`.",
    },
    {
      edits: [["error.minimum(clamp).mean()", "error.minimum(clamp).sum()"]],
      message: "The errors are added up. Take their mean over all residues and atoms.",
    },
    {
      edits: [[".div(unit)", ".div(clamp)"]],
      message: "You divide by the clamp. The divisor is `unit`.",
    },
    {
      edits: [
        [".minimum(clamp)", ".minimum(unit)"],
        [".div(unit)", ".div(clamp)"],
      ],
      message: "clamp and unit are swapped: errors are clamped at `clamp` and divided by `unit`.",
    },
    {
      edits: [
        [
          "return applyFrames({ rotation, translation }, x.expandDims(0));",
          `if (rotation.size === 0) return applyFrames({ rotation, translation }, x.expandDims(0));
           return x.expandDims(0).sub(frames.translation.expandDims(1));`,
        ],
      ],
      message:
        "Atoms are only moved to a residue's origin. Rotate them into its frame too: T⁻¹ is " +
        "Rᵀ·(x − t).",
    },
  ],
};
export default exercise;
