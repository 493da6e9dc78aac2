/** bigBirdBlocks: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const n = random.int(8, 10);
    const row = (n: number) => Array.from({ length: n }, () => random.next());
    const uniform = (n: number) => Array.from({ length: n }, () => row(n));
    return [
      {
        group: "values",
        title: "window, globals and chance come together",
        args: [4 * n, { block: 4, window: 3, globals: 1, random: 2, uniform: uniform(n) }],
      },
      {
        group: "values",
        title: "there is a window only",
        args: [2 * n, { block: 2, window: 5, globals: 0, random: 0, uniform: uniform(n) }],
      },
      {
        group: "values",
        title: "there are globals only",
        args: [n, { block: 1, window: 1, globals: 2, random: 0, uniform: uniform(n) }],
      },
      {
        group: "values",
        title: "there is chance only",
        args: [3 * n, { block: 3, window: 1, globals: 0, random: 3, uniform: uniform(n) }],
      },
      {
        group: "shapes",
        title: "there is one block",
        args: [4, { block: 4, window: 1, globals: 0, random: 1, uniform: uniform(1) }],
      },
      {
        group: "property",
        title: "more blocks are drawn than are left",
        args: [5, { block: 1, window: 3, globals: 1, random: 7, uniform: uniform(5) }],
      },
      {
        group: "errors",
        title: "the window is even",
        args: [2 * n, { block: 2, window: 2, globals: 1, random: 1, uniform: uniform(n) }],
        throws: "window",
      },
      {
        group: "errors",
        title: "block doesn't divide the length",
        args: [2 * n + 1, { block: 2, window: 3, globals: 1, random: 1, uniform: uniform(n) }],
        throws: "block",
      },
      {
        group: "values",
        title: "all numbers are 0, so that ties decide",
        args: [
          6,
          {
            block: 1,
            window: 1,
            globals: 1,
            random: 2,
            uniform: Array.from({ length: 6 }, () => Array<number>(6).fill(0)),
          },
        ],
      },
      {
        group: "shapes",
        title: "there are more blocks",
        args: [n + 5, { block: 1, window: 3, globals: 1, random: 2, uniform: uniform(n + 5) }],
      },
      {
        group: "property",
        title: "nearly all blocks that are left are drawn",
        args: [20, { block: 2, window: 3, globals: 2, random: 4, uniform: uniform(10) }],
      },
    ];
  },
  mutants: [
    {
      edits: [["<= (window - 1) / 2", "< window"]],
      message: "The window is too wide. It counts all its blocks, (window − 1)/2 on each side.",
    },
    {
      edits: [["i < globals || j < globals", "j < globals"]],
      message: "All blocks see the globals, but the globals don't see all. Their rows are full.",
    },
    {
      edits: [["i < globals || j < globals", "i < globals"]],
      message: "The globals see all blocks, but not all see the globals. Their columns are full.",
    },
    {
      edits: [["chances[b]! - chances[a]!", "chances[a]! - chances[b]!"]],
      message: "You take the lowest numbers. A row takes its highest.",
    },
    {
      edits: [[".filter((j) => !chosen[j])", ""]],
      message:
        "You draw blocks that are already chosen, so rows have too few. " + "Draw from the others.",
    },
    {
      edits: [["Math.abs(i - j) <= (window - 1) / 2", "i - j >= 0 && i - j < window"]],
      message:
        "The window only looks back. " +
        "Its middle is the block itself, with (window − 1)/2 blocks on each side.",
    },
    {
      edits: [
        [
          "uniform.map((chances, i) => {",
          `uniform.map((_, i) => {
             const chances = uniform.map((row) => row[i]!);`,
        ],
      ],
      message: "You read the chances by columns. Row i takes the highest numbers of uniform[i].",
    },
    {
      edits: [["others.sort((a, b) => chances[b]! - chances[a]!)", "others"]],
      message:
        "You take the first blocks, whatever their numbers. " +
        "A row takes those with the highest.",
    },
    {
      edits: [["<= (window - 1) / 2", "<= window"]],
      message: "The window is too wide. It counts all its blocks, (window − 1)/2 on each side.",
    },
    {
      edits: [["<= (window - 1) / 2", "< (window - 1) / 2"]],
      message:
        "The window is too narrow. " +
        "It has (window − 1)/2 blocks on each side: |i − j| ≤ (window − 1)/2.",
    },
    {
      edits: [["i < globals || j < globals", "i <= globals || j <= globals"]],
      message:
        "There is one global block too many. " +
        "Blocks count from 0, so the globals are those below `globals`.",
    },
    {
      edits: [["chances[b]! - chances[a]!", "chances[b]! - chances[a]! || b - a"]],
      message: "On ties, the higher block wins. Ties go to the lower one.",
    },
    {
      edits: [["yes || lucky.includes(j) ? 1 : 0", "yes || lucky.length < 0 ? 1 : 0"]],
      message:
        "The random blocks are missing. " +
        "Each row takes `random` more, those with its highest numbers.",
    },
    {
      edits: [
        ["(yes || lucky.includes(j) ? 1 : 0)", "(yes || lucky.includes(j)) as unknown as number"],
      ],
      message: "The entries are true and false. Return the numbers 1 and 0.",
    },
    {
      edits: [[".slice(0, random)", ".slice(0, random + 1)"]],
      message: "There is one random block too many in each row. Take `random` of them.",
    },
  ],
};
export default exercise;
