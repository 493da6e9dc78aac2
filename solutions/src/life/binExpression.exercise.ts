/** binExpression: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random } from "grader";
import { EXACT } from "../shared/exact";
import { molecules } from "./lifeCases";

/** A cell, and one with all its values times a power of two, so that nothing is rounded. */
function twoDepths(random: Random) {
  const cell = Array.from(random.uniform([12], 0.1, 4).data);
  const depth = 2 ** random.int(2, 6);
  return [tensorData([2, 12], [...cell, ...cell.map((x) => x * depth)]), random.int(4, 9)];
}

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "one cell of six genes",
      args: [tensorData([1, 6], [0, 1, 2, 3, 4, 10]), 5],
    },
    { group: "values", title: "several cells", args: [molecules(random, 3, 20), 7] },
    {
      group: "values",
      title: "the values are not whole numbers",
      args: [random.uniform([2, 25], 0.1, 4), 11],
    },
    {
      group: "values",
      title: "every edge lies on a value",
      args: [tensorData([1, 11], [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1]), 12],
    },
    {
      group: "values",
      title: "there are more bins than values",
      args: [molecules(random, 2, 6), 20],
    },
    {
      group: "property",
      title: "equal values share a bin",
      args: [tensorData([1, 5], [2, 2, 2, 0, 2]), 6],
    },
    {
      group: "property",
      title: "one cell was read a hundred times deeper",
      args: [tensorData([2, 4], [1, 2, 3, 4, 100, 200, 300, 400]), 4],
    },
    { group: "shapes", title: "two bins: present or not", args: [molecules(random, 2, 9), 2] },
    { group: "shapes", title: "a cell has no values", args: [tensorData([2, 2], [0, 0, 1, 3]), 4] },
    {
      group: "errors",
      title: "there is one bin",
      args: [tensorData([1, 2], [1, 2]), 1],
      throws: "bins",
    },
    {
      group: "values",
      title: "there are more than 256 bins",
      args: [
        tensorData(
          [1, 400],
          Array.from({ length: 400 }, (_, i) => (i * 7) % 400),
        ),
        300,
      ],
    },
    {
      group: "property",
      title: "one cell was read several times as deep as the other",
      args: twoDepths(random),
    },
  ],
  mutants: [
    {
      edits: [
        ["sorted = cell.filter((v) => v > 0).sort()", "sorted = cell.filter((v) => v >= 0).sort()"],
      ],
      message:
        "You take the quantiles of the zeros too. " +
        "A zero says that nothing was found: leave it out.",
    },
    {
      edits: [
        [
          "if (value > 0) binned[first + gene] = countUpTo(edges, value);",
          "binned[first + gene] = value > 0 ? countUpTo(edges, value) : 1;",
        ],
      ],
      message: "Zero falls into bin 1. Bin 0 is for zeros alone.",
    },
    {
      edits: [["evenShares(bins - 1)", "evenShares(bins)"]],
      message:
        "There is one edge too many, so the highest value lands in bin `bins`. " +
        "There are bins − 1 edges.",
    },
    {
      edits: [["quantile(sorted, share)", "sorted[0]! + (sorted.at(-1)! - sorted[0]!) * share"]],
      message:
        "The edges are evenly spaced between the lowest and the highest value. " +
        "Take quantiles, so that each bin holds about as many values.",
    },
    {
      edits: [
        [
          "countUpTo(edges, value);",
          "1 + edges.slice(0, -1).filter((edge) => edge < value).length;",
        ],
      ],
      message:
        "A value that lies on an edge falls below it. " +
        "numpy.digitize puts it above: count the edges that are at most the value.",
    },
    {
      edits: [
        [
          "sorted = cell.filter((v) => v > 0).sort()",
          "sorted = Float64Array.from(values).filter((v) => v > 0).sort()",
        ],
      ],
      message: "You take the quantiles of all cells together. Bin each cell by its own values.",
    },
    {
      edits: [
        [
          "sorted = cell.filter((v) => v > 0).sort()",
          "sorted = Float64Array.from([...cell].filter((v) => v > 0).sort())",
        ],
      ],
      message:
        "The values are sorted as text, where 10 comes before 2: " +
        "that is what `sort()` of a plain array does. Sort numbers, or a Float64Array.",
    },
    {
      edits: [["evenShares(bins - 1)", "evenShares(bins - 2)"]],
      message: "There is one edge too few, so the last bin stays empty. There are bins − 1 edges.",
    },
    {
      edits: [
        [
          "evenShares(bins - 1).map((share) => quantile(sorted, share))",
          "Float32Array.from(evenShares(bins - 1), (share) => quantile(sorted, share))",
        ],
      ],
      message:
        "The edges are rounded to float32, so a value that lies on an edge may fall below it. " +
        "Keep the edges in plain numbers, which are float64.",
    },
    {
      edits: [["countUpTo(edges, value);", "edges.filter((edge) => edge < value).length;"]],
      message:
        "A value that lies on an edge falls below it, and the lowest value into bin 0. " +
        "Count the edges that are at most the value, as countUpTo does.",
    },
    {
      edits: [["countUpTo(edges, value);", "countUpTo(edges, value) - 1;"]],
      message:
        "Bins are one too low, and the lowest values fall into bin 0. That bin is for zeros alone.",
    },
    {
      edits: [["cell.filter((v) => v > 0).sort()", "cell.filter((v) => v > 0)"]],
      message:
        "The values are not sorted, so the edges are not quantiles. " +
        "Sort them before you call quantile.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
