/**
 * One thin layer over SQLite and PostgreSQL: plain SQL with ? for values, the same text for both.
 * Text, numbers and null go in and come out; both databases use the same few column types.
 */

export type Value = string | number | null;
export type Record = { [column: string]: Value };

export interface Statements {
  kind: "sqlite" | "postgres";
  all(text: string, values?: Value[]): Promise<Record[]>;
  run(text: string, values?: Value[]): Promise<void>;
}

export interface Sql extends Statements {
  /** Runs `work` in a transaction. It uses the statements that it gets, never the outer ones. */
  transaction<T>(work: (sql: Statements) => Promise<T>): Promise<T>;
  /** Runs `work` on one consistent state of the database, without blocking writers. */
  snapshot<T>(work: (sql: Pick<Statements, "all">) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export type Kind = Sql["kind"];

/** The column that orders the rows of a table as they were added. */
export const numberedRow = (kind: Kind) =>
  kind === "sqlite"
    ? "seq INTEGER PRIMARY KEY AUTOINCREMENT"
    : "seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY";

/** An error of a database, worded as a sentence with its remedy. */
export class DatabaseError extends Error {}

const isMissing = (e: unknown) =>
  /MODULE_NOT_FOUND/.test(String((e as NodeJS.ErrnoException).code)) ||
  /Cannot find (module|package)/.test(String((e as Error).message));

/** Loads an optional package. @throws DatabaseError where it isn't installed */
export async function loadPackage<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (e) {
    if (!isMissing(e)) throw e;
    throw new DatabaseError(
      `the package ${name} is missing, which npm installs where it exists for the system: ` +
        "run npm ci in the course's folder",
      { cause: e },
    );
  }
}

/** Runs one task after the other, whatever becomes of each. */
export function oneByOne(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const next = last.then(task, task);
    last = next.catch(() => undefined);
    return next;
  };
}
