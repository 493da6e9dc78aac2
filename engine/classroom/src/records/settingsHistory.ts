/**
 * Changes of class.yaml, which move deadlines and points: each is an event once the class is
 * opened.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SETTINGS_FILE } from "../settings.js";
import type { Sql } from "../sql/sql.js";
import { addEvent } from "./events.js";

/**
 * What counts of the file: lines without remarks, and without an address that may hold a password.
 */
const linesOf = (text: string) =>
  text
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, "").trimEnd())
    .filter((line) => line.trim() !== "" && !/^\s*database:/.test(line));

const PREFIX = "class.yaml is\n";

function difference(before: string[], after: string[]): string {
  const gone = before.filter((line) => !after.includes(line)).map((line) => `− ${line.trim()}`);
  const added = after.filter((line) => !before.includes(line)).map((line) => `+ ${line.trim()}`);
  return [...gone, ...added].join("; ") || "lines in another order";
}

/** Records what has changed in class.yaml since the class was opened last. */
export async function noteSettings(sql: Sql, folder: string): Promise<void> {
  const after = linesOf(readFileSync(join(folder, SETTINGS_FILE), "utf8"));
  const [last] = await sql.all(
    "SELECT detail FROM events WHERE action = 'settings' AND by_whom = '' ORDER BY seq DESC LIMIT 1",
  );
  const before = last && String(last.detail).slice(PREFIX.length).split("\n");
  if (before?.join("\n") === after.join("\n")) return;
  const by = process.env.USER ?? "somebody";
  await sql.transaction(async (tx) => {
    // without a name, so it isn't in the list of changes: what the next change is compared with
    await addEvent(tx, { action: "settings", detail: PREFIX + after.join("\n"), by: "" });
    if (!before) return;
    const detail = `${difference(before, after)} (seen when the class was opened)`;
    await addEvent(tx, { action: "class.yaml changed", detail, by });
  });
}
