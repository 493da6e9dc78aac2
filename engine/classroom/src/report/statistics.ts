/** How a class did in a lesson: numbers from the grader's results, nothing else. */
import { GROUP_NAMES } from "grader";
import type { Graded } from "grader/batch";
import { type ExerciseReport, NOT_WRITTEN } from "grader/submission";

export interface Answered {
  /** The student's id. */
  student: string;
  result: Graded;
  /** Points for written questions, by the question's name. */
  marks: Map<string, number>;
}

/** Where answers stand that earn less than all points. */
export interface Stand {
  /** The sentence of a known mistake, or what is wrong in general. */
  says: string;
  /** Whether it is the sentence of a known mistake. */
  known: boolean;
  students: string[];
}

export interface ExerciseStats {
  name: string;
  of: number;
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
  stands: Stand[];
}

export interface QuestionStats {
  name: string;
  of: number;
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
const CLOSE = 1e-6;

const ratio = (part: number, whole: number) => (whole > 0 ? part / whole : 0);

/** What is wrong where no known mistake fits. */
function whereItStands(e: ExerciseReport): Stand {
  const stand = { known: false, students: [] };
  if (e.diagnosis) return { says: e.diagnosis, known: true, students: [] };
  const wrong = e.groups.find((g) => !g.ok);
  if (!wrong) return { ...stand, says: "It did not run: see the note in its report." };
  return {
    ...stand,
    says: `No known mistake. The first group to fail: ${GROUP_NAMES[wrong.group]}.`,
  };
}

function stands(answers: { student: string; e: ExerciseReport }[]): Stand[] {
  const found = new Map<string, Stand>();
  for (const { student, e } of answers) {
    const stand = whereItStands(e);
    const known = found.get(stand.says) ?? stand;
    known.students.push(student);
    found.set(stand.says, known);
  }
  return [...found.values()].sort((a, b) => b.students.length - a.students.length);
}

const isUnwritten = ({ note }: ExerciseReport) => note === NOT_WRITTEN;

const isSolved = ({ points: earned, maxPoints: of }: ExerciseReport) => earned >= of - CLOSE;

function exerciseStats(name: string, of: number, class_: Answered[]): ExerciseStats {
  const all = class_.flatMap(({ student, result }) => {
    const e = result.exercises.find((x) => x.name === name);
    return e ? [{ student, e }] : [];
  });
  const graded = all.filter(({ e }) => !e.notGraded);
  const unsolved = graded.filter(({ e }) => !isSolved(e));
  const unwritten = unsolved.filter(({ e }) => isUnwritten(e)).length;
  const partly = unsolved.filter(({ e }) => e.points > CLOSE).length;
  const sum = (pick: (e: ExerciseReport) => number) => graded.reduce((s, { e }) => s + pick(e), 0);
  return {
    ...{ name, of, graded: graded.length, notGraded: all.length - graded.length },
    ...{
      solved: graded.length - unsolved.length,
      partly,
      nothing: unsolved.length - partly - unwritten,
    },
    unwritten,
    share: ratio(
      sum((e) => e.points),
      sum((e) => e.maxPoints),
    ),
    stands: stands(unsolved.filter(({ e }) => !isUnwritten(e))),
  };
}

function questionStats(name: string, of: number, class_: Answered[]): QuestionStats {
  const asked = class_.filter(({ result }) => result.written.some((w) => w.name === name));
  const given = asked.flatMap(({ marks }) => marks.get(name) ?? []);
  const earned = given.reduce((sum, points) => sum + points, 0);
  return {
    ...{ name, of, marked: given.length, waiting: asked.length - given.length },
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
