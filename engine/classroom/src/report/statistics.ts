/** How a class did in a lesson, from the grader's results, and when the hand-ins came. */
import { GROUP_NAMES } from "grader";
import type { Graded } from "grader/batch";
import { NOT_WRITTEN, type ExerciseReport } from "grader/submission";
import { showTime } from "../time.js";

export interface Answered {
  /** The student's id. */
  student: string;
  result: Graded;
  /** Points for written questions, by the question's name. */
  marks: Map<string, number>;
}

/** Where answers unknown that earn less than all points. */
export interface Mistake {
  /** The sentence of a known mistake, or what is wrong in general. */
  message: string;
  /** Whether it is the sentence of a known mistake. */
  isKnown: boolean;
  students: string[];
}

export interface ExerciseStats {
  name: string;
  maxPoints: number;
  /** Answers that were graded. */
  graded: number;
  solved: number;
  partly: number;
  /** Answers without points that somebody wrote. */
  nothing: number;
  /** Answers that are the stub as shipped. */
  unwritten: number;
  notGraded: number;
  /** Earned points over possible ones, 0 where nobody's answer was graded. */
  share: number;
  /** The most frequent first. */
  mistakes: Mistake[];
}

export interface QuestionStats {
  name: string;
  maxPoints: number;
  marked: number;
  waiting: number;
  share: number;
}

export interface Statistics {
  exercises: ExerciseStats[];
  questions: QuestionStats[];
  /** Earned over possible points of each submission, written questions left out. */
  shares: number[];
}

/** Points are thirds and quarters; sums of them miss a whole by less than this. */
const ROUNDING = 1e-6;

const ratio = (part: number, whole: number) => (whole > 0 ? part / whole : 0);

/** The known mistake that an answer makes, else the first thing that is wrong with it. */
function mistakeOf(e: ExerciseReport): Mistake {
  const unknown = { isKnown: false, students: [] };
  if (e.diagnosis) return { message: e.diagnosis, isKnown: true, students: [] };
  const wrong = e.groups.find((g) => !g.ok);
  if (!wrong) return { ...unknown, message: "It did not run: see the note in its report." };
  return {
    ...unknown,
    message: `No known mistake. The first group to fail: ${GROUP_NAMES[wrong.group]}.`,
  };
}

function groupByMistake(answers: { student: string; e: ExerciseReport }[]): Mistake[] {
  const found = new Map<string, Mistake>();
  for (const { student, e } of answers) {
    const unknown = mistakeOf(e);
    const known = found.get(unknown.message) ?? unknown;
    known.students.push(student);
    found.set(unknown.message, known);
  }
  return [...found.values()].sort((a, b) => b.students.length - a.students.length);
}

const isUnwritten = ({ note }: ExerciseReport) => note === NOT_WRITTEN;

const isSolved = ({ points, maxPoints }: ExerciseReport) => points >= maxPoints - ROUNDING;

function exerciseStats(name: string, of: number, class_: Answered[]): ExerciseStats {
  const all = class_.flatMap(({ student, result }) => {
    const e = result.exercises.find((x) => x.name === name);
    return e ? [{ student, e }] : [];
  });
  const graded = all.filter(({ e }) => !e.notGraded);
  const unsolved = graded.filter(({ e }) => !isSolved(e));
  const unwritten = unsolved.filter(({ e }) => isUnwritten(e)).length;
  const partly = unsolved.filter(({ e }) => e.points > ROUNDING).length;
  const sum = (pick: (e: ExerciseReport) => number) => graded.reduce((s, { e }) => s + pick(e), 0);
  return {
    name,
    maxPoints: of,
    graded: graded.length,
    notGraded: all.length - graded.length,
    solved: graded.length - unsolved.length,
    partly,
    nothing: unsolved.length - partly - unwritten,
    unwritten,
    share: ratio(
      sum((e) => e.points),
      sum((e) => e.maxPoints),
    ),
    mistakes: groupByMistake(unsolved.filter(({ e }) => !isUnwritten(e))),
  };
}

function questionStats(name: string, of: number, class_: Answered[]): QuestionStats {
  const asked = class_.filter(({ result }) => result.written.some((w) => w.name === name));
  const given = asked.flatMap(({ marks }) => marks.get(name) ?? []);
  const earned = given.reduce((sum, points) => sum + points, 0);
  return {
    name,
    maxPoints: of,
    marked: given.length,
    waiting: asked.length - given.length,
    share: ratio(earned, of * given.length),
  };
}

type Named = { name: string; points: number }[];

/** @param lesson its exercises and written questions, in order */
export function statistics(
  lesson: { exercises: Named; written: Named },
  answers: Answered[],
): Statistics {
  const graded = answers.filter(({ result }) => result.maxPoints > 0);
  return {
    exercises: lesson.exercises.map((e) => exerciseStats(e.name, e.points, answers)),
    questions: lesson.written.map((w) => questionStats(w.name, w.points, answers)),
    shares: graded.map(({ result }) => ratio(result.points, result.maxPoints)),
  };
}

/** What went worst first; what nobody has answered or marked is left out. */
export function hardest({ exercises, questions }: Statistics) {
  const all = [
    ...exercises.filter((e) => e.graded > 0),
    ...questions.filter((q) => q.marked > 0),
  ].map(({ name, share }) => ({ name, share }));
  return all.sort((a, b) => a.share - b.share);
}

export interface Bin {
  /** Its start, as the class's clock shows it: "2027-05-03 18:00". */
  start: string;
  count: number;
}

const HOUR = 3_600_000;
/** Hours of a bin, the finest that needs no more than `MAX_BINS` of them. */
const WIDTHS = [1, 3, 6, 12, 24, 72, 168];
const MAX_BINS = 48;

/** @param times ISO 8601; what is no time is left out */
export function bins(times: string[], zone: string): Bin[] {
  const moments = times.map((t) => Date.parse(t)).filter((ms) => !Number.isNaN(ms));
  if (moments.length === 0) return [];
  const sorted = moments.sort((a, b) => a - b);
  // one forgotten file of last year does not flatten everybody else
  const first = sorted[Math.floor(sorted.length * 0.005)]!;
  const last = sorted.at(-1)!;
  const hours = WIDTHS.find((h) => last - first < h * HOUR * MAX_BINS) ?? WIDTHS.at(-1)!;
  const width = hours * HOUR;
  // days begin at midnight of the class
  const offset = Date.parse(`${showTime(new Date(first).toISOString(), zone)}Z`) - first;
  const shift = Math.round(offset / HOUR) * HOUR;
  const indexOf = (ms: number) => Math.floor((Math.max(ms, first) + shift) / width);
  const from = indexOf(first);
  const count = Math.min(indexOf(last) - from + 1, 10 * MAX_BINS);
  const counts = new Array<number>(count).fill(0);
  for (const ms of sorted) counts[Math.min(indexOf(ms) - from, count - 1)]!++;
  const label = (i: number) => new Date((from + i) * width).toISOString();
  return counts.map((n, i) => ({
    start: `${label(i).slice(0, 10)} ${label(i).slice(11, 16)}`,
    count: n,
  }));
}
