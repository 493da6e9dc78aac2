/**
 * The one comparison: structure, shape, dtype, NaN, then values. Fails on NaN unless NaN is
 * expected in that place.
 */
import { indexText, kindText, numberText, shapeText } from "./describe";
import { quoted, textDifference } from "./text";
import { isTensorData, type TensorData, type Value, type ValueMap } from "./value";

export interface Closeness {
  rtol: number;
  atol: number;
}

type Kind = "structure" | "shape" | "dtype" | "nan" | "values";
export type Verdict =
  | { ok: true }
  /**
   * `says` is one or two sentences for the student: what was expected, what came, and where first.
   */
  | { ok: false; kind: Kind; says: string };

const RIGHT: Verdict = { ok: true };
const wrong = (kind: Kind, says: string): Verdict => ({ ok: false, kind, says });
const expected = (kind: Kind, what: string, want: string, got: string): Verdict =>
  wrong(kind, `${what}: expected ${want}, got ${got}.`);

/**
 * rtol 1e-5, and atol 1e-5 of the largest expected value, since float32 sums err by their largest
 * terms.
 */
export const DEFAULT_RTOL = 1e-5;
export const DEFAULT_ATOL = 1e-5;

/** The largest finite absolute value of all numbers and tensors in a value. */
export function largest(value: Value): number {
  if (typeof value === "number") return Number.isFinite(value) ? Math.abs(value) : 0;
  if (isTensorData(value)) {
    let most = 0;
    for (const v of value.data) if (Number.isFinite(v)) most = Math.max(most, Math.abs(v));
    return most;
  }
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return 0;
  const entries: Value[] = value instanceof Map ? [...value.values()] : Object.values(value);
  return entries.reduce<number>((most, v) => Math.max(most, largest(v)), 0);
}

/** An infinity is close to itself alone: rtol times it would let everything pass. */
const close = (a: number, b: number, { rtol, atol }: Closeness) =>
  a === b ||
  (Number.isNaN(a) && Number.isNaN(b)) ||
  (Number.isFinite(b) && Math.abs(a - b) <= atol + rtol * Math.abs(b));

interface Differences {
  count: number;
  /** Where NaN came and was not expected. */
  nans: number;
  /** The first one's place, −1 where there is none. */
  first: number;
}

function differences(got: TensorData, want: TensorData, tolerance: Closeness): Differences {
  const exact = want.dtype !== "float32";
  const found: Differences = { count: 0, nans: 0, first: -1 };
  for (let i = 0; i < want.data.length; i++) {
    const a = got.data[i]!;
    const b = want.data[i]!;
    if (Number.isNaN(a) && !Number.isNaN(b)) found.nans++;
    if (exact ? a === b : close(a, b, tolerance)) continue;
    if (found.count++ === 0) found.first = i;
  }
  return found;
}

function compareTensors(
  got: TensorData,
  want: TensorData,
  tolerance: Closeness,
  what: string,
): Verdict {
  if (got.shape.join() !== want.shape.join()) {
    return expected("shape", what, `shape ${shapeText(want.shape)}`, shapeText(got.shape));
  }
  if (got.dtype !== want.dtype) {
    return expected("dtype", what, `dtype ${want.dtype}`, got.dtype);
  }
  const { count, nans, first } = differences(got, want, tolerance);
  if (count === 0) return RIGHT;
  const size = want.data.length;
  const wanted = numberText(want.data[first]!);
  const came = numberText(got.data[first]!);
  if (nans === 0 && size === 1) return expected("values", what, wanted, came);
  const where = want.shape.length === 0 ? "" : ` at ${indexText(first, want.shape)}`;
  const example = `First difference${where}: expected ${wanted}, got ${came}.`;
  return nans > 0
    ? wrong("nan", `${what}: ${nans} of ${size} values are NaN. ${example}`)
    : wrong("values", `${what}: ${size - count} of ${size} values are right. ${example}`);
}

function compareNumbers(got: number, want: number, tolerance: Closeness, what: string): Verdict {
  if (close(got, want, tolerance)) return RIGHT;
  const kind = Number.isNaN(got) ? "nan" : "values";
  return expected(kind, what, numberText(want), numberText(got));
}

function compareBytes(got: Value, want: Uint8Array, what: string): Verdict {
  if (!(got instanceof Uint8Array) || got.length !== want.length) {
    return expected("structure", what, `${kindText(want)} (a Uint8Array)`, kindText(got));
  }
  const at = want.findIndex((byte, i) => byte !== got[i]);
  return at < 0 ? RIGHT : expected("values", what, `byte ${want[at]} at ${at}`, String(got[at]));
}

