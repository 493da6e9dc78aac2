/** invertFrames: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { drawFrames } from "../shared/frameCases";

const exercise: Exercise = {
  cases: (random) => {
    const quarter = {
      rotation: tensorData([1, 3, 3], [0, -1, 0, 1, 0, 0, 0, 0, 1]),
      translation: tensorData([1, 3], [10, 0, 0]),
    };
    return [
      { group: "values", title: "a quarter turn about z, then ten along x", args: [quarter] },
      { group: "values", title: "five frames", args: [drawFrames(random, [5])] },
      { group: "shapes", title: "one frame", args: [drawFrames(random, [])] },
      {
        group: "shapes",
        title: "two chains of three residues",
        args: [drawFrames(random, [2, 3])],
      },
      {
        group: "gradient",
        title: "rotation and translation are differentiated",
        args: [drawFrames(random, [3])],
        wrt: ["0.rotation", "0.translation"],
      },
      {
        group: "errors",
        title: "there are fewer translations than rotations",
        args: [
          {
            rotation: drawFrames(random, [3]).rotation,
            translation: drawFrames(random, [2]).translation,
          },
        ],
        throws: "translation",
      },
    ];
  },
  mutants: [
    {
      edits: [["translation: turned.neg()", "translation: frames.translation.neg()"]],
      message:
        "The translation is only negated. To undo R·p + t, subtract t first, then rotate back: " +
        "Rᵀ·(x − t), so the new translation is −Rᵀ·t.",
    },
    {
      edits: [["[...leading.keys(), L + 1, L]", "[...leading.keys(), L, L + 1]"]],
      message: "The rotation isn't inverted. Its inverse is its transpose.",
    },
    { edits: [["turned.neg()", "turned"]], message: "The translation has the wrong sign: −Rᵀ·t." },
    {
      edits: [["turned = rotation.mul(", "turned = frames.rotation.mul("]],
      message: "The translation is rotated by R instead of Rᵀ.",
    },
    {
      edits: [
        [
          "return { rotation, translation: turned.neg() };",
          "return { rotation: frames.rotation.clone(), translation: turned.neg() };",
        ],
      ],
      message:
        "The rotation comes back as it was, only the translation is inverted. A rotation's " +
        "inverse is its transpose.",
    },
  ],
};
export default exercise;
