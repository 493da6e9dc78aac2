/**
 * Answers that are equal are one group, which is marked once: the mark goes to each student's
 * answer, as if it had been given there.
 */
import { answersOf, type Answer } from "../gradebook/marks.js";
import type { Sql } from "../sql/sql.js";
import { addMark, idOf, now } from "../sql/write.js";
import type { Mark, Row } from "../types.js";

export interface AnswerGroup {
  /**
   * Names the group in claims; made of the text alone, so a further equal answer changes nothing.
   */
  key: string;
  /** Of its first answer. */
  code: string;
  question: string;
  text: string;
  maxPoints: number;
  answers: Answer[];
  /** The newest mark of one of them. */
  mark?: Mark;
  /** Answers without a mark. */
  open: number;
}

/** Spaces and line ends don't tell answers apart. */
const textOf = (text: string) => text.normalize("NFC").trim().replace(/\s+/g, " ");

const newestMark = (answers: Answer[]): Mark | undefined =>
  answers
    .flatMap(({ mark }) => mark ?? [])
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .at(0);

/** In the order of their codes, which says nothing about students. */
export function groupsOf(answers: Answer[]): AnswerGroup[] {
  const groups = new Map<string, Answer[]>();
  for (const answer of answers) {
    const key = idOf("equal", answer.question, textOf(answer.text));
    groups.set(key, [...(groups.get(key) ?? []), answer]);
  }
  return [...groups].map(([key, all]) => {
    const { code, question, text, maxPoints } = all[0]!;
    const open = all.filter(({ mark }) => !mark).length;
    return { key, code, question, text, maxPoints, answers: all, mark: newestMark(all), open };
  });
}

/** The groups of a question among these rows. */
export const groupsIn = (rows: Row[], question: string): AnswerGroup[] =>
  groupsOf(answersOf(rows).filter((a) => a.question === question));

/** The group that has the answer with this code. */
export const groupWith = (groups: AnswerGroup[], code: string | undefined) =>
  groups.find(({ answers }) => answers.some((a) => a.code === code));

export type Given = Pick<Mark, "points" | "comment" | "items" | "by">;

const sameMark = (a: Mark | undefined, b: Given): boolean =>
  a?.points === b.points &&
  a.comment === b.comment &&
  JSON.stringify(a.items ?? []) === JSON.stringify(b.items ?? []);

/** Marks each answer of these groups whose mark is another, all or none. @returns how many */
export async function markGroups(
  sql: Sql,
  all: { group: AnswerGroup; given: Given }[],
): Promise<number> {
  const marks = all.flatMap(({ group, given }) =>
    group.answers
      .filter(({ mark }) => !sameMark(mark, given))
      .map(({ handIn, question }): Mark => ({ handIn, question, ...given, at: now() })),
  );
  await sql.transaction(async (tx) => {
    for (const mark of marks) await addMark(tx, mark);
  });
  return marks.length;
}
