/** course class: what a real term needs beside collecting and grading. */
import { join, resolve } from "node:path";
import { makeFolders } from "grader/files";
import { accommodate, excuse } from "../gradebook/decide.js";
import { readGradebooks } from "../gradebook/export.js";
import { showDuration } from "../gradebook/granted.js";
import { rowOf, studentOf } from "../gradebook/overrides.js";
import { readRubricTable, writeRubric } from "../marking/rubric.js";
import { oralFile, oralSheet } from "../oral/oral.js";
import { answerRequest, readRequests } from "../requests/requests.js";
import { ClassError } from "../given.js";
import { readStudents } from "../sql/read.js";
import { describeRights } from "../staff/rights.js";
import { changeStaff, readStaff } from "../staff/staff.js";
import { totalsIn } from "../total/classTotals.js";
import { totalLines } from "../total/total.js";
import {
  byWhom,
  lessonOf,
  requireArg,
  STUDENT,
  writePrivately,
  type ActionContext,
} from "./common.js";
import * as messages from "./messages.js";

const decision = ({ args: [who], options }: ActionContext) => ({
  who: requireArg(who, STUDENT),
  reason: String(options.reason ?? ""),
  by: byWhom(options),
});

async function accommodateAction(context: ActionContext): Promise<void> {
  const time = requireArg(context.args.slice(1).join(" "), "the time, such as 2 days");
  const given = await accommodate(context.classroom, { ...decision(context), time });
  console.log(
    given.minutes === 0
      ? `${given.name} has the deadlines of everybody again.`
      : `${given.name} has ${showDuration(given.minutes)} more in every lesson.`,
  );
}

/** excuse or missing; "none" after the student takes it back. */
const excuseAction = (word: "excused" | "missing") => async (context: ActionContext) => {
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

async function totalAction({ classroom, args: [who] }: ActionContext): Promise<void> {
  const student = await studentOf(classroom, requireArg(who, STUDENT));
  const books = await readGradebooks(classroom, classroom.lessons);
  console.log([student.name, ...totalLines(totalsIn(classroom, books)(student))].join("\n"));
}

/** Lists the staff, or changes what one of them may do. */
async function staffAction({ classroom, args: [email], options }: ActionContext): Promise<void> {
  const staff =
    email === undefined
      ? await readStaff(classroom.sql)
      : await changeStaff(classroom, {
          email,
          name: String(options.name ?? ""),
          role: requireArg(options.role, "--role (owner, instructor, grader or none)"),
          sections: String(options.sections ?? ""),
          seesNames: options.names === true,
          by: byWhom(options),
        });
  const lines = staff.map((s) => `${s.name} (${s.email}): ${describeRights(s)}`);
  console.log(lines.length > 0 ? lines.join("\n") : "Nobody, beside whoever starts the server.");
}

/** Writes a lesson's rubrics as a table, or reads it back. */
async function rubricAction(context: ActionContext): Promise<void> {
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

async function requestsAction({ classroom }: ActionContext): Promise<void> {
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

async function answerAction({ classroom, args, options }: ActionContext): Promise<void> {
  const [id, ...words] = args;
  const message = requireArg(words.join(" "), "the answer");
  const by = byWhom(options);
  const request = await answerRequest(classroom, requireArg(id, "the request"), { message, by });
  console.log(`${request.id} is answered; the student reads it at course class serve.`);
}

/** Writes a sheet for an oral exam to oral/<lesson>/. */
async function oralAction(context: ActionContext): Promise<void> {
  const { classroom, args, options } = context;
  const lesson = lessonOf(context);
  const student = await studentOf(classroom, requireArg(args[0], STUDENT));
  const sheet = oralSheet(classroom, lesson, await rowOf(classroom, lesson, student));
  const folder = join(classroom.folder, "oral", lesson.id);
  makeFolders(folder);
  const file = resolve(options.out ?? join(folder, `${student.id}.html`));
  await writePrivately(file, oralFile(sheet));
  const asked = sheet.questions.map((q) => `  ${q.exercise}, line ${q.line}: ${q.question}`);
  console.log([file, ...asked].join("\n"));
}

export const TERM_ACTIONS: { [name: string]: (context: ActionContext) => Promise<unknown> } = {
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
