// needs: postgres
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openClass } from "../class.js";
import { migrate } from "./migrations.js";
import { putStudent } from "./write.js";
import { readStudents } from "./read.js";
import { openPostgres } from "./postgres.js";
import { identityTests } from "../identity.testing.js";
import { startPostgres, type Server } from "./sql.testing.js";
import { storeTests } from "./store.testing.js";
import { dropTermTables, termStoreTests } from "./termStore.testing.js";
import { newFolder, removeFolders, smallRoot, student, testClass } from "../class.testing.js";

afterAll(removeFolders);

let server: Server;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

describe("PostgreSQL", () => {
  let n = 0;
  storeTests(() => openPostgres(server.url, `class_${n++}`));
  termStoreTests(() => openPostgres(server.url, `class_${n++}`));

  describe("a class's identity", () => {
    identityTests(() => server.url);

    test("a class of 0.1.0 keeps its schema, also when its folder is renamed afterward", async () => {
      const { root } = smallRoot();
      const folder = join(newFolder(), "Old Class");
      mkdirSync(folder);
      const yaml = `title: T\ndatabase: ${server.url}\nlessons: { 00-small: }\n`;
      writeFileSync(join(folder, "class.yaml"), yaml);
      const old = await openPostgres(server.url, "class_old_class");
      await migrate(old);
      await putStudent(old, student("ada"));
      await old.run("DROP TABLE class_identity");
      await dropTermTables(old);
      await old.run("DROP TABLE published_rows");
      await old.run("ALTER TABLE publications DROP COLUMN fixed");
      await old.run("ALTER TABLE lti_scores DROP COLUMN line_item");
      await old.run("DELETE FROM migrations WHERE step > 4");
      await old.close();
      await (await openClass(root, folder)).sql.close();
      const renamed = join(newFolder(), "renamed");
      renameSync(folder, renamed);
      const again = await openClass(root, renamed);
      expect(await readStudents(again.sql)).toHaveLength(1);
      await again.sql.close();
      // next year's folder of the old name, without an identity
      mkdirSync(folder);
      writeFileSync(join(folder, "class.yaml"), yaml);
      await expect(openClass(root, folder)).rejects.toThrow("gradebook of another class");
    });
  });

  test("two that open a new class at once both can", async () => {
    const open = () => openPostgres(server.url, "together");
    const all = await Promise.all([open(), open(), open()]);
    await Promise.all(all.map((sql) => testClass(sql)));
    await Promise.all(all.map((sql) => sql.close()));
  });

  test("a server that isn't there costs one sentence", async () => {
    const open = openPostgres("postgres://eva:secret@127.0.0.1:1/x", "nowhere");
    await expect(open).rejects.toThrow("postgres://eva:…@127.0.0.1:1/x does not answer");
  });
});
