/** invariantPointAttention: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { drawFrames } from "../shared/frameCases";
import { drawPointParams } from "./pairCases";

const exercise: Exercise = {
  cases: (random) => {
    const usual = { heads: 2, queryPoints: 2, valuePoints: 3, D: 2 };
    const inputs = (B: number, N: number, sizes: typeof usual, biases = false) => {
      const { D, ...options } = sizes;
      const frames = drawFrames(random, [B, N]);
      const s = random.normal([B, N, 4]);
      const z = random.normal([B, N, N, 3]);
      const params = drawPointParams(random, { C: 4, Cz: 3, D, ...options, biases });
      return [s, z, frames, params, options] as const;
    };
    const mask = tensorData([1, 4], [1, 0, 1, 1]);
    const masked = () => {
      const [s, z, frames, params, options] = inputs(1, 4, usual);
      return [s, z, frames, params, { ...options, mask }];
    };
    const [s, z, frames, params, options] = inputs(1, 3, usual);
    const zeros = (...shape: number[]) =>
      tensorData(shape, new Array<number>(shape.reduce((a, b) => a * b)).fill(0));
    const identity = [1, 0, 0, 0, 1, 0, 0, 0, 1];
    const origin = {
      rotation: tensorData([1, 3, 3, 3], [...identity, ...identity, ...identity]),
      translation: zeros(1, 3, 3),
    };
    const away = () => {
      const [s, z, { rotation, translation }, ...rest] = inputs(1, 3, usual);
      const { shape, data } = translation;
      return [
        s,
        z,
        {
          rotation,
          translation: tensorData(
            shape,
            Array.from(data, (x) => x + 2),
          ),
        },
        ...rest,
      ];
    };
    return [
      { group: "values", title: "two heads", args: [...inputs(1, 4, usual)] },
      {
        group: "values",
        title: "two chains, with biases",
        args: [...inputs(2, 3, { heads: 3, queryPoints: 3, valuePoints: 2, D: 2 }, true)],
      },
      { group: "values", title: "one residue is masked", args: masked() },
      { group: "shapes", title: "there is one residue", args: [...inputs(1, 1, usual)] },
      {
        group: "shapes",
        title: "there is one head of one feature and one point",
        args: [...inputs(2, 3, { heads: 1, queryPoints: 1, valuePoints: 1, D: 1 })],
      },
      {
        group: "gradient",
        title: "features, pairs and frames are differentiated",
        args: [s, z, frames, params, options],
        wrt: ["0", "1", "2.rotation", "2.translation"],
      },
      {
        group: "gradient",
        title: "weights are differentiated",
        args: [s, z, frames, params, options],
        wrt: ["3.wq", "3.wkPoints", "3.wvPoints", "3.headScale", "3.wo"],
      },
      {
        group: "gradient",
        title: "features are zero and all frames are at the origin, so every point is zero",
        args: [zeros(1, 3, 4), z, origin, params, options],
        wrt: ["0", "1", "2.translation", "3.wo"],
      },
      {
        group: "errors",
        title: "wo doesn't have the rows of the norms",
        args: [s, z, frames, { ...params, wo: random.normal([2 * (2 + 3 * 3 + 3), 4]) }, options],
        throws: "wo",
      },
      {
        group: "values",
        title: "two chains, each with its own mask",
        args: [
          ...inputs(2, 3, usual).slice(0, 4),
          { ...usual, mask: tensorData([2, 3], [1, 1, 0, 0, 1, 1], "int32") },
        ],
      },
      {
        group: "values",
        title: "every point is zero, so only the norms are left",
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
        title: "the only residue that is not masked has a score below −10⁴",
        args: [
          random.normal([1, 2, 4]),
          tensorData([1, 2, 2, 3], [-1e5, -1e5, -1e5, 0, 0, 0, -1e5, -1e5, -1e5, 0, 0, 0]),
          drawFrames(random, [1, 2]),
          { ...params, wBias: tensorData([3, 2], [1, 1, 1, 1, 1, 1]) },
          { ...options, mask: tensorData([1, 2], [1, 0]) },
        ],
      },
      {
        group: "values",
        title: "a headScale whose exponential exceeds float32",
        args: [s, z, frames, { ...params, headScale: tensorData([2], [95, 0.5]) }, options],
      },
      {
        group: "property",
        title: "the whole protein is two units away on each axis",
        args: away(),
      },
    ];
  },
  mutants: [
    {
      edits: [["local.matMul(frames.rotation, false, true).add(origins)", "local"]],
      message:
        "The points stay in their own residue's space, where they can't be compared. " +
        "Bring them into the protein's space with T_i first.",
    },
    {
      edits: [["world.sub(origins).matMul(frames.rotation)", "world"]],
      message:
        "The resulting points are left in the protein's space, " +
        "so the output changes when the protein rotates. Bring them back with T_i⁻¹.",
    },
    {
      edits: [["local.matMul(frames.rotation, false, true)", "local.matMul(frames.rotation)"]],
      message:
        "The rotation is applied the wrong way around. " +
        "Points are rows here, so R·p is the row times the transpose of R.",
    },
    {
      edits: [[".sub(distances.mul(w / 2))", ".add(distances.mul(w / 2))"]],
      message: "Residues whose points are far apart attract each other. Subtract the distance.",
    },
    {
      edits: [["params.headScale.softplus()", "params.headScale"]],
      message: "γ is the softplus of headScale: it must not become negative.",
    },
    {
      edits: [["distances.mul(w / 2)", "distances.mul(w)"]],
      message: "The weight of the distances is half of this: γ·w/2.",
    },
    {
      edits: [[".add(byHead).mul(Math.sqrt(1 / 3))", ".mul(Math.sqrt(1 / 3)).add(byHead)"]],
      message: "√⅓ multiplies all three terms, so their sum has the variance of one.",
    },
    {
      edits: [["flat(points), norms, flat(pair)", "flat(points), flat(pair), norms"]],
      message: "The parts don't have the order of wo's rows: scalars, points, their norms, pairs.",
    },
    {
      edits: [[".mul(1 / Math.sqrt(D))", ""]],
      message: "The dot product isn't divided by √D.",
    },
    {
      edits: [["world.sub(origins).matMul(frames.rotation)", "world.matMul(frames.rotation)"]],
      message:
        "The resulting points are rotated back but not moved back. " +
        "T_i⁻¹ subtracts the translation first, then rotates.",
    },
    {
      edits: [["const norms = points.square()", "const norms = world.square()"]],
      message:
        "These are norms of points in the protein's space, " +
        "so they change when the protein moves. Use the points in the residue's own frame.",
    },
    {
      edits: [
        [
          "weights.transpose([0, 2, 1, 3]).matMul(z)",
          "weights.transpose([0, 2, 1, 3]).matMul(z.transpose([0, 2, 1, 3]))",
        ],
      ],
      message: "The mean of the pairs runs over z_ji. Residue i reads its own row: Σ_j a_ij·z_ij.",
    },
    {
      edits: [
        [
          "const local = linear(s, w, b).reshape([B, N, H * count, 3]);",
          "const local = linear(s, w, b).reshape([B, N, 3, H * count]).transpose([0, 1, 3, 2]);",
        ],
      ],
      message:
        "The columns of the points are cut in the wrong order. " +
        "They are (head, point, xyz): x, y and z are side by side.",
    },
    {
      edits: [[".add(1e-8).sqrt()", ".sqrt()"]],
      message:
        "1e-8 is missing in the norms: " +
        "the root of zero has no slope, so a point at the origin makes the gradient NaN.",
    },
    {
      edits: [["params.headScale.softplus()", "params.headScale.exp()"]],
      message: "γ is the exponential of headScale. It should be its softplus, log(1 + eˣ).",
    },
    {
      edits: [
        [
          "world.sub(origins).matMul(frames.rotation)",
          "world.sub(origins).matMul(frames.rotation, false, true)",
        ],
      ],
      message:
        "The resulting points are turned once more instead of back. For a point stored as a row, T_i⁻¹p is (p − t)·R.",
    },
    {
      edits: [
        ["local.matMul(frames.rotation, false, true)", "local.matMul(frames.rotation)"],
        [
          "world.sub(origins).matMul(frames.rotation)",
          "world.sub(origins).matMul(frames.rotation, false, true)",
        ],
      ],
      message:
        "All rotations are transposed, into the protein's space and back. Points are rows: R·p is p times the transpose of R, and back it is p·R.",
    },
    {
      edits: [
        [
          "weights.matMul(vPoints)",
          "weights.matMul(splitHeads(linear(s, params.wvPoints, params.bvPoints), H))",
        ],
      ],
      message:
        "The value points stay in their own residue's space. Bring them into the protein's space with T_j before you mix them.",
    },
    {
      edits: [
        [
          "norms = points.square().sum(-1).add(1e-8).sqrt()",
          "norms = points.square().sum(-1).sqrt().add(1e-8)",
        ],
      ],
      message:
        "1e-8 is added after the root, where it can't keep the slope at 0 finite. Add it under the root.",
    },
    {
      edits: [["Math.sqrt(2 / (9 * queryPoints))", "Math.sqrt(2 / 9)"]],
      message:
        "The weight of the distances doesn't depend on the number of points: w is √(2/(9P)).",
    },
    {
      edits: [["      .mul(Math.sqrt(1 / 3));", "      .mul(1);"]],
      message: "√⅓ is missing: it multiplies the sum of the three terms.",
    },
    {
      edits: [
        [
          "const weights = softmax(scores);",
          "const weights = softmax(scores.transpose([0, 1, 3, 2])).transpose([0, 1, 3, 2]);",
        ],
      ],
      message:
        "The softmax runs over the residues that ask. For each of them, the weights of all others add up to 1: over j.",
    },
    {
      edits: [["tf.where(mask.reshape([B, 1, 1, N]).notEqual(0), 0, -Infinity)", "0"]],
      message: "The mask isn't used: no one may read a residue whose mask is 0.",
    },
    {
      edits: [[".add(1e-8).sqrt()", ""]],
      message: "These are squared norms. Take their root: √(|p|² + 1e-8).",
    },
    {
      edits: [
        [".mul(1 / Math.sqrt(D))", ""],
        [".mul(Math.sqrt(1 / 3));", ".mul(Math.sqrt(1 / (3 * D)));"],
      ],
      message:
        "The whole sum is divided by √D. Only the dot product is; the bias and the distances " +
        "aren't.",
    },
    {
      edits: [
        [
          "const kPoints = place(params.wkPoints, params.bkPoints, queryPoints);",
          "const kPoints = linear(s, params.wkPoints, params.bkPoints);",
        ],
      ],
      message:
        "The key points stay in their own residue's space. Bring them into the protein's space " +
        "with T_j, as the query points with T_i.",
    },
    {
      edits: [
        [
          "const distances = squaredDistances(qPoints, kPoints, H).mul",
          "const distances = squaredDistances(qPoints, kPoints, H).add(1e-8).sqrt().mul",
        ],
      ],
      message: "The scores contain distances. They should contain the sum of squared distances.",
    },
    {
      edits: [["linear(z, params.wBias).sub(distances.mul(w / 2))", "distances.mul(-w / 2)"]],
      message: "The bias from the pairs, z_ij·wBias, is missing in the scores.",
    },
    {
      edits: [["Math.sqrt(2 / (9 * queryPoints))", "Math.sqrt(2 / 9) / queryPoints"]],
      message: "The number of points isn't under the root: w is √(2/(9P)).",
    },
  ],
};
export default exercise;
