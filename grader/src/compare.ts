/**
 * The one comparison: structure, shape, dtype, NaN, then values. Fails on NaN unless NaN is
 * expected in that place.
 */
import { isTensorData, sizeOf, type TensorData, type Value, type ValueMap } from "./value";

export interface Closeness {
  rtol: number;
  atol: number;
}
export type Verdict =
  | { ok: true }
  /**
   * `says` is one or two sentences for the student: what was expected, what came, and where first.
   */
  | { ok: false; kind: "structure" | "shape" | "dtype" | "nan" | "values"; says: string };

/**
 * rtol 1e-5, and atol 1e-5 of the largest expected value, since float32 sums err by their largest
 * terms.
 */
export const DEFAULT_RTOL = 1e-5;
export const DEFAULT_ATOL = 1e-5;

export function largest(value: Value): number {
  if (typeof value === "number") return Number.isFinite(value) ? Math.abs(value) : 0;
  if (isTensorData(value)) {
    let m = 0;
    for (const v of value.data) if (Number.isFinite(v) && Math.abs(v) > m) m = Math.abs(v);
    return m;
  }
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return 0;
  const entries: Value[] = value instanceof Map ? [...value.values()] : Object.values(value);
  return entries.reduce<number>((m, v) => Math.max(m, largest(v)), 0);
}

const number = (x: number) =>
  Number.isInteger(x) ? String(x) : x.toPrecision(6).replace(/\.?0+(e|$)/, "$1");
const shapeText = (shape: number[]) => `[${shape.join(", ")}]`;
/** An infinity is close to itself alone: rtol times it would let everything pass. */
const close = (a: number, b: number, { rtol, atol }: Closeness) =>
  a === b ||
  (Number.isNaN(a) && Number.isNaN(b)) ||
  (Number.isFinite(b) && Math.abs(a - b) <= atol + rtol * Math.abs(b));

function indexAt(flat: number, shape: number[]): string {
  const index: number[] = [];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index.unshift(flat % shape[axis]!);
    flat = Math.floor(flat / shape[axis]!);
  }
  return shapeText(index);
}

function compareTensors(
  got: TensorData,
  want: TensorData,
  tolerance: Closeness,
  what: string,
): Verdict {
  if (got.shape.join() !== want.shape.join()) {
    return {
      ok: false,
      kind: "shape",
      says: `${what}: expected shape ${shapeText(want.shape)}, got ${shapeText(got.shape)}.`,
    };
  }
  if (got.dtype !== want.dtype) {
    return {
      ok: false,
      kind: "dtype",
      says: `${what}: expected dtype ${want.dtype}, got ${got.dtype}.`,
    };
  }
  const exact = want.dtype !== "float32";
  const n = sizeOf(want.shape);
  let wrong = 0;
  let nans = 0;
  let first = -1;
  for (let i = 0; i < n; i++) {
    const a = got.data[i]!;
    const b = want.data[i]!;
    if (Number.isNaN(a) && !Number.isNaN(b)) nans++;
    if (exact ? a === b : close(a, b, tolerance)) continue;
    if (wrong++ === 0) first = i;
  }
  if (wrong === 0) return { ok: true };
  const where = want.shape.length === 0 ? "" : ` at ${indexAt(first, want.shape)}`;
  const example =
    `First difference${where}: expected ${number(want.data[first]!)}, got ` +
    `${number(got.data[first]!)}.`;
  if (nans > 0) {
    return { ok: false, kind: "nan", says: `${what}: ${nans} of ${n} values are NaN. ${example}` };
  }
  return {
    ok: false,
    kind: "values",
    says:
      n === 1
        ? `${what}: expected ${number(want.data[0]!)}, got ${number(got.data[0]!)}.`
        : `${what}: ${n - wrong} of ${n} values are right. ${example}`,
  };
}

const kindOf = (v: Value) =>
  isTensorData(v)
    ? "a tensor"
    : v instanceof Uint8Array
      ? `${v.length} bytes`
      : v instanceof Int32Array
        ? `an Int32Array of ${v.length}`
        : v instanceof RegExp
          ? `the pattern ${String(v)}`
          : v instanceof Map
            ? `a Map of ${v.size}`
            : Array.isArray(v)
              ? `a list of ${v.length}`
              : v === null
                ? "null"
                : typeof v === "object"
                  ? "a record"
                  : v === undefined
                    ? "nothing (is a return missing?)"
                    : `the ${typeof v} ${String(v).slice(0, 40)}`;

function compareBytes(got: Value, want: Uint8Array, what: string): Verdict {
  if (!(got instanceof Uint8Array) || got.length !== want.length) {
    return {
      ok: false,
      kind: "structure",
      says: `${what}: expected ${kindOf(want)} (a Uint8Array), got ${kindOf(got)}.`,
    };
  }
  const at = want.findIndex((byte, i) => byte !== got[i]);
  return at < 0
    ? { ok: true }
    : {
        ok: false,
        kind: "values",
        says: `${what}: expected byte ${want[at]} at ${at}, got ${got[at]}.`,
      };
}