function compareIntegers(got: Value, want: Int32Array, what: string): Verdict {
  if (!(got instanceof Int32Array) || got.length !== want.length) {
    return expected("structure", what, kindText(want), kindText(got));
  }
  const at = want.findIndex((n, i) => n !== got[i]);
  return at < 0 ? RIGHT : expected("values", what, `${want[at]} at ${at}`, String(got[at]));
}

const keyText = (key: string | number) => (typeof key === "string" ? quoted(key) : String(key));

/** The order of entries does not count. */
function compareMaps(got: Value, want: ValueMap, tolerance: Closeness, what: string): Verdict {
  if (!(got instanceof Map)) {
    return expected("structure", what, `${kindText(want)} entries`, kindText(got));
  }
  for (const [key, value] of want) {
    const name = keyText(key);
    if (!got.has(key)) {
      return wrong("structure", `${what}: expected a Map with the key ${name}, which is missing.`);
    }
    const verdict = compare(got.get(key), value, tolerance, `${what} at key ${name}`);
    if (!verdict.ok) return verdict;
  }
  const extra = [...got.keys()].find((key) => !want.has(key));
  if (extra === undefined) return RIGHT;
  const came = `${got.size}; the key ${keyText(extra)} should not be there`;
  return expected("structure", what, `a Map of ${want.size} entries`, came);
}

type Entries = Record<string, Value>;

/** Lists of one length, and records, are compared entry by entry; null for anything else. */
function entriesOf(v: Value): Entries | null {
  const special = isTensorData(v) || v instanceof Map || v instanceof RegExp;
  if (typeof v !== "object" || v === null || special || ArrayBuffer.isView(v)) return null;
  return v as Entries;
}

/** Whole numbers in a typed array are a list of them too. */
const asList = (v: Value): Value =>
  v instanceof Int32Array || v instanceof Uint8Array ? Array.from(v) : v;

function compareLists(came: Value, want: Value[], tolerance: Closeness, what: string): Verdict {
  const got = asList(came);
  if (!Array.isArray(got) || got.length !== want.length) {
    return expected("structure", what, kindText(want), kindText(came));
  }
  for (const [i, value] of want.entries()) {
    const verdict = compare(got[i], value, tolerance, `${what}, entry ${i}`);
    if (!verdict.ok) return verdict;
  }
  return RIGHT;
}

/** Fields beyond the expected ones are nobody's business. */
function compareRecords(got: Value, want: Entries, tolerance: Closeness, what: string): Verdict {
  const keys = Object.keys(want);
  const record = `a record { ${keys.join(", ")} }`;
  const entries = Array.isArray(got) ? null : entriesOf(got);
  if (!entries) return expected("structure", what, record, kindText(got));
  const missing = keys.find((key) => !Object.hasOwn(entries, key));
  if (missing !== undefined) {
    return wrong("structure", `${what}: expected ${record}, ${missing} is missing.`);
  }
  for (const key of keys) {
    const name = what === "The result" ? `The result's ${key}` : `${what}, ${key}`;
    const verdict = compare(entries[key], want[key], tolerance, name);
    if (!verdict.ok) return verdict;
  }
  return RIGHT;
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
    return expected("structure", what, `a tensor of shape ${shapeText(want.shape)}`, kindText(got));
  }
  if (typeof want === "number" && typeof got === "number") {
    return compareNumbers(got, want, tolerance, what);
  }
  if (typeof want === "string" && typeof got === "string") {
    return got === want ? RIGHT : wrong("values", `${what}: ${textDifference(want, got)}`);
  }
  if (typeof want !== "object" || want === null) {
    const kind = typeof got === typeof want ? "values" : "structure";
    return got === want ? RIGHT : expected(kind, what, kindText(want), kindText(got));
  }
  if (want instanceof Uint8Array) return compareBytes(got, want, what);
  if (want instanceof Int32Array) return compareIntegers(got, want, what);
  if (want instanceof Map) return compareMaps(got, want, tolerance, what);
  if (want instanceof RegExp) {
    const same = got instanceof RegExp && String(got) === String(want);
    return same ? RIGHT : expected("structure", what, kindText(want), kindText(got));
  }
  return Array.isArray(want)
    ? compareLists(got, want, tolerance, what)
    : compareRecords(got, want as Entries, tolerance, what);
}
