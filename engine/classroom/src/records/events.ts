/** Events: what somebody did that no other table says. */
import type { Statements } from "../sql/sql.js";
import { now } from "../sql/write.js";

export interface Event {
  action: string;
  lesson?: string;
  /** Who it is about. Names of students stand nowhere else in an event, so erasing finds them. */
  student?: string;
  detail: string;
  by: string;
}

export async function addEvent(sql: Pick<Statements, "run">, e: Event): Promise<void> {
  await sql.run(
    "INSERT INTO events (action, lesson, student, detail, by_whom, at) VALUES (?, ?, ?, ?, ?, ?)",
    [e.action, e.lesson ?? "", e.student ?? "", e.detail, e.by, now()],
  );
}
