/** pagedAttention: its cases and its typical mistakes. */
import type { Exercise, Random, TensorData } from "grader";

/** N pages of S tokens, G groups of width D. */
const drawn = (random: Random, N: number, S: number, G: number, D: number) => ({
  k: random.normal([N, S, G, D]),
  v: random.normal([N, S, G, D]),
});

/** The same pages, with NaN from a row of one page on. */
function spoiled(pages: { k: TensorData; v: TensorData }, page: number, row: number) {
  const [, S, G, D] = pages.k.shape as [number, number, number, number];
  for (const { data } of [pages.k, pages.v]) {
    data.fill(NaN, (page * S + row) * G * D, (page + 1) * S * G * D);
  }
  return pages;
}

const exercise: Exercise = {
  cases: (random) => {
    const six = drawn(random, 6, 4, 2, 5);
    return [
      {
        group: "values",
        title: "three texts of different lengths",
        args: [random.normal([3, 2, 5]), six, [[3, 1], [5], [4, 0, 2]], [6, 3, 11]],
      },
      {
        group: "values",
        title: "four heads share two groups",
        args: [
          random.normal([2, 4, 5]),
          six,
          [
            [5, 2],
            [1, 4],
          ],
          [7, 5],
        ],
      },
      {
        group: "values",
        title: "a table has more pages than its text needs",
        args: [
          random.normal([2, 2, 5]),
          six,
          [
            [2, 5, 1],
            [4, 3, 0],
          ],
          [3, 9],
        ],
      },
      {
        group: "values",
        title: "a page ends with the text",
        args: [
          random.normal([2, 2, 5]),
          six,
          [
            [1, 5],
            [0, 3],
          ],
          [8, 4],
        ],
      },
      {
        group: "property",
        title: "two texts share a page",
        args: [
          random.normal([2, 2, 5]),
          six,
          [
            [4, 1],
            [4, 2],
          ],
          [6, 7],
        ],
      },
      {
        group: "property",
        title: "rows past a text's end are NaN",
        args: [
          random.normal([2, 2, 4]),
          spoiled(spoiled(spoiled(drawn(random, 4, 3, 2, 4), 3, 1), 1, 2), 0, 0),
          [
            [2, 3],
            [1, 0],
          ],
          [4, 2],
        ],
      },
      {
        group: "shapes",
        title: "there is one text of one token",
        args: [random.normal([1, 3, 4]), drawn(random, 2, 3, 3, 4), [[1]], [1]],
      },
      {
        group: "shapes",
        title: "pages hold one token each",
        args: [
          random.normal([2, 2, 4]),
          drawn(random, 6, 1, 1, 4),
          [
            [5, 0, 3],
            [2, 1],
          ],
          [3, 2],
        ],
      },
      {
        group: "gradient",
        title: "q, k and v are differentiated",
        args: [random.normal([2, 2, 4]), drawn(random, 2, 2, 2, 4), [[1, 0], [0]], [3, 2]],
        wrt: ["0", "1.k", "1.v"],
      },
      {
        group: "errors",
        title: "a table is too short for its text",
        args: [random.normal([1, 2, 5]), six, [[3]], [5]],
        throws: "tables[0]",
      },
    ];
  },
  mutants: [
    {
      edits: [[".less(ends).reshape([B, 1, 1, T])", ".less(ends.add(T)).reshape([B, 1, 1, T])"]],
      message:
        "Shorter texts attend past their end. Mask the keys from lengths[b] on, for each text its " +
        "own.",
    },
    {
      edits: [
        [
          "const t = Math.min(place, lengths[b]! - 1); // past the end, the last token once more",
          "const t = Math.min(place, table.length * S - 1);",
        ],
      ],
      message:
        "Rows past a text's end are read. A weight of 0 doesn't help where they hold NaN, since " +
        "0·NaN is NaN: gather a row of the text in their place.",
    },
    {
      edits: [
        ["table[Math.floor(t / S)]! * S + (t % S)", "Math.min(t, N * S - 1) + 0 * table.length"],
      ],
      message: "The tables aren't used: token t of a text stands in page tables[b][⌊t/S⌋].",
    },
    {
      edits: [["table[Math.floor(t / S)]! * S + (t % S)", "table[0]! * S + (t % S)"]],
      message: "All tokens are read from the text's first page. Token t is in its page ⌊t/S⌋.",
    },
    {
      edits: [
        [
          "const rows = tables.map((table, b) =>",
          "const rows = tables.map(() => tables[0]!).map((table, b) =>",
        ],
        [
          "const t = Math.min(place, lengths[b]! - 1);",
          "const t = Math.min(place, lengths[0]! - 1, lengths[b]! - 1);",
        ],
      ],
      message: "All texts read the first one's pages. Each text has a table of its own.",
    },
    {
      edits: [
        [
          "const ends = tf.tensor(lengths, [B, 1]",
          "const ends = tf.tensor(lengths.map(() => lengths[0]!), [B, 1]",
        ],
      ],
      message: "The mask of all texts ends where the first one does. Each text has its own length.",
    },
    {
      edits: [[".less(ends)", ".lessEqual(ends)"]],
      message: "One key too many counts: tokens 0 to lengths[b] − 1 are there.",
    },
    {
      edits: [
        [
          'tf.range(0, T, 1, "int32").less(ends)',
          'tf.range(1, T + 1, 1, "int32").less(ends.maximum(2))',
        ],
      ],
      message: "The last token of a text is left out. Keys 0 to lengths[b] − 1 count.",
    },
    {
      edits: [
        [
          "repeatGroups(x.reshape([N * S, G, D]).gather(at).transpose([0, 2, 1, 3]), H)",
          `x
        .reshape([N * S, G, D])
        .gather(at)
        .transpose([0, 2, 1, 3])
        .tile([1, repeatGroups(q.slice([0, 0, 0], [1, 1, 1]).expandDims(3), 1).size * (H / G), 1, 1])`,
        ],
      ],
      message:
        "Groups are dealt out in turn. Neighboring heads share one: head h reads group ⌊h·G/H⌋.",
    },
    {
      edits: [["      mask,\n    });", "      mask,\n      scale: 1,\n    });"]],
      message: "The scores aren't divided by √D.",
    },
    {
      edits: [["gathered(pages.k), gathered(pages.v)", "gathered(pages.k), gathered(pages.k)"]],
      message: "The output mixes keys. Gather the values from pages.v in the same way.",
    },
  ],
};
export default exercise;
