/** additiveEffects: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";

/** Variants of 0 to 2 mutations; the first mutations are more frequent. */
function draw(random: Random, N: number, count: number) {
  const effects = Array.from({ length: count }, () => random.normal([1]).data[0]!);
  const pick = () => Math.min(random.int(0, count - 1), random.int(0, count - 1));
  const variants = Array.from({ length: N }, () => {
    const both = [pick(), pick()].slice(0, random.int(0, 2));
    return [...new Set(both)];
  });
  const fitness = variants.map((mutations) =>
    mutations.reduce((sum, m) => sum + effects[m]!, 1 + random.next()),
  );
  return { variants, fitness };
}

const exercise: Exercise = {
  cases: (random) => {
    const { variants, fitness } = draw(random, 25, 5);
    return [
      { group: "values", title: "no ridge is given", args: [variants, fitness, 5] },
      { group: "values", title: "the ridge is 0.2", args: [variants, fitness, 5, 0.2] },
      { group: "values", title: "the ridge is strong", args: [variants, fitness, 5, 30] },
      {
        group: "values",
        title: "fitness is far from zero",
        args: [variants, fitness.map((y) => y - 40), 5, 2],
      },
      {
        group: "values",
        title: "all variants have two mutations",
        args: [
          [
            [0, 1],
            [1, 2],
            [2, 3],
            [0, 3],
            [1, 3],
          ],
          [1, 2, 4, 0, random.next()],
          4,
        ],
      },
      {
        group: "property",
        title: "nobody has two of the mutations",
        args: [variants, fitness, 7],
      },
      {
        group: "property",
        title: "two mutations always come together",
        args: [[[0, 2], [2, 0], [1], []], [random.next(), 3, 1, 0], 3],
      },
      { group: "shapes", title: "there is one variant", args: [[[0]], [random.next()], 1] },
      { group: "shapes", title: "variants have no mutations", args: [[[], []], [1, 4], 2] },
      { group: "errors", title: "there is no variant", args: [[], [], 2], throws: "fitness" },
      { group: "errors", title: "the ridge is 0", args: [[[0]], [1], 1, 0], throws: "ridge" },
      {
        group: "errors",
        title: "a fitness is infinite",
        args: [[[0]], [Infinity], 1],
        throws: "fitness",
      },
      {
        group: "errors",
        title: "there is no such mutation",
        args: [[[2]], [1], 2],
        throws: "variants",
      },
    ];
  },
  mutants: [
    {
      edits: [
        [
          "const solved = solveSymmetric(A, b);",
          `const overall = fitness.reduce((x, y) => x + y) / fitness.length;
  const alone = Array.from({ length: count }, (_, m) => {
    const own = fitness.filter((_, n) => variants[n]!.includes(m));
    return own.reduce((sum, y) => sum + y - overall, 0) / (own.length + ridge);
  });
  const solved = [...alone, overall];
  void [A, b, solveSymmetric];`,
        ],
      ],
      message:
        "You take each mutation's mean by itself, so the other mutations of its variants are mixed " +
        "in. Fit all effects together.",
    },
    {
      edits: [
        [
          "for (let m = 0; m < count; m++) A[m]![m] = ridge;",
          "for (let m = 0; m < size; m++) A[m]![m] = ridge;",
        ],
      ],
      message: "The ridge also pulls the base to 0. It counts the effects alone.",
    },
    {
      edits: [
        [
          "for (let m = 0; m < count; m++) A[m]![m] = ridge;",
          "for (let m = 0; m < count; m++) A[m]![m] = ridge * fitness.length;",
        ],
      ],
      message:
        "Your ridge grows with the number of variants, as if the first sum were a mean. Both are sums.",
    },
    {
      edits: [
        [
          "for (let m = 0; m < count; m++) A[m]![m] = ridge;",
          "for (let m = 0; m < count; m++) A[m]![m] = ridge ** 2;",
        ],
      ],
      message: "Your ridge is squared. It multiplies the sum of squared effects as it is.",
    },
    {
      edits: [
        [
          "for (let m = 0; m < count; m++) A[m]![m] = ridge;",
          "for (let m = 0; m < count; m++) A[m]![m] = 1;",
        ],
      ],
      message: "You ignore the ridge that is given and take 1.",
    },
    {
      edits: [
        [
          "const solved = solveSymmetric(A, b);",
          `const overall = fitness.reduce((x, y) => x + y) / fitness.length;
  const rest = Array.from({ length: count }, (_, m) => b[m]! - overall * A[m]![count]!);
  const fixed = Array.from({ length: count }, (_, m) => A[m]!.slice(0, count));
  const solved = [...solveSymmetric(fixed, rest), overall];`,
        ],
      ],
      message:
        "You take the mean fitness as the base and fit the effects to what is left. Fit base and " +
        "effects together.",
    },
    {
      edits: [
        [
          "const solved = solveSymmetric(A, b);",
          `const rest = Array.from({ length: count }, (_, m) => b[m]!);
  const fixed = Array.from({ length: count }, (_, m) => A[m]!.slice(0, count));
  const solved = [...solveSymmetric(fixed, rest), 0];`,
        ],
      ],
      message: "There is no base in your fit: the effects alone have to reach the fitness.",
    },
    {
      edits: [
        [
          "return { base: solved[count]!,",
          `const plain = variants.findIndex((mutations) => mutations.length === 0);
  return { base: plain < 0 ? solved[count]! : fitness[plain]!,`,
        ],
      ],
      message:
        "You take the measured fitness of the variant without mutations as the base. The base " +
        "is fitted to all variants, as the effects are.",
    },
  ],
};
export default exercise;
