/** What stands below a student's answers: requests to look again, and decisions for instructors. */
import { markup, nothing, type Markup } from "grader/reports";
import { requestSection } from "../requests/requestPages.js";
import { askUntil, readRequests } from "../requests/requests.js";
import { decides } from "../staff/rights.js";
import { totalPath } from "../total/totalPage.js";
import type { Lesson } from "../lessons.js";
import type { Student } from "../types.js";
import type { Session } from "./access.js";
import type { Rejected, WebContext } from "./context.js";
import { accommodationOf, decisionForms } from "./decisions.js";
import { studentPath } from "./pages.js";

interface Answers {
  lesson: Lesson;
  student: Student;
  /** Whether the student sees the grade. */
  isPublished: boolean;
}

export async function belowAnswers(
  web: WebContext,
  { lesson, student, isPublished }: Answers,
  session: Session,
  rejected: Rejected | undefined,
): Promise<Markup> {
  const total = markup`<p><a href="${totalPath(student)}">How this counts in the total</a></p>`;
  const { user } = session;
  const zone = web.classroom.settings.timeZone;
  const asked = await readRequests(web.classroom.sql, student.id);
  const until = await askUntil(web.classroom, lesson, student.id);
  const about = { lesson, student, isPublished, zone, until };
  const requests = requestSection(about, asked, session, rejected);
  if (user.role === "student") return markup`${total}${requests}`;
  const accommodation = await accommodationOf(web, student);
  const forms = decides(user)
    ? markup`<p><a href="${studentPath(lesson, student)}/oral">A sheet for an oral exam</a></p>
${decisionForms({ lesson, student, accommodation }, session, rejected)}`
    : nothing;
  return markup`${total}${requests}${forms}`;
}
