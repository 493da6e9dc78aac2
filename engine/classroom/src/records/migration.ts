/** The tables of what happened to a class: events that no other table has, and erasures. */
import { type Kind, numberedRow } from "../sql/sql.js";

export const recordTables = (kind: Kind): string[] => [
  // what somebody did, where no other table says so; of a student or a lesson, or of neither ("")
  `CREATE TABLE IF NOT EXISTS events (
    ${numberedRow(kind)}, action TEXT NOT NULL, lesson TEXT NOT NULL, student TEXT NOT NULL,
    detail TEXT NOT NULL, by_whom TEXT NOT NULL, at TEXT NOT NULL)`,
  "CREATE INDEX IF NOT EXISTS events_of ON events (student)",
  // students whose files are being removed: whoever opens the class finishes what was interrupted
  `CREATE TABLE IF NOT EXISTS erasures (
    ${numberedRow(kind)}, student TEXT NOT NULL, files TEXT NOT NULL, finished INTEGER NOT NULL)`,
];
