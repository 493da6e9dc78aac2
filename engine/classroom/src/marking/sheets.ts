/**
 * course class marks: a sheet for each written question, answers without names, equal ones in one
 * row, to be filled in and read back. The statement, which holds the rubric, lies beside it.
 */
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { makeFolders, writeDurably } from "grader/files";
import type { Class } from "../class.js";
import { readTable, writeTable, type TableRow } from "../csv.js";
import { answersOf, statementOf } from "../gradebook/marks.js";
import { gradebook } from "../gradebook/rows.js";
import type { Lesson } from "../lessons.js";
import { ClassError } from "../settings.js";
import type { Mark } from "../types.js";
import { groupsIn, groupsOf, groupWith, markGroups, type AnswerGroup } from "./groups.js";
import { plainItem, pointsOf, readRubric, SKIPPED_KEYS, type KeyedItem } from "./rubric.js";

const HEADER = ["Code", "Question", "Answer", "Of", "Points", "Comment", "Equal", "Rubric"];

export interface Sheet {
  question: string;
  file: string;
  answers: number;
  /** Those that have no mark. */
  open: number;
}

function sheetRow(group: AnswerGroup, rubric: KeyedItem[]) {
  const { code, question, text, maxPoints, answers, open } = group;
  const mark = open > 0 ? undefined : group.mark; // a group with new answers is to be looked at
  const applied = new Set(mark?.items?.map(({ id }) => id));
  const keys = rubric.filter(({ id }) => applied.has(id)).map(({ key }) => key);
  const given = [mark?.points, mark?.comment, answers.length, keys.join("")];
  return [code, question, text, maxPoints, ...given];
}

const rubricText = (rubric: KeyedItem[]): string =>
  rubric.length === 0
    ? ""
    : `\n\nRubric (column Rubric takes the letters; ${SKIPPED_KEYS}):\n` +
      rubric.map((i) => `- ${i.key}: ${i.points}: ${i.sentence}`).join("\n");

/** Writes the sheets to marks/<lesson>/. Marks that were given are in them. */
export async function writeSheets(classroom: Class, lesson: Lesson): Promise<Sheet[]> {
  const rows = await gradebook(classroom, lesson);
  const folder = join(classroom.folder, "marks", lesson.id);
  makeFolders(folder);
  const sheets: Sheet[] = [];
  for (const { name: question } of lesson.written) {
    const groups = groupsIn(rows, question);
    const rubric = await readRubric(classroom.sql, lesson.id, question);
    const table = groups.map((group) => sheetRow(group, rubric));
    const file = join(folder, `${question}.csv`);
    await writeDurably(file, writeTable([HEADER, ...table]));
    const statement = statementOf(classroom.root, lesson.id, question) + rubricText(rubric);
    await writeDurably(join(folder, `${question}.md`), statement);
    const answers = groups.reduce((sum, group) => sum + group.answers.length, 0);
    const open = groups.reduce((sum, group) => sum + group.open, 0);
    sheets.push({ question, file, answers, open });
  }
  return sheets;
}

interface Columns {
  code: number;
  points: number;
  comment: number;
  rubric: number;
}

type GivenMark = Pick<Mark, "points" | "comment" | "items">;

function itemsOf(letters: string, rubric: KeyedItem[], where: string) {
  return [...letters.toLowerCase().replace(/[\s,;]/g, "")].map((letter) => {
    const item = rubric.find(({ key }) => key === letter);
    if (item) return plainItem(item);
    const why = "cn".includes(letter) ? `; ${SKIPPED_KEYS}` : "";
    throw new ClassError(`${where}, column Rubric: there is no item ${letter}${why}`);
  });
}

function markOf(
  { line, cells }: TableRow,
  columns: Columns,
  { maxPoints }: AnswerGroup,
  { file, rubric }: { file: string; rubric: KeyedItem[] },
): GivenMark {
  const items = itemsOf(cells[columns.rubric] ?? "", rubric, `${file}, line ${line}`);
  const text = (cells[columns.points] ?? "").replace(",", ".");
  const points = text === "" ? pointsOf(items, maxPoints) : Number(text);
  if (points >= 0 && points <= maxPoints) {
    const comment = cells[columns.comment] ?? "";
    return items.length > 0 ? { points, comment, items } : { points, comment };
  }
  throw new ClassError(
    `${file}, line ${line}, column Points: expected a number from 0 to ${maxPoints}, got ${text}`,
  );
}

function columnsOf(header: string[], file: string): Columns {
  const at = (name: string) => header.findIndex((h) => h.toLowerCase() === name);
  const columns = {
    code: at("code"),
    points: at("points"),
    comment: at("comment"),
    rubric: at("rubric"),
  };
  if (columns.code >= 0 && columns.points >= 0) return columns;
  throw new ClassError(
    `${file}, line 1: expected the columns Code and Points, got ${header.join(", ")}`,
  );
}

interface Change {
  line: number;
  group: AnswerGroup;
  given: GivenMark;
}

/** Rows of older sheets may name equal answers one by one; then they must agree. */
function addChange(changes: Map<string, Change>, change: Change, file: string): void {
  const known = changes.get(change.group.key);
  if (known && JSON.stringify(known.given) !== JSON.stringify(change.given)) {
    throw new ClassError(
      `${file}, lines ${known.line} and ${change.line}: the answers are equal and the marks are not`,
    );
  }
  changes.set(change.group.key, change);
}

/** What a sheet says about groups, by their keys. */
async function changesIn(
  classroom: Class,
  lesson: Lesson,
  path: string,
  groups: AnswerGroup[],
): Promise<Change[]> {
  const file = basename(path);
  const { header, rows } = readTable(readFileSync(path), file);
  const columns = columnsOf(header, file);
  const changes = new Map<string, Change>();
  for (const row of rows) {
    if (!row.cells[columns.points] && !row.cells[columns.rubric]) continue; // not marked yet
    const code = row.cells[columns.code] ?? "";
    const group = groupWith(groups, code.toUpperCase());
    if (!group) {
      throw new ClassError(
        `${file}, line ${row.line}, column Code: ${code} is no answer of this lesson ` +
          "that counts; a newer hand-in may have taken its place: write the sheets again",
      );
    }
    const rubric = await readRubric(classroom.sql, lesson.id, group.question);
    const given = markOf(row, columns, group, { file, rubric });
    addChange(changes, { line: row.line, group, given }, file);
  }
  return [...changes.values()];
}

/**
 * Reads a sheet back; rows without points wait.
 * @returns how many marks are new or other than before
 * @throws ClassError with line and column; then nothing is added
 */
export async function readSheet(
  classroom: Class,
  lesson: Lesson,
  file: string,
  by: string,
): Promise<number> {
  if (!existsSync(file)) throw new ClassError(`${file} does not exist`);
  const groups = groupsOf(answersOf(await gradebook(classroom, lesson)));
  const changes = await changesIn(classroom, lesson, file, groups);
  const all = changes.map(({ group, given }) => ({ group, given: { ...given, by } }));
  return markGroups(classroom.sql, all);
}
