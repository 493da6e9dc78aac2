/** mergePair: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";
import { EXACT } from "../shared/exact";

/** A pair, a list that holds nothing else, and a new id. */
function onlyPair(random: Random) {
  const left = random.int(1, 99);
  return [[left, left + 1], [left, left + 1], random.int(300, 999)];
}

const exercise: Exercise = {
  cases: (random) => {
    const ids = Array.from({ length: 30 }, () => random.int(1, 3));
    return [
      { group: "values", title: "a pair occurs in many places", args: [ids, [1, 2], 300] },
      { group: "values", title: "a pair overlaps itself", args: [[4, 4, 4, 4, 4, 2], [4, 4], 256] },
      { group: "values", title: "the pair is at both ends", args: [[1, 2, 3, 1, 2], [1, 2], 9] },
      {
        group: "values",
        title: "other ids contain the pair's digits",
        args: [[11, 2, 1, 25, 1, 2], [1, 2], 9],
      },
      {
        group: "shapes",
        title: "the pair is not there, and the list is a new one",
        args: [[2, 1, 3], [1, 2], 9],
        fresh: true,
      },
      { group: "shapes", title: "there are no ids", args: [[], [1, 2], 9] },
      {
        group: "property",
        title: "a list of 130,000 ids",
        args: [Array.from({ length: 130_000 }, () => random.int(1, 3)), [1, 2], 9],
      },
      {
        group: "values",
        title: "the new id is one of the pair",
        args: [[1, 2, 2, 1, 1, 2], [1, 2], 1],
      },
      {
        group: "shapes",
        title: "the list is the pair and nothing else",
        args: onlyPair(random),
        fresh: true,
      },
    ];
  },
  mutants: [
    {
      edits: [["if (here) i++; // the right one is used up", ""]],
      message: "The right half of the pair is left after the new id. Step over it.",
    },
    {
      edits: [
        [
          "ids[i] === left && ids[i + 1] === right",
          "(ids[i] === left && ids[i + 1] === right) || (ids[i] === right && ids[i + 1] === left)",
        ],
      ],
      message: "You replace (right, left) too. Replace the pair in its own order only.",
    },
    {
      edits: [
        [
          "ids[i] === left && ids[i + 1] === right",
          "ids[i] === left && ids[i + 1] === right && !merged.includes(id)",
        ],
      ],
      message: "Only the first place is replaced. Replace every one.",
    },
    {
      edits: [["return merged;", "return merged.length === ids.length ? ids : merged;"]],
      message:
        "Where the pair doesn't occur, you return the list that you are given. Return a new one, " +
        "since the caller may change either.",
    },
    {
      edits: [["for (let i = 0; i < ids.length; i++)", "for (let i = 0; i + 1 < ids.length; i++)"]],
      message: "The last id is lost when it isn't part of a pair.",
    },
    {
      edits: [
        [
          "return merged;",
          `const text = ids.join().replaceAll(pair.join(), String(id));
           return text.split(",").filter((part) => part !== "").map(Number);`,
        ],
      ],
      message:
        "You search the ids as text, where 1,2 is also found in 11,25. " +
        "Compare ids, not their digits.",
    },
    {
      edits: [
        [
          "if (here) i++; // the right one is used up",
          "if (here) return [...merged, ...ids.slice(i + 2)];",
        ],
      ],
      message: "Only the first place is replaced. Replace every one.",
    },
    {
      edits: [
        [
          "return merged;",
          `for (let i = 0; i + 1 < ids.length; i++) {
             if (ids[i] === left && ids[i + 1] === right) ids.splice(i, 2, id);
           }
           return ids;`,
        ],
      ],
      message:
        "You change the list that you are given, which the caller still needs. Build a new one.",
    },
    {
      edits: [
        [
          "return merged;",
          `const copy = [...ids];
           for (let i = copy.length - 2; i >= 0; i--) {
             if (copy[i] === left && copy[i + 1] === right) copy.splice(i, 2, id);
           }
           return copy;`,
        ],
      ],
      message: "You replace from right to left, so a a a becomes a aa. Go from left to right.",
    },
    {
      edits: [
        [
          "return merged;",
          `const out: number[] = [];
           for (let i = 0; i < ids.length; i += 2) {
             if (ids[i] === left && ids[i + 1] === right) out.push(id);
             else out.push(...ids.slice(i, i + 2));
           }
           return out;`,
        ],
      ],
      message:
        "You always move by two ids, so a pair that begins at an odd place is missed. " +
        "Move by two only after a pair.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
