/** Which sentences of a lesson are claims, and what backs each. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { paths, readSource } from "grader/files";
import type { Lesson } from "../lesson/model.js";
import { plainText, quotesIn, sentencesOf, type Sentence } from "./sentences.js";

export type Backing = "inline result" | "claim cell" | "source" | "nothing";

export interface BackedSentence extends Sentence {
  backing: Backing;
  /** Numbers of the sentence that what backs it doesn't have. */
  unbackedNumbers: string[];
}

/** lessons-src/claims.json: what the course's authors decide about claims. */
export interface ClaimSettings {
  /** Phrases with a number or a word of comparison that claim nothing: "at most", "once more". */
  notClaims: string[];
  /** Lessons whose sentences aren't all backed so far. */
  open: string[];
}

export function readClaimSettings(root: string): ClaimSettings {
  const file = join(paths(root).lessons, "claims.json");
  const none: ClaimSettings = { notClaims: [], open: [] };
  if (!existsSync(file)) return none;
  return { ...none, ...(JSON.parse(readFileSync(file, "utf8")) as Partial<ClaimSettings>) };
}

/** Words that compare, count out or exclude. */
const COMPARES = new RegExp(
  "\\b(" +
    [
      "more|less|fewer|most|least|best|worst|better|worse|only|never|always|nearly|almost|hardly",
      "twice|half|(?:two|three|four|five|ten|hundreds? of|many) times|tenfold",
      "none of|without exception|all but|cannot be|impossible",
      "(?:larg|small|fast|slow|high|low|great|long|short|strong|weak|cheap|hard|easi|deep|wid)est",
      "\\w+er than|as \\w+ as",
    ].join("|") +
    ")\\b",
  "i",
);
/** "The longer the text, the slower it runs", at the beginning of a clause. */
const CORRELATES =
  /(?:^|[:;] )the (?:more|less|fewer|\w+er)\b[^.;]*, the (?:more|less|fewer|\w+er)\b/i;
/** A number with decimals, two digits or more, or a unit of a share. */
const MEASURES = /(?<![\w.-])(?:\d[\d,]*\.\d+|\d[\d,]*\d(?![\w-])|\d+(?= ?(?:%|×|percent|times)))/;
/** Numbers that name: years, lessons, algorithms, sections, and the lengths of a shape. */
const NAMES = new RegExp(
  "\\b(?:lessons?|algorithms?|equations?|eqs?\\.?|figures?|fig\\.|tables?|sections?|appendix|" +
    "pages?|chapters?|lines?|hints?|PDB|line)\\s[\\d.]+(?:(?:,| and| to|–)\\s?[\\d.]+)*" +
    "|\\b(?:1[5-9]|20)\\d\\d\\b|§\\s?[\\d.]+|\\[[\\d, ]+\\]",
  "gi",
);
/** The first word of a sentence that asks the reader to do something. */
const ASKS = new RegExp(
  "^(?:" +
    [
      "Add|Ask|Build|Change|Check|Choose|Compare|Compute|Count|Derive|Describe|Do|Drag|Draw|Explain",
      "Feed|Find|Give|Go|Guess|Imagine|Keep|Let|Log|Look|Make|Measure|Mention|Move|Name|Note|Open",
      "Plot|Point|Preview|Prove|Put|Read|Remember|Remove|Repeat|Replace|Run|Say|See|Set|Show|Start",
      "Suppose|Take|Tell|Train|Try|Turn|Type|Use|Watch|Write",
    ].join("|") +
    ")\\b",
);

/** The numbers of a text that claim something: "0.18", "1,297". */
export function numbersIn(text: string, notClaims: string[] = []): string[] {
  const rest = notClaims.reduce(withoutPhrase, text.replace(NAMES, ""));
  return [...rest.matchAll(new RegExp(MEASURES, "g"))].map(([number]) => number);
}

/** Whether a check or a row of the table of sources has the number, "34" also as 0.34. */
function has(text: string, number: string): boolean {
  const digits = number.replaceAll(",", "");
  const bare = text.replace(/(?<=\d)[,_](?=\d)/g, "");
  return bare.includes(digits) || bare.includes(String(Number(digits) / 100));
}

export function isClaim({ prose, hasResult }: Sentence, notClaims: string[]): boolean {
  if (hasResult) return true;
  if (prose.endsWith("?") || ASKS.test(prose)) return false;
  const rest = notClaims.reduce(withoutPhrase, prose.replace(NAMES, ""));
  return [MEASURES, COMPARES, CORRELATES].some((pattern) => pattern.test(rest));
}

