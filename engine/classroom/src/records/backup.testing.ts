/** What backup, restore, export and erase must do in every database. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { openClass, storedFile, type Class } from "../class.js";
import { newFolder, handIn, result, smallRoot, student } from "../class.testing.js";
import { initClass } from "../commands/init.js";
import { accommodate, excuse } from "../gradebook/decide.js";
import { gradebook } from "../gradebook/rows.js";
import { publish } from "../gradebook/published.js";
import { readIdentity } from "../identity.js";
import { claim } from "../marking/claims.js";
import { changeRubric, plainItem, readRubric } from "../marking/rubric.js";
import { answerRequest, ask, readRequests } from "../requests/requests.js";
import { openPostgres } from "../sql/postgres.js";
import { readStudents } from "../sql/read.js";
import { changeStaff } from "../staff/staff.js";
import {
  addExtension,
  addGrade,
  addHandIn,
  addHandInUpdate,
  addMark,
  addOverride,
  now,
  putStudent,
} from "../sql/write.js";
import { backup, BACKUP_FILE } from "./backup.js";
import { sha256Of } from "./files.js";
import { restore } from "./restore.js";
import { readRows, readTables } from "./tables.js";

const WHY = { name: "why", points: 2, gradeId: "why", shipped: "Because…" };
const smallCourse = () => smallRoot(undefined, [WHY]);
export const { lesson } = smallCourse();

/** What changeStaff takes for a grader of the whole class. */
export const grader = (email: string) => ({
  email,
  name: "",
  role: "grader",
  sections: "",
  seesNames: false,
  by: "Eva",
});

/** A class in which everything has happened to everybody. */
export async function fullClass(ids: string[], database?: string): Promise<Class> {
  const folder = join(newFolder(), "spring");
  const { root } = smallCourse(); // of its own, since files of tests share a process
  const classroom = await initClass(root, folder, { timeZone: "UTC", database });
  const { sql } = classroom;
  await changeRubric(classroom, lesson, "why", {
    id: "",
    points: "1.5",
    sentence: "Names the sum",
    by: "Eva",
  });
  const items = (await readRubric(sql, lesson.id, "why")).map(plainItem);
  for (const id of ids) {
    await putStudent(sql, student(id, { name: `${id} Lovelace` }));
    const text = JSON.stringify({ cells: [{ source: `I am ${id} Lovelace` }] });
    const path = `${id}.ipynb`;
    const h = { ...handIn(id, { sha256: sha256Of(text), path }), lesson: lesson.id };
    mkdirSync(dirname(storedFile(classroom, h)), { recursive: true });
    writeFileSync(storedFile(classroom, h), text);
    await addHandIn(sql, h);
    await addHandInUpdate(sql, { ...h, at: "2027-05-01T10:00:00.000Z" });
    const cells = [{ message: `${id} Lovelace` }] as never;
    await addGrade(sql, h, undefined, result(id, 9.1, { cells, lesson: lesson.id }));
    const by = { by: "Eva", at: now() };
    await addMark(sql, {
      handIn: h.id,
      question: "why",
      points: 1.5,
      comment: "good",
      items,
      ...by,
    });
    const decided = { lesson: lesson.id, student: id, reason: `${id} was ill`, ...by };
    await addOverride(sql, { ...decided, points: 7 });
    await addOverride(sql, decided);
    await addExtension(sql, { ...decided, until: "2027-06-01T00:00:00.000Z" });
    const more = { who: id, reason: `${id} has a letter`, by: "Eva" };
    await accommodate(classroom, { ...more, time: "2 days" });
    await excuse(classroom, lesson, { ...more, state: "none" });
  }
  await publish(classroom, lesson, "Eva");
  for (const id of ids) {
    await ask(classroom, lesson, { student: id, about: "", message: `${id} asks` });
  }
  for (const { id, student } of await readRequests(sql)) {
    await answerRequest(classroom, id, { message: `${student} is right`, by: "Eva" });
  }
  await changeStaff(classroom, { ...grader("sam@x.edu"), name: "Sam" });
  await claim(sql, { lesson: lesson.id, question: "why" }, "an answer", "Sam");
  return classroom;
}

/** Every row of every table but events, which a backup itself adds to. */
export async function contentOf({ sql }: Class) {
  const content: { [table: string]: unknown[] } = {};
  for (const table of await readTables(sql)) {
    if (table.name === "events") continue;
    content[table.name] = [];
    for await (const row of readRows(sql, table)) content[table.name]!.push(row);
  }
  return content;
}

const newTarget = (name: string) => join(newFolder(), name);

async function reopened<T>(
  root: string,
  folder: string,
  work: (classroom: Class) => Promise<T>,
): Promise<T> {
  const classroom = await openClass(root, folder);
  try {
    return await work(classroom);
  } finally {
    await classroom.sql.close();
  }
}

/**
 * Runs a backup, restore or erasure in a process of its own, which is killed some time after it has
 * begun. @returns whether it was killed before it had ended
 */
export async function killedAfter(
  root: string,
  args: string[],
  ms: number,
  database: string | undefined,
): Promise<boolean> {
  const script = new URL("./recordsOnce.mjs", import.meta.url).pathname;
  const child = spawn(process.execPath, [script, root, ...args], {
    env: { ...process.env, COURSE_DATABASE: database },
    stdio: ["ignore", "pipe", "inherit"],
  });
  child.stdout.once("data", () => setTimeout(() => child.kill("SIGKILL"), ms));
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== null) expect(code).toBe(0);
  return code === null;
}

const NEVER_MS = 60_000;

async function schemasLike(url: string, pattern: string): Promise<string[]> {
  const sql = await openPostgres(url, "public");
  const rows = await sql.all(
    "SELECT schema_name AS name FROM information_schema.schemata WHERE schema_name LIKE ?",
    [pattern],
  );
  await sql.close();
  return rows.map(({ name }) => String(name)).sort();
}

