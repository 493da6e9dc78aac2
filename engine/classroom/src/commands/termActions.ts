/** course class: what a real term needs beside collecting and grading. */
import { chmodSync } from "node:fs";
import { join, resolve } from "node:path";
import { makeFolders, writeDurably } from "grader/files";
import type { Class } from "../class.js";
import { accommodate, excuse } from "../gradebook/decide.js";
import { readGradebooks } from "../gradebook/export.js";
import { showDuration } from "../gradebook/granted.js";
import { rowOf, studentOf } from "../gradebook/overrides.js";
import { lessonNamed, type Lesson } from "../lessons.js";
import { readRubricTable, writeRubric } from "../marking/rubric.js";
import { oralFile, oralSheet } from "../oral/oral.js";
import { answerRequest, readRequests } from "../requests/requests.js";
import { ClassError } from "../settings.js";
import { readStudents } from "../sql/read.js";
import { changeStaff, describeRights, readStaff } from "../staff/staff.js";
import { totalsIn } from "../total/classTotals.js";
import { totalLines } from "../total/total.js";
import * as messages from "./messages.js";

type OptionValue = string | number | undefined;

/** What these actions read of the command line. */
export interface TermContext {
  classroom: Class;
  args: string[];
  options: TermOptions;
}

export interface TermOptions {
  lesson?: OptionValue;
  reason?: OptionValue;
  by?: OptionValue;
  read?: string;
  out?: string;
  name?: OptionValue;
  role?: string;
  sections?: OptionValue;
  names?: boolean;
}

const STUDENT = "the student (number, email, login or name)";

function required(arg: string | undefined, what: string): string {
  if (arg !== undefined && arg !== "") return arg;
  throw new ClassError(`course class: ${what} is missing`);
}

const lessonOf = ({ classroom, options }: TermContext): Lesson =>
  lessonNamed(classroom.lessons, options.lesson);

/** Under whose name decisions are recorded. */
export const byWhom = ({ by }: TermContext["options"]): string =>
  String(by ?? process.env.USER ?? "instructor");

const decision = ({ args: [who], options }: TermContext) => ({
  who: required(who, STUDENT),
  reason: String(options.reason ?? ""),
  by: byWhom(options),
});

async function accommodateAction(context: TermContext): Promise<void> {
  const time = required(context.args.slice(1).join(" "), "the time, such as 2 days");
  const given = await accommodate(context.classroom, { ...decision(context), time });
  console.log(
    given.minutes === 0
      ? `${given.name} has the deadlines of everybody again.`
      : `${given.name} has ${showDuration(given.minutes)} more in every lesson.`,
  );
}

/** excuse or missing; "none" after the student takes it back. */
const excuseAction = (word: "excused" | "missing") => async (context: TermContext) => {
  const [, back] = context.args;
  if (back !== undefined && back !== "none") {
    throw new ClassError(`course class: expected none or nothing after the student, got ${back}`);
  }
  const row = await excuse(context.classroom, lessonOf(context), {
    ...decision(context),
    state: back ?? word,
  });
  const { timeZone } = context.classroom.settings;
  console.log(`${messages.standing(row, timeZone)}; ${row.status}`);
};

async function totalAction({ classroom, args: [who] }: TermContext): Promise<void> {
  const student = await studentOf(classroom, required(who, STUDENT));
  const books = await readGradebooks(classroom, classroom.lessons);
  console.log([student.name, ...totalLines(totalsIn(classroom, books)(student))].join("\n"));
}

/** Lists the staff, or changes what one of them may do. */
async function staffAction({ classroom, args: [email], options }: TermContext): Promise<void> {
  const staff =
    email === undefined
      ? await readStaff(classroom.sql)
      : await changeStaff(classroom, {
          email,
          name: String(options.name ?? ""),
          role: required(options.role, "--role (owner, instructor, grader or none)"),
          sections: String(options.sections ?? ""),
          seesNames: options.names === true,
          by: byWhom(options),
        });
  const lines = staff.map((s) => `${s.name} (${s.email}): ${describeRights(s)}`);
  console.log(lines.length > 0 ? lines.join("\n") : "Nobody, beside whoever starts the server.");
}

/** Writes a lesson's rubrics as a table, or reads it back. */
async function rubricAction(context: TermContext): Promise<void> {
  const { classroom, options } = context;
  const lesson = lessonOf(context);
  if (options.read === undefined) {
    const { file, items } = await writeRubric(classroom, lesson);
    console.log(`${file}: ${messages.count(items, "item")}. Add rows, then --read it.`);
    return;
  }
  const found = await readRubricTable(classroom, lesson, options.read, byWhom(options));
  const items = messages.count(found.items, "item");
  console.log(`${items} new or changed; ${messages.count(found.marks, "mark")} changed with them.`);
}

async function requestsAction({ classroom }: TermContext): Promise<void> {
  const names = new Map((await readStudents(classroom.sql)).map((s) => [s.id, s.name]));
  const all = await readRequests(classroom.sql);
  const lines = all
    .filter(({ answer }) => !answer)
    .map((r) => {
      const about = r.about ? `, ${r.about}` : "";
      return `${r.id}  ${names.get(r.student)}, ${r.lesson}${about}: ${r.message}`;
    });
  const summary = `${messages.count(lines.length, "request")} of ${all.length} without an answer.`;
  console.log([...lines, summary].join("\n"));
}

async function answerAction({ classroom, args, options }: TermContext): Promise<void> {
  const [id, ...words] = args;
  const message = required(words.join(" "), "the answer");
  const by = byWhom(options);
  const request = await answerRequest(classroom, required(id, "the request"), { message, by });
  console.log(`${request.id} is answered; the student reads it at course class serve.`);
}

/** Writes a sheet for an oral exam to oral/<lesson>/. */
async function oralAction(context: TermContext): Promise<void> {
  const { classroom, args, options } = context;
  const lesson = lessonOf(context);
  const student = await studentOf(classroom, required(args[0], STUDENT));
  const sheet = oralSheet(classroom, lesson, await rowOf(classroom, lesson, student));
  const folder = join(classroom.folder, "oral", lesson.id);
  makeFolders(folder);
  const file = resolve(options.out ?? join(folder, `${student.id}.html`));
  await writeDurably(file, oralFile(sheet));
  chmodSync(file, 0o600);
  const asked = sheet.questions.map((q) => `  ${q.exercise}, line ${q.line}: ${q.question}`);
  console.log([file, ...asked].join("\n"));
}

export const TERM_ACTIONS: { [name: string]: (context: TermContext) => Promise<unknown> } = {
  accommodate: accommodateAction,
  excuse: excuseAction("excused"),
  missing: excuseAction("missing"),
  total: totalAction,
  staff: staffAction,
  rubric: rubricAction,
  requests: requestsAction,
  answer: answerAction,
  oral: oralAction,
};
