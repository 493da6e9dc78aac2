/**
 * Rubrics: for each question items with points and a sentence. A mark keeps the items that applied;
 * changing an item's points changes the marks that have it.
 */
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { makeFolders, writeDurably } from "grader/files";
import type { Class } from "../class.js";
import { readTable, writeTable } from "../csv.js";
import { gradebook, round } from "../gradebook/rows.js";
import type { Lesson } from "../lessons.js";
import { ClassError } from "../settings.js";
import type { Statements } from "../sql/sql.js";
import { addMark, idOf, now } from "../sql/write.js";
import type { Mark, RubricItem } from "../types.js";

/** Keys of the marking page, where c leads to the comment and n to the next answer. */
const KEYS = "abdefghijklmopqrstuvwxyz";

/** An item with its key, which it keeps as long as the rubric exists. */
export interface KeyedItem extends RubricItem {
  /** Empty where there are more items than keys. */
  key: string;
}

/** Why an item is called d after b. */
export const SKIPPED_KEYS =
  "c and n are no items' letters: while marking in the browser, they lead to the comment and to the " +
  "next answer";

/** The items of a question in the order in which they were added. */
export async function readRubric(
  sql: Pick<Statements, "all">,
  lesson: string,
  question: string,
): Promise<KeyedItem[]> {
  const rows = await sql.all(
    "SELECT * FROM rubric_items WHERE lesson = ? AND question = ? ORDER BY seq",
    [lesson, question],
  );
  const newest = new Map(rows.map((r) => [String(r.item), r]));
  return [...newest].flatMap(([id, r], i) =>
    r.points === null
      ? []
      : { id, points: Number(r.points), sentence: String(r.sentence), key: KEYS[i] ?? "" },
  );
}

const clamp = (points: number, maxPoints: number) =>
  round(Math.min(maxPoints, Math.max(0, points)));

/** What the items give together, within the question's points. */
export const pointsOf = (items: RubricItem[], maxPoints: number): number =>
  clamp(
    items.reduce((sum, { points }) => sum + points, 0),
    maxPoints,
  );

/** Without its key, as marks keep it. */
export const plainItem = ({ id, points, sentence }: RubricItem): RubricItem => ({
  id,
  points,
  sentence,
});

export interface RubricChange {
  /** Of the item that changes; empty adds one. */
  id: string;
  /** Empty removes the item. */
  points: string;
  sentence: string;
  by: string;
}

function questionOf(lesson: Lesson, question: string) {
  const found = lesson.written.find(({ name }) => name === question);
  if (found) return found;
  const names = lesson.written.map(({ name }) => name).join(", ") || "no written questions";
  throw new ClassError(`${lesson.id} has no question ${question}; it has ${names}`);
}

function checkedItem(change: RubricChange, maxPoints: number): RubricItem | undefined {
  const text = change.points.trim().replace(",", ".");
  if (text === "" && change.id !== "") return undefined;
  const points = text === "" ? NaN : Number(text);
  if (!(Math.abs(points) <= maxPoints)) {
    throw new ClassError(
      `the points of a rubric item must be a number from −${maxPoints} to ${maxPoints}, ` +
        `got ${change.points}`,
    );
  }
  const sentence = change.sentence.trim();
  if (sentence === "") throw new ClassError("the sentence that students read is missing");
  return { id: change.id || idOf("item", sentence, now()), points, sentence };
}

/** A mark with an item changed or, where it is gone, removed. */
function changedMark(
  mark: { points: number; items: RubricItem[] },
  before: RubricItem,
  after?: RubricItem,
) {
  const items = mark.items.flatMap((i) => (i.id === before.id ? (after ?? []) : i));
  return { items, points: mark.points - before.points + (after?.points ?? 0) };
}

/**
 * The marks that have the item as they are with it changed, under the name of whoever changes it.
 */
async function changedMarks(
  classroom: Class,
  lesson: Lesson,
  question: { name: string; points: number },
  { id, by, after }: { id: string; by: string; after: RubricItem | undefined },
): Promise<Mark[]> {
  return (await gradebook(classroom, lesson)).flatMap((row) =>
    row.marks.flatMap((mark) => {
      const before = mark.items?.find((item) => item.id === id);
      if (mark.question !== question.name || !before || !row.handIn) return [];
      const changed = changedMark({ points: mark.points, items: mark.items! }, before, after);
      const points = clamp(changed.points, question.points);
      return { ...mark, ...changed, points, handIn: row.handIn.id, by, at: now() };
    }),
  );
}

