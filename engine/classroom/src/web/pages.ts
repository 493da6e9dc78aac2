/** The pages. Every value is text unless it is markup itself, so nothing of a student's runs. */
import { Markup, markup, nothing, points } from "grader/reports";
import type { Class } from "../class.js";
import type { Lesson } from "../lessons.js";
import { aboveMaximum, notesOf } from "../gradebook/explain.js";
import {
  reasonsFor,
  type PendingChange,
  type Published,
  type PublishedRow,
} from "../gradebook/published.js";
import type { Code } from "../report/similar.js";
import { showTime } from "../time.js";
import { decides, runsClass, seesNames, type StaffRights } from "../staff/rights.js";
import type { Total } from "../total/total.js";
import type { Mark, Publication, Row, Student } from "../types.js";
import type { Session } from "./access.js";
import type { Rejected } from "./context.js";
import { finder, listing, pager, searchForm, type ListQuery } from "./listing.js";
import { allStudents, isUnfinished, pointsIn, type Gradebooks } from "../gradebook/export.js";

/** A row as its student or an instructor sees it. */
export interface VisibleRow extends Omit<Row, "status" | "grade"> {
  status: string;
  grade?: { id: string };
  /** What is unusual about it, where that isn't read from the row. */
  notes?: string[];
}

/** What a student sees: the row as it was published, beside today's hand-ins. */
export function publishedView(row: Row, lesson: Lesson, published: PublishedRow): VisibleRow {
  const { handIn, grade, ...rest } = published;
  return {
    ...withoutGrades(row, lesson),
    ...rest,
    handIn: row.handIns.find(({ id }) => id === handIn),
    grade: grade === undefined ? undefined : { id: grade },
    others: [],
  };
}

/** What a student sees of a lesson whose grades are held back. */
export const withoutGrades = (
  { lesson, student, handIn, handIns, others, deadline, extension }: Row,
  { maxPoints }: Lesson,
): VisibleRow => ({
  lesson,
  student,
  handIn,
  handIns,
  others: others.map((o) => ({ handIn: o.handIn })),
  deadline,
  extension,
  maxPoints,
  marks: [],
  unanswered: [],
  unmarked: [],
  daysLate: 0,
  percentOff: 0,
  status: handIn ? "handed in, not published yet" : "nothing handed in",
});

/** The same as on the command line, where a sentence follows a name. */
const sentence = (message: string) => message.slice(0, 1).toUpperCase() + message.slice(1);

/** The sentence that says why a form was rejected. */
export const rejection = (rejected: Rejected | undefined, at: string): Markup =>
  rejected?.at === at ? markup`<p role="alert">${sentence(rejected.message)}</p>` : nothing;
/** What was typed into a field of a form that was rejected, else what is there now. */
export const kept = (rejected: Rejected | undefined, at: string, name: string, now = ""): string =>
  rejected?.at === at ? (rejected.values.get(name) ?? now) : now;
export const hidden = ({ csrf }: Session) =>
  markup`<input type="hidden" name="_csrf" value="${csrf}">`;
