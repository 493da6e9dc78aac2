/** composeFrames: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { drawFrames } from "../shared/frameCases";

const exercise: Exercise = {
  cases: (random) => {
    const turn = {
      rotation: tensorData([3, 3], [0, -1, 0, 1, 0, 0, 0, 0, 1]),
      translation: tensorData([3], [0, 0, 0]),
    };
    const move = {
      rotation: tensorData([3, 3], [1, 0, 0, 0, 1, 0, 0, 0, 1]),
      translation: tensorData([3], [5, 0, 0]),
    };
    return [
      {
        group: "values",
        title: "first a move along x, then a quarter turn about z",
        args: [turn, move],
      },
      {
        group: "values",
        title: "five pairs of frames",
        args: [drawFrames(random, [5]), drawFrames(random, [5])],
      },
      {
        group: "shapes",
        title: "one frame moves four",
        args: [drawFrames(random, []), drawFrames(random, [4])],
      },
      {
        group: "shapes",
        title: "each of three frames meets each of two",
        args: [drawFrames(random, [3, 1]), drawFrames(random, [1, 2])],
      },
      {
        group: "gradient",
        title: "both frames are differentiated",
        args: [drawFrames(random, [3]), drawFrames(random, [3])],
        wrt: ["0.rotation", "0.translation", "1.rotation", "1.translation"],
      },
      {
        group: "errors",
        title: "three frames and two do not broadcast",
        args: [drawFrames(random, [3]), drawFrames(random, [2])],
        throws: "b",
      },
    ];
  },
  mutants: [
    {
      edits: [
        [
          "a.rotation.expandDims(-1).mul(b.rotation.expandDims(-3))",
          "b.rotation.expandDims(-1).mul(a.rotation.expandDims(-3))",
        ],
      ],
      message:
        "The rotations are multiplied in the wrong order: " +
        "b comes first, so it stands on the right, Ra·Rb.",
    },
    {
      edits: [
        [
          "a.rotation.expandDims(-1).mul(b.rotation.expandDims(-3)).sum(-2)",
          "a.rotation.expandDims(-1).mul(b.rotation.expandDims(-2)).sum(-3)",
        ],
      ],
      message: "a's rotation is transposed: this is Raᵀ·Rb. Multiply rows of a by columns of b.",
    },
    {
      edits: [
        [
          "a.rotation.expandDims(-1).mul(b.rotation.expandDims(-3)).sum(-2)",
          "a.rotation.expandDims(-2).mul(b.rotation.expandDims(-3)).sum(-1)",
        ],
      ],
      message: "b's rotation is transposed: this is Ra·Rbᵀ. Multiply rows of a by columns of b.",
    },
    {
      edits: [["applyFrames(a, b.translation)", "a.translation.add(b.translation)"]],
      message: "The translations are only added. a also rotates b's translation: Ra·tb + ta.",
    },
    {
      edits: [["applyFrames(a, b.translation)", "applyFrames(b, a.translation)"]],
      message:
        "This translation belongs to the other order. It should be where a moves b's origin.",
    },
    {
      edits: [
        [
          "a.rotation.expandDims(-1).mul(b.rotation.expandDims(-3)).sum(-2)",
          "a.rotation.mul(b.rotation)",
        ],
      ],
      message:
        "The rotations are multiplied number by number. " +
        "Compose them as matrices: rows of a times columns of b.",
    },
    {
      edits: [
        [
          "a.rotation.expandDims(-1).mul(b.rotation.expandDims(-3)).sum(-2)",
          "b.rotation.expandDims(-1).mul(a.rotation.expandDims(-3)).sum(-2)",
        ],
        ["applyFrames(a, b.translation)", "applyFrames(b, a.translation)"],
      ],
      message: "This is first a, then b. Apply b first: a moves the output of b.",
    },
    {
      edits: [
        [
          "translation: applyFrames(a, b.translation)",
          "translation: applyFrames({ rotation: a.rotation, translation: tf.zerosLike(a.translation) }, b.translation)",
        ],
      ],
      message: "b's translation is rotated, but a's isn't added: Ra·tb + ta.",
    },
  ],
};
export default exercise;