/** @returns the question and the item as it will be @throws ClassError */
async function checkedChange(
  { sql }: Class,
  lesson: Lesson,
  question: string,
  change: RubricChange,
) {
  const asked = questionOf(lesson, question);
  const known = await readRubric(sql, lesson.id, question);
  if (change.id !== "" && !known.some(({ id }) => id === change.id)) {
    throw new ClassError("this rubric item isn't there any more");
  }
  return { asked, after: checkedItem(change, asked.points) };
}

/** Adds, changes or removes an item, and the marks that have it. @returns how many marks changed */
export async function changeRubric(
  classroom: Class,
  lesson: Lesson,
  question: string,
  change: RubricChange,
): Promise<number> {
  const { asked, after } = await checkedChange(classroom, lesson, question, change);
  const { by, sentence } = change;
  const id = after?.id ?? change.id;
  const marks = await changedMarks(classroom, lesson, asked, { id, by, after });
  await classroom.sql.transaction(async (tx) => {
    await tx.run(
      `INSERT INTO rubric_items (lesson, question, item, points, sentence, by_whom, at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      [lesson.id, question, id, after?.points ?? null, sentence.trim(), by, now()],
    );
    for (const mark of marks) await addMark(tx, mark);
  });
  return marks.length;
}

const HEADER = ["Item", "Question", "Points", "Sentence"];

/** Writes a lesson's rubrics to marks/<lesson>/rubric.csv. @returns the file and how many items */
export async function writeRubric(classroom: Class, lesson: Lesson) {
  const folder = join(classroom.folder, "marks", lesson.id);
  makeFolders(folder);
  const file = join(folder, "rubric.csv");
  const rows: (string | number)[][] = [];
  for (const { name } of lesson.written) {
    const items = await readRubric(classroom.sql, lesson.id, name);
    rows.push(...items.map((i) => [i.id, name, i.points, i.sentence]));
  }
  await writeDurably(file, writeTable([HEADER, ...rows]));
  return { file, items: rows.length };
}

interface TableChange extends RubricChange {
  question: string;
}

/** What a table changes. A row that has been read already changes nothing. */
async function changesIn(
  classroom: Class,
  lesson: Lesson,
  path: string,
  by: string,
): Promise<TableChange[]> {
  const file = basename(path);
  const { header, rows } = readTable(readFileSync(path), file);
  const at = HEADER.map((name) => header.findIndex((h) => h.toLowerCase() === name.toLowerCase()));
  if (at.slice(1).some((i) => i < 0)) {
    throw new ClassError(
      `${file}, line 1: expected ${HEADER.join(", ")}, got ${header.join(", ")}`,
    );
  }
  const changes: TableChange[] = [];
  for (const { cells, line } of rows) {
    const [id = "", question = "", points = "", sentence = ""] = at.map((i) =>
      (cells[i] ?? "").trim(),
    );
    const known = await readRubric(classroom.sql, lesson.id, question);
    const isThere = (i: KeyedItem) =>
      (id === "" || i.id === id) && String(i.points) === points && i.sentence === sentence;
    if (known.some(isThere)) continue;
    const change = { id, question, points, sentence, by };
    try {
      await checkedChange(classroom, lesson, question, change);
    } catch (e) {
      throw e instanceof ClassError ? new ClassError(`${file}, line ${line}: ${e.message}`) : e;
    }
    changes.push(change);
  }
  return changes;
}

/**
 * Reads such a table back: rows without an item are added, rows without points removed.
 * @throws ClassError with the line; then nothing changes
 */
export async function readRubricTable(
  classroom: Class,
  lesson: Lesson,
  path: string,
  by: string,
): Promise<{ items: number; marks: number }> {
  if (!existsSync(path)) throw new ClassError(`${path} does not exist`);
  const changes = await changesIn(classroom, lesson, path, by);
  let marks = 0;
  for (const { question, ...change } of changes) {
    marks += await changeRubric(classroom, lesson, question, change);
  }
  return { items: changes.length, marks };
}
