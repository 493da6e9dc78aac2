/** packTokens: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { EXACT } from "../shared/exact";
import { segment, vocabulary } from "./lifeCases";

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", title: "one segment", args: [[segment(random, "dna", 5)], vocabulary()] },
    {
      group: "values",
      title: "one segment of each modality",
      args: [
        [
          segment(random, "text", 4),
          segment(random, "image", 3),
          segment(random, "dna", 6),
          segment(random, "cell", 2),
        ],
        vocabulary(),
      ],
    },
    {
      group: "values",
      title: "a modality comes twice",
      args: [
        [segment(random, "text", 3), segment(random, "cell", 3), segment(random, "text", 2)],
        vocabulary(),
      ],
    },
    {
      group: "shapes",
      title: "a segment has no ids",
      args: [[{ modality: "image", ids: [] }, segment(random, "dna", 1)], vocabulary()],
    },
    { group: "shapes", title: "there are no segments", args: [[], vocabulary()] },
    {
      group: "errors",
      title: "an id is outside its modality",
      args: [[{ modality: "dna", ids: [0, 4, 5] }], vocabulary()],
      throws: "position 2",
    },
    {
      group: "errors",
      title: "a modality is not in the vocabulary",
      args: [[{ modality: "sound", ids: [1] }], vocabulary()],
      throws: "sound",
    },
    {
      group: "errors",
      title: "a modality is named like a property that every object has",
      args: [[{ modality: "constructor", ids: [1] }], vocabulary()],
      throws: "constructor",
    },
    {
      group: "property",
      title: "a segment of 130,000 ids",
      args: [
        [{ modality: "text", ids: Array.from({ length: 130_000 }, () => random.int(0, 8)) }],
        vocabulary(),
      ],
    },
    {
      group: "shapes",
      title: "a segment without ids stands between two others",
      args: [
        [
          segment(random, "text", random.int(2, 6)),
          { modality: "image", ids: [] },
          segment(random, "cell", 2),
        ],
        vocabulary(),
      ],
    },
  ],
  mutants: [
    {
      edits: [["packed.push(range.offset + id);", "packed.push(id);"]],
      message:
        "The ids stay where their own tokenizer has them, so DNA's 1 is the same as text's 1. " +
        "Add the modality's offset.",
    },
    { edits: [["packed.push(range.end);", ""]], message: "<end> is missing after each segment." },
    {
      edits: [["packed.push(range.begin);", ""]],
      message: "<begin> is missing before each segment.",
    },
    {
      edits: [["packed.push(range.offset + id);", "packed.push(range.begin + id);"]],
      message: "The ids count from <begin>, so id 0 looks like <begin>. Count from the offset.",
    },
    {
      edits: [
        [
          "packed.push(range.begin);",
          "if (s === 0 || segments[s - 1]!.modality !== modality) packed.push(range.begin + 1);",
        ],
        ["packed.push(range.end);", "packed.push(range.begin);"],
      ],
      message: "<begin> and <end> are swapped.",
    },
    {
      edits: [
        ["if (!Number.isInteger(id) || id < 0 || id >= range.size) {", "if (packed.length < 0) {"],
      ],
      message:
        "Ids that the modality doesn't have go through. " +
        "They would be another modality's: throw an error that names the position.",
    },
    {
      edits: [
        ["if (!Number.isInteger(id) || id < 0 || id >= range.size) {", "if (packed.length < 0) {"],
        [
          "Object.hasOwn(modalities, modality) ? modalities[modality] : undefined",
          "modalities[modality]!",
        ],
        ["if (!range) {", "if (segments.length < 0) {"],
      ],
      message:
        "You check neither modalities nor ids. " +
        "A modality that the vocabulary doesn't have, and an id outside its modality, are " +
        "errors that name their place.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
