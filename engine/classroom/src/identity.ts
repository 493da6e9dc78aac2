/**
 * A class's identity: class-id.json in its folder and a row in its gradebook name the same id, so a
 * folder may be renamed, and no folder ever writes into the gradebook of another class.
 */
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { ClassError } from "./settings.js";
import type { Sql, Statements } from "./sql/sql.js";

export const IDENTITY_FILE = "class-id.json";

export interface Identity {
  id: string;
  gradebook: Sql["kind"];
  /** The class's schema in PostgreSQL, unless class.yaml names one. */
  schema?: string;
}

const MAX_SCHEMA_LENGTH = 63;
const SUFFIX_LENGTH = 8;

const slugOf = (folder: string) =>
  `class_${basename(resolve(folder))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")}`;

/** The schema of a class of version 0.1.0, which had no identity: the name of its folder. */
export const legacySchema = (folder: string) => slugOf(folder).slice(0, MAX_SCHEMA_LENGTH);

/** @throws ClassError where the file is damaged */
export function readIdentity(folder: string): Identity | undefined {
  const file = join(folder, IDENTITY_FILE);
  if (!existsSync(file)) return undefined;
  try {
    const { id, gradebook, schema } = JSON.parse(readFileSync(file, "utf8")) as Identity;
    if (typeof id === "string" && /^(sqlite|postgres)$/.test(gradebook)) {
      return { id, gradebook, schema };
    }
  } catch {
    // says the same as a file without an id
  }
  throw new ClassError(`${file} is damaged: put it back as your backup has it`);
}

/** Gives the folder an identity, unless another process has just done so. */
export function makeIdentity(
  folder: string,
  gradebook: Sql["kind"],
  { id = randomBytes(16).toString("hex"), schema }: Partial<Identity> = {},
): Identity {
  const suffix = `_${id.slice(0, SUFFIX_LENGTH)}`;
  const own = slugOf(folder).slice(0, MAX_SCHEMA_LENGTH - suffix.length) + suffix;
  const identity: Identity =
    gradebook === "postgres" ? { id, gradebook, schema: schema ?? own } : { id, gradebook };
  try {
    writeFileSync(join(folder, IDENTITY_FILE), `${JSON.stringify(identity)}\n`, { flag: "wx" });
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code !== "EEXIST") throw e;
  }
  return readIdentity(folder) ?? identity;
}

/** @throws ClassError where class.yaml or the environment point to another kind of database */
export function checkKind(folder: string, known: Identity | undefined, url: string | undefined) {
  if (known?.gradebook === "postgres" && !url) {
    throw new ClassError(
      `${folder} keeps its gradebook in PostgreSQL, schema ${known.schema}: set COURSE_DATABASE, ` +
        "or database in class.yaml, to its address",
    );
  }
  if (known?.gradebook === "sqlite" && url) {
    throw new ClassError(
      `${folder} keeps its gradebook in gradebook.sqlite: take database out of class.yaml, or ` +
        "COURSE_DATABASE out of the environment",
    );
  }
}

async function hasTable(sql: Pick<Statements, "all" | "kind">, table: string): Promise<boolean> {
  const [row] =
    sql.kind === "sqlite"
      ? await sql.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?", [table])
      : await sql.all("SELECT to_regclass(?) AS name", [table]);
  return row !== undefined && row.name !== null;
}

interface Owner {
  id?: string;
  /** Whether the gradebook has no students. */
  isEmpty: boolean;
}

/** What a gradebook says about itself, before anything of it is changed. */
async function readOwner(sql: Sql): Promise<Owner> {
  const isEmpty =
    !(await hasTable(sql, "students")) ||
    (await sql.all("SELECT id FROM students LIMIT 1")).length === 0;
  if (!(await hasTable(sql, "class_identity"))) return { isEmpty };
  const [row] = await sql.all("SELECT id FROM class_identity");
  return row ? { id: String(row.id), isEmpty } : { isEmpty };
}

const holdsHandIns = (folder: string) => {
  const handIns = join(folder, "hand-ins");
  return existsSync(handIns) && readdirSync(handIns).length > 0;
};

/**
 * Refuses a gradebook of another class, and an empty one where the folder has hand-ins.
 * @param schema the schema that is open, in PostgreSQL
 * @throws ClassError
 */
export async function checkOwner(
  folder: string,
  sql: Sql,
  known: Identity | undefined,
  schema: string | undefined,
): Promise<Owner> {
  const owner = await readOwner(sql);
  const where = schema === undefined ? "its gradebook.sqlite" : `schema ${schema}`;
  const isOwnSchema = schema === known?.schema;
  const isForeign =
    owner.id === undefined ? known && !isOwnSchema && !owner.isEmpty : owner.id !== known?.id;
  if (isForeign && (known || schema !== undefined)) {
    throw new ClassError(
      `${folder} meets the gradebook of another class in ${where}: put back the ${IDENTITY_FILE} ` +
        "that belongs to it, or begin a class in a new folder by course class init",
    );
  }
  if (owner.isEmpty && owner.id === undefined && holdsHandIns(folder)) {
    const remedy =
      schema === undefined
        ? "put it back as your backup has it"
        : "if the folder was renamed, name its schema in class.yaml (schema: class_old_name), and " +
          "check the database's address";
    throw new ClassError(`${folder} has hand-ins, but ${where} is empty: ${remedy}`);
  }
  return owner;
}

/** Writes the class's id into its gradebook. */
export async function claim(sql: Sql, { id }: Identity): Promise<void> {
  await sql.run("INSERT INTO class_identity (one, id) VALUES (1, ?) ON CONFLICT DO NOTHING", [id]);
  const [row] = await sql.all("SELECT id FROM class_identity");
  if (row?.id !== id) {
    throw new ClassError("another class has just taken this gradebook: choose another schema");
  }
}
