/**
 * What a check says beside its report, as data. Whoever reads it finds it in an output, which may come
 * from anyone, so nothing of it is trusted. Runs in pages, too.
 */

/** The type under which an output holds it. */
export const CHECK_MIME = "application/vnd.course.check+json";

/** Data in a check's output, for its buttons. */
export interface CheckData {
  name: string;
  passed: boolean;
  /** Markdown, from vague to concrete. */
  hints: string[];
  /** Number of hints that the report shows already. */
  shown: number;
  /** The report's headline when the exercise passed for the first time. */
  praise?: string;
  /** Present if the student looked at the course's solution. */
  seen?: true;
  /** Where to go after a check that passed. */
  next?: NextStep;
}

/** Another exercise of the notebook, or another lesson's notebook in the same folder. */
export type NextStep = { exercise: string } | { lesson: string; title: string };

const isName = (value: unknown): value is string =>
  typeof value === "string" && /^[A-Za-z_$][\w$]{0,100}$/.test(value);
const MAX_PRAISE_LENGTH = 300;
const MAX_TITLE_LENGTH = 100;

function readNextStep(value: unknown): NextStep | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { exercise, lesson, title } = value as Record<string, unknown>;
  if (isName(exercise)) return { exercise };
  if (typeof lesson !== "string" || !/^[\w-]{1,100}$/.test(lesson)) return undefined;
  return typeof title === "string"
    ? { lesson, title: title.slice(0, MAX_TITLE_LENGTH) }
    : undefined;
}

/** Reads the data of an output; undefined if a check couldn't have written it. */
export function readCheck(value: unknown): CheckData | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { version, name, passed, hints, shown, praise, seen, next } = value as Record<
    string,
    unknown
  >;
  if (version !== 1 || !isName(name) || typeof passed !== "boolean") return undefined;
  if (!Array.isArray(hints) || !hints.every((hint) => typeof hint === "string")) return undefined;
  if (typeof shown !== "number" || !Number.isInteger(shown) || shown < 0) return undefined;
  return {
    name,
    passed,
    hints,
    shown,
    ...(typeof praise === "string" ? { praise: praise.slice(0, MAX_PRAISE_LENGTH) } : {}),
    ...(seen === true ? { seen } : {}),
    next: readNextStep(next),
  };
}
