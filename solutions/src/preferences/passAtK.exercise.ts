/** passAtK: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const LOOP = "for (let i = n - c + 1; i <= n; i++) allWrong *= 1 - k / i; // 0 at i = k";

const exercise: Exercise = {
  tolerance: { rtol: 1e-9, atol: 1e-9, reason: "it promises nine digits, and float64 has them" },
  cases: (random) => {
    const n = random.int(9, 16);
    const k = random.int(2, 4);
    const c = random.int(1, n - k - 1);
    const wide = random.int(100, 900);
    return [
      { group: "values", title: "some are right", args: [n, c, k] },
      { group: "values", title: "half are right", args: [2 * n, n, 3] },
      { group: "values", title: "there is one try", args: [n, c, 1] },
      { group: "values", title: "one of many is right", args: [200, 1, random.int(20, 90)] },
      { group: "property", title: "none is right", args: [n, 0, k] },
      { group: "property", title: "all are right", args: [n, n, k] },
      { group: "property", title: "fewer are wrong than one may try", args: [n, n - 2, 4] },
      { group: "property", title: "as many are wrong as one may try", args: [n, n - k, k] },
      { group: "property", title: "all are tried", args: [n, 1, n] },
      { group: "property", title: "there is one answer", args: [1, 1, 1] },
      {
        group: "property",
        title: "binomials are beyond all numbers",
        args: [10_000, random.int(2, 6), 5000],
      },
      { group: "property", title: "there are thousands of right ones", args: [10_000, 3000, 2] },
      { group: "errors", title: "k is over n", args: [n, c, n + 1], throws: "k" },
      { group: "errors", title: "c is over n", args: [n, n + 1, 1], throws: "c" },
      { group: "errors", title: "k is 0", args: [n, c, 0], throws: "k" },
      {
        group: "property",
        title: "there are many answers, and fewer are wrong than one may try",
        args: [wide, wide - 7, random.int(8, 20)],
      },
      { group: "values", title: "there are some thousand", args: [wide + 1000, 40, wide] },
      {
        group: "property",
        title: "all three numbers are drawn",
        args: [random.int(50, 900), random.int(1, 20), random.int(2, 20)],
      },
    ];
  },
  mutants: [
    {
      edits: [["return 1 - allWrong;", "void allWrong;\n  return 1 - (1 - c / n) ** k;"]],
      message:
        "1 − (1 − c/n)ᵏ draws with replacement, which is too low. The k answers are different ones.",
    },
    {
      edits: [["return 1 - allWrong;", "void allWrong;\n  return Math.min(1, (k * c) / n);"]],
      message:
        "k·c/n counts draws with two right answers twice. Subtract the draws that are all wrong.",
    },
    {
      edits: [["return 1 - allWrong;", "return allWrong;"]],
      message: "This is the probability that all k are wrong. Subtract it from 1.",
    },
    {
      edits: [
        [LOOP, "for (let i = 0; i < k; i++) allWrong *= Math.max(0, (c - i) / (n - i));"],
        ["return 1 - allWrong;", "return allWrong;"],
      ],
      message: "This is the probability that all k are right. One right answer is enough.",
    },
    {
      edits: [[LOOP, "for (let i = 0; i < k; i++) allWrong *= Math.max(0, (c - i) / (n - i));"]],
      message: "You subtract the draws that are all right. Subtract those that are all wrong.",
    },
    {
      edits: [
        [
          LOOP,
          `const factorial = (m: number): number => (m < 2 ? 1 : m * factorial(m - 1));
  const choose = (m: number) => (m < k ? 0 : factorial(m) / factorial(k) / factorial(m - k));
  allWrong = choose(n - c) / choose(n);`,
        ],
      ],
      message:
        "Factorials overflow at 171!, so the quotient is NaN. Multiply quotients that are below 1.",
    },
    {
      edits: [
        [
          LOOP,
          `const choose = (m: number) => {
    let ways = 1;
    for (let j = 0; j < k; j++) ways *= (m - j) / (j + 1);
    return ways;
  };
  allWrong = choose(n - c) / choose(n);`,
        ],
      ],
      message:
        "Binomials of 10,000 overflow, so their quotient is NaN. Multiply quotients that are below 1.",
    },
    {
      edits: [[LOOP, LOOP.replace("n - c + 1", "n - c")]],
      message: "There is one factor too many: c factors, for i from n − c + 1 to n.",
    },
    {
      edits: [[LOOP, LOOP.replace("i <= n", "i < n")]],
      message: "There is one factor too few: c factors, for i from n − c + 1 to n.",
    },
    {
      edits: [["return 1 - allWrong;", "return Math.round((1 - allWrong) * 1e7) / 1e7;"]],
      message: "The result is rounded after some digits. It is accurate to 1e-9.",
    },
  ],
};
export default exercise;
