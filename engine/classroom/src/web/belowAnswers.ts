/** What stands below a student's answers: decisions for instructors. */
import { markup, nothing, type Markup } from "grader/reports";
import { decides } from "../staff/staff.js";
import { totalPath } from "../total/totalPage.js";
import type { Lesson } from "../lessons.js";
import type { Student } from "../types.js";
import type { Session } from "./access.js";
import type { Rejected, WebContext } from "./context.js";
import { accommodationOf, decisionForms } from "./decisions.js";
import type { VisibleRow } from "./pages.js";

interface Answers {
  lesson: Lesson;
  student: Student;
  /** As whoever asks sees it. */
  seen: VisibleRow;
}

export async function belowAnswers(
  web: WebContext,
  { lesson, student }: Answers,
  session: Session,
  rejected: Rejected | undefined,
): Promise<Markup> {
  const total = markup`<p><a href="${totalPath(student)}">How this counts in the total</a></p>`;
  const { user } = session;
  if (user.role === "student") return total;
  const accommodation = await accommodationOf(web, student);
  const forms = decides(user)
    ? decisionForms({ lesson, student, accommodation }, session, rejected)
    : nothing;
  return markup`${total}${forms}`;
}
