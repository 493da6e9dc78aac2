/** embedPatches: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const params = (length: number, C: number, patches: number) => ({
      w: random.normal([length, C], length ** -0.5),
      b: random.normal([C]),
      cls: random.normal([C]),
      positions: random.normal([1 + patches, C]),
    });
    return [
      {
        group: "values",
        title: "two gray pictures of nine patches",
        args: [random.normal([2, 6, 6, 1]), 2, params(4, 5, 9)],
      },
      {
        group: "values",
        title: "three channels, wider than tall",
        args: [random.normal([2, 4, 8, 3]), 4, params(48, 6, 2)],
      },
      {
        group: "shapes",
        title: "one patch is the whole picture",
        args: [random.normal([1, 3, 3, 2]), 3, params(18, 4, 1)],
      },
      {
        group: "shapes",
        title: "as many pictures as features",
        args: [random.normal([3, 2, 4, 1]), 2, params(4, 3, 2)],
      },
      {
        group: "gradient",
        title: "the parameters are differentiated",
        args: [random.normal([2, 4, 4, 1]), 2, params(4, 3, 4)],
        wrt: ["2.w", "2.b", "2.cls", "2.positions"],
      },
      {
        group: "gradient",
        title: "the images are differentiated",
        args: [random.normal([2, 4, 4, 1]), 2, params(4, 3, 4)],
        wrt: ["0"],
      },
      {
        group: "errors",
        title: "positions leave out cls",
        args: [random.normal([1, 4, 4, 1]), 2, params(4, 3, 3)],
        throws: "positions",
      },
      {
        group: "errors",
        title: "the patch does not divide the images",
        args: [random.normal([1, 5, 4, 1]), 2, params(4, 3, 4)],
        throws: "patch",
      },
    ];
  },
  mutants: [
    {
      edits: [["tf.concat([first, projected], 1)", "tf.concat([projected, first], 1)"]],
      message: "cls comes last. It goes first, so its position is the first row of positions.",
    },
    {
      edits: [
        [
          "tf.concat([first, projected], 1).add(positions)",
          "tf.concat([first, projected.add(positions.slice([1, 0]))], 1)",
        ],
      ],
      message: "cls gets no position. Add the positions after cls has been put in front.",
    },
    {
      edits: [
        ["tf.concat([first, projected], 1).add(positions)", "tf.concat([first, projected], 1)"],
      ],
      message:
        "The positions are missing. " +
        "Without them a model can't tell one place in the picture from another.",
    },
    {
      edits: [["linear(patchify(images, patch), w, b)", "linear(patchify(images, patch), w)"]],
      message: "The bias b of the projection is missing.",
    },
    {
      edits: [
        [
          "patchify(images, patch)",
          "images.reshape([B, rows * columns, patch * patch * channels])",
        ],
      ],
      message:
        "You reshape the images instead of calling patchify: " +
        "a reshape makes strips of pixels, not squares.",
    },
    {
      edits: [
        [
          "tf.concat([first, projected], 1).add(positions)",
          "tf.concat([first, projected.add(positions.slice([0, 0], [rows * columns, C]))], 1)",
        ],
      ],
      message:
        "The first patch gets the first row of positions, which belongs to cls. " +
        "Add the positions after cls has been put in front.",
    },
    {
      edits: [
        [
          "tf.concat([first, projected], 1)",
          "tf.concat([first, projected.add(positions.slice([1, 0]))], 1)",
        ],
      ],
      message:
        "The patches get their positions twice. " +
        "Add the positions once, after cls has been put in front.",
    },
    {
      edits: [
        [
          "const first = cls.reshape([1, 1, C]).tile([B, 1, 1]);",
          "const first = projected.mean(1, true);",
        ],
      ],
      message:
        "The first token is the mean of the patches. " +
        "It is cls, the same learned vector for every picture.",
    },
    {
      edits: [
        [
          "tf.concat([first, projected], 1).add(positions)",
          "tf.concat([first, projected], 1).mul(positions)",
        ],
      ],
      message: "You multiply by the positions. Add them.",
    },
  ],
};
export default exercise;
