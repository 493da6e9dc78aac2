/** int4Kernel: its runs and its typical mistakes. */
import type * as tf from "@tensorflow/tfjs-core";
import { tensorData, type Exercise, type ShaderLaunch, type Random, type TensorData } from "grader";
import { unpackInt4 } from "./int4";

const GROUP = 64;

function launch(words: TensorData, scales: TensorData, x: TensorData): ShaderLaunch {
  const rows = words.shape[1]!;
  const columns = x.shape[0]!;
  const groups = Math.ceil(rows / GROUP);
  return {
    inputs: [words, scales, x],
    sizes: [rows, columns],
    shape: [rows],
    workgroups: [groups, 1, 1],
    maxBytesRead: 4 * (rows * (columns / 8 + columns / 32) + groups * columns),
  };
}

async function answer(words: tf.Tensor, scales: tf.Tensor, x: tf.Tensor): Promise<tf.Tensor> {
  const matrix = await unpackInt4({ words, scales });
  return matrix.matMul(x.expandDims(1)).squeeze([1]);
}

/** Any 32 bits, from halves that a float32 holds. */
function drawWords(random: Random, shape: [number, number]): TensorData {
  const half = () => random.int(0, 2 ** 16);
  const words = Array.from({ length: shape[0] * shape[1] }, () => (half() << 16) | half());
  return tensorData(shape, words, "int32");
}

const exercise: Exercise = {
  shader: { inputs: ["words", "scales", "x"], words: ["words"], output: "y", launch, answer },
  cases: (random) => {
    const product = (rows: number, columns: number) => [
      drawWords(random, [columns / 8, rows]),
      random.normal([columns / 32, rows], 0.1),
      random.normal([columns]),
    ];
    return [
      { group: "values", title: "64 rows of one block", args: product(64, 32) },
      { group: "values", title: "128 rows of three blocks", args: product(128, 96) },
      { group: "shapes", title: "64 does not divide the rows", args: product(75, 64) },
      { group: "shapes", title: "fewer rows than 64", args: product(random.int(2, 30), 64) },
      { group: "shapes", title: "one row", args: product(1, 160) },
      {
        group: "cost",
        title: "words and scales are read once, x once for 64 rows",
        args: product(130, 128),
      },
    ];
  },
  mutants: [
    {
      edits: [["workgroupBarrier(); // the part of x is there", ""]],
      message:
        "A thread uses the part of x before other threads have filled it. " +
        "A workgroupBarrier() belongs between writing and reading.",
    },
    {
      edits: [["workgroupBarrier(); // all have used it", ""]],
      message:
        "A thread fills in the next part of x while others still use this one. " +
        "A second workgroupBarrier() belongs at the end of the loop.",
    },
    {
      edits: [["(f32(level) - 8.0)", "f32(level)"]],
      message: "Four bits hold 0 to 15; a weight is (its bits − 8) · scale.",
    },
    {
      edits: [["(word >> (4u * j))", "(word >> (28u - 4u * j))"]],
      message:
        "You take the weights of a word from the wrong end: the first is in the lowest bits.",
    },
    {
      edits: [["(word >> (4u * j))", "(word >> j)"]],
      message: "A weight has four bits, so weight j of a word begins at bit 4 · j.",
    },
    {
      edits: [["& 15u", "& 7u"]],
      message: "The mask keeps three bits of each weight. Four bits are & 15u.",
    },
    {
      edits: [
        [
          "words[(block * 4u + i) * sizes.rows + row]",
          "words[row * sizes.columns / 8u + block * 4u + i]",
        ],
      ],
      message:
        "You read the words as if each row's lay side by side. " +
        "Word c of a row is words[c * rows + row].",
    },
    {
      edits: [
        ["scales[block * sizes.rows + row]", "scales[row * (sizes.columns / BLOCK) + block]"],
      ],
      message:
        "You read the scales as if each row's lay side by side. " +
        "The scale of a block is scales[block * rows + row].",
    },
    {
      edits: [["scales[block * sizes.rows + row]", "scales[row]"]],
      message: "All blocks of a row use its first scale. Each block of 32 columns has its own.",
    },
    {
      edits: [["* part[8u * i + j]", "* x[block * BLOCK + 8u * i + j]"]],
      breaks: "words and scales are read once, x once for 64 rows",
      message:
        "You read some numbers more often than you need. Read each word and each scale once, and " +
        "carry x into the workgroup's memory block by block, once for 64 rows.",
    },
    {
      edits: [["(f32(level) - 8.0)", "f32(select(i32(level), i32(level) - 16, level > 7u))"]],
      message:
        "The four bits are taken as a signed number. A weight is (its bits − 8) · scale: 0 " +
        "means −8.",
    },
    {
      edits: [
        [
          "products * scales[block * sizes.rows + row]",
          "products + 0.0 * scales[block * sizes.rows + row]",
        ],
      ],
      message: "The scales aren't used: multiply the sum of each block of 32 columns by its scale.",
    },
    {
      edits: [["- 8.0", "- 7.0"]],
      message: "You subtract 7 from the bits. A weight is (its bits − 8) · scale.",
    },
  ],
  tolerance: { atol: 3e-5, reason: "blocks add up in another order" },
};
export default exercise;
