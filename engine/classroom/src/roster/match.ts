/** Finds the student of the roster that a path points to, or says why there is none. */
import type { StudentHint } from "../collect/layouts.js";
import type { Student } from "../types.js";

/** Letters and digits only, in small letters. */
const squash = (text: string) =>
  text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
/** Also without accents, as some systems write names. */
const fold = (text: string) => squash(text.normalize("NFD").replace(/\p{M}/gu, ""));

/** A name in every order that platforms show it: "ada lovelace", "lovelace ada". */
function orders(name: string): string[] {
  const words = name.split(/[\s,]+/).filter(Boolean);
  return words.map((_, i) => [...words.slice(i), ...words.slice(0, i)].join(" "));
}

type Ids = "number" | "email" | "canvasId" | "login" | "id";
interface Finder {
  by(field: Ids, value: string | undefined): Student | undefined;
  named(name: string): Student[];
}

function finder(students: Student[]): Finder {
  const ids = new Map<string, Student>();
  const names = new Map<string, Student[]>();
  const add = (key: string, student: Student) => {
    const all = names.get(key) ?? [];
    if (!all.includes(student)) names.set(key, [...all, student]);
  };
  // an address may have passed from a student who left to another one
  const activeLast = [...students].sort((a, b) => Number(a.active) - Number(b.active));
  for (const student of activeLast) {
    for (const field of ["number", "email", "canvasId", "login", "id"] as const) {
      const value = student[field].toLowerCase();
      if (value) ids.set(`${field} ${value}`, student);
    }
    for (const order of orders(student.name)) {
      add(`exact ${squash(order)}`, student);
      add(`folded ${fold(order)}`, student);
    }
  }
  return {
    by: (field, value) => (value ? ids.get(`${field} ${value.toLowerCase()}`) : undefined),
    named: (name) => names.get(`exact ${squash(name)}`) ?? names.get(`folded ${fold(name)}`) ?? [],
  };
}

/** The student, or a predicate that ends a sentence about the path. */
export type Match = { student: Student } | { reason: string };
export type Matcher = (hint: StudentHint) => Match;

const ID_FIELDS = ["id", "number", "login", "email", "canvasId"] as const;

/**
 * The students that a name such as 1234567_06-attention or "Ada Lovelace 1001" points to. Whoever
 * its words name counts beside whoever its numbers name, so a contradiction isn't decided here.
 */
function byAnyId(find: Finder, name: string): Student[] {
  const whole = ID_FIELDS.map((f) => find.by(f, name)).find(Boolean);
  if (whole) return [whole];
  const parts = name.split(/[\s_]+/);
  const isId = (part: string) => ID_FIELDS.some((f) => find.by(f, part));
  const ids = parts.flatMap((p) => ID_FIELDS.map((f) => find.by(f, p)));
  const words = parts.filter((p) => !isId(p) && /^\P{N}+$/u.test(p)).join(" ");
  const found = new Set(ids.filter((s) => s !== undefined));
  if (found.size === 0) return find.named(name);
  for (const student of find.named(words)) found.add(student);
  return [...found];
}

function oneOf(found: Student[], what: string): Match {
  if (found.length === 1) return { student: found[0]! };
  if (found.length === 0) return { reason: `${what} is not in the roster` };
  const who = found.map(({ name, id }) => `${name} (${id})`).join(" and ");
  return { reason: `${what} may be ${who}` };
}

/** Finds a student by a whole number, login, email, Canvas ID, name or id of ours, and by no part. */
export function wholeMatcher(students: Student[]): (text: string) => Match {
  const find = finder(students);
  return (text) => {
    const ids = ID_FIELDS.map((f) => find.by(f, text)).filter((s) => s !== undefined);
    return oneOf(ids.length > 0 ? [...new Set(ids)] : find.named(text), text);
  };
}

/** @param worksheet Moodle's participant number → what its worksheet says of somebody */
export function matcher(
  students: Student[],
  worksheet: Map<string, StudentHint> = new Map(),
): Matcher {
  const find = finder(students);
  const match = (hint: StudentHint): Match => {
    const listed = hint.participant === undefined ? undefined : worksheet.get(hint.participant);
    if (listed) return match(listed);
    const known = [
      find.by("number", hint.number),
      find.by("email", hint.email) ?? find.by("login", hint.email),
      find.by("canvasId", hint.canvasId),
    ].filter((s) => s !== undefined);
    if (known.length > 0) {
      const evidence = [hint.number, hint.email, hint.canvasId].filter(Boolean).join(", ");
      return oneOf([...new Set(known)], evidence);
    }
    if (hint.anyId !== undefined) return oneOf(byAnyId(find, hint.anyId), hint.anyId);
    const name = hint.name ?? "";
    if (/^participant$/i.test(name)) {
      return { reason: "is anonymous; --worksheet names Moodle's grading worksheet, which knows" };
    }
    const found = find.named(name);
    // a roster from Canvas knows everybody's number there, so a name alone is somebody else's
    const knows = hint.canvasId !== undefined && found.some((s) => s.canvasId !== "");
    if (knows) {
      return { reason: `${hint.canvasId} is not in the roster, though the name ${name} is` };
    }
    return oneOf(found, name || "the submitter");
  };
  return match;
}
