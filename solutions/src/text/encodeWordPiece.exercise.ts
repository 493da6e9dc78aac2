/** encodeWordPiece: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { EXACT } from "../shared/exact";
import { tinyWordPiece } from "./tinyModels";

const exercise: Exercise = {
  cases: (random) => {
    const letters = tinyWordPiece("a", "b", "##a", "##b", "ab", "##ab", "ba", "##aba", "aab", "!");
    const word = () =>
      Array.from({ length: random.int(2, 9) }, () => random.pick(["a", "b"])).join("");
    return [
      {
        group: "values",
        title: "words are cut into pieces",
        args: [[word(), word(), word(), word(), word()].join(" "), letters],
      },
      { group: "values", title: "a word can't be finished", args: ["abx ab!", letters] },
      {
        group: "values",
        title: "the longest piece leads nowhere",
        args: ["abc", tinyWordPiece("ab", "a", "##bc")],
      },
      {
        group: "values",
        title: "a word is too long",
        args: [`${"a".repeat(20)} ${"a".repeat(21)}`, letters],
      },
      { group: "values", title: "case and accents", args: ["ÁB Ab", letters] },
      { group: "values", title: "case is kept", args: ["AB ab", { ...letters, lowercase: false }] },
      { group: "shapes", title: "the text is empty", args: ["", letters] },
      { group: "errors", title: "text is a number", args: [2, letters], throws: "text" },
      {
        group: "values",
        title: "case is kept, and an accent is a character of its own",
        args: ["é e\u0301 É\r\ne", { ...tinyWordPiece("é", "e", "##\u0301"), lowercase: false }],
      },
      {
        group: "values",
        title: "a piece has fifty letters",
        args: [
          `${"ab".repeat(25)}a`,
          { ...tinyWordPiece("a", "##a", "##b", "ab".repeat(25)), maxWordLength: 60 },
        ],
      },
      { group: "shapes", title: "the text is one word", args: [word() + word(), letters] },
    ];
  },
  mutants: [
    {
      edits: [['const mark = start > 0 ? "##" : "";', 'const mark = "";']],
      message: "Pieces inside a word are looked up without ##.",
    },
    {
      edits: [
        [
          "for (let end = characters.length; end > start; end--) {",
          "for (let end = start + 1; end <= characters.length; end++) {",
        ],
      ],
      message: "You take the shortest piece that fits. Take the longest.",
    },
    {
      edits: [["if (!piece) return [unknown];", "if (!piece) return [...ids, unknown];"]],
      message:
        "There are pieces before the unknown. " +
        "A word that can't be finished becomes one unknown as a whole.",
    },
    {
      edits: [["if (characters.length > model.maxWordLength) return [unknown];", ""]],
      message: "Words longer than maxWordLength are cut into pieces. Each becomes one unknown.",
    },
    {
      edits: [["{ lowercase: model.lowercase }", "{}"]],
      message: "The text is always lowercased. Ask the model.",
    },
    {
      edits: [["characters.length > model.maxWordLength", "word.length > model.maxWordLength"]],
      message:
        "word.length counts UTF-16 units, two for 𝔸 or an emoji. " +
        "Count the characters of Array.from(word).",
    },
    {
      edits: [
        ["characters.length > model.maxWordLength", "characters.length >= model.maxWordLength"],
      ],
      message: "A word of exactly maxWordLength characters becomes unknown. Only longer ones do.",
    },
    {
      edits: [
        ["end > start; end--", "end > start && start === 0 && end === characters.length; end--"],
      ],
      message:
        "You look up whole words only, and all others are unknown. " +
        "Cut a word into the longest pieces that the vocabulary has.",
    },
    {
      edits: [
        [
          "preTokenizeBert(normalizeBert(text, { lowercase: model.lowercase }))",
          "preTokenizeBert(text)",
        ],
      ],
      message: "The text isn't normalized. Call normalizeBert first, with the model's lowercase.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
