/**
 * Answers that share more than the exercise explains: a list for a person to look at. It is never a
 * verdict: short answers meet by chance, and pairs may have worked together where that is allowed.
 *
 * Code is compared as a list of tokens without names, so renaming, reformatting and comments change
 * nothing. TypeScript's scanner reads anything, so code that doesn't parse has tokens too. From the
 * tokens, without statements that do nothing (statements.ts), come fingerprints by winnowing
 * (Schleimer, Wilkerson, Aiken: "Winnowing: local algorithms for document fingerprinting", SIGMOD
 * 2003): of each window of `WINDOW` neighboring runs of `RUN` tokens, the smallest hash is kept.
 * Two texts that share `RUN + WINDOW - 1` tokens in a row share at least one. Beside them, long
 * statements are compared one by one, so that neither their order nor what stands between them
 * matters.
 */
import { setImmediate } from "node:timers/promises";
import ts from "typescript";
import { workingStatements, type Token } from "./statements.js";

/** Of a longer answer, the rest is not compared. */
const MAX_CHARACTERS = 60_000;

const { SyntaxKind } = ts;

/** The brackets of `${…}` in templates, so that a template is read as one. */
class Templates {
  private readonly depths: number[] = [];
  private depth = 0;

  /** Whether this token ends a `${…}`, after which the template goes on. */
  isEnd(kind: ts.SyntaxKind): boolean {
    if (kind === SyntaxKind.TemplateHead) this.depths.push(this.depth);
    if (kind === SyntaxKind.OpenBraceToken) this.depth++;
    if (kind !== SyntaxKind.CloseBraceToken) return false;
    if (this.depths.length > 0 && this.depths.at(-1) === this.depth) return true;
    this.depth = Math.max(0, this.depth - 1);
    return false;
  }

  ended(): void {
    this.depths.pop();
  }
}

function scan(code: string): Token[] {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard);
  scanner.setOnError(() => undefined);
  scanner.setText(code.slice(0, MAX_CHARACTERS));
  const templates = new Templates();
  const tokens: Token[] = [];
  for (let kind = scanner.scan(); kind !== SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    const isFirst = scanner.hasPrecedingLineBreak();
    if (templates.isEnd(kind)) {
      kind = scanner.reScanTemplateToken(false);
      if (kind === SyntaxKind.TemplateTail) templates.ended();
    }
    const isName = kind === SyntaxKind.PrivateIdentifier || kind === SyntaxKind.Identifier;
    const name = isName ? scanner.getTokenText() : "";
    tokens.push({ kind: isName ? SyntaxKind.Identifier : kind, name, isFirst });
  }
  return tokens;
}

/** @returns a number for each token: the kind of it, one for all names, one for all numbers */
export const tokensOf = (code: string): number[] => scan(code).map(({ kind }) => kind);

/** Tokens in a run: two lines of a formula share fewer by chance. */
export const RUN = 12;
export const WINDOW = 5;

/** 53 bits of some tokens. */
function hashOf(tokens: number[], start: number, count = RUN): number {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = start; i < start + count; i++) {
    a = Math.imul(a ^ tokens[i]!, 0x01000193);
    b = Math.imul(b ^ tokens[i]!, 0x85ebca6b);
    b ^= b >>> 13;
  }
  return (a >>> 0) * 2 ** 21 + (b >>> 11);
}

/** The hashes of all runs, for code that is subtracted. */
export function allRuns(tokens: number[]): number[] {
  const count = Math.max(0, tokens.length - RUN + 1);
  return Array.from({ length: count }, (_, i) => hashOf(tokens, i));
}

/** The hashes that winnowing keeps; the rightmost of equal ones. */
export function fingerprints(tokens: number[]): Set<number> {
  const hashes = allRuns(tokens);
  const kept = new Set<number>();
  for (let end = Math.min(WINDOW, hashes.length); end <= hashes.length && end > 0; end++) {
    let least = hashes[end - 1]!;
    for (let i = end - 2; i >= Math.max(0, end - WINDOW); i--) {
      if (hashes[i]! < least) least = hashes[i]!;
    }
    kept.add(least);
  }
  return kept;
}

/** A turn takes a few milliseconds. */
const ITEMS_PER_TURN = 8;

/** Yields the items, and lets this process answer requests in between. */
export async function* inTurns<T>(all: Iterable<T>): AsyncGenerator<T> {
  let count = 0;
  for (const one of all) {
    if (count++ % ITEMS_PER_TURN === 0) await setImmediate();
    yield one;
  }
}

