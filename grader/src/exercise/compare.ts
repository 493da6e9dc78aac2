/**
 * The only comparison of values: structure, then shape, dtype, NaN and numbers. Fails on NaN unless
 * NaN is expected in that place. Every difference is put into words for the student; the second half
 * of the file writes them, from shapes and numbers to characters that can't be seen.
 */
import { isTensorData, type TensorData, type Value, type ValueMap } from "./value";

export interface Closeness {
  rtol: number;
  atol: number;
}

type Mismatch = "structure" | "shape" | "dtype" | "nan" | "values";
export type Verdict =
  | { ok: true }
  /** `message` tells the student in one or two sentences what differs and where first. */
  | { ok: false; kind: Mismatch; message: string };

const CORRECT: Verdict = { ok: true };
const mismatch = (kind: Mismatch, message: string): Verdict => ({ ok: false, kind, message });
const mismatchOf = (kind: Mismatch, what: string, want: string, got: string): Verdict =>
  mismatch(kind, `${what}: expected ${want}, got ${got}.`);

/**
 * rtol is 1e-5, and atol is 1e-5 of the largest expected value, since the error of a float32 sum
 * grows with its largest terms.
 */
export const DEFAULT_RTOL = 1e-5;
export const DEFAULT_ATOL = 1e-5;

/** The largest finite absolute value of all numbers and tensors in a value. */
export function largestMagnitude(value: Value): number {
  if (typeof value === "number") return Number.isFinite(value) ? Math.abs(value) : 0;
  if (isTensorData(value)) {
    let max = 0;
    for (const v of value.data) if (Number.isFinite(v)) max = Math.max(max, Math.abs(v));
    return max;
  }
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return 0;
  const entries: Value[] = value instanceof Map ? [...value.values()] : Object.values(value);
  return entries.reduce<number>((max, v) => Math.max(max, largestMagnitude(v)), 0);
}

/** Infinity is close only to itself: rtol times infinity would let everything pass. */
const isClose = (a: number, b: number, { rtol, atol }: Closeness) =>
  a === b ||
  (Number.isNaN(a) && Number.isNaN(b)) ||
  (Number.isFinite(b) && Math.abs(a - b) <= atol + rtol * Math.abs(b));

interface Differences {
  count: number;
  /** Where the result is NaN and should not be. */
  nanCount: number;
  /** The index of the first one, −1 if there is none. */
  first: number;
}

function countDifferences(got: TensorData, want: TensorData, tolerance: Closeness): Differences {
  const exact = want.dtype !== "float32";
  const found: Differences = { count: 0, nanCount: 0, first: -1 };
  for (let i = 0; i < want.data.length; i++) {
    const a = got.data[i]!;
    const b = want.data[i]!;
    if (Number.isNaN(a) && !Number.isNaN(b)) found.nanCount++;
    if (exact ? a === b : isClose(a, b, tolerance)) continue;
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
    return mismatchOf("shape", what, `shape ${shapeText(want.shape)}`, shapeText(got.shape));
  }
  if (got.dtype !== want.dtype) {
    return mismatchOf("dtype", what, `dtype ${want.dtype}`, got.dtype);
  }
  const { count, nanCount, first } = countDifferences(got, want, tolerance);
  if (count === 0) return CORRECT;
  const size = want.data.length;
  const wanted = numberText(want.data[first]!);
  const actual = numberText(got.data[first]!);
  if (nanCount === 0 && size === 1) return mismatchOf("values", what, wanted, actual);
  const where = want.shape.length === 0 ? "" : ` at ${indexText(first, want.shape)}`;
  const example = `First difference${where}: expected ${wanted}, got ${actual}.`;
  return nanCount > 0
    ? mismatch("nan", `${what}: ${nanCount} of ${size} values are NaN. ${example}`)
    : mismatch("values", `${what}: ${size - count} of ${size} values are right. ${example}`);
}

function compareNumbers(got: number, want: number, tolerance: Closeness, what: string): Verdict {
  if (isClose(got, want, tolerance)) return CORRECT;
  const kind = Number.isNaN(got) ? "nan" : "values";
  return mismatchOf(kind, what, numberText(want), numberText(got));
}

