/** unpatchify: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random } from "grader";
import { drawGrid } from "./drawGrid";

/** Patches of drawn sizes, with the patch and the picture's height and width. */
function drawPatches(random: Random) {
  const { patch, B, rows, columns, C } = drawGrid(random);
  const patches = random.normal([B, rows * columns, patch * patch * C]);
  return [patches, patch, rows * patch, columns * patch];
}

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "pixels are numbered: four patches of 2 × 2",
      args: [
        tensorData([1, 4, 4], [0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15]),
        2,
        4,
        4,
      ],
    },
    {
      group: "values",
      title: "two pictures, taller than wide",
      args: [random.normal([2, 6, 4]), 2, 6, 4],
    },
    {
      group: "values",
      title: "three channels, wider than tall",
      args: [random.normal([1, 2, 48]), 4, 4, 8],
    },
    {
      group: "shapes",
      title: "one patch is the whole picture",
      args: [random.normal([2, 1, 18]), 3, 3, 3],
    },
    { group: "shapes", title: "patches of one pixel", args: [random.normal([1, 10, 2]), 1, 2, 5] },
    {
      group: "gradient",
      title: "the patches are differentiated",
      args: [random.normal([2, 6, 8]), 2, 4, 6],
      wrt: ["0"],
    },
    {
      group: "errors",
      title: "there are too few patches",
      args: [random.normal([1, 5, 4]), 2, 4, 6],
      throws: "patches",
    },
    {
      group: "values",
      title: "pixels are whole numbers",
      args: [random.ids([1, 6, 8], 256), 2, 4, 6],
    },
    { group: "shapes", title: "patches of another size", args: drawPatches(random) },
    {
      group: "gradient",
      title: "patches of another size are differentiated",
      args: drawPatches(random),
      wrt: ["0"],
    },
  ],
  mutants: [
    {
      edits: [["grid.transpose([0, 1, 3, 2, 4, 5])", "grid"]],
      message:
        "You only reshape, so a patch becomes a strip of pixels. " +
        "Bring the rows of neighboring patches side by side first.",
    },
    {
      edits: [
        ["[B, rows, columns, patch, patch, C]", "[B, columns, rows, patch, patch, C]"],
        ["[0, 1, 3, 2, 4, 5]", "[0, 2, 3, 1, 4, 5]"],
      ],
      message: "You lay the patches column by column. They come row by row.",
    },
    {
      edits: [["[0, 1, 3, 2, 4, 5]", "[0, 1, 4, 2, 3, 5]"]],
      message: "Each patch is flipped over its diagonal. Its pixels come row by row.",
    },
    {
      edits: [
        ["patch, patch, C]", "C, patch, patch]"],
        ["[0, 1, 3, 2, 4, 5]", "[0, 1, 4, 2, 5, 3]"],
      ],
      message:
        "You read the channels first, as in PyTorch. " +
        "Here the channels of a pixel stay together, last.",
    },
  ],
};
export default exercise;
