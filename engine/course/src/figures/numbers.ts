/** How tables write numbers: few digits, a minus that isn't a hyphen, and powers of ten. */

const SIGNIFICANT_DIGITS = 3;
/** Numbers outside of this range are written with a power of ten, whole ones aside. */
const MIN_PLAIN = 1e-4;
const MAX_PLAIN = 1e7;
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

const withMinus = (text: string) => text.replace("-", "−");

const raised = (exponent: number) =>
  (exponent < 0 ? "⁻" : "") +
  [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]).join("");

/** One digit more where three would read as a whole number: a share of 0.9998 isn't 1. */
const digitsOf = (value: number) => {
  const isWhole = Number.isInteger(Number(value.toPrecision(SIGNIFICANT_DIGITS)));
  const before = String(Math.trunc(Math.abs(value))).length;
  return Math.max(SIGNIFICANT_DIGITS + (isWhole && before === 1 ? 1 : 0), before);
};

/** Digits before the point in groups of three, as the text has them: 8,048. */
const grouped = (text: string): string => {
  const [whole = "", ...decimals] = text.split(".");
  return [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...decimals].join(".");
};

/** A whole number in full, others with three digits, or with all that stand before the point. */
export function numberText(value: number): string {
  if (Number.isInteger(value) || !Number.isFinite(value)) return withMinus(wholeText(value));
  const size = Math.abs(value);
  if (size < MIN_PLAIN || size >= MAX_PLAIN) {
    const exponential = value.toExponential(SIGNIFICANT_DIGITS - 1);
    return withMinus(withPowers(exponential.replace(/\.?0*e/, "e")));
  }
  return withMinus(grouped(String(Number(value.toPrecision(digitsOf(value))))));
}

/** Numbers from 10²¹ on have no digits to group. */
const wholeText = (value: number) =>
  Math.abs(value) < 1e21 ? grouped(String(value)) : String(value);

/** Decimals of a number that isn't whole, as `numberText` writes it. */
const decimalsOf = (value: number) => digitsOf(value) - 1 - Math.floor(Math.log10(Math.abs(value)));

/** The most decimals of a column, and the largest part of a number that rounding to them may take. */
const MAX_DECIMALS = 4;
const MAX_LOSS = 0.04;

const shownDecimals = (value: number) => (numberText(value).split(".")[1] ?? "").length;
const distinct = (texts: string[]) => new Set(texts).size;

/**
 * The decimals that suit all numbers of a column: those of the largest, or one more where they would
 * make two numbers look alike; undefined where they would say little of the smallest.
 */
function commonDecimals(broken: number[]): number | undefined {
  if (broken.length === 0) return undefined;
  const sizes = broken.map(Math.abs);
  const least = decimalsOf(Math.max(...sizes));
  const most = Math.max(...broken.map(shownDecimals));
  const differ = distinct(broken.map(numberText));
  const suits = (places: number) =>
    places >= 0 &&
    places <= MAX_DECIMALS &&
    broken.every((v) => Math.abs(Number(v.toFixed(places)) / v - 1) <= MAX_LOSS) &&
    distinct(broken.map((v) => v.toFixed(places))) >= differ;
  return [least, least + 1].map((places) => Math.min(places, most)).find(suits);
}

/** Larger whole numbers count something, also beside shares. */
const MAX_WITH_DECIMALS = 1000;

/**
 * A column of numbers. Where their sizes allow it, they have the same number of decimals, whole ones
 * too, so that their points stand below each other.
 * @param written the decimals of numbers that the column has as texts, for whole numbers beside them
 */
export function columnTexts(values: number[], written?: number): string[] {
  const broken = values.filter((v) => Number.isFinite(v) && !Number.isInteger(v));
  const places = broken.length > 0 ? commonDecimals(broken) : written;
  const hasDecimals = (v: number) =>
    broken.includes(v) || (Number.isInteger(v) && Math.abs(v) < MAX_WITH_DECIMALS);
  return values.map((v) =>
    places !== undefined && hasDecimals(v) ? withMinus(grouped(v.toFixed(places))) : numberText(v),
  );
}

/** What toExponential makes of zero. */
const ZERO = /(?<![\d.])0(\.0+)?e\+0\b/g;
const EXPONENTIAL = /(\d)e([-+−]?\d+)\b/g;

const POWER = /\b10\^([-−]?\d+)(?![\d.])/g;
const exponentOf = (text: string) => raised(Number(text.replace("−", "-")));

/** A text whose numbers such as 3.1e-7 and 10^18 are written as 3.1 × 10⁻⁷ and 10¹⁸. */
export const withPowers = (text: string): string =>
  text
    .replace(ZERO, "0")
    .replace(EXPONENTIAL, (_, digit: string, power: string) => {
      return `${digit}\u00a0×\u00a010${exponentOf(power)}`;
    })
    .replace(POWER, (_, power: string) => `10${exponentOf(power)}`);

/**
 * A text of a table: numbers in it have powers of ten and minus signs as numbers of a table have. A
 * value and its error stay on one line.
 */
export const wordsText = (text: string): string =>
  withPowers(text)
    .replace(/(^|[\s(])-(?=\d+(\.\d+)?($|[\s,)\u00a0]))/g, "$1−")
    .replaceAll(" ± ", "\u00a0±\u00a0");
