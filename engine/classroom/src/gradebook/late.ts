/** Computes what lateness costs. Nothing is stored, so rules and deadlines may change any time. */
import type { LateRule } from "../settings.js";
import { wallClock } from "../time.js";
import type { Extension, HandIn } from "../types.js";

export interface Lateness {
  /** The deadline that holds for this student. */
  deadline?: string;
  /** Days begun after it. */
  days: number;
  percentOff: number;
  /** After the cut-off nothing counts. */
  cutOff: boolean;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const SECOND_MS = 1000;

/** Shown by a clock of the zone, to the millisecond. */
const shownAt = (iso: string, zone: string) => {
  const ms = Date.parse(iso);
  return wallClock(ms, zone) + (ms % SECOND_MS);
};

/**
 * Days begun since the deadline, none within the grace. A day ends when the clocks of the class
 * show the deadline's time again, also where it has 23 or 25 hours.
 */
function daysAfter(at: string, deadline: string, rule: LateRule, zone: string): number {
  const after = Date.parse(at) - Date.parse(deadline);
  if (after <= rule.graceMinutes * MINUTE_MS) return 0;
  return Math.max(1, Math.ceil((shownAt(at, zone) - shownAt(deadline, zone)) / DAY_MS));
}

/**
 * Where the platform says no time, its word "late" counts as one day, and no word as in time: it
 * knows its own deadline. With an extension its word says nothing, whenever the extension is entered.
 */
function daysLate(
  handIn: HandIn,
  deadline: string | undefined,
  extension: Extension | undefined,
  rule: LateRule,
  zone: string,
): number {
  if (handIn.at !== undefined) {
    return deadline === undefined ? 0 : daysAfter(handIn.at, deadline, rule, zone);
  }
  return handIn.late && !extension ? 1 : 0;
}

/** Whether an extension covers a hand-in that the platform calls late without saying when it came. */
export const isCoveredWithoutTime = (handIn: HandIn, extension: Extension | undefined) =>
  extension !== undefined && handIn.late && handIn.at === undefined;

export function lateness(
  handIn: HandIn,
  deadline: string | undefined,
  extension: Extension | undefined,
  rule: LateRule,
  zone: string,
): Lateness {
  const holds = extension?.until ?? deadline;
  const days = daysLate(handIn, holds, extension, rule, zone);
  const cutOff = days > rule.cutOffDays;
  const percentOff = cutOff ? 100 : Math.min(100, days * rule.percentPerDay);
  return { deadline: holds, days, percentOff, cutOff };
}

/** What lateness costs once a budget covers some of the days; after the cut-off it covers none. */
export function percentOf(lateBy: Lateness, coveredDays: number, rule: LateRule): number {
  if (lateBy.cutOff) return lateBy.percentOff;
  return Math.min(100, Math.max(0, lateBy.days - coveredDays) * rule.percentPerDay);
}

const moment = ({ at, collectedAt }: HandIn) => at ?? collectedAt;

/**
 * The newest first. Where a platform says no time, the download that was collected last is what the
 * student means, so a file that is handed in again counts again.
 */
export const byNewest = (a: HandIn, b: HandIn): number => {
  const timed = a.platform !== b.platform || (a.at !== undefined && b.at !== undefined);
  const [x, y] = timed ? [moment(a), moment(b)] : [a.collectedAt, b.collectedAt];
  if (x !== y) return x < y ? 1 : -1;
  return b.attempt - a.attempt || (a.path < b.path ? -1 : 1);
};

/**
 * Hand-ins of a student with the same key were handed in together: a platform's download holds what
 * the student handed in last, and Gradescope's has a folder for each submission.
 */
const togetherKey = ({ platform, collectedAt, path }: HandIn) =>
  JSON.stringify([platform, collectedAt, platform === "gradescope" ? path.split("/")[0] : ""]);

/**
 * The newest hand-in before the cut-off and what was handed in together with it; where all are after
 * the cut-off, the newest. Copies of the same file are in it once.
 */
export function countingHandIns(
  handIns: HandIn[],
  deadline: string | undefined,
  extension: Extension | undefined,
  rule: LateRule,
  zone: string,
): HandIn[] {
  const isCutOff = (h: HandIn) => lateness(h, deadline, extension, rule, zone).cutOff;
  const newest = [...handIns].sort(byNewest);
  const first = newest.find((h) => !isCutOff(h)) ?? newest[0];
  if (!first) return [];
  const together = newest.filter(
    (h) => togetherKey(h) === togetherKey(first) && isCutOff(h) === isCutOff(first),
  );
  return [...new Map(together.reverse().map((h) => [h.sha256, h])).values()].reverse();
}
