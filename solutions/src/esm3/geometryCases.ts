/** Random weights of geometric attention and random backbones, for the cases of exercises. */
import { tensorData, type Random, type TensorData, type Value } from "grader";

export function drawGeometry(random: Random, C: number, heads: number): { [name: string]: Value } {
  return {
    norm: { gamma: random.uniform([C], 0.5, 1.5), beta: random.normal([C], 0.3) },
    wIn: random.normal([C, 15 * heads], C ** -0.5),
    wOut: random.normal([3 * heads, C], (3 * heads) ** -0.5),
    rotationScale: random.normal([heads]),
    distanceScale: random.normal([heads]),
  };
}

/** Three atoms for each of N residues at random positions, as far apart as in a real residue. */
export function drawChain(
  random: Random,
  N: number,
): [n: TensorData, ca: TensorData, c: TensorData] {
  const middle = random.normal([N, 3], 2);
  const near = () => {
    const offset = random.normal([N, 3], 1);
    return tensorData(
      [N, 3],
      Array.from(middle.data, (v, i) => v + offset.data[i]!),
    );
  };
  return [near(), middle, near()];
}
