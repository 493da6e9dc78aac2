/** The texts that course class prints. */
import type { Class } from "../class.js";
import type { CollectResult } from "../collect/collect.js";
import { aboveMaximum, notesOf } from "../gradebook/explain.js";
import { isUnfinished, type Gradebooks } from "../gradebook/export.js";
import type { PendingChange } from "../gradebook/published.js";
import type { GradedLesson } from "../gradebook/grade.js";
import type { SkippedFile } from "../collect/layouts.js";
import type { Lesson } from "../lessons.js";
import type { Sheet } from "../marking/sheets.js";
import type { Regrade } from "../gradebook/regrade.js";
import type { RosterChange } from "../roster/roster.js";
import { showTime } from "../time.js";
import type { HandIn, Row, Status } from "../types.js";
import { unmatchedFile } from "../collect/unmatched.js";

/** Lines of a list; the rest is counted. */
const MAX_LISTED_LINES = 20;

/** "1 mark", "2 marks" */
export const count = (n: number, what: string, many = `${what}s`) =>
  `${n} ${n === 1 ? what : many}`;

function list<T>(all: T[], line: (one: T) => string): string[] {
  const lines = all.slice(0, MAX_LISTED_LINES).map((one) => `  ${line(one)}`);
  if (all.length > MAX_LISTED_LINES) lines.push(`  and ${all.length - MAX_LISTED_LINES} more`);
  return lines;
}

const number = (x: number) => String(Math.round(x * 1000) / 1000);

export function rosterChange({ students, added, changed, left }: RosterChange): string {
  const active = students.filter((s) => s.active).length;
  const gone = left === 0 ? "" : `, ${left} no longer there (their grades stay)`;
  return `${count(active, "student")}: ${added} new, ${changed} changed${gone}.`;
}

const PLATFORMS = {
  canvas: "as Canvas lays it out",
  moodle: "as Moodle lays it out",
  gradescope: "as Gradescope lays it out",
  plain: "a file or folder for each student",
};

const skippedLine = ({ path, reason }: SkippedFile) => `${path} ${reason}`;

export function collected(classroom: Class, lesson: Lesson, found: CollectResult): string {
  const {
    platform,
    added,
    known,
    unmatched,
    skipped,
    missing,
    withoutTime,
    again,
    retimed,
    together,
  } = found;
  const lines = [
    `${lesson.id}, ${PLATFORMS[platform]}: ${count(added.length, "new hand-in")}, ` +
      `${known} known already.`,
  ];
  if (unmatched.length > 0) {
    lines.push(`${count(unmatched.length, "file")} of nobody in the roster:`);
    lines.push(...list(unmatched, skippedLine));
    const file = unmatchedFile(classroom, lesson.id);
    lines.push(`Name the students in ${file}, column Student, and collect again.`);
  }
  if (again.length > 0) {
    const line = ({ path }: HandIn) => path;
    lines.push("Handed in earlier, and counts again since it is in this download:");
    lines.push(...list(again, line));
  }
  if (retimed > 0) lines.push(`${count(retimed, "hand-in")} known already got a time.`);
  if (together.length > 0) {
    lines.push("Several notebooks of one student; the one with more points counts:");
    lines.push(...list(together, (all) => all.map(({ path }) => path).join(" and ")));
  }
  if (skipped.length > 0) lines.push("Left out:", ...list(skipped, skippedLine));
  if (withoutTime > 0 && classroom.settings.lessons.get(lesson.id) !== undefined) {
    const hint =
      platform === "moodle"
        ? "--worksheet reads it from Moodle's grading worksheet"
        : "--file-times takes the files' own";
    lines.push(`${count(withoutTime, "hand-in")} without a time count as in time; ${hint}.`);
  }
  lines.push(`${count(missing.length, "student")} without a hand-in.`);
  return lines.join("\n");
}

/** What a platform's table holds, and what it leaves out. */
export function exported(lesson: Lesson, rows: Row[]): string {
  const given = rows.filter((r) => r.points !== undefined);
  const open = given.filter(isUnfinished).length;
  const parts = [`${lesson.id}: ${count(given.length, "student")}`];
  if (open > 0) parts.push(`${open} of them with points that may still change`);
  const excused = rows.filter((r) => r.status === "excused").length;
  if (excused > 0) parts.push(`${excused} excused, which only Canvas's table says (EX)`);
  const missing = rows.length - given.length - excused;
  if (missing > 0) {
    parts.push(
      `${missing} without points are not in the table, so the platform keeps their scores`,
    );
  }
  return `${parts.join("; ")}.`;
}

const STATUS: { [status in Status]: string } = {
  "nothing handed in": "without a hand-in",
  "waits for the grader": "waiting for the grader",
  "could not be graded": "could not be graded",
  "waits for marks": "waiting for marks",
  graded: "graded",
  excused: "excused",
  missing: "missing",
};

function tally(rows: Row[]): string {
  const counts = new Map<Status, number>();
  for (const { status } of rows) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, n]) => `${n} ${STATUS[status]}`).join(", ");
}

const nameOf = (rows: Row[], id: string) =>
  rows.find(({ student }) => student.id === id)?.student.name ?? id;

