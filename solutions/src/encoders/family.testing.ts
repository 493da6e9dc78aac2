/** The hemopexin family, its profile and its small ESM, for the tests of lesson 08. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, parseSafeTensors, paths, type TensorData } from "grader";
import { alignedTokens, RESIDUES } from "./alignedTokens";
import { esmEncode } from "./esmEncode";
import { esmFromTransformers, esmHeadFromTransformers } from "./fromTransformers";
import { maskEach } from "./maskEach";
import { predictMasked } from "./predictMasked";

const { data } = paths(courseRoot());
const AMINO = RESIDUES.length - 4;
const FIRST = 4;

export interface Member {
  part: string;
  cluster: number;
  row: string;
  ids: number[];
  columns: number[];
}

export function readTensorFile(file: string): Record<string, tf.Tensor> {
  const entries = [...parseSafeTensors(readFileSync(file), file).tensors] as [string, TensorData][];
  return Object.fromEntries(
    entries.map(([name, t]) => [name, tf.tensor(t.data as Float32Array, t.shape, t.dtype)]),
  );
}

export function readFamily(): Member[] {
  return gunzipSync(readFileSync(join(data, "hemopexin.txt.gz")))
    .toString("utf8")
    .trim()
    .split("\n")
    .map((line) => {
      const [part, cluster, , row] = line.split(" ") as [string, string, string, string];
      return { part, cluster: Number(cluster), row, ...alignedTokens(row) };
    });
}

const sumOf = (values: number[]) => values.reduce((a, b) => a + b);

/** Counts [column][amino acid] in the training part; each cluster has a weight of 1. */
function columnCounts(members: Member[]): number[][] {
  const train = members.filter((m) => m.part === "train");
  const sizes = new Map<number, number>();
  for (const { cluster } of train) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  const width = members[0]!.row.replace(/[a-z]/g, "").length;
  const counts = Array.from({ length: width }, () => new Array<number>(AMINO).fill(0));
  for (const m of train) {
    m.columns.forEach((c, t) => {
      if (c >= 0) counts[c]![m.ids[t]! - FIRST]! += 1 / sizes.get(m.cluster)!;
    });
  }
  return counts;
}

/** Frequencies [column][amino acid] of the training part, with a pseudo-count. */
export function columnProfile(members: Member[], pseudo: number): number[][] {
  const counts = columnCounts(members);
  const all = sumOf(counts.flat());
  const background = counts[0]!.map((_, i) => sumOf(counts.map((row) => row[i]!)) / all);
  return counts.map((row) => {
    const n = sumOf(row);
    return row.map((v, i) => (v + pseudo * background[i]!) / (n + pseudo));
  });
}

/** −log p of each residue in a column, by the profile. */
export const profileLosses = (profile: number[][], { ids, columns }: Member): number[] =>
  columns.flatMap((c, t) => (c >= 0 ? [-Math.log(profile[c]![ids[t]! - FIRST]!)] : []));

/** The same by the ESM, which reads all other residues. */
export function esmLosses(
  weights: Record<string, tf.Tensor>,
  heads: number,
): (member: Member) => number[] {
  const params = esmFromTransformers(weights);
  const head = esmHeadFromTransformers(weights);
  return ({ ids, columns }) =>
    tf.tidy(() => {
      const inColumns = columns.flatMap((c, t) => (c >= 0 ? [t] : []));
      const places = tf.tensor1d(inColumns, "int32");
      const maskId = RESIDUES.indexOf("<mask>");
      const { inputs, answers } = maskEach(tf.tensor1d(ids, "int32"), places, maskId);
      const hidden = esmEncode(inputs, params, { heads });
      const here = tf.oneHot(places, ids.length).cast("float32").expandDims(-1); // [P, T, 1]
      const logits = predictMasked(hidden.mul(here).sum(1), params.tokens, head, 1e-5);
      const amino = logits.slice([0, FIRST], [-1, AMINO]);
      const chosen = tf.oneHot(answers.sub(FIRST).cast("int32"), AMINO);
      return Array.from(tf.logSoftmax(amino).mul(chosen).sum(-1).neg().dataSync());
    });
}
