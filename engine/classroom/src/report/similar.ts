/**
 * Answers that share more than the exercise explains: a list for a person to look at. It is never a
 * verdict: short answers meet by chance, and pairs may have worked together where that is allowed.
 *
 * Code is compared as a list of tokens without names, so renaming, reformatting and comments change
 * nothing. TypeScript's scanner reads anything, so code that doesn't parse has tokens too. From the
 * tokens come fingerprints by winnowing (Schleimer, Wilkerson, Aiken: "Winnowing: local algorithms
 * for document fingerprinting", SIGMOD 2003): of each window of `WINDOW` neighboring runs of `RUN`
 * tokens, the smallest hash is kept. Two texts that share `RUN + WINDOW - 1` tokens in a row share
 * at least one.
 */
import { setImmediate } from "node:timers/promises";
import ts from "typescript";

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

/** @returns a number for each token: the kind of it, one for all names, one for all numbers */
export function tokensOf(code: string): number[] {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard);
  scanner.setOnError(() => undefined);
  scanner.setText(code.slice(0, MAX_CHARACTERS));
  const templates = new Templates();
  const kinds: number[] = [];
  for (let kind = scanner.scan(); kind !== SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    if (templates.isEnd(kind)) {
      kind = scanner.reScanTemplateToken(false);
      if (kind === SyntaxKind.TemplateTail) templates.ended();
    }
    kinds.push(kind === SyntaxKind.PrivateIdentifier ? SyntaxKind.Identifier : kind);
  }
  return kinds;
}

/** Tokens in a run: two lines of a formula share fewer by chance. */
export const RUN = 12;
export const WINDOW = 5;

/** 53 bits of a run's tokens. */
function hashOf(tokens: number[], start: number): number {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = start; i < start + RUN; i++) {
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
const MAX_PAIRS = 100;

/** An answer of which nothing can be read shares nothing. */
function prints(code: string, known: Set<number>): number[] {
  try {
    return [...fingerprints(tokensOf(code))].filter((h) => !known.has(h));
  } catch {
    return [];
  }
}

interface Printed {
  student: string;
  prints: number[];
}

/** Fingerprint → answers that have it, without those that are common. */
function inverted(answers: Printed[]): number[][] {
  const index = new Map<number, number[]>();
  for (const [i, { prints }] of answers.entries()) {
    for (const h of prints) {
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
  found: (a: number, b: number, shared: number, of: number) => void,
): void {
  const rare = inverted(answers);
  const own = new Array<number>(answers.length).fill(0);
  const counts = new Map<number, number>();
  for (const list of rare) {
    for (const [i, a] of list.entries()) {
      own[a]!++;
      for (const b of list.slice(i + 1)) {
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

function knownRuns(known: SharedCode[], exercise: string): Set<number> {
  const codes = known.filter((k) => k.exercise === "" || k.exercise === exercise);
  return new Set(codes.flatMap(({ code }) => allRuns(tokensOf(code))));
}

async function printAll(codes: Code[], known: SharedCode[]): Promise<Map<string, Printed[]>> {
  const exercises = new Map<string, Printed[]>();
  const runs = new Map<string, Set<number>>();
  for await (const { student, exercise, code } of inTurns(codes)) {
    const subtracted = runs.get(exercise) ?? knownRuns(known, exercise);
    runs.set(exercise, subtracted);
    const list = exercises.get(exercise) ?? [];
    list.push({ student, prints: prints(code, subtracted) });
    exercises.set(exercise, list);
  }
  return exercises;
}

function toPair(students: [string, string], parts: (Shared & { of: number })[]): Pair {
  const shared = parts.reduce((sum, p) => sum + p.shared, 0);
  const of = parts.reduce((sum, p) => sum + p.of, 0);
  const exercises = parts
    .map(({ exercise, shared, share }) => ({ exercise, shared, share }))
    .sort((a, b) => b.shared * b.share - a.shared * a.share);
  return { students, shared, share: shared / of, exercises };
}

/**
 * @param codes one answer for each student and exercise
 * @returns pairs, the most alike first, at most a hundred
 */
export async function similar(codes: Code[], known: SharedCode[] = []): Promise<Pair[]> {
  const pairs = new Map<string, (Shared & { of: number })[]>();
  for (const [exercise, answers] of await printAll(codes, known)) {
    comparePairs(answers, (a, b, shared, of) => {
      const share = shared / of;
      if (shared < MIN_SHARED_FINGERPRINTS || share < MIN_SHARE) return;
      const names = [answers[a]!.student, answers[b]!.student].sort();
      if (names[0] === names[1]) return;
      const key = JSON.stringify(names);
      pairs.set(key, [...(pairs.get(key) ?? []), { exercise, shared, share, of }]);
    });
  }
  const all = [...pairs].map(([key, parts]) => toPair(JSON.parse(key) as [string, string], parts));
  return all.sort((a, b) => b.shared * b.share - a.shared * a.share).slice(0, MAX_PAIRS);
}
