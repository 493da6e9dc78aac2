/** Values in words, as sentences to students name them. */
import { quoted, shortened } from "./text";
import { isTensorData, type Value } from "./value";

/** Six digits, without zeros at the end. */
export const numberText = (x: number): string =>
  Number.isInteger(x) ? String(x) : x.toPrecision(6).replace(/\.?0+(e|$)/, "$1");

export const shapeText = (shape: readonly number[]): string => `[${shape.join(", ")}]`;

/** [1, 2]: where the element of this number stands in a tensor of this shape. */
export function indexText(flat: number, shape: readonly number[]): string {
  const index: number[] = [];
  let rest = flat;
  for (const size of [...shape].reverse()) {
    index.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return shapeText(index);
}

/** "a list of 3", "the string abc": what kind of value it is, for a sentence. */
export function kindText(v: Value): string {
  if (v === undefined) return "nothing (is a return missing?)";
  if (v === null) return "null";
  if (typeof v === "string") return `the string ${quoted(shortened(v, 0))}`;
  if (typeof v !== "object") return `the ${typeof v} ${String(v).slice(0, 40)}`;
  if (isTensorData(v)) return "a tensor";
  if (v instanceof Uint8Array) return `${v.length} bytes`;
  if (v instanceof Int32Array) return `an Int32Array of ${v.length}`;
  if (v instanceof RegExp) return `the pattern ${String(v)}`;
  if (v instanceof Map) return `a Map of ${v.size}`;
  return Array.isArray(v) ? `a list of ${v.length}` : "a record";
}
