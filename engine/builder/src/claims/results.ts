/**
 * Inline results: numbers in a lesson's text that its run gives, as in Quarto and MyST.
 * `` {eval}`loss:.3f` `` is the value of `loss` with three decimals. `course solve` evaluates it;
 * the committed `results.json` beside the lesson keeps the value, and every build fills it in.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomic } from "grader/files";

export interface InlineResult {
  /** What stands between the backticks; the same text is the same result. */
  key: string;
  /** TypeScript, in the variables of the lesson. */
  expression: string;
  format: ResultFormat;
  /** The kept value; absent until a run gives one. */
  value?: ResultValue;
  /** Line in lesson.md, from 1: where it first stands. */
  line: number;
}

export interface ResultFormat {
  /** d: whole number, f: decimals, e: exponent, %: percent, s: the text as it is. */
  type: "d" | "f" | "e" | "%" | "s";
  /** Digits after the point. */
  digits: number;
  /** Whether thousands are grouped. */
  grouped: boolean;
  /** How far a run may be from the kept value; absent: `toleranceOf` says. */
  tolerance?: { amount: number; relative: boolean };
}

/** A value as it is kept: a number, or a text for the format s. */
export type ResultValue = number | string;
export type ResultValues = Record<string, ResultValue>;

const INLINE = /\{eval\}`([^`]+)`/g;
/** The format at the end of an inline result, `:,.2f±0.1` or `:.0%±5%`. */
const FORMAT = /:(,?)(?:\.(\d+))?([dfe%s])(?:\s*±\s*([\d.]+(?:e-?\d+)?)(%?))?$/;

export const RESULTS_FILE = "results.json";

/** @returns undefined where the text has no format */
export function parseInline(key: string): Omit<InlineResult, "line" | "value"> | undefined {
  const match = FORMAT.exec(key);
  if (!match) return undefined;
  const [whole, comma, digits, type, amount, percent] = match;
  const format: ResultFormat = {
    type: type as ResultFormat["type"],
    digits: Number(digits ?? 0),
    grouped: comma !== "",
  };
  if (amount !== undefined) {
    const relative = percent !== "";
    format.tolerance = { amount: Number(amount) / (relative ? 100 : 1), relative };
  }
  return { key, expression: key.slice(0, -whole.length).trim(), format };
}

/** "1,234", "0.50", "3.1 × 10⁻⁷", "34 %". */
export function formatResult(value: ResultValue, { type, digits, grouped }: ResultFormat): string {
  if (typeof value === "string") return value;
  if (type === "e") return scientific(value, digits);
  const scaled = type === "%" ? value * 100 : value;
  const text = scaled.toLocaleString("en-US", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: grouped,
  });
  return `${text.replace("-", "−")}${type === "%" ? " %" : ""}`;
}

function scientific(value: number, digits: number): string {
  const [mantissa = "", exponent = ""] = value.toExponential(digits).split("e");
  const raised = [...exponent.replace("+", "")].map((c) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)] ?? "⁻").join("");
  return `${mantissa.replace("-", "−")} × 10${raised}`;
}

/**
 * How far a run's value may be from the kept one: as the text says after ±; else 1 % of it, or one
 * unit of the last digit shown if that is more. Whole numbers (d) and texts (s) must be equal.
 */
export function toleranceOf(kept: number, { type, digits, tolerance }: ResultFormat): number {
  if (tolerance) return tolerance.amount * (tolerance.relative ? Math.abs(kept) : 1);
  if (type === "d") return 0;
  const exponent = type === "e" ? Math.floor(Math.log10(Math.abs(kept) || 1)) : 0;
  const unit = 10 ** (exponent - digits - (type === "%" ? 2 : 0));
  return Math.max(0.01 * Math.abs(kept), unit);
}

export function agrees(kept: ResultValue, value: ResultValue, format: ResultFormat): boolean {
  if (typeof kept === "string" || typeof value === "string") return kept === value;
  return Math.abs(kept - value) <= toleranceOf(kept, format) * (1 + 1e-9);
}

/** A kept value is exact to seven digits. */
export const rounded = (value: ResultValue): ResultValue =>
  typeof value === "number" ? Number(value.toPrecision(7)) : value;

/** @param folder the lesson's */
export function readResults(folder: string): ResultValues {
  const file = join(folder, RESULTS_FILE);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as ResultValues) : {};
}

export function writeResults(folder: string, values: ResultValues): void {
  const sorted = Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileAtomic(join(folder, RESULTS_FILE), `${JSON.stringify(sorted, undefined, 2)}\n`);
}

export interface FilledLines {
  lines: string[];
  /** Each result once, in the order of the text. */
  results: InlineResult[];
}

/** What stands in the text for a result that no run has given yet. */
const NO_VALUE = "…";

/**
 * The lines of a lesson with the kept values filled in; code is left as it is.
 * @param show how a value stands in the text; gets the result's index
 * @param report is told of what is no inline result
 */
export function fillResults(
  lines: string[],
  values: ResultValues,
  report: (line: number, message: string) => void,
  show: (text: string, index: number) => string = (text) => text,
): FilledLines {
  const results = new Map<string, InlineResult>();
  const filled = outsideOfCode(lines, (line, i) =>
    line.replace(INLINE, (written, key: string) => {
      const inline = parseInline(key);
      if (!inline || inline.expression === "") {
        report(
          i + 1,
          `${written} has no expression and format: write {eval}\`expression:.2f\`, ` +
            "with f, e, d, % or s at its end",
        );
        return written;
      }
      const value = Object.hasOwn(values, key) ? values[key]! : undefined;
      const kept = value === undefined ? {} : { value };
      if (!results.has(key)) results.set(key, { ...inline, ...kept, line: i + 1 });
      const index = [...results.keys()].indexOf(key);
      return show(value === undefined ? NO_VALUE : formatResult(value, inline.format), index);
    }),
  );
  return { lines: filled, results: [...results.values()] };
}

/** Maps the lines that are not in a fence. */
export function outsideOfCode(
  lines: string[],
  change: (line: string, index: number) => string,
): string[] {
  let fence = "";
  return lines.map((line, i) => {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark && fence === "") fence = mark;
    else if (mark && mark.startsWith(fence)) fence = "";
    return fence === "" ? change(line, i) : line;
  });
}
