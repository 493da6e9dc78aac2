/** recallAtK: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random } from "grader";

const HIT = "tf.scalar(k).sub(above).div(ties).clipByValue(0, 1).mean()";

/** [Q, N] of one drawn number. */
const constant = (random: Random, Q: number, N: number) =>
  tensorData([Q, N], new Array<number>(Q * N).fill(random.normal([1]).data[0]!));

const exercise: Exercise = {
  cases: (random) => {
    const columns = (...values: number[]) => tensorData([values.length], values, "int32");
    /** Whole numbers from 0 to 3, so that many are equal. */
    const rounded = (Q: number, N: number) =>
      tensorData(
        [Q, N],
        Array.from({ length: Q * N }, () => random.int(0, 3)),
      );
    const ruledOut = random.normal([4, 6]);
    ruledOut.data.forEach((_, i) => {
      if (i % 6 === 1 || i % 6 === 4) ruledOut.data[i] = -Infinity;
    });
    return [
      {
        group: "values",
        title: "all scores differ and k is 1",
        args: [random.normal([6, 5]), random.ids([6], 5), 1],
      },
      {
        group: "values",
        title: "all scores differ and k is 3",
        args: [random.normal([8, 6]), random.ids([8], 6), 3],
      },
      {
        group: "values",
        title: "many scores are equal and k is 2",
        args: [rounded(7, 6), random.ids([7], 6), 2],
      },
      {
        group: "values",
        title: "many scores are equal and k is 1",
        args: [rounded(9, 5), random.ids([9], 5), 1],
      },
      {
        group: "values",
        title: "three tie with the partner, one is above, and k is 2",
        args: [tensorData([1, 6], [2, 5, 2, 1, 2, 2]), columns(4), 2],
      },
      {
        group: "values",
        title: "other candidates are −∞",
        args: [ruledOut, columns(0, 2, 3, 5), 2],
      },
      { group: "values", title: "the partner is −∞", args: [ruledOut, columns(1, 4, 4, 0), 5] },
      {
        group: "property",
        title: "all scores are equal: k / N",
        args: [tensorData([3, 5], new Array<number>(15).fill(0)), columns(0, 4, 2), 2],
      },
      {
        group: "shapes",
        title: "k is the number of candidates",
        args: [random.normal([3, 4]), random.ids([3], 4), 4],
      },
      {
        group: "shapes",
        title: "k is above the number of candidates",
        args: [rounded(3, 4), random.ids([3], 4), 9],
      },
      {
        group: "shapes",
        title: "there is one candidate",
        args: [random.normal([3, 1]), columns(0, 0, 0), 1],
      },
      {
        group: "shapes",
        title: "two queries ask for the same candidate",
        args: [random.normal([2, 5]), columns(3, 3), 2],
      },
      {
        group: "errors",
        title: "k is 0",
        args: [random.normal([2, 3]), columns(0, 1), 0],
        throws: "k",
      },
      {
        group: "errors",
        title: "a partner isn't a column",
        args: [random.normal([2, 3]), columns(0, 3), 1],
        throws: "partners",
      },
      {
        group: "property",
        title: "all scores are one drawn number: k / N",
        args: [constant(random, 4, 7), random.ids([4], 7), 3],
      },
      {
        group: "values",
        title: "sixty queries, and many scores are equal",
        args: [rounded(60, 40), random.ids([60], 40), 7],
      },
      {
        group: "property",
        title: "each partner ties with many candidates",
        args: [rounded(30, 50), random.ids([30], 50), 11],
      },
      {
        group: "shapes",
        title: "there are more queries",
        args: [rounded(50, 6), random.ids([50], 6), 2],
      },
    ];
  },
  mutants: [
    {
      edits: [[HIT, "above.less(k).toFloat().mean()"]],
      message:
        "Ties go to the partner, so a model that scores all candidates the same looks perfect. " +
        "They count as in random order: (k − above) / ties.",
    },
    {
      edits: [[HIT, "above.add(ties).lessEqual(k).toFloat().mean()"]],
      message:
        "Ties go against the partner. They count as in random order: (k − above) / ties, from 0 " +
        "to 1.",
    },
    {
      edits: [[HIT, "tf.scalar(k).sub(above).div(ties).maximum(0).mean()"]],
      message: "A query counts more than 1 where the partner is far ahead. Each hit is 1 at most.",
    },
    {
      edits: [[HIT, "tf.scalar(k).sub(above).div(ties).minimum(1).mean()"]],
      message:
        "A query counts less than 0 where the partner is far behind. Each hit is at least 0.",
    },
    {
      edits: [[HIT, "tf.scalar(k).sub(above).div(ties).clipByValue(0, 1).sum()"]],
      message: "The hits are added up. Take their mean over the queries.",
    },
    {
      edits: [["scores.greater(own)", "scores.less(own)"]],
      message:
        "Lower scores count as better. Candidates with higher scores stand above the partner.",
    },
    {
      edits: [
        [
          "tf.where(isPartner, scores, -Infinity).max(-1, true)",
          "scores.mul(isPartner.toFloat()).sum(-1, true)",
        ],
      ],
      message: "A product with 0 and 1 picks the partner's score, but 0 · −∞ is NaN. Use tf.where.",
    },
    {
      edits: [["tf.where(isPartner, scores, -Infinity)", "tf.where(isPartner, scores, 0)"]],
      message: "Partners with scores below 0 count as if theirs were 0.",
    },
    {
      edits: [
        [
          HIT,
          `(() => {
      const { indices } = tf.topk(scores, Math.min(k, N));
      return indices.equal(partners.expandDims(-1)).any(-1).toFloat().mean();
    })()`,
        ],
      ],
      message:
        "On ties the lower column wins, so the result depends on the order of the candidates. " +
        "Ties count as in random order: (k − above) / ties.",
    },
    {
      edits: [
        [
          'const isPartner = partners.expandDims(-1).equal(tf.range(0, N, 1, "int32"));',
          'const isPartner = tf.range(0, Q, 1, "int32").mod(tf.scalar(N, "int32")).expandDims(-1)' +
            '.equal(tf.range(0, N, 1, "int32"));',
        ],
      ],
      message: "The partner is taken from the diagonal. `partners` names its column.",
    },
    {
      edits: [
        [
          "const ties = scores.equal(own).toFloat().sum(-1);",
          "const ties = scores.equal(own).toFloat().sum(-1).sub(1).maximum(1);",
        ],
      ],
      message:
        "The partner isn't counted among its ties. Candidates with its score, itself among " +
        "them, share the places.",
    },
    {
      edits: [
        [
          "tf.scalar(k).sub(above).div(ties).clipByValue(0, 1).mean()",
          "above.add(ties.add(1).div(2)).lessEqual(k).toFloat().mean()",
        ],
      ],
      message:
        "You compare the partner's mean rank with k, which is all or nothing. A tie across " +
        "the border is a chance: (k − above) / ties.",
    },
  ],
};
export default exercise;
