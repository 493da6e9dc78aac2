/** unpackTokens: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { EXACT } from "../shared/exact";
import { segment, vocabulary } from "./lifeCases";
import { packTokens } from "./packTokens";

const exercise: Exercise = {
  cases: (random) => {
    const V = vocabulary();
    const { text, image, dna } = V.modalities as Record<
      string,
      { begin: number; end: number; offset: number }
    >;
    const four = packTokens(
      [
        segment(random, "text", 4),
        segment(random, "image", 3),
        segment(random, "dna", 6),
        segment(random, "cell", 2),
      ],
      V,
    );
    return [
      {
        group: "values",
        says: "one segment",
        args: [packTokens([segment(random, "dna", 5)], V), V],
      },
      { group: "values", says: "one segment of each modality", args: [four, V] },
      { group: "values", says: "padding stands behind", args: [[...four, 0, 0, 0], V] },
      {
        group: "values",
        says: "padding stands everywhere",
        args: [[0, ...four.flatMap((id) => [id, 0])], V],
      },
      {
        group: "values",
        says: "a modality comes twice",
        args: [packTokens([segment(random, "text", 3), segment(random, "text", 2)], V), V],
      },
      { group: "shapes", says: "a segment has no ids", args: [[image!.begin, image!.end], V] },
      { group: "shapes", says: "there are no ids", args: [[], V] },
      {
        group: "errors",
        says: "a segment holds another modality's id",
        args: [[text!.begin, text!.offset, dna!.offset, text!.end], V],
        throws: "position 2",
      },
      {
        group: "errors",
        says: "the next modality begins inside a segment",
        args: [[text!.begin, text!.offset, image!.begin, text!.end], V],
        throws: "position 2",
      },
      {
        group: "errors",
        says: "a segment holds an earlier modality's id",
        args: [[dna!.begin, text!.offset, dna!.end], V],
        throws: "position 1",
      },
      {
        group: "errors",
        says: "an id stands outside all segments",
        args: [[0, text!.offset], V],
        throws: "position 1",
      },
      {
        group: "errors",
        says: "a segment does not end",
        args: [[dna!.begin, dna!.offset], V],
        throws: "dna",
      },
    ];
  },
  mutants: [
    {
      edits: [["inside.push(id - offset);", "inside.push(id);"]],
      says: "The ids stay in the joint vocabulary. Take the modality's offset off again.",
    },
    {
      edits: [
        [
          "segments.push({ modality: open.modality, ids: inside });",
          "if (inside.length > 0) segments.push({ modality: open.modality, ids: inside });",
        ],
      ],
      says: "A segment without ids is dropped. It was packed, so it comes back.",
    },
    {
      edits: [
        [
          "segments.push({ modality: open.modality, ids: inside });",
          "const last = segments.at(-1);\n      if (last?.modality === open.modality) " +
            "last.ids.push(...inside);\n      else segments.push({ modality: " +
            "open.modality, ids: inside });",
        ],
      ],
      says: "Two segments of one modality became one. Each <begin> opens a segment of its own.",
    },
    {
      edits: [["inside.push(id - offset);", "inside.unshift(id - offset);"]],
      says: "The ids of a segment come back in reverse order.",
    },
    {
      edits: [["inside.push(id - offset);", "inside.push(id - offset + 1);"]],
      says: "Each id is one too high. The first id of a modality is its offset.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
