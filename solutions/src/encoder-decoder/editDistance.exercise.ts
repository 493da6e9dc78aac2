/** editDistance: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { EXACT } from "../shared/exact";

const exercise: Exercise = {
  cases: (random) => {
    const letters = (length: number) =>
      Array.from({ length }, () => random.pick(["a", "b", "c", "d"]));
    /** A row, and the same without some of its tokens. */
    const leftOut = (row: string[], share: number) => [
      row,
      row.filter(() => random.next() > share),
    ];
    const someIds = (length: number) => Array.from({ length }, () => random.int(0, 300));
    return [
      { group: "values", title: "kitten becomes sitting", args: [[..."kitten"], [..."sitting"]] },
      { group: "values", title: "two rows of letters", args: [letters(12), letters(9)] },
      {
        group: "values",
        title: "two rows of ids",
        args: [
          Array.from({ length: 8 }, () => random.int(0, 3)),
          Array.from({ length: 11 }, () => random.int(0, 3)),
        ],
      },
      {
        group: "values",
        title: "the first token is missing",
        args: [
          ["TH", "IH1", "NG", "K"],
          ["IH1", "NG", "K"],
        ],
      },
      { group: "property", title: "both are the same", args: [[..."same"], [..."same"]] },
      { group: "property", title: "they have nothing in common", args: [[..."aaaa"], [..."bbb"]] },
      { group: "shapes", title: "the first is empty", args: [[], ["a", "b"]] },
      { group: "shapes", title: "both are empty", args: [[], []] },
      {
        group: "values",
        title: "tokens differ in case, in white space, or in being a number",
        args: [
          ["a", "b", "c ", 1, 2],
          ["A", "b", "c", "1", 2],
        ],
      },
      {
        group: "values",
        title: "one token turns into 70,000",
        args: [[5], Array.from({ length: 70_000 }, (_, i) => i % 5)],
      },
      {
        group: "values",
        title: "three hundred tokens turn into two",
        args: [Array<string>(300).fill("a"), ["b", "a"]],
      },
      {
        group: "values",
        title: "two long rows of letters",
        args: [letters(random.int(50, 500)), letters(random.int(50, 500))],
      },
      {
        group: "property",
        title: "two long rows have nothing in common",
        args: [
          Array<string>(random.int(1, 500)).fill("a"),
          Array<string>(random.int(1, 500)).fill("b"),
        ],
      },
      {
        group: "property",
        title: "tokens are left out",
        args: leftOut(letters(random.int(20, 400)), random.next()),
      },
      {
        group: "shapes",
        title: "the second has one token, which the first has, too",
        args: [[7, ...someIds(random.int(2, 500))], [7]],
      },
      {
        group: "shapes",
        title: "the second has one token, which the first lacks",
        args: [someIds(random.int(2, 500)), [-1]],
      },
    ];
  },
  mutants: [
    {
      edits: [["return row[b.length]!;", "return row[b.length]! % 65_536;"]],
      message: "Your table holds 16-bit numbers, which end at 65,535. A distance may be larger.",
    },
    {
      edits: [["token === other ? 0 : 1", "token === other ? 0 : 2"]],
      message: "A replacement costs two, or is missing. It is one edit.",
    },
    {
      edits: [["next[j]! + 1, row[j + 1]! + 1, replaced", "replaced, row[j + 1]! + 1"]],
      message: "Nothing can be inserted: the third way into a cell comes from its left neighbor.",
    },
    {
      edits: [["const next = [i + 1];", "const next = [0];"]],
      message:
        "The first column is zero, so tokens at the beginning of a are deleted for free. " +
        "Going from i tokens to none takes i deletions.",
    },
    {
      edits: [["row[j]! + (token === other ? 0 : 1)", "row[j]! + 1"]],
      message:
        "A token that is already right costs an edit. " +
        "If both are the same, the diagonal is free.",
    },
    {
      edits: [["(_, j) => j);", "() => 0);"]],
      message:
        "The first row is zero, so tokens at the beginning of b are inserted for free. " +
        "Going from none to j tokens takes j insertions.",
    },
    {
      edits: [["row[j + 1]! + 1, ", ""]],
      message: "Nothing can be deleted: the third way into a cell comes from above.",
    },
    {
      edits: [
        [
          "let row = Array.from",
          `const wrong = a.filter((token, i) => i < b.length && token !== b[i]).length;
           if (a.length >= 0) return wrong + Math.abs(a.length - b.length);
           let row = Array.from`,
        ],
      ],
      message:
        "Tokens are compared place by place. " +
        "One insertion at the beginning moves everything: fill the table.",
    },
    {
      edits: [["return row[b.length]!;", "return row[b.length]! / Math.max(1, b.length);"]],
      message:
        "You divide by the length of b. That is an error rate; the edit distance is the number of edits.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
