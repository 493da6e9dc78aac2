/** Random frames as plain data, for the cases of exercises. */
import { tensorData, type Random, type TensorData } from "grader";

/** The rotation matrix of a unit quaternion w + xi + yj + zk. */
const rotationOf = ([w, x, y, z]: [number, number, number, number]): number[][] => [
  [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
  [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
  [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
];

/** Rotations from random unit quaternions, origins a few units around 0. */
export function drawFrames(
  random: Random,
  leading: number[],
): { rotation: TensorData; translation: TensorData } {
  const count = leading.reduce((a, b) => a * b, 1);
  const rotations = Array.from({ length: count }, () => {
    const q = Array.from(random.normal([4]).data);
    const length = Math.hypot(...q);
    const [w, x, y, z] = q.map((v) => v / length);
    return rotationOf([w!, x!, y!, z!]);
  });
  return {
    rotation: tensorData([...leading, 3, 3], rotations.flat(2)),
    translation: random.normal([...leading, 3], 3),
  };
}
