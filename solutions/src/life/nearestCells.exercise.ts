/** nearestCells: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random } from "grader";
import { EXACT } from "../shared/exact";

/** The cells of a grid of 4 × 3 in a drawn order. */
function shuffledGrid(random: Random) {
  const cells = Array.from({ length: 12 }, (_, i) => ({
    at: [i % 4, Math.floor(i / 4)],
    key: random.next(),
  }));
  const inOrder = cells.sort((a, b) => a.key - b.key).flatMap(({ at }) => at);
  return tensorData([12, 2], inOrder);
}

const exercise: Exercise = {
  cases: (random) => {
    const grid = tensorData([9, 2], [0, 0, 1, 0, 2, 0, 0, 1, 1, 1, 2, 1, 0, 2, 1, 2, 2, 2]);
    return [
      {
        group: "values",
        title: "four cells lie on a line",
        args: [tensorData([4, 2], [0, 0, 1, 0, 3, 0, 7, 0]), 3],
      },
      {
        group: "values",
        title: "many cells lie in a plane",
        args: [random.uniform([20, 2], 0, 100), 5],
      },
      {
        group: "values",
        title: "positions have three axes",
        args: [random.normal([15, 3], 10), 4],
      },
      { group: "property", title: "cells on a grid are equally far apart", args: [grid, 5] },
      {
        group: "property",
        title: "two cells are in the same place",
        args: [tensorData([3, 2], [1, 1, 1, 1, 2, 2]), 2],
      },
      { group: "shapes", title: "each cell has itself only", args: [random.uniform([5, 2]), 1] },
      { group: "shapes", title: "all cells are neighbors", args: [random.uniform([6, 2]), 6] },
      {
        group: "errors",
        title: "there are more neighbors than cells",
        args: [random.uniform([4, 2]), 5],
        throws: "k",
      },
      {
        group: "values",
        title: "cells are thousands apart",
        args: [tensorData([4, 2], [0, 0, 3000, 0, 0, 5000, 9000, 9000]), 3],
      },
      {
        group: "property",
        title: "cells of a grid are listed in another order",
        args: [shuffledGrid(random), 5],
      },
    ];
  },
  mutants: [
    {
      edits: [
        ["found[0] = id;", ""],
        ["distances[0] = -1; // before a cell in the same place", ""],
      ],
      message: "The cell itself is missing. It is its own nearest neighbor and comes first.",
    },
    {
      edits: [
        ["found[0] = id;", "insert(found, distances, id, 0);"],
        ["distances[0] = -1; // before a cell in the same place", ""],
      ],
      message:
        "Where two cells are in the same place, the lower id comes first in both rows. " +
        "Each cell's own id comes first in its row.",
    },
    {
      edits: [
        [
          "distances[place - 1] === distance && ids[place - 1]! > id",
          "distances[place - 1] === distance && ids[place - 1]! < id && place > 1",
        ],
      ],
      message: "On ties, the cell with the higher id comes first. Put the lower one first.",
    },
    {
      edits: [
        [
          "gap + (y[here]! - y[there]!) ** 2 + (z[here]! - z[there]!) ** 2",
          "Math.sqrt(gap) + Math.abs(y[here]! - y[there]!) + Math.abs(z[here]! - z[there]!)",
        ],
        ["gap > distances", "Math.sqrt(gap) > distances"],
      ],
      message:
        "Your distance is the sum of the steps along the axes. " +
        "Take the straight line: sum the squares.",
    },
    {
      edits: [["+ (z[here]! - z[there]!) ** 2", ""]],
      message: "You ignore the third axis. Sum the squares over all axes.",
    },
    {
      edits: [
        [
          'return tf.tensor(nearest, [cells, k], "int32");',
          `const mirrored = nearest.map((_, i) => nearest[i - (i % k) + k - 1 - (i % k)]!);
           return tf.tensor(mirrored, [cells, k], "int32");`,
        ],
      ],
      message: "The order is from far to near. The cell itself comes first, then the nearest.",
    },
    {
      edits: [["gap > distances[k - 1]!", "gap >= distances[k - 1]!"]],
      message:
        "The walk ends where a cell may be exactly as far away as the k-th, " +
        "and ties go to the lower id. Go on until the axis alone is farther.",
    },
    {
      edits: [["gap > distances[k - 1]!", "Math.sqrt(gap) > distances[k - 1]!"]],
      message:
        "You compare a distance along the axis with squared distances, " +
        "so the walk ends at the wrong cell. Square both.",
    },
    {
      edits: [
        [
          "gap + (y[here]! - y[there]!) ** 2 + (z[here]! - z[there]!) ** 2",
          `Math.abs(x[here]! - x[there]!) +
           Math.abs(y[here]! - y[there]!) +
           Math.abs(z[here]! - z[there]!)`,
        ],
      ],
      message:
        "Your distance is the sum of the steps along the axes. " +
        "Take the straight line: sum the squares.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
