/** The `name=value` settings of an info line. */
import type { Report } from "./problems.js";

/** Where settings are, for the problems that are reported. */
export interface Place {
  /** What has them: "the exercise layerNorm". */
  what: string;
  line: number;
  report: Report;
}

/** Reads the settings; unknown and malformed ones are reported. */
export function readSettings<T extends string>(
  words: string[],
  known: readonly T[],
  { what, line, report }: Place,
): Partial<Record<T, string>> {
  const settings: Partial<Record<T, string>> = {};
  for (const word of words) {
    const [, key, value] = /^([a-z]+)=(.+)$/.exec(word) ?? [];
    if (key !== undefined && (known as readonly string[]).includes(key)) {
      settings[key as T] = value!;
      continue;
    }
    const possible = known.map((k) => `${k}=…`).join(", ");
    const verb = known.length > 1 ? "are" : "is";
    report(
      line,
      `${what} has no setting ${word}: ${possible} ${verb} possible, without spaces around =`,
    );
  }
  return settings;
}

/** A setting that is a whole number from `low` to `high`; reported when it isn't. */
export function numberSetting(
  name: string,
  value: string | undefined,
  [low, high]: [number, number],
  { what, line, report }: Place,
): number {
  const n = Number(value);
  if (value !== undefined && Number.isInteger(n) && n >= low && n <= high) return n;
  const example = `${name}=${Math.max(low, 3)}`;
  if (value === undefined) {
    report(line, `${what} has no ${name}: write ${example} after its name`);
  } else {
    report(
      line,
      `${name}=${value} of ${what} is not a whole number from ${low} to ${high}: ` +
        `write for example ${example}`,
    );
  }
  return low;
}
