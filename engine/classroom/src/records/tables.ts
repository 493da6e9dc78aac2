/**
 * The gradebook's tables as the database itself describes them, so that a backup, a student's data
 * and an erasure leave out no table that a later migration adds.
 */
import type { Record, Statements, Value } from "../sql/sql.js";

type Reading = Pick<Statements, "all" | "kind">;

export interface Table {
  name: string;
  columns: string[];
}

/** What the database keeps for itself, and how far it is migrated. */
const isOwn = (name: string) => /^sqlite_|^libsql_|^migrations$/.test(name);

async function readColumns(sql: Reading): Promise<{ table: string; column: string }[]> {
  const text =
    sql.kind === "sqlite"
      ? `SELECT m.name AS table_name, c.name AS column_name
         FROM sqlite_master m JOIN pragma_table_info(m.name) c
         WHERE m.type = 'table' ORDER BY m.name, c.cid`
      : `SELECT table_name, column_name FROM information_schema.columns
         WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position`;
  const rows = await sql.all(text);
  return rows.map((r) => ({ table: String(r.table_name), column: String(r.column_name) }));
}

/** Table → the tables that its rows refer to. */
async function readReferences(sql: Reading): Promise<Map<string, string[]>> {
  const text =
    sql.kind === "sqlite"
      ? `SELECT m.name AS table_name, f."table" AS target
         FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'`
      : `SELECT c.relname AS table_name, t.relname AS target
         FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
         JOIN pg_class t ON t.oid = k.confrelid
         JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE k.contype = 'f' AND n.nspname = current_schema()`;
  const targets = new Map<string, string[]>();
  for (const r of await sql.all(text)) {
    const name = String(r.table_name);
    targets.set(name, [...(targets.get(name) ?? []), String(r.target)]);
  }
  return targets;
}

/** All tables, each after those that its rows refer to. */
export async function readTables(sql: Reading): Promise<Table[]> {
  const found = new Map<string, string[]>();
  for (const { table, column } of await readColumns(sql)) {
    if (!isOwn(table)) found.set(table, [...(found.get(table) ?? []), column]);
  }
  const references = await readReferences(sql);
  const ordered = new Map<string, Table>();
  const add = (name: string) => {
    if (ordered.has(name) || !found.has(name)) return;
    for (const target of references.get(name) ?? []) if (target !== name) add(target);
    ordered.set(name, { name, columns: found.get(name)! });
  };
  for (const name of found.keys()) add(name);
  return [...ordered.values()];
}

/** Results of the grader may be large. */
const PAGE_ROWS = 100;

/** A table's rows in order, some at a time. */
export async function* readRows(
  sql: Pick<Statements, "all">,
  { name, columns }: Table,
  where = "1 = 1",
  values: Value[] = [],
): AsyncGenerator<Record> {
  if (!columns.includes("seq")) {
    yield* await sql.all(`SELECT * FROM ${name} WHERE ${where} ORDER BY ${columns[0]}`, values);
    return;
  }
  let last: Value = -1;
  for (;;) {
    const text = `SELECT * FROM ${name} WHERE seq > ? AND ${where} ORDER BY seq LIMIT ${PAGE_ROWS}`;
    const rows: Record[] = await sql.all(text, [last, ...values]);
    yield* rows;
    if (rows.length < PAGE_ROWS) return;
    last = rows.at(-1)!.seq!;
  }
}

/**
 * The condition of a table's rows that are about a student; undefined where there are none.
 * It takes the student's id once.
 */
export function ownedBy({ name, columns }: Table): string | undefined {
  if (name === "students") return "id = ?";
  if (name === "staff") {
    return "email IN (SELECT lower(email) FROM students WHERE id = ? AND email <> '')";
  }
  if (columns.includes("student")) return "student = ?";
  if (columns.includes("hand_in")) {
    return "hand_in IN (SELECT id FROM hand_ins WHERE student = ?)";
  }
  if (columns.includes("request")) {
    return "request IN (SELECT id FROM requests WHERE student = ?)";
  }
  return undefined;
}
