/** trainWordPiece: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { EXACT } from "../shared/exact";
import { babble } from "./tinyModels";

/** How the solution breaks ties. */
const BY_CODE_POINTS = `
  compareCodePoints(vocab[b.pair[0]]!, vocab[a.pair[0]]!) ||
  compareCodePoints(vocab[b.pair[1]]!, vocab[a.pair[1]]!)`;

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", title: "a text of short words", args: [babble(random, 30, "abcd"), 22] },
    {
      group: "values",
      title: "a frequent pair is made of frequent letters",
      args: ["aa aa aa aa qz", 10],
    },
    { group: "values", title: "scores are equal", args: ["ba dc fe", 13] },
    {
      group: "values",
      title: "a merge reaches an existing piece",
      args: ["abc abd ab", 12, { specials: ["[UNK]", "ab"] }],
    },
    {
      group: "values",
      title: "a merge makes no new piece, and there is room for one more",
      args: ["ab cd", 7, { specials: ["[UNK]", "ab"] }],
    },
    {
      group: "values",
      title: "scores are equal, and one letter lies beyond U+FFFF",
      args: ["𝔸y ﬁz", 10],
    },
    {
      group: "values",
      title: "scores are equal, and one left piece begins another",
      args: ["cd ccdd", 10],
    },
    { group: "values", title: "case is kept", args: ["The the", 14, { lowercase: false }] },
    {
      group: "values",
      title: "other specials are given",
      args: ["low lower", 12, { specials: ["[UNK]", "<s>"] }],
    },
    { group: "shapes", title: "no pair is left", args: ["ab", 50] },
    { group: "shapes", title: "the text is empty", args: ["", 7] },
    {
      group: "errors",
      title: "there is no room for the alphabet",
      args: ["abc", 7],
      throws: "vocabSize",
    },
    {
      group: "values",
      title: "a piece comes 66,330 times, so its product with itself is beyond 32 bits",
      args: [`${`${"a".repeat(100)} `.repeat(670)}${"cd ".repeat(2000)}`, 10],
    },
    {
      group: "shapes",
      title: "one word is merged until no pair is left",
      args: [Array.from({ length: 6 }, () => random.pick([..."abcdefghij"])).join(""), 50],
    },
  ],
  mutants: [
    {
      edits: [
        [
          "product: pieces.get(pair[0])! * pieces.get(pair[1])!",
          "product: (pieces.get(pair[0])! * pieces.get(pair[1])!) | 0",
        ],
      ],
      message:
        "You keep products of counts in 32 bits. A piece that comes 66,000 times has a larger one.",
    },
    {
      edits: [
        [
          BY_CODE_POINTS,
          `compareCodePoints(
            vocab[b.pair[0]]! + vocab[b.pair[1]]!.slice(2),
            vocab[a.pair[0]]! + vocab[a.pair[1]]!.slice(2),
          )`,
        ],
      ],
      message:
        "On ties, you take the merged piece that comes first. " +
        "Compare the left pieces, and the right ones only if those are equal.",
    },
    {
      edits: [
        [
          "if (exact !== 0n)",
          `const order = (x: string, y: string) => Number(x > y) - Number(x < y);
           if (exact !== 0n)`,
        ],
        [
          BY_CODE_POINTS,
          `order(vocab[b.pair[0]]!, vocab[a.pair[0]]!) ||
           order(vocab[b.pair[1]]!, vocab[a.pair[1]]!)`,
        ],
      ],
      message:
        "You compare pieces with <, which goes by UTF-16 units: there 𝔸 comes before ﬁ. " +
        "compareCodePoints goes by code points.",
    },
    {
      edits: [
        ["a.count / a.product - b.count / b.product", "a.count - b.count"],
        ["BigInt(a.count) * BigInt(b.product) - BigInt(b.count) * BigInt(a.product)", "0n"],
      ],
      message:
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
      message: "On ties, you take the last pair in code-point order. Take the first.",
    },
    {
      edits: [["vocab[pair[1]]!.slice(2)", "vocab[pair[1]]!"]],
      message: "A ## is left inside the merged piece. Only the first piece keeps its beginning.",
    },
    {
      edits: [["pieces.get(pair[0])! * pieces.get(pair[1])!", "pieces.get(pair[0])!"]],
      message: "You divide by the count of the left piece alone. Divide by the product of both.",
    },
    {
      edits: [
        [
          "pieces.get(pair[0])! * pieces.get(pair[1])!",
          "pieces.get(pair[0])! + pieces.get(pair[1])!",
        ],
      ],
      message: "You divide by the sum of the two counts. Divide by their product.",
    },
    {
      edits: [
        [
          "if (!ids.has(merged)) ids.set(merged, vocab.push(merged) - 1);",
          "ids.set(merged, vocab.push(merged) - 1);",
        ],
      ],
      message: "A piece that already existed is in the vocabulary twice.",
    },
    {
      edits: [[BY_CODE_POINTS, "0"]],
      message:
        "On ties, you take the pair that comes up first. " +
        "The first pair (a, b) in code-point order wins.",
    },
    {
      edits: [
        [
          "while (vocab.length < vocabSize) {",
          "for (let left = vocabSize - vocab.length; left > 0; left--) {",
        ],
      ],
      message:
        "You count merges. A merge that reaches an existing piece adds nothing: " +
        "go on until vocab is long enough.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
