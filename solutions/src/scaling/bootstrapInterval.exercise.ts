/** bootstrapInterval: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";

const MEAN = { $function: "(s) => s.reduce((a, b) => a + b, 0) / s.length" };
const MEDIAN = {
  $function: "(s) => [...s].sort((a, b) => a - b)[Math.floor(s.length / 2)]",
};
/** The slope through pairs; NaN where all x are equal. */
const SLOPE = {
  $function: `(s) => {
    const x = s.reduce((sum, p) => sum + p[0], 0) / s.length;
    const y = s.reduce((sum, p) => sum + p[1], 0) / s.length;
    const xy = s.reduce((sum, p) => sum + (p[0] - x) * (p[1] - y), 0);
    return xy / s.reduce((sum, p) => sum + (p[0] - x) ** 2, 0);
  }`,
};
/** −∞ for a first item of 0, ∞ for a last one of 0, NaN for one of −1. */
const LOG_RATIO = { $function: "(s) => Math.log(s[0]) - Math.log(s[s.length - 1])" };

const rows = (random: Random, count: number, n: number): number[][] =>
  Array.from({ length: count }, () => Array.from({ length: n }, () => random.next()));

const NOT_FINITE =
  "Samples without a finite statistic stay among the results, or count in R. Leave them out first.";

