/** isoFlop: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const best = 1e4 * (1 + 5 * random.next());
    const bend = 0.05 + 0.2 * random.next();
    const losses = (sizes: number[], lowest: number, noise = 0) =>
      sizes.map(
        (size) => 1.7 + bend * Math.log(size / lowest) ** 2 + noise * (2 * random.next() - 1),
      );
    const sizes = [2500, 5000, 8000, 17000, 28000, 61000, 106000];
    const large = [4e8, 1e9, 2e9, 5e9, 1.6e10];
    const again = [8000, 17000, 8000, 61000, 17000, 61000];
    return [
      { group: "values", title: "an exact parabola", args: [sizes, losses(sizes, best)] },
      { group: "values", title: "losses with noise", args: [sizes, losses(sizes, best, 0.03)] },
      {
        group: "values",
        title: "sizes in any order",
        args: [[61000, 2500, 17000, 5000], losses([61000, 2500, 17000, 5000], best, 0.02)],
      },
      { group: "values", title: "billions", args: [large, losses(large, 1.5e9, 0.02)] },
      {
        group: "values",
        title: "one size has three seeds",
        args: [
          [8000, 17000, 8000, 61000, 8000, 31000],
          losses([8000, 17000, 8000, 61000, 8000, 31000], 2e4, 0.05),
        ],
      },
      { group: "values", title: "three seeds", args: [again, losses(again, 2e4, 0.02)] },
      {
        group: "values",
        title: "losses are millionths",
        args: [sizes, losses(sizes, best, 0.01).map((loss) => loss * 1e-6)],
      },
      {
        group: "values",
        title: "the lowest point lies above the largest size",
        args: [sizes, losses(sizes, 4e5, 0.01)],
      },
      {
        group: "values",
        title: "the lowest point lies below the smallest size",
        args: [sizes, losses(sizes, 600, 0.01)],
      },
      ...[0.99, 1.01].flatMap((factor) => [
        {
          group: "values" as const,
          title: `the lowest point at ${factor} times the largest size`,
          args: [[61000, 5000, 17000], losses([61000, 5000, 17000], factor * 61000)],
        },
        {
          group: "values" as const,
          title: `the lowest point at ${factor} times the smallest size`,
          args: [[17000, 5000, 61000], losses([17000, 5000, 61000], factor * 5000)],
        },
      ]),
      {
        group: "shapes",
        title: "three sizes",
        args: [sizes.slice(2, 5), losses(sizes.slice(2, 5), 15000, 0.001)],
      },
      {
        group: "errors",
        title: "the parabola opens downward",
        args: [sizes, losses(sizes, best).map((loss) => -loss)],
        throws: "losses",
      },
      {
        group: "errors",
        title: "all losses are 0",
        args: [sizes, sizes.map(() => 0)],
        throws: "losses",
      },
      { group: "errors", title: "a loss is missing", args: [sizes, [2, 1, 2]], throws: "losses" },
      {
        group: "errors",
        title: "two different sizes",
        args: [
          [100, 200, 200],
          [2, 1, 1],
        ],
        throws: "sizes",
      },
    ];
  },
  mutants: [
    {
      edits: [
        ["sizes.map(Math.log)", "sizes.slice()"],
        ["Math.exp(center + lowest)", "center + lowest"],
      ],
      message: "Your parabola is one of N. Fit it over the logarithm of N.",
    },
    {
      edits: [["Math.exp(center + lowest)", "center + lowest"]],
      message: "Your size is a logarithm. Take the exponential of the lowest point.",
    },
    {
      edits: [["sizes.map(Math.log)", "sizes.map(Math.log10)"]],
      message: "You take logarithms to base 10 and an exponential to base e.",
    },
    {
      edits: [
        [
          "return { size, loss, isInside: size >=",
          `const least = losses.indexOf(Math.min(...losses));
           if (size > 0) return { size: sizes[least]!, loss: losses[least]!, isInside: true };
           return { size, loss, isInside: size >=`,
        ],
      ],
      message: "You return the best of the runs. Return the lowest point of the parabola.",
    },
    {
      edits: [
        ["mean(losses) - a * height + b * lowest + a * lowest * lowest", "Math.min(...losses)"],
      ],
      message: "The loss is the lowest that was measured. Return the parabola at its lowest point.",
    },
    {
      edits: [
        ["isInside: size >= Math.min(...sizes) && size <= Math.max(...sizes)", "isInside: true"],
      ],
      message:
        "isInside is true for every size. Where the lowest point is beyond the sizes, say so.",
    },
    {
      edits: [["-b / (2 * a)", "b / (2 * a)"]],
      message: "The lowest point has the wrong sign: ln N = −b / (2a).",
    },
    {
      edits: [
        [
          "size >= Math.min(...sizes) && size <= Math.max(...sizes)",
          `![Math.min(...sizes), Math.max(...sizes)].includes(
             sizes[losses.indexOf(Math.min(...losses))]!)`,
        ],
      ],
      message:
        "You judge isInside by the best run. Compare the parabola's lowest point with the sizes.",
    },
    {
      edits: [
        [
          "size >= Math.min(...sizes) && size <= Math.max(...sizes)",
          "![0, sizes.length - 1].includes(losses.indexOf(Math.min(...losses)))",
        ],
      ],
      message:
        "You judge isInside by the best run. Compare the parabola's lowest point with the sizes.",
    },
    {
      edits: [
        ["Math.min(...sizes) && size <= Math.max(...sizes)", "sizes[0]! && size <= sizes.at(-1)!"],
      ],
      message:
        "You compare with the first and the last size. They come in any order: take the smallest " +
        "and the largest.",
    },
    {
      edits: [
        [
          "const logs = sizes.map(Math.log);",
          "const bySize = [...new Set(sizes)].map((size) => [\n" +
            "    size,\n" +
            "    mean(losses.filter((_, i) => sizes[i] === size)),\n" +
            "  ]);\n" +
            "  sizes = bySize.map(([size]) => size!);\n" +
            "  losses = bySize.map(([, loss]) => loss!);\n" +
            "  const logs = sizes.map(Math.log);",
        ],
      ],
      message:
        "You average runs of the same size first. Each run counts, so a size with three " +
        "seeds weighs three times.",
    },
    {
      edits: [["if (!(a > 0))", "if (a < 0)"]],
      message: "A parabola with a = 0 has no lowest point either. Throw unless a is above 0.",
    },
  ],
};
export default exercise;