function compareBytes(got: Value, want: Uint8Array, what: string): Verdict {
  if (!(got instanceof Uint8Array) || got.length !== want.length) {
    return mismatchOf("structure", what, `${kindText(want)} (a Uint8Array)`, kindText(got));
  }
  const at = want.findIndex((byte, i) => byte !== got[i]);
  return at < 0
    ? CORRECT
    : mismatchOf("values", what, `byte ${want[at]} at ${at}`, String(got[at]));
}

function compareIntegers(got: Value, want: Int32Array, what: string): Verdict {
  if (!(got instanceof Int32Array) || got.length !== want.length) {
    return mismatchOf("structure", what, kindText(want), kindText(got));
  }
  const at = want.findIndex((n, i) => n !== got[i]);
  return at < 0 ? CORRECT : mismatchOf("values", what, `${want[at]} at ${at}`, String(got[at]));
}

const keyText = (key: string | number) => (typeof key === "string" ? quoted(key) : String(key));

/** Ignores the order of entries. */
function compareMaps(got: Value, want: ValueMap, tolerance: Closeness, what: string): Verdict {
  if (!(got instanceof Map)) {
    return mismatchOf("structure", what, `${kindText(want)} entries`, kindText(got));
  }
  for (const [key, value] of want) {
    const name = keyText(key);
    if (!got.has(key)) {
      return mismatch(
        "structure",
        `${what}: expected a Map with the key ${name}, which is missing.`,
      );
    }
    const verdict = compare(got.get(key), value, tolerance, `${what} at key ${name}`);
    if (!verdict.ok) return verdict;
  }
  const extra = [...got.keys()].find((key) => !want.has(key));
  if (extra === undefined) return CORRECT;
  const actual = `${got.size}; the key ${keyText(extra)} should not be there`;
  return mismatchOf("structure", what, `a Map of ${want.size} entries`, actual);
}

type Entries = Record<string, Value>;

/** The entries of a list or record; null for anything else. */
function entriesOf(v: Value): Entries | null {
  const special = isTensorData(v) || v instanceof Map || v instanceof RegExp;
  if (typeof v !== "object" || v === null || special || ArrayBuffer.isView(v)) return null;
  return v as Entries;
}

/** A typed array of whole numbers passes for a list of them. */
const asList = (v: Value): Value =>
  v instanceof Int32Array || v instanceof Uint8Array ? Array.from(v) : v;

/** Where a name ends with a place in a list, as "The result at [1][0]" or "The result at [1].wq". */
const PLACE = / at \[\d+\](\[\d+\]|\.[\w$]+)*$/;

/** One place however deep: "The result at [1]", in it "The result at [1][0]". */
const entryName = (what: string, i: number) =>
  PLACE.test(what) ? `${what}[${i}]` : `${what} at [${i}]`;

/** "The result's wq", in it "The result's wq, bias"; in a list "The result at [1].wq". */
function fieldName(what: string, key: string): string {
  if (PLACE.test(what)) return `${what}.${key}`;
  return what === "The result" ? `The result's ${key}` : `${what}, ${key}`;
}

function compareLists(actual: Value, want: Value[], tolerance: Closeness, what: string): Verdict {
  const got = asList(actual);
  if (!Array.isArray(got) || got.length !== want.length) {
    return mismatchOf("structure", what, kindText(want), kindText(actual));
  }
  for (let i = 0; i < want.length; i++) {
    const a = got[i];
    const b = want[i];
    if (typeof a === "number" && typeof b === "number" && isClose(a, b, tolerance)) continue;
    const verdict = compare(a, b, tolerance, entryName(what, i));
    if (!verdict.ok) return verdict;
  }
  return CORRECT;
}

/** Ignores fields beyond the expected ones. */
function compareRecords(got: Value, want: Entries, tolerance: Closeness, what: string): Verdict {
  const keys = Object.keys(want);
  const record = `a record { ${keys.join(", ")} }`;
  const entries = Array.isArray(got) ? null : entriesOf(got);
  if (!entries) return mismatchOf("structure", what, record, kindText(got));
  const missing = keys.find((key) => !Object.hasOwn(entries, key));
  if (missing !== undefined) {
    return mismatch("structure", `${what}: expected ${record}, ${missing} is missing.`);
  }
  for (const key of keys) {
    const verdict = compare(entries[key], want[key], tolerance, fieldName(what, key));
    if (!verdict.ok) return verdict;
  }
  return CORRECT;
}

