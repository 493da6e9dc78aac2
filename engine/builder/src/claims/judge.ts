/** Compares what a run printed with the claims and the kept results of its lesson. */
import { readSource } from "grader/files";
import type { Lesson } from "../lesson/model.js";
import { sentenceAbove, sentencesWith } from "./backing.js";
import { checksOf, type Check, type CheckRecord, type RunRecord } from "./programs.js";
import { agrees, formatResult, rounded, type ResultValues } from "./results.js";
import { quotesIn, sentencesOf, type Sentence } from "./sentences.js";

export interface RunJudgment {
  /** One line for each claim that is false, `file:line: "sentence": …`. */
  failures: string[];
  /** All values of inline results that the run gave. */
  values: ResultValues;
  /** One line for each result that isn't the kept one, with both values. */
  differing: string[];
  /** The conditions (`when=`) that were false in this run, so that nothing was compared. */
  unchecked: string[];
}

export function judgeRun(lesson: Lesson, records: RunRecord[]): RunJudgment {
  const sentences = sentencesOf(lesson.folder, readSource(lesson.file));
  const values: ResultValues = {};
  const failures = claimFailures(lesson, records, sentences);
  const differing: string[] = [];
  for (const [i, { key, format, value: kept, line }] of lesson.results.entries()) {
    const record = records.find((r) => "key" in r && r.key === key);
    if (!record || !("key" in record)) continue;
    const place = `lessons-src/${lesson.id}/lesson.md:${line}`;
    if (record.error) failures.push(`${place}: the result \`${key}\`: ${record.error}`);
    const { value } = record;
    if (value === undefined) continue;
    values[key] = rounded(value);
    if (kept === undefined || agrees(kept, value, format)) continue;
    const sentence = sentences.find(({ results }) => results.includes(i))?.text ?? "";
    differing.push(
      `${place}: "${shortened(sentence)}": \`${key}\` is ${formatResult(value, format)} in this ` +
        `run (${value}), the text has ${formatResult(kept, format)} (${kept})`,
    );
  }
  return { failures, values, differing, unchecked: falseConditions(lesson, records) };
}

function falseConditions({ claims }: Lesson, records: RunRecord[]): string[] {
  const checked = new Set(records.map((record) => ("line" in record ? record.line : undefined)));
  const unchecked = claims.filter((claim) => {
    const checks = checksOf(claim).flatMap((part) => (typeof part === "string" ? [] : part));
    return !checks.some(({ line }) => checked.has(line));
  });
  return [...new Set(unchecked.flatMap(({ when }) => when ?? []))];
}

/** Checks print one record each, in the order of the text; one with a false `when` prints none. */
function claimFailures(lesson: Lesson, records: RunRecord[], sentences: Sentence[]): string[] {
  const isCheck = (record: RunRecord): record is CheckRecord => "line" in record;
  return lesson.claims.flatMap((claim) => {
    const checks = checksOf(claim).flatMap((part) => (typeof part === "string" ? [] : part));
    const lines = new Set(checks.map(({ line }) => line));
    const printed = records.filter(isCheck).filter(({ line }) => lines.has(line));
    let quote = quotesIn(claim.code)[0] ?? "";
    return printed.flatMap((record, i) => {
      const check = checks[i]!;
      quote = check.quote || quote;
      if (record.holds) return [];
      const sentence =
        quote === "" ? sentenceAbove(sentences, claim.line) : sentencesWith(sentences, quote)[0];
      const place = `lessons-src/${lesson.id}/lesson.md:${check.line}`;
      return [`${place}: "${shortened(sentence?.text ?? quote)}": ${problemOf(check, record)}`];
    });
  });
}

function problemOf({ source, operator, right, tolerance }: Check, record: CheckRecord): string {
  if (record.error) return `${source} throws ${record.error}`;
  if (operator === "near") {
    return `${source}: ${record.left} is not within ${tolerance} of ${record.right}`;
  }
  if (right === undefined) return `${source} is ${record.left}`;
  return `${source} is false: ${record.left} ${operator} ${record.right}`;
}

const MAX_SHOWN = 160;
const shortened = (text: string) =>
  text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN - 1)}…`;
