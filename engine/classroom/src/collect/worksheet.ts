/** Moodle's grading worksheet: who has which participant number, and when they handed in. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { readTable } from "../csv.js";
import type { StudentHint } from "./layouts.js";
import { ClassError } from "../settings.js";
import { readTime, zonedTime } from "../time.js";

export interface Worksheet {
  /** Participant number → who it is. */
  students: Map<string, StudentHint>;
  /** Participant number → when the submission was last changed, in UTC. */
  times: Map<string, string>;
}

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
/** "Monday, 3 May 2027, 9:14 PM", as Moodle writes it in English. */
const ENGLISH =
  /^(?:\w+, )?(\d{1,2}) (\w{3})\w* (\d{4}),? (\d{1,2}):(\d\d)(?::(\d\d))? ?([AP]M)?$/i;

/** @returns undefined where there is none, as for who has handed in nothing ("-") */
export function moodleTime(text: string, zone: string): string | undefined {
  const found = ENGLISH.exec(text.trim());
  if (!found) return readTime(text, zone);
  const [, day, monthName, year, hours, minutes, seconds, half] = found;
  const month = MONTHS.indexOf(monthName!.toLowerCase()) + 1;
  if (month === 0) return undefined;
  const twelve = Number(hours) % 12;
  const hour = half ? twelve + (half.toUpperCase() === "PM" ? 12 : 0) : Number(hours);
  const clock = { hour, minute: Number(minutes), second: Number(seconds ?? 0) };
  return zonedTime({ year: Number(year), month, day: Number(day), ...clock }, zone);
}

/** @throws ClassError with line and column */
export function readWorksheet(file: string, zone: string): Worksheet {
  const { header, rows } = readTable(readFileSync(file), basename(file));
  const columns = header.map((name) => name.toLowerCase());
  const column = (name: string) => columns.indexOf(name);
  const [identifier, time] = [column("identifier"), column("last modified (submission)")];
  if (identifier < 0) {
    throw new ClassError(
      `${file}, line 1: expected the column Identifier of Moodle's grading worksheet, ` +
        `got ${header.join(", ")}`,
    );
  }
  const sheet: Worksheet = { students: new Map(), times: new Map() };
  for (const { line, cells } of rows) {
    const participant = /(\d+)$/.exec(cells[identifier] ?? "")?.[1];
    if (participant === undefined) continue;
    const of = (name: string) => cells[column(name)] || undefined;
    const [name, email] = [of("full name"), of("email address")?.toLowerCase()];
    const number = of("id number");
    if (name || email || number) sheet.students.set(participant, { name, email, number });
    const shown = cells[time] ?? "";
    if (time < 0 || shown === "" || shown === "-") continue;
    const at = moodleTime(shown, zone);
    if (at === undefined) {
      throw new ClassError(
        `${file}, line ${line}, column ${header[time]}: expected a time such as ` +
          `Monday, 3 May 2027, 9:14 PM, got ${shown}; set your language in Moodle to English`,
      );
    }
    sheet.times.set(participant, at);
  }
  return sheet;
}
