/** Amounts in words. */

/** "1 lesson", "2 lessons". */
export const plural = (n: number, one: string): string => `${n} ${one}${n === 1 ? "" : "s"}`;

/** "45 min", "2 h", "2 h 30 min". */
export function durationText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = Math.round(minutes % 60);
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

type Marked = readonly { points: number }[];
export const sumOfPoints = (all: Marked): number =>
  all.reduce((sum, { points }) => sum + points, 0);

/** "33 points", or by whom they are given: "8 points by checks and 2 by your instructor". */
export function pointsText(exercises: Marked, written: Marked): string {
  const [checked, marked] = [sumOfPoints(exercises), sumOfPoints(written)];
  if (marked === 0) return plural(checked, "point");
  if (checked === 0) return `${plural(marked, "point")} by your instructor`;
  return `${plural(checked, "point")} by checks and ${marked} by your instructor`;
}
