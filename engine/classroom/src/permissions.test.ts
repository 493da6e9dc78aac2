import { chmodSync, lstatSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { newFolder, removeFolders, smallRoot } from "./class.testing.js";
import { openClass } from "./class.js";
import { ACTIONS, classCommand } from "./commands/actions.js";
import { initClass } from "./commands/init.js";
import { layOut, notebookOf, ROSTER } from "./situations.testing.js";

afterAll(removeFolders);

/** Path → mode of everything in a folder, links left out. */
function modesIn(folder: string): Map<string, string> {
  const modes = new Map([["", (lstatSync(folder).mode & 0o777).toString(8)]]);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isSymbolicLink()) modes.set(path, (lstatSync(path).mode & 0o777).toString(8));
  }
  return modes;
}

const WINDOWS = process.platform === "win32";

test.skipIf(WINDOWS)(
  "an existing folder that everybody could read is its owner's when it is opened",
  async () => {
    const { root } = smallRoot();
    const folder = join(newFolder(), "class");
    await (await initClass(root, folder, {})).sql.close();
    mkdirSync(join(folder, "hand-ins", "00-small"), { recursive: true });
    writeFileSync(join(folder, "hand-ins", "00-small", "a.ipynb"), "{}");
    const outside = join(newFolder(), "outside.txt");
    writeFileSync(outside, "somebody else's", { mode: 0o644 });
    symlinkSync(outside, join(folder, "link"));
    for (const [path] of modesIn(folder)) {
      if (path !== "") chmodSync(path, lstatSync(path).isDirectory() ? 0o755 : 0o644);
    }
    chmodSync(folder, 0o755);
    chmodSync(outside, 0o644);
    const classroom = await openClass(root, folder);
    await classroom.sql.close();
    expect(new Set(modesIn(folder).values())).toEqual(new Set(["700", "600"]));
    expect(lstatSync(folder).mode & 0o777).toBe(0o700);
    expect(lstatSync(outside).mode & 0o777).toBe(0o644);
  },
);

test.skipIf(WINDOWS)("what commands write is the owner's alone", async () => {
  const { root } = smallRoot();
  const folder = join(newFolder(), "class");
  const roster = join(layOut({ "roster.csv": ROSTER }), "roster.csv");
  const download = layOut({ "1001/06.ipynb": notebookOf(8) });
  const out = join(newFolder(), "grades.csv");
  await classCommand(root, ["init", folder], { roster });
  expect(Object.keys(ACTIONS)).toContain("collect");
  await classCommand(root, ["collect", folder, download], { lesson: "00" });
  await classCommand(root, ["export", folder], { out });
  await classCommand(root, ["marks", folder], { lesson: "00" });
  expect(modesIn(folder).size).toBeGreaterThan(5);
  expect(new Set(modesIn(folder).values())).toEqual(new Set(["700", "600"]));
  expect(lstatSync(out).mode & 0o777).toBe(0o600);
});
