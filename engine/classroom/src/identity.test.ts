import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { newFolder, removeFolders, smallRoot } from "./class.testing.js";
import { openClass } from "./class.js";
import { initClass } from "./commands/init.js";
import { IDENTITY_FILE } from "./identity.js";
import { identityTests } from "./identity.testing.js";

afterAll(removeFolders);

describe("a class's identity in SQLite", () => {
  identityTests(() => undefined);

  test("the gradebook gives a lost file back, and a damaged one is named", async () => {
    const { root } = smallRoot();
    const folder = join(newFolder(), "class");
    await (await initClass(root, folder, {})).sql.close();
    const file = join(folder, IDENTITY_FILE);
    const before = readFileSync(file, "utf8");
    rmSync(file);
    await (await openClass(root, folder)).sql.close();
    expect(readFileSync(file, "utf8")).toBe(before);
    writeFileSync(file, "{");
    await expect(openClass(root, folder)).rejects.toThrow("class-id.json is damaged");
  });
});
