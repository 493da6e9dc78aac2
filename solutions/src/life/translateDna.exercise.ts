/** translateDna: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { EXACT } from "../shared/exact";
import { dna } from "./lifeCases";

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", says: "a start, two amino acids, a stop", args: ["ATGGCGTGGTAA"] },
    { group: "values", says: "many codons", args: [dna(random, 120)] },
    { group: "values", says: "translation goes on after a stop", args: ["TAGATGTGATGG"] },
    {
      group: "values",
      says: "N makes X, even where the third base does not matter",
      args: ["GGNATGNNNTGG"],
    },
    { group: "values", says: "some bases are in lower case", args: [dna(random, 30, "ACGTacgt")] },
    { group: "shapes", says: "a base is left over", args: ["ATGGCGT"] },
    { group: "shapes", says: "there is less than a codon", args: ["AT"] },
    { group: "errors", says: "the sequence is RNA", args: ["AUGGCG"], throws: "position 1" },
  ],
  mutants: [
    {
      edits: [["kmerTokens(sequence, 3, 3)", "kmerTokens(sequence, 3)"]],
      says: "The codons overlap. Each begins where the previous one ends: stride 3.",
    },
    {
      edits: [['.join("")', '.join("").split("*")[0]!']],
      says:
        "Translation ends at the first stop. " +
        "Write * and go on; where to stop is up to the caller.",
    },
    {
      edits: [['.join("")', '.join("").replaceAll("X", "")']],
      says: "Codons with N are left out. Each gives an X, so that places stay aligned.",
    },
    {
      edits: [["kmerTokens(sequence, 3, 3)", "kmerTokens(sequence.slice(1), 3, 3)"]],
      says: "The reading frame is off by one. Begin at the first base.",
    },
    {
      edits: [["AMINO_ACIDS[codon]!", '(AMINO_ACIDS[codon] === "*" ? "X" : AMINO_ACIDS[codon])']],
      says: "You write a stop as X. Its letter is *.",
    },
    {
      edits: [
        [
          "kmerTokens(sequence, 3, 3)",
          "kmerTokens(sequence.slice(Math.max(0, sequence.search(/atg/i))), 3, 3)",
        ],
      ],
      says:
        "Translation begins at the first ATG. " +
        "Begin at the first base; where a gene starts is up to the caller.",
    },
    {
      edits: [['.join("")', '.join("") + (sequence.length % 3 === 0 ? "" : "X")']],
      says: "The bases left over at the end became an X. They don't fill a codon: leave them out.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