function withoutPhrase(text: string, phrase: string): string {
  const pattern = phrase.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.replace(new RegExp(`\\b${pattern}\\b`, "gi"), "");
}

/** The sentence that a claim without a quotation checks: the last one above it. */
export const sentenceAbove = (sentences: Sentence[], line: number): Sentence | undefined =>
  sentences.findLast((sentence) => sentence.line < line);

/** A quotation doesn't back its own numbers. */
const withoutComments = (code: string) => code.replace(/^\s*\/\/.*$/gm, "");

/** Ties a quotation to the sentences that hold it. */
export const sentencesWith = (sentences: Sentence[], quote: string): Sentence[] =>
  sentences.filter(({ text }) => text.includes(quote));

/** The rows of docs/claims.md in the table under the lesson's heading; none without the page. */
function sourcesOf(root: string, { id }: Lesson): { quote: string; row: string }[] {
  const page = join(root, "docs", "claims.md");
  if (!existsSync(page)) return [];
  const sections = readSource(page).split(/^## /m);
  const section = sections.find((text) => text.startsWith(`${id.split("-")[0]!} `)) ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  return rows.slice(2).map((row) => ({ quote: plainText(cellsIn(row)[1] ?? ""), row }));
}

const cellsIn = (row: string) => row.split(/(?<!\\)\|/);

/** Claim cells run on every device. */
const READ_AT_ONCE = /\b(?:array|data)Sync\(\)/;

export interface LessonClaims {
  lesson: string;
  sentences: BackedSentence[];
  /** One line for each quotation that no sentence has, and each cell that WebGPU can't run. */
  problems: string[];
}

/** What backs a sentence, and the text in which its numbers must stand. */
interface Support {
  backing: Backing;
  text: string;
}

/** All claims of a lesson with their backing, in the order of the text. */
export function claimsOf(root: string, lesson: Lesson, settings: ClaimSettings): LessonClaims {
  const sentences = sentencesOf(lesson.folder, readSource(lesson.file));
  const supports = new Map<Sentence, Support[]>();
  const problems: string[] = [];
  const name = `lessons-src/${lesson.id}/lesson.md`;
  const support = (sentence: Sentence, by: Support) =>
    supports.set(sentence, [...(supports.get(sentence) ?? []), by]);
  const tie = (quote: string, by: Support, place: string) => {
    const found = quote.length < MIN_QUOTE ? [] : sentencesWith(sentences, quote);
    for (const sentence of found) support(sentence, by);
    if (found.length === 0) problems.push(`${place}: no sentence of ${name} says "${quote}"`);
  };
  for (const claim of lesson.claims) {
    const [read] = READ_AT_ONCE.exec(claim.code) ?? [];
    if (read !== undefined) {
      const remedy = `write await x.${read.replace("Sync", "")}`;
      problems.push(`${name}:${claim.line}: on WebGPU ${read} reads no tensor: ${remedy}`);
    }
    const by: Support = { backing: "claim cell", text: withoutComments(claim.code) };
    const quotes = quotesIn(claim.code);
    for (const quote of quotes) tie(quote, by, `${name}:${claim.line}`);
    const above = quotes.length === 0 ? sentenceAbove(sentences, claim.line) : undefined;
    if (above) support(above, by);
  }
  for (const { quote, row } of sourcesOf(root, lesson)) {
    tie(quote, { backing: "source", text: row }, "docs/claims.md");
  }
  return {
    lesson: lesson.id,
    problems,
    sentences: sentences
      .filter((sentence) => isClaim(sentence, settings.notClaims))
      .map((sentence) => backed(sentence, supports.get(sentence) ?? [], settings.notClaims)),
  };
}

function backed(sentence: Sentence, supports: Support[], notClaims: string[]): BackedSentence {
  const all = supports.map(({ text }) => text).join("\n");
  const unbackedNumbers = numbersIn(sentence.typed, notClaims).filter((n) => !has(all, n));
  const own: Backing = sentence.hasSource ? "source" : "nothing";
  const first = sentence.hasResult ? "inline result" : (supports[0]?.backing ?? own);
  return { ...sentence, backing: unbackedNumbers.length > 0 ? "nothing" : first, unbackedNumbers };
}

/** A shorter quotation would be found in sentences that it doesn't mean. */
const MIN_QUOTE = 8;
