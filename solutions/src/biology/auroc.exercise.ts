/** auroc: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";

const flags = (random: Random, n: number) =>
  Array.from({ length: n }, (_, i) => i === 0 || (i > 1 && random.next() < 0.4));

function another(random: Random, n: number) {
  const kinds = flags(random, n);
  return [kinds.map(() => random.next()), kinds];
}

const exercise: Exercise = {
  cases: (random) => {
    const kinds = flags(random, 20);
    const scores = kinds.map((isPositive) => random.next() + 0.3 * Number(isPositive));
    const whole = (below: number) => kinds.map(() => random.int(0, below - 1));
    return [
      { group: "values", title: "positives tend to be higher", args: [scores, kinds] },
      {
        group: "values",
        title: "positives tend to be lower",
        args: [scores.map((v) => -v), kinds],
      },
      { group: "values", title: "scores are 0, 1 or 2", args: [whole(3), kinds] },
      { group: "values", title: "scores are whole numbers up to 150", args: [whole(151), kinds] },
      {
        group: "property",
        title: "all scores are equal",
        args: [kinds.map(() => 0.5), kinds],
      },
      {
        group: "property",
        title: "scores are infinite",
        args: [
          [-Infinity, -Infinity, Infinity, 0, Infinity],
          [false, true, true, false, false],
        ],
      },
      {
        group: "property",
        title: "positives are all higher",
        args: [
          [3, 1, 2, 4],
          [true, false, false, true],
        ],
      },
      {
        group: "shapes",
        title: "there is one of each kind",
        args: [
          [random.next(), 0.5],
          [true, false],
        ],
      },
      {
        group: "errors",
        title: "there is no negative",
        args: [
          [1, 2],
          [true, true],
        ],
        throws: "isPositive",
      },
      {
        group: "errors",
        title: "there is no positive",
        args: [
          [1, 2],
          [false, false],
        ],
        throws: "isPositive",
      },
      {
        group: "errors",
        title: "a score is NaN",
        args: [
          [1, NaN],
          [true, false],
        ],
        throws: "scores",
      },
      {
        group: "errors",
        title: "the lists differ in length",
        args: [[1, 2], [true]],
        throws: "isPositive",
      },
      {
        group: "property",
        title: "high scores are infinite",
        args: [scores.map((v) => (v > 0.8 ? Infinity : v)), kinds],
      },
      {
        group: "shapes",
        title: "another number of scores",
        args: another(random, random.int(30, 90)),
      },
    ];
  },
  mutants: [
    {
      edits: [["here * (below + negativesHere / 2)", "here * below"]],
      message: "Ties count for nothing. A tie between a positive and a negative counts half.",
    },
    {
      edits: [["here * (below + negativesHere / 2)", "here * (below + negativesHere)"]],
      message: "Ties count as won. A tie between a positive and a negative counts half.",
    },
    {
      edits: [
        ["return won / (positives * negatives);", "return 1 - won / (positives * negatives);"],
      ],
      message: "This is the share of pairs in which the negative is higher: the wrong way around.",
    },
    {
      edits: [
        [
          "return won / (positives * negatives);",
          "const area = won / (positives * negatives);\n  return Math.max(area, 1 - area);",
        ],
      ],
      message: "Below ½, you turn the score around. An area below ½ is an answer, too.",
    },
    {
      edits: [["below += negativesHere;", "below += tied.length;"]],
      message:
        "You count all scores below a positive, so the area can exceed 1. Count the negatives below it.",
    },
    {
      edits: [
        ["here * (below + negativesHere / 2)", "here * (below + tied.length / 2)"],
        ["below += negativesHere;", "below += tied.length;"],
      ],
      message:
        "You count all scores below a positive, so the area can exceed 1. Count the negatives below it.",
    },
    {
      edits: [["return won / (positives * negatives);", "return won / scores.length ** 2;"]],
      message: "Divide by the number of pairs of a positive and a negative, not by all pairs.",
    },
    {
      edits: [
        [
          "return won / (positives * negatives);",
          `const right = order.filter((i, n) => isPositive[i] === n >= negatives).length;
  void won;
  return right / scores.length;`,
        ],
      ],
      message:
        "This is a share of right answers at one threshold. Compare all pairs of a positive and a " +
        "negative.",
    },
    {
      edits: [["scores[i]! - scores[j]!", "String(scores[i]) < String(scores[j]) ? -1 : 1"]],
      message:
        "You sort numbers as texts, so 100 comes before 9. Give sort a function that compares numbers.",
    },
    {
      edits: [
        [
          "here * (below + negativesHere / 2)",
          "tied.filter((i) => isPositive[i]).reduce((sum, i) => sum + below + tied.filter((j) " +
            "=> j < i && !isPositive[j]).length, 0)",
        ],
      ],
      message:
        "Equal scores count in the order in which they stand. A tie between a positive and a " +
        "negative counts half.",
    },
    {
      edits: [
        [
          "here * (below + negativesHere / 2)",
          "tied.filter((i) => isPositive[i]).reduce((sum, i) => sum + below + tied.filter((j) " +
            "=> j > i && !isPositive[j]).length, 0)",
        ],
      ],
      message:
        "Equal scores count in the order in which they stand. A tie between a positive and a " +
        "negative counts half.",
    },
  ],
};
export default exercise;
