/**
 * The best size of a model for one budget of compute, from runs that all spend it (Hoffmann et al.
 * 2022, "Training Compute-Optimal Large Language Models", arXiv:2203.15556, §3.2, "approach 2").
 */
import { expectDataPoints, expectAboveZero } from "./checks";

/**
 * Fits a parabola to the losses over the logarithm of the size, by least squares:
 *   loss ≈ a·(ln N)² + b·ln N + c,  and its lowest point is at ln N = −b / (2a)
 * @param sizes N, weights of each model, above 0, three different values or more in any order
 * @param losses of these models after the same compute, nats per token
 * @returns size: N at the lowest point; loss: the parabola there; isInside: whether that size is at
 *   least the smallest and at most the largest of sizes
 * @throws when a size isn't above 0, there are too few sizes or not as many losses, or the parabola
 *   doesn't open upward, and so has no lowest point (the message names losses)
 */
export function isoFlop(
  sizes: number[],
  losses: number[],
): { size: number; loss: number; isInside: boolean } {
  expectAboveZero("isoFlop", "sizes", sizes);
  expectDataPoints("isoFlop", ["sizes", sizes], ["losses", losses], 3);
  // yours
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const product = (a: number[], b: number[]) => mean(a.map((value, i) => value * b[i]!));
  const logs = sizes.map(Math.log);
  const center = mean(logs);
  const u = logs.map((log) => log - center);
  // u² without its part along u and its mean: 1, u and this one are orthogonal
  const square = u.map((value) => value * value);
  const tilt = product(square, u) / product(u, u);
  const height = mean(square);
  const bend = square.map((value, i) => value - tilt * u[i]! - height);
  const a = product(bend, losses) / product(bend, bend);
  if (!(a > 0)) {
    throw new Error("isoFlop: expected losses with a lowest point, got a parabola that has none");
  }
  const b = product(u, losses) / product(u, u) - a * tilt;
  const lowest = -b / (2 * a);
  const size = Math.exp(center + lowest);
  const loss = mean(losses) - a * height + b * lowest + a * lowest * lowest;
  return { size, loss, isInside: size >= Math.min(...sizes) && size <= Math.max(...sizes) };
}
