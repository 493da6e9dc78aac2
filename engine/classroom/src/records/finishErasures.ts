/** The files of erasures: what has to go is noted in the gradebook, and may be done twice. */
import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { writeDurably } from "grader/files";
import { readTable, writeTable } from "../csv.js";
import type { Sql } from "../sql/sql.js";
import { readHashes, writeHashes } from "../web/access.js";

/** As a whole word, so that 1001 isn't found in 10010. */
export function mentions(words: string[]): (text: string) => boolean {
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(${escaped.join("|")})(?![\\p{L}\\p{N}])`, "iu");
  return (text) => words.length > 0 && pattern.test(text);
}

/** What is left to do to the files once the rows are gone. */
export interface FileWork {
  remove: string[];
  /** Tables of which only the rows go that hold one of the words. */
  tables: string[];
  words: string[];
  /** Codes of answers → the code of an equal answer, to which the row of a sheet goes over. */
  equal: { [code: string]: string };
  /** Whose links end. */
  keys: string[];
}

/** Rows that are marked for others, too, stay for them. */
async function removeLines(file: string, { words, equal }: FileWork): Promise<void> {
  const { header, rows } = readTable(readFileSync(file), basename(file));
  const isMentioned = mentions(words);
  const others = rows
    .map(({ cells }) => cells.map((cell) => (Object.hasOwn(equal, cell) ? equal[cell]! : cell)))
    .filter((cells) => !cells.some(isMentioned));
  await writeDurably(file, writeTable([header, ...others]));
}

/** Removes a folder of one student, whose name has the student's id, once it is empty. */
function removeEmpty(folder: string, path: string): void {
  const isOfOne = /-[0-9a-f]{12}$/.test(path);
  if (!isOfOne || !existsSync(join(folder, path))) return;
  if (readdirSync(join(folder, path)).length === 0) rmdirSync(join(folder, path));
}

/** Doing it twice changes nothing. */
async function eraseFiles(folder: string, work: FileWork): Promise<void> {
  for (const path of work.tables) {
    if (existsSync(join(folder, path))) await removeLines(join(folder, path), work);
  }
  for (const path of work.remove) {
    rmSync(join(folder, path), { force: true });
    removeEmpty(folder, dirname(path));
  }
  const hashes = readHashes(folder);
  if (work.keys.some((key) => Object.hasOwn(hashes, key))) {
    const others = Object.entries(hashes).filter(([key]) => !work.keys.includes(key));
    await writeHashes(folder, Object.fromEntries(others));
  }
}

/** SQLite overwrites what is deleted only when it is told to. */
export async function overwriteDeleted(sql: Sql): Promise<void> {
  if (sql.kind === "sqlite") await sql.all("PRAGMA secure_delete = ON");
}

/**
 * SQLite keeps copies of keys in the unused part of its pages, which secure_delete leaves as they
 * are, and what was deleted in its log until it is written back.
 * @returns false while another process reads, so that the log has to stay
 */
async function rewriteDatabase(sql: Sql): Promise<boolean> {
  if (sql.kind !== "sqlite") return true;
  await sql.all("VACUUM");
  const [log] = await sql.all("PRAGMA wal_checkpoint(TRUNCATE)");
  return log?.busy !== 1;
}

/**
 * Finishes erasures that were interrupted: first the files, then what the database keeps beside its
 * rows, where the noted names must be gone already. Whoever opens the class next begins again where
 * this one stopped.
 */
export async function finishErasures(sql: Sql, folder: string): Promise<void> {
  const open = await sql.all("SELECT * FROM erasures WHERE finished = 0 ORDER BY seq");
  if (open.length === 0) return;
  await overwriteDeleted(sql);
  for (const { seq, files } of open) {
    if (files === "") continue; // they are gone
    await eraseFiles(folder, JSON.parse(String(files)) as FileWork);
    await sql.run("UPDATE erasures SET student = '', files = '' WHERE seq = ?", [seq!]);
  }
  if (!(await rewriteDatabase(sql))) return;
  for (const { seq } of open) {
    await sql.run("UPDATE erasures SET finished = 1 WHERE seq = ?", [seq!]);
  }
}
