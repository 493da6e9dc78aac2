/** How often a step runs, on both sides. */

/** Steps whose losses are compared; they also warm up. */
export const STEPS = 3;

/**
 * @param step gives the loss
 * @returns the first losses, and the median of the later steps in milliseconds
 */
export async function measure(step, runs) {
  const losses = [];
  const times = [];
  for (let i = 0; i < STEPS + runs; i++) {
    const start = performance.now();
    const loss = await step();
    if (i < STEPS) losses.push(loss);
    else times.push(performance.now() - start);
  }
  return { losses, ms: times.sort((a, b) => a - b)[times.length >> 1] };
}
