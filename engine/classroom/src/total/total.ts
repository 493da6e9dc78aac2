/**
 * A student's total, with every step that leads to it: which lessons count, with how many percent,
 * which are dropped, and what each group weighs. Without a rule in class.yaml, points are added.
 */
import type { Lesson } from "../lessons.js";
import type { Settings, TotalGroup, TotalRule } from "../settings.js";
import { showTime } from "../time.js";

/** What of a lesson decides whether and with what it counts. */
export interface Standing {
  status: string;
  points?: number;
  maxPoints: number;
  deadline?: string;
  handIn?: unknown;
  excusal?: { state: string };
  exercisePoints?: number;
  writtenPoints?: number;
  percentOff?: number;
  override?: { reason: string };
}

export interface TotalLine {
  lesson: Lesson;
  points?: number;
  maxPoints: number;
  /** Of the lesson's points; undefined where it doesn't count. */
  percent?: number;
  /** In its group. */
  weight: number;
  isDropped: boolean;
  /** Why it counts as it does, where that isn't plain. */
  note: string;
}

export interface GroupTotal {
  name: string;
  weight: number;
  lines: TotalLine[];
  /** Undefined where none of its lessons counts yet. */
  percent?: number;
  /** How the percent is computed. */
  formula: string;
}

export interface Total {
  groups: GroupTotal[];
  /** Lessons that the rule puts into no group, so they never count. */
  ungrouped: Lesson[];
  percent?: number;
  /** How the groups make it up. */
  formula: string;
  /** Whether some lesson is still open, so that the total will change. */
  isSoFar: boolean;
}

/** 87.456 → "87.46" */
export const number = (x: number) => String(Math.round(x * 100) / 100);

interface Counted {
  points?: number;
  note: string;
  isOpen: boolean;
}

/** How a lesson's points came about, where they aren't those of its exercises alone. */
function derivation(standing: Standing): string {
  const { exercisePoints: exercises, writtenPoints: written, percentOff = 0 } = standing;
  if (standing.override) return `set by hand: ${standing.override.reason}`;
  if (exercises === undefined || (!written && percentOff === 0)) return "";
  const parts = written
    ? `${number(exercises)} for exercises + ${number(written)} for answers`
    : `${number(exercises)} for exercises`;
  return percentOff > 0 ? `${parts}, less ${number(percentOff)} % for lateness` : parts;
}

const joined = (...parts: string[]) => parts.filter(Boolean).join("; ");

const MAY_CHANGE = new Set(["waits for marks", "waits for the grader"]);

function counted(standing: Standing | undefined, time: string, zone: string): Counted {
  if (!standing) return { note: "not open to this student", isOpen: true };
  const { status, points, deadline, handIn, excusal } = standing;
  if (excusal?.state === "excused" && points === undefined) {
    return { note: "excused, so it doesn't count", isOpen: false };
  }
  if (points !== undefined) {
    const isOpen = MAY_CHANGE.has(status);
    const missing = status === "missing" ? "missing, counts as 0" : "";
    const note = joined(derivation(standing), isOpen ? "may still change" : missing);
    return { points, note, isOpen };
  }
  if (handIn) return { note: `${status}, so it doesn't count yet`, isOpen: true };
  if (deadline !== undefined && deadline < time) {
    const until = showTime(deadline, zone);
    return { points: 0, note: `nothing handed in by ${until}, counts as 0`, isOpen: false };
  }
  return { note: "nothing handed in, so it doesn't count yet", isOpen: true };
}

const counts = (line: TotalLine) => line.percent !== undefined && !line.isDropped;

/** Marks the lines with the lowest percentages as dropped; one always stays. */
function dropLowest(lines: TotalLine[], count: number): TotalLine[] {
  const counting = lines.filter(counts).sort((a, b) => a.percent! - b.percent!);
  const note = `${count === 1 ? "the lowest" : `one of the ${count} lowest`}, dropped`;
  const dropped = new Set(counting.slice(0, Math.min(count, counting.length - 1)));
  return lines.map((line) =>
    dropped.has(line) ? { ...line, isDropped: true, note: joined(line.note, note) } : line,
  );
}

/** A mean of percentages by weight, and how it is computed. */
function meanOf(parts: { percent: number; weight: number }[]): [number, string] {
  const weights = parts.reduce((sum, { weight }) => sum + weight, 0);
  const mean = parts.reduce((sum, p) => sum + p.weight * p.percent, 0) / weights;
  const same = parts.every(({ weight }) => weight === parts[0]!.weight);
  const terms = parts.map(({ percent, weight }) =>
    same ? `${number(percent)} %` : `${number(weight)} × ${number(percent)} %`,
  );
  if (parts.length === 1) return [mean, `${number(mean)} %`];
  const divisor = same ? parts.length : weights;
  return [mean, `(${terms.join(" + ")}) / ${number(divisor)} = ${number(mean)} %`];
}

