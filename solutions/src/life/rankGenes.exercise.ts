/** rankGenes: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { EXACT } from "../shared/exact";
import { molecules } from "./lifeCases";

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "one cell of four genes",
      args: [tensorData([1, 4], [4, 0, 6, 1]), tensorData([4], [1, 2, 2, 0.5]), 4],
    },
    {
      group: "values",
      title: "the median reverses the order",
      args: [tensorData([1, 3], [100, 2, 1]), tensorData([3], [200, 2, 0.5]), 3],
    },
    {
      group: "values",
      title: "several cells",
      args: [molecules(random, 3, 16), random.uniform([16], 0.3, 4), 10],
    },
    {
      group: "property",
      title: "several genes tie",
      args: [tensorData([1, 6], [2, 5, 2, 5, 0, 2]), tensorData([6], [1, 1, 1, 1, 1, 1]), 6],
    },
    {
      group: "property",
      title: "a gene without counts has no median",
      args: [tensorData([1, 3], [0, 2, 1]), tensorData([3], [0, 1, 1]), 2],
    },
    {
      group: "shapes",
      title: "there are fewer places than genes",
      args: [molecules(random, 2, 8, 1), random.uniform([8], 0.5, 2), 3],
    },
    {
      group: "shapes",
      title: "there are more places than genes",
      args: [molecules(random, 2, 3), tensorData([3], [1, 1, 1]), 6],
    },
    {
      group: "shapes",
      title: "a cell has no counts",
      args: [tensorData([2, 2], [0, 0, 0, 3]), tensorData([2], [1, 1]), 2],
    },
    {
      group: "errors",
      title: "a count is negative",
      args: [tensorData([1, 2], [1, -1]), tensorData([2], [1, 1]), 2],
      throws: "counts",
    },
    {
      group: "values",
      title: "a cell with four genes comes before a cell with one",
      args: [tensorData([2, 4], [5, 4, 3, 2, 0, 0, 7, 0]), tensorData([4], [1, 1, 1, 1]), 2],
    },
    {
      group: "values",
      title: "a gene's ratio is tiny, but it has counts",
      args: [tensorData([1, 3], [1, 0, 5]), tensorData([3], [1e8, 1, 2]), 3],
    },
    {
      group: "values",
      title: "there are 70,000 genes",
      args: [
        tensorData(
          [1, 70_000],
          Array.from({ length: 70_000 }, (_, gene) => (gene % 35_000 === 34_999 ? gene : 0)),
        ),
        tensorData([70_000], new Float32Array(70_000).fill(1)),
        3,
      ],
    },
    {
      group: "property",
      title: "genes tie in two cells",
      args: [
        tensorData(
          [2, 12],
          Array.from({ length: 24 }, () => random.int(0, 3)),
        ),
        tensorData([12], Array<number>(12).fill(1)),
        12,
      ],
    },
  ],
  mutants: [
    {
      edits: [["values[cell * genes + gene]! / usual[gene]!", "values[cell * genes + gene]!"]],
      message:
        "You rank the counts themselves, so every cell's sentence begins with the same loud " +
        "genes. Divide by the gene's median.",
    },
    {
      edits: [
        [
          "values[cell * genes + gene]! / usual[gene]!",
          "values[cell * genes + gene]! * usual[gene]!",
        ],
      ],
      message: "You multiply the counts by the median. Divide: it is what the gene usually has.",
    },
    {
      edits: [["ratios[b]! - ratios[a]! || a - b", "ratios[a]! - ratios[b]! || a - b"]],
      message: "The order is from low to high. The sentence begins with the highest.",
    },
    {
      edits: [["|| a - b", "|| b - a"]],
      message: "On ties, the higher gene comes first. Put the lower one first.",
    },
    {
      edits: [["= gene + 1;", "= gene;"]],
      message: "Tokens are one too low: 0 is padding, so gene 0 is token 1.",
    },
    {
      edits: [["value > 0 ? [gene] : []", "[gene]"]],
      message: "Genes without counts are in the sentence. Leave them out and fill up with 0.",
    },
    {
      edits: [
        [
          "tokens[cell * length + rank] = gene + 1;",
          "if (gene < length) tokens[cell * length + gene] = rank + 1;",
        ],
      ],
      message:
        "You put each gene's rank in the gene's place. " +
        "It is the other way around: put a gene at each rank.",
    },
    {
      edits: [["ranked.slice(0, length)", "ranked.slice(-length)"]],
      message:
        "Where a cell has more genes than places, you cut off the highest. " +
        "Keep the beginning of the sentence.",
    },
    {
      edits: [
        [
          "tokens[cell * length + rank] = gene + 1;",
          "tokens[(cell + 1) * length - Math.min(length, ranked.length) + rank] = gene + 1;",
        ],
      ],
      message: "The padding comes before the sentence. It fills what is left after it.",
    },
    {
      edits: [
        [
          "const tokens = new Int32Array(cells * length);",
          "const tokens = new Int32Array(cells * length).fill(-1);",
        ],
      ],
      message: "What is left of a row is −1. Fill it with 0, the padding.",
    },
    {
      edits: [
        ["ranked.slice(0, length).forEach", "ranked.forEach"],
        [
          "tokens[cell * length + rank] = gene + 1;",
          "if (gene < length) tokens[cell * length + gene] = rank + 1;",
        ],
      ],
      message:
        "You put each gene's rank in the gene's place. " +
        "It is the other way around: put a gene at each rank.",
    },
    {
      edits: [
        [
          "values[cell * genes + gene]! / usual[gene]!",
          "values[cell * genes + gene]! <= 0 ? 0 : values[cell * genes + gene]! - usual[gene]!",
        ],
        [
          "value > 0 ? [gene] : []",
          "values[cell * genes + gene]! > 0 || value > Infinity ? [gene] : []",
        ],
      ],
      message:
        "You subtract the median. " +
        "Divide by it, so that a gene that is twice as loud as usual ranks high whatever its " +
        "usual count is.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