export interface Code {
  student: string;
  exercise: string;
  code: string;
  /** Whether it is of another class: such answers are compared with this class's alone. */
  isOther?: boolean;
}

/** What everybody has: the shipped notebook's code, the stub, the solution. */
export interface SharedCode {
  /** "" is subtracted from all exercises. */
  exercise: string;
  code: string;
}

export interface Shared {
  exercise: string;
  /** Fingerprints that both have and hardly anybody else. */
  shared: number;
  /** Over the fewer fingerprints of the two. */
  share: number;
}

export interface Pair {
  students: [string, string];
  shared: number;
  share: number;
  /** The most alike first. */
  exercises: Shared[];
}

/** Fingerprints in more answers than this share and this count are boilerplate. */
const COMMON_SHARE = 0.02;
const COMMON_COUNT = 6;
/** Fewer shared fingerprints than this happen by chance. */
const MIN_SHARED_FINGERPRINTS = 5;
const MIN_SHARE = 0.4;
const MIN_SHARED_STATEMENTS = 5;
const MIN_SHARED_STATEMENTS_SHARE = 0.6;
const MAX_PAIRS = 100;

/** Shorter statements are everywhere. */
const MIN_STATEMENT_TOKENS = 8;

/** What of a code is compared. */
interface Prints {
  /** Of all working tokens, to find equal copies. */
  whole: string;
  tokens: number;
  /** How many fingerprints it has, those that are subtracted among them. */
  fingerprints: number;
  runs: number[];
  statements: number[];
}

/** Hashes of each kind, for code that is subtracted. */
interface KnownPrints {
  runs: Set<number>;
  statements: Set<number>;
}

const statementHashes = (statements: number[][]) =>
  statements
    .filter(({ length }) => length >= MIN_STATEMENT_TOKENS)
    .map((tokens) => hashOf(tokens, 0, tokens.length));

const NOTHING: Prints = { whole: "", tokens: 0, fingerprints: 0, runs: [], statements: [] };

/** An answer of which nothing can be read shares nothing. */
function prints(code: string, known: KnownPrints): Prints {
  try {
    const statements = workingStatements(scan(code));
    const tokens = statements.flat();
    const all = [...fingerprints(tokens)];
    return {
      whole: tokens.join(" "),
      tokens: tokens.length,
      fingerprints: all.length,
      runs: all.filter((h) => !known.runs.has(h)),
      statements: [...new Set(statementHashes(statements))].filter((h) => !known.statements.has(h)),
    };
  } catch {
    return NOTHING;
  }
}

interface Printed extends Prints {
  student: string;
  isOther: boolean;
}

/** The kinds of hashes, and how much must be shared to count. */
const MEASURES = [
  { of: "runs", minShared: MIN_SHARED_FINGERPRINTS, minShare: MIN_SHARE },
  { of: "statements", minShared: MIN_SHARED_STATEMENTS, minShare: MIN_SHARED_STATEMENTS_SHARE },
] as const;
type Measure = (typeof MEASURES)[number];

/** Fingerprint → answers that have it, without those that are common. */
function inverted(answers: Printed[], measure: Measure): number[][] {
  const index = new Map<number, number[]>();
  for (const [i, answer] of answers.entries()) {
    for (const h of answer[measure.of]) {
      const list = index.get(h);
      if (list) list.push(i);
      else index.set(h, [i]);
    }
  }
  const most = Math.max(COMMON_COUNT, Math.floor(answers.length * COMMON_SHARE));
  return [...index.values()].filter((list) => list.length <= most);
}

