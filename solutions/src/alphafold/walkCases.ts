/** Random chains of Cα atoms and turned predictions, for the cases of exercises. */
import { tensorData, type Random, type TensorData } from "grader";

/** A walk of steps of about 3.8 Å, and the same with noise. */
export function drawWalk(random: Random, N: number, noise: number) {
  const truth = random.normal([N, 3], 2.2);
  const predicted = random.normal([N, 3], noise);
  for (let i = 3; i < 3 * N; i++) truth.data[i]! += truth.data[i - 3]!;
  for (let i = 0; i < 3 * N; i++) predicted.data[i]! += truth.data[i]!;
  return [predicted, truth];
}

/** A prediction and its truth, the prediction turned by 90° around the third axis. */
export function turned([predicted, truth]: TensorData[]): [TensorData, TensorData] {
  const { shape, data } = predicted!;
  const at = (i: number) => [-data[i + 1]!, data[i - 1]!, data[i]!][i % 3]!;
  return [
    tensorData(
      shape,
      Array.from(data, (_, i) => at(i)),
    ),
    truth!,
  ];
}
