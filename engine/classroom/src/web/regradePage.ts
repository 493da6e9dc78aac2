/** Who would change by how much, before anybody accepts it. */
import { markup, nothing, points, type Markup } from "grader/reports";
import type { Lesson } from "../lessons.js";
import type { Change, Regrade } from "../gradebook/regrade.js";
import type { Session } from "./access.js";
import { button, lessonPath, shown, studentPath, wide } from "./pages.js";
import type { State } from "./regrading.js";

function changeRow(lesson: Lesson, { student, before, after, exercises }: Change): Markup {
  const parts = exercises.map((e) => `${e.name} ${points(e.before)} → ${points(e.after)}`);
  const difference = points((after ?? 0) - (before ?? 0));
  const signed = difference.startsWith("-") ? `−${difference.slice(1)}` : `+${difference}`;
  return markup`<tr><th scope="row"><a href="${studentPath(lesson, student)}">${student.name}</a>
</th><td>${shown(before)}</td><td>${shown(after)}</td><td>${signed}</td>
<td>${parts.join(", ")}</td></tr>`;
}

function comparison(lesson: Lesson, { compared, changes, digest }: Regrade, session: Session) {
  const head = markup`<p>${compared} hand-ins compared, ${changes.length} change.</p>`;
  if (changes.length === 0) return head;
  const names = ["student", "now", "then", "difference", "exercises"];
  const rows = changes.map((c) => changeRow(lesson, c));
  const accept = button(session, `${lessonPath(lesson)}/regrade/accept`, "Accept", { digest });
  return markup`${head}<p>The gradebook is as before until you accept.</p>${accept}
${wide(names, rows)}`;
}

export interface Regraded {
  lesson: Lesson;
  state: State;
  /** What was found last. */
  found?: Regrade;
  /** Whether there is anything to compare with. */
  graded: boolean;
}

export function regradePage({ lesson, state, found, graded }: Regraded, session: Session): Markup {
  const at = `${lessonPath(lesson)}/regrade`;
  const head = markup`<h1>Grade again: ${lesson.title}</h1>
<p><a href="${lessonPath(lesson)}">Back to the gradebook</a></p>`;
  if (!graded) return markup`${head}<p>This lesson has no grades yet.</p>`;
  if (state.is === "running") {
    const so =
      state.of > 0 ? `${state.done} of ${state.of} hand-ins are graded.` : "Grading has begun.";
    return markup`${head}<p role="status">${so}</p>${button(session, `${at}/stop`, "Stop")}`;
  }
  const failed =
    state.is === "failed" ? markup`<p role="alert">It failed: ${state.says}</p>` : nothing;
  if (found) return markup`${head}${failed}${comparison(lesson, found, session)}`;
  return markup`${head}${failed}<p>After an exercise was corrected, all hand-ins are graded again with
the same seed, and this page shows who changes by how much.</p>${button(session, at, "Compare")}`;
}