/** Calls for each pair of answers to one exercise with what they share. */
function comparePairs(
  answers: Printed[],
  measure: Measure,
  found: (a: number, b: number, shared: number, of: number) => void,
): void {
  const rare = inverted(answers, measure);
  const own = new Array<number>(answers.length).fill(0);
  const counts = new Map<number, number>();
  for (const list of rare) {
    for (const [i, a] of list.entries()) {
      own[a]!++;
      for (const b of list.slice(i + 1)) {
        if (answers[a]!.isOther && answers[b]!.isOther) continue;
        const key = a * answers.length + b;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
  }
  for (const [key, shared] of counts) {
    const [a, b] = [Math.floor(key / answers.length), key % answers.length];
    found(a, b, shared, Math.min(own[a]!, own[b]!));
  }
}

function knownPrints(known: SharedCode[], exercise: string): KnownPrints {
  const codes = known.filter((k) => k.exercise === "" || k.exercise === exercise);
  const all = codes.map(({ code }) => workingStatements(scan(code)));
  return {
    runs: new Set(all.flatMap((statements) => allRuns(statements.flat()))),
    statements: new Set(all.flatMap(statementHashes)),
  };
}

async function printAll(codes: Code[], known: SharedCode[]): Promise<Map<string, Printed[]>> {
  const exercises = new Map<string, Printed[]>();
  const subtracted = new Map<string, KnownPrints>();
  for await (const { student, exercise, code, isOther = false } of inTurns(codes)) {
    const own = subtracted.get(exercise) ?? knownPrints(known, exercise);
    subtracted.set(exercise, own);
    const list = exercises.get(exercise) ?? [];
    list.push({ student, isOther, ...prints(code, own) });
    exercises.set(exercise, list);
  }
  return exercises;
}

function toPair(students: [string, string], parts: Part[]): Pair {
  const shared = parts.reduce((sum, p) => sum + p.shared, 0);
  const of = parts.reduce((sum, p) => sum + p.of, 0);
  const exercises = parts
    .map(({ exercise, shared, share }) => ({ exercise, shared, share }))
    .sort((a, b) => b.shared * b.share - a.shared * a.share);
  return { students, shared, share: shared / of, exercises };
}

type Part = Shared & { of: number };

/** What two answers to an exercise share, by the measure that says more. */
function sharedIn(exercise: string, answers: Printed[]): Map<string, Part> {
  const parts = new Map<string, Part>();
  for (const measure of MEASURES) {
    comparePairs(answers, measure, (a, b, shared, of) => {
      const share = shared / of;
      if (shared < measure.minShared || share < measure.minShare) return;
      const names = [answers[a]!.student, answers[b]!.student].sort();
      if (names[0] === names[1]) return;
      const key = JSON.stringify(names);
      if ((parts.get(key)?.share ?? 0) < share) parts.set(key, { exercise, shared, share, of });
    });
  }
  return parts;
}

/** Equal copies that say nothing, since the exercise leaves no choice, or many chose the same. */
export interface Dictated {
  exercise: string;
  students: string[];
  reason: string;
}

function reasonOf(copy: Printed): string {
  if (copy.fingerprints < MIN_SHARED_FINGERPRINTS) return "too short to be anybody’s own";
  if (copy.runs.length < MIN_SHARED_FINGERPRINTS) return "what the exercise and its text lead to";
  return "what many wrote";
}

/** @param isPair whether two students are in the list of pairs with this exercise */
function dictatedIn(
  exercise: string,
  answers: Printed[],
  stubs: Set<string>,
  isPair: (a: string, b: string) => boolean,
): Dictated[] {
  const groups = new Map<string, Printed[]>();
  for (const answer of answers) {
    if (answer.isOther || answer.tokens === 0 || stubs.has(answer.whole)) continue;
    groups.set(answer.whole, [...(groups.get(answer.whole) ?? []), answer]);
  }
  return [...groups.values()].flatMap((copies) => {
    const [first, second] = copies;
    if (!second || isPair(first!.student, second.student)) return [];
    const students = copies.map(({ student }) => student).sort();
    return [{ exercise, students, reason: reasonOf(first!) }];
  });
}

/** Cells as they were shipped, in the form in which answers are compared. */
const stubsOf = (known: SharedCode[]) =>
  new Set(
    known
      .filter(({ exercise }) => exercise === "")
      .map(({ code }) => workingStatements(scan(code)).flat().join(" ")),
  );

export interface Comparison {
  /** The most alike first, at most a hundred. */
  pairs: Pair[];
  dictated: Dictated[];
}

/** @param codes one answer for each student and exercise */
export async function compareAnswers(codes: Code[], known: SharedCode[] = []): Promise<Comparison> {
  const pairs = new Map<string, Part[]>();
  const dictated: Dictated[] = [];
  const stubs = stubsOf(known);
  for (const [exercise, answers] of await printAll(codes, known)) {
    const parts = sharedIn(exercise, answers);
    for (const [key, part] of parts) pairs.set(key, [...(pairs.get(key) ?? []), part]);
    const isPair = (a: string, b: string) => parts.has(JSON.stringify([a, b].sort()));
    dictated.push(...dictatedIn(exercise, answers, stubs, isPair));
  }
  const all = [...pairs].map(([key, parts]) => toPair(JSON.parse(key) as [string, string], parts));
  const sorted = all.sort((a, b) => b.shared * b.share - a.shared * a.share);
  return { pairs: sorted.slice(0, MAX_PAIRS), dictated };
}

/** @returns pairs, the most alike first, at most a hundred */
export const similar = async (codes: Code[], known: SharedCode[] = []): Promise<Pair[]> =>
  (await compareAnswers(codes, known)).pairs;
