/** encodeBases: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { EXACT } from "../shared/exact";
import { dna } from "./lifeCases";

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", title: "the sequence holds each base", args: ["ACGTN"] },
    { group: "values", title: "many bases", args: [dna(random, 80)] },
    {
      group: "values",
      title: "some bases are in lower case",
      args: [dna(random, 40, "ACGTacgtn")],
    },
    { group: "shapes", title: "there are no bases", args: [""] },
    {
      group: "errors",
      title: "RNA's U is not a base of DNA",
      args: ["ACGUA"],
      throws: "position 3",
    },
    {
      group: "errors",
      title: "the first character is a line end",
      args: ["\nACG"],
      throws: "position 0",
    },
    {
      group: "shapes",
      title: "a sequence of another length",
      args: [dna(random, random.int(5, 40), "ACGTN")],
    },
  ],
  mutants: [
    {
      edits: [['letters = "ACGTNacgtn"', 'letters = "ATGCNatgcn"']],
      message: "The order is A, C, G, T: C is 1 and T is 3.",
    },
    {
      edits: [
        [
          'const letters = "ACGTNacgtn";',
          `const letters = "ACGTNacgtn";
           sequence = sequence.replace(/N/gi, "");`,
        ],
      ],
      message: "N is left out, so everything after it moves. It is a token of its own, 4.",
    },
    {
      edits: [["ids[i] = at % 5;", "ids[i] = at < 5 ? at : 4;"]],
      message: "You read lower case as N. It marks repeats, whose bases are as good as any.",
    },
    { edits: [["ids[i] = at % 5;", "ids[i] = at % 5 + 1;"]], message: "Ids begin at 1. A is 0." },
    {
      edits: [["return ids;", "return [...ids] as unknown as Int32Array;"]],
      message:
        "You return a plain array. " +
        "Return an Int32Array, four bytes per id, however long the genome.",
    },
    {
      edits: [
        ['"ACGTNacgtn"', '"ACGTN"'],
        ["if (at < 0) {", "if (at < 0 && !/[a-z]/.test(sequence[i]!)) {"],
      ],
      message: "Lower-case bases have no id. They mark repeats and count as upper case.",
    },
    {
      edits: [["ids[i] = at % 5;", "ids[i] = at % 5 === 4 ? 0 : at % 5;"]],
      message: "N becomes 0, the same as A. It is a token of its own, 4.",
    },
    {
      edits: [['"ACGTNacgtn"', '"ACGTN"']],
      message: "Lower-case bases have no id. They mark repeats and count as upper case.",
    },
    {
      edits: [['"ACGTNacgtn"', '"ACGNTacgnt"']],
      message: "The order is A, C, G, T, N: T is 3 and N is 4.",
    },
    {
      edits: [["if (at < 0) {", "if (at < -1) {"]],
      message: "A character that isn't a base gets an id. Throw an error that names its position.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
