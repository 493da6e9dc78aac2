/** Numbers of a figure with as many digits as can be seen: a notebook holds thousands of them. */

/** Hovering shows four digits, and zooming in needs a few more. */
const DIGITS = 6;

/** The same plain data; whole numbers stay as they are. */
export function rounded<T>(data: T): T {
  if (typeof data === "number") return roundedNumber(data) as T;
  if (typeof data !== "object" || data === null) return data;
  if (Array.isArray(data)) return data.map(rounded) as T;
  if (ArrayBuffer.isView(data)) return data;
  return Object.fromEntries(Object.entries(data).map(([key, part]) => [key, rounded(part)])) as T;
}

const roundedNumber = (value: number) =>
  Number.isInteger(value) ? value : Number(value.toPrecision(DIGITS));
