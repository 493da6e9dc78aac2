/** The tables of what a real term needs: staff, rubrics, accommodations, requests. */
import { type Kind, numberedRow } from "./sql.js";

/** One step of migrations.ts. */
export const termTables = (kind: Kind): string[] => [
  // who runs the class, by address; the newest row of an address counts
  `CREATE TABLE staff (
    ${numberedRow(kind)}, email TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
    sections TEXT NOT NULL, sees_names INTEGER NOT NULL, by_whom TEXT NOT NULL, at TEXT NOT NULL)`,
  // rubric items that a mark was given for, as JSON
  "ALTER TABLE marks ADD COLUMN items TEXT NOT NULL DEFAULT '[]'",
  // of an item the newest row counts; one without points was removed
  `CREATE TABLE rubric_items (
    ${numberedRow(kind)}, lesson TEXT NOT NULL, question TEXT NOT NULL, item TEXT NOT NULL,
    points DOUBLE PRECISION, sentence TEXT NOT NULL, by_whom TEXT NOT NULL, at TEXT NOT NULL)`,
  // who has which answer open; a row is taken over once it has ended
  `CREATE TABLE marking_claims (
    lesson TEXT NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL, by_whom TEXT NOT NULL,
    ends TEXT NOT NULL, PRIMARY KEY (lesson, question, answer))`,
  `CREATE TABLE accommodations (
    ${numberedRow(kind)}, student TEXT NOT NULL REFERENCES students (id), minutes BIGINT NOT NULL,
    reason TEXT NOT NULL, by_whom TEXT NOT NULL, at TEXT NOT NULL)`,
  `CREATE TABLE excusals (
    ${numberedRow(kind)}, lesson TEXT NOT NULL, student TEXT NOT NULL REFERENCES students (id),
    state TEXT NOT NULL, reason TEXT NOT NULL, by_whom TEXT NOT NULL, at TEXT NOT NULL)`,
  `CREATE TABLE requests (
    ${numberedRow(kind)}, id TEXT NOT NULL UNIQUE, lesson TEXT NOT NULL,
    student TEXT NOT NULL REFERENCES students (id), about TEXT NOT NULL, message TEXT NOT NULL,
    at TEXT NOT NULL)`,
  `CREATE TABLE request_answers (
    ${numberedRow(kind)}, request TEXT NOT NULL REFERENCES requests (id), message TEXT NOT NULL,
    by_whom TEXT NOT NULL, at TEXT NOT NULL)`,
  "CREATE INDEX requests_of ON requests (student, lesson)",
];
