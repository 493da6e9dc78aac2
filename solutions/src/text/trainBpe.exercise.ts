/** trainBpe: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { EXACT } from "../shared/exact";
import { babble } from "./tinyModels";

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", title: "a text of short words", args: [babble(random, 40), 275] },
    {
      group: "values",
      title: "words come from GPT-2's pattern",
      args: ["it's 12 o'clock, it's 12 o'clock!  Yes.\n", 268],
    },
    {
      group: "values",
      title: "specials occur in the text",
      args: [babble(random, 10).replaceAll(" ", "<s>"), 266, { specials: ["<s>", "<pad>"] }],
    },
    {
      group: "values",
      title: "one special begins another",
      args: ["aaENDEDaaENDaa", 261, { specials: ["END", "ENDED"] }],
    },
    {
      group: "values",
      title: "another pattern is given",
      args: ["a-b a-b", 259, { pattern: /\S+|\s+/gu }],
    },
    { group: "shapes", title: "no pair is left", args: ["aaa b", 300] },
    { group: "shapes", title: "the text is empty", args: ["", 260, { specials: ["<s>"] }] },
    {
      group: "errors",
      title: "there is no room for the bytes",
      args: ["abc", 255],
      throws: "vocabSize",
    },
    { group: "errors", title: "text is a number", args: [5, 300], throws: "text" },
    {
      group: "values",
      title: "lines end in CRLF, and an accent is a character of its own",
      args: ["ab\r\nab\r\n e\u0301 é e\u0301", 262],
    },
    {
      group: "property",
      title: "a special is named as a property of all objects",
      args: ["ab__proto__ab", 258, { specials: ["__proto__"] }],
    },
    {
      group: "shapes",
      title: "one word is merged until no pair is left",
      args: [Array.from({ length: 8 }, () => random.pick([..."abcdefgh"])).join(""), 300],
    },
    {
      group: "property",
      title: "words stand around a special that is named as a property of all objects",
      args: [`${babble(random, 4)}__proto__${babble(random, 4)}`, 262, { specials: ["__proto__"] }],
    },
  ],
  mutants: [
    {
      edits: [["cutAtSpecials(text, specials).forEach", "[text].forEach"]],
      message: "Merges are learned inside specials. Cut the text at them first.",
    },
    {
      edits: [["wordsOf(piece, pattern)", "[piece]"]],
      message: "You don't cut the text into words, so merges reach across spaces.",
    },
    {
      edits: [["wordsOf(piece, pattern)", "wordsOf(piece, GPT2_PATTERN)"]],
      message: "The pattern in the options is not used.",
    },
    {
      edits: [["vocabSize - 256 - specials.length", "vocabSize - 256"]],
      message: "There are more ids than vocabSize: specials take ids too.",
    },
    {
      edits: [["counts.set(word, (counts.get(word) ?? 0) + 1)", "counts.set(word, 1)"]],
      message: "Each different word counts once. Count it as often as it occurs.",
    },
    {
      edits: [["if (i % 2 === 1) return; // a special", ""]],
      message:
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
      message:
        "You join the pieces around a special, so words run together where it was. " +
        "Go through the pieces one by one.",
    },
    {
      edits: [
        [
          `for (const [left, right] of merges)
             vocab.push(concatBytes(vocab[left]!, vocab[right]!));`,
          "",
        ],
        [
          "const ids = Object.fromEntries(specials.map((special) => [special, idOf(special)]));",
          `const ids = Object.fromEntries(specials.map((special) => [special, idOf(special)]));
           const tokens = singleBytes();
           for (const [left, right] of merges) {
             const token = concatBytes(tokens[left]!, tokens[right]!);
             tokens.push(token);
             vocab.push(token);
           }`,
        ],
      ],
      message:
        "The specials come before the merges. " +
        "Merge i makes id 256 + i, so they come after the last merge.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
