/** What instructors decide about a student: points, deadlines, excusals, more time. */
import { markup, type Markup } from "grader/reports";
import type { FastifyRequest } from "fastify";
import { accommodate, excuse } from "../gradebook/decide.js";
import { showDuration } from "../gradebook/granted.js";
import { readAccommodations } from "../gradebook/grantedRows.js";
import { extend, override } from "../gradebook/overrides.js";
import type { Lesson } from "../lessons.js";
import { ClassError } from "../settings.js";
import type { Accommodation, Student } from "../types.js";
import type { Session } from "./access.js";
import { field, lessonOf, may, nameOf, params, type Rejected, type WebContext } from "./context.js";
import { hidden, kept, rejection, studentPath } from "./pages.js";
import type { withInput } from "./rejected.js";

export interface DecisionForms {
  lesson: Lesson;
  student: Student;
  accommodation?: Accommodation;
}

interface Field {
  name: string;
  label: string;
  placeholder?: string;
  choices?: string[];
}

const REASON = { name: "reason", label: "Reason" };
const SEEN_REASON = { name: "reason", label: "Reason, which the student reads, too" };

/** A form with text fields, all required, as it was typed where it was rejected. */
function form(
  session: Session,
  rejected: Rejected | undefined,
  { at, title, fields, action }: { at: string; title: string; fields: Field[]; action: string },
): Markup {
  const inputs = fields.map(({ name, label, placeholder = "", choices }) => {
    const value = kept(rejected, at, name);
    if (!choices) {
      return markup`<label>${label} <input name="${name}" required maxlength="500"
placeholder="${placeholder}" value="${value}"></label>`;
    }
    const options = choices.map((c) =>
      c === value ? markup`<option selected>${c}</option>` : markup`<option>${c}</option>`,
    );
    return markup`<label>${label} <select name="${name}">${options}</select></label>`;
  });
  return markup`<form method="post" action="${at}"><fieldset><legend>${title}</legend>
${hidden(session)}${rejection(rejected, at)}${inputs}<button>${action}</button></fieldset></form>`;
}

const FORMS = [
  {
    path: "override",
    title: "Set the points by hand",
    fields: [{ name: "points", label: "Points, or none to take it back" }, SEEN_REASON],
    action: "Set",
  },
  {
    path: "extension",
    title: "Extend the deadline",
    fields: [
      { name: "until", label: "Until, or none to take it back", placeholder: "2027-05-10 23:59" },
      REASON,
    ],
    action: "Extend",
  },
  {
    path: "excusal",
    title: "Excused or missing",
    fields: [
      { name: "state", label: "This lesson is", choices: ["excused", "missing", "none"] },
      REASON,
    ],
    action: "Save",
  },
  {
    path: "accommodation",
    title: "More time in every lesson",
    fields: [{ name: "time", label: "Time, or 0 to take it back", placeholder: "2 days" }, REASON],
    action: "Give",
  },
];

export function decisionForms(
  { lesson, student, accommodation }: DecisionForms,
  session: Session,
  rejected?: Rejected,
): Markup {
  const at = studentPath(lesson, student);
  const standing =
    accommodation && accommodation.minutes > 0
      ? markup`<p>${showDuration(accommodation.minutes)} more in every lesson:
${accommodation.reason} (${accommodation.by})</p>`
      : markup``;
  const forms = FORMS.map((f) => form(session, rejected, { ...f, at: `${at}/${f.path}` }));
  return markup`<section><h2>Decisions</h2>${standing}${forms}</section>`;
}

export const accommodationOf = async ({ classroom }: WebContext, { id }: Student) =>
  (await readAccommodations(classroom.sql)).get(id);

/** @param show draws the student's page again where a form is rejected */
export function decisionRoutes(web: WebContext, show: ReturnType<typeof withInput>): void {
  const { app, classroom } = web;
  const decide = (
    word: string,
    apply: (request: FastifyRequest, who: string, lesson: Lesson) => Promise<unknown>,
  ) => {
    app.post(
      `/lessons/:lesson/students/:student/${word}`,
      may("section"),
      show.form(async (request, reply) => {
        const { student = "" } = params(request);
        await apply(request, student, lessonOf(classroom, request));
        return reply.redirect(request.url.slice(0, -word.length - 1), 303);
      }),
    );
  };
  const decision = (request: FastifyRequest, who: string) => {
    const reason = field(request, "reason");
    if (reason.trim() === "") throw new ClassError("The reason is missing.");
    return { who, reason, by: nameOf(request) };
  };
  decide("override", (request, who, lesson) => {
    const points = field(request, "points");
    if (points.trim() === "") throw new ClassError("The points are missing.");
    return override(classroom, lesson, { ...decision(request, who), points });
  });
  decide("extension", (request, who, lesson) =>
    extend(classroom, lesson, { ...decision(request, who), until: field(request, "until") }),
  );
  decide("excusal", (request, who, lesson) =>
    excuse(classroom, lesson, { ...decision(request, who), state: field(request, "state") }),
  );
  decide("accommodation", (request, who) =>
    accommodate(classroom, { ...decision(request, who), time: field(request, "time") }),
  );
}
