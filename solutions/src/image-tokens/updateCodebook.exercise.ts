/** updateCodebook: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const state = (K: number, D: number) => ({
      codebook: random.normal([K, D]),
      counts: random.uniform([K], 0.5, 9),
      sums: random.normal([K, D], 3),
    });
    return [
      {
        group: "values",
        title: "five codes and sixteen vectors",
        args: [state(5, 3), random.normal([16, 3]), random.ids([16], 5), 0.9],
      },
      {
        group: "values",
        title: "decay is zero: the codes become the means of this batch",
        args: [state(3, 2), random.normal([6, 2]), tensorData([6], [0, 1, 2, 0, 1, 2], "int32"), 0],
      },
      {
        group: "values",
        title: "epsilon is large",
        args: [state(4, 2), random.normal([6, 2]), random.ids([6], 4), 0.5, 0.3],
      },
      {
        group: "property",
        title: "no vector chooses two of the codes",
        args: [state(4, 3), random.normal([5, 3]), tensorData([5], [1, 1, 3, 1, 3], "int32"), 0.8],
      },
      {
        group: "property",
        title: "epsilon and decay are zero: a code that no vector chose becomes zeros",
        args: [state(3, 2), random.normal([4, 2]), tensorData([4], [0, 2, 2, 0], "int32"), 0, 0],
      },
      {
        group: "shapes",
        title: "more codes than vectors",
        args: [state(9, 2), random.normal([2, 2]), random.ids([2], 9), 0.9],
      },
      {
        group: "shapes",
        title: "a codebook of one",
        args: [state(1, 1), random.normal([3, 1]), tensorData([3], [0, 0, 0], "int32"), 0.9],
      },
      {
        group: "errors",
        title: "an id lies outside the codebook",
        args: [state(3, 2), random.normal([4, 2]), tensorData([4], [0, 2, 3, 1], "int32"), 0.9],
        throws: "ids",
      },
      {
        group: "errors",
        title: "z has another width",
        args: [state(3, 2), random.normal([4, 3]), random.ids([4], 3), 0.9],
        throws: "z",
      },
      {
        group: "gradient",
        title: "the vectors and the old averages are differentiated",
        args: [state(3, 2), random.normal([6, 2]), random.ids([6], 3), 0.3 + 0.6 * random.next()],
        wrt: ["0.sums", "1"],
      },
    ];
  },
  mutants: [
    {
      edits: [["old.mul(decay).add(now.mul(1 - decay))", "old.mul(1 - decay).add(now.mul(decay))"]],
      message:
        "decay and 1 − decay are swapped: with 0.99 the codebook would follow each batch. " +
        "decay is the share of the old that stays.",
    },
    {
      edits: [["smoothed.maximum(TINY)", "counts.maximum(TINY)"]],
      message:
        "The counts are not smoothed: divide by (counts + ε)/(Σ counts + K·ε) · Σ counts, " +
        "which is never zero.",
    },
    {
      edits: [["div(total.add(K * epsilon))", "div(total.add(epsilon))"]],
      message:
        "The smoothed counts no longer add up to Σ counts: " +
        "K codes got ε each, so the sum grows by K·ε.",
    },
    {
      edits: [
        ["return { codebook, counts, sums };", "return { codebook, counts: smoothed, sums };"],
      ],
      message:
        "The smoothed counts go into the new state, so the smoothing accumulates over the steps. " +
        "The state keeps the plain average.",
    },
    {
      edits: [
        [
          "const codebook = sums.div(smoothed.maximum(TINY).expandDims(-1));",
          `const size = chosen.sum(0).maximum(1).expandDims(-1);
           const codebook = average(state.codebook, chosen.matMul(z, true, false).div(size));`,
        ],
      ],
      message:
        "You average the codes with the means of this batch, so a code that few vectors chose " +
        "moves as far as one that many chose. Average sums and counts, then divide.",
    },
    {
      edits: [["now.mul(1 - decay)", "now"]],
      message:
        "This batch comes in with full weight. " +
        "Its counts and its sums are multiplied by 1 − decay.",
    },
    {
      edits: [
        [
          "chosen.matMul(z, true, false)",
          "chosen.matMul(z, true, false).div(chosen.sum(0).maximum(1).expandDims(-1))",
        ],
      ],
      message:
        "The means of this batch go into sums. " +
        "sums takes the sum of the vectors that chose a code and is divided once, at the end.",
    },
    {
      edits: [["average(state.sums,", "average(state.codebook,"]],
      message:
        "The moving average of the sums continues from state.sums. " +
        "The codebook is already divided by the counts.",
    },
    {
      edits: [["const total = counts.sum();", "const total = state.counts.sum();"]],
      message: "Σ counts is the sum before this step. Take the sum of the new counts.",
    },
    {
      edits: [["const smoothed = shares.mul(total);", "const smoothed = shares;"]],
      message:
        "You divide by smoothed shares, which add up to one. " +
        "Multiply them by Σ counts, so that they are counts again.",
    },
  ],
};
export default exercise;
