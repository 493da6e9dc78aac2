/**
 * Who has which answer open, so that people who mark at once get different ones. A claim ends after
 * some minutes, or when its owner opens another answer of the question.
 */
import type { Sql } from "../sql/sql.js";
import type { AnswerGroup } from "./groups.js";

const CLAIM_MINUTES = 15;

interface Question {
  lesson: string;
  question: string;
}

/** Answers that others have open, with their names. */
export async function readClaims(
  sql: Pick<Sql, "all">,
  { lesson, question }: Question,
  by: string,
  time = Date.now(),
): Promise<Map<string, string>> {
  const rows = await sql.all(
    `SELECT answer, by_whom FROM marking_claims
     WHERE lesson = ? AND question = ? AND by_whom <> ? AND ends > ?`,
    [lesson, question, by, new Date(time).toISOString()],
  );
  return new Map(rows.map((r) => [String(r.answer), String(r.by_whom)]));
}

/** Takes an answer, unless somebody else has it. @returns whether it is taken */
export async function claim(
  sql: Pick<Sql, "all" | "run">,
  { lesson, question }: Question,
  answer: string,
  by: string,
  time = Date.now(),
): Promise<boolean> {
  const ends = new Date(time + CLAIM_MINUTES * 60_000).toISOString();
  await sql.run(
    `INSERT INTO marking_claims (lesson, question, answer, by_whom, ends) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (lesson, question, answer)
     DO UPDATE SET by_whom = excluded.by_whom, ends = excluded.ends
     WHERE marking_claims.by_whom = excluded.by_whom OR marking_claims.ends <= ?`,
    [lesson, question, answer, by, ends, new Date(time).toISOString()],
  );
  const [row] = await sql.all(
    "SELECT by_whom FROM marking_claims WHERE lesson = ? AND question = ? AND answer = ?",
    [lesson, question, answer],
  );
  if (row?.by_whom !== by) return false;
  await sql.run(
    "DELETE FROM marking_claims WHERE lesson = ? AND question = ? AND by_whom = ? AND answer <> ?",
    [lesson, question, by, answer],
  );
  return true;
}

/** Takes the first answer without a mark that nobody else has open. */
export async function claimNext(
  sql: Pick<Sql, "all" | "run">,
  question: Question,
  groups: AnswerGroup[],
  by: string,
  time = Date.now(),
): Promise<AnswerGroup | undefined> {
  const taken = await readClaims(sql, question, by, time);
  for (const group of groups.filter(({ key, open }) => open > 0 && !taken.has(key))) {
    if (await claim(sql, question, group.key, by, time)) return group;
  }
  return undefined;
}
