/** relativeBuckets: its cases and its typical mistakes. */
import type { Exercise } from "grader";

/** With 8 buckets, no distance lies at the edge of one, where the last digit would decide. */
const MAX_DISTANCES = [14, 15, 17, 19, 20];

const exercise: Exercise = {
  cases: (random) => {
    const tokens = random.int(20, 30);
    const some = () => random.int(20, 40);
    const eight = (bidirectional: boolean) => ({
      buckets: 8,
      maxDistance: random.pick(MAX_DISTANCES),
      bidirectional,
    });
    return [
      {
        group: "values",
        title: "an encoder looks both ways",
        args: [some(), some(), eight(true)],
      },
      {
        group: "values",
        title: "a decoder looks back",
        args: [some(), some(), eight(false)],
      },
      {
        group: "values",
        title: "there are as many buckets as in T5",
        args: [60, 60, { buckets: 32, maxDistance: 128, bidirectional: true }],
      },
      {
        group: "shapes",
        title: "there is one query",
        args: [1, random.int(20, 400), eight(true)],
      },
      {
        group: "shapes",
        title: "there are more queries than keys",
        args: [tokens, 3, { buckets: 8, maxDistance: 16, bidirectional: false }],
      },
      {
        group: "errors",
        title: "every distance up to maxDistance has a bucket",
        args: [3, 3, { buckets: 32, maxDistance: 8, bidirectional: true }],
        throws: "maxDistance",
      },
    ];
  },
  mutants: [
    {
      edits: [["bucket(j - i)", "bucket(i - j)"]],
      message: "The sign is the wrong way around: the offset is key − query.",
    },
    {
      edits: [["wide = Math.floor(", "wide = Math.round("]],
      message: "You round the logarithm to the nearest bucket. T5 cuts off the fraction.",
    },
    {
      edits: [["Math.min(exact + wide, side - 1)", "Math.min(wide, side - 1)"]],
      message: "The wide buckets start over at 0. They follow the exact ones: add exact.",
    },
    {
      edits: [
        [
          "after = bidirectional && offset > 0 ? side : 0",
          "after = bidirectional && offset >= 0 ? side : 0",
        ],
      ],
      message: "The token itself counts as after. Only offsets above 0 do.",
    },
    {
      edits: [["Math.max(-offset, 0)", "Math.abs(offset)"]],
      message:
        "Without bidirectional, you still count the distance of keys after the query. " +
        "They share bucket 0.",
    },
    {
      edits: [["const after = bidirectional && offset > 0 ? side : 0;", "const after = 0;"]],
      message: "Both directions share their buckets. Keys after the query get the second half.",
    },
    {
      edits: [["Math.min(exact + wide, side - 1)", "(exact + wide)"]],
      message:
        "Distances of maxDistance and more run past the last bucket. " +
        "Stop at the last one of their side.",
    },
    {
      edits: [["share * (side - exact)", "share * (side - exact - 1)"]],
      message:
        "Your last bucket begins at maxDistance. " +
        "Spread the logarithm over all the buckets that are left, side − exact.",
    },
    {
      edits: [["bucket(j - i)", "bucket(j - i - keys + queries)"]],
      message:
        "You take the queries as the last T tokens. " +
        "Here queries and keys both count from 0: the offset is j − i.",
    },
    {
      edits: [
        ["Math.fround(Math.log(Math.fround(distance / exact)))", "Math.fround(Math.log(distance))"],
        ["Math.fround(Math.log(maxDistance / exact))", "Math.fround(Math.log(maxDistance))"],
      ],
      message:
        "Your logarithms are those of the distances. " +
        "Divide both distances by `exact` first, so that the share starts at 0 there.",
    },
    {
      edits: [
        [
          "const share = Math.fround(growth / Math.fround(Math.log(maxDistance / exact)));",
          "const share = growth < 0 ? 0 : (distance - exact) / (maxDistance - exact);",
        ],
      ],
      message:
        "The far buckets are equally wide. " +
        "They grow with the distance: take the share of its logarithm.",
    },
    {
      edits: [["Math.floor(Math.fround(share", "Math.ceil(Math.fround(share"]],
      message: "You round the logarithm up. T5 cuts off the fraction.",
    },
    {
      edits: [["offset > 0 ? side : 0", "offset < 0 ? side : 0"]],
      message: "Keys before the query get the second half of the buckets. Those after it do.",
    },
  ],
};
export default exercise;
