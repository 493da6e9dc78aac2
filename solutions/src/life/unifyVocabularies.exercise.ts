/** unifyVocabularies: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { EXACT } from "../shared/exact";

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "text, then DNA",
      args: [
        [
          { name: "text", size: 20 },
          { name: "dna", size: 5 },
        ],
      ],
    },
    {
      group: "values",
      title: "four modalities",
      args: [["text", "image", "dna", "cell"].map((name) => ({ name, size: random.int(1, 900) }))],
    },
    { group: "shapes", title: "one modality of one token", args: [[{ name: "x", size: 1 }]] },
    {
      group: "errors",
      title: "a name comes twice",
      args: [
        [
          { name: "dna", size: 5 },
          { name: "dna", size: 5 },
        ],
      ],
      throws: "dna",
    },
    {
      group: "errors",
      title: "a modality has no token",
      args: [[{ name: "dna", size: 0 }]],
      throws: "size",
    },
  ],
  mutants: [
    {
      edits: [["let next = 1; // 0 is padding", "let next = 0;"]],
      message: "The first <begin> is 0, which is padding. Start at 1.",
    },
    {
      edits: [
        [
          "offset: next + 2, size, begin: next, end: next + 1",
          "offset: next, size, begin: next + size, end: next + size + 1",
        ],
      ],
      message: "<begin> and <end> follow the modality's ids. They come before them.",
    },
    {
      edits: [["next += 2 + size;", "next += size;"]],
      message: "Ranges overlap: <begin> and <end> take two ids of each modality.",
    },
    {
      edits: [["begin: next, end: next + 1", "begin: 1, end: 2"]],
      message:
        "All modalities share one <begin> and one <end>. " +
        "Each has its own, which says what follows.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
