/** variantScore: its cases and its typical mistakes. */
import type { Exercise, FunctionData, Random } from "grader";

/** A model of V ids that reads the whole sequence, as text. */
function drawModel(random: Random, V: number): FunctionData {
  const table = () =>
    JSON.stringify(Array.from({ length: V }, () => [...random.normal([V], 1.5).data]));
  const wave = JSON.stringify([...random.normal([V]).data]);
  return {
    $function: `(ids) => {
      const [N, T] = ids.shape;
      const rows = (w) => tf.gather(tf.tensor2d(w), ids.flatten()).reshape([N, T, ${V}]);
      const place = tf.range(0, T).sin().reshape([1, T, 1]).mul(tf.tensor1d(${wave}));
      return rows(${table()}).add(rows(${table()}).mean(1, true)).add(place);
    }`,
  };
}

const at = (position: number, to: number) => ({ position, to });

const exercise: Exercise = {
  cases: (random) => {
    const bases = [0, 1, 2, 3, 1, 1, 0];
    const complement = [3, 2, 1, 0];
    const both = { maskId: 4, complement };
    const model = () => drawModel(random, 5);
    const rulesOut = (id: number) => ({
      $function: `(ids) => tf.where(tf.range(0, 5).notEqual(${id}).reshape([1, 1, 5]),
        (${model().$function})(ids), tf.fill([...ids.shape, 5], -Infinity))`,
    });
    return [
      {
        group: "values",
        title: "variants of one mutation",
        args: [bases, [[at(0, 2)], [at(3, 1)], [at(6, 3)]], model(), { maskId: 4 }],
      },
      {
        group: "values",
        title: "variants of two mutations",
        args: [
          bases,
          [
            [at(0, 2), at(5, 3)],
            [at(2, 0), at(3, 0)],
          ],
          model(),
          { maskId: 4 },
        ],
      },
      {
        group: "values",
        title: "variants of different size",
        args: [bases, [[at(4, 2)], [], [at(1, 3), at(4, 2), at(6, 1)]], model(), { maskId: 4 }],
      },
      {
        group: "values",
        title: "both strands",
        args: [bases, [[at(0, 2)], [at(2, 0)], [at(5, 3)]], model(), both],
      },
      {
        group: "values",
        title: "both strands, two mutations",
        args: [bases, [[at(1, 2), at(5, 0)], [at(4, 3)]], model(), both],
      },
      {
        group: "values",
        title: "the mask has id 0",
        args: [[1, 2, 3], [[at(0, 2)], [at(1, 3), at(2, 1)]], drawModel(random, 4), { maskId: 0 }],
      },
      {
        group: "property",
        title: "a letter becomes itself",
        args: [bases, [[at(3, 3)], [at(3, 3), at(0, 1)]], model(), { maskId: 4 }],
      },
      {
        group: "property",
        title: "the model rules a token out",
        args: [bases, [[at(0, 1)], [], [at(2, 0), at(4, 3)]], rulesOut(4), { maskId: 4 }],
      },
      {
        group: "property",
        title: "the model rules letter 0 out",
        args: [[1, 2, 3, 1], [[], [at(1, 3)], [at(0, 2), at(3, 3)]], rulesOut(0), { maskId: 4 }],
      },
      { group: "shapes", title: "there is one letter", args: [[2], [[at(0, 1)]], model(), both] },
      {
        group: "errors",
        title: "there is no variant",
        args: [bases, [], model(), { maskId: 4 }],
        throws: "variants",
      },
      {
        group: "errors",
        title: "a position is behind the end",
        args: [bases, [[at(7, 0)]], model(), { maskId: 4 }],
        throws: "variants",
      },
      {
        group: "errors",
        title: "the model returns another shape",
        args: [bases, [[at(0, 1)]], { $function: "(ids) => tf.zeros([7, 5])" }, { maskId: 4 }],
        throws: "predict",
      },
      {
        group: "shapes",
        title: "there is one letter on one strand",
        args: [[2], [[at(0, 1)], [at(0, 3)]], model(), { maskId: 4 }],
      },
    ];
  },
  mutants: [
    {
      edits: [
        [
          "logitsOf((m) => m.to).sub(logitsOf((m) => sequence[m.position]!))",
          "logitsOf((m) => sequence[m.position]!).sub(logitsOf((m) => m.to))",
        ],
      ],
      message: "The sign is turned around. A variant that the model likes better scores above 0.",
    },
    {
      edits: [
        [
          "for (const { position } of mutations) row[position] = maskId;",
          "void [mutations, maskId];",
        ],
      ],
      message: "You don't mask anything, so the model sees the letter that it should judge.",
    },
    {
      edits: [
        [
          "for (const { position } of mutations) row[position] = maskId;",
          "for (const { position, to } of mutations) row[position] = to;\n      void maskId;",
        ],
      ],
      message: "You put the new letters into the sequence. Mask their positions instead.",
    },
    {
      edits: [
        [
          "return forward.add(oneStrand(reverse, flipped)).div(2);",
          "return forward.add(oneStrand(reverse, flipped));",
        ],
      ],
      message: "You add both strands. The score is their mean.",
    },
    {
      edits: [["position: T - 1 - position,", "position,"]],
      message: "On the other strand, position t becomes T − 1 − t, since it is read backward.",
    },
    {
      edits: [["to: complement[to]!", "to"]],
      message: "On the other strand, the new letter becomes its complement, too.",
    },
    {
      edits: [["ids.map((id) => complement[id]!).reverse()", "[...ids].reverse()"]],
      message:
        "The other strand has the complements of the letters, not the letters backward alone.",
    },
    {
      edits: [["if (!complement) return forward;", "if (complement || T > 0) return forward;"]],
      message: "You score one strand although complement is given.",
    },
    {
      edits: [
        [
          "tf.where(isThere, gains, tf.zerosLike(gains)).sum(1)",
          "tf.where(isThere, gains, tf.zerosLike(gains)).sum(1).div(isThere.toFloat().sum(1).maximum(1))",
        ],
      ],
      message: "You take a mean over a variant's mutations. The score is their sum.",
    },
    {
      edits: [
        ["const logits = predict(", "const raw = predict("],
        [
          'expectShape("variantScore", "predict\'s result", logits,',
          'expectShape("variantScore", "predict\'s result", raw,',
        ],
        ["const K = Math.max(", "const logits = tf.softmax(raw);\n    const K = Math.max("],
      ],
      message: "You subtract probabilities. Subtract their logarithms.",
    },
    {
      edits: [
        [
          "const forward = oneStrand(ids, variants);",
          `const alone = (sequence: number[], all: Mutation[][]) =>
      tf.stack(
        all.map((v) =>
          v.length ? oneStrand(sequence, v.map((m) => [m])).sum() : tf.scalar(0),
        ),
      );
    const forward = alone(ids, variants);`,
        ],
        ["forward.add(oneStrand(reverse, flipped))", "forward.add(alone(reverse, flipped))"],
      ],
      message:
        "You mask one position at a time. Mask all positions that a variant changes at once: " +
        "they may depend on each other.",
    },
    {
      edits: [
        ["ids.map((id) => complement[id]!).reverse()", "ids.map((id) => complement[id]!)"],
        ["position: T - 1 - position,", "position,"],
      ],
      message: "You take complements and read them forward. The other strand is read backward.",
    },
    {
      edits: [
        [
          "return forward.add(oneStrand(reverse, flipped)).div(2);",
          "return oneStrand(reverse, flipped);",
        ],
      ],
      message: "With complement, only the other strand is scored. Take the mean of both.",
    },
  ],
};
export default exercise;
