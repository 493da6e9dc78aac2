/** learnMerges: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { EXACT } from "../shared/exact";
import { babble } from "./tinyModels";

const exercise: Exercise = {
  cases: (random) => {
    const spell = (text: string) => text.split(" ").map((word) => [...Buffer.from(word)]);
    const words = spell(babble(random, 12));
    return [
      {
        group: "values",
        title: "words occur several times",
        args: [words, words.map(() => random.int(1, 5)), 12],
      },
      {
        group: "values",
        title: "all pairs are seen once",
        args: [spell("ab dc ca bd"), [1, 1, 1, 1], 3],
      },
      {
        group: "values",
        title: "left bytes are equal, so the right ones decide",
        args: [spell("ax ay az"), [2, 2, 2], 2],
      },
      {
        group: "values",
        title: "the greatest bytes don't have the greatest id",
        args: [spell("abz abz abz zy ab"), [1, 1, 1, 3, 1], 3],
      },
      {
        group: "shapes",
        title: "no pair is left before the last merge",
        args: [spell("ab a"), [1, 1], 5],
      },
      { group: "shapes", title: "zero merges", args: [words, words.map(() => 1), 0] },
      {
        group: "shapes",
        title: "a word is merged until it is one token",
        args: [[Array.from({ length: random.int(3, 6) }, () => random.int(97, 122))], [1], 20],
      },
    ];
  },
  mutants: [
    {
      edits: [["comparePairs(pair, best, vocab) > 0", "comparePairs(pair, best, vocab) < 0"]],
      message: "On ties, you take the pair with the smallest bytes. The greatest bytes go first.",
    },
    {
      edits: [["count > highest || comparePairs(pair, best, vocab) > 0", "count > highest"]],
      message:
        "On ties, you take the pair that comes up first. " +
        "The one with the greatest bytes goes first.",
    },
    {
      edits: [
        ["comparePairs(pair, best, vocab) > 0", "(pair[0] - best[0] || pair[1] - best[1]) > 0"],
      ],
      message:
        "You break ties by ids. Compare the tokens' bytes: " +
        "a merge has a high id, whatever its bytes are.",
    },
    {
      edits: [["countPairs(words, counts)", "countPairs(words, words.map(() => 1))"]],
      message: "Every word counts once. It counts as often as it occurs.",
    },
    {
      edits: [["return best;", "return highest < 2 ? undefined : best;"]],
      message: "You stop when every pair is seen only once. Go on as long as there is a pair.",
    },
    {
      edits: [["count > highest || comparePairs(pair, best, vocab) > 0", "count >= highest"]],
      message:
        "On ties, you take the pair that comes up last. The one with the greatest bytes goes first.",
    },
    {
      edits: [
        [
          "while (merges.length < most) {",
          `const pairs = countPairs(words, counts);
           while (merges.length < most) {`,
        ],
        ["mostFrequent(countPairs(words, counts), vocab)", "mostFrequent(pairs, vocab)"],
        ["words = words.map((ids) => mergePair(ids, pair, id));", "pairs.delete(pair.join());"],
      ],
      message:
        "You count the pairs once and take the most frequent ones. " +
        "A merge makes new pairs: merge it in all words, then count again.",
    },
    {
      edits: [
        ["const id = vocab.length;", "const id = 257 + merges.length;"],
        [
          "vocab.push(concatBytes(vocab[pair[0]]!, vocab[pair[1]]!));",
          "vocab[id] = concatBytes(vocab[pair[0]]!, vocab[pair[1]]!);",
        ],
      ],
      message: "The new ids are one too high. The first merge, counted from 0, makes id 256.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
