/** course class backup, restore, erase, audit and export --student. */
import { basename, join, resolve } from "node:path";
import type { Class } from "../class.js";
import { writeTable } from "../csv.js";
import { lessonNamed } from "../lessons.js";
import { auditTable, readAudit } from "../records/audit.js";
import { backup } from "../records/backup.js";
import { erase, findStudent, keptAbout, type Kept } from "../records/erase.js";
import { addEvent } from "../records/events.js";
import { restore } from "../records/restore.js";
import { studentData } from "../records/studentData.js";
import { readStudents } from "../sql/read.js";
import {
  byWhom,
  requireArg,
  STUDENT,
  writePrivately,
  type ActionContext,
  type ClassOptions,
} from "./common.js";
import { count } from "./messages.js";

async function backupAction({ classroom, options }: ActionContext): Promise<void> {
  const { folder, manifest, damaged } = await backup(classroom, {
    out: options.out,
    by: byWhom(options),
  });
  const rows = Object.values(manifest.tables).reduce((sum, n) => sum + n, 0);
  console.log(`${folder}: ${count(rows, "row")} and ${count(manifest.files.length, "file")}.`);
  for (const h of damaged) {
    console.log(
      `Missing or changed in the class's own folder: ${h.path}, handed in for ${h.lesson}`,
    );
  }
}

/** @param folder of the new class */
export async function restoreCommand(
  root: string,
  folder: string,
  options: ClassOptions,
): Promise<void> {
  const from = requireArg(options.from, "--from, the folder of a backup");
  const { title, at, tables } = await restore(root, from, folder, byWhom(options));
  console.log(`${folder}: ${title} as it was at ${at}, ${count(tables.students ?? 0, "student")}.`);
}

function keptLines({ student, rows, own, made, tables }: Kept): string[] {
  const counts = Object.entries(rows).map(([name, n]) => `${n} in ${name}`);
  const list = (head: string, paths: string[]) =>
    paths.length === 0 ? [] : [head, ...paths.map((path) => `  ${path}`)];
  return [
    `${student.name} (${student.id}): rows of the gradebook: ${counts.join(", ")}`,
    ...list("The student's own files:", own),
    ...list("Files that may name the student, and can be made again:", made),
    ...list("Tables of which the student's lines go:", tables),
  ];
}

async function eraseAction({ classroom, args, options }: ActionContext): Promise<void> {
  const who = requireArg(args[0], STUDENT);
  if (options.accept !== true) {
    const kept = await keptAbout(classroom, await findStudent(classroom, who));
    const next = "Nothing is changed. --accept, with a --reason, erases all of this for good.";
    console.log([...keptLines(kept), next].join("\n"));
    return;
  }
  const given = { reason: String(options.reason ?? ""), by: byWhom(options) };
  const kept = await erase(classroom, who, given);
  console.log([...keptLines(kept), "All of this is erased. Backups still have it."].join("\n"));
}

/** Lines of the list on a screen; --out writes all of it. */
const SHOWN_ENTRIES = 50;

async function audit({ classroom, options }: ActionContext): Promise<void> {
  const { sql, settings } = classroom;
  const names = new Map((await readStudents(sql)).map((s) => [s.id, s.name]));
  const student = options.student && (await findStudent(classroom, String(options.student))).id;
  const lesson = options.lesson && lessonNamed(classroom.lessons, options.lesson).id;
  const entries = (await readAudit(classroom)).filter(
    (e) => (!student || e.student === student) && (!lesson || e.lesson === lesson),
  );
  const table = auditTable(entries, names, settings.timeZone);
  if (options.out !== undefined) {
    console.log(await writePrivately(resolve(options.out), writeTable(table)));
    return;
  }
  const shown = table.slice(1, 1 + SHOWN_ENTRIES);
  for (const [time, who, what, ...about] of shown) {
    const whose = about.filter(Boolean).join(", ");
    console.log(`${time} ${who}: ${what}${whose === "" ? "" : ` (${whose})`}`);
  }
  const more = entries.length - shown.length;
  if (more > 0) console.log(`and ${more} earlier ones: --out FILE.csv writes all`);
  if (entries.length === 0) console.log("Nothing is recorded.");
}

/** All that the class keeps about a student. */
export async function exportStudent({ classroom, options }: ActionContext): Promise<void> {
  const student = await findStudent(classroom, String(options.student));
  const file = resolve(options.out ?? join(classroom.folder, `student-${student.id}.zip`));
  console.log(await writePrivately(file, await studentData(classroom, student)));
  const by = byWhom(options);
  await addEvent(classroom.sql, { action: "export", student: student.id, detail: "all data", by });
}

export const RECORD_ACTIONS: { [name: string]: (context: ActionContext) => Promise<unknown> } = {
  backup: backupAction,
  erase: eraseAction,
  audit,
};

/** What these did is in no table, so they leave an event. Names of students don't stand in it. */
const DETAILS: { [action: string]: (args: string[], options: ClassOptions) => string | undefined } =
  {
    collect: ([path]) => basename(path ?? ""),
    grade: () => "",
    export: (_args, { to, student }) => (student === undefined ? `to ${to ?? "csv"}` : undefined),
  };

/** Records that an action has been done. */
export async function noteAction(
  classroom: Class,
  action: string,
  args: string[],
  options: ClassOptions,
): Promise<void> {
  const detail = DETAILS[action]?.(args, options);
  if (detail === undefined) return;
  const lesson = options.lesson && lessonNamed(classroom.lessons, options.lesson).id;
  await addEvent(classroom.sql, { action, lesson: lesson || "", detail, by: byWhom(options) });
}
