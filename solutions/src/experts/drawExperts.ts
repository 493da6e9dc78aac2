/** Random experts and choices among them, for the exercises in this folder. */
import type { Random } from "grader";

/** E experts that read C features, with F hidden ones. */
export function drawExperts(random: Random, E: number, C: number, F: number) {
  return {
    w1: random.normal([E, C, F], 1 / Math.sqrt(C)),
    b1: random.normal([E, F], 0.3),
    w2: random.normal([E, F, C], 1 / Math.sqrt(F)),
    b2: random.normal([E, C], 0.3),
  };
}

/** Zeros and ones: each of N tokens chose k of E experts. */
export function drawChosen(random: Random, N: number, E: number, k: number) {
  const rows = Array.from({ length: N }, () => {
    const order = Array.from({ length: E }, (_, e) => ({ e, at: random.next() }));
    const first = order.sort((a, b) => a.at - b.at).slice(0, k);
    return Array.from({ length: E }, (_, e) => (first.some((one) => one.e === e) ? 1 : 0));
  });
  return { shape: [N, E], dtype: "float32" as const, data: Float32Array.from(rows.flat()) };
}
