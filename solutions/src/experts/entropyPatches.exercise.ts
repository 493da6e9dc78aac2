/** entropyPatches: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";

/** Sixteenths from 0 to 4, so that differences are exact. */
const draw = (random: Random, T: number) => Array.from({ length: T }, () => random.int(0, 64) / 16);

const exercise: Exercise = {
  cases: (random) => {
    const falling = [3, 2.5, 2, 1.5, 1, 0.5];
    return [
      { group: "values", title: "a threshold", args: [draw(random, 14), { threshold: 2.03 }] },
      { group: "values", title: "a jump", args: [draw(random, 14), { jump: 0.53 }] },
      {
        group: "values",
        title: "a threshold and a jump",
        args: [draw(random, 16), { threshold: 3.03, jump: 1.03 }],
      },
      {
        group: "values",
        title: "entropies climb in steps below the jump",
        args: [[0.5, 1, 1.5, 2, 2.5, 3.75, 4.25], { jump: 0.75 }],
      },
      { group: "values", title: "patches of four", args: [draw(random, 11), { longest: 4 }] },
      {
        group: "values",
        title: "a threshold, and no patch is over three",
        args: [draw(random, 20), { threshold: 3.03, longest: 3 }],
      },
      {
        group: "values",
        title: "a jump of 0, and entropies fall, stay and rise",
        args: [[...falling, 0.5, 0.5, 0.75, 0.75], { jump: 0 }],
      },
      {
        group: "values",
        title: "a threshold of 0, and some bytes are certain",
        args: [[0, 0, 0.5, 0, 0.25, 0], { threshold: 0 }],
      },
      {
        group: "values",
        title: "an entropy is exactly the threshold",
        args: [[1, 2, 1, 2.5, 2], { threshold: 2 }],
      },
      { group: "values", title: "no rule is given", args: [draw(random, 6), {}] },
      {
        group: "property",
        title: "the first byte is certain",
        args: [[0, 3, 0], { threshold: 1 }],
      },
      { group: "shapes", title: "there are no bytes", args: [[], { threshold: 1 }] },
      { group: "shapes", title: "there is one byte", args: [[0.5], { threshold: 1, longest: 1 }] },
      {
        group: "errors",
        title: "longest is 0",
        args: [draw(random, 4), { longest: 0 }],
        throws: "longest",
      },
      {
        group: "property",
        title: "the first byte is the most certain one",
        args: [[0, ...draw(random, 6)], { threshold: 2.03, jump: 1.03 }],
      },
      {
        group: "shapes",
        title: "there are two bytes",
        args: [draw(random, 2), { threshold: 1.03, jump: 0.53 }],
      },
      {
        group: "property",
        title: "the first of twenty bytes is certain",
        args: [[0, ...draw(random, 19)], { threshold: 2.03, jump: 1.03 }],
      },
      {
        group: "shapes",
        title: "there are some tens of bytes",
        args: [draw(random, random.int(20, 40)), { threshold: 2.03, longest: 3 }],
      },
    ];
  },
  mutants: [
    {
      edits: [["entropy > threshold", "entropy >= threshold"]],
      message: "An entropy of exactly the threshold begins a patch. It has to be above it.",
    },
    {
      edits: [["t === 0 || isUnsure", "isUnsure"]],
      message: "The first byte begins a patch, however sure the model is of it.",
    },
    {
      edits: [["starts.push(t)", "starts.push(t + 1)"]],
      message:
        "The patch begins after the surprising byte. The surprise comes first: the byte itself " +
        "begins the patch.",
    },
    {
      edits: [
        [
          "entropy > threshold || entropy - entropies[t - 1]! > jump",
          "entropy > threshold && entropy - entropies[t - 1]! > jump",
        ],
      ],
      message: "All rules must hold at once. One of those given is enough.",
    },
    {
      edits: [
        ["entropy - entropies[t - 1]! > jump", "Math.abs(entropy - entropies[t - 1]!) > jump"],
      ],
      message: "A fall of the entropy begins a patch, too. Only a rise does.",
    },
    {
      edits: [
        ["const isFull = t - starts.at(-1)! >= longest;", "const isFull = t % longest === 0;"],
      ],
      message:
        "You cut at multiples of `longest`. Count the bytes of the patch, from its own beginning.",
    },
    {
      edits: [[">= longest", "> longest"]],
      message: "Patches get one byte too long: at most `longest` bytes.",
    },
    {
      edits: [
        [
          "  return starts;",
          "  return starts.map((start, i) => (starts[i + 1] ?? entropies.length) - start);",
        ],
      ],
      message: "You return lengths. Return the place where each patch begins.",
    },
    {
      edits: [["entropies[t - 1]! > jump", "entropies[t - 1]! >= jump"]],
      message: "A rise of exactly `jump` begins a patch. It has to be more than that.",
    },
    {
      edits: [["entropy > threshold", "(threshold !== 0 && entropy > threshold)"]],
      message: "A threshold of 0 counts as not given. It is a number like others.",
    },
    {
      edits: [
        [
          "entropy - entropies[t - 1]! > jump",
          "(jump !== 0 && entropy - entropies[t - 1]! > jump)",
        ],
      ],
      message: "A jump of 0 counts as not given. It is a number like others.",
    },
    {
      edits: [
        [
          "entropy - entropies[t - 1]! > jump",
          "entropy - Math.min(...entropies.slice(starts.at(-1) ?? 0, t)) > jump",
        ],
      ],
      message:
        "You compare with the lowest entropy of the patch. A jump is the rise since the byte before.",
    },
  ],
};
export default exercise;
