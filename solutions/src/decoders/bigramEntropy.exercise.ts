/** bigramEntropy: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";

const text = (random: Random, length: number, vocabulary: number) =>
  Int32Array.from({ length }, () => random.int(0, vocabulary - 1));

const another = (random: Random, length: number, vocabulary: number) => [
  text(random, length, vocabulary),
  vocabulary,
];

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", title: "thirty tokens of three kinds", args: [text(random, 30, 3), 3] },
    { group: "values", title: "two hundred tokens of six kinds", args: [text(random, 200, 6), 6] },
    {
      group: "values",
      title: "the last token occurs nowhere else",
      args: [Int32Array.from([...text(random, 20, 3), 3]), 4],
    },
    {
      group: "values",
      title: "most of the vocabulary isn't in the text",
      args: [text(random, 40, 4), 50],
    },
    {
      group: "property",
      title: "each token determines the next, so nothing is uncertain",
      args: [Int32Array.from([2, 0, 1, 2, 0, 1, 2, 0]), 3],
    },
    { group: "shapes", title: "there is one pair", args: [Int32Array.from([1, 0]), 2] },
    {
      group: "errors",
      title: "an id is outside the vocabulary",
      args: [Int32Array.from([0, 4, 1]), 4],
      throws: "ids",
    },
    {
      group: "values",
      title: "a pair occurs more than 65,536 times",
      args: [Int32Array.from({ length: 80_000 }, (_, t) => (t % 23 === 0 ? 1 : 0)), 2],
    },
    {
      group: "property",
      title: "one token makes up most of the text",
      args: [text(random, 90, 9).map((id) => Math.max(0, id - 5)), 4],
    },
    {
      group: "shapes",
      title: "another length and vocabulary",
      args: another(random, random.int(30, 90), random.int(2, 12)),
    },
  ],
  mutants: [
    {
      edits: [
        [
          "Math.log(count / firsts[Math.floor(i / vocabulary)]!)",
          "Math.log(count / (ids.length - 1))",
        ],
      ],
      message:
        "This is the entropy of pairs, of both tokens at once. " +
        "The first one is known: divide by how often it comes first.",
    },
    {
      edits: [["firsts[Math.floor(i / vocabulary)]!)", "firsts[i % vocabulary]!)"]],
      message:
        "Pairs are divided by the count of their second token. " +
        "The first one is known; the second one is predicted.",
    },
    {
      edits: [["return sum / (ids.length - 1);", "return sum / (ids.length - 1) / Math.LN2;"]],
      message: "The result is in bits. Nats use the natural logarithm.",
    },
    {
      edits: [["return sum / (ids.length - 1);", "return sum / ids.length;"]],
      message: "The sum is divided by the number of tokens. N tokens have N − 1 pairs.",
    },
    {
      edits: [["if (count > 0) sum -= count", "sum -= count"]],
      message: "Pairs that never occur give 0 · log 0, which is NaN. They add nothing.",
    },
    {
      edits: [["sum -= count * Math.log(", "sum -= Math.log("]],
      message: "Every kind of pair counts the same. A pair counts as often as it occurs.",
    },
    {
      edits: [
        ["for (let t = 0; t + 1 < ids.length; t++) {", "for (let t = 0; t < ids.length; t++) {"],
        [
          "pairs[ids[t]! * vocabulary + ids[t + 1]!]! += 1;",
          "if (t + 1 < ids.length) pairs[ids[t]! * vocabulary + ids[t + 1]!]! += 1;",
        ],
      ],
      message:
        "The last token is counted as the first of a pair. " +
        "Nothing follows it: count only tokens that begin a pair.",
    },
    {
      edits: [
        [
          "let sum = 0;",
          `const N = ids.length;
           const all = new Float64Array(vocabulary);
           for (const id of Array.from(ids)) all[id]! += 1;
           if (N > 0) return Array.from(ids).reduce((h, id) => h - Math.log(all[id]! / N) / N, 0);
           let sum = 0;`,
        ],
      ],
      message:
        "This is the entropy of single tokens. " +
        "Each is predicted from the one before it: count pairs.",
    },
    {
      edits: [
        ["firsts[ids[t]!]! += 1", "firsts[ids[t + 1]!]! += 1"],
        ["firsts[Math.floor(i / vocabulary)]!", "firsts[i % vocabulary]!"],
      ],
      message:
        "Pairs are divided by the count of their second token. The first one is known; the " +
        "second one is predicted.",
    },
    {
      edits: [
        [
          "return sum / (ids.length - 1);",
          `const seen = firsts.filter((count) => count > 0).length;
           let rows = 0;
           pairs.forEach((count, i) => { const share = count / firsts[Math.floor(i / vocabulary)]!;
           if (count > 0) rows -= share * Math.log(share);
           });
           return rows / seen;`,
        ],
      ],
      message:
        "Each kind of first token counts the same. The mean is over the N − 1 pairs, so a " +
        "token counts as often as it comes first.",
    },
    {
      edits: [["sum -= count", "sum += count"]],
      message:
        "The sign is wrong. Logarithms of shares are negative: the entropy is minus their mean.",
    },
    {
      edits: [["return sum / (ids.length - 1);", "return sum;"]],
      message: "This is the sum over all pairs. Divide it by their number, N − 1.",
    },
    {
      edits: [
        [
          "count / firsts[Math.floor(i / vocabulary)]!",
          "(count + 1) / (firsts[Math.floor(i / vocabulary)]! + vocabulary)",
        ],
      ],
      message: "Counts are smoothed by one. The text's own shares are asked for: count / first.",
    },
  ],
};
export default exercise;
