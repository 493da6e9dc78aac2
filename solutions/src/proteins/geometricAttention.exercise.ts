/** geometricAttention: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { drawFrames } from "./frameCases";
import { drawGeometry } from "./geometryCases";

const exercise: Exercise = {
  cases: (random) => {
    const layer = (B: number, N: number, C: number, heads: number, more = {}) => [random.normal([B, N, C]), drawFrames(random, [B, N]), drawGeometry(random, C, heads), { heads, ...more }];
    return [
      { group: "values", says: "five residues, two heads", args: layer(1, 5, 6, 2) },
      { group: "values", says: "two proteins, one head", args: layer(2, 4, 5, 1) },
      { group: "values", says: "one residue has no frame", args: layer(1, 4, 6, 2, { mask: tensorData([1, 4], [1, 1, 0, 1]) }) },
      { group: "shapes", says: "one residue", args: layer(1, 1, 4, 1) },
      { group: "shapes", says: "the mask is int32 and differs between two proteins", args: layer(2, 3, 4, 1, { mask: tensorData([2, 3], [1, 1, 0, 0, 1, 1], "int32") }) },
      { group: "property", says: "no residue has a frame: nothing is told", args: layer(1, 3, 4, 2, { mask: tensorData([1, 3], [0, 0, 0]) }) },
      { group: "gradient", says: "features, frames and weights are differentiated", args: layer(1, 4, 4, 2), wrt: ["0", "1.rotation", "1.translation", "2.wIn", "2.wOut", "2.rotationScale", "2.distanceScale"] },
      { group: "errors", says: "wIn is made for another number of heads", args: [random.normal([1, 3, 4]), drawFrames(random, [1, 3]), drawGeometry(random, 4, 2), { heads: 3 }], throws: "wIn" },
    ];
  },
  mutants: [
    { edits: [["byHead(d.add(translation.expandDims(2)))", "byHead(d)"]], says: "The vectors for the distance are only turned. They are points of the protein's space: add the translation, or every residue sits at the origin." },
    { edits: [["inSpace.slice(0, 3).map(byHead)", "inSpace.slice(0, 3).map((d) => byHead(d.add(translation.expandDims(2))))"]], says: "Queries, keys and values of the rotation term are directions. They are turned and not moved; with the translation in them, the result depends on where the protein lies." },
    { edits: [["softmax(scores).matMul(v)).matMul(rotation)", "softmax(scores).matMul(v))"]], says: "What a residue is told is still in the protein's space. Turn it back into the residue's own, by the transpose of its rotation." },
    { edits: [["tf.softplus(s).div(Math.sqrt(3))", "tf.softplus(s)"]], says: "Both terms are divided by √3." },
    { edits: [["tf.softplus(s)", "s"]], says: "The scales of the heads pass through the softplus, which keeps them positive." },
    { edits: [[".sub(distance.mul", ".add(distance.mul"]], says: "Distance adds to the score, so that far residues are read most. It is subtracted." },
    { edits: [[".maximum(1e-24).sqrt()", ""]], says: "The distance is squared. Take the root: algorithm 6 uses the norm." },
    { edits: [["vectors.matMul(rotation, false, true)", "vectors.matMul(rotation)"]], says: "The vectors are turned by the inverse rotations. A row times Rᵀ is what R does to a column." },
    { edits: [["const kept = mask ? told.mul(mask.notEqual(0).cast(\"float32\").reshape([B, N, 1, 1])) : told;", "const kept = told;"]], says: "A residue without a frame is not read, but it still reads. What has no frame gets 0." },
    { edits: [["linear(layerNorm(x, params.norm.gamma, params.norm.beta), params.wIn)", "linear(x, params.wIn)"]], says: "The features are not normed before the projection." },
  ],
};
export default exercise;
