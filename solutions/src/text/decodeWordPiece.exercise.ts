/** decodeWordPiece: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { tinyWordPiece } from "./tinyModels";

const exercise: Exercise = {
  cases: (random) => {
    const model = tinyWordPiece("un", "##aff", "##able", "it", "'", "s", "##s");
    return [
      {
        group: "values",
        title: "pieces follow each other",
        args: [Array.from({ length: 12 }, () => random.int(0, 7)), model],
      },
      { group: "values", title: "a word is in pieces", args: [[1, 2, 3, 4, 5, 6], model] },
      { group: "values", title: "the list begins inside a word", args: [[3, 2], model] },
      { group: "shapes", title: "there are no ids", args: [[], model] },
      {
        group: "errors",
        title: "an id is not in the vocabulary",
        args: [[1, 8], model],
        throws: "8",
      },
    ];
  },
  mutants: [
    {
      edits: [["piece.slice(2)", "piece"]],
      message: "The ## is still there. It only says that the piece continues a word.",
    },
    {
      edits: [["` ${piece}`", "piece"]],
      message: "There are no spaces. A piece without ## begins a word, after one space.",
    },
    {
      edits: [['.join("")', '.join(" ")']],
      message:
        "There is a space before every piece. " +
        "A piece that begins with ## continues the word before it.",
    },
  ],
};
export default exercise;
