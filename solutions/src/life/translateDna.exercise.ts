/** translateDna: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { EXACT } from "../shared/exact";
import { dna } from "./lifeCases";

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", title: "a start, two amino acids, a stop", args: ["ATGGCGTGGTAA"] },
    { group: "values", title: "many codons", args: [dna(random, 120)] },
    { group: "values", title: "translation goes on after a stop", args: ["TAGATGTGATGG"] },
    {
      group: "values",
      title: "N makes X, even where the third base does not matter",
      args: ["GGNATGNNNTGG"],
    },
    { group: "values", title: "some bases are in lower case", args: [dna(random, 30, "ACGTacgt")] },
    { group: "shapes", title: "a base is left over", args: ["ATGGCGT"] },
    { group: "shapes", title: "there is less than a codon", args: ["AT"] },
    { group: "errors", title: "the sequence is RNA", args: ["AUGGCG"], throws: "position 1" },
    {
      group: "shapes",
      title: "one base or two are left over",
      args: [dna(random, 3 * random.int(3, 9) + random.int(1, 2))],
    },
  ],
  mutants: [
    {
      edits: [["kmerTokens(sequence, 3, 3)", "kmerTokens(sequence, 3)"]],
      message: "The codons overlap. Each begins where the previous one ends: stride 3.",
    },
    {
      edits: [['.join("")', '.join("").split("*")[0]!']],
      message:
        "Translation ends at the first stop. " +
        "Write * and go on; where to stop is up to the caller.",
    },
    {
      edits: [['.join("")', '.join("").replace(/(?<=\\*).*$/, "")']],
      message: "Translation ends after the first stop. Go on; where to stop is up to the caller.",
    },
    {
      edits: [['.join("")', '.join("").replaceAll("X", "")']],
      message: "Codons with N are left out. Each gives an X, so that places stay aligned.",
    },
    {
      edits: [["kmerTokens(sequence, 3, 3)", "kmerTokens(sequence.slice(1), 3, 3)"]],
      message: "The reading frame is off by one. Begin at the first base.",
    },
    {
      edits: [["AMINO_ACIDS[codon]!", '(AMINO_ACIDS[codon] === "*" ? "X" : AMINO_ACIDS[codon])']],
      message: "You write a stop as X. Its letter is *.",
    },
    {
      edits: [
        [
          "kmerTokens(sequence, 3, 3)",
          "kmerTokens(sequence.slice(Math.max(0, sequence.search(/atg/i))), 3, 3)",
        ],
      ],
      message:
        "Translation begins at the first ATG. " +
        "Begin at the first base; where a gene starts is up to the caller.",
    },
    {
      edits: [['.join("")', '.join("") + (sequence.length % 3 === 0 ? "" : "X")']],
      message:
        "The bases left over at the end became an X. They don't fill a codon: leave them out.",
    },
    {
      edits: [["AMINO_ACIDS[codon]!", '(codon === 64 ? "*" : AMINO_ACIDS[codon])']],
      message: "A codon with N became a stop. Its letter is X.",
    },
    {
      edits: [['.join("")', '.join("").replaceAll("*", "")']],
      message: "Stops are left out. Each gives a *, so that places stay aligned.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