/**
 * Compares a value with the expected one.
 * @param what names the value in the message: "The result", "The gradient with respect to gamma"
 */
export function compare(
  got: Value,
  want: Value,
  tolerance: Closeness,
  what = "The result",
): Verdict {
  if (isTensorData(want)) {
    if (isTensorData(got)) return compareTensors(got, want, tolerance, what);
    return mismatchOf(
      "structure",
      what,
      `a tensor of shape ${shapeText(want.shape)}`,
      kindText(got),
    );
  }
  if (typeof want === "number" && typeof got === "number") {
    return compareNumbers(got, want, tolerance, what);
  }
  if (typeof want === "string" && typeof got === "string") {
    return got === want ? CORRECT : mismatch("values", `${what}: ${textDifference(want, got)}`);
  }
  if (typeof want !== "object" || want === null) {
    const kind = typeof got === typeof want ? "values" : "structure";
    return got === want ? CORRECT : mismatchOf(kind, what, kindText(want), kindText(got));
  }
  if (want instanceof Uint8Array) return compareBytes(got, want, what);
  if (want instanceof Int32Array) return compareIntegers(got, want, what);
  if (want instanceof Map) return compareMaps(got, want, tolerance, what);
  if (want instanceof RegExp) {
    const same = got instanceof RegExp && String(got) === String(want);
    return same ? CORRECT : mismatchOf("structure", what, kindText(want), kindText(got));
  }
  return Array.isArray(want)
    ? compareLists(got, want, tolerance, what)
    : compareRecords(got, want as Entries, tolerance, what);
}

/** Characters that are invisible or look like others; quoting a text writes their code points. */
const INVISIBLE_CHARACTERS =
  // eslint-disable-next-line no-control-regex -- these are the ones to show
  /[\u0000-\u001F\u007F-\u00A0\u00AD\u061C\u115F\u1160\u1680\u180E\u2000-\u200F\u2028-\u202F\u205F-\u206F\u3000\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]|\u034F|\p{Variation_Selector}|\p{Cn}|\p{Co}|\p{Cs}/gu;

/** What common ones are called. */
const CHARACTER_NAMES: Record<string, string> = {
  "\t": "a tab",
  "\n": "a line feed",
  "\r": "a carriage return",
  " ": "a space",
  "\u00A0": "a no-break space",
  "\u00AD": "a soft hyphen",
  "\u200B": "a zero-width space",
  "\u200C": "a zero-width non-joiner",
  "\u200D": "a zero-width joiner",
  "\uFEFF": "a byte-order mark",
  "\uFFFD": "the replacement character",
};

const codePoint = (char: string) =>
  `U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;

/** The text in quotes, with every invisible character written as its code point. */
export const quoted = (text: string): string =>
  `"${text.replace(INVISIBLE_CHARACTERS, (char) => {
    if (char === "\n") return "\\n";
    if (char === "\r") return "\\r";
    if (char === "\t") return "\\t";
    return `\\u{${char.codePointAt(0)!.toString(16).toUpperCase()}}`;
  })}"`;

/** Names a character: "a" (U+0061), a byte-order mark (U+FEFF). */
function characterText(char: string | undefined): string {
  if (char === undefined) return "the end of the text";
  const name =
    CHARACTER_NAMES[char] ?? (quoted(char) === `"${char}"` ? `"${char}"` : "a character");
  return `${name} (${codePoint(char)})`;
}

/** What `has` holds at its start or end beyond `lacks`. */
function extraText(has: string, lacks: string): string | undefined {
  if (has.startsWith(lacks)) return describeExtra(has.slice(lacks.length), "at the end");
  if (has.endsWith(lacks)) {
    return describeExtra(has.slice(0, has.length - lacks.length), "at the start");
  }
  return undefined;
}

function describeExtra(extra: string, where: string): string {
  const [char, ...more] = extra;
  if (more.length === 0) return `${characterText(char)} ${where}`;
  return `${quoted(excerpt(extra, 0))} ${where}`;
}

