/** applyMerges: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { EXACT } from "../shared/exact";
import { tinyBpe } from "./tinyModels";

const exercise: Exercise = {
  cases: (random) => {
    const { merges } = tinyBpe(random);
    const word = (length: number) => Array.from({ length }, () => random.int(97, 99));
    return [
      { group: "values", says: "a word of letters that were seen", args: [word(12), merges] },
      { group: "values", says: "a long word", args: [word(40), merges] },
      {
        group: "values",
        says: "an earlier merge stands to the right",
        args: [
          [97, 98, 99],
          [
            [98, 99],
            [97, 98],
          ],
        ],
      },
      {
        group: "values",
        says: "a longer token is not the one learned first",
        args: [
          [97, 98, 99, 100],
          [
            [98, 99],
            [97, 98],
            [257, 99],
          ],
        ],
      },
      {
        group: "values",
        says: "a short merge that was learned early stands in the way of a long one",
        args: [
          [...Buffer.from("lowest")],
          [
            [115, 116],
            [101, 256],
            [111, 119],
            [108, 258],
            [119, 257],
          ],
        ],
      },
      { group: "shapes", says: "no merge applies", args: [[1, 2, 3], merges] },
      { group: "shapes", says: "there are no bytes", args: [[], merges] },
    ];
  },
  mutants: [
    {
      edits: [
        [
          "let first = Infinity;",
          "let first = Infinity;\n    const size = (id: number): number => (id < 256 ? 1 : " +
            "merges[id - 256]!.reduce((sum, part) => sum + size(part), 0));",
        ],
        [
          "first = Math.min(first, ranks.get(`${ids[i]},${ids[i + 1]}`) ?? Infinity);",
          "{\n      const rank = ranks.get(`${ids[i]},${ids[i + 1]}`);\n      if (rank !== " +
            "undefined && (first === Infinity || (size(256 + rank) - size(256 + first) || " +
            "first - rank) > 0)) first = rank;\n    }",
        ],
      ],
      says:
        "Of the merges that apply yours takes the one with the longest token. " +
        "The one that was learned first goes first, however short.",
    },
    {
      edits: [
        [
          "Math.min(first, ranks.get(`${ids[i]},${ids[i + 1]}`) ?? Infinity)",
          "first < Infinity ? first : ranks.get(`${ids[i]},${ids[i + 1]}`) ?? Infinity",
        ],
      ],
      says:
        "You merge the first pair from the left that has a merge. " +
        "The merge that was learned first goes first.",
    },
    {
      edits: [
        ["let first = Infinity;", "let first = -1;"],
        [
          "first = Math.min(first, ranks.get(`${ids[i]},${ids[i + 1]}`) ?? Infinity);",
          "first = Math.max(first, ranks.get(`${ids[i]},${ids[i + 1]}`) ?? -1);",
        ],
        ["if (first === Infinity) return ids;", "if (first < 0) return ids;"],
      ],
      says: "Of the merges that apply yours takes the one learned last. Take the first.",
    },
    {
      edits: [
        ["mergePair(ids, merges[first]!, 256 + first)", "mergePair(ids, merges[first]!, first)"],
      ],
      says: "The new id is the merge's rank. Merge i makes id 256 + i.",
    },
    {
      edits: [
        [
          "ids = mergePair(ids, merges[first]!, 256 + first);",
          "return mergePair(ids, merges[first]!, 256 + first);",
        ],
      ],
      says: "You stop after one merge. Go on until none applies.",
    },
    {
      edits: [["?? Infinity)", "|| Infinity)"]],
      says:
        "The merge that was learned first is never applied: its rank 0 counts as false. Use ?? " +
        "or compare with undefined, not ||.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
