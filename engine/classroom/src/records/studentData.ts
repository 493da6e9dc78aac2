/** course class export --student: all that a class keeps about one student, as an archive. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Class } from "../class.js";
import { zipOf } from "../collect/sources.js";
import type { Record } from "../sql/sql.js";
import { keptAbout } from "./erase.js";
import { ownedBy, readRows, readTables } from "./tables.js";
import type { Student } from "../types.js";

const README = `This archive holds everything that the class keeps about one student.

data.json   the rows of the gradebook, table by table: who the student is, what was handed in and
            when, each grade with the grader's report, marks and decisions with their reasons and
            who made them, requests with their answers, and what was published
files/      the notebooks that were handed in, and the grader's reports
`;

/** Columns that hold JSON are shown as what they hold. */
function readable(row: Record): { [column: string]: unknown } {
  const unpack = (value: unknown) => {
    if (typeof value !== "string" || !/^[{[]/.test(value)) return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      return value;
    }
  };
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, unpack(value)]));
}

/** @returns a ZIP archive */
export async function studentData(classroom: Class, student: Student): Promise<Uint8Array> {
  const { sql, folder } = classroom;
  const tables = await readTables(sql);
  const data = await sql.snapshot(async (tx) => {
    const found: { [table: string]: unknown[] } = {};
    for (const table of tables) {
      const condition = ownedBy(table);
      if (condition === undefined) continue;
      const rows: unknown[] = [];
      for await (const row of readRows(tx, table, condition, [student.id])) {
        rows.push(readable(row));
      }
      if (rows.length > 0) found[table.name] = rows;
    }
    return found;
  });
  const files = new Map<string, string | Uint8Array>([
    ["README.txt", README],
    ["data.json", `${JSON.stringify(data, null, 1)}\n`],
  ]);
  for (const path of (await keptAbout(classroom, student)).own) {
    files.set(`files/${path}`, readFileSync(join(folder, path)));
  }
  return zipOf(files);
}
