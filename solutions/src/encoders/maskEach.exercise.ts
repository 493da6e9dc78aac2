/** maskEach: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const ints = (...n: number[]) => tensorData([n.length], n, "int32");
    const text = (T: number) => ints(...Array.from({ length: T }, () => random.int(4, 23)));
    return [
      { group: "values", title: "every place of four", args: [text(4), ints(0, 1, 2, 3), 3] },
      {
        group: "values",
        title: "some places, the later one first",
        args: [text(6), ints(4, 1), 3],
      },
      { group: "property", title: "a place comes twice", args: [text(3), ints(1, 1), 0] },
      { group: "shapes", title: "one place of a text of one", args: [text(1), ints(0), 3] },
      {
        group: "errors",
        title: "a place is past the end",
        args: [text(3), ints(3), 3],
        throws: "places",
      },
      {
        group: "values",
        title: "ids are above 65,535",
        args: [
          tensorData([3], [70_000, 65_536, 3], "int32"),
          tensorData([2], [0, 1], "int32"),
          65_537,
        ],
      },
      {
        group: "shapes",
        title: "one place of a longer text",
        args: [text(random.int(8, 15)), ints(random.int(0, 7)), 3],
      },
    ];
  },
  mutants: [
    {
      edits: [
        [
          'tf.where(here, tf.scalar(maskId, "int32"), ids)',
          `tf.where(here.any(0), tf.scalar(maskId, "int32"), ids)
             .tile([places.size])
             .reshape([places.size, T])`,
        ],
      ],
      message:
        "Every row hides all places. Each row should hide one, so all the others can be read.",
    },
    {
      edits: [
        [
          'tf.where(here, tf.scalar(maskId, "int32"), ids)',
          'tf.where(here, ids, tf.scalar(maskId, "int32"))',
        ],
      ],
      message: "Everything except the place is hidden.",
    },
    {
      edits: [["tf.gather(ids, places)", "tf.gather(ids, places.sub(places.min()))"]],
      message:
        "The answers come from other places. " +
        "Row p hides places[p], so its answer is the id at places[p].",
    },
    {
      edits: [["tf.gather(ids, places)", "places.clone()"]],
      message: "The answers are the places. They should be the ids at those places.",
    },
    {
      edits: [["equal(places.expandDims(1))", "lessEqual(places.expandDims(1))"]],
      message: "Row p hides everything from its place up to places[p]. Hide that one token.",
    },
    {
      edits: [["equal(places.expandDims(1))", "greaterEqual(places.expandDims(1))"]],
      message:
        "Row p hides everything from places[p] on, as a decoder does. Hide that one token, so " +
        "the model can read both sides.",
    },
    {
      edits: [
        [
          "equal(places.expandDims(1))",
          'equal(tf.range(0, places.size, 1, "int32").expandDims(1))',
        ],
      ],
      message: "Row p hides place p. It should hide places[p].",
    },
    {
      edits: [["tf.gather(ids, places)", 'tf.fill([places.size], maskId, "int32")']],
      message: "The answers are read from the masked texts, so each is maskId. Read them from ids.",
    },
  ],
};
export default exercise;
