// needs: postgres
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPostgres } from "./postgres.js";
import { startPostgres, type Server } from "./sql.testing.js";
import { storeTests } from "./store.testing.js";
import { removeFolders, testClass } from "../class.testing.js";

afterAll(removeFolders);

let server: Server;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

describe("PostgreSQL", () => {
  let n = 0;
  storeTests(() => openPostgres(server.url, `class_${n++}`));

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
