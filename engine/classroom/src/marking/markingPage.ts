/** Marking in a browser: an answer without its student's name, the rubric, and who else marks. */
import { markup, nothing, points, type Markup } from "grader/reports";
import type { Lesson } from "../lessons.js";
import { statementOf } from "../gradebook/marks.js";
import { inSections, runsClass } from "../staff/rights.js";
import type { Session } from "../web/access.js";
import { ClassError } from "../settings.js";
import {
  field,
  fields,
  HTML,
  lessonOf,
  may,
  nameOf,
  notFound,
  params,
  Refusal,
  staffOf,
  type Rejected,
  type WebContext,
} from "../web/context.js";
import type { FastifyRequest } from "fastify";
import { hidden, kept, lessonPath, page, rejection } from "../web/pages.js";
import { withInput } from "../web/rejected.js";
import { claim, claimNext, readClaims } from "./claims.js";
import { groupsIn, groupWith, markGroups, type AnswerGroup } from "./groups.js";
import { changeRubric, plainItem, pointsOf, readRubric, type KeyedItem } from "./rubric.js";

interface MarkingPage {
  lesson: Lesson;
  question: string;
  group?: AnswerGroup;
  /** Code of the next group. */
  next: string;
  /** Answers without points, each group counted once. */
  left: number;
  /** Open groups that others have open, by their names. */
  taken: Map<string, string>;
  statement: string;
  rubric: KeyedItem[];
}

const markingPath = (lesson: Lesson, question: string) =>
  `${lessonPath(lesson)}/marking/${encodeURIComponent(question)}`;
const rubricPath = (lesson: Lesson, question: string) =>
  `${lessonPath(lesson)}/rubric/${encodeURIComponent(question)}`;
const signed = (x: number) => (x < 0 ? `−${points(-x)}` : `+${points(x)}`);

function rubricBoxes({ group, rubric }: MarkingPage, rejected: Rejected | undefined): Markup {
  if (rubric.length === 0) return nothing;
  const applied = rejected
    ? new Set(rejected.all.get("item"))
    : new Set(group!.mark?.items?.map(({ id }) => id));
  const boxes = rubric.map((item) => {
    const checked = applied.has(item.id) ? "checked" : "";
    const key = item.key ? markup`<kbd>${item.key}</kbd> ` : nothing;
    return markup`<label><input type="checkbox" name="item" value="${item.id}"
data-points="${item.points}" data-key="${item.key}" ${checked}> ${key}${signed(item.points)}:
${item.sentence}</label>`;
  });
  return markup`<fieldset><legend>Rubric</legend>${boxes}</fieldset>`;
}

function equalAnswers({ answers, open, mark }: AnswerGroup): Markup {
  if (answers.length === 1) return nothing;
  const news =
    mark && open > 0
      ? ` ${open} of them came after ${mark.by} gave ${points(mark.points)}; saving gives them the same.`
      : "";
  return markup`<p role="status">${answers.length} equal answers, which are marked once.${news}</p>`;
}

function markForm(marking: MarkingPage, session: Session, rejected?: Rejected): Markup {
  const { lesson, question, next } = marking;
  const group = marking.group!;
  const at = markingPath(lesson, question);
  const { mark } = group;
  const given = kept(rejected, at, "points", mark ? points(mark.points) : "");
  return markup`<form class="mark" method="post" action="${at}?code=${group.code}"
data-max="${group.maxPoints}">${hidden(session)}${rejection(rejected, at)}
<input type="hidden" name="code" value="${group.code}">
<input type="hidden" name="seen" value="${mark?.at ?? ""}">
${rubricBoxes(marking, rejected)}
<label>Points of ${points(group.maxPoints)} <input name="points" inputmode="decimal"
value="${given}"></label>
<label>Comment <textarea name="comment" maxlength="5000">${kept(rejected, at, "comment", mark?.comment ?? "")}</textarea>
</label><button>Save</button> <a class="next" href="${at}?code=${next}">Next answer</a></form>
<p>Keys: a digit sets the points, a letter applies a rubric item, <kbd>Enter</kbd> saves,
<kbd>n</kbd> shows the next answer, <kbd>c</kbd> goes to the comment.</p>`;
}