const LINE_ENDINGS: [name: string, end: string][] = [
  ["CRLF", "\r\n"],
  ["CR", "\r"],
  ["LF", "\n"],
];
const lineEndingOf = (text: string) => LINE_ENDINGS.find(([, end]) => text.includes(end))?.[0];
const withLf = (text: string) => text.replace(/\r\n?/g, "\n");

/** A difference that can't be seen when both texts are printed. */
function hiddenDifference(want: string, got: string): string | undefined {
  if (withLf(want) === withLf(got)) {
    return `its lines end with ${lineEndingOf(got)} instead of ${lineEndingOf(want)}`;
  }
  for (const form of ["NFC", "NFD"]) {
    if (want.normalize(form) !== want && want.normalize(form) === got) {
      return `it is normalized (${form}), which changes the code points of letters with accents`;
    }
  }
  if (want.normalize("NFC") === got.normalize("NFC")) {
    return "letters with accents are made of other code points (NFC and NFD differ)";
  }
  if (want.normalize("NFKC") === got.normalize("NFKC")) {
    return "it has other forms of the same letters (NFKC makes them equal)";
  }
  if (want.toLowerCase() === got.toLowerCase()) return "it differs in upper and lower case";
  return undefined;
}

const MAX_EXCERPT_LENGTH = 40;

/** At most MAX_EXCERPT_LENGTH characters around an index, with dots where something is cut. */
export function excerpt(text: string, at: number): string {
  const chars = [...text];
  if (chars.length <= MAX_EXCERPT_LENGTH) return text;
  const start = Math.max(
    0,
    Math.min(at - MAX_EXCERPT_LENGTH / 2, chars.length - MAX_EXCERPT_LENGTH),
  );
  const end = start + MAX_EXCERPT_LENGTH;
  const before = start > 0 ? "…" : "";
  const after = end < chars.length ? "…" : "";
  return before + chars.slice(start, end).join("") + after;
}

/**
 * How two different texts differ, as the end of a sentence: `expected "abc", got "abd". They first
 * differ at character 2: …`.
 */
export function textDifference(want: string, got: string): string {
  const [a, b] = [[...want], [...got]];
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const both = `expected ${quoted(excerpt(want, at))}, got ${quoted(excerpt(got, at))}.`;
  const more = extraText(got, want);
  if (more !== undefined) return `${both} It has ${more}, which should not be there.`;
  const less = extraText(want, got);
  if (less !== undefined) return `${both} It lacks ${less}.`;
  const hidden = hiddenDifference(want, got);
  const sentence = hidden === undefined ? "" : ` The letters are alike: ${hidden}.`;
  const where = `At character ${at + 1}, expected ${characterText(a[at])}, got`;
  return `${both}${sentence} ${where} ${characterText(b[at])}.`;
}

/** Six digits, without trailing zeros. */
export const numberText = (x: number): string =>
  Number.isInteger(x) ? String(x) : x.toPrecision(6).replace(/\.?0+(e|$)/, "$1");

export const shapeText = (shape: readonly number[]): string => `[${shape.join(", ")}]`;

/** [1, 2]: the index, in a tensor of this shape, of the element at a flat index. */
export function indexText(flat: number, shape: readonly number[]): string {
  const index: number[] = [];
  let rest = flat;
  for (const size of [...shape].reverse()) {
    index.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return shapeText(index);
}

/** What kind of value it is, for a sentence: "a list of 3", "the string abc". */
export function kindText(v: Value): string {
  if (v === undefined) return "nothing (is a return missing?)";
  if (v === null) return "null";
  if (typeof v === "string") return `the string ${quoted(excerpt(v, 0))}`;
  if (typeof v !== "object") return `the ${typeof v} ${String(v).slice(0, 40)}`;
  if (isTensorData(v)) return "a tensor";
  if (v instanceof Uint8Array) return `${v.length} bytes`;
  if (v instanceof Int32Array) return `an Int32Array of ${v.length}`;
  if (v instanceof RegExp) return `the pattern ${String(v)}`;
  if (v instanceof Map) return `a Map of ${v.size}`;
  return Array.isArray(v) ? `a list of ${v.length}` : "a record";
}
