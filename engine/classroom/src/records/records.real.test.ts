// needs: postgres
import { afterAll, beforeAll, describe } from "vitest";
import { removeFolders } from "../class.testing.js";
import { startPostgres, type Server } from "../sql/sql.testing.js";
import { backupTests } from "./backup.testing.js";
import { recordTests } from "./records.testing.js";

afterAll(removeFolders);

let server: Server;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

describe("PostgreSQL", () => {
  backupTests(() => server.url);
  recordTests(() => server.url);
});