export function markingPage(
  marking: MarkingPage,
  session: Session,
  mayEdit: boolean,
  rejected?: Rejected,
): Markup {
  const { lesson, question, group, left, taken, statement } = marking;
  const links = markup`<p><a href="${lessonPath(lesson)}">Back to the lesson</a>${
    mayEdit ? markup` · <a href="${rubricPath(lesson, question)}">Change the rubric</a>` : nothing
  }</p>`;
  const others = [...new Set(taken.values())];
  const who =
    others.length > 0
      ? markup`<p role="status">${others.join(", ")} ${others.length === 1 ? "marks" : "mark"} this question now, with other answers.</p>`
      : nothing;
  if (!group) {
    const why =
      taken.size > 0 ? "What is left is open with others." : "There is no answer to mark.";
    return markup`<h1>${question}</h1><p>${why}</p>${who}${links}`;
  }
  const owner = taken.get(group.key);
  const warning = owner ? markup`<p role="alert">${owner} has this answer open now.</p>` : nothing;
  return markup`<h1>${question}</h1><p>${left} without points</p>${who}${warning}
<details><summary>Question and rubric</summary><pre tabindex="0" role="group" aria-label="Question">${statement}</pre></details>
<h2>Answer ${group.code}</h2>${equalAnswers(group)}
<pre tabindex="0" role="group" aria-label="Answer">${group.text}</pre>
${markForm(marking, session, rejected)}${links}`;
}

function rubricPage(
  lesson: Lesson,
  question: string,
  rubric: KeyedItem[],
  session: Session,
  rejected?: Rejected,
): Markup {
  const at = rubricPath(lesson, question);
  const form = (item: KeyedItem | undefined) => {
    const id = item?.id ?? "";
    const own = rejected?.values.get("id") === id ? rejected : undefined;
    const value = (name: string, now: string) => kept(own, at, name, now);
    return markup`<form method="post" action="${at}"><fieldset>
<legend>${item ? `Item ${item.key}` : "A new item"}</legend>${hidden(session)}${rejection(own, at)}
<input type="hidden" name="id" value="${id}">
<label>Points <input name="points" inputmode="decimal" value="${value("points", item ? points(item.points) : "")}"></label>
<label>Sentence that students read <input name="sentence" required maxlength="500"
value="${value("sentence", item?.sentence ?? "")}"></label><button>Save</button></fieldset></form>`;
  };
  return markup`<h1>Rubric: ${question}</h1>
<p>Items with points, which are added, and less than 0 where something costs points. Where points of
an item change, so do the marks that have it; an item without points is removed from them.</p>
${rubric.map(form)}${form(undefined)}<p><a href="${markingPath(lesson, question)}">Mark</a></p>`;
}

/** The question that an address names, and its answers in the sections of whoever asks. */
async function questionOf({ classroom, books }: WebContext, request: FastifyRequest) {
  const lesson = lessonOf(classroom, request);
  const { question } = params(request);
  if (!lesson.written.some(({ name }) => name === question)) throw notFound();
  const rows = (await books(lesson)).filter((r) => inSections(staffOf(request), r.student));
  return { lesson, question: question!, groups: groupsIn(rows, question!) };
}

/** The answer that is asked for, else the next without a mark, else the first. */
async function chosen(
  { classroom }: WebContext,
  asked: { lesson: Lesson; question: string; groups: AnswerGroup[] },
  code: string | undefined,
  by: string,
): Promise<AnswerGroup | undefined> {
  const { groups, question } = asked;
  const key = { lesson: asked.lesson.id, question };
  const named = groupWith(groups, code);
  if (named) {
    await claim(classroom.sql, key, named.key, by);
    return named;
  }
  const next = await claimNext(classroom.sql, key, groups, by);
  return next ?? (groups.some(({ open }) => open > 0) ? undefined : groups[0]);
}