export function graded({ lesson, graded: n, notGraded }: GradedLesson, rows: Row[]): string {
  const lines = [`${lesson.id}: ${n} graded now. In all: ${tally(rows)}.`];
  const noted = rows.flatMap((row) => notesOf(row).map((note) => `${row.student.name}: ${note}`));
  const line = ({ handIn, reason }: GradedLesson["notGraded"][number]) =>
    `${nameOf(rows, handIn.student)}: ${handIn.path} ${reason}`;
  return [...lines, ...list(notGraded, line), ...list(noted, (note) => note)].join("\n");
}

const orNothing = (points: number | undefined) => (points === undefined ? "–" : number(points));

export function regraded({ lesson, compared, changes }: Regrade, accepted: boolean): string {
  const head = `${lesson.id}: ${count(compared, "hand-in")} compared, ${changes.length} change.`;
  const lines = changes.map(({ student, pointsBefore, pointsAfter, exercises }) => {
    const parts = exercises.map((e) => `${e.name} ${number(e.before)} → ${number(e.after)}`);
    const points = `${orNothing(pointsBefore)} → ${orNothing(pointsAfter)}`;
    return `  ${student.name} (${student.id}): ${points} (${parts.join(", ")})`;
  });
  const offer =
    changes.length === 0
      ? "No points change. --accept only records that the lesson as it is now gives the same."
      : "The gradebook is as before. --accept puts the new points into it.";
  const next = accepted
    ? "The gradebook has these grades now; the earlier ones stay as superseded."
    : offer;
  return [head, ...lines, next].join("\n");
}

export function sheets(all: Sheet[]): string {
  if (all.length === 0) return "This lesson has no written questions.";
  const lines = all.map(
    ({ file, answers, open }) => `${file}: ${count(answers, "answer")}, ${open} not marked`,
  );
  const next = "Fill in Points and Comment, then: course class marks DIR --lesson … --read SHEET";
  return [...lines, next].join("\n");
}

/** How one student stands after a decision. */
export function standing(row: Row, zone: string): string {
  const { student, lesson, deadline, daysLate, percentOff, override } = row;
  const parts = [
    `${student.name}, ${lesson}: ${orNothing(row.points)} of ${number(row.maxPoints)} points`,
  ];
  if (override) parts.push(`set by ${override.by}: ${override.reason}`);
  if (row.earnedPoints !== undefined) {
    parts.push(`${number(row.earnedPoints)} before anything else`);
  }
  if (deadline !== undefined) parts.push(`deadline ${showTime(deadline, zone)}`);
  if (daysLate > 0) parts.push(`${daysLate} days late, ${percentOff}% off`);
  return parts.join("; ");
}

/** Who sees what else once a lesson is published, or now that it is. */
function pendingLines(pending: PendingChange[]): string[] {
  return list(pending, ({ student, before, after, reasons }) => {
    const from = before ? `${orNothing(before.points)} → ` : "";
    const why = before ? reasons.join(" ") : "For the first time.";
    const points = `${from}${orNothing(after.points)} of ${number(after.maxPoints)}`;
    return `${student.name} (${student.id}): ${points}. ${why}`;
  });
}

export function published(lesson: Lesson, changed: PendingChange[]): string {
  const news = count(changed.length, "of them new or changed", "of them new or changed");
  const head = `${lesson.id}: students see their grades at course class serve, ${news}`;
  return changed.length === 0 ? `${head}.` : [`${head}:`, ...pendingLines(changed)].join("\n");
}

/** What publishing would change. */
export function preview(lesson: Lesson, pending: PendingChange[], isPublished: boolean): string {
  const state = isPublished ? "published" : "held back";
  const news = count(pending.length, "grade is new or changed", "grades are new or changed");
  const head = `${lesson.id} is ${state}; ${news}`;
  return pending.length === 0
    ? `${head}.`
    : [`${head}:`, ...pendingLines(pending), "Students see them once you publish."].join("\n");
}

/** How a student stands after points were set by hand, and who reads what. */
export function overridden(row: Row, zone: string): string {
  const lines = [standing(row, zone)];
  const above = aboveMaximum(row);
  if (above) lines.push(above);
  if (row.override) lines.push("The student reads the reason, too, once this is published.");
  return lines.join("\n");
}

/** How a student stands after a deadline was moved or moved back. */
export function extended(row: Row, zone: string): string {
  const { extension, accommodation, student } = row;
  const left = accommodation ? "more time in every lesson still holds" : "no extension holds now";
  const taken = extension && !accommodation ? [] : [`${student.name}: ${left}.`];
  return [standing(row, zone), ...taken].join("\n");
}

function lessonLine(lesson: Lesson, rows: Row[]): string {
  const points = rows.map((r) => r.points).filter((p) => p !== undefined);
  const mean = points.reduce((sum, p) => sum + p, 0) / points.length;
  const average = points.length > 0 ? `, mean ${number(mean)} of ${lesson.maxPoints}` : "";
  return `${lesson.id}: ${tally(rows) || "nobody in the roster"}${average}`;
}

export function overview({ settings }: Class, books: Gradebooks): string {
  return [settings.title, ...[...books].map(([l, rows]) => lessonLine(l, rows))].join("\n");
}
