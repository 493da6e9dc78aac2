/**
 * Similar texts among many without comparing all pairs: locality-sensitive hashing of signatures in
 * bands (Indyk & Motwani 1998; Leskovec, Rajaraman & Ullman, Mining of Massive Datasets, §3.4).
 */
import { expectCount } from "../shared/shapes";

/**
 * Finds pairs of texts that agree in all rows of at least one band. The K entries of a signature are
 * cut into `bands` bands of r = K / bands neighbors. Texts of similarity s become a pair with
 * probability 1 − (1 − s^r)^bands. With a threshold, a pair stays only if its signatures agree in
 * that share of all K entries, or more.
 * @param signatures of K whole numbers each, as minHash gives them
 * @param bands how many; divides K
 * @param threshold default 0: every pair stays
 * @returns pairs [i, j] of positions with i < j, each once, ordered by i and then by j
 * @throws when signatures differ in length, or bands isn't a whole number that divides K
 */
export function lshPairs(
  signatures: number[][],
  bands: number,
  threshold = 0,
): [first: number, second: number][] {
  expectCount("lshPairs", "bands", bands);
  const K = signatures[0]?.length ?? bands;
  if (signatures.some((signature) => signature.length !== K)) {
    throw new Error(`lshPairs: expected signatures of ${K} numbers each`);
  }
  if (K % bands !== 0) {
    throw new Error(`lshPairs: expected bands to divide ${K}, got ${bands}`);
  }
  // yours
  const rows = K / bands;
  const found = signatures.map(() => new Set<number>());
  for (let band = 0; band < bands; band++) {
    const buckets = new Map<string, number[]>();
    for (const [j, signature] of signatures.entries()) {
      const key = signature.slice(band * rows, (band + 1) * rows).join(" ");
      const bucket = buckets.get(key) ?? [];
      for (const i of bucket) found[i]!.add(j);
      bucket.push(j);
      buckets.set(key, bucket);
    }
  }
  const share = (a: number[], b: number[]) =>
    a.reduce((equal, value, k) => equal + Number(value === b[k]), 0) / K;
  return found.flatMap((partners, i) =>
    [...partners]
      .filter((j) => share(signatures[i]!, signatures[j]!) >= threshold)
      .sort((a, b) => a - b)
      .map((j): [number, number] => [i, j]),
  );
}
