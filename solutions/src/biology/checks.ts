/** Checks of arguments that the functions of this folder share. */

/** @throws when there are fewer than `least` values, or one is NaN */
export function expectRankable(fn: string, name: string, values: number[], least: number): void {
  if (values.length < least) {
    throw new Error(`${fn}: expected ${name} with at least ${least} numbers, got ${values.length}`);
  }
  const at = values.findIndex(Number.isNaN);
  if (at >= 0) throw new Error(`${fn}: expected ${name} without NaN, got NaN at ${at}`);
}
