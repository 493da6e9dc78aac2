/** encodeBpe: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { EXACT } from "../shared/exact";
import { babble, crossingBpe, tinyBpe } from "./tinyModels";

/** The loop of the solution that encodes a piece word by word. */
const EACH_WORD = `
  eachWord(piece, model.pattern, (start, end) => {
    for (const id of encodeWord(piece, start, end)) out.push(id);
  });`;

const exercise: Exercise = {
  cases: (random) => {
    const model = tinyBpe(random, ["<s>", "<s><s>"]);
    return [
      {
        group: "values",
        title: "a text of letters that were seen",
        args: [babble(random, 15), model],
      },
      { group: "values", title: "letters are several bytes long", args: ["éé 👩‍👩‍👧 中文 ab", model] },
      {
        group: "values",
        title: "specials are next to each other",
        args: ["<s><s><s>ab<s>", model],
      },
      {
        group: "values",
        title: "a merge would reach across words",
        args: ["ab ab  ab", crossingBpe("b ")],
      },
      {
        group: "values",
        title: "a merge would reach from a letter to a sign",
        args: ["ab-ab", crossingBpe("b-")],
      },
      {
        group: "values",
        title: "the model's pattern makes each digit a word",
        args: ["a 12 12b", crossingBpe("12", /\p{N}|\P{N}+/gu)],
      },
      { group: "shapes", title: "the text is one special", args: ["<s>", model] },
      { group: "shapes", title: "the text is empty", args: ["", model] },
      { group: "errors", title: "text is a list", args: [["a"], model], throws: "text" },
      {
        group: "values",
        title: "lines end in CRLF, and an accent is a character of its own",
        args: ["a\r\nb e\u0301\r\n", model],
      },
      { group: "shapes", title: "the text is two words", args: [babble(random, 2), model] },
    ];
  },
  mutants: [
    {
      edits: [
        [
          'import { wordEncoder } from "./wordEncoder";',
          `import { GPT2_PATTERN } from "./gpt2Pattern";
           import { wordEncoder } from "./wordEncoder";`,
        ],
        ["eachWord(piece, model.pattern,", "eachWord(piece, GPT2_PATTERN,"],
      ],
      message: "You cut words by GPT-2's pattern, whatever the model. Use its own, model.pattern.",
    },
    {
      edits: [
        [EACH_WORD, "out.push(...piece.split(/(?= )/).flatMap((word) => encodeWord(word)));"],
      ],
      message:
        "You cut the text at spaces only. The model's pattern also separates letters from " +
        "signs: wordsOf(piece, model.pattern).",
    },
    {
      edits: [["cutAtSpecials(text, Object.keys(model.specials)).forEach", "[text].forEach"]],
      message: "Specials are encoded like any other text. Cut the text at them first.",
    },
    {
      edits: [[EACH_WORD, "out.push(...encodeWord(piece));"]],
      message: "You don't cut the text into words, so merges reach across spaces.",
    },
    {
      edits: [["out.push(model.specials[piece]!);", ""]],
      message: "Specials are left out. Each becomes its id.",
    },
    {
      edits: [["encodeWord(piece, start, end)", "encodeWord(piece.slice(start, end).trim())"]],
      message: "The spaces are lost. They belong to the words.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
