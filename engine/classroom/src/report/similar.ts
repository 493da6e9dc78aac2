/**
 * Answers that share more than the exercise explains: a list for a person to look at. It is never a
 * verdict: short answers meet by chance, and pairs may have worked together where that is allowed.
 */
import { allRuns, fingerprints } from "./fingerprints.js";
import { tokensOf } from "./tokens.js";
import { inTurns } from "./yieldOften.js";

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

/** A fingerprint that more answers have is how one writes it: share of answers, and count. */
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
