/** scaledDotProductAttention: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const qkv = (B: number, H: number, T: number, S: number, D: number) => [
      random.normal([B, H, T, D]),
      random.normal([B, H, S, D]),
      random.normal([B, H, S, D]),
    ];
    const causal = tensorData([4, 4], [1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 1]);
    return [
      { group: "values", title: "two heads attend", args: qkv(2, 2, 3, 5, 4) },
      {
        group: "values",
        title: "a causal mask is given",
        args: [...qkv(1, 2, 4, 4, 4), { mask: causal }],
      },
      {
        group: "values",
        title: "a bias is added",
        args: [...qkv(1, 2, 3, 4, 4), { bias: random.normal([2, 1, 4], 2) }],
      },
      {
        group: "values",
        title: "the scale is given",
        args: [...qkv(1, 1, 3, 4, 4), { scale: 1.5 }],
      },
      { group: "shapes", title: "one query meets one key", args: qkv(2, 1, 1, 1, 3) },
      {
        group: "shapes",
        title: "the mask is int32 and has a row for each sentence",
        args: [
          ...qkv(2, 2, 2, 3, 4),
          { mask: tensorData([2, 1, 1, 3], [1, 1, 0, 1, 1, 1], "int32") },
        ],
      },
      {
        group: "property",
        title: "a query may attend to nothing",
        args: [...qkv(1, 1, 3, 3, 2), { mask: tensorData([3, 3], [1, 0, 0, 0, 0, 0, 1, 1, 1]) }],
      },
      {
        group: "gradient",
        title: "q, k and v are differentiated",
        args: qkv(1, 2, 3, 4, 3),
        wrt: ["0", "1", "2"],
      },
      {
        group: "gradient",
        title: "a query without keys is differentiated",
        args: [...qkv(1, 1, 2, 3, 3), { mask: tensorData([2, 3], [0, 0, 0, 1, 1, 0], "bool") }],
        wrt: ["0", "1", "2"],
      },
      {
        group: "values",
        title: "the scores that the mask allows are lower than −10⁴",
        args: [
          tensorData([1, 1, 2, 4], [-256, 0, 0, 1, -256, 0, 1, 0]),
          tensorData([1, 1, 3, 4], [256, 0, 1, 0, 256, 0, 0, 1, 256, 1, 0, 0]),
          random.normal([1, 1, 3, 4]),
          { mask: tensorData([2, 3], [1, 1, 0, 0, 1, 1], "int32") },
        ],
      },
    ];
  },
  mutants: [
    {
      edits: [["q.mul(scale).matMul", "q.matMul"]],
      message:
        "The scores are not scaled. " +
        "Multiply them by the scale, 1/√D unless one is given, before the softmax.",
    },
    {
      edits: [
        ["if (mask) scores = scores.add(tf.where(mask.notEqual(0), 0, -Infinity));", ""],
        [
          "= softmax(scores)",
          '= mask ? softmax(scores).mul(mask.cast("float32")) : softmax(scores)',
        ],
      ],
      message:
        "You mask after the softmax, so forbidden keys have taken their share " +
        "and the rows no longer sum to one. Mask the scores.",
    },
    {
      edits: [
        ["= softmax(scores)", "= softmax(scores.transpose([0, 1, 3, 2])).transpose([0, 1, 3, 2])"],
      ],
      message:
        "The softmax runs over the queries. " +
        "Each query distributes one unit over the keys, the last axis.",
    },
    {
      edits: [["mask.notEqual(0)", "mask.equal(0)"]],
      message: "You read the mask the wrong way around: 1 means that a query may attend.",
    },
    {
      edits: [["0, -Infinity", "0, tf.neg(scores)"]],
      message:
        "Forbidden scores become 0, and exp(0) is 1, not nothing. " +
        "Only −∞ vanishes in a softmax.",
    },
    {
      edits: [["0, -Infinity", "0, -1e9"]],
      message:
        "Forbidden scores become a large negative number. That works until a row has nothing " +
        "else: then all keys are equal again. Use −∞; a row of −∞ gives zeros.",
    },
    {
      edits: [["scores.add(bias)", "scores.add(bias.mul(scale))"]],
      message: "You scale the bias too. Scale q·kᵀ first, then add the bias.",
    },
    {
      edits: [
        ["if (bias) scores = scores.add(bias);", ""],
        [
          "const weights = softmax(scores);",
          `let weights = softmax(scores);
           if (bias) weights = weights.add(bias);`,
        ],
      ],
      message:
        "You add the bias after the softmax, so the rows no longer sum to one. " +
        "Add it to the scores.",
    },
    {
      edits: [["tf.where(mask.notEqual(0), 0, -Infinity)", 'mask.cast("float32")']],
      message:
        "You add the mask's ones and zeros to the scores. " +
        "Where it is 0, the score must become −∞.",
    },
    {
      edits: [["q.mul(scale)", "q.mul(options.scale ?? 1 / D)"]],
      message: "You divide the scores by D. Their spread grows like √D: divide by that.",
    },
    {
      edits: [["softmax(scores);", "tf.softmax(scores);"]],
      message:
        "A row of only −∞ gives NaN: that is tf.softmax. " +
        "The softmax you imported gives zeros.",
    },
    {
      edits: [["q.mul(scale)", "q.div(scale)"]],
      message:
        "You divide by the scale, which makes the scores larger. " +
        "Multiply by it: it is 1/√D unless one is given.",
    },
    {
      edits: [["q.mul(scale)", "q.div(Math.sqrt(D))"]],
      message: "You don't use the scale that is given: 1/√D is only its default.",
    },
    {
      edits: [["if (bias) scores = scores.add(bias);", ""]],
      message: "The bias is missing. Add it to the scaled scores, before the softmax.",
    },
    {
      edits: [["if (mask) scores = scores.add(tf.where(mask.notEqual(0), 0, -Infinity));", ""]],
      message:
        "The mask changes nothing. Where it is 0, the score must become −∞ before the softmax.",
    },
    {
      edits: [["scores.add(bias)", "scores.mul(bias)"]],
      message: "You multiply the scores by the bias. Add it.",
    },
    {
      edits: [["matMul(k, false, true)", "matMul(k.reshape([B, H, D, S]))"]],
      message:
        "You reshape the keys where they should be transposed, which mixes their features. " +
        "Use matMul(k, false, true).",
    },
    {
      edits: [
        ["output: weights.matMul(v), weights }", "output: weights.matMul(v), weights: scores }"],
      ],
      message: "You return the scores as weights. The weights are what the softmax gives.",
    },
    {
      edits: [["const weights = softmax(scores);", "const weights = scores;"]],
      message: "The softmax is missing: the scores themselves weigh the values.",
    },
    {
      edits: [["softmax(scores)", "scores.sigmoid()"]],
      message:
        "Your weights come from a sigmoid, so the rows don't sum to one. " +
        "Take the softmax over the keys.",
    },
    {
      edits: [
        [
          "scores.add(tf.where(mask.notEqual(0), 0, -Infinity))",
          "tf.where(mask.notEqual(0), scores, -Infinity)",
        ],
        ["output: weights.matMul(v), weights }", "output: weights.matMul(v), weights: scores }"],
      ],
      message: "You return the scores as weights. The weights are what the softmax gives.",
    },
    {
      edits: [
        [
          "scores.add(tf.where(mask.notEqual(0), 0, -Infinity))",
          "tf.where(mask.notEqual(0), scores, -Infinity)",
        ],
        ["const weights = softmax(scores);", "const weights = scores;"],
      ],
      message: "The softmax is missing: the scores themselves weigh the values.",
    },
    {
      edits: [["0, -Infinity", "0, -1e4"]],
      message:
        "Forbidden scores become a large negative number. " +
        "That works until a row has nothing else: then all keys are equal again. " +
        "Use −∞; a row of −∞ gives zeros.",
    },
    {
      edits: [
        [
          "scores.add(tf.where(mask.notEqual(0), 0, -Infinity))",
          "tf.where(mask.notEqual(0), scores, -1e9)",
        ],
      ],
      message:
        "Forbidden scores become a large negative number. " +
        "That works until a row has nothing else: then all keys are equal again. " +
        "Use −∞; a row of −∞ gives zeros.",
    },
  ],
};
export default exercise;
