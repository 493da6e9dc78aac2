/** Numbers as a reader needs them: few digits, and a minus that isn't a hyphen. */

const SIGNIFICANT_DIGITS = 3;

/** A whole number in full, others with three digits, or with all that stand before the point. */
export function numberText(value: number): string {
  const digits = Math.max(SIGNIFICANT_DIGITS, String(Math.trunc(Math.abs(value))).length);
  const isShort = Number.isInteger(value) || !Number.isFinite(value);
  return String(isShort ? value : Number(value.toPrecision(digits))).replace("-", "−");
}

/** The least of 1, 2 or 5 times a power of ten that is at least this positive number. */
export function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((n) => n * power).find((step) => step >= least * (1 - 1e-9))!;
}
