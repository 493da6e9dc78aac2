/** When hand-ins came, counted in bins that begin on the hour of the class's own clock. */
import { showTime } from "../time.js";

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