function compareIntegers(got: Value, want: Int32Array, what: string): Verdict {
  if (!(got instanceof Int32Array) || got.length !== want.length) {
    return {
      ok: false,
      kind: "structure",
      says: `${what}: expected ${kindOf(want)}, got ${kindOf(got)}.`,
    };
  }
  const at = want.findIndex((n, i) => n !== got[i]);
  return at < 0
    ? { ok: true }
    : {
        ok: false,
        kind: "values",
        says: `${what}: expected ${want[at]} at ${at}, got ${got[at]}.`,
      };
}

/** The order of entries does not count. */
function compareMaps(got: Value, want: ValueMap, tolerance: Closeness, what: string): Verdict {
  if (!(got instanceof Map)) {
    return {
      ok: false,
      kind: "structure",
      says: `${what}: expected ${kindOf(want)} entries, got ${kindOf(got)}.`,
    };
  }
  for (const [key, value] of want) {
    if (!got.has(key)) {
      return {
        ok: false,
        kind: "structure",
        says: `${what}: expected a Map with the key ${JSON.stringify(key)}, which is missing.`,
      };
    }
    const verdict = compare(
      got.get(key),
      value,
      tolerance,
      `${what} at key ${JSON.stringify(key)}`,
    );
    if (!verdict.ok) return verdict;
  }
  const extra = [...got.keys()].find((key) => !want.has(key));
  return extra === undefined
    ? { ok: true }
    : {
        ok: false,
        kind: "structure",
        says:
          `${what}: expected a Map of ${want.size} entries, got ${got.size}; ` +
          `the key ${JSON.stringify(extra)} should not be there.`,
      };
}

/**
 * @param what how the sentence names the value: "The result", "The gradient with respect to gamma"
 */
export function compare(
  got: Value,
  want: Value,
  tolerance: Closeness,
  what = "The result",
): Verdict {
  if (isTensorData(want)) {
    if (isTensorData(got)) return compareTensors(got, want, tolerance, what);
    return {
      ok: false,
      kind: "structure",
      says: `${what}: expected a tensor of shape ${shapeText(want.shape)}, got ${kindOf(got)}.`,
    };
  }
  if (typeof want === "number" && typeof got === "number") {
    return close(got, want, tolerance)
      ? { ok: true }
      : {
          ok: false,
          kind: Number.isNaN(got) ? "nan" : "values",
          says: `${what}: expected ${number(want)}, got ${number(got)}.`,
        };
  }
  if (typeof want !== "object" || want === null) {
    return got === want
      ? { ok: true }
      : {
          ok: false,
          kind: typeof got === typeof want ? "values" : "structure",
          says: `${what}: expected ${kindOf(want)}, got ${kindOf(got)}.`,
        };
  }
  if (want instanceof Uint8Array) return compareBytes(got, want, what);
  if (want instanceof Int32Array) return compareIntegers(got, want, what);
  if (want instanceof Map) return compareMaps(got, want, tolerance, what);
  if (want instanceof RegExp) {
    return got instanceof RegExp && String(got) === String(want)
      ? { ok: true }
      : {
          ok: false,
          kind: "structure",
          says: `${what}: expected ${kindOf(want)}, got ${kindOf(got)}.`,
        };
  }
  const keys = Object.keys(want);
  if (
    typeof got !== "object" ||
    got === null ||
    isTensorData(got) ||
    got instanceof Map ||
    ArrayBuffer.isView(got) ||
    got instanceof RegExp ||
    Array.isArray(got) !== Array.isArray(want) ||
    (Array.isArray(want) && (got as Value[]).length !== want.length)
  ) {
    return {
      ok: false,
      kind: "structure",
      says:
        `${what}: expected ` +
        `${Array.isArray(want) ? kindOf(want) : `a record { ${keys.join(", ")} }`}, got ` +
        `${kindOf(got)}.`,
    };
  }
  const missing = keys.find((k) => !Object.hasOwn(got, k));
  if (missing !== undefined) {
    return {
      ok: false,
      kind: "structure",
      says: `${what}: expected a record { ${keys.join(", ")} }, ${missing} is missing.`,
    };
  }
  for (const key of keys) {
    const name = Array.isArray(want)
      ? `${what}, entry ${key}`
      : what === "The result"
        ? `The result's ${key}`
        : `${what}, ${key}`;
    const verdict = compare(
      (got as Record<string, Value>)[key],
      (want as Record<string, Value>)[key],
      tolerance,
      name,
    );
    if (!verdict.ok) return verdict;
  }
  return { ok: true };
}
