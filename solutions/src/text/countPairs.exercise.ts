/** countPairs: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { EXACT } from "../shared/exact";

const exercise: Exercise = {
  cases: (random) => {
    const words = Array.from({ length: 6 }, () =>
      Array.from({ length: random.int(2, 9) }, () => random.int(96, 100)),
    );
    return [
      {
        group: "values",
        title: "words occur several times",
        args: [words, words.map(() => random.int(2, 9))],
      },
      { group: "values", title: "a pair overlaps itself", args: [[[5, 5, 5, 5]], [3]] },
      {
        group: "shapes",
        title: "words have one id or none",
        args: [
          [[4], [], [4]],
          [1, 1, 1],
        ],
      },
      { group: "shapes", title: "there are no words", args: [[], []] },
      { group: "errors", title: "a count is missing", args: [words, [1]], throws: "counts" },
      {
        group: "values",
        title: "the same word stands in the list twice",
        args: [
          [
            [7, 8, 9],
            [7, 8],
            [7, 8, 9],
          ],
          [2, 3, 4],
        ],
      },
      {
        group: "shapes",
        title: "words have two ids, one or none",
        args: [
          Array.from({ length: 12 }, () =>
            Array.from({ length: random.int(0, 2) }, () => random.int(0, 300)),
          ),
          Array.from({ length: 12 }, () => random.int(1, 9)),
        ],
      },
    ];
  },
  mutants: [
    {
      edits: [
        [
          "pairs.set(key,",
          `let run = i;
           while (run > 0 && ids[run - 1] === ids[i]) run--;
           if (ids[i] === ids[i + 1] && (i - run) % 2 === 1) continue;
           pairs.set(key,`,
        ],
      ],
      message:
        "You count only every other one of the places that overlap. " +
        "Each id except the last begins a pair: a a a a holds a a three times.",
    },
    {
      edits: [["(pairs.get(key) ?? 0) + counts[w]!", "(pairs.get(key) ?? 0) + 1"]],
      message: "Each place counts once. It counts as often as its word occurs: add counts[w].",
    },
    {
      edits: [["(pairs.get(key) ?? 0) + counts[w]!", "counts[w]!"]],
      message: "A later place overwrites an earlier one. Add to what the pair already has.",
    },
    {
      edits: [["i + 1 < ids.length; i++", "i + 1 < ids.length; i += 2"]],
      message: "You move by two ids at a time. Each id except the last begins a pair: move by one.",
    },
    {
      edits: [["i + 1 < ids.length", "i + 2 < ids.length"]],
      message: "Each word's last pair is missing: the last place is ids.length − 2.",
    },
    {
      edits: [
        [
          "const key = `${ids[i]},${ids[i + 1]}`;",
          "const key = [ids[i]!, ids[i + 1]!].sort((a, b) => a - b).join();",
        ],
      ],
      message: "You count (a, b) and (b, a) as one pair. The order of neighbors matters.",
    },
    {
      edits: [
        [
          "pairs.set(key,",
          `const isPair = (id: number, j: number) => id === ids[i] && ids[j + 1] === ids[i + 1];
           if (ids.findIndex(isPair) < i) continue;
           pairs.set(key,`,
        ],
      ],
      message: "A pair counts once per word, however often it occurs there. Count each place.",
    },
    {
      edits: [["words.forEach((ids, w) => {", "[words.flat()].forEach((ids, w) => {"]],
      message: "Pairs reach from one word into the next. Go through the words one by one.",
    },
    {
      edits: [["i + 1 < ids.length", "i < ids.length"]],
      message:
        "The last id has no right neighbor, but you count a pair for it: the key ends in " +
        "undefined. Stop one place earlier, at i + 1 < ids.length.",
    },
    {
      edits: [["`${ids[i]},${ids[i + 1]}`", "`${ids[i]}, ${ids[i + 1]}`"]],
      message: "Your keys have a space after the comma. A key is `${left},${right}`, without one.",
    },
    {
      edits: [
        ["words.forEach((ids, w) => {", "[words.flat()].forEach((ids) => {"],
        ["counts[w]!", "1"],
      ],
      message:
        "Pairs reach from one word into the next, and each place counts once. " +
        "Go through the words one by one, and add counts[w].",
    },
    {
      edits: [["`${ids[i]},${ids[i + 1]}`", "`${ids[i]}${ids[i + 1]}`"]],
      message:
        "Your keys have no comma, so 1 and 23 make the same key as 12 and 3. " +
        "A key is `${left},${right}`.",
    },
    {
      edits: [["`${ids[i]},${ids[i + 1]}`", "`${ids[i]}-${ids[i + 1]}`"]],
      message: "Your keys have a dash. A key is `${left},${right}`, with a comma.",
    },
    {
      edits: [["`${ids[i]},${ids[i + 1]}`", "`${ids[i + 1]},${ids[i]}`"]],
      message: "Left and right are swapped in your keys. A key is `${left},${right}`.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
