/** PostgreSQL by its address; each class has a schema of its own in the department's database. */
import type { Pool, PoolClient } from "pg";
import {
  DatabaseError,
  loadPackage,
  type Record,
  type Sql,
  type Statements,
  type Value,
} from "./sql.js";

/** The numbers of PostgreSQL's 8-byte integers and counts, which fit into ours. */
const INT8 = 20;

/** ? → $1, $2, …; our statements have no question mark in quotes. */
export function numbered(text: string): string {
  let n = 0;
  return text.replace(/\?/g, () => `$${++n}`);
}

/** The address without its password, for messages. */
export const shown = (url: string) => url.replace(/:\/\/([^:@/]*):[^@/]*@/, "://$1:…@");

function sentence(url: string, e: unknown): Error {
  const { code = "", message } = e as { code?: string; message: string };
  const where = `PostgreSQL at ${shown(url)}`;
  if (["ECONNREFUSED", "ENOTFOUND", "ETIMEDOUT", "EAI_AGAIN"].includes(code)) {
    return new DatabaseError(`${where} does not answer: is it running, and is the address right?`, {
      cause: e,
    });
  }
  return new DatabaseError(`${where}: ${message || code}`, { cause: e });
}

/** @param schema letters, digits and underscores; made when missing */
export async function openPostgres(url: string, schema: string): Promise<Sql> {
  const { default: pg } = await loadPackage("pg", () => import("pg"));
  const types = new pg.TypeOverrides();
  types.setTypeParser(INT8, Number);
  const options = `-c search_path=${schema}`;
  const pool: Pool = new pg.Pool({ connectionString: url, types, options, max: 8 });
  pool.on("error", () => undefined); // a lost idle connection; the next query says more
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (e) {
      throw sentence(url, e);
    }
  };
  const on = (client: Pool | PoolClient) => ({
    kind: "postgres" as const,
    all: (text: string, values: Value[] = []) =>
      guard(async () => (await client.query<Record>(numbered(text), values)).rows),
    run: (text: string, values: Value[] = []) =>
      guard(async () => void (await client.query(numbered(text), values))),
  });
  try {
    await makeSchema(on(pool), schema);
  } catch (e) {
    await pool.end();
    throw e;
  }
  return {
    ...on(pool),
    transaction: (work) => inTransaction(pool, guard, on, "BEGIN", work),
    snapshot: (work) => inTransaction(pool, guard, on, SNAPSHOT, work),
    close: () => pool.end(),
  };
}

/** Creates the schema. Of two processes that do so at once, PostgreSQL fails one: it tries again. */
async function makeSchema(sql: Pick<Statements, "run">, schema: string): Promise<void> {
  const text = `CREATE SCHEMA IF NOT EXISTS ${schema}`;
  try {
    await sql.run(text);
  } catch (e) {
    if (!/pg_namespace/.test((e as Error).message)) throw e;
    await sql.run(text);
  }
}

const SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

type On = (client: PoolClient) => Statements;

async function inTransaction<T>(
  pool: Pool,
  guard: <R>(work: () => Promise<R>) => Promise<R>,
  on: On,
  begin: string,
  work: (sql: Statements) => Promise<T>,
): Promise<T> {
  const client = await guard(() => pool.connect());
  let broken = false;
  try {
    await client.query(begin);
    const result = await work(on(client));
    await client.query("COMMIT");
    return result;
  } catch (e) {
    await client.query("ROLLBACK").catch(() => (broken = true));
    throw e;
  } finally {
    client.release(broken);
  }
}