async function markAnswer(web: WebContext, request: FastifyRequest): Promise<void> {
  const { classroom } = web;
  const { lesson, question, groups } = await questionOf(web, request);
  const group = groupWith(groups, field(request, "code"));
  if (!group) {
    const typed = [field(request, "points"), field(request, "comment")].filter(Boolean).join(", ");
    throw new Refusal(404, `This answer isn’t there any more. You have typed: ${typed}`);
  }
  const by = nameOf(request);
  const { mark, maxPoints } = group;
  if (mark && mark.by !== by && mark.at !== field(request, "seen")) {
    throw new ClassError(
      `${mark.by} has given ${points(mark.points)} points meanwhile. Save again to give yours.`,
    );
  }
  const rubric = await readRubric(classroom.sql, lesson.id, question);
  const ids = new Set(fields(request, "item"));
  const items = rubric.filter(({ id }) => ids.has(id)).map(plainItem);
  const text = field(request, "points").trim().replace(",", ".");
  const empty = items.length > 0 ? pointsOf(items, maxPoints) : NaN;
  const given = text === "" ? empty : Number(text);
  if (!(given >= 0 && given <= maxPoints)) {
    throw new ClassError(`The points must be a number from 0 to ${maxPoints}.`);
  }
  const comment = field(request, "comment").slice(0, 5000);
  await markGroups(classroom.sql, [{ group, given: { points: given, comment, items, by } }]);
}

export function markingRoutes(web: WebContext): void {
  const { app, classroom } = web;
  const at = "/lessons/:lesson/marking/:question";
  const show = withInput(async (request, reply, rejected) => {
    const asked = await questionOf(web, request);
    const { lesson, question, groups } = asked;
    const { code } = request.query as { code?: string };
    const by = nameOf(request);
    const group = await chosen(web, asked, code, by);
    const taken = await readClaims(classroom.sql, { lesson: lesson.id, question }, by);
    const free = groups.filter(
      ({ key, open }) => open > 0 && !taken.has(key) && key !== group?.key,
    );
    const after = groups[(groups.indexOf(group!) + 1) % groups.length];
    const marking = {
      lesson,
      question,
      group,
      next: (free.find(({ code: c }) => c > (group?.code ?? "")) ?? free[0] ?? after)?.code ?? "",
      left: groups.filter(({ open }) => open > 0).length,
      taken,
      statement: statementOf(classroom.root, lesson.id, question),
      rubric: await readRubric(classroom.sql, lesson.id, question),
    };
    const body = markingPage(marking, request.session!, runsClass(staffOf(request)), rejected);
    return reply.type(HTML).send(page(question, body, request.session, ["marking.js"]));
  });
  app.get(at, may("marker"), show.page);
  app.post(
    at,
    may("marker"),
    show.form(async (request, reply) => {
      await markAnswer(web, request);
      return reply.redirect(request.url.split("?")[0]!, 303);
    }),
  );
}

export function rubricRoutes({ app, classroom }: WebContext): void {
  const at = "/lessons/:lesson/rubric/:question";
  const questionOfRequest = (request: FastifyRequest) => {
    const lesson = lessonOf(classroom, request);
    const { question = "" } = params(request);
    if (!lesson.written.some(({ name }) => name === question)) throw notFound();
    return { lesson, question };
  };
  const show = withInput(async (request, reply, rejected) => {
    const { lesson, question } = questionOfRequest(request);
    const rubric = await readRubric(classroom.sql, lesson.id, question);
    const body = rubricPage(lesson, question, rubric, request.session!, rejected);
    return reply.type(HTML).send(page(`Rubric: ${question}`, body, request.session));
  });
  app.get(at, may("instructor"), show.page);
  app.post(
    at,
    may("instructor"),
    show.form(async (request, reply) => {
      const { lesson, question } = questionOfRequest(request);
      await changeRubric(classroom, lesson, question, {
        id: field(request, "id"),
        points: field(request, "points"),
        sentence: field(request, "sentence"),
        by: nameOf(request),
      });
      return reply.redirect(request.url, 303);
    }),
  );
}
