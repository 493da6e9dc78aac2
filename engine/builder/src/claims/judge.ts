/** Compares what a run printed with the claims and the kept results of its lesson. */
import { readSource } from "grader/files";
import type { Lesson } from "../lesson/model.js";
import { quotesOf, sentenceAbove, sentencesWith } from "./backing.js";
import { checksOf, type RunRecord } from "./programs.js";
import { agrees, formatResult, rounded, type ResultValues } from "./results.js";
import { plainText, sentencesOf, type Sentence } from "./sentences.js";

export interface RunJudgment {
  /** One line for each claim that is false, `file:line: "sentence": …`. */
  failures: string[];
  /** All values of inline results that the run gave. */
  values: ResultValues;
  /** One line for each result that isn't the kept one, with both values. */
  differing: string[];
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
  return { failures, values, differing };
}

function claimFailures(lesson: Lesson, records: RunRecord[], sentences: Sentence[]): string[] {
  return lesson.claims.flatMap((claim) => {
    const checks = checksOf(claim).flatMap((part) => (typeof part === "string" ? [] : part));
    const ofClaim = records.filter(
      (r) => "line" in r && checks.some((check) => check.line === r.line),
    );
    const used = new Map<number, number>();
    let quote = quotesOf(claim)[0] ?? "";
    const sentenceOf = new Map<number, string>();
    for (const check of checks) {
      if (check.quote !== "") quote = plainText(check.quote);
      const said =
        quote === "" ? sentenceAbove(sentences, claim.line) : sentencesWith(sentences, quote)[0];
      sentenceOf.set(check.line, said?.text ?? quote);
    }
    return ofClaim.flatMap((record) => {
      if (!("line" in record)) return [];
      const nth = used.get(record.line) ?? 0;
      used.set(record.line, nth + 1);
      if (record.holds) return [];
      const check = checks.filter(({ line }) => line === record.line)[nth]!;
      const place = `lessons-src/${lesson.id}/lesson.md:${record.line}`;
      const sentence = `"${shortened(sentenceOf.get(record.line) ?? "")}"`;
      if (record.error) return [`${place}: ${sentence}: ${check.source} throws ${record.error}`];
      return [`${place}: ${sentence}: ${falseText(check, record)}`];
    });
  });
}

function falseText(
  {
    source,
    operator,
    right,
    tolerance,
  }: { source: string; operator: string } & {
    right?: string;
    tolerance?: string;
  },
  record: { left?: string; right?: string },
): string {
  if (operator === "near") {
    return `${source}: ${record.left} is not within ${tolerance} of ${record.right}`;
  }
  if (right === undefined) return `${source} is ${record.left}`;
  return `${source} is false: ${record.left} ${operator} ${record.right}`;
}

const MAX_SHOWN = 160;
const shortened = (text: string) =>
  text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN - 1)}…`;
