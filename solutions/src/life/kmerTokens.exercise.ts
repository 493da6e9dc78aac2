/** kmerTokens: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { EXACT } from "../shared/exact";
import { dna } from "./lifeCases";

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", title: "pairs overlap", args: ["ACGTTGCA", 2] },
    { group: "values", title: "k = 3, overlapping", args: [dna(random, 40), 3] },
    { group: "values", title: "codons stand side by side", args: [dna(random, 41), 3, 3] },
    { group: "values", title: "stride 2 of k = 4", args: [dna(random, 40), 4, 2] },
    { group: "values", title: "N stands among the bases", args: [dna(random, 60, "ACGTACGTN"), 3] },
    {
      group: "values",
      title: "k is 15, and so are most bases T",
      args: [dna(random, 40, "TTTTTTTC"), 15],
    },
    {
      group: "values",
      title: "some bases are in lower case",
      args: [dna(random, 30, "ACGTacgt"), 2],
    },
    { group: "shapes", title: "there is exactly one k-mer", args: ["ACGTA", 5] },
    { group: "shapes", title: "the sequence is shorter than k", args: ["ACG", 4] },
    { group: "shapes", title: "there are no bases", args: ["", 1] },
    { group: "errors", title: "k is 16", args: ["ACGTACGTACGTACGTACGT", 16], throws: "k" },
    { group: "errors", title: "stride is 0", args: ["ACGT", 2, 0], throws: "stride" },
    {
      group: "values",
      title: "k is 15, and some k-mers hold N",
      args: [dna(random, 20) + "N" + dna(random, 20), 15],
    },
    { group: "shapes", title: "the one k-mer is ten bases long", args: [dna(random, 10), 10] },
  ],
  mutants: [
    {
      edits: [
        [
          "number = (number * 4 + bases[i]!) % kinds;",
          `number = 0;
           for (let j = 0; j < k; j++) number += bases[i - j]! * 4 ** (k - 1 - j);`,
        ],
      ],
      message: "The last base counts most. The first base of a k-mer is the most significant.",
    },
    {
      edits: [
        ["start % stride === 0)", "start % stride === 0 && start / stride < tokens.length - 1)"],
        ["return tokens;", "return tokens.slice(0, -1);"],
      ],
      message: "The last k-mer is missing. There are bases − k + 1 of them at stride 1.",
    },
    {
      edits: [["lastN >= start ? kinds : number", "bases[i] === 4 ? kinds : number"]],
      message: "You mark only k-mers that end in N. N turns every k-mer that holds it into 4^k.",
    },
    {
      edits: [["lastN >= start ? kinds : number", "number"]],
      message: "You count N like a base. The number of a k-mer that holds N is 4^k.",
    },
    {
      edits: [
        [
          "number = (number * 4 + bases[i]!) % kinds;",
          "number = (number * 5 + bases[i]!) % 5 ** k;",
        ],
      ],
      message: "Your numbers are in base 5. N is not a digit, so there are four: base 4.",
    },
    {
      edits: [
        [
          "start % stride === 0) { tokens[start / stride]",
          "start / stride < tokens.length && Number.isInteger(start)) { tokens[start]",
        ],
      ],
      message: "You don't use the stride for the places: token n begins at base n · stride.",
    },
    {
      edits: [["lastN >= start", "lastN > start"]],
      message: "You don't mark a k-mer that begins with N. N in the first place counts too.",
    },
    {
      edits: [
        [
          "Math.floor((bases.length - k) / stride) + 1)",
          "Math.ceil((bases.length - k) / stride) + 1)",
        ],
      ],
      message:
        "There is a token for the bases that are left over at the end. " +
        "They do not fill a k-mer and are left out.",
    },
    {
      edits: [["(number * 4 + bases[i]!) % kinds;", "number * 4 + bases[i]!;"]],
      message:
        "The oldest base never leaves, so numbers grow beyond 4^k. " +
        "Take the remainder of a division by 4^k.",
    },
    {
      edits: [
        [
          "number = (number * 4 + bases[i]!) % kinds;",
          "number = (number * 4 + (bases[i]! % 4)) % kinds;",
        ],
        ["lastN >= start ? kinds : number", "number"],
      ],
      message: "You count N like an A. The number of a k-mer that holds N is 4^k.",
    },
    {
      edits: [
        [
          "number = (number * 4 + bases[i]!) % kinds;",
          "number = Math.floor(number / 4) + bases[i]! * 4 ** (k - 1);",
        ],
      ],
      message: "The last base counts most. The first base of a k-mer is the most significant.",
    },
    {
      edits: [["return tokens;", "return tokens.filter((token) => token !== kinds);"]],
      message:
        "k-mers that hold N are missing, so tokens no longer say where they are. " +
        "Each of them gives 4^k.",
    },
    {
      edits: [
        ["Math.floor((bases.length - k) / stride) + 1", "Math.ceil((bases.length - k) / stride)"],
      ],
      message:
        "The last k-mer is missing where it ends with the sequence. " +
        "A k-mer at base i is whole if i + k ≤ bases.",
    },
    {
      edits: [["lastN >= start ? kinds : number", "lastN >= start ? -1 : number"]],
      message: "A k-mer that holds N became −1. Its number is 4^k.",
    },
    {
      edits: [
        [
          "Math.max(0, Math.floor((bases.length - k) / stride) + 1)",
          "Math.ceil(bases.length / stride)",
        ],
        [
          "return tokens;",
          `for (let n = 0; n < tokens.length; n++) {
             const rest = bases.slice(n * stride, n * stride + k);
             tokens[n] = rest.includes(4) ? kinds : rest.reduce((sum, base) => sum * 4 + base, 0);
           }
           return tokens;`,
        ],
      ],
      message:
        "There are tokens for pieces shorter than k at the end. " +
        "Only whole k-mers count: the last one begins at base n − k or before.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
