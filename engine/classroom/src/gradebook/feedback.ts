/**
 * What students read, as an archive that the platform takes back: under the folder or file name
 * that it gave itself, so it knows whose it is.
 */
import { type Markup, markup, nothing, points, studentPage } from "grader/reports";
import { isGraded, type Graded } from "grader/batch";
import type { Class } from "../class.js";
import type { Lesson } from "../lessons.js";
import { notesOf } from "./explain.js";
import { gradebook } from "./rows.js";
import { showTime } from "../time.js";
import type { HandIn, Mark, Platform, Row } from "../types.js";
import { zipOf } from "../collect/sources.js";

function lateLine({ daysLate, percentOff, deadline, earnedPoints }: Row, zone: string): Markup {
  if (daysLate === 0) return nothing;
  const until = deadline === undefined ? "" : ` (the deadline was ${showTime(deadline, zone)})`;
  const days = daysLate === 1 ? "one day" : `${daysLate} days`;
  return markup`<p>Handed in ${days} late${until}: ${points(percentOff)}% of the
${points(earnedPoints ?? 0)} points earned are taken off.</p>`;
}

function markList(marks: Mark[]): Markup {
  if (marks.length === 0) return nothing;
  const items = marks.map(({ question, points: given, comment, items = [] }) => {
    const remark = comment === "" ? nothing : markup`. ${comment}`;
    const applied = items.map((item) => markup`<li>${points(item.points)}: ${item.sentence}</li>`);
    const rubric = items.length > 0 ? markup`<ul>${applied}</ul>` : nothing;
    return markup`<li>${question}: ${points(given)} points${remark}${rubric}</li>`;
  });
  return markup`<ul>${items}</ul>`;
}

/** What counts, and how it came about. */
function summary(row: Row, zone: string): Markup {
  const { override, unmarked, marks } = row;
  const sum = markup`<p><strong>${points(row.points ?? 0)} of ${points(row.maxPoints)} points</strong></p>`;
  const why = override ? markup`<p>Set by hand: ${override.reason}</p>` : nothing;
  const waits = unmarked.length > 0 ? markup`<p>Answers in words are not marked yet.</p>` : nothing;
  const notes = notesOf(row).map((note) => markup`<p>${note}</p>`);
  return markup`${sum}${lateLine(row, zone)}${why}${notes}${waits}${markList(marks)}`;
}

const PAGE = "feedback.html";

/** The name that the platform gave, for the page. */
export function feedbackName({ path, platform }: Pick<HandIn, "path" | "platform">): string {
  const first = path.split("/")[0]!;
  const stem = first.replace(/\.ipynb$/i, "");
  if (platform === "canvas") return `${stem}.html`;
  if (path.includes("/")) return `${first}/${PAGE}`;
  const folder = platform === "moodle" ? /^.*?_assignsubmission_file_/.exec(first)?.[0] : undefined;
  return `${folder ?? stem}/${PAGE}`;
}

/** An archive for each platform that hand-ins of the lesson came from. */
export async function feedbackArchives(
  classroom: Class,
  lesson: Lesson,
): Promise<Map<Platform, Uint8Array>> {
  const rows = await gradebook(classroom, lesson);
  const files = new Map<Platform, Map<string, string>>();
  for (const row of rows) {
    const { handIn, grade } = row;
    if (!handIn || !grade || !isGraded(grade.result)) continue;
    const result: Graded = { ...grade.result, file: handIn.path };
    const first = summary(row, classroom.settings.timeZone);
    const pages = files.get(handIn.platform) ?? new Map<string, string>();
    pages.set(feedbackName(handIn), studentPage(classroom.course, result, first));
    files.set(handIn.platform, pages);
  }
  return new Map([...files].map(([platform, pages]) => [platform, zipOf(pages)]));
}
