/** spearman: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";

const numbers = (random: Random, n: number) => Array.from({ length: n }, () => random.next());
const whole = (random: Random, n: number, below: number) =>
  Array.from({ length: n }, () => random.int(0, below - 1));

const both = (random: Random, n: number) => [numbers(random, n), numbers(random, n)];

const exercise: Exercise = {
  cases: (random) => {
    const x = numbers(random, 15);
    const noisy = x.map((v) => v + random.next());
    return [
      { group: "values", title: "two lists agree in part", args: [x, noisy] },
      { group: "values", title: "one falls as the other rises", args: [x, noisy.map((v) => -v)] },
      { group: "values", title: "one list is squeezed", args: [x, noisy.map((v) => v ** 5)] },
      {
        group: "values",
        title: "both have ties",
        args: [whole(random, 20, 4), whole(random, 20, 3)],
      },
      {
        group: "values",
        title: "values are whole numbers from 0 to 200",
        args: [whole(random, 12, 200), numbers(random, 12)],
      },
      {
        group: "property",
        title: "all values of the second list are equal",
        args: [numbers(random, 5), [3, 3, 3, 3, 3]],
      },
      {
        group: "property",
        title: "two values are minus infinity",
        args: [
          [-Infinity, 2, -Infinity, 7],
          [1, 5, 0, Infinity],
        ],
      },
      { group: "shapes", title: "there are two values", args: [numbers(random, 2), [0, 1]] },
      {
        group: "errors",
        title: "the lists differ in length",
        args: [
          [1, 2],
          [1, 2, 3],
        ],
        throws: "b",
      },
      {
        group: "errors",
        title: "a value is NaN",
        args: [
          [1, 2],
          [NaN, 3],
        ],
        throws: "b",
      },
      { group: "errors", title: "there is one value", args: [[1], [2]], throws: "a" },
      {
        group: "property",
        title: "two values of one list are infinite",
        args: [[...numbers(random, 10), Infinity, Infinity], numbers(random, 12)],
      },
      { group: "shapes", title: "another number of values", args: both(random, random.int(8, 30)) },
    ];
  },
  mutants: [
    {
      edits: [
        [
          "const center = (values.length + 1) / 2;",
          "const center = values.reduce((x, y) => x + y) / values.length;",
        ],
        ["(start + 1 + end) / 2 - center;", "values[i]! - center;"],
      ],
      message: "This is Pearson's correlation of the values. Take it of their ranks.",
    },
    {
      edits: [["(start + 1 + end) / 2 - center;", "order.indexOf(i) + 1 - center;"]],
      message:
        "Equal values get different ranks, in the order in which they stand. " +
        "They share the mean of the ranks that they fill.",
    },
    {
      edits: [
        ["(start + 1 + end) / 2 - center;", "start + 1;"],
        ["const center = (values.length + 1) / 2;", ""],
        [
          "return ranks;",
          "const mean = ranks.reduce((x, y) => x + y) / ranks.length;\n  return ranks.map((rank) => rank - mean);",
        ],
      ],
      message:
        "Equal values all get the lowest of their ranks. They share the mean of those ranks.",
    },
    {
      edits: [
        [
          "return spread === 0 ? 0 : product(r, s) / Math.sqrt(spread);",
          `const N = a.length;
  const gaps = r.reduce((sum, rank, i) => sum + (rank - s[i]!) ** 2, 0);
  return spread === 0 ? 0 : 1 - (6 * gaps) / (N * (N * N - 1));`,
        ],
      ],
      message:
        "1 − 6 Σ d² / (N (N² − 1)) is right without ties. With them, take Pearson's correlation " +
        "of the ranks.",
    },
    {
      edits: [
        [
          "return spread === 0 ? 0 : product(r, s) / Math.sqrt(spread);",
          "return product(r, s) / Math.sqrt(spread);",
        ],
      ],
      message:
        "Where all values of a list are equal, you divide by zero. The correlation is 0 there.",
    },
    {
      edits: [
        [
          "sort((i, j) => values[i]! - values[j]!)",
          "sort((i, j) => (String(values[i]) < String(values[j]) ? -1 : 1))",
        ],
      ],
      message:
        "You sort numbers as texts, so 100 comes before 9. Give sort a function that compares numbers.",
    },
  ],
};
export default exercise;
