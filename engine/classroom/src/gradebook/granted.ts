/**
 * More time than a lesson's deadline gives: standing accommodations and budgets of late days. Both
 * are computed when the gradebook is read, so they may be entered and changed at any time.
 */
import type { Settings } from "../settings.js";
import { readHandIns } from "../sql/read.js";
import type { Statements } from "../sql/sql.js";
import { zonedAfter } from "../time.js";
import type { Accommodation, Excusal, Extension, HandIn } from "../types.js";
import { countingHandIns, lateness } from "./late.js";
import {
  readAccommodations,
  readAllExtensions,
  readAllOverrides,
  readExcusals,
} from "./grantedRows.js";

/** What students were granted, by student. */
export interface Granted {
  accommodations: Map<string, Accommodation>;
  excusals: Map<string, Excusal>;
  /** Late days of this lesson that the budget covers. */
  coveredDays: Map<string, number>;
}

const MINUTES_PER_DAY = 1440;

/** "2 days", "36 hours", "90 minutes" */
export function showDuration(minutes: number): string {
  const units: [number, string][] = [
    [MINUTES_PER_DAY, "day"],
    [60, "hour"],
    [1, "minute"],
  ];
  const [size, name] = units.find(([size]) => minutes % size === 0)!;
  const count = minutes / size;
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}

/**
 * The extension that holds: the student's own for this lesson unless it was taken back, or more time
 * in every lesson, whichever is later. Whole days are days of the class's clocks.
 */
export function extensionOf(
  lesson: string,
  newest: Extension | undefined,
  accommodation: Accommodation | undefined,
  { lessons, timeZone }: Pick<Settings, "lessons" | "timeZone">,
): { extension?: Extension; accommodation?: Accommodation } {
  const own = newest?.until === "" ? undefined : newest;
  const deadline = lessons.get(lesson);
  if (!accommodation || accommodation.minutes === 0 || deadline === undefined) {
    return { extension: own };
  }
  const { minutes, student, by, at } = accommodation;
  const until = zonedAfter(deadline, minutes, timeZone);
  if (own && own.until >= until) return { extension: own };
  const reason = `${showDuration(minutes)} more in every lesson: ${accommodation.reason}`;
  return { extension: { lesson, student, until, reason, by, at }, accommodation };
}

/** All that decides how late somebody is, in every lesson. */
interface Term {
  handIns: HandIn[];
  /** By lesson and student. */
  extensions: Map<string, Extension>;
  accommodations: Map<string, Accommodation>;
  /** Lesson and student, where lateness costs nothing anyway. */
  exempt: Set<string>;
}

const keyOf = (lesson: string, student: string) => `${lesson} ${student}`;

/** Lessons in the order in which they take late days; those without a deadline take none. */
const byDeadline = (lessons: Settings["lessons"]): string[] =>
  [...lessons]
    .filter(([, deadline]) => deadline !== undefined)
    .sort(([, a], [, b]) => (a! < b! ? -1 : 1))
    .map(([lesson]) => lesson);

/** Days late of what counts, where a late day saves something. */
function chargedDays(term: Term, lesson: string, student: string, all: HandIn[], s: Settings) {
  const own = term.extensions.get(keyOf(lesson, student));
  const { extension } = extensionOf(lesson, own, term.accommodations.get(student), s);
  const deadline = s.lessons.get(lesson);
  const [first] = countingHandIns(all, deadline, extension, s.late, s.timeZone);
  const lateBy = first && lateness(first, deadline, extension, s.late, s.timeZone);
  return lateBy && !lateBy.cutOff ? lateBy.days : 0;
}

/** Late days of each lesson and student that the budgets cover. */
export function spendBudgets(term: Term, settings: Settings): Map<string, number> {
  const { budgetDays = 0, budgetDaysPerLesson = budgetDays } = settings.late;
  const handIns = new Map<string, Map<string, HandIn[]>>();
  for (const h of term.handIns) {
    const ofLesson = handIns.get(h.lesson) ?? new Map<string, HandIn[]>();
    handIns.set(h.lesson, ofLesson.set(h.student, [...(ofLesson.get(h.student) ?? []), h]));
  }
  const left = new Map<string, number>();
  const covered = new Map<string, number>();
  for (const lesson of byDeadline(settings.lessons)) {
    for (const [student, all] of handIns.get(lesson) ?? []) {
      const key = keyOf(lesson, student);
      if (term.exempt.has(key)) continue;
      const has = left.get(student) ?? budgetDays;
      const late = chargedDays(term, lesson, student, all, settings);
      const days = Math.min(late, has, budgetDaysPerLesson);
      left.set(student, has - days);
      if (days > 0) covered.set(key, days);
    }
  }
  return covered;
}

type Reading = Pick<Statements, "all">;

async function coveredDays(sql: Reading, lesson: string, settings: Settings) {
  const days = new Map<string, number>();
  if (!settings.late.budgetDays) return days;
  const set = (await readAllOverrides(sql)).filter(({ points }) => points !== undefined);
  const term: Term = {
    handIns: await readHandIns(sql),
    extensions: new Map((await readAllExtensions(sql)).map((e) => [keyOf(e.lesson, e.student), e])),
    accommodations: await readAccommodations(sql),
    exempt: new Set(set.map((o) => keyOf(o.lesson, o.student))),
  };
  for (const { student, state, ...excusal } of (await readExcusals(sql)).values()) {
    if (state === "excused") term.exempt.add(keyOf(excusal.lesson, student));
  }
  for (const [key, count] of spendBudgets(term, settings)) {
    const [of, student] = key.split(" ");
    if (of === lesson) days.set(student!, count);
  }
  return days;
}

/** What students were granted in a lesson. */
export async function readGranted(
  sql: Reading,
  lesson: string,
  settings: Settings,
): Promise<Granted> {
  const excusals = [...(await readExcusals(sql)).values()].filter((e) => e.lesson === lesson);
  return {
    accommodations: await readAccommodations(sql),
    excusals: new Map(excusals.map((e) => [e.student, e])),
    coveredDays: await coveredDays(sql, lesson, settings),
  };
}
