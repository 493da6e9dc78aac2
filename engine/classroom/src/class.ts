/** A class: its folder, its settings and its open gradebook. */
import { join, resolve } from "node:path";
import { readManifest } from "grader/files";
import {
  checkKind,
  checkOwner,
  claim,
  legacySchema,
  makeIdentity,
  readIdentity,
} from "./identity.js";
import { toLesson, type Lesson } from "./lessons.js";
import { protectFolder } from "./permissions.js";
import { finishErasures } from "./records/finishErasures.js";
import { noteSettings } from "./records/settingsHistory.js";
import { readSettings, type Settings } from "./settings.js";
import { migrate } from "./sql/migrations.js";
import { openPostgres } from "./sql/postgres.js";
import { openSqlite } from "./sql/sqlite.js";
import type { Sql } from "./sql/sql.js";
import type { HandIn } from "./types.js";

export interface Class {
  /** Of the course. */
  root: string;
  /** Of the class. */
  folder: string;
  /** The course's title. */
  course: string;
  settings: Settings;
  /** Those that class.yaml names, in the course's order. */
  lessons: Lesson[];
  sql: Sql;
}

/** The gradebook's file, where there is no PostgreSQL. */
export const GRADEBOOK = "gradebook.sqlite";

async function openGradebook(folder: string, { database, schema }: Settings): Promise<Sql> {
  const url = database ?? process.env.COURSE_DATABASE;
  const known = readIdentity(folder);
  checkKind(folder, known, url);
  const opened = url ? (schema ?? known?.schema ?? legacySchema(folder)) : undefined;
  const sql = opened ? await openPostgres(url!, opened) : await openSqlite(join(folder, GRADEBOOK));
  try {
    const owner = await checkOwner(folder, sql, known, opened);
    const identity = known ?? makeIdentity(folder, sql.kind, { id: owner.id, schema: opened });
    await migrate(sql);
    await claim(sql, identity);
  } catch (e) {
    await sql.close();
    throw e;
  }
  return sql;
}

/**
 * Opens a class; whoever opens it closes `sql`.
 * @throws ClassError, DatabaseError: sentences for whoever runs the class
 */
export async function openClass(root: string, folder: string): Promise<Class> {
  const { course, lessons } = readManifest(root);
  const settings = readSettings(
    folder,
    lessons.map(({ id }) => id),
  );
  const taught = lessons.filter(({ id }) => settings.lessons.has(id)).map(toLesson);
  protectFolder(folder); // before anything else is written there
  const sql = await openGradebook(folder, settings);
  try {
    await finishErasures(sql, folder);
    await noteSettings(sql, folder);
  } catch (e) {
    await sql.close();
    throw e;
  }
  return { root, folder: resolve(folder), course, settings, lessons: taught, sql };
}

const HASH_DIGITS = 12;

/** The name under which the grader's reports have it, without an ending. */
export const storedName = ({ student, sha256 }: Pick<HandIn, "student" | "sha256">) =>
  `${student}-${sha256.slice(0, HASH_DIGITS)}`;

/** The notebook's file, byte for byte as handed in. */
export const storedFile = ({ folder }: Pick<Class, "folder">, handIn: HandIn) =>
  join(folder, "hand-ins", handIn.lesson, `${storedName(handIn)}.ipynb`);

/** The folder of the grader's reports for a lesson: a page for each hand-in, the class files. */
export const reportsFolder = ({ folder }: Pick<Class, "folder">, lesson: string) =>
  join(folder, "reports", lesson);
