/** trainWordPiece: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { EXACT } from "../shared/exact";
import { babble } from "./tinyModels";

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", says: "a text of short words", args: [babble(random, 30, "abcd"), 22] },
    {
      group: "values",
      says: "a frequent pair is of frequent letters",
      args: ["aa aa aa aa qz", 10],
    },
    { group: "values", says: "scores are equal", args: ["ba dc fe", 13] },
    {
      group: "values",
      says: "a merge reaches a piece that is there",
      args: ["abc abd ab", 12, { specials: ["[UNK]", "ab"] }],
    },
    {
      group: "values",
      says: "a merge makes no new piece, and there is room for one more",
      args: ["ab cd", 7, { specials: ["[UNK]", "ab"] }],
    },
    {
      group: "values",
      says: "scores are equal, one letter lies beyond U+FFFF",
      args: ["𝔸y ﬁz", 10],
    },
    {
      group: "values",
      says: "scores are equal, and one left piece begins another",
      args: ["cd ccdd", 10],
    },
    { group: "values", says: "case is kept", args: ["The the", 14, { lowercase: false }] },
    {
      group: "values",
      says: "other specials are given",
      args: ["low lower", 12, { specials: ["[UNK]", "<s>"] }],
    },
    { group: "shapes", says: "no pair is left", args: ["ab", 50] },
    { group: "shapes", says: "the text is empty", args: ["", 7] },
    {
      group: "errors",
      says: "there is no room for the alphabet",
      args: ["abc", 7],
      throws: "vocabSize",
    },
  ],
  mutants: [
    {
      edits: [
        [
          "compareCodePoints(vocab[b.pair[0]]!, vocab[a.pair[0]]!) || " +
            "compareCodePoints(vocab[b.pair[1]]!, vocab[a.pair[1]]!)",
          "compareCodePoints(vocab[b.pair[0]]! + vocab[b.pair[1]]!.slice(2), " +
            "vocab[a.pair[0]]! + vocab[a.pair[1]]!.slice(2))",
        ],
      ],
      says:
        "Of equal scores yours takes the merged piece that comes first. " +
        "Compare the left pieces, and only if they are equal the right ones.",
    },
    {
      edits: [
        [
          "compareCodePoints(vocab[b.pair[0]]!, vocab[a.pair[0]]!) || " +
            "compareCodePoints(vocab[b.pair[1]]!, vocab[a.pair[1]]!)",
          "Number(vocab[b.pair[0]]! > vocab[a.pair[0]]!) - Number(vocab[b.pair[0]]! " +
            "< vocab[a.pair[0]]!) || Number(vocab[b.pair[1]]! " +
            "> vocab[a.pair[1]]!) - Number(vocab[b.pair[1]]! < vocab[a.pair[1]]!)",
        ],
      ],
      says:
        "Pieces are compared with <, which goes by UTF-16 units: " +
        "there 𝔸 comes before ﬁ. compareCodePoints goes by code points.",
    },
    {
      edits: [
        [
          "const difference = a.count / a.product - b.count / b.product;",
          "const difference = a.count - b.count;",
        ],
        [
          "const exact = BigInt(a.count) * BigInt(b.product) - BigInt(b.count) * " +
            "BigInt(a.product);",
          "const exact = 0n;",
        ],
      ],
      says:
        "You merge the most frequent pair, as BPE does. " +
        "Divide its count by the counts of its two pieces.",
    },
    {
      edits: [
        [
          "compareCodePoints(vocab[b.pair[0]]!, vocab[a.pair[0]]!) ||",
          "compareCodePoints(vocab[a.pair[0]]!, vocab[b.pair[0]]!) ||",
        ],
      ],
      says: "Of equal scores yours takes the last in code-point order. Take the first.",
    },
    {
      edits: [["vocab[pair[1]]!.slice(2)", "vocab[pair[1]]!"]],
      says: "A ## is left inside the merged piece. Only the first piece keeps its beginning.",
    },
    {
      edits: [["pieces.get(pair[0])! * pieces.get(pair[1])!", "pieces.get(pair[0])!"]],
      says: "You divide by the count of the left piece alone. Divide by the product of both.",
    },
    {
      edits: [
        [
          "pieces.get(pair[0])! * pieces.get(pair[1])!",
          "pieces.get(pair[0])! + pieces.get(pair[1])!",
        ],
      ],
      says: "You divide by the sum of the two counts. Divide by their product.",
    },
    {
      edits: [
        [
          "if (!ids.has(merged)) ids.set(merged, vocab.push(merged) - 1);",
          "ids.set(merged, vocab.push(merged) - 1);",
        ],
      ],
      says: "A piece that was there already is in the vocabulary twice.",
    },
    {
      edits: [
        [
          "compareCodePoints(vocab[b.pair[0]]!, vocab[a.pair[0]]!) || " +
            "compareCodePoints(vocab[b.pair[1]]!, vocab[a.pair[1]]!)",
          "0",
        ],
      ],
      says:
        "Of equal scores yours takes the one met first. " +
        "The first in code-point order of (a, b) wins.",
    },
    {
      edits: [
        [
          "while (vocab.length < vocabSize) {",
          "for (let left = vocabSize - vocab.length; left > 0; left--) {",
        ],
      ],
      says:
        "You count merges. One that reaches a piece that is there makes no new piece: " +
        "go on until vocab is long enough.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
