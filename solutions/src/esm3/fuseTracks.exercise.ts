/** fuseTracks: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const track = (B: number, N: number, size: number, C: number) => ({
      ids: random.ids([B, N], size),
      table: random.normal([size, C]),
    });
    return [
      {
        group: "values",
        title: "three tracks",
        args: [[track(1, 6, 21, 4), track(1, 6, 5, 4), track(1, 6, 4, 4)]],
      },
      {
        group: "values",
        title: "two proteins, two tracks",
        args: [[track(2, 4, 5, 3), track(2, 4, 9, 3)]],
      },
      { group: "shapes", title: "one track", args: [[track(2, 3, 5, 4)]] },
      {
        group: "shapes",
        title: "one residue, and a table of one row",
        args: [[track(1, 1, 1, 2), track(1, 1, 3, 2)]],
      },
      {
        group: "gradient",
        title: "both tables are differentiated",
        args: [[track(1, 5, 4, 3), track(1, 5, 6, 3)]],
        wrt: ["0.0.table", "0.1.table"],
      },
      {
        group: "errors",
        title: "the second table is wider",
        args: [[track(1, 4, 5, 3), track(1, 4, 5, 4)]],
        throws: "table",
      },
    ];
  },
  mutants: [
    {
      edits: [["tf.addN(tracks.map(embed))", "tf.mean(tf.stack(tracks.map(embed)), 0)"]],
      message:
        "The tracks are averaged. " +
        "Add them, so each says as much with three tracks as with two.",
    },
    {
      edits: [["tf.addN(tracks.map(", "tf.addN(tracks.slice(-1).map("]],
      message: "Only the last track arrives. Add up all of them.",
    },
    {
      edits: [
        [
          "linear(oneHot(ids, table.shape[0]!), table)",
          "linear(oneHot(ids, table.shape[0]!).reverse(1), table)",
        ],
      ],
      message: "The ids are counted from the end of the table.",
    },
    {
      edits: [
        [
          "const embed = ({ ids, table }: Track) => linear(oneHot(ids, table.shape[0]!), table);",
          `const embed = ({ ids, table }: Track) => {
             const first = tracks[0]!.table;
             const [size, own] = [table.shape[0]!, first.shape[0]!];
             const shared = first.slice([0, 0], [Math.min(size, own), -1]);
             const padded = shared.pad([[0, Math.max(0, size - own)], [0, 0]]);
             return linear(oneHot(ids, size), padded);
           };`,
        ],
      ],
      message: "All tracks look up their ids in the first table. Each has its own table.",
    },
    {
      edits: [
        [
          "tf.addN(tracks.map(embed))",
          "tracks.map(embed).reduce((product, track) => product.mul(track))",
        ],
      ],
      message: "The tracks are multiplied. Add them.",
    },
    {
      edits: [["tf.addN(tracks.map(embed))", "tf.addN(tracks.slice(0, 1).map(embed))"]],
      message: "Only the first track is used. Add them all.",
    },
    {
      edits: [
        [
          "tf.addN(tracks.map(embed))",
          "tracks.map(embed).reduce((largest, track) => largest.maximum(track))",
        ],
      ],
      message: "The largest of the tracks is taken. Add them.",
    },
  ],
};
export default exercise;
