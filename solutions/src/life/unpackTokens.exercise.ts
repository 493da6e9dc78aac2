/** unpackTokens: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { EXACT } from "../shared/exact";
import { segment, vocabulary } from "./lifeCases";
import { packTokens } from "./packTokens";

const exercise: Exercise = {
  cases: (random) => {
    const V = vocabulary();
    const { text, image, dna } = V.modalities;
    const one = [segment(random, "dna", 5)];
    const texts = [segment(random, "text", 3), segment(random, "text", 2)];
    const each = [
      segment(random, "text", 4),
      segment(random, "image", 3),
      segment(random, "dna", 6),
      segment(random, "cell", 2),
    ];
    const four = packTokens(each, V);
    return [
      { group: "values", title: "one segment", args: [packTokens(one, V), V] },
      { group: "values", title: "one segment of each modality", args: [four, V] },
      { group: "values", title: "padding at the end", args: [[...four, 0, 0, 0], V] },
      {
        group: "values",
        title: "padding everywhere",
        args: [[0, ...four.flatMap((id) => [id, 0])], V],
      },
      { group: "values", title: "a modality comes twice", args: [packTokens(texts, V), V] },
      { group: "shapes", title: "a segment has no ids", args: [[image!.begin, image!.end], V] },
      { group: "shapes", title: "there are no ids", args: [[], V] },
      {
        group: "errors",
        title: "a segment holds another modality's id",
        args: [[text!.begin, text!.offset, dna!.offset, text!.end], V],
        throws: "position 2",
      },
      {
        group: "errors",
        title: "the next modality begins inside a segment",
        args: [[text!.begin, text!.offset, image!.begin, text!.end], V],
        throws: "position 2",
      },
      {
        group: "errors",
        title: "a segment holds an earlier modality's id",
        args: [[dna!.begin, text!.offset, dna!.end], V],
        throws: "position 1",
      },
      {
        group: "errors",
        title: "an id is outside all segments",
        args: [[0, text!.offset], V],
        throws: "position 1",
      },
      {
        group: "errors",
        title: "a segment does not end",
        args: [[dna!.begin, dna!.offset], V],
        throws: "dna",
      },
      {
        group: "errors",
        title: "a segment ends in padding alone",
        args: [[dna!.begin, dna!.offset, 0, 0], V],
        throws: "dna",
      },
      {
        group: "shapes",
        title: "a segment without ids stands between two others",
        args: [
          packTokens(
            [
              segment(random, "text", random.int(2, 6)),
              { modality: "image", ids: [] },
              segment(random, "cell", 2),
            ],
            V,
          ),
          V,
        ],
      },
    ];
  },
  mutants: [
    {
      edits: [["inside.push(id - offset);", "inside.push(id);"]],
      message: "The ids stay in the joint vocabulary. Subtract the modality's offset.",
    },
    {
      edits: [
        [
          "segments.push({ modality: open.modality, ids: inside });",
          "if (inside.length > 0) segments.push({ modality: open.modality, ids: inside });",
        ],
      ],
      message: "You drop segments without ids. They were packed, so they come back.",
    },
    {
      edits: [
        [
          "segments.push({ modality: open.modality, ids: inside });",
          `const last = segments.at(-1);
           if (last?.modality === open.modality) last.ids.push(...inside);
           else segments.push({ modality: open.modality, ids: inside });`,
        ],
      ],
      message: "Two segments of one modality became one. Each <begin> opens a segment of its own.",
    },
    {
      edits: [["inside.push(id - offset);", "inside.unshift(id - offset);"]],
      message: "The ids of a segment come back in reverse order.",
    },
    {
      edits: [["inside.push(id - offset);", "inside.push(id - offset + 1);"]],
      message: "Each id is one too high. The first id of a modality is its offset.",
    },
    {
      edits: [
        [
          `if (open) {
    throw`,
          `if (open && inside.length < 0) {
    throw`,
        ],
      ],
      message:
        "You don't notice that the last segment has no end. " +
        "After the last id none may be open: throw an error that names its modality.",
    },
    {
      edits: [
        ["if (id === 0) continue; // padding", "if (id === 0) break;"],
        [
          `if (open) {
    throw`,
          `if (open && inside.length < 0) {
    throw`,
        ],
      ],
      message:
        "You stop at the first padding. " +
        "Skip it and go on: segments may come after it, and it may stand inside one.",
    },
    {
      edits: [["if (id === 0) continue; // padding", "if (id === 0 && !open) continue;"]],
      message: "You skip padding only between segments. Inside a segment it is skipped too.",
    },
    {
      edits: [
        [
          "segments.push({ modality: open.modality, ids: inside });",
          "segments.push({ modality: open.modality, ids: [...inside, id - open.offset] });",
        ],
      ],
      message: "A segment's <end> is among its ids. It only closes the segment.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
