/** tokenDropout: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const MASK = 32;
const ints = (...rows: number[][]) =>
  tensorData([rows.length, rows[0]!.length], rows.flat(), "int32");
const lengths = (...n: number[]) => tensorData([n.length], n, "int32");

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "a quarter of one text is masked, and three quarters of the other",
      args: [
        random.normal([2, 4, 5]),
        ints([5, MASK, 7, 8], [MASK, 9, MASK, MASK]),
        { maskId: MASK },
      ],
    },
    {
      group: "values",
      title: "nothing is masked",
      args: [random.normal([1, 6, 3]), random.ids([1, 6], 20), { maskId: MASK }],
    },
    {
      group: "values",
      title: "two texts are padded",
      args: [
        random.normal([3, 5, 2]),
        ints([5, MASK, 7, 0, 0], [MASK, 9, 8, MASK, 0], [4, 5, 6, 7, MASK]),
        { maskId: MASK, lengths: lengths(3, 4, 5) },
      ],
    },
    {
      group: "values",
      title: "training hid a third",
      args: [
        random.normal([2, 3, 4]),
        ints([4, MASK, 6], [4, 5, 6]),
        { maskId: MASK, trained: 1 / 3 },
      ],
    },
    {
      group: "property",
      title: "a text is masked throughout",
      args: [random.normal([2, 3, 2]), ints([MASK, MASK, MASK], [5, 6, MASK]), { maskId: MASK }],
    },
    {
      group: "shapes",
      title: "there is one token",
      args: [random.normal([1, 1, 3]), ints([7]), { maskId: MASK }],
    },
    {
      group: "gradient",
      title: "x is differentiated",
      args: [random.normal([2, 3, 2]), ints([4, MASK, 6], [MASK, 5, MASK]), { maskId: MASK }],
      wrt: ["0"],
    },
    {
      group: "errors",
      title: "ids belong to another batch",
      args: [random.normal([2, 3, 2]), ints([4, 5, 6]), { maskId: MASK }],
      throws: "ids",
    },
    {
      group: "errors",
      title: "trained is one",
      args: [random.normal([1, 2, 2]), ints([4, 5]), { maskId: MASK, trained: 1 }],
      throws: "trained",
    },
    {
      group: "gradient",
      title: "x is differentiated, with other places masked",
      args: [
        random.normal([2, 8, 2]),
        ints(
          ...[0, 1].map(() =>
            Array.from({ length: 8 }, () => (random.next() < 0.4 ? MASK : random.int(4, 20))),
          ),
        ),
        { maskId: MASK },
      ],
      wrt: ["0"],
    },
  ],
  mutants: [
    {
      edits: [["x.mul(shown.mul(scale).expandDims(-1))", "x.mul(real.mul(scale).expandDims(-1))"]],
      message: "Masked tokens keep a vector. Theirs become zero.",
    },
    {
      edits: [["shown.mul(scale)", "shown"]],
      message:
        "What is left isn't scaled. Multiply it by (1 − trained) / (1 − masked), " +
        "the share that training showed over the share that is shown here.",
    },
    {
      edits: [
        [
          "real.sum(1, true).mul(1 - trained).div(counted)",
          "counted.div(real.sum(1, true)).div(1 - trained)",
        ],
      ],
      message:
        "The scale is upside down. " +
        "The fewer tokens are shown, the longer their vectors: (1 − trained) / (1 − masked).",
    },
    {
      edits: [[".mul(1 - trained)", ""]],
      message:
        "You divide by the share that is shown, as dropout does. " +
        "Multiply by 1 − trained too: vectors keep the mean that they had in training.",
    },
    {
      edits: [["trained = 0.15 * 0.8", "trained = 0.15"]],
      message:
        "Without trained, you take 0.15. Of the chosen tokens only 80 % are hidden: 0.15 · 0.8.",
    },
    {
      edits: [["1 - trained)", "1 - 0.12)"]],
      message: "The option trained is ignored. 0.12 is only its default.",
    },
    {
      edits: [["real.sum(1, true).mul(1", "tf.scalar(T).mul(1"]],
      message:
        "You divide by T, so padding counts as masked. " +
        "The share is that of the text's own tokens: divide by its length.",
    },
    {
      edits: [
        ["shown.sum(1, true).maximum(1)", "shown.sum().maximum(1)"],
        ["real.sum(1, true).mul(1", "real.sum().mul(1"],
      ],
      message:
        "All texts of the batch get one scale. Each text has a share of masked tokens of its own.",
    },
    {
      edits: [["ids.notEqual(maskId).mul(real);", 'ids.notEqual(maskId).cast("float32");']],
      message:
        "Padding isn't dropped: its vectors become zero, and it doesn't count as a token shown.",
    },
    {
      edits: [[".maximum(1)", ""]],
      message:
        "A text that is masked throughout gives NaN: 0 · ∞. " +
        "No token is left there, so keep the divisor at 1 or more.",
    },
    {
      edits: [["ids.notEqual(", "ids.equal("]],
      message: "You keep the masked tokens and drop the others.",
    },
    {
      edits: [["shown.mul(scale)", "scale"]],
      message:
        "Masked tokens and padding keep their vectors. Theirs become zero; only the others are " +
        "scaled.",
    },
    {
      edits: [[".div(counted)", ".div(real.sum(1, true))"]],
      message:
        "You multiply by 1 − trained alone. Divide by the share that is shown here too: (1 − " +
        "trained) / (1 − masked).",
    },
    {
      edits: [[".mul(1 - trained)", ".div(1 - trained)"]],
      message: "You divide by 1 − trained. Multiply by it: (1 − trained) / (1 − masked).",
    },
  ],
  forbid: ["dropout"],
};
export default exercise;
