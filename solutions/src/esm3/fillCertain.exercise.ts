/** fillCertain: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random } from "grader";

/** Logits of eight places, two of each kind in a drawn order. */
function inPairs(random: Random) {
  const kinds = Array.from({ length: 4 }, () => random.normal([6], 2));
  const places = [...kinds, ...kinds].map((row) => ({ row, key: random.next() }));
  const rows = places.sort((a, b) => a.key - b.key).flatMap(({ row }) => Array.from(row.data));
  return tensorData([8, 6], rows);
}

const exercise: Exercise = {
  cases: (random) => {
    const masked = (values: number[]) => tensorData([values.length], values, "int32");
    const even = tensorData([4, 2], [1, 3, 3, 1, 1, 3, 2, 2]);
    return [
      {
        group: "values",
        title: "three places are masked, one is filled",
        args: [masked([9, 2, 9, 9, 0]), random.normal([5, 4], 2), { maskId: 9, count: 1 }],
      },
      {
        group: "values",
        title: "six are masked, three are filled",
        args: [masked([5, 5, 5, 0, 5, 5, 5, 1]), random.normal([8, 5], 2), { maskId: 5, count: 3 }],
      },
      {
        group: "values",
        title: "large logits everywhere: certainty is a probability",
        args: [
          masked([3, 3, 3]),
          tensorData([3, 3], [90, 89.9, 89.8, 2, 0, 0, 50, 50, 50]),
          { maskId: 3, count: 1 },
        ],
      },
      {
        group: "property",
        title: "places are equally certain: the earlier ones come first",
        args: [masked([7, 7, 7, 7]), even, { maskId: 7, count: 2 }],
      },
      {
        group: "property",
        title: "the most certain places are already filled",
        args: [
          masked([4, 1, 4, 2]),
          tensorData([4, 3], [0, 0, 1, 9, 0, 0, 0, 2, 0, 0, 0, 9]),
          { maskId: 4, count: 1 },
        ],
      },
      {
        group: "property",
        title: "count is larger than the number of masked places",
        args: [masked([6, 0, 6]), random.normal([3, 4]), { maskId: 6, count: 5 }],
      },
      {
        group: "shapes",
        title: "one place",
        args: [masked([2]), random.normal([1, 2]), { maskId: 2, count: 1 }],
      },
      {
        group: "shapes",
        title: "nothing is masked",
        args: [masked([0, 1, 1]), random.normal([3, 2]), { maskId: 2, count: 2 }],
      },
      {
        group: "shapes",
        title: "count is 0",
        args: [masked([2, 2]), random.normal([2, 2]), { maskId: -1, count: 0 }],
      },
      {
        group: "errors",
        title: "the mask is one of the model's ids",
        args: [masked([1, 0]), random.normal([2, 3]), { maskId: 2, count: 1 }],
        throws: "maskId",
      },
      {
        group: "values",
        title: "certainties differ in the fifth digit",
        args: [
          masked([9, 9, 9]),
          tensorData([3, 2], [0.5, 0, 0.50004, 0, 0.50002, 0]),
          { maskId: 9, count: 1 },
        ],
      },
      {
        group: "property",
        title: "places are equally certain in pairs",
        args: [masked(Array<number>(8).fill(6)), inPairs(random), { maskId: 6, count: 5 }],
      },
      {
        group: "shapes",
        title: "one place and four hundred tokens",
        args: [masked([400]), random.normal([1, 400]), { maskId: 400, count: 1 }],
      },
    ];
  },
  mutants: [
    {
      edits: [["softmax(logits).max(-1), -1)", "logits.max(-1), -Infinity)"]],
      message:
        "You compare logits. " +
        "A logit means little without the others at its place: take the largest probability.",
    },
    {
      edits: [["tf.where(masked, softmax(logits).max(-1), -1)", "softmax(logits).max(-1)"]],
      message:
        "Places that are already filled take part in the ranking and use up the count. " +
        "Give them a certainty below all others.",
    },
    {
      edits: [["certainty.greater(mine)", "certainty.less(mine)"]],
      message: "The least certain places are filled first.",
    },
    {
      edits: [[".logicalAnd(masked);", ";"]],
      message: "Places that were given are overwritten. Only masked places may change.",
    },
    {
      edits: [["certainty.greater(mine).logicalOr(winsTie)", "certainty.greater(mine)"]],
      message:
        "Equally certain places are all filled at once, more than `count`. " +
        "On ties, the earlier ones win.",
    },
    {
      edits: [["chosen, logits", "masked, logits"]],
      message: "All masked places are filled in one round. Fill `count` of them.",
    },
    {
      edits: [[".less(count)", ".lessEqual(count)"]],
      message: "One place too many is filled. The ranks count from 0: fill those below `count`.",
    },
    {
      edits: [["places.less(places.expandDims(1))", "places.greater(places.expandDims(1))"]],
      message: "Among equally certain places, the later ones come first. The earlier ones should.",
    },
    {
      edits: [
        [
          "softmax(logits).max(-1), -1)",
          "softmax(logits).mul(tf.logSoftmax(logits)).sum(-1), -Infinity)",
        ],
      ],
      message:
        "Places are ranked by entropy, as one of ESM3's orders does. " +
        "Here certainty is the largest probability.",
    },
    {
      edits: [
        [".logicalAnd(masked);", ";"],
        ["tf.where(masked, softmax(logits).max(-1), -1)", "softmax(logits).max(-1)"],
      ],
      message:
        "Places that are already filled are ranked and overwritten like masked ones. Only " +
        "masked places take part and change.",
    },
    {
      edits: [["rank.less(count).logicalAnd(masked)", "masked.logicalAnd(certainty.greater(0.5))"]],
      message:
        "Places are filled where the probability is above one half. Fill the `count` most " +
        "certain ones, whatever their probability.",
    },
    {
      edits: [["logits.argMax(-1)", "logits.argMin(-1)"]],
      message: "The least probable id is filled in. Take the most probable one.",
    },
  ],
};
export default exercise;