const exercise: Exercise = {
  cases: (random) => {
    const data = Array.from({ length: 8 }, () => 3 + 12 * random.next() ** 3);
    const pairs = Array.from({ length: 5 }, (_, i) => [i, 2 * i + random.next()]);
    const three = [0, 1, 5].map((x) => [x, x + random.next()]);
    return [
      { group: "values", title: "the mean", args: [data, MEAN, rows(random, 40, 8)] },
      { group: "values", title: "the median", args: [data, MEDIAN, rows(random, 30, 8)] },
      { group: "values", title: "level 0.8", args: [data, MEAN, rows(random, 25, 8), 0.8] },
      { group: "values", title: "level 0.5", args: [data, MEAN, rows(random, 12, 8), 0.5] },
      { group: "values", title: "a slope of pairs", args: [pairs, SLOPE, rows(random, 30, 5)] },
      {
        group: "values",
        title: "samples without a slope are left out",
        args: [
          three,
          SLOPE,
          [[0.1, 0.2, 0.3], ...rows(random, 20, 3), [0.7, 0.8, 0.9], [0.4, 0.5, 0.6]],
          0.6,
        ],
      },
      {
        group: "values",
        title: "samples with a statistic of ∞ or −∞ are left out",
        args: [[-1, 0, 2, 3, 5], LOG_RATIO, rows(random, 40, 5), 0.6],
      },
      {
        group: "values",
        title: "half of the statistics are 0",
        args: [
          [0, 5],
          { $function: "(s) => s[0]" },
          [
            [0.1, 0.9],
            [0.6, 0.2],
            [0.3, 0.4],
            [0.8, 0.7],
          ],
          0.5,
        ],
      },
      {
        group: "values",
        title: "the statistic is that of the first and the last item",
        args: [data, { $function: "(s) => s[0] - 2 * s[s.length - 1]" }, rows(random, 30, 8), 0.7],
      },
      {
        group: "values",
        title: "some numbers of uniforms are close to 1",
        args: [
          [10, 20, 30],
          MEAN,
          [
            [0.999, 0.99, 0.9999],
            [0.4, 0.2, 0.97],
            [0.6, 0.66, 0.1],
          ],
        ],
      },
      {
        group: "values",
        title: "statistics are negative, and of several digits",
        args: [[-100, -9, 2, 11, 300], MEAN, rows(random, 50, 5), 0.9],
      },
      { group: "shapes", title: "one sample", args: [data, MEAN, rows(random, 1, 8)] },
      { group: "shapes", title: "one item", args: [[7], MEAN, rows(random, 6, 1)] },
      { group: "errors", title: "no data", args: [[], MEAN, [[]]], throws: "data" },
      {
        group: "errors",
        title: "a row is too short",
        args: [[1, 2, 3], MEAN, [[0.1, 0.2]]],
        throws: "uniforms",
      },
      {
        group: "errors",
        title: "no sample has a statistic",
        args: [[1, 2], { $function: "() => NaN" }, rows(random, 3, 2)],
        throws: "statistic",
      },
      {
        group: "errors",
        title: "the level is 1",
        args: [[1, 2], MEAN, rows(random, 3, 2), 1],
        throws: "level",
      },
    ];
  },
  mutants: [
    {
      edits: [[".filter(Number.isFinite)", ".filter((x) => Number.isFinite(x) && x !== 0)"]],
      message: "Samples whose statistic is 0 are left out. A 0 is finite and counts.",
    },
    {
      edits: [
        [
          "quantile((1 - level) / 2), high: quantile((1 + level) / 2)",
          "quantile(1 - level), high: quantile(level)",
        ],
      ],
      message: "You cut off 1 − level on each side. Cut off half of it on each.",
    },
    {
      edits: [["low + (position - below) * (high - low)", "(position - below < 0.5 ? low : high)"]],
      message:
        "You take the nearest of the sorted numbers. Between two of them, the quantile lies on " +
        "the straight line.",
    },
    {
      edits: [["low + (position - below) * (high - low)", "low"]],
      message:
        "You take the sorted number below. Between two of them, the quantile lies on the " +
        "straight line.",
    },
    {
      edits: [
        ["q * (statistics.length - 1)", "Math.min(q * statistics.length, statistics.length - 1)"],
      ],
      message: "The quantile q stands at position q·(R − 1) of the sorted numbers, from 0 on.",
    },
    {
      edits: [["Math.floor(n * u)", "Math.min(n - 1, Math.round(n * u))"]],
      message: "You round n·u, so the first item is drawn half as often. Take its floor.",
    },
    {
      edits: [[".sort((a, b) => a - b)", ".sort()"]],
      message: "Without a comparison, JavaScript sorts numbers as texts: 10 comes before 9.",
    },
    {
      edits: [
        [
          "\n    .filter(Number.isFinite)",
          "\n    .map((value) => (Number.isFinite(value) ? value : 0))",
        ],
      ],
      message: "A sample without a finite statistic counts as 0. Leave it out.",
    },
    {
      edits: [
        [
          "statistic(row.map((u) => data[Math.floor(n * u)]!))",
          "statistic(row.map((u, i) => ({ u, i })).sort((a, b) => a.u - b.u).map(({ i }) => data[i]!))",
        ],
      ],
      message: "You shuffle the data. Draw with replacement: item ⌊n·u⌋, whichever came before.",
    },
    {
      edits: [["\n    .filter(Number.isFinite)", ""]],
      message: NOT_FINITE,
    },
    {
      edits: [
        ["const statistics = uniforms", "const statistics = [...Float64Array.from(uniforms"],
        ["\n    .filter(Number.isFinite)\n    .sort((a, b) => a - b);", ").sort()];"],
      ],
      message: NOT_FINITE,
    },
    {
      edits: [["q * (statistics.length - 1)", "q * (uniforms.length - 1)"]],
      message: NOT_FINITE,
    },
    {
      edits: [[".filter(Number.isFinite)", ".filter((value) => !Number.isNaN(value))"]],
      message: "Infinite statistics stay. Leave out every sample whose statistic isn't finite.",
    },
    {
      edits: [[".filter(Number.isFinite)", ".filter((value) => value < Infinity)"]],
      message: "A statistic of −∞ stays. Leave out every sample whose statistic isn't finite.",
    },
    {
      edits: [["statistic(row.map((u)", "statistic([...row].sort().map((u)"]],
      message: "You sort the uniforms. A sample's item i belongs to number i of its row.",
    },
  ],
};
export default exercise;
