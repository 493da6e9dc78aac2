// needs: postgres
import { afterAll, beforeAll, describe } from "vitest";
import { removeFolders } from "../class.testing.js";
import { startPostgres, type Server } from "../sql/sql.testing.js";
import { ltiTests } from "./lti.testing.js";

afterAll(removeFolders);

let server: Server;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

describe("PostgreSQL", () => {
  ltiTests(() => server.url);
});
