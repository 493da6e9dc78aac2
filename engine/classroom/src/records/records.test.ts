import { afterAll, describe } from "vitest";
import { removeFolders } from "../class.testing.js";
import { backupTests } from "./backup.testing.js";
import { recordTests } from "./records.testing.js";

afterAll(removeFolders);

describe("SQLite", () => {
  backupTests(() => undefined);
  recordTests(() => undefined);
});
