/** bleu: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";

const WORDS = "the a cat dog mat sat on under red green was and".split(" ");
const sentence = (random: Random, length: number) =>
  Array.from({ length }, () => random.pick(WORDS));

const exercise: Exercise = {
  cases: (random) => {
    const references = Array.from({ length: 5 }, () => sentence(random, random.int(7, 12)));
    const noisy = references.map((words, i) =>
      words.map((word, at) => (at === i % words.length ? random.pick(WORDS) : word)),
    );
    const short = references.map((words) => words.slice(0, -2));
    const long = references.map((words) => [...words, "the", "the", "the"]);
    const wrong = () =>
      references.map((words) =>
        words.map((word) => (random.next() < 0.15 ? random.pick(WORDS) : word)),
      );
    const twice = <T>(list: T[]) => [...list, ...list];
    return [
      { group: "values", title: "a word of each sentence may be wrong", args: [noisy, references] },
      { group: "values", title: "the candidates are too short", args: [short, references] },
      {
        group: "values",
        title: "the candidates are too long and repeat a word",
        args: [long, references],
      },
      {
        group: "values",
        title: "one candidate is short and another long",
        args: [[short[0]!, ...long.slice(1)], references],
      },
      {
        group: "values",
        title: "words run together differently",
        args: [
          [
            ["ab", "c", "d", "e", "f", "g"],
            ["x", "y", "z", "u", "v"],
          ],
          [
            ["a", "bc", "d", "e", "f", "g"],
            ["x", "y", "z", "u", "v"],
          ],
        ],
      },
      {
        group: "property",
        title: "candidates and references are the same",
        args: [references, references],
      },
      {
        group: "property",
        title: "a sentence of three words is right",
        args: [
          [["a", "red", "cat"], ...noisy],
          [["a", "red", "cat"], ...references],
        ],
      },
      {
        group: "shapes",
        title: "no four words in a row are shared",
        args: [[["the", "cat", "the", "cat", "the"]], [["the", "cat", "sat", "the", "cat"]]],
      },
      {
        group: "shapes",
        title: "a candidate is empty",
        args: [[[], ...noisy.slice(1)], references],
      },
      {
        group: "errors",
        title: "a reference is missing",
        args: [references, references.slice(1)],
        throws: "references",
      },
      {
        group: "values",
        title: "words differ in case",
        args: [
          [["The", "cat", "sat", "on", "a", "mat"], ...references],
          [["the", "cat", "sat", "on", "a", "mat"], ...references],
        ],
      },
      {
        group: "property",
        title: "all candidates are empty",
        args: [
          [[], []],
          [["a", "cat"], []],
        ],
      },
      { group: "property", title: "candidates and references are empty", args: [[[]], [[]]] },
      {
        group: "values",
        title: "tokens hold spaces, commas or NUL, or nothing",
        args: [
          [
            ["a b", "c", "d", "e", "f,g", "h", "", "i"],
            ["x\0y", "z", "p", "q", "r"],
          ],
          [
            ["a", "b c", "d", "e", "f", "g,h", "i"],
            ["x", "y\0z", "p", "q", "r"],
          ],
        ],
      },
      {
        group: "values",
        title: "pieces joined in another way are other tokens",
        args: [
          [["a b", "c", "d", "e", "f", "g", "x\0y", "z"]],
          [["a", "b c", "d", "e", "f", "g", "x", "y\0z"]],
        ],
      },
      {
        group: "values",
        title: "an empty token counts as any other",
        args: [[["a", "", "b", "c", "d", "e"]], [["a", "", "b", "c", "d", "e", "f"]]],
      },
      { group: "values", title: "words are wrong in many places", args: [wrong(), references] },
      {
        group: "property",
        title: "all sentences are there twice",
        args: [twice(wrong()), twice(references)],
      },
    ];
  },
  mutants: [
    {
      edits: [["Math.min(count, held.get(gram) ?? 0)", "(held.has(gram) ? count : 0)"]],
      message:
        "A repeated n-gram counts every time. " +
        "It counts at most as often as it occurs in its reference.",
    },
    {
      edits: [["const brevity = Math.min(0, 1 - r / c);", "const brevity = 0;"]],
      message:
        "The brevity penalty is missing: " +
        "a short candidate must not get a high precision for free.",
    },
    {
      edits: [["const brevity = Math.min(0, 1 - r / c);", "const brevity = 1 - r / c;"]],
      message:
        "Long candidates are rewarded. " +
        "The brevity penalty is 1 if the candidates are longer in total.",
    },
    {
      edits: [
        [
          "[1, 2, 3, 4].reduce((sum, n) => sum + logPrecision(n), 0) / 4",
          "Math.log([1, 2, 3, 4].reduce((sum, n) => sum + Math.exp(logPrecision(n)), 0) / 4)",
        ],
      ],
      message:
        "The four precisions are averaged as they are. " +
        "BLEU takes their geometric mean: the mean of the logarithms.",
    },
    {
      edits: [
        [
          `shared += Math.min(count, held.get(gram) ?? 0);
             all += count;
           }`,
          `const grams = Math.max(1, candidate.length - n + 1);
             shared += Math.min(count, held.get(gram) ?? 0) / grams;
           }
           all += 1;`,
        ],
      ],
      message:
        "Each sentence gets its own precision, and these are averaged. " +
        "Pool the counts over the whole corpus first.",
    },
    {
      edits: [["100 * Math.exp", "Math.exp"]],
      message: "The score is between 0 and 1. BLEU is a percentage.",
    },
    {
      edits: [["logPrecision(n), 0) / 4", "logPrecision(n), 0)"]],
      message:
        "The four logarithms are added. For the geometric mean, take their mean: divide by 4.",
    },
    {
      edits: [
        [
          `shared += Math.min(count, held.get(gram) ?? 0);
           all += count;`,
          `shared += held.has(gram) ? 1 : 0;
           all += 1;`,
        ],
      ],
      message:
        "Each different n-gram counts once. " +
        "Count it as often as it occurs, and as shared up to as often as in its reference.",
    },
    {
      edits: [
        [
          "return shared === 0 ? -Infinity : Math.log(shared / all);",
          "return Math.log((shared + 1) / (all + 1));",
        ],
      ],
      message: "The precisions are smoothed by 1. Here, a precision of 0 makes the score 0.",
    },
    {
      edits: [
        [
          "const held = countGrams(references[i]!, n);",
          "const held = new Map(references.flatMap((r) => [...countGrams(r, n)]));",
        ],
      ],
      message: "A candidate may take its n-grams from every reference. Only its own counts.",
    },
    {
      edits: [
        ["all += count;", "all += 0;"],
        [
          "const held = countGrams(references[i]!, n);",
          "const held = countGrams(references[i]!, n);\n      for (const count of held.values()) all += count;",
        ],
      ],
      message:
        "You divide by the n-grams of the references: that is recall. Precision divides by those of the candidates.",
    },
    {
      edits: [
        [
          "const brevity = Math.min(0, 1 - r / c);",
          "const brevity = Math.min(0, Math.log(c / r));",
        ],
      ],
      message: "The brevity penalty is c/r. It is exp(1 − r/c).",
    },
    {
      edits: [
        ["const brevity = Math.min(0, 1 - r / c);", "const brevity = Math.min(0, 1 - c / r);"],
      ],
      message:
        "The brevity penalty has the two lengths swapped: it is exp(1 − r/c), with c the length of the candidates.",
    },
    {
      edits: [
        [
          "return c === 0 ? 0 : 100",
          `if (candidates.length > 1) {
             const scores = candidates.map((one, i) => bleu([one], [references[i]!]));
             return scores.reduce((sum, score) => sum + score, 0) / scores.length;
           }
           return c === 0 ? 0 : 100`,
        ],
      ],
      message:
        "Each sentence gets a score, and the scores are averaged. BLEU counts the n-grams of " +
        "all sentences together.",
    },
    {
      edits: [["[1, 2, 3, 4].reduce((sum, n) => sum + logPrecision(n), 0) / 4", "logPrecision(4)"]],
      message: "Only 4-grams count. Take the mean of the logarithms for n from 1 to 4.",
    },
    {
      edits: [["[1, 2, 3, 4].reduce((sum, n) => sum + logPrecision(n), 0) / 4", "logPrecision(1)"]],
      message: "Only single tokens count. Take the mean of the logarithms for n from 1 to 4.",
    },
    {
      edits: [["Math.min(count, held.get(gram) ?? 0)", "Math.min(1, held.get(gram) ?? 0)"]],
      message:
        "An n-gram that is repeated in both counts once. It counts as often as in the " +
        "candidate, at most as often as in the reference.",
    },
  ],
};
export default exercise;
