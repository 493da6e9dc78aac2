/** geometricAttention: its cases and its typical mistakes. */
import { tensorData, type Exercise, type TensorData, type Value } from "grader";
import { drawFrames } from "../shared/frameCases";
import { drawGeometry } from "./geometryCases";

const exercise: Exercise = {
  cases: (random) => {
    const layer = (B: number, N: number, C: number, heads: number, more = {}) => [
      random.normal([B, N, C]),
      drawFrames(random, [B, N]),
      drawGeometry(random, C, heads),
      { heads, ...more },
    ];
    // the columns for d_q and d_k are 0: both are at the residue's own position
    const meeting = ([x, frames, params, options]: Value[]): Value[] => {
      const { wIn, ...rest } = params as { wIn: TensorData };
      const [C, columns] = wIn.shape as [number, number];
      const values = Array.from(wIn.data, (v, i) => (i % columns < columns * 0.6 ? v : 0));
      return [x!, frames!, { ...rest, wIn: tensorData([C, columns], values) }, options!];
    };
    const steep = ([x, frames, params, options]: Value[]): Value[] => {
      const rotationScale = tensorData([4], [1e5, 1e5, 1e5, 1e5]);
      return [x!, frames!, { ...(params as { [name: string]: Value }), rotationScale }, options!];
    };
    return [
      { group: "values", title: "five residues, two heads", args: layer(1, 5, 6, 2) },
      { group: "values", title: "two proteins, one head", args: layer(2, 4, 5, 1) },
      {
        group: "values",
        title: "one residue has no frame",
        args: layer(1, 4, 6, 2, { mask: tensorData([1, 4], [1, 1, 0, 1]) }),
      },
      { group: "shapes", title: "one residue", args: layer(1, 1, 4, 1) },
      {
        group: "shapes",
        title: "the mask is int32 and differs between two proteins",
        args: layer(2, 3, 4, 1, { mask: tensorData([2, 3], [1, 1, 0, 0, 1, 1], "int32") }),
      },
      {
        group: "property",
        title: "no residue has a frame: the result is zero",
        args: layer(1, 3, 4, 2, { mask: tensorData([1, 3], [0, 0, 0]) }),
      },
      {
        group: "gradient",
        title: "features, frames and weights are differentiated",
        args: layer(1, 4, 4, 2),
        wrt: [
          "0",
          "1.rotation",
          "1.translation",
          "2.wIn",
          "2.wOut",
          "2.rotationScale",
          "2.distanceScale",
        ],
      },
      {
        group: "gradient",
        title: "the points of each residue meet, at a distance of 0",
        args: meeting(layer(1, 3, 4, 2)),
        wrt: ["0", "1.rotation", "1.translation", "2.wIn", "2.distanceScale"],
      },
      {
        group: "errors",
        title: "wIn is for a different number of heads",
        args: [
          random.normal([1, 3, 4]),
          drawFrames(random, [1, 3]),
          drawGeometry(random, 4, 2),
          { heads: 3 },
        ],
        throws: "wIn",
      },
      {
        group: "values",
        title: "one residue has a frame, and scores are far below and above zero",
        args: steep(layer(1, 4, 6, 4, { mask: tensorData([1, 4], [1, 0, 0, 0]) })),
      },
      {
        group: "property",
        title: "residues without a frame are drawn",
        args: layer(1, 6, 4, 2, {
          mask: tensorData([1, 6], [1, ...Array.from({ length: 5 }, () => random.int(0, 1))]),
        }),
      },
    ];
  },
  mutants: [
    {
      edits: [["byHead(kind(i).add(translation.expandDims(2)))", "byHead(kind(i))"]],
      message:
        "The vectors for the distance are only rotated. " +
        "They are points in the protein's space: " +
        "add the translation, or every residue sits at the origin.",
    },
    {
      edits: [
        ["[byHead(kind(0)), byHead(kind(1)), byHead(kind(2))]", "[moved(0), moved(1), moved(2)]"],
      ],
      message:
        "Queries, keys and values of the rotation term are directions. " +
        "Rotate them, but don't move them, or the result depends on where the protein is.",
    },
    {
      edits: [["own = read.matMul(rotation)", "own = read"]],
      message:
        "What a residue reads is still in the protein's space. " +
        "Turn it back into the residue's own space, by the transpose of its rotation.",
    },
    {
      edits: [["tf.softplus(s).div(Math.sqrt(3))", "tf.softplus(s)"]],
      message: "Divide both terms by √3.",
    },
    {
      edits: [["tf.softplus(s)", "s"]],
      message: "Pass the scales of the heads through softplus, which keeps them positive.",
    },
    {
      edits: [["tf.softplus(s)", "tf.exp(s)"]],
      message: "The scales go through exp. Softplus is log(1 + exp(s)).",
    },
    {
      edits: [["alike.sub(distance.mul", "alike.add(distance.mul"]],
      message: "Distance adds to the score, so distant residues are read most. Subtract it.",
    },
    {
      edits: [[".maximum(1e-24).sqrt()", ""]],
      message: "The distance is squared. Take the root: algorithm 6 uses the norm.",
    },
    {
      edits: [["vectors.matMul(rotation, false, true)", "vectors.matMul(rotation)"]],
      message: "The vectors are rotated by the inverse. A row times Rᵀ is what R does to a column.",
    },
    {
      edits: [
        ['mask ? own.mul(mask.notEqual(0).cast("float32").reshape([B, N, 1, 1])) : own', "own"],
      ],
      message:
        "No one reads a residue without a frame, but it still reads others. It should get 0.",
    },
    {
      edits: [["linear(n, wIn)", "linear(x, wIn)"]],
      message: "The features aren't normalized before the projection.",
    },
    {
      edits: [
        ["vectors.matMul(rotation, false, true)", "vectors.matMul(rotation)"],
        ["read.matMul(rotation)", "read.matMul(rotation, false, true)"],
      ],
      message:
        "All rotations are transposed: into the protein's space and back again. " +
        "Rows times Rᵀ lead out of a residue's space, rows times R lead back.",
    },
    {
      edits: [["byHead(kind(2))]", "byHead(tf.split(vectors, 5, 2)[2]!)]"]],
      message:
        "The values aren't rotated. They leave their residue's own space like the other vectors.",
    },
    {
      edits: [
        ["byHead(kind(2))]", "byHead(tf.split(vectors, 5, 2)[2]!)]"],
        ["own = read.matMul(rotation)", "own = read"],
      ],
      message:
        "Values are sent and read without any rotation. Rotate each by its sender's R, " +
        "and what is read by the reader's Rᵀ.",
    },
    {
      edits: [["read.matMul(rotation)", "read.matMul(rotation, false, true)"]],
      message:
        "What a residue reads is rotated by R once more. " +
        "Turn it back: rows times R are Rᵀ times columns.",
    },
    {
      edits: [
        [
          "return linear(kept.reshape([B, N, H * 3]), wOut);",
          "return x.add(linear(kept.reshape([B, N, H * 3]), wOut));",
        ],
      ],
      message: "x is added. There is no residual inside this layer; the model adds it outside.",
    },
    {
      edits: [
        [
          ".reshape([B, N, 5 * H, 3]);",
          ".reshape([B, N, H, 5, 3]).transpose([0, 1, 3, 2, 4]).reshape([B, N, 5 * H, 3]);",
        ],
      ],
      message:
        "wIn's columns are read head by head. " +
        "They come kind by kind: r_q of all heads, then r_k of all heads, and so on.",
    },
    {
      edits: [
        [
          "const read = byHead(softmax(scores).matMul(v))",
          "const read = softmax(scores).matMul(v).reshape([B, N, H, 3])",
        ],
      ],
      message:
        "Heads and residues are mixed up: " +
        "bring [B, H, N, 3] back to [B, N, H, 3] with a transpose, not with a reshape.",
    },
    {
      edits: [
        [".mul(scale(rotationScale));", ".mul(scale(distanceScale));"],
        ["distance.mul(scale(distanceScale))", "distance.mul(scale(rotationScale))"],
      ],
      message: "The two scales are swapped.",
    },
    {
      edits: [[".maximum(1e-24).sqrt()", ".sqrt()"]],
      message:
        "The gradient is NaN where two points meet, because the root has no slope at 0. " +
        "Take the maximum with a tiny number before the root.",
    },
    {
      edits: [["reshape([B, 1, 1, N])", "reshape([B, 1, N, 1])"]],
      message:
        "The mask acts on the rows, which ask. " +
        "A residue without a frame must not be read: mask the columns, [B, 1, 1, N].",
    },
    {
      edits: [["read.matMul(rotation)", "read.sub(translation.expandDims(2)).matMul(rotation)"]],
      message: "The answer is moved back as well as rotated. It is a direction: only rotate it.",
    },
    {
      edits: [
        [
          "[byHead(kind(0)), byHead(kind(1)), byHead(kind(2))]",
          "[byHead(kind(0)), byHead(kind(1)), moved(2)]",
        ],
      ],
      message:
        "The values are moved by the translation. They are directions: rotate them, and move " +
        "only d_q and d_k.",
    },
    {
      edits: [
        [
          "const moved = (i: number) => byHead(kind(i).add(translation.expandDims(2)));",
          `const local = tf.split(vectors, 5, 2);
           const moved = (i: number) => byHead(local[i]!.add(translation.expandDims(2)));`,
        ],
      ],
      message:
        "The vectors for the distance are moved but not rotated. Rotate them first, then add " +
        "the translation.",
    },
    {
      edits: [["div(Math.sqrt(3))", "div(3)"]],
      message: "Both terms are divided by 3. Divide them by √3.",
    },
  ],
};
export default exercise;
