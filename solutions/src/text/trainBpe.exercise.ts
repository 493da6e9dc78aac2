/** trainBpe: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { EXACT } from "../shared/exact";
import { babble } from "./tinyModels";

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", says: "a text of short words", args: [babble(random, 40), 275] },
    {
      group: "values",
      says: "words come from GPT-2's pattern",
      args: ["it's 12 o'clock, it's 12 o'clock!  Yes.\n", 268],
    },
    {
      group: "values",
      says: "specials occur in the text",
      args: [babble(random, 10).replaceAll(" ", "<s>"), 266, { specials: ["<s>", "<pad>"] }],
    },
    {
      group: "values",
      says: "one special begins another",
      args: ["aaENDEDaaENDaa", 261, { specials: ["END", "ENDED"] }],
    },
    {
      group: "values",
      says: "another pattern is given",
      args: ["a-b a-b", 259, { pattern: /\S+|\s+/gu }],
    },
    { group: "shapes", says: "no pair is left", args: ["aaa b", 300] },
    { group: "shapes", says: "the text is empty", args: ["", 260, { specials: ["<s>"] }] },
    {
      group: "errors",
      says: "there is no room for the bytes",
      args: ["abc", 255],
      throws: "vocabSize",
    },
    { group: "errors", says: "text is a number", args: [5, 300], throws: "text" },
    {
      group: "values",
      says: "lines end in CRLF, and an accent is a character of its own",
      args: ["ab\r\nab\r\n e\u0301 é e\u0301", 262],
    },
  ],
  mutants: [
    {
      edits: [["cutAtSpecials(text, specials).forEach", "[text].forEach"]],
      says: "Merges are learned inside specials. Cut the text at them first.",
    },
    {
      edits: [["wordsOf(piece, pattern)", "[piece]"]],
      says: "You don't cut the text into words, so merges reach across spaces.",
    },
    {
      edits: [["wordsOf(piece, pattern)", "wordsOf(piece, GPT2_PATTERN)"]],
      says: "The pattern in the options is not used.",
    },
    {
      edits: [["vocabSize - 256 - specials.length", "vocabSize - 256"]],
      says: "There are more ids than vocabSize: specials take ids too.",
    },
    {
      edits: [["counts.set(word, (counts.get(word) ?? 0) + 1)", "counts.set(word, 1)"]],
      says: "Each different word counts once. Count it as often as it occurs.",
    },
    {
      edits: [["if (i % 2 === 1) return; // a special", ""]],
      says:
        "You count specials as words and learn merges inside them. " +
        "Every other piece is a special: leave it out.",
    },
    {
      edits: [
        [
          "cutAtSpecials(text, specials).forEach",
          '[cutAtSpecials(text, specials).filter((_, at) => at % 2 === 0).join("")].forEach',
        ],
      ],
      says:
        "You join the pieces around a special, so words run together where it was. " +
        "Go through the pieces one by one.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
