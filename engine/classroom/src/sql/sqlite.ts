/** SQLite in a file beside the class: durable after each transaction, whatever ends the process. */
import {
  DatabaseError,
  loadPackage,
  oneByOne,
  type Record,
  type Sql,
  type Statements,
  type Value,
} from "./sql.js";

/** Milliseconds to wait for another process that writes. */
const BUSY_TIMEOUT_MS = 20_000;

interface Statement {
  run(...values: Value[]): unknown;
  all(...values: Value[]): unknown[];
}
interface Database {
  prepare(text: string): Statement;
  exec(text: string): void;
  close(): void;
}

const REMEDIES: { [code: string]: string } = {
  SQLITE_CORRUPT: "is damaged; put a copy of it in its place, as your backup has it",
  SQLITE_NOTADB: "is not a database; put a copy of the right one in its place",
  SQLITE_FULL: "cannot grow, since the disk is full; free some space and run the command again",
  SQLITE_READONLY: "may not be written by this user",
  SQLITE_CANTOPEN: "cannot be opened; look at the folder's permissions",
  SQLITE_BUSY: "is in use by another command; wait until it has finished",
};

function sentence(file: string, e: unknown): Error {
  const { code = "", message } = e as { code?: string; message: string };
  const known = Object.keys(REMEDIES).find((k) => code.startsWith(k));
  if (known) return new DatabaseError(`${file} ${REMEDIES[known]}`, { cause: e });
  return code.startsWith("SQLITE")
    ? new DatabaseError(`${file}: ${message}`, { cause: e })
    : (e as Error);
}

/** @throws DatabaseError */
export async function openSqlite(file: string): Promise<Sql> {
  const { default: Driver } = await loadPackage("libsql", () => import("libsql"));
  const guard = <T>(work: () => T): T => {
    try {
      return work();
    } catch (e) {
      throw sentence(file, e);
    }
  };
  const db: Database = guard(() => {
    const opened = new Driver(file, { timeout: BUSY_TIMEOUT_MS }) as unknown as Database;
    opened.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
    return opened;
  });
  const kind = "sqlite" as const;
  const all = async (text: string, values: Value[] = []) =>
    guard(() => db.prepare(text).all(...values) as Record[]);
  const run = async (text: string, values: Value[] = []) =>
    void guard(() => db.prepare(text).run(...values));
  const inTurn = oneByOne();
  const between = <T>(begin: string, work: (sql: Statements) => Promise<T>) =>
    inTurn(async () => {
      guard(() => db.exec(begin));
      try {
        const result = await work({ kind, all, run });
        guard(() => db.exec("COMMIT"));
        return result;
      } catch (e) {
        db.exec("ROLLBACK");
        throw e;
      }
    });
  return {
    kind,
    all: (text, values) => inTurn(() => all(text, values)),
    run: (text, values) => inTurn(() => run(text, values)),
    transaction: (work) => between("BEGIN IMMEDIATE", work),
    snapshot: (work) => between("BEGIN", work),
    close: async () => db.close(),
  };
}