export function backupTests(database: () => string | undefined): void {
  test("a class comes back to the last row and file, in a folder of another name", async () => {
    const classroom = await fullClass(["ada", "ben"], database());
    const { root } = classroom;
    const before = await contentOf(classroom);
    const rows = await gradebook(classroom, lesson);
    const { folder, damaged } = await backup(classroom, { by: "Eva", out: newTarget("b") });
    await classroom.sql.close();
    expect(damaged).toEqual([]);
    const target = newTarget("again");
    await restore(root, folder, target, "Eva");
    await reopened(root, target, async (again) => {
      expect(await contentOf(again)).toEqual(before);
      expect(await gradebook(again, lesson)).toEqual(rows);
      expect(readFileSync(storedFile(again, rows[0]!.handIn!), "utf8")).toContain("Lovelace");
      // the newest row is still the newest
      await addOverride(again.sql, { ...rows[0]!.extension!, points: 3 });
      const [ada] = await gradebook(again, lesson);
      expect(ada!.points).toBe(3);
    });
    await reopened(root, classroom.folder, async (old) =>
      expect(await contentOf(old)).toEqual(before),
    );
  });

  test("while others write, a backup is as of one moment", async () => {
    const classroom = await fullClass(["ada"], database());
    const { root } = classroom;
    let isDone = false;
    const writer = (async () => {
      const other = await openClass(root, classroom.folder);
      let n = 0;
      for (; !isDone; n++) {
        // both or neither, in one transaction
        await other.sql.transaction(async (tx) => {
          await putStudent(tx, student(`s${n}`));
          const reason = `pair ${n}`;
          const more = { lesson: lesson.id, student: `s${n}`, reason, by: "Eva", at: now() };
          await addOverride(tx, { ...more, points: 1 });
        });
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      await other.sql.close();
      return n;
    })();
    const targets: string[] = [];
    for (let i = 0; i < 3; i++) {
      const { folder } = await backup(classroom, { by: "Eva", out: newTarget(`b${i}`) });
      targets.push(folder);
    }
    isDone = true;
    expect(await writer).toBeGreaterThan(0);
    await classroom.sql.close();
    for (const folder of targets) {
      const target = newTarget("again");
      await restore(root, folder, target, "Eva");
      await reopened(root, target, async ({ sql }) => {
        const students = (await readStudents(sql)).filter(({ id }) => /^s\d/.test(id));
        const pairs = await sql.all("SELECT * FROM overrides WHERE reason LIKE 'pair%'");
        expect(pairs).toHaveLength(students.length);
      });
    }
  });

  test("killed at any moment, a backup or a restore is whole or isn't there", async () => {
    const ids = Array.from({ length: 40 }, (_, i) => `s${i}`);
    const classroom = await fullClass(ids, database());
    const { root } = classroom;
    const before = await contentOf(classroom);
    await classroom.sql.close();
    const home = newFolder();
    const kills = { backup: 0, restore: 0 };
    const run = (args: string[], ms: number) => killedAfter(root, args, ms, database());
    const good = join(home, "good");
    await run(["backup", classroom.folder, good], NEVER_MS);
    for (let i = 0; i < 5; i++) {
      const [out, to] = [join(home, `backup-${i}`), join(home, `class-${i}`)];
      if (await run(["backup", classroom.folder, out], 20 * i)) kills.backup++;
      expect(existsSync(out)).toBe(existsSync(join(out, BACKUP_FILE)));
      if (await run(["restore", good, to], 40 * i)) kills.restore++;
      if (existsSync(to)) {
        await reopened(root, to, async (one) => expect(await contentOf(one)).toEqual(before));
      }
    }
    expect(Math.min(kills.backup, kills.restore)).toBeGreaterThan(0);
    const last = join(home, "last");
    await run(["restore", good, last], NEVER_MS);
    await run(["backup", last, join(home, "last-backup")], NEVER_MS);
    await reopened(root, last, async (one) => expect(await contentOf(one)).toEqual(before));
    // nothing of the killed ones is left
    expect(readdirSync(home).filter((name) => name.startsWith("."))).toEqual([]);
    if (database() === undefined) return;
    const folders = [classroom.folder, ...readdirSync(home).map((name) => join(home, name))];
    const schemas = folders
      .filter((folder) => existsSync(join(folder, "class-id.json")))
      .map((folder) => readIdentity(folder)!.schema!);
    expect(await schemasLike(database()!, `${schemas[0]}%`)).toEqual(schemas.sort());
  }, 120_000);

  test("a backup that has changed, and a folder that is in use, are refused in a sentence", async () => {
    const classroom = await fullClass(["ada"], database());
    const { root } = classroom;
    const { folder } = await backup(classroom, { by: "Eva", out: newTarget("b") });
    await expect(backup(classroom, { by: "Eva", out: folder })).rejects.toThrow("there already");
    const inside = join(classroom.folder, "backup");
    await expect(backup(classroom, { by: "Eva", out: inside })).rejects.toThrow("is inside of");
    await expect(restore(root, folder, classroom.folder, "Eva")).rejects.toThrow("there already");
    await classroom.sql.close();
    const copy = newTarget("copy");
    cpSync(folder, copy, { recursive: true });
    writeFileSync(join(copy, "gradebook", "marks.jsonl"), "");
    const to = newTarget("none");
    await expect(restore(root, copy, to, "Eva")).rejects.toThrow(/marks.jsonl is missing or has/);
    expect(existsSync(to)).toBe(false);
    expect(readdirSync(dirname(to))).toEqual([]);
    await expect(restore(root, classroom.folder, to, "Eva")).rejects.toThrow("is not a backup");
  });
}
