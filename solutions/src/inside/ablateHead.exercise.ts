/** ablateHead: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random } from "grader";

/** What heads have read, of drawn sizes, and one of the heads. */
function drawHead(random: Random) {
  const H = random.int(2, 4);
  return [
    random.normal([random.int(1, 3), H, random.int(1, 4), random.int(1, 4)]),
    random.int(0, H - 1),
  ];
}

const exercise: Exercise = {
  cases: (random) => {
    const z = () => random.normal([2, 3, 4, 5], 1, 0.5);
    const infinite = random.normal([1, 2, 3, 2]);
    infinite.data[1] = Infinity;
    return [
      { group: "values", title: "the first of three heads is zeroed", args: [z(), 0, "zero"] },
      { group: "values", title: "no way is given", args: [z(), 1] },
      { group: "values", title: "the last head becomes its mean", args: [z(), 2, "mean"] },
      {
        group: "values",
        title: "one text: the mean is over its places",
        args: [random.normal([1, 2, 6, 3], 1, 1), 1, "mean"],
      },
      {
        group: "values",
        title: "one place: the mean is over the texts",
        args: [random.normal([4, 2, 1, 3], 1, 1), 0, "mean"],
      },
      { group: "shapes", title: "there is one head", args: [random.normal([2, 1, 3, 2]), 0] },
      {
        group: "gradient",
        title: "z is differentiated, zero",
        args: [z(), 1, "zero"],
        wrt: ["0"],
      },
      {
        group: "gradient",
        title: "z is differentiated, mean",
        args: [z(), 1, "mean"],
        wrt: ["0"],
      },
      {
        group: "gradient",
        title: "z is differentiated, the mean of the only head",
        args: [random.normal([2, 1, 4, 2]), 0, "mean"],
        wrt: ["0"],
      },
      { group: "errors", title: "there is no such head", args: [z(), 3], throws: "head" },
      { group: "errors", title: "there is no such way", args: [z(), 0, "median"], throws: "by" },
      {
        group: "property",
        title: "the head holds an infinite number",
        args: [tensorData([1, 2, 2, 2], [1, 2, 3, 4, Infinity, -Infinity, 5, 6]), 1],
      },
      {
        group: "property",
        title: "the head holds an infinite number, and others are drawn",
        args: [infinite, 0],
      },
      {
        group: "shapes",
        title: "there are other numbers of texts, heads and places",
        args: drawHead(random),
      },
      {
        group: "gradient",
        title: "z of another size is differentiated, mean",
        args: [...drawHead(random), "mean"],
        wrt: ["0"],
      },
    ];
  },
  mutants: [
    {
      edits: [["parts[head]!.mean([0, 2], true)", "parts[head]!.mean([2], true)"]],
      message:
        "You take a mean for each text, which still tells something about that text. " +
        "Take one mean over all texts and places.",
    },
    {
      edits: [["parts[head]!.mean([0, 2], true)", "parts[head]!.mean([0], true)"]],
      message:
        "You take a mean for each place. Take one mean over all texts and places, [1, 1, 1, D].",
    },
    {
      edits: [["parts[head]!.mean([0, 2], true)", "parts[head]!.mean()"]],
      message: "You average the features, too. The mean of a head is a vector of D numbers.",
    },
    {
      edits: [
        ["const mean = parts[head]!.mean([0, 2], true);", "const mean = z.mean([0, 1, 2], true);"],
      ],
      message: "This is the mean over all heads. Take the mean of the one that is taken out.",
    },
    {
      edits: [
        ["tf.split(z, H, 1)", "tf.split(z.transpose([0, 2, 1, 3]), z.shape[2]!, 1)"],
        ["tf.zerosLike(parts[head]!)", "tf.zerosLike(parts[0]!)"],
        ["parts[head]!.mean(", "parts[Math.min(head, parts.length - 1)]!.mean("],
        ["tf.concat(changed, 1)", "tf.concat(changed, 1).transpose([0, 2, 1, 3])"],
      ],
      message: "You replace a token instead of a head. Heads are the second axis: [B, H, T, D].",
    },
    {
      edits: [["h === head ? instead : part", "h === head ? part : instead"]],
      message: "You keep this head and take out the others. It is the other way around.",
    },
    {
      edits: [
        [
          "h === head ? instead : part",
          'h === head ? instead : part.mul(by === "zero" ? H / (H - 1) : 1)',
        ],
      ],
      message: "You scale up the other heads, as dropout does. They stay as they are, bit for bit.",
    },
  ],
};
export default exercise;
