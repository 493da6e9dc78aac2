import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openSqlite } from "./sqlite.js";
import { numbered, shown } from "./postgres.js";
import { storeTests } from "./store.testing.js";
import { termStoreTests } from "./termStore.testing.js";
import { newFolder, removeFolders } from "../class.testing.js";

afterAll(removeFolders);

describe("SQLite", () => {
  storeTests(() => openSqlite(join(newFolder(), "gradebook.sqlite")));
  termStoreTests(() => openSqlite(join(newFolder(), "gradebook.sqlite")));

  test("a process that is killed loses nothing that was finished, and adds no half", async () => {
    const file = join(newFolder(), "gradebook.sqlite");
    const sql = await openSqlite(file);
    await sql.run("CREATE TABLE pairs (a INTEGER, b INTEGER)");
    const writer = `
      const { default: Driver } = await import("libsql");
      const db = new Driver(${JSON.stringify(file)});
      for (let i = 0; ; i++) {
        db.exec("BEGIN IMMEDIATE");
        for (const b of [0, 1]) db.prepare("INSERT INTO pairs VALUES (?, ?)").run(i, b);
        db.exec("COMMIT");
        console.log(i);
      }`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", writer], {
      cwd: import.meta.dirname,
    });
    let said = "";
    child.stdout.on("data", (text: Buffer) => {
      said += text;
      if (said.split("\n").length > 50) child.kill("SIGKILL");
    });
    await once(child, "exit");
    const finished = said.trim().split("\n").length;
    const [found] = await sql.all("SELECT COUNT(*) AS n, COUNT(DISTINCT a) AS pairs FROM pairs");
    expect(Number(found!.pairs)).toBeGreaterThanOrEqual(finished);
    expect(Number(found!.n)).toBe(2 * Number(found!.pairs));
    await sql.close();
  });

  test("a file that isn't a database costs one sentence", async () => {
    const file = join(newFolder(), "gradebook.sqlite");
    writeFileSync(file, "this is a text, and it is long enough to be looked at ".repeat(100));
    await expect(openSqlite(file)).rejects.toThrow("is not a database");
  });
});

test("statements and addresses for PostgreSQL", () => {
  expect(numbered("a = ? AND b = ?")).toBe("a = $1 AND b = $2");
  expect(shown("postgres://eva:secret@db/x")).toBe("postgres://eva:…@db/x");
});
