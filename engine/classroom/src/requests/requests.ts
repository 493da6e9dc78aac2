/** Students' requests to look at a published grade again, and the answers to them. */
import type { Class } from "../class.js";
import { readPublishedOf } from "../gradebook/published.js";
import type { Lesson } from "../lessons.js";
import { readPublications } from "../sql/read.js";
import { ClassError } from "../settings.js";
import type { Statements } from "../sql/sql.js";
import { idOf, now } from "../sql/write.js";
import { showTime, zonedAfter } from "../time.js";

export interface ReviewRequest {
  id: string;
  lesson: string;
  student: string;
  /** An exercise or a written question; empty for the lesson as a whole. */
  about: string;
  message: string;
  at: string;
  /** The newest answer. */
  answer?: { message: string; by: string; at: string };
}

const MAX_LENGTH = 3000;
const MAX_OPEN = 5;
const MINUTES_PER_DAY = 1440;
const ID_DIGITS = 8;

type Reading = Pick<Statements, "all">;
const text = String;

/** Older ones first. @param student whose; all where it isn't given */
export async function readRequests(sql: Reading, student?: string): Promise<ReviewRequest[]> {
  const [where, values] = student === undefined ? ["", []] : ["WHERE q.student = ?", [student]];
  const rows = await sql.all(`SELECT q.* FROM requests q ${where} ORDER BY q.seq`, values);
  const answers = await sql.all(
    `SELECT a.* FROM request_answers a JOIN requests q ON q.id = a.request ${where} ORDER BY a.seq`,
    values,
  );
  const newest = new Map(answers.map((a) => [a.request, a]));
  return rows.map((r) => {
    const answer = newest.get(r.id!);
    return {
      id: text(r.id),
      lesson: text(r.lesson),
      student: text(r.student),
      about: text(r.about),
      message: text(r.message),
      at: text(r.at),
      ...(answer && {
        answer: { message: text(answer.message), by: text(answer.by_whom), at: text(answer.at) },
      }),
    };
  });
}

function checkedMessage(message: string, what: string): string {
  const trimmed = message.trim();
  if (trimmed === "") throw new ClassError(`${what} is missing`);
  if (trimmed.length <= MAX_LENGTH) return trimmed;
  throw new ClassError(`${what} has ${trimmed.length} characters; ${MAX_LENGTH} are allowed`);
}

/**
 * Until when a student may ask about a lesson: so many days after the student first saw what is
 * published now. Undefined where class.yaml sets no limit.
 */
export async function askUntil(
  { sql, settings: { requestDays, timeZone } }: Pick<Class, "sql" | "settings">,
  lesson: Lesson,
  student: string,
): Promise<string | undefined> {
  if (requestDays === undefined) return undefined;
  const decided = await sql.all(
    "SELECT published, at FROM publications WHERE lesson = ? ORDER BY seq",
    [lesson.id],
  );
  const held = decided.findLastIndex(({ published }) => published !== 1);
  const shown = decided[held + 1];
  if (!shown) return undefined;
  const row = (await readPublishedOf(sql, student)).get(lesson.id);
  const from = [text(shown.at), row?.at ?? ""].sort()[1]!;
  return zonedAfter(from, requestDays * MINUTES_PER_DAY, timeZone);
}

/** What a request may be about. */
export const subjectsOf = ({ exercises, written }: Lesson): string[] =>
  [...exercises, ...written].map(({ name }) => name);

/** @throws ClassError where grades are held back, it is too late, or this is asked already */
export async function ask(
  { sql, settings }: Class,
  lesson: Lesson,
  { student, about, message }: Pick<ReviewRequest, "student" | "about" | "message">,
): Promise<void> {
  if (about !== "" && !subjectsOf(lesson).includes(about)) {
    throw new ClassError(`${lesson.title} has nothing that is called ${about}`);
  }
  const given = checkedMessage(message, "what should be looked at again");
  if (!(await readPublications(sql)).get(lesson.id)?.published) {
    throw new ClassError(
      "these grades are not published yet, so there is nothing to look at again",
    );
  }
  const until = await askUntil({ sql, settings }, lesson, student);
  if (until !== undefined && until < now()) {
    throw new ClassError(
      `requests about this were possible until ${showTime(until, settings.timeZone)}`,
    );
  }
  await sql.transaction(async (tx) => {
    const open = (await readRequests(tx, student)).filter(({ answer }) => !answer);
    if (open.some((r) => r.lesson === lesson.id && r.about === about)) {
      throw new ClassError("you have asked about this already: wait for the answer");
    }
    if (open.length >= MAX_OPEN) {
      throw new ClassError(`${MAX_OPEN} of your requests wait for an answer: wait for one of them`);
    }
    const at = now();
    await tx.run(
      "INSERT INTO requests (id, lesson, student, about, message, at) VALUES (?, ?, ?, ?, ?, ?)",
      [
        idOf("request", student, lesson.id, about, given, at).slice(0, ID_DIGITS),
        lesson.id,
        student,
        about,
        given,
        at,
      ],
    );
  });
}

/** Answers a request, or answers it again. @returns the request as it was */
export async function answerRequest(
  { sql }: Class,
  id: string,
  { message, by }: { message: string; by: string },
): Promise<ReviewRequest> {
  const found = (await readRequests(sql)).find((r) => r.id === id);
  if (!found) throw new ClassError(`there is no request ${id}; course class requests lists them`);
  await sql.run("INSERT INTO request_answers (request, message, by_whom, at) VALUES (?, ?, ?, ?)", [
    id,
    checkedMessage(message, "the answer"),
    by,
    now(),
  ]);
  return found;
}
