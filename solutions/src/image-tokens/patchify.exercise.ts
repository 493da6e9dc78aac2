/** patchify: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random } from "grader";
import { drawGrid } from "./drawGrid";

/** Images of drawn sizes, with the patch that divides them. */
function drawImages(random: Random) {
  const { patch, B, rows, columns, C } = drawGrid(random);
  return [random.normal([B, rows * patch, columns * patch, C]), patch];
}

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "pixels are numbered: a gray picture of 4 × 4",
      args: [tensorData([1, 4, 4, 1], [...Array(16).keys()]), 2],
    },
    {
      group: "values",
      title: "two pictures, taller than wide",
      args: [random.normal([2, 6, 4, 1]), 2],
    },
    { group: "values", title: "three channels", args: [random.normal([1, 4, 8, 3]), 4] },
    {
      group: "shapes",
      title: "one patch is the whole picture",
      args: [random.normal([2, 3, 3, 2]), 3],
    },
    { group: "shapes", title: "patches of one pixel", args: [random.normal([1, 2, 5, 2]), 1] },
    {
      group: "gradient",
      title: "the images are differentiated",
      args: [random.normal([2, 4, 6, 2]), 2],
      wrt: ["0"],
    },
    {
      group: "errors",
      title: "the patch does not divide the width",
      args: [random.normal([1, 4, 7, 1]), 2],
      throws: "patch",
    },
    {
      group: "values",
      title: "pixels are whole numbers",
      args: [random.ids([1, 4, 6, 2], 256), 2],
    },
    { group: "shapes", title: "images of another size", args: drawImages(random) },
    {
      group: "gradient",
      title: "images of another size are differentiated",
      args: drawImages(random),
      wrt: ["0"],
    },
  ],
  mutants: [
    {
      edits: [["grid.transpose([0, 1, 3, 2, 4, 5])", "grid"]],
      message:
        "You only reshape, so each token is a strip of pixels in reading order, not a square. " +
        "Bring the two axes inside a patch together first.",
    },
    {
      edits: [["[0, 1, 3, 2, 4, 5]", "[0, 3, 1, 2, 4, 5]"]],
      message: "The patches come column by column. They should come row by row, as you read.",
    },
    {
      edits: [["[0, 1, 3, 2, 4, 5]", "[0, 1, 3, 4, 2, 5]"]],
      message: "Inside a patch the pixels come column by column. They should come row by row.",
    },
    {
      edits: [["[0, 1, 3, 2, 4, 5]", "[0, 1, 3, 5, 2, 4]"]],
      message:
        "Inside a patch, all of one channel comes first, as in PyTorch. " +
        "Here the channels of a pixel stay together, last.",
    },
    {
      edits: [["[B, rows, patch, columns, patch, C]", "[B, patch, rows, patch, columns, C]"]],
      message:
        "You cut each axis the wrong way around: the pixels of a patch are neighbors, " +
        "so the height is [rows, patch], not [patch, rows].",
    },
  ],
};
export default exercise;
