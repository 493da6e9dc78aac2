/**
 * course class restore: a backup becomes a class in a new folder. The backup is checked first, and
 * the folder gets its name last, so a restore that is killed leaves no class rather than half of
 * one. In PostgreSQL the rows go to a schema that nobody uses yet; one that a killed restore has
 * left is dropped by the next.
 */
import {
  createReadStream,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { makeFolders, readManifest } from "grader/files";
import { GRADEBOOK } from "../class.js";
import { ClassError } from "../given.js";
import { IDENTITY_FILE, type Identity } from "../identity.js";
import { protectFolder } from "../permissions.js";
import { readSettings, SETTINGS_FILE, type Settings } from "../settings.js";
import { migrate, NEWEST_STEP } from "../sql/migrations.js";
import { openPostgres } from "../sql/postgres.js";
import type { Record, Sql, Statements } from "../sql/sql.js";
import { openSqlite } from "../sql/sqlite.js";
import { BACKUP_FILE, BACKUP_FORMAT, FILES, type Manifest, ROWS } from "./backup.js";
import { addEvent } from "./events.js";
import { copyFile, sha256Of } from "./files.js";
import { readTables, type Table } from "./tables.js";
import { leftovers, temporaryBeside } from "./temporary.js";

/** Names the schema that a restore fills, until it is done. */
const MARKER = "restoring.json";

function readBackup(folder: string): Manifest {
  const file = join(folder, BACKUP_FILE);
  if (!existsSync(file)) {
    throw new ClassError(`${folder} is not a backup: it has no ${BACKUP_FILE}`);
  }
  let manifest: Manifest;
  try {
    manifest = JSON.parse(readFileSync(file, "utf8")) as Manifest;
  } catch {
    throw new ClassError(`${file} is damaged: take another backup`);
  }
  if (manifest.format !== BACKUP_FORMAT || manifest.step > NEWEST_STEP) {
    throw new ClassError(
      `${folder} was written by a newer release of the course: update this one (git pull)`,
    );
  }
  return manifest;
}

/** @throws ClassError where a file is missing or has changed */
function checkFile(folder: string, { path, sha256 }: Manifest["files"][number]): void {
  const file = join(folder, path);
  const isWhole = existsSync(file) && sha256Of(readFileSync(file)) === sha256;
  if (!isWhole) {
    throw new ClassError(`${file} is missing or has changed since the backup: take another backup`);
  }
}

/** @throws ClassError unless nothing is there */
function checkTarget(target: string): void {
  if (existsSync(target) && readdirSync(target).length > 0) {
    throw new ClassError(
      `${target} is there already: restore to a new folder, and rename the old one before if the ` +
        "new one shall take its place",
    );
  }
}

/** Rows of one statement; both databases take far more values than these have. */
const ROWS_PER_INSERT = 50;

function insertText(kind: Sql["kind"], { name, columns }: Table, rows: number): string {
  const identity = kind === "postgres" && columns.includes("seq") ? " OVERRIDING SYSTEM VALUE" : "";
  const one = `(${columns.map(() => "?").join(", ")})`;
  const all = Array<string>(rows).fill(one).join(", ");
  return `INSERT INTO ${name} (${columns.join(", ")})${identity} VALUES ${all}`;
}

async function insertRows(tx: Statements, table: Table, rows: Record[]): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.flatMap((row) => table.columns.map((column) => row[column] ?? null));
  await tx.run(insertText(tx.kind, table, rows.length), values);
}

/** @returns how many rows there were */
async function loadTable(tx: Statements, file: string, table: Table): Promise<number> {
  if (!existsSync(file)) return 0;
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  let rows: Record[] = [];
  let count = 0;
  for await (const line of lines) {
    rows.push(JSON.parse(line) as Record);
    count++;
    if (rows.length < ROWS_PER_INSERT) continue;
    await insertRows(tx, table, rows);
    rows = [];
  }
  await insertRows(tx, table, rows);
  if (tx.kind === "postgres" && count > 0 && table.columns.includes("seq")) {
    await tx.all(
      `SELECT setval(pg_get_serial_sequence('${table.name}', 'seq'), (SELECT MAX(seq) FROM ${table.name}))`,
    );
  }
  return count;
}

