/** Whose a hand-in is: the student of the roster that a place points to, or why none. */
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
  for (const student of students) {
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

/** A match, or the end of a sentence about the place. */
export type Match = { student: Student } | { reason: string };
export type Matcher = (who: StudentHint) => Match;

const WORDS = ["id", "number", "login", "email", "canvasId"] as const;

/** Of a name such as 1234567_06-attention, the part that is a student's. */
function byWord(find: Finder, word: string): Student[] {
  const whole = WORDS.map((f) => find.by(f, word)).find(Boolean);
  if (whole) return [whole];
  const parts = word.split(/[\s_]+/).flatMap((p) => WORDS.map((f) => find.by(f, p)) ?? []);
  const found = [...new Set(parts.filter((s) => s !== undefined))];
  return found.length > 0 ? found : find.named(word);
}

function oneOf(found: Student[], what: string): Match {
  if (found.length === 1) return { student: found[0]! };
  if (found.length === 0) return { reason: `${what} is not in the roster` };
  const who = found.map(({ name, id }) => `${name} (${id})`).join(" and ");
  return { reason: `${what} may be ${who}` };
}

/** @param worksheet Moodle's participant number → what its worksheet says of somebody */
export function matcher(
  students: Student[],
  worksheet: Map<string, StudentHint> = new Map(),
): Matcher {
  const find = finder(students);
  const match = (who: StudentHint): Match => {
    const listed = who.participant === undefined ? undefined : worksheet.get(who.participant);
    if (listed) return match(listed);
    const known =
      find.by("email", who.email) ??
      find.by("number", who.number) ??
      find.by("canvasId", who.canvasId) ??
      find.by("login", who.email);
    if (known) return { student: known };
    if (who.anyId !== undefined) return oneOf(byWord(find, who.anyId), who.anyId);
    const name = who.name ?? "";
    if (/^participant$/i.test(name)) {
      return { reason: "is anonymous; --worksheet names Moodle's grading worksheet, which knows" };
    }
    const found = find.named(name);
    // a roster from Canvas knows everybody's number there, so a name alone is somebody else's
    const knows = who.canvasId !== undefined && found.some((s) => s.canvasId !== "");
    if (knows) {
      return { reason: `${who.canvasId} is not in the roster, though the name ${name} is` };
    }
    return oneOf(found, name || "the submitter");
  };
  return match;
}
