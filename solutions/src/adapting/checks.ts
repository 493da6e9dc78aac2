/** Checks of arguments that the functions of this folder share. */
import { expectFloats } from "../shared/shapes";
import type { LoraParams } from "./types";

/**
 * LoRA's two matrices for a matrix of C rows and D columns.
 * @throws when one doesn't fit, their rank is 0, or alpha isn't a finite number
 */
export function expectLora(
  fn: string,
  { a, b }: LoraParams,
  [C, D]: [C: number, D: number],
  alpha?: number,
): void {
  expectFloats(fn, "a", a, [C, "r"]);
  const r = a.shape[1]!;
  if (r === 0) throw new Error(`${fn}: expected a of at least one column, got [${C}, 0]`);
  expectFloats(fn, "b", b, [r, D]);
  if (alpha !== undefined && !Number.isFinite(alpha)) {
    throw new Error(`${fn}: expected alpha to be a finite number, got ${alpha}`);
  }
}
