/** Numbers of a figure with as many digits as can be seen: a notebook holds thousands of them. */

/** Hovering shows four digits, and zooming in needs a few more. */
const SIGNIFICANT_DIGITS = 6;

/** The same plain data; whole numbers stay as they are. */
export function roundNumbers<T>(data: T): T {
  if (typeof data === "number") return roundNumber(data) as T;
  if (typeof data !== "object" || data === null) return data;
  if (Array.isArray(data)) return data.map(roundNumbers) as T;
  if (ArrayBuffer.isView(data)) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, part]) => [key, roundNumbers(part)]),
  ) as T;
}

const roundNumber = (value: number) =>
  Number.isInteger(value) ? value : Number(value.toPrecision(SIGNIFICANT_DIGITS));
