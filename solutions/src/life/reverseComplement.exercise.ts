/** reverseComplement: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { EXACT } from "../shared/exact";
import { dna } from "./lifeCases";

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", title: "the sequence holds each base", args: ["AACGTN"] },
    { group: "values", title: "many bases", args: [dna(random, 70, "ACGTN")] },
    {
      group: "values",
      title: "some bases are in lower case",
      args: [dna(random, 30, "ACGTacgtn")],
    },
    {
      group: "property",
      title: "the cut site of EcoRI reads the same on both strands",
      args: ["GAATTC"],
    },
    { group: "shapes", title: "there are no bases", args: [""] },
    {
      group: "errors",
      title: "RNA's U is not a base of DNA",
      args: ["ACGUA"],
      throws: "position 3",
    },
    { group: "property", title: "a piece of six bases repeats", args: [dna(random, 6).repeat(5)] },
    {
      group: "shapes",
      title: "a sequence of another length",
      args: [dna(random, random.int(5, 40), "ACGTN")],
    },
  ],
  mutants: [
    {
      edits: [["other[sequence.length - 1 - i]", "other[i]"]],
      message:
        "The partners are in the order of the first strand. " +
        "The strands run in opposite directions: read backward.",
    },
    {
      edits: [["partners.charCodeAt(at)", "letters.charCodeAt(at)"]],
      message: "You only read the sequence backward. Replace each base by its partner as well.",
    },
    {
      edits: [['partners = "TGCANtgcan"', 'partners = "CATGNcatgn"']],
      message: "The pairs are wrong: A pairs with T, C with G.",
    },
    {
      edits: [['partners = "TGCANtgcan"', 'partners = "TGCANTGCAN"']],
      message: "Lower case became upper case. Keep the case of each base.",
    },
    {
      edits: [['partners = "TGCANtgcan"', 'partners = "TGCAAtgcaa"']],
      message: "N became A. The partner of a base that couldn't be read is unknown: it stays N.",
    },
    {
      edits: [['partners = "TGCANtgcan"', 'partners = "ACCANaccan"']],
      message:
        "A and T both became A, G and C both became C: replacing all A by T and then all T by A " +
        "undoes the first step. Look each base up once.",
    },
    {
      edits: [['partners = "TGCANtgcan"', 'partners = "TGCANacgtn"']],
      message: "Bases in lower case kept their letter. They have partners too.",
    },
    {
      edits: [['partners = "TGCANtgcan"', 'partners = "UGCANugcan"']],
      message: "A's partner is U here, as in RNA. In DNA it is T.",
    },
    {
      edits: [["if (at < 0) {", "if (at < -1) {"]],
      message:
        "A character that isn't a base goes through. Throw an error that names its position.",
    },
    {
      edits: [['partners = "TGCANtgcan"', 'partners = "TGCANNNNNN"']],
      message: "Bases in lower case became N. They have partners too, in lower case.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
