/**
 * A term as it may come: who is in the class, what each student hands in for each lesson, and how
 * many points that must give. Drawn from a seed, and computed without the code under test.
 */
import { RIGHT, type Name } from "grader/testing";

/** mulberry32 */
export function seeded(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const LAYOUTS = ["canvas", "moodle", "gradescope"] as const;
export type Layout = (typeof LAYOUTS)[number];

export type Kind = "good" | "late" | "twice" | "renamed" | "broken" | "other lesson" | "nothing";
const KINDS: Kind[] = [
  ...(["good", "good", "good", "good", "late", "late", "twice", "renamed"] as const),
  ...(["broken", "other lesson", "nothing"] as const),
];

/** Few distinct answers: which of the three functions are right. */
export const ANSWERS = [0, 1, 2, 3, 4, 5, 6, 7];
const NAMES = Object.keys(RIGHT) as Name[];
export const functionsOf = (answer: number): Name[] =>
  NAMES.filter((_, i) => (answer & (1 << i)) !== 0);
export const POINTS_EACH = 4;
/** What a marker gives for the sentence of this answer. */
export const markOf = (answer: number) => functionsOf(answer).length / 2;

export interface Work {
  kind: Kind;
  answer: number;
  /** Of whoever hands in twice: the first answer. */
  older: number;
  extended: boolean;
  /** Points set by hand. */
  set?: number;
}

export interface Planned {
  number: string;
  first: string;
  last: string;
  canvasId: number;
  /** A section hands in on one platform. */
  layout: Layout;
  /** Is in the roster from this lesson on. */
  joins: number;
  /** Has left it at this one. */
  leaves: number;
  works: Work[];
}

/** Canvas says that a file is late and not by how much, which counts as a day. */
const DAYS_LATE = { canvas: 1, moodle: 2, gradescope: 2 };
export const PERCENT_PER_DAY = 10;

const FIRST = ["Ada", "Zoë", "Jean-Luc", "María José", "Ø", "李"];
const LAST = ["O'Neill", "van der Berg", "Müller", "Nguyễn", "Šimůnek"];

type Pick = <T>(all: readonly T[]) => T;

function workOf(random: () => number, pick: Pick, isThere: boolean): Work {
  const drawn = { kind: pick(KINDS), answer: pick(ANSWERS), older: pick(ANSWERS) };
  const extended = random() < 0.5 && drawn.kind === "late";
  const set = random() < 0.02 ? 7.5 : undefined;
  return isThere ? { ...drawn, extended, set } : { ...drawn, kind: "nothing", extended: false };
}

export function planTerm(students: number, lessons: number, seed: number): Planned[] {
  const random = seeded(seed);
  const pick: Pick = (all) => all[Math.floor(random() * all.length)]!;
  return Array.from({ length: students }, (_, i) => {
    const joins = random() < 0.05 ? Math.floor(random() * lessons) : 0;
    const leaves = random() < 0.05 ? joins + 1 + Math.floor(random() * lessons) : Infinity;
    const isThere = (lesson: number) => lesson >= joins && lesson < leaves;
    return {
      number: String(1000 + i),
      canvasId: 50_000 + i,
      layout: LAYOUTS[i % LAYOUTS.length]!,
      // a number keeps names apart; some differ only by an accent
      first: `${pick(FIRST)} ${String.fromCharCode(65 + (i % 26))}${i}`,
      last: pick(LAST),
      joins,
      leaves,
      works: Array.from({ length: lessons }, (_, l) => workOf(random, pick, isThere(l))),
    };
  });
}

/** Whether a file of theirs is a hand-in of the lesson. */
export const handsIn = ({ kind }: Work) => kind !== "nothing" && kind !== "other lesson";

/** Canvas gives all files of a student's last attempt: the one with more points counts. */
export function countingAnswer(work: Work, layout: Layout, withoutDouble = false): number {
  if (work.kind !== "twice" || layout !== "canvas") return work.answer;
  const right = (answer: number) =>
    functionsOf(answer).filter((name) => !withoutDouble || name !== "double").length;
  return right(work.older) > right(work.answer) ? work.older : work.answer;
}

/** Points before and after what lateness costs; undefined where there is nothing to grade. */
export function pointsOf(
  work: Work,
  { layout }: Planned,
  withoutDouble = false,
): number | undefined {
  if (work.set !== undefined) return work.set;
  if (!handsIn(work) || work.kind === "broken") return undefined;
  const answer = countingAnswer(work, layout, withoutDouble);
  const right = functionsOf(answer).filter((name) => !withoutDouble || name !== "double");
  // another sentence than the one that was marked waits for its mark
  const isMarked = answer === countingAnswer(work, layout);
  const before = POINTS_EACH * right.length + (isMarked ? markOf(answer) : 0);
  const days = work.kind === "late" && !work.extended ? DAYS_LATE[layout] : 0;
  const off = days * PERCENT_PER_DAY;
  return Math.round(before * (100 - off) * 100) / 1e4;
}

/** How many files of theirs the gradebook must hold. */
export const handInsOf = (work: Work, { layout }: Planned) => {
  if (!handsIn(work)) return 0;
  return work.kind === "twice" && layout !== "moodle" ? 2 : 1; // Moodle keeps the newest
};
