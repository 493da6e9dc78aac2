/** matMulKernel: its runs and its typical mistakes. */
import * as tf from "@tensorflow/tfjs-core";
import { type Exercise, type ShaderLaunch, type TensorData } from "grader";

const TILE = 16;
const tiles = (n: number) => Math.ceil(n / TILE);

function launch(a: TensorData, b: TensorData): ShaderLaunch {
  const [M, K] = a.shape as [number, number];
  const N = b.shape[1]!;
  return {
    inputs: [a, b],
    sizes: [M, K, N],
    shape: [M, N],
    workgroups: [tiles(N), tiles(M), 1],
    // each workgroup carries two whole tiles at each step
    maxBytesRead: 4 * 2 * TILE ** 2 * tiles(M) * tiles(N) * tiles(K),
  };
}

const exercise: Exercise = {
  shader: {
    inputs: ["a", "b"],
    output: "product",
    launch,
    answer: (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b),
  },
  cases: (random) => [
    {
      group: "values",
      title: "one tile",
      args: [random.normal([16, 16]), random.normal([16, 16])],
    },
    {
      group: "values",
      title: "two by three tiles, four steps",
      args: [random.normal([32, 64]), random.normal([64, 48])],
    },
    {
      group: "shapes",
      title: "the tile divides nothing",
      args: [random.normal([19, 37]), random.normal([37, 21])],
    },
    {
      group: "shapes",
      title: "K is smaller than a tile",
      args: [random.normal([20, 5]), random.normal([5, 18])],
    },
    {
      group: "shapes",
      title: "one row times one column",
      args: [random.normal([1, 40]), random.normal([40, 1])],
    },
    {
      group: "cost",
      title: "each number is read once for sixteen threads",
      args: [random.normal([48, 80]), random.normal([80, 64])],
    },
  ],
  mutants: [
    {
      edits: [["workgroupBarrier(); // the tiles are there", ""]],
      message:
        "A thread uses the tiles before all threads have filled them. " +
        "A workgroupBarrier() belongs between writing and reading.",
    },
    {
      edits: [["workgroupBarrier(); // all have read them", ""]],
      message:
        "A thread fills the next tiles while others still read these. " +
        "A second workgroupBarrier() belongs at the end of the loop.",
    },
    {
      edits: [
        ["left[here] = 0.0;", ""],
        ["right[here] = 0.0;", ""],
      ],
      message:
        "At the edge of a matrix the tiles keep what was there before. " +
        "Fill in zeros where the matrix has ended.",
    },
    {
      edits: [["right[i * TILE + local.x]", "right[local.x * TILE + i]"]],
      message: "You read the tile of b with rows and columns swapped.",
    },
    {
      edits: [["(start + local.y) * sizes.N + at.x", "(start + local.y) * sizes.K + at.x"]],
      message: "The rows of b have N numbers, not K.",
    },
    {
      edits: [
        [
          "sum += left[local.y * TILE + i] * right[i * TILE + local.x];",
          `if (start + i < sizes.K && at.y < sizes.M && at.x < sizes.N) {
             sum += a[at.y * sizes.K + start + i] * b[(start + i) * sizes.N + at.x];
           }`,
        ],
      ],
      breaks: "each number is read once for sixteen threads",
      message:
        "Each thread reads its row and its column from the buffers. " +
        "Carry a tile of each into the workgroup's memory and read it there.",
    },
    {
      edits: [["if (at.y < sizes.M && at.x < sizes.N) { product", "if (at.y < 65536u) { product"]],
      message:
        "Threads beyond the edge of the product write too, over the numbers of other threads. " +
        "Write only where row < M and column < N.",
    },
    {
      edits: [
        [
          "right[here] = b[(start + local.y) * sizes.N + at.x];",
          "right[here] = b[at.x * sizes.K + start + local.y];",
        ],
      ],
      message: "b is read as if its rows were its columns. Number (k, n) of b is b[k · N + n].",
    },
    {
      edits: [["let here = local.y * TILE + local.x;", "let here = local.x * TILE + local.y;"]],
      message: "The tiles are stored transposed. Thread (x, y) puts its number at y · 16 + x.",
    },
    {
      edits: [["start < sizes.K; start += TILE", "start < min(TILE, sizes.K); start += TILE"]],
      message: "Only the first 16 of the K products are added up. Go on over all tiles.",
    },
    {
      edits: [
        [
          "left[here] = a[at.y * sizes.K + start + local.x];",
          "left[here] = a[(start + local.x) * sizes.M + at.y];",
        ],
      ],
      message: "a is read as if its rows were its columns. Number (m, k) of a is a[m · K + k].",
    },
  ],
};
export default exercise;
