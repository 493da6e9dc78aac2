/** encodeBases: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { EXACT } from "../shared/exact";
import { dna } from "./lifeCases";

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", says: "the sequence holds each base", args: ["ACGTN"] },
    { group: "values", says: "many bases", args: [dna(random, 80)] },
    { group: "values", says: "some bases are in lower case", args: [dna(random, 40, "ACGTacgtn")] },
    { group: "shapes", says: "there are no bases", args: [""] },
    { group: "errors", says: "RNA's U is no base of DNA", args: ["ACGUA"], throws: "position 3" },
    {
      group: "errors",
      says: "the first character is a line end",
      args: ["\nACG"],
      throws: "position 0",
    },
  ],
  mutants: [
    {
      edits: [['letters = "ACGTNacgtn"', 'letters = "ATGCNatgcn"']],
      says: "The order is A, C, G, T: C is 1 and T is 3.",
    },
    {
      edits: [
        [
          'const letters = "ACGTNacgtn"',
          'sequence = sequence.replace(/N/gi, "");\n  const letters = "ACGTNacgtn"',
        ],
      ],
      says: "N is left out, so all that follows moves. It is a token of its own, 4.",
    },
    {
      edits: [["ids[i] = at % 5;", "ids[i] = at < 5 ? at : 4;"]],
      says: "Lower case is read as N. It marks repeats, and its bases are as good as others.",
    },
    { edits: [["ids[i] = at % 5;", "ids[i] = at % 5 + 1;"]], says: "Ids begin at 1. A is 0." },
    {
      edits: [["return ids;", "return [...ids] as unknown as Int32Array;"]],
      says:
        "A plain array is returned. Ids are an Int32Array: " +
        "four bytes each, however long the genome.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
