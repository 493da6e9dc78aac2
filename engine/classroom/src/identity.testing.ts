/** What holds for a class's identity in every database. */
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newFolder, smallRoot } from "./class.testing.js";
import { openClass } from "./class.js";
import { addRoster, initClass } from "./commands/init.js";
import { IDENTITY_FILE } from "./identity.js";
import { readStudents } from "./sql/read.js";

const { root } = smallRoot();

async function begin(folder: string, student: string, database?: string): Promise<string> {
  const classroom = await initClass(root, folder, { timeZone: "UTC", database });
  const roster = join(newFolder(), "roster.csv");
  writeFileSync(roster, `Name,Number\n${student},1001\n`);
  const change = await addRoster(classroom, roster);
  await classroom.sql.close();
  expect(change).toMatchObject({ added: 1, left: 0 });
  return folder;
}

async function names(folder: string): Promise<string[]> {
  const classroom = await openClass(root, folder);
  const students = await readStudents(classroom.sql);
  await classroom.sql.close();
  return students.map(({ name }) => name);
}

export function identityTests(database: () => string | undefined): void {
  test("two classes in folders of the same name stay apart, and a renamed folder is the same class", async () => {
    const [old, next] = [newFolder(), newFolder()];
    const spring = await begin(join(old, "spring"), "Ada", database());
    const springAgain = await begin(join(next, "spring"), "Ben", database());
    expect([await names(spring), await names(springAgain)]).toEqual([["Ada"], ["Ben"]]);
    const renamed = join(old, "spring-2026");
    renameSync(spring, renamed);
    expect(await names(renamed)).toEqual(["Ada"]);
  });

  test("the gradebook of another class is refused in one sentence", async () => {
    const mine = await begin(join(newFolder(), "fall"), "Ada", database());
    const other = await begin(join(newFolder(), "fall"), "Ben", database());
    if (database() === undefined) {
      for (const suffix of ["", "-wal"]) {
        const name = `gradebook.sqlite${suffix}`;
        if (existsSync(join(other, name))) cpSync(join(other, name), join(mine, name));
      }
    } else {
      const { schema } = JSON.parse(readFileSync(join(other, IDENTITY_FILE), "utf8")) as {
        schema: string;
      };
      const yaml = join(mine, "class.yaml");
      writeFileSync(yaml, `schema: ${schema}\n${readFileSync(yaml, "utf8")}`);
    }
    await expect(names(mine)).rejects.toThrow(/meets the gradebook of another class in .*put back/);
    expect(await names(other)).toEqual(["Ben"]);
  });

  test("an empty gradebook under hand-ins is refused", async () => {
    const folder = join(newFolder(), "autumn");
    mkdirSync(join(folder, "hand-ins", "00-small"), { recursive: true });
    const line = database() === undefined ? "" : `database: ${database()}\n`;
    writeFileSync(join(folder, "class.yaml"), `title: T\n${line}lessons: { 00-small: }\n`);
    await expect(names(folder)).rejects.toThrow("has hand-ins, but");
    expect(existsSync(join(folder, IDENTITY_FILE))).toBe(false);
  });

  test("a folder that has lost its kind of database is told which one it had", async () => {
    const folder = await begin(join(newFolder(), "winter"), "Ada", database());
    const yaml = join(folder, "class.yaml");
    const text = readFileSync(yaml, "utf8");
    if (database() === undefined) {
      writeFileSync(yaml, `database: postgres://nobody@127.0.0.1:1/x\n${text}`);
      await expect(names(folder)).rejects.toThrow("keeps its gradebook in gradebook.sqlite");
    } else {
      writeFileSync(yaml, text.replace(/^database:.*\n/m, ""));
      await expect(names(folder)).rejects.toThrow(
        "keeps its gradebook in PostgreSQL, schema class_",
      );
    }
  });
}
