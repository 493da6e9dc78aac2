/** applyFrames: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { drawFrames } from "../shared/frameCases";

const exercise: Exercise = {
  cases: (random) => {
    const quarter = {
      rotation: tensorData([3, 3], [0, -1, 0, 1, 0, 0, 0, 0, 1]),
      translation: tensorData([3], [10, 0, 0]),
    };
    return [
      {
        group: "values",
        title: "a quarter turn about z, then ten along x",
        args: [quarter, tensorData([2, 3], [1, 0, 0, 0, 2, 5])],
      },
      {
        group: "values",
        title: "each of five frames moves its own point",
        args: [drawFrames(random, [5]), random.normal([5, 3])],
      },
      {
        group: "shapes",
        title: "one frame moves four points",
        args: [drawFrames(random, []), random.normal([4, 3])],
      },
      {
        group: "shapes",
        title: "each of three frames moves all of four points",
        args: [drawFrames(random, [3, 1]), random.normal([1, 4, 3])],
      },
      {
        group: "shapes",
        title: "each of three frames moves the same point",
        args: [drawFrames(random, [3]), random.normal([3])],
      },
      {
        group: "gradient",
        title: "frames and points are differentiated",
        args: [drawFrames(random, [4]), random.normal([4, 3])],
        wrt: ["0.rotation", "0.translation", "1"],
      },
      {
        group: "gradient",
        title: "three frames and four points are differentiated",
        args: [drawFrames(random, [3, 1]), random.normal([4, 3])],
        wrt: ["0.rotation", "0.translation", "1"],
      },
      {
        group: "errors",
        title: "the points have two coordinates",
        args: [drawFrames(random, [4]), random.normal([4, 2])],
        throws: "points",
      },
    ];
  },
  mutants: [
    {
      edits: [["points.expandDims(-2)).sum(-1)", "points.expandDims(-1)).sum(-2)"]],
      message:
        "This multiplies by the transpose, which rotates the other way. " +
        "Each new coordinate is one row of the rotation times the point.",
    },
    {
      edits: [["turned.add(translation)", "turned.add(translation.mul(0))"]],
      message: "The points are rotated, but not moved: add the translation.",
    },
    {
      edits: [
        [
          "rotation.mul(points.expandDims(-2))",
          "rotation.mul(points.add(translation).expandDims(-2))",
        ],
        ["turned.add(translation)", "turned"],
      ],
      message: "You move first and rotate second. Rotate first: rotation·p + translation.",
    },
    {
      edits: [["turned.add(translation)", "turned.sub(translation)"]],
      message: "The translation is subtracted. Add it.",
    },
    {
      edits: [
        [
          "rotation.mul(points.expandDims(-2))",
          "rotation.mul(points.sub(translation).expandDims(-2))",
        ],
        ["turned.add(translation)", "turned"],
      ],
      message:
        "You subtract the translation before rotating, as an inverse would. " +
        "The formula is rotation·p + translation.",
    },
    {
      edits: [["turned.add(translation)", "points.add(translation).add(turned.mul(0))"]],
      message: "The points are moved but not rotated: rotation·p + translation.",
    },
  ],
};
export default exercise;