/** A form that is a button alone. */
export function button(
  session: Session,
  action: string,
  label: string,
  values: { [name: string]: string } = {},
): Markup {
  const fields = Object.entries(values).map(
    ([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">`,
  );
  return markup`<form method="post" action="${action}">${hidden(session)}${fields}
<button>${label}</button></form>`;
}
export const wide = (
  head: (string | Markup)[],
  rows: Markup[],
) => markup`<div class="wide" tabindex="0" role="group"
aria-label="Table"><table><thead><tr>${head.map(
  (name) => markup`<th scope="col">${name}</th>`,
)}</tr></thead><tbody>${rows}</tbody></table></div>`;
export const shown = (x: number | undefined) => (x === undefined ? "–" : points(x));
export const lessonPath = ({ id }: Lesson) => `/lessons/${encodeURIComponent(id)}`;
export const studentPath = (lesson: Lesson, { id }: Student) =>
  `${lessonPath(lesson)}/students/${encodeURIComponent(id)}`;

function navigation({ user, ...session }: Session): Markup {
  const out = button({ user, ...session }, "/sign-out", "Sign out");
  if (user.role === "student") {
    const total = markup`<a href="/students/${encodeURIComponent(user.id)}/total">My total</a>`;
    return markup`<nav aria-label="Class"><a href="/me">My grades</a>${total}${out}</nav>`;
  }
  const links: [boolean, string, string][] = [
    [true, "/", "Lessons"],
    [seesNames(user), "/grades", "All grades"],
    [seesNames(user), "/roster", "Roster"],
    [decides(user), "/requests", "Requests"],
    [runsClass(user), "/audit", "Changes"],
    [user.role === "owner", "/staff", "Staff"],
  ];
  const shownLinks = links
    .filter(([may]) => may)
    .map(([, at, label]) => markup`<a href="${at}">${label}</a>`);
  return markup`<nav aria-label="Class">${shownLinks}<span>${user.name}</span>${out}</nav>`;
}

export function page(
  title: string,
  body: Markup,
  session?: Session,
  scripts: string[] = [],
): string {
  const tags = scripts.map((s) => markup`<script src="/assets/${s}" defer></script>`);
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="referrer" content="same-origin">
<title>${title}</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/web.css">${tags}</head>
<body>${session ? navigation(session) : nothing}<main>${body}</main></body></html>
`.text;
}

/** @param school whether the school's own sign-in is there */
export const signInPage = (token: string, school: boolean): Markup => {
  if (token === "" && school) {
    return markup`<h1>Sign in</h1><p><a href="/oidc/sign-in">Sign in with your school account</a></p>
<p>Or open the link that you were given.</p>`;
  }
  if (token === "") {
    return markup`<h1>Sign in</h1><p>Open the link that you were given. Instructors find theirs
where the server was started.</p>`;
  }
  return markup`<h1>Sign in</h1><form method="post" action="/sign-in">
<input type="hidden" name="token" value="${token}"><button>Sign in</button></form>`;
};

const tables = (at: string, of: string) =>
  [
    ["csv", "as a table"],
    ["canvas", "for Canvas"],
    ["moodle", "for Moodle"],
  ].map(
    ([to, label]) => markup`<li><a href="${at}/export/${to!}">Download ${of} ${label!}</a></li>`,
  );

const ARCHIVES = {
  canvas: "for Canvas",
  moodle: "for Moodle",
  gradescope: "of Gradescope’s hand-ins",
  plain: "as a folder for each student",
};

export const lessonsPage = (
  { settings, lessons }: Class,
  published: Map<string, Publication>,
  rights: StaffRights,
): Markup => {
  const rows = lessons.map((lesson) => {
    const until = settings.lessons.get(lesson.id);
    const deadline = until === undefined ? "–" : showTime(until, settings.timeZone);
    const link = markup`<a href="${lessonPath(lesson)}">${lesson.title}</a>`;
    const seen = published.get(lesson.id)?.published ? "published" : "held back";
    return markup`<tr><th scope="row">${link}</th><td>${deadline}</td><td>${lesson.maxPoints}</td>
<td>${seen}</td></tr>`;
  });
  const head = ["lesson", "deadline", "points", "grades"];
  const downloads = runsClass(rights)
    ? markup`<ul><li><a href="/export/csv">Download all grades as a table</a></li>
<li><a href="/export/total">Download the totals as a table</a></li></ul>`
    : nothing;
  return markup`<h1>${settings.title}</h1>${wide(head, rows)}${downloads}`;
};

/** Names lead to what is kept about a student, for whoever may see that. */
export const rosterPage = (students: Student[], query: ListQuery, rights: StaffRights): Markup => {
  const list = listing(students.filter(finder(query.find)), query);
  const nameOf = ({ id, name }: Student) =>
    runsClass(rights) ? markup`<a href="/roster/${encodeURIComponent(id)}">${name}</a>` : name;
  const rows = list.shown.map(
    (s) => markup`<tr><th scope="row">${nameOf(s)}</th><td>${s.number}</td><td>${s.email}</td>
<td>${s.section}</td><td>${s.active ? "" : "left the roster"}</td></tr>`,
  );
  return markup`<h1>Roster</h1>${searchForm("/roster", query)}${pager("/roster", list)}
${wide(["name", "number", "email", "section", "note"], rows)}`;
};

function gradebookTable(lesson: Lesson, rows: Row[]): Markup {
  const lines = rows.map((r) => {
    const link = markup`<a href="${studentPath(lesson, r.student)}">${r.student.name}</a>`;
    return markup`<tr><th scope="row">${link}</th><td>${r.status}</td><td>${shown(r.exercisePoints)}</td>
<td>${shown(r.writtenPoints)}</td><td>${r.percentOff > 0 ? `${points(r.percentOff)} %` : ""}</td>
<td>${shown(r.points)} of ${points(r.maxPoints)}</td></tr>`;
  });
  return wide(["student", "status", "exercises", "written", "taken off", "points"], lines);
}

/** The rows that are query for, in pages. */
function gradebookList(lesson: Lesson, rows: Row[], query: ListQuery): Markup {
  const isMeant = finder(query.find);
  const found = rows.filter(
    (r) => isMeant(r.student) && (!query.status || r.status === query.status),
  );
  const statuses = [...new Set(rows.map((r) => r.status))].sort();
  const list = listing(found, query);
  const at = lessonPath(lesson);
  return markup`${searchForm(at, query, statuses)}${pager(at, list)}
${gradebookTable(lesson, list.shown)}`;
}

/** What was decided last about a lesson's grades, and what publishing them now changes. */
interface PublicationState {
  decided: Publication | undefined;
  pending: PendingChange[];
  /** Whether class.yaml names a learning platform. */
  hasPlatform: boolean;
}

/** Who sees what else once the grades are published, to be opened before that is decided. */
function pendingList(lesson: Lesson, pending: PendingChange[]): Markup {
  if (pending.length === 0) return nothing;
  const lines = pending.flatMap(({ student, before, after, reasons }) => {
    if (!before) return [];
    const link = markup`<a href="${studentPath(lesson, student)}">${student.name}</a>`;
    const change = `${shown(before.points)} → ${shown(after.points)} of ${points(after.maxPoints)}`;
    return markup`<li>${link}: ${change}. ${reasons.join(" ")}</li>`;
  });
  const first = pending.length - lines.length;
  const news = first > 0 ? markup`<li>Published for the first time: ${first}</li>` : nothing;
  return markup`<details><summary>What publishing changes: ${pending.length}</summary>
<ul>${lines}${news}</ul></details>`;
}

function publication(
  lesson: Lesson,
  session: Session,
  { decided, pending, hasPlatform }: PublicationState,
): Markup {
  const at = lessonPath(lesson);
  const list = pendingList(lesson, pending);
  if (decided?.published) {
    const again =
      pending.length > 0 && decided.isFixed
        ? markup`<p role="status">${pending.length} of them have changed since: students see what was published.</p>
${list}${button(session, `${at}/publish`, "Publish again")}`
        : nothing;
    const send = hasPlatform
      ? button(session, `${at}/send`, "Send the published grades to the platform")
      : nothing;
    return markup`<p>Students see these grades. ${decided.by} published them.</p>${again}${send}
${button(session, `${at}/unpublish`, "Hold the grades back")}`;
  }
  return markup`<p>These grades are held back: students don’t see them.</p>
${list}${button(session, `${at}/publish`, "Publish the grades")}`;
}

/** What a lesson's page offers to whoever decides about the whole class. */
function lessonLinks(lesson: Lesson, rows: Row[]): Markup {
  const at = lessonPath(lesson);
  const graded = rows.flatMap((r) =>
    r.handIn && r.exercisePoints !== undefined ? [r.handIn] : [],
  );
  const feedback = [...new Set(graded.map((h) => h.platform))].map(
    (p) => markup`<li><a href="${at}/feedback/${p}">Download feedback ${ARCHIVES[p]}</a></li>`,
  );
  return markup`<li><a href="${at}/report">Report</a></li>
<li><a href="${at}/regrade">Grade again</a></li>${tables(at, "grades")}${feedback}`;
}

/** @param rows of the sections of whoever asks */
export function gradebookPage(
  lesson: Lesson,
  rows: Row[],
  query: ListQuery,
  session: Session,
  state: PublicationState,
): Markup {
  const user = session.user as StaffRights;
  const marking = lesson.written.map(
    ({ name }) =>
      markup`<li><a href="${lessonPath(lesson)}/marking/${encodeURIComponent(name)}">Mark ${name}</a></li>`,
  );
  const [decide, links] = runsClass(user)
    ? [publication(lesson, session, state), lessonLinks(lesson, rows)]
    : [nothing, nothing];
  const list = seesNames(user) ? gradebookList(lesson, rows, query) : nothing;
  return markup`<h1>${lesson.title}</h1>${decide}<ul>${marking}${links}</ul>${list}`;
}

/** Tells a student that something is waiting, without what it is. */
const seenLater = (changes: string[]) =>
  changes.length > 0
    ? [
        "Something has changed since these grades were published; it shows when they are published again.",
      ]
    : [];

/** The sentences of the rubric that a mark was given for. */
function appliedItems({ items = [] }: Mark): Markup {
  if (items.length === 0) return nothing;
  const lines = items.map((item) => markup`<li>${points(item.points)}: ${item.sentence}</li>`);
  return markup`<ul>${lines}</ul>`;
}

/** What an answer earned and how, the same for its student and for an instructor. */
function standing({ row, published, changes, zone }: Answered, session: Session): Markup {
  const forInstructor = session.user.role !== "student";
  const by = (name: string) => (forInstructor ? ` (${name})` : "");
  const deadline = row.deadline
    ? markup`<li>Deadline: ${showTime(row.deadline, zone)}</li>`
    : nothing;
  const late = row.daysLate
    ? markup`<li>Days late: ${row.daysLate}${row.coveredDays ? `, ${row.coveredDays} of them covered by the budget of late days` : ""},
${points(row.percentOff)} % taken off</li>`
    : nothing;
  const set = row.override
    ? markup`<li>Set by hand: ${row.override.reason}${by(row.override.by)}</li>`
    : nothing;
  const extended =
    row.extension && forInstructor
      ? markup`<li>Extended: ${row.extension.reason}${by(row.extension.by)}</li>`
      : nothing;
  const above = forInstructor ? aboveMaximum(row) : undefined;
  const before =
    published?.before && row.points !== undefined
      ? reasonsFor(published.before, published.row).map(
          (r) => `Changed when it was published again: ${r}`,
        )
      : [];
  const later = changes.map(
    (c) => `Since the grades were published, not shown to students yet: ${c}`,
  );
  const texts = [
    ...(above ? [above] : []),
    ...(row.notes ?? notesOf({ ...row, grade: (row as Row).grade })),
    ...before,
    ...(forInstructor ? later : seenLater(changes)),
  ];
  const notes = texts.map((note) => markup`<li>${note}</li>`);
  const marked = row.marks.map(
    (m) =>
      markup`<li>${m.question}: ${points(m.points)}. ${m.comment}${by(m.by)}${appliedItems(m)}</li>`,
  );
  return markup`<p><strong>${shown(row.points)} of ${points(row.maxPoints)} points</strong>, ${row.status}
</p><ul>${deadline}${extended}${late}${set}${notes}${marked}</ul>`;
}

export interface Answered {
  lesson: Lesson;
  row: VisibleRow;
  published?: Published;
  /** What has changed since it was published. */
  changes: string[];
  codes: Code[];
  zone: string;
  /** What stands below: decisions for instructors, requests for students. */
  below: Markup;
}

export function answerPage(answered: Answered, session: Session): Markup {
  const { lesson, row, codes, below } = answered;
  const at = studentPath(lesson, row.student);
  const answers = codes.map(
    ({ exercise, code }) =>
      markup`<h3>${exercise}</h3><pre tabindex="0" role="group" aria-label="${exercise}">${code}</pre>`,
  );
  const report = row.grade
    ? markup`<iframe src="${at}/report" title="Report of the grader"></iframe>`
    : markup`<p>There is no report yet.</p>`;
  const file = row.handIn ? markup`<p><a href="${at}/notebook">The notebook</a></p>` : nothing;
  return markup`<h1>${lesson.title}: ${row.student.name}</h1>
${standing(answered, session)}${file}
<div class="beside"><section><h2>Answers</h2>${answers}</section><section><h2>Report</h2>${report}
</section></div>${below}`;
}

export const myPage = (books: [Lesson, VisibleRow | undefined][]): Markup => {
  const rows = books.flatMap(([lesson, row]) =>
    row
      ? markup`<tr><th scope="row"><a href="${studentPath(lesson, row.student)}">${lesson.title}</a>
</th><td>${row.status}</td><td>${shown(row.points)} of ${points(row.maxPoints)}</td></tr>`
      : [],
  );
  return markup`<h1>My grades</h1>${wide(["lesson", "status", "points"], rows)}`;
};

const GRADES_PATH = "/grades";

/** The number alone, as the column is narrow; its title is read out and shows under the pointer. */
const columnHead = (lesson: Lesson): Markup => {
  const [number] = lesson.id.split("-");
  return markup`<a href="${lessonPath(lesson)}" title="${lesson.title}"
aria-label="${number!} ${lesson.title}">${number!}</a>`;
};

const totalCell = ({ id }: Student, total: Total | undefined): Markup => {
  const percent =
    total?.percent === undefined ? "–" : `${points(Math.round(total.percent * 10) / 10)} %`;
  return markup`<a href="/students/${encodeURIComponent(id)}/total">${percent}</a>`;
};

/** @param totalFor computes a student's total; only of those who are shown */
export function gradesPage(
  books: Gradebooks,
  query: ListQuery,
  totalFor?: (student: Student) => Total,
): Markup {
  const lessons = [...books.keys()];
  const earned = pointsIn(books);
  const open = new Set(
    [...books.values()]
      .flat()
      .filter(isUnfinished)
      .map((row) => `${row.lesson} ${row.student.id}`),
  );
  const isOpen = (lesson: Lesson, { id }: Student) => open.has(`${lesson.id} ${id}`);
  const list = listing(allStudents(books).filter(finder(query.find)), query);
  const cell = (lesson: Lesson, student: Student) => {
    const given = earned(lesson, student);
    if (given === undefined) return markup`<td>–</td>`;
    const mark = isOpen(lesson, student) ? "*" : "";
    return markup`<td><a href="${studentPath(lesson, student)}">${points(given)}${mark}</a></td>`;
  };
  const rows = list.shown.map((student) => {
    const sum = lessons.reduce((total, lesson) => total + (earned(lesson, student) ?? 0), 0);
    const mark = lessons.some((lesson) => isOpen(lesson, student)) ? "*" : "";
    return markup`<tr><th scope="row">${student.name}</th>${lessons.map((l) => cell(l, student))}
<td>${shown(sum)}${mark}</td><td>${totalCell(student, totalFor?.(student))}</td></tr>`;
  });
  const note =
    open.size > 0
      ? markup`<p>* These points may still change: answers wait for marks, or notebooks for the grader.</p>`
      : nothing;
  const of = lessons.reduce((total, lesson) => total + lesson.maxPoints, 0);
  const head = ["student", ...lessons.map(columnHead), `of ${points(of)}`, "total"];
  return markup`<h1>All grades</h1>${searchForm(GRADES_PATH, query)}${pager(GRADES_PATH, list)}${note}
<div class="grid">${wide(head, rows)}</div>`;
}
