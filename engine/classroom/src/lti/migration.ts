/** The tables of what is known about a learning platform, and of what was sent to it. */
import { type Kind, numberedRow } from "../sql/sql.js";

export const ltiTables = (kind: Kind): string[] => [
  // where a course of the platform has its services; only a connected course may use the class
  `CREATE TABLE IF NOT EXISTS lti_services (
    ${numberedRow(kind)}, context TEXT NOT NULL, title TEXT NOT NULL, line_items TEXT NOT NULL,
    memberships TEXT NOT NULL, connected INTEGER NOT NULL, by_whom TEXT NOT NULL,
    at TEXT NOT NULL)`,
  // the platform's own id of a student
  `CREATE TABLE IF NOT EXISTS lti_users (
    user_id TEXT PRIMARY KEY, student TEXT NOT NULL REFERENCES students (id))`,
  // each score that the platform has taken
  `CREATE TABLE IF NOT EXISTS lti_scores (
    ${numberedRow(kind)}, lesson TEXT NOT NULL, student TEXT NOT NULL REFERENCES students (id),
    points DOUBLE PRECISION, max_points DOUBLE PRECISION NOT NULL, by_whom TEXT NOT NULL,
    at TEXT NOT NULL)`,
  "CREATE INDEX IF NOT EXISTS lti_scores_of ON lti_scores (lesson, student)",
];

/** Of older scores it isn't known which column they went to: it counts as the one that is there. */
export const lineItemOfScores = (): string[] => [
  "ALTER TABLE lti_scores ADD COLUMN line_item TEXT NOT NULL DEFAULT ''",
];
