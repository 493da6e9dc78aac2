/** invariantPointAttention: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { drawFrames } from "../shared/frameCases";
import { drawPointParams } from "./pairCases";

const exercise: Exercise = {
  cases: (random) => {
    const inputs = (
      B: number,
      N: number,
      sizes: { heads: number; queryPoints: number; valuePoints: number; D: number },
      biases = false,
    ) => {
      const { D, ...options } = sizes;
      const frames = drawFrames(random, [B, N]);
      return [
        random.normal([B, N, 4]),
        random.normal([B, N, N, 3]),
        frames,
        drawPointParams(random, { C: 4, Cz: 3, D, ...options, biases }),
        options,
      ] as const;
    };
    const usual = { heads: 2, queryPoints: 2, valuePoints: 3, D: 2 };
    const mask = tensorData([1, 4], [1, 0, 1, 1]);
    const masked = () => {
      const [s, z, frames, params, options] = inputs(1, 4, usual);
      return [s, z, frames, params, { ...options, mask }];
    };
    const [s, z, frames, params, options] = inputs(1, 3, usual);
    const origin = {
      rotation: tensorData(
        [1, 3, 3, 3],
        Array.from({ length: 27 }, (_, i) => ((i % 9) % 4 === 0 ? 1 : 0)),
      ),
      translation: tensorData([1, 3, 3], new Array<number>(9).fill(0)),
    };
    return [
      { group: "values", says: "two heads", args: [...inputs(1, 4, usual)] },
      {
        group: "values",
        says: "two chains, with biases",
        args: [...inputs(2, 3, { heads: 3, queryPoints: 3, valuePoints: 2, D: 2 }, true)],
      },
      { group: "values", says: "one residue is masked", args: masked() },
      { group: "shapes", says: "there is one residue", args: [...inputs(1, 1, usual)] },
      {
        group: "shapes",
        says: "there is one head of one feature and one point",
        args: [...inputs(2, 3, { heads: 1, queryPoints: 1, valuePoints: 1, D: 1 })],
      },
      {
        group: "gradient",
        says: "features, pairs and frames are differentiated",
        args: [s, z, frames, params, options],
        wrt: ["0", "1", "2.rotation", "2.translation"],
      },
      {
        group: "gradient",
        says: "weights are differentiated",
        args: [s, z, frames, params, options],
        wrt: ["3.wq", "3.wkPoints", "3.wvPoints", "3.headScale", "3.wo"],
      },
      {
        group: "gradient",
        says:
          "there are no features and all frames stand at the origin, so that every point is " +
          "zero",
        args: [tensorData([1, 3, 4], new Array<number>(12).fill(0)), z, origin, params, options],
        wrt: ["0", "1", "2.translation", "3.wo"],
      },
      {
        group: "errors",
        says: "wo lacks the rows of the norms",
        args: [s, z, frames, { ...params, wo: random.normal([2 * (2 + 3 * 3 + 3), 4]) }, options],
        throws: "wo",
      },
      {
        group: "values",
        says: "two chains, each with a mask of its own",
        args: [
          ...inputs(2, 3, usual).slice(0, 4),
          { ...usual, mask: tensorData([2, 3], [1, 1, 0, 0, 1, 1], "int32") },
        ],
      },
      {
        group: "values",
        says: "every point is zero, and nothing but the norms is left",
        args: [
          tensorData([1, 3, 4], new Array<number>(12).fill(0)),
          tensorData([1, 3, 3, 3], new Array<number>(27).fill(0)),
          origin,
          params,
          options,
        ],
      },
      {
        group: "values",
        says: "the only residue that is not masked has a score below −10⁴",
        args: [
          random.normal([1, 2, 4]),
          tensorData([1, 2, 2, 3], [-1e5, -1e5, -1e5, 0, 0, 0, -1e5, -1e5, -1e5, 0, 0, 0]),
          drawFrames(random, [1, 2]),
          { ...params, wBias: tensorData([3, 2], [1, 1, 1, 1, 1, 1]) },
          { ...options, mask: tensorData([1, 2], [1, 0]) },
        ],
      },
    ];
  },
  mutants: [
    {
      edits: [
        [
          "local.matMul(frames.rotation, false, true).add(frames.translation.expandDims(2))",
          "local",
        ],
      ],
      says:
        "The points stay in their own residue's space, where they cannot be compared. " +
        "Bring them into the protein's space with T_i first.",
    },
    {
      edits: [
        [
          "const points = world.sub(frames.translation.expandDims(2)).matMul(frames.rotation);",
          "const points = world;",
        ],
      ],
      says:
        "The points that come out are left in the protein's space, so the output changes when " +
        "the protein turns. Bring them back with T_i⁻¹.",
    },
    {
      edits: [["local.matMul(frames.rotation, false, true)", "local.matMul(frames.rotation)"]],
      says:
        "The rotation is applied the wrong way round. " +
        "Points stand in rows here, so R·p is the row times the transpose of R.",
    },
    {
      edits: [["linear(z, params.wBias).sub(near)", "linear(z, params.wBias).add(near)"]],
      says: "Residues whose points are far apart attract each other. The distance is subtracted.",
    },
    {
      edits: [["params.headScale.softplus()", "params.headScale"]],
      says: "γ is softplus of headScale: it must not become negative.",
    },
    {
      edits: [["Math.sqrt(2 / (9 * queryPoints)) / 2", "Math.sqrt(2 / (9 * queryPoints))"]],
      says: "The weight of the distances is half of that: γ·w/2.",
    },
    {
      edits: [[".add(pairs).mul(Math.sqrt(1 / 3))", ".mul(Math.sqrt(1 / 3)).add(pairs)"]],
      says: "√⅓ multiplies all three terms, so that their sum has the variance of one.",
    },
    {
      edits: [["flat(points), norms, flat(pair)", "flat(points), flat(pair), norms"]],
      says: "The parts stand in another order than wo's rows: scalars, points, their norms, pair.",
    },
    {
      edits: [["q.mul(1 / Math.sqrt(D)).matMul", "q.matMul"]],
      says: "The dot product is not divided by √D.",
    },
    {
      edits: [
        [
          "const points = world.sub(frames.translation.expandDims(2)).matMul(frames.rotation);",
          "const points = world.matMul(frames.rotation);",
        ],
      ],
      says:
        "The points that come out are turned back but not moved back. " +
        "T_i⁻¹ takes the translation away first, then turns.",
    },
    {
      edits: [["const norms = points.square()", "const norms = world.square()"]],
      says:
        "The norms are those of points in the protein's space, so they change when the protein " +
        "moves. Take them of the points in the own frame.",
    },
    {
      edits: [
        [
          "weights.transpose([0, 2, 1, 3]).matMul(z)",
          "weights.transpose([0, 2, 1, 3]).matMul(z.transpose([0, 2, 1, 3]))",
        ],
      ],
      says: "The mean of the pairs runs over z_ji. Residue i reads its own row: Σ_j a_ij z_ij.",
    },
    {
      edits: [
        [
          "const local = linear(s, w, b).reshape([B, N, H * count, 3]);",
          "const local = linear(s, w, b).reshape([B, N, 3, H * count]).transpose([0, 1, 3, 2]);",
        ],
      ],
      says:
        "The columns of the points are cut in another order. They are (head, point, xyz): " +
        "x, y and z stand side by side.",
    },
    {
      edits: [[".add(1e-8).sqrt()", ".sqrt()"]],
      says:
        "The norms lack their 1e-8: the root of zero has no slope, and a point at the origin " +
        "makes the gradient NaN.",
    },
  ],
};
export default exercise;
