/** fitPowerLaw: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";

/** Points of a law, each with a relative error of up to `noise`. */
function drawLaw(
  random: Random,
  x: number[],
  { irreducible, scale, exponent, noise = 0 }: Record<string, number>,
): number[] {
  return x.map((value) => {
    const exact = irreducible! + scale! * value ** -exponent!;
    return exact * (1 + noise * (2 * random.next() - 1));
  });
}

const exercise: Exercise = {
  cases: (random) => {
    const x = [1, 2, 4, 8, 16, 32].map((value) => value * (1 + random.next()));
    const exponent = random.int(10, 90) / 100;
    const law = { irreducible: 1 + random.next(), scale: 2 + random.next(), exponent };
    const exact = drawLaw(random, x, law);
    const noisy = drawLaw(random, x, { ...law, noise: 0.03 });
    const sizes = drawLaw(random, x, { irreducible: 0, scale: 3, exponent: -0.55, noise: 0.1 });
    const budgets = x.map((value) => value * 1e10);
    const steep = drawLaw(random, [1, 3, 9, 27, 81], { ...law, irreducible: 0.02, exponent: 1.5 });
    return [
      { group: "values", title: "a planted law", args: [x, exact] },
      { group: "values", title: "a law with noise", args: [x, noisy] },
      {
        group: "values",
        title: "x is compute, in the tens of billions",
        args: [budgets, drawLaw(random, x, { ...law, noise: 0.01 })],
      },
      {
        group: "values",
        title: "the best law would have an irreducible term below 0",
        args: [
          [1, 2, 3, 4, 5],
          [5, 4.1, 3, 1.9, 1 + 0.1 * random.next()],
        ],
      },
      {
        group: "values",
        title: "the irreducible term is given",
        args: [x, noisy, { irreducible: law.irreducible / 2 }],
      },
      {
        group: "values",
        title: "the irreducible term is given, and it is 0",
        args: [x, noisy, { irreducible: 0 }],
      },
      {
        group: "values",
        title: "sizes that grow with compute: negative exponents and no irreducible term",
        args: [x, sizes, { exponents: [-0.3, -0.4, -0.5, -0.6, -0.7], irreducible: 0 }],
      },
      {
        group: "values",
        title: "exponents are given",
        args: [x, noisy, { exponents: [0.9, 0.2, 0.55, 1.4] }],
      },
      {
        group: "values",
        title: "y spans three decades, and relative errors count",
        args: [[1, 3, 9, 27, 81], steep.map((y) => y * (1 + 0.2 * random.next()))],
      },
      { group: "shapes", title: "three points", args: [x.slice(0, 3), noisy.slice(0, 3)] },
      {
        group: "property",
        title: "y grows with x: the scale is negative",
        args: [x, [1, 1.4, 1.6, 1.75, 1.8, 1.83]],
      },
      {
        group: "errors",
        title: "x holds 0",
        args: [
          [1, 0, 2],
          [1, 1, 1],
        ],
        throws: "x",
      },
      { group: "errors", title: "as many y as x", args: [x, noisy.slice(1)], throws: "y" },
    ];
  },
  mutants: [
    {
      edits: [
        ["y.map((value) => 1 / value)", "y.map(() => 1)"],
        ["scale * v[i]! - 1", "scale * v[i]! - y[i]!"],
        [
          "const [sumU, sumV] = [u, v].map((column) => column.reduce((sum, value) => sum + value, 0));",
          "const [sumU, sumV] = [dot(u, y), dot(v, y)];",
        ],
      ],
      message: "You minimize absolute errors, so the largest y decide. Divide each error by its y.",
    },
    {
      edits: [["Math.max(0, free)", "free"]],
      message:
        "Your irreducible term may be negative. A loss can't be: use 0 then, and fit A alone.",
    },
    {
      edits: [["(sumV! - irreducible * uv)", "(sumV! - (given ?? free) * uv)"]],
      message:
        "You set a negative E to 0 and keep the A that belonged to it. With E = 0, fit A again.",
    },
    {
      edits: [["given ?? Math.max(0, free)", "given || Math.max(0, free)"]],
      message: "A given irreducible term of 0 counts as not given. Only undefined does.",
    },
    {
      edits: [["given ?? Math.max(0, free)", "Math.max(0, free)"]],
      message: "The given irreducible term isn't used: fit α and A with it.",
    },
    {
      edits: [["given ?? Math.max(0, free)", "given ?? 0"]],
      message: "You fit no irreducible term: with E = 0, the law is a straight line in logarithms.",
    },
    {
      edits: [["scale: scale * middle ** exponent", "scale"]],
      message: "Your scale belongs to x divided by its mean. Multiply it back to x's own unit.",
    },
    {
      edits: [["for (const exponent of exponents)", "for (const exponent of EXPONENTS)"]],
      message: "The option `exponents` isn't used. The candidates for α are those given.",
    },
    {
      edits: [
        ["(value / middle) ** -exponent", "(value / middle) ** exponent"],
        ["middle ** exponent", "middle ** -exponent"],
      ],
      message: "The power has the wrong sign: y = E + A·x^(−α).",
    },
    {
      edits: [
        [
          "[dot(u, u), dot(u, v), dot(v, v)]",
          "[u.length, ...[u, v].map((w) => dot(w.map((value, i) => value * y[i]!), " +
            "v.map((value, i) => value * y[i]!)))] as [number, number, number]",
        ],
        [
          "[u, v].map((column) => column.reduce((sum, value) => sum + value, 0))",
          "[u, v].map((column) => column.reduce((sum, value, i) => sum + value * y[i]! * y[i]!, 0))",
        ],
      ],
      message:
        "You choose α by relative errors, but E and A by absolute ones. Use relative errors for all.",
    },
    {
      edits: [["scale * v[i]! - 1)", "scale * v[i]! - 1).map((value, i) => value * y[i]!)"]],
      message:
        "You choose E and A by relative errors, but α by absolute ones. Use relative errors for all.",
    },
    {
      edits: [
        [
          "    const irreducible = given ?? Math.max(0, free);",
          "    if (given === undefined && free < 0) continue;\n    const irreducible = given ?? free;",
        ],
      ],
      message:
        "You skip exponents whose exact answer has E < 0. With E = 0 they are candidates as well.",
    },
    {
      edits: [
        [
          "const scale = (sumV! - irreducible * uv) / vv;",
          "const scale = Math.max(0, (sumV! - irreducible * uv) / vv);",
        ],
      ],
      message: "A is never below 0. Where y grows with x, it may be.",
    },
  ],
};
export default exercise;
