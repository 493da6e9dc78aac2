/** applyRope: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const positions = (...p: number[]) => tensorData([p.length], p, "int32");
    const start = random.int(10, 99);
    return [
      {
        group: "values",
        title: "neighbors are paired",
        args: [random.normal([2, 3, 8]), positions(0, 1, 2)],
      },
      {
        group: "values",
        title: "halves are paired",
        args: [random.normal([2, 3, 8]), positions(0, 1, 2), { layout: "halves" }],
      },
      {
        group: "values",
        title: "positions start later",
        args: [random.normal([1, 3, 6]), positions(start, start + 1, start + 5)],
      },
      {
        group: "values",
        title: "base and scale are given",
        args: [random.normal([1, 3, 6]), positions(3, 4, 5), { base: 100, scale: 2 }],
      },
      {
        group: "values",
        title: "positions are in the hundreds of thousands",
        args: [random.normal([1, 2, 8]), positions(400_000 + start, 900_000 + start)],
      },
      {
        group: "shapes",
        title: "x has heads",
        args: [random.normal([2, 3, 2, 4]), positions(1, 2)],
      },
      {
        group: "shapes",
        title: "x is one token of width two",
        args: [random.normal([1, 2]), positions(7)],
      },
      {
        group: "gradient",
        title: "x is differentiated",
        args: [random.normal([2, 3, 4]), positions(1, 2, 3)],
        wrt: ["0"],
      },
      {
        group: "gradient",
        title: "x is differentiated, in halves",
        args: [random.normal([3, 4]), positions(1, 2, 3), { layout: "halves" }],
        wrt: ["0"],
      },
      {
        group: "errors",
        title: "the width is odd",
        args: [random.normal([2, 3, 5]), positions(0, 1, 2)],
        throws: "even",
      },
      {
        group: "gradient",
        title: "x is differentiated, with other positions",
        args: [
          random.normal([2, 3, 4]),
          positions(random.int(0, 99), random.int(100, 499), random.int(500, 999)),
        ],
        wrt: ["0"],
      },
      {
        group: "gradient",
        title: "x is differentiated, in halves, with other positions",
        args: [
          random.normal([2, 6]),
          positions(random.int(0, 99), random.int(100, 999)),
          { layout: "halves" },
        ],
        wrt: ["0"],
      },
      {
        group: "property",
        title: "two of three tokens are at position zero",
        args: [random.normal([2, 3, 4]), positions(0, start, 0)],
      },
    ];
  },
  mutants: [
    {
      edits: [[".add(quarter.mul(", ".sub(quarter.mul("]],
      message: "The pairs turn the other way. (a, b) goes to (a·cos − b·sin, a·sin + b·cos).",
    },
    {
      edits: [
        ['if (layout === "halves")', 'if (layout === "interleaved")'],
        ['= layout === "halves" ?', '= layout === "interleaved" ?'],
      ],
      message:
        "The two layouts are swapped: interleaved pairs features 2i and 2i + 1, " +
        "halves pairs i and i + D/2.",
    },
    {
      edits: [
        ["ropeAngles(positions, D, base, scale)", "ropeAngles(positions, D, base, 1 / scale)"],
      ],
      message:
        "You multiply the positions by the scale. " +
        "Divide by it, so that a longer text fits into the range seen in training.",
    },
    {
      edits: [
        [
          "ropeAngles(positions, D, base, scale)",
          "ropeAngles(positions, D, Math.sqrt(base), scale)",
        ],
      ],
      message:
        "The rates fall too slowly: pair i turns by base^(−2i/D), " +
        "with a factor of two in the exponent.",
    },
    {
      edits: [
        ["ropeAngles(positions, D, base, scale)", "ropeAngles(tf.range(0, T), D, base, scale)"],
      ],
      message: "You don't use the positions: the tokens are numbered from 0 instead.",
    },
    {
      edits: [["tf.stack([y, y], 2).reshape([T, D])", "tf.concat([y, y], -1)"]],
      message:
        "In the interleaved layout, features 2i and 2i + 1 turn by the same angle, " +
        "that of pair i: each angle occurs twice in a row.",
    },
    {
      edits: [["turn.set(-1, b, a)", "turn.set(1, b, a)"]],
      message:
        "A sign is missing: this mirrors pairs instead of turning them, and lengths change. " +
        "The first of a pair becomes a·cos − b·sin.",
    },
    {
      edits: [["ropeAngles(positions, D, base, scale)", "ropeAngles(positions, D, base, 1)"]],
      message: "You don't use `scale`. It divides the positions.",
    },
    {
      edits: [["ropeAngles(positions, D, base, scale)", "ropeAngles(positions, D, 10_000, scale)"]],
      message: "You don't use `base`: 10,000 is only its default.",
    },
    {
      edits: [
        [
          "return x.mul(forBoth(cos)).add(quarter.mul(forBoth(sin)));",
          `const turned = x.mul(forBoth(cos)).add(quarter.mul(forBoth(sin)));
           if (layout !== "halves") return turned;
           return tf.stack(tf.split(turned, 2, -1), -1).reshape(x.shape);`,
        ],
      ],
      message:
        'In the layout "halves" you put the turned pairs back side by side. ' +
        "Put each half back where it was: stack along the axis that you took apart.",
    },
    {
      edits: [
        [
          "return x.mul(forBoth(cos)).add(quarter.mul(forBoth(sin)));",
          `const turned = x.mul(forBoth(cos)).add(quarter.mul(forBoth(sin)));
           if (layout === "halves") return turned;
           const pairs = turned.reshape([...x.shape.slice(0, -1), D / 2, 2]);
           return tf.concat(tf.unstack(pairs, -1), -1);`,
        ],
      ],
      message:
        'In the layout "interleaved" you put the turned pairs back as two halves. ' +
        "Put neighbors back side by side: stack along the last axis, then reshape.",
    },
    {
      edits: [['if (layout === "halves") return tf.concat([y, y], -1);', ""]],
      message:
        'In the layout "halves", features i and i + D/2 turn by the same angle, that of pair ' +
        "i: the angles come twice, one copy after the other.",
    },
    {
      edits: [
        [
          "x.mul(forBoth(cos)).add(quarter.mul(forBoth(sin)))",
          "x.mul(forBoth(sin)).add(quarter.mul(forBoth(cos)))",
        ],
      ],
      message:
        "Sine and cosine are swapped: at position 0 the angle is 0, and nothing may turn. (a, " +
        "b) goes to (a·cos − b·sin, a·sin + b·cos).",
    },
    {
      edits: [
        [
          "return x.mul(forBoth(cos)).add(quarter.mul(forBoth(sin)));",
          `const isFirst = tf.tensor(
             Array.from({ length: D }, (_, i) =>
               Number(layout === "halves" ? i < D / 2 : i % 2 === 0),
             ),
           );
           const turned = x.mul(forBoth(cos)).add(quarter.mul(forBoth(sin)));
           return turned.mul(isFirst).add(x.mul(tf.sub(1, isFirst)));`,
        ],
      ],
      message: "Only the first feature of each pair turns. The second becomes a·sin + b·cos.",
    },
    {
      edits: [
        [
          "return x.mul(forBoth(cos)).add(quarter.mul(forBoth(sin)));",
          `const isFirst = tf.tensor(
             Array.from({ length: D }, (_, i) =>
               Number(layout === "halves" ? i < D / 2 : i % 2 === 0),
             ),
           );
           const turned = x.mul(forBoth(cos)).add(quarter.mul(forBoth(sin)));
           const half = turned.mul(isFirst).add(x.mul(tf.sub(1, isFirst)));
           const shifted = half.reshape([tokens, D]).matMul(quarterTurn(D, layout)).reshape(x.shape);
           const second = half.mul(forBoth(cos)).add(shifted.mul(forBoth(sin)));
           return turned.mul(isFirst).add(second.mul(tf.sub(1, isFirst)));`,
        ],
      ],
      message:
        "The second feature of a pair is computed from the new first one. " +
        "Both come from the old a and b: (a·cos − b·sin, a·sin + b·cos).",
    },
    {
      edits: [
        ['if (layout === "halves") return tf.concat([y, y], -1);', ""],
        ['= layout === "halves" ? [i, i + D / 2] : [2 * i, 2 * i + 1]', "= [2 * i, 2 * i + 1]"],
      ],
      message:
        'The layout "halves" changes nothing: you always pair neighbors. It pairs i and i + D/2.',
    },
    {
      edits: [
        [
          'if (layout === "halves") return tf.concat([y, y], -1);',
          "if (D > 0) return tf.concat([y, y], -1);",
        ],
        ['= layout === "halves" ? [i, i + D / 2] : [2 * i, 2 * i + 1]', "= [i, i + D / 2]"],
      ],
      message:
        'The layout "interleaved" changes nothing: you always pair i and i + D/2. ' +
        "It pairs 2i and 2i + 1, and it is the default.",
    },
  ],
};
export default exercise;
