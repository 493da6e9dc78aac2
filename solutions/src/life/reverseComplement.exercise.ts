/** reverseComplement: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { EXACT } from "../shared/exact";
import { dna } from "./lifeCases";

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", says: "the sequence holds each base", args: ["AACGTN"] },
    { group: "values", says: "many bases", args: [dna(random, 70, "ACGTN")] },
    { group: "values", says: "some bases are in lower case", args: [dna(random, 30, "ACGTacgtn")] },
    {
      group: "property",
      says: "the cut site of EcoRI reads the same on both strands",
      args: ["GAATTC"],
    },
    { group: "shapes", says: "there are no bases", args: [""] },
    {
      group: "errors",
      says: "RNA's U is not a base of DNA",
      args: ["ACGUA"],
      throws: "position 3",
    },
  ],
  mutants: [
    {
      edits: [["other[sequence.length - 1 - i]", "other[i]"]],
      says:
        "The partners are in the order of the first strand. " +
        "The strands run in opposite directions: read backward.",
    },
    {
      edits: [["partners.charCodeAt(at)", "letters.charCodeAt(at)"]],
      says: "You only read the sequence backward. Replace each base by its partner as well.",
    },
    {
      edits: [['partners = "TGCANtgcan"', 'partners = "CATGNcatgn"']],
      says: "The pairs are wrong: A pairs with T, C with G.",
    },
    {
      edits: [['partners = "TGCANtgcan"', 'partners = "TGCANTGCAN"']],
      says: "Lower case became upper case. Keep the case of each base.",
    },
    {
      edits: [['partners = "TGCANtgcan"', 'partners = "TGCAAtgcaa"']],
      says: "N became A. The partner of a base that couldn't be read is unknown: it stays N.",
    },
    {
      edits: [['partners = "TGCANtgcan"', 'partners = "ACCANaccan"']],
      says:
        "A and T both became A, G and C both became C: replacing all A by T and then all T by A " +
        "undoes the first step. Look each base up once.",
    },
    {
      edits: [['partners = "TGCANtgcan"', 'partners = "TGCANacgtn"']],
      says: "Bases in lower case kept their letter. They have partners too.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
