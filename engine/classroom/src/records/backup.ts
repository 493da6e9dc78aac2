/**
 * course class backup: a folder with the class's files and every row of its gradebook, as of one
 * moment. Rows are JSON, so a backup of either database can be read by a person, and what is taken
 * while a server runs is consistent: rows are read in one snapshot, and files after them, since
 * every row has its file before it is written.
 */
import { createHash } from "node:crypto";
import { existsSync, renameSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import { makeFolders } from "grader/files";
import { type Class, storedFile } from "../class.js";
import { ClassError } from "../given.js";
import { type Identity, readIdentity } from "../identity.js";
import { stepOf } from "../sql/migrations.js";
import { readHandIns } from "../sql/read.js";
import type { Statements } from "../sql/sql.js";
import { now } from "../sql/write.js";
import type { HandIn } from "../types.js";
import { addEvent } from "./events.js";
import { copyFile, listFiles, type StoredFile, writeNew } from "./files.js";
import { readRows, readTables } from "./tables.js";
import { leftovers, temporaryBeside } from "./temporary.js";

export const BACKUP_FILE = "backup.json";
/** Of the class's own files in a backup. */
export const FILES = "files";
export const ROWS = "gradebook";
export const BACKUP_FORMAT = 1;

/** backup.json, which is written last: what a whole backup holds. */
export interface Manifest {
  format: typeof BACKUP_FORMAT;
  title: string;
  identity: Identity;
  /** How far the gradebook was migrated. */
  step: number;
  at: string;
  by: string;
  /** Table → how many rows. */
  tables: { [name: string]: number };
  files: StoredFile[];
}

export interface Backup {
  folder: string;
  manifest: Manifest;
  /** Hand-ins of the gradebook whose files are missing or not what was handed in. */
  damaged: HandIn[];
}

interface Dump {
  step: number;
  tables: Manifest["tables"];
  files: StoredFile[];
  handIns: HandIn[];
}

/** Writes each table's rows, one JSON object per line. */
async function dumpRows(sql: Pick<Statements, "all" | "kind">, folder: string): Promise<Dump> {
  const dump: Dump = { step: await stepOf(sql), tables: {}, files: [], handIns: [] };
  makeFolders(join(folder, ROWS));
  for (const table of await readTables(sql)) {
    const path = `${ROWS}/${table.name}.jsonl`;
    const handle = await open(join(folder, path), "wx", 0o600);
    const hash = createHash("sha256");
    let [rows, bytes] = [0, 0];
    try {
      for await (const row of readRows(sql, table)) {
        const line = Buffer.from(`${JSON.stringify(row)}\n`);
        await handle.write(line);
        hash.update(line);
        bytes += line.length;
        rows++;
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    dump.tables[table.name] = rows;
    dump.files.push({ path, bytes, sha256: hash.digest("hex") });
  }
  dump.handIns = await readHandIns(sql);
  return dump;
}

/** Where the backup goes: nothing is there yet, and it isn't inside of the class. */
function targetOf({ folder }: Class, out: string | undefined): string {
  const time = now().slice(0, 19).replaceAll(":", "-");
  const target = resolve(out ?? `${folder}-backup-${time}`);
  if (`${target}${sep}`.startsWith(`${folder}${sep}`)) {
    throw new ClassError(
      `${target} is inside of the class's folder: choose another one with --out`,
    );
  }
  if (existsSync(target)) {
    throw new ClassError(`${target} is there already: a backup goes to a new folder (--out)`);
  }
  return target;
}

async function fill(classroom: Class, folder: string, by: string): Promise<Omit<Backup, "folder">> {
  const identity = readIdentity(classroom.folder)!;
  const { kind } = classroom.sql;
  const dump = await classroom.sql.snapshot((tx) => dumpRows({ ...tx, kind }, folder));
  const files: StoredFile[] = [];
  for (const path of listFiles(classroom.folder)) {
    const copied = await copyFile(classroom.folder, join(folder, FILES), path);
    if (copied) files.push({ ...copied, path: `${FILES}/${path}` });
  }
  const hashes = new Map(files.map((f) => [f.path, f.sha256]));
  const damaged = dump.handIns.filter(
    (h) => hashes.get(join(FILES, storedFile({ folder: "" }, h))) !== h.sha256,
  );
  const { step, tables } = dump;
  const { title } = classroom.settings;
  const manifest: Manifest = {
    format: BACKUP_FORMAT,
    title,
    identity,
    step,
    at: now(),
    by,
    tables,
    files: [...dump.files, ...files],
  };
  await writeNew(join(folder, BACKUP_FILE), `${JSON.stringify(manifest, null, 1)}\n`);
  return { manifest, damaged };
}

/**
 * @param out a folder that isn't there yet
 * @throws ClassError where it can't be made; then nothing is left
 */
export async function backup(
  classroom: Class,
  { out, by }: { out?: string; by: string },
): Promise<Backup> {
  const target = targetOf(classroom, out);
  makeFolders(dirname(target));
  for (const old of leftovers("backup", target)) rmSync(old, { recursive: true });
  const folder = temporaryBeside("backup", target);
  try {
    const filled = await fill(classroom, folder, by);
    renameSync(folder, target);
    await addEvent(classroom.sql, { action: "backup", detail: `to ${basename(target)}`, by });
    return { folder: target, ...filled };
  } catch (e) {
    rmSync(folder, { recursive: true, force: true });
    throw e;
  }
}
