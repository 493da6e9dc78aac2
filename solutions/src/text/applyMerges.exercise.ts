/** applyMerges: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { EXACT } from "../shared/exact";
import { tinyBpe } from "./tinyModels";
import type { Pair } from "./types";

const bytes = (word: string) => [...Buffer.from(word)];

/** Merges, written as their ids two by two. */
const mergesOf = (...ids: number[]) =>
  Array.from({ length: ids.length / 2 }, (_, i): Pair => [ids[2 * i]!, ids[2 * i + 1]!]);

const exercise: Exercise = {
  cases: (random) => {
    const { merges, vocab } = tinyBpe(random);
    const learned = vocab.slice(256);
    const word = (length: number) => Array.from({ length }, () => random.int(97, 99));
    return [
      { group: "values", title: "a word of letters that were seen", args: [word(12), merges] },
      { group: "values", title: "a long word", args: [word(40), merges] },
      {
        group: "values",
        title: "an earlier merge is further to the right",
        args: [bytes("abc"), mergesOf(98, 99, 97, 98)],
      },
      {
        group: "values",
        title: "the longest token is not the one learned first",
        args: [bytes("abcd"), mergesOf(98, 99, 97, 98, 257, 99)],
      },
      {
        group: "values",
        title: "a short merge that was learned early gets in the way of a long one",
        args: [bytes("lowest"), mergesOf(115, 116, 101, 256, 111, 119, 108, 258, 119, 257)],
      },
      { group: "shapes", title: "no merge applies", args: [[1, 2, 3], merges] },
      { group: "shapes", title: "there are no bytes", args: [[], merges] },
      {
        group: "shapes",
        title: "two tokens make the word",
        args: [[...random.pick(learned), ...random.pick(learned)], merges],
      },
    ];
  },
  mutants: [
    {
      edits: [
        [
          "let first = Infinity;",
          `let first = Infinity;
           const size = (id: number): number =>
             id < 256 ? 1 : merges[id - 256]!.reduce((sum, part) => sum + size(part), 0);
           const gain = (rank: number) => size(256 + rank) - size(256 + first) || first - rank;`,
        ],
        [
          "first = Math.min(first, rankAt(i));",
          `{
             const rank = rankAt(i);
             if (rank < Infinity && (first === Infinity || gain(rank) > 0)) first = rank;
           }`,
        ],
      ],
      message:
        "Of the merges that apply, you take the one with the longest token. " +
        "The one that was learned first goes first, however short.",
    },
    {
      edits: [["Math.min(first, rankAt(i))", "first < Infinity ? first : rankAt(i)"]],
      message:
        "You merge the first pair from the left that has a merge. " +
        "The merge that was learned first goes first.",
    },
    {
      edits: [
        ["?? Infinity;", "?? -1;"],
        ["let first = Infinity;", "let first = -1;"],
        ["Math.min(first, rankAt(i))", "Math.max(first, rankAt(i))"],
        ["if (first === Infinity) return ids;", "if (first < 0) return ids;"],
      ],
      message: "Of the merges that apply, you take the one learned last. Take the first.",
    },
    {
      edits: [
        ["mergePair(ids, merges[first]!, 256 + first)", "mergePair(ids, merges[first]!, first)"],
      ],
      message: "The new id is the merge's rank. Merge i makes id 256 + i.",
    },
    {
      edits: [
        [
          "ids = mergePair(ids, merges[first]!, 256 + first);",
          "return mergePair(ids, merges[first]!, 256 + first);",
        ],
      ],
      message: "You stop after one merge. Go on until none applies.",
    },
    {
      edits: [["?? Infinity;", "|| Infinity;"]],
      message:
        "The merge that was learned first is never applied: its rank 0 counts as false. " +
        "Use ?? or compare with undefined, not ||.",
    },
    {
      edits: [
        [
          "mergePair(ids, merges[first]!, 256 + first)",
          "mergePair(ids, merges[first]!, 255 + first)",
        ],
      ],
      message: "The new ids are one too low. Merge i, counted from 0, makes id 256 + i.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
