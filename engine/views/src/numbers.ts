/** Numbers as a reader needs them: few digits, and a minus that isn't a hyphen. */

const SIGNIFICANT_DIGITS = 3;

/** A whole number in full, others with three digits, or with all that stand before the point. */
export function numberText(value: number): string {
  const digits = Math.max(SIGNIFICANT_DIGITS, String(Math.trunc(Math.abs(value))).length);
  const isShort = Number.isInteger(value) || !Number.isFinite(value);
  return String(isShort ? value : Number(value.toPrecision(digits))).replace("-", "−");
}