/** Fills an empty database, which is then migrated to what this release knows. */
async function load(sql: Sql, from: string, manifest: Manifest): Promise<void> {
  await migrate(sql, manifest.step);
  await sql.transaction(async (tx) => {
    for (const table of await readTables(tx)) {
      const count = await loadTable(tx, join(from, ROWS, `${table.name}.jsonl`), table);
      if (count !== (manifest.tables[table.name] ?? 0)) {
        throw new ClassError(`${from}: ${table.name} has ${count} rows, not as many as it had`);
      }
    }
  });
  await migrate(sql);
}

/** A schema of PostgreSQL that isn't there yet: the class's own where it is free. */
async function freeSchema(url: string, wanted: string): Promise<string> {
  const sql = await openPostgres(url, "public");
  try {
    const rows = await sql.all("SELECT schema_name AS name FROM information_schema.schemata");
    const taken = new Set(rows.map(({ name }) => name));
    let schema = wanted;
    for (let n = 2; taken.has(schema); n++) schema = `${wanted.slice(0, 58)}_r${n}`;
    return schema;
  } finally {
    await sql.close();
  }
}

async function dropSchema(url: string, schema: string): Promise<void> {
  const sql = await openPostgres(url, "public");
  try {
    await sql.run(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  } finally {
    await sql.close();
  }
}

/** A restored class has a schema of its own, so class.yaml must not name the old one. */
function forgetSchema(folder: string): void {
  const file = join(folder, SETTINGS_FILE);
  const text = readFileSync(file, "utf8");
  const changed = text.replace(/^schema:.*$/m, (line) => `# ${line} (before it was restored)`);
  if (changed !== text) writeFileSync(file, changed);
}

function urlOf({ database }: Settings): string {
  const url = database ?? process.env.COURSE_DATABASE;
  if (url !== undefined) return url;
  throw new ClassError(
    "this class keeps its gradebook in PostgreSQL: set COURSE_DATABASE to its address",
  );
}

/** Opens the empty gradebook of the new class, which is written into its identity. */
async function openNew(folder: string, settings: Settings, identity: Identity): Promise<Sql> {
  if (identity.gradebook === "sqlite") return openSqlite(join(folder, GRADEBOOK));
  const url = urlOf(settings);
  const schema = await freeSchema(url, settings.schema ?? identity.schema!);
  writeFileSync(join(folder, MARKER), JSON.stringify({ schema }), { mode: 0o600 });
  forgetSchema(folder);
  writeFileSync(join(folder, IDENTITY_FILE), `${JSON.stringify({ ...identity, schema })}\n`);
  return openPostgres(url, schema);
}

/** Drops the schema that a restore has begun to fill, and the folder. */
async function discard(folder: string, lessons: string[]): Promise<void> {
  const marker = join(folder, MARKER);
  if (existsSync(marker)) {
    const { schema } = JSON.parse(readFileSync(marker, "utf8")) as { schema: string };
    await dropSchema(urlOf(readSettings(folder, lessons)), schema);
    // before class.yaml goes: whoever discards what is left of the folder needs no database then
    rmSync(marker);
  }
  rmSync(folder, { recursive: true, force: true });
}

async function fill(root: string, from: string, folder: string, manifest: Manifest, by: string) {
  for (const file of manifest.files) {
    checkFile(from, file);
    if (!file.path.startsWith(`${FILES}/`)) continue;
    await copyFile(join(from, FILES), folder, file.path.slice(FILES.length + 1));
  }
  const lessons = readManifest(root).lessons.map(({ id }) => id);
  const sql = await openNew(folder, readSettings(folder, lessons), manifest.identity);
  try {
    await load(sql, from, manifest);
    await addEvent(sql, { action: "restore", detail: `as it was at ${manifest.at}`, by });
  } finally {
    await sql.close();
  }
}

/**
 * @param from the folder of a backup
 * @param to the class's folder, which isn't there yet or is empty
 * @throws ClassError where the backup is damaged or something is in the way; then nothing is left
 */
export async function restore(
  root: string,
  from: string,
  to: string,
  by: string,
): Promise<Manifest> {
  const target = resolve(to);
  const manifest = readBackup(from);
  checkTarget(target);
  makeFolders(dirname(target));
  const lessons = readManifest(root).lessons.map(({ id }) => id);
  for (const old of leftovers("restore", target)) await discard(old, lessons);
  const folder = temporaryBeside("restore", target);
  try {
    await fill(root, from, folder, manifest, by);
    protectFolder(folder);
    renameSync(folder, target);
  } catch (e) {
    await discard(folder, lessons);
    throw e;
  }
  rmSync(join(target, MARKER), { force: true });
  return manifest;
}
