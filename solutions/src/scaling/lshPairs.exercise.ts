/** lshPairs: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";

const draw = (random: Random, count: number, K: number, below: number): number[][] =>
  Array.from({ length: count }, () => Array.from({ length: K }, () => random.int(0, below - 1)));

/** Gives all bands one Map of buckets, in any of the ways in which that is written. */
const ONE_MAP: [from: string, to: string] = [
  "const found = signatures.map(() => new Set<number>());",
  `const found = signatures.map(() => new Set<number>());
           const shared = new Map<string, number[]>();`,
];
const SHARED_BUCKETS =
  "All bands share their buckets. A band of one text agrees only with the same band.";

const exercise: Exercise = {
  cases: (random) => {
    const many = draw(random, 10, 6, 2);
    const some = draw(random, 8, 8, 3);
    const one = draw(random, 1, 4, 1000)[0]!;
    return [
      { group: "values", title: "three bands of two", args: [many, 3] },
      { group: "values", title: "two bands of three", args: [many, 2] },
      {
        group: "values",
        title: "one band: all entries must agree",
        args: [[...many, many[2]!], 1],
      },
      { group: "values", title: "as many bands as entries", args: [some, 8] },
      { group: "values", title: "a threshold", args: [some, 4, 0.5] },
      { group: "values", title: "the threshold is 0", args: [some, 4, 0] },
      {
        group: "values",
        title: "pairs that agree in exactly the share of the threshold",
        args: [
          [
            [1, 2, 3, 4],
            [1, 2, 8, 9],
            [7, 7, 3, 4],
            [1, 2, 3, 5],
          ],
          2,
          0.5,
        ],
      },
      {
        group: "values",
        title: "a band of one text is another band of the other",
        args: [
          [
            [1, 2, 3, 4],
            [3, 4, 1, 2],
            [5, 6, 3, 4],
          ],
          2,
        ],
      },
      {
        group: "values",
        title: "the threshold lies between two shares",
        args: [[...some, ...some.map((row) => row.map((entry, k) => (k < 6 ? entry : 9)))], 4, 0.8],
      },
      {
        group: "values",
        title: "two empty sets, and a text whose entries are 0",
        args: [
          [
            [2 ** 32, 2 ** 32],
            [0, 0],
            [2 ** 32, 2 ** 32],
          ],
          1,
        ],
      },
      {
        group: "values",
        title: "digits that run together",
        args: [
          [
            [1, 23, 4, 5],
            [12, 3, 45, 6],
            [1, 23, 7, 8],
          ],
          2,
        ],
      },
      { group: "property", title: "five copies", args: [Array.from({ length: 5 }, () => one), 2] },
      { group: "shapes", title: "no text", args: [[], 4] },
      { group: "shapes", title: "one text", args: [[one], 4] },
      { group: "shapes", title: "a text twice", args: [[one, one], 4] },
      { group: "errors", title: "bands don't divide", args: [some, 3], throws: "bands" },
      { group: "errors", title: "lengths differ", args: [[one, [1, 2]], 2], throws: "signatures" },
      {
        group: "property",
        title: "two copies stand among others",
        args: [[...draw(random, 7, 4, 3), one, ...draw(random, 5, 4, 3), one], 2],
      },
      {
        group: "shapes",
        title: "another number of texts",
        args: [draw(random, random.int(5, 12), 6, 2), 3],
      },
    ];
  },
  mutants: [
    {
      edits: [
        ONE_MAP,
        ["const buckets = new Map<string, number[]>();", "const buckets = shared;"],
        [
          "for (const i of bucket) found[i]!.add(j);",
          "for (const i of bucket) if (i !== j) found[Math.min(i, j)]!.add(Math.max(i, j));",
        ],
      ],
      message: SHARED_BUCKETS,
    },
    {
      edits: [['.join(" ")', '.join("")']],
      message: "Keys of digits run together: 1, 23 and 12, 3. Put a sign between the numbers.",
    },
    {
      edits: [["for (const i of bucket)", "for (const i of bucket.slice(-1))"]],
      message: "You pair a text with the last one of its bucket. Pair it with all in there.",
    },
    {
      edits: [[">= threshold", "> threshold"]],
      message: "A pair that agrees in exactly the share of the threshold stays.",
    },
    {
      edits: [["\n      .filter((j) => share(signatures[i]!, signatures[j]!) >= threshold)", ""]],
      message: "The threshold isn't used: a pair stays if that share of its entries agrees.",
    },
    {
      edits: [
        [
          "signature.slice(band * rows, (band + 1) * rows)",
          "signature.filter((_, k) => k % bands === band)",
        ],
      ],
      message: "Your bands take every so-many-th entry. A band is r entries that stand together.",
    },
    {
      edits: [
        ["signature.slice(band * rows, (band + 1) * rows)", "signature.slice(band, band + rows)"],
      ],
      message: "Your bands overlap. Band b begins at entry b·r.",
    },
    {
      edits: [
        ["const rows = K / bands;", "const rows = bands;"],
        ["let band = 0; band < bands;", "let band = 0; band < K / bands;"],
      ],
      message: "You take `bands` for the length of a band. It is how many there are.",
    },
    {
      edits: [["\n      .sort((a, b) => a - b)", ""]],
      message: "Pairs come in the order in which they were found. Order them by i and then by j.",
    },
    {
      edits: [ONE_MAP, ["const buckets = new Map<string, number[]>();", "const buckets = shared;"]],
      message: SHARED_BUCKETS,
    },
    {
      edits: [["bucket.push(j);", "if (bucket.length === 0) bucket.push(j);"]],
      message:
        "You pair each text with the first one of its bucket only. All texts of a bucket are pairs.",
    },
    {
      edits: [[".sort((a, b) => a - b)", ".sort()"]],
      message: "Positions are ordered as texts, 10 before 2. Compare them as numbers.",
    },
    {
      edits: [
        ONE_MAP,
        ["const buckets = new Map<string, number[]>();", "const buckets = shared;"],
        ["found[i]!.add(j);", "if (i < j) found[i]!.add(j);"],
      ],
      message: SHARED_BUCKETS,
    },
    {
      edits: [
        [
          "share(signatures[i]!, signatures[j]!) >= threshold",
          "share(signatures[i]!, signatures[j]!) * K >= Math.floor(threshold * K)",
        ],
      ],
      message: "The threshold is rounded down. A share below it isn't enough.",
    },
    {
      edits: [
        ONE_MAP,
        [
          `for (let band = 0; band < bands; band++) {
    const buckets = new Map<string, number[]>();
    for (const [j, signature] of signatures.entries()) {`,
          `for (const [j, signature] of signatures.entries()) {
    const buckets = shared;
    for (let band = 0; band < bands; band++) {`,
        ],
      ],
      message: SHARED_BUCKETS,
    },
    {
      edits: [
        [
          ".slice(band * rows, (band + 1) * rows).join",
          ".slice(band * rows, (band + 1) * rows).map((entry) => entry | 0).join",
        ],
      ],
      message: "Operators such as | cut numbers to 32 bits: an empty set's 2³² becomes 0.",
    },
  ],
};
export default exercise;
