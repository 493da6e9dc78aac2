/** minHash: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";

const drawIds = (random: Random, n: number) =>
  Array.from({ length: n }, () => random.int(0, 2 ** 32 - 1));

const exercise: Exercise = {
  cases: (random) => {
    const ids = drawIds(random, 12);
    return [
      { group: "values", title: "twelve ids", args: [ids, 8] },
      { group: "values", title: "neighbors", args: [[5, 6, 7, 8, 9], 16] },
      { group: "values", title: "one hash function", args: [drawIds(random, 5), 1] },
      { group: "values", title: "one id", args: [[random.int(0, 1000)], 6] },
      { group: "values", title: "the smallest and the largest id", args: [[0, 2 ** 32 - 1], 12] },
      { group: "values", title: "a larger set", args: [drawIds(random, 80), 24] },
      {
        group: "property",
        title: "there are 130,000 ids",
        args: [Array.from({ length: 130_000 }, (_, i) => 3 * i + (ids[0]! % 1000)), 1],
      },
      { group: "property", title: "ids come twice", args: [[...ids, ...ids], 8] },
      { group: "property", title: "another order", args: [[...ids].reverse(), 8] },
      { group: "shapes", title: "an empty set", args: [[], 3] },
      { group: "errors", title: "no hash function", args: [ids, 0], throws: "K" },
      { group: "shapes", title: "two ids", args: [drawIds(random, 2), 5] },
    ];
  },
  mutants: [
    {
      edits: [
        ["let smallest = 2 ** 32;", "let smallest = -1;"],
        ["Math.min(smallest,", "Math.max(smallest,"],
      ],
      message: "You keep the largest hash. Keep the smallest, and 2³² for an empty set.",
    },
    {
      edits: [["smallest, mixHash(id, seed)", "smallest, mixHash(id, 0)"]],
      message: "Every entry has the same hash function. Entry k has the seed k.",
    },
    {
      edits: [["smallest, mixHash(id, seed)", "smallest, mixHash(id, seed + 1)"]],
      message: "Your seeds begin at 1. They are 0 to K − 1.",
    },
    {
      edits: [["let smallest = 2 ** 32;", "let smallest = Infinity;"]],
      message: "An empty set gives Infinity. Its entries are 2³², above every hash.",
    },
    {
      edits: [
        [
          "return Array.from({ length: K }, (_, seed) => {",
          `const sorted = [...new Set(ids.map((id) => mixHash(id, 0)))].sort((a, b) => a - b);
           if (sorted.length > 0) return Array.from({ length: K }, (_, k) => sorted[k] ?? 2 ** 32);
           return Array.from({ length: K }, (_, seed) => {`,
        ],
      ],
      message:
        "You keep the K smallest hashes of one function. Keep the smallest of each of K functions.",
    },
    {
      edits: [
        ["let smallest = 2 ** 32;", "let smallest = ids[0] ?? 2 ** 32;"],
        [
          "smallest = Math.min(smallest, mixHash(id, seed))",
          "if (mixHash(id, seed) < mixHash(smallest, seed)) smallest = id",
        ],
      ],
      message: "You return the id whose hash is the smallest. Return the hash itself.",
    },
    {
      edits: [
        [
          "for (const id of ids) smallest = Math.min(smallest, mixHash(id, seed));",
          "smallest = Math.min(smallest, ...ids.map((id) => mixHash(id, seed)));",
        ],
      ],
      message:
        "Math.min(...ids) fails for long lists: a call takes so many arguments and no more. " +
        "Write a loop.",
    },
    {
      edits: [["let smallest = 2 ** 32;", "let smallest = 2 ** 32 - 1;"]],
      message:
        "Of an empty set you give 2³² − 1, which may be an id's hash. Give 2³², above every hash.",
    },
  ],
  tolerance: { rtol: 0, atol: 0, reason: "hashes are whole numbers, of which every one counts" },
};
export default exercise;
