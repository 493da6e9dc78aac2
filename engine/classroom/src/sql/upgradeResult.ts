/**
 * Reads a stored result. The version before wrote `earned`, `of`, `says` and `with: "ours"`; today's
 * names are points, maxPoints, message or reason, and `with: "reference"`. Classes keep their rows.
 */
import type { Result } from "grader/batch";

type Fields = { [name: string]: unknown };

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Gives a field its new name, unless the new one is there already. */
function renameField(fields: Fields, from: string, to: string): void {
  if (!(from in fields)) return;
  if (!(to in fields)) fields[to] = fields[from];
  delete fields[from];
}

function upgradePart(value: unknown, isTop: boolean): unknown {
  if (Array.isArray(value)) return value.map((part) => upgradePart(part, false));
  if (!isFields(value)) return value;
  const fields = Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, upgradePart(part, false)]),
  );
  renameField(fields, "earned", "points");
  renameField(fields, "of", "maxPoints");
  // a result without exercises says why it could not be graded
  renameField(fields, "says", isTop ? "reason" : "message");
  if (fields.with === "ours") fields.with = "reference";
  return fields;
}

export const upgradeResult = (json: unknown): Result => upgradePart(json, true) as Result;
