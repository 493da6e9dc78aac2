/** sharedCuts: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";

const lengths = (random: Random, n: number, most: number) =>
  Array.from({ length: n }, () => random.int(1, most));

/** Drawn tokens, and the same text with some of them joined to the one before. */
function joined(random: Random) {
  const first = lengths(random, random.int(60, 150), 4);
  const second: number[] = [];
  for (const length of first) {
    if (second.length > 0 && random.next() < 0.3) second.push(second.pop()! + length);
    else second.push(length);
  }
  return [first, second];
}

const exercise: Exercise = {
  cases: (random) => {
    const some = lengths(random, 12, 5);
    return [
      {
        group: "values",
        title: "two readings of one text",
        args: [lengths(random, 20, 4), lengths(random, 20, 4)],
      },
      {
        group: "values",
        title: "the second begins later",
        args: [lengths(random, 24, 4), lengths(random, 20, 4), 5],
      },
      {
        group: "values",
        title: "the first ends earlier",
        args: [lengths(random, 10, 3), lengths(random, 20, 3), 2],
      },
      {
        group: "values",
        title: "words of three, shifted by three",
        args: [[3, 3, 3, 3, 3], [3, 3, 3, 3], 3],
      },
      {
        group: "values",
        title: "words of three, shifted by one",
        args: [[3, 3, 3, 3, 3], [3, 3, 3, 3, 2], 1],
      },
      {
        group: "values",
        title: "only the second has small tokens",
        args: [
          [5, 5, 5],
          [1, 1, 1, 2, 2, 3, 5],
        ],
      },
      { group: "property", title: "a reading with itself", args: [some, some] },
      { group: "shapes", title: "neither cuts", args: [[8], [6], 2] },
      { group: "shapes", title: "there is no text", args: [[], []] },
      { group: "errors", title: "a token has no length", args: [[2, 0, 1], [3]], throws: "first" },
      { group: "errors", title: "the shift is negative", args: [[3], [3], -1], throws: "shift" },
      {
        group: "values",
        title: "the second reading begins nine units later",
        args: [[4, 5, 2, 3, 4, 2], [2, 3, 3, 2], 9],
      },
      {
        group: "property",
        title: "one reading cuts nothing",
        args: [some, [some.reduce((a, b) => a + b)]],
      },
      {
        group: "values",
        title: "two long readings",
        args: [lengths(random, 200, 6), lengths(random, 200, 5), random.int(0, 9)],
      },
      {
        group: "property",
        title: "one reading joins some tokens of the other",
        args: joined(random),
      },
      {
        group: "shapes",
        title: "the second reading is much shorter",
        args: [lengths(random, 150, 4), lengths(random, 60, 4), random.int(0, 40)],
      },
    ];
  },
  mutants: [
    {
      edits: [["ends(second, shift)", "ends(second, 0)"]],
      message:
        "The second reading's cuts are counted from its own start. " +
        "Add the shift, so both refer to the same places.",
    },
    {
      edits: [["cut > shift && cut < end", "cut > shift && cut <= end"]],
      message:
        "The end of what was read counts as a cut. " +
        "Every reading ends there; only cuts inside are informative.",
    },
    {
      edits: [["cut > shift && cut < end", "cut < end"]],
      message:
        "Cuts from before the second reading count against it. " +
        "Look only at what both have read.",
    },
    {
      edits: [["cutsA.size + cutsB.length - shared", "cutsA.size + cutsB.length"]],
      message:
        "Shared cuts are counted twice in the denominator. " +
        "Count each cut that either makes once.",
    },
    {
      edits: [["cutsA.size + cutsB.length - shared", "cutsB.length"]],
      message:
        "You divide by the second reading's cuts only, " +
        "so one that cuts nowhere else looks perfect. Divide by the cuts that either makes.",
    },
    {
      edits: [["either === 0 ? 1 : shared / either", "shared / either"]],
      message: "This is 0 / 0. If neither cuts, they agree, and the share is 1.",
    },
    {
      edits: [["shared / either", "2 * shared / (cutsA.size + cutsB.length)"]],
      message:
        "You divide the shared cuts by the mean number of cuts. " +
        "Divide by the cuts that either makes, each counted once.",
    },
    {
      edits: [["cutsA.size + cutsB.length - shared", "cutsA.size"]],
      message:
        "You divide by the first reading's cuts only, so cuts that the second makes elsewhere " +
        "don't count. Divide by the cuts that either makes.",
    },
    {
      edits: [["cut > shift", "cut >= shift"]],
      message:
        "A cut of the first reading where the second begins counts. Every reading begins at a " +
        "cut: only cuts inside, above `shift`, count.",
    },
    {
      edits: [["either === 0 ? 1", "either === 0 ? 0"]],
      message: "The share is 0 if neither cuts. They agree then: it is 1.",
    },
    {
      edits: [
        [
          "return lengths.map((n) => (at += n));",
          "return [start, ...lengths.map((n) => (at += n))];",
        ],
        ["cut > shift", "cut >= shift"],
      ],
      message:
        "The start of the second reading counts as a cut. Every reading begins at one; only " +
        "cuts inside are informative.",
    },
    {
      edits: [["cutsA.size + cutsB.length - shared", "Math.min(cutsA.size, cutsB.length)"]],
      message:
        "You divide by the smaller number of cuts. Divide by the cuts that either makes, each " +
        "counted once.",
    },
    {
      edits: [["cutsA.size + cutsB.length - shared", "Math.max(cutsA.size, cutsB.length)"]],
      message:
        "You divide by the larger number of cuts. Divide by the cuts that either makes, each " +
        "counted once.",
    },
    {
      edits: [
        ["return lengths.map((n) => (at += n));", "return lengths.map((n) => n + (at *= 1));"],
      ],
      message: "Lengths of tokens are compared. Add them up: a cut is a place in the sequence.",
    },
  ],
};
export default exercise;