function groupTotal({ name, weight, dropLowest: drop }: TotalGroup, lines: TotalLine[]) {
  const all = dropLowest(lines, drop);
  const parts = all.filter(counts).map((l) => ({ percent: l.percent!, weight: l.weight }));
  if (parts.length === 0) return { name, weight, lines: all, formula: "nothing counts yet" };
  const [percent, formula] = meanOf(parts);
  return { name, weight, lines: all, percent, formula };
}

/** Without a rule: points over points. */
function sumOfPoints(lines: TotalLine[]): GroupTotal {
  const name = "All lessons";
  const parts = lines.filter(counts);
  const of = parts.reduce((sum, l) => sum + l.maxPoints, 0);
  if (of === 0) return { name, weight: 1, lines, formula: "nothing counts yet" };
  const points = parts.reduce((sum, l) => sum + l.points!, 0);
  const percent = (100 * points) / of;
  const terms = parts.map((l) => number(l.points!)).join(" + ");
  const formula = `${terms} = ${number(points)} of ${number(of)} points = ${number(percent)} %`;
  return { name, weight: 1, lines, percent, formula };
}

interface TotalContext {
  lessons: Lesson[];
  settings: Pick<Settings, "timeZone" | "total">;
  /** The moment for which it is computed, in UTC. */
  time: string;
}

/** @param standingOf where the student stands in a lesson, as whoever asks may see it */
export function totalOf(
  { lessons, settings: { total, timeZone }, time }: TotalContext,
  standingOf: (lesson: Lesson) => Standing | undefined,
): Total {
  let isSoFar = false;
  const lineOf = (lesson: Lesson, weight: number): TotalLine => {
    const standing = standingOf(lesson);
    const { points, note, isOpen } = counted(standing, time, timeZone);
    const maxPoints = standing?.maxPoints ?? lesson.maxPoints;
    isSoFar ||= isOpen;
    const percent =
      points === undefined || maxPoints === 0 ? undefined : (100 * points) / maxPoints;
    return { lesson, points, maxPoints, percent, weight, isDropped: false, note };
  };
  const groups = total
    ? groupsOf(total, lessons, lineOf)
    : [sumOfPoints(lessons.map((lesson) => lineOf(lesson, 1)))];
  const shown = { groups, ungrouped: ungroupedIn(total, lessons) };
  const parts = groups.filter((g) => g.percent !== undefined);
  if (parts.length === 0) return { ...shown, formula: "nothing counts yet", isSoFar };
  const [all] = groups;
  if (!total) return { ...shown, percent: all!.percent, formula: all!.formula, isSoFar };
  const [percent, formula] = meanOf(parts.map((g) => ({ percent: g.percent!, weight: g.weight })));
  return { ...shown, percent, formula, isSoFar: isSoFar || parts.length < groups.length };
}

/** Lessons that a rule puts into no group. */
export const ungroupedIn = (total: TotalRule | undefined, lessons: Lesson[]): Lesson[] =>
  total ? lessons.filter(({ id }) => !total.groups.some((group) => group.lessons.has(id))) : [];

/** "In no group of the total, so not counted: Attention, RoPE." */
export const ungroupedText = (lessons: Lesson[]): string =>
  `In no group of the total, so not counted: ${lessons.map(({ title }) => title).join(", ")}.`;

function groupsOf(
  { groups }: TotalRule,
  lessons: Lesson[],
  lineOf: (lesson: Lesson, weight: number) => TotalLine,
): GroupTotal[] {
  return groups.map((group) => {
    const own = lessons.filter(({ id }) => group.lessons.has(id));
    return groupTotal(
      group,
      own.map((lesson) => lineOf(lesson, group.lessons.get(lesson.id)!)),
    );
  });
}

/** One line of text for each step, as the page shows them. */
export function totalLines({ groups, ungrouped, percent, formula, isSoFar }: Total): string[] {
  const lines = groups.flatMap((group) => [
    `${group.name} (weight ${number(group.weight)}):`,
    ...group.lines.map((line) => `  ${line.lesson.title}: ${lineText(line)}`),
    `  ${group.formula}`,
  ]);
  if (ungrouped.length > 0) lines.push(ungroupedText(ungrouped));
  const sum = percent === undefined ? "nothing counts yet" : formula;
  return [...lines, `Total${isSoFar ? " so far" : ""}: ${sum}`];
}

/** "9 of 12 points = 75 % (one of the 2 lowest, dropped)" */
export function lineText({ points, maxPoints, percent, note }: TotalLine): string {
  if (percent === undefined) return note;
  const text = `${number(points!)} of ${number(maxPoints)} points = ${number(percent)} %`;
  return note ? `${text} (${note})` : text;
}
