/** Times of a class: written in its time zone, kept in UTC. */

/** Formatters by time zone: making one is the slowest step of reading an archive. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  clocks.set(zone, made);
  return made;
}

/** What a clock in the zone shows at this moment, as if it were UTC. */
export function wallClock(ms: number, zone: string): number {
  const parts = clockOf(zone).formatToParts(ms);
  const of = (type: string) => Number(parts.find((p) => p.type === type)!.value);
  const [year, month, day] = [of("year"), of("month"), of("day")];
  return Date.UTC(year, month - 1, day, of("hour"), of("minute"), of("second"));
}

export function isTimeZone(zone: string): boolean {
  try {
    return wallClock(0, zone) !== undefined;
  } catch {
    return false;
  }
}

export interface Clock {
  year: number;
  month: number;
  day: number;
  hour?: number;
  minute?: number;
  second?: number;
}

/**
 * The moment at which a clock in the zone shows this, in ISO 8601. A time that summer time skips is
 * taken an hour later; of one that comes twice, the first.
 */
export function zonedTime(c: Clock, zone: string): string {
  const wanted = Date.UTC(c.year, c.month - 1, c.day, c.hour ?? 0, c.minute ?? 0, c.second ?? 0);
  const DAY = 86_400_000;
  // the zone's offsets on both sides of the moment; the earlier moment that fits is the answer
  const offsets = [wanted - DAY, wanted + DAY].map((ms) => wallClock(ms, zone) - ms);
  const moments = offsets.map((offset) => wanted - offset);
  const fitting = moments.filter((ms) => wallClock(ms, zone) === wanted);
  return new Date(fitting.length > 0 ? Math.min(...fitting) : moments[0]!).toISOString();
}

const WRITTEN = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?$/;

/**
 * "2027-05-03 23:59" in the zone, or a moment with its own zone ("2027-05-03T21:59:00Z"). A day
 * alone means its last second.
 * @returns undefined where it is no time
 */
export function readTime(text: string, zone: string): string | undefined {
  const found = WRITTEN.exec(text.trim());
  if (!found) {
    const own = /[Zz]|[+-]\d\d:?\d\d$/.test(text) ? Date.parse(text) : NaN;
    return Number.isNaN(own) ? undefined : new Date(own).toISOString();
  }
  const [year, month, day, ...rest] = found.slice(1).map((t) => (t ? Number(t) : undefined));
  const [hour, minute, second] = rest[0] === undefined ? [23, 59, 59] : rest;
  const exists = new Date(Date.UTC(year!, month! - 1, day!)).getUTCDate() === day;
  if (!exists || month! > 12 || hour! > 23 || minute! > 59 || (second ?? 0) > 59) return undefined;
  return zonedTime({ year: year!, month: month!, day: day!, hour, minute, second }, zone);
}

/** "2027-05-03 23:59", as a clock in the zone shows it. */
export function showTime(iso: string, zone: string): string {
  const shown = new Date(wallClock(Date.parse(iso), zone)).toISOString();
  return `${shown.slice(0, 10)} ${shown.slice(11, 16)}`;
}

const MINUTES_PER_DAY = 1440;
const MINUTE_MS = 60_000;

/** So many minutes later; whole days end when a clock in the zone shows the same time again. */
export function zonedAfter(iso: string, minutes: number, zone: string): string {
  const rest = minutes % MINUTES_PER_DAY;
  const shown = new Date(wallClock(Date.parse(iso), zone) + (minutes - rest) * MINUTE_MS);
  const day = zonedTime(
    {
      year: shown.getUTCFullYear(),
      month: shown.getUTCMonth() + 1,
      day: shown.getUTCDate(),
      hour: shown.getUTCHours(),
      minute: shown.getUTCMinutes(),
      second: shown.getUTCSeconds(),
    },
    zone,
  );
  return new Date(Date.parse(day) + rest * MINUTE_MS).toISOString();
}
