/**
 * notebooks/README.md: the course at a glance, for whoever sees the folder of notebooks without the
 * lab's home page: on GitHub, in plain JupyterLab, in Notebook 7.
 */
import type { LessonEntry, Manifest } from "grader/files";
import { lessonsByPart } from "views/courseParts";
import { durationText, plural, pointsText, sumOfPoints } from "../plural.js";

/** The first line of the pages that a build writes. */
export const GENERATED_NOTICE = "<!-- Written by npm run build; changes are lost. -->";

interface OverviewOptions {
  /** Whether helpers.md lies beside it. */
  helpers?: boolean;
  /** The pages of text beside it. */
  pages?: { name: string; title: string }[];
}

export function overview(
  manifest: Manifest,
  { helpers = false, pages = [] }: OverviewOptions = {},
): string {
  const { course, components, parts, lessons } = manifest;
  const end = helpers ? " [The helpers of `course`](helpers.md) are on one page." : "";
  const links = pages.map(({ name, title }) => `[${escapeTableCell(title)}](${name}.md)`);
  return [
    GENERATED_NOTICE,
    `# ${escapeTableCell(course)}`,
    summary(lessons),
    ...lessonsByPart(lessons, parts).flatMap((part) => [
      ...(part.title === undefined ? [] : [`## ${escapeTableCell(part.title)}`]),
      lessonTable(components, part.lessons),
    ]),
    "Open a lesson and run its cells from top to bottom with Shift+Enter. " +
      "A check under each exercise says at once whether your function is right." +
      end,
    ...(links.length > 0 ? [`After the last lesson: ${links.join(", ")}.`] : []),
  ]
    .join("\n\n")
    .concat("\n");
}

const sum = (numbers: number[]) => numbers.reduce((total, n) => total + n, 0);
/** Text inside a table's cell. */
const escapeTableCell = (text: string) => text.replace(/[\\|[\]<>*_`$]/g, "\\$&");

/** "8 + 2": points by checks, and by the instructor. */
function pointsOf({ exercises, written }: LessonEntry): string {
  const points = [sumOfPoints(exercises), sumOfPoints(written)];
  return points.filter((n) => n > 0).join(" + ") || "0";
}

function summary(lessons: LessonEntry[]): string {
  const hours = Math.round(sum(lessons.map(({ minutes }) => minutes)) / 60);
  const exercises = lessons.flatMap((lesson) => lesson.exercises);
  const written = lessons.flatMap((lesson) => lesson.written);
  return [
    plural(lessons.length, "lesson"),
    `about ${plural(hours, "hour")}`,
    plural(exercises.length, "exercise"),
    pointsText(exercises, written),
  ]
    .join(" · ")
    .concat(".");
}

/** Which lesson builds which component. */
function lessonTable(components: string[], lessons: LessonEntry[]): string {
  const heads = ["lesson", "question", ...components.map(escapeTableCell), "time", "points"];
  const rule = heads.map((_, i) => (i < 2 ? "---" : ":-:"));
  const rows = lessons.map((lesson) => [
    `[${lesson.id.split("-")[0]!} ${escapeTableCell(lesson.title)}](${lesson.id}.ipynb)`,
    escapeTableCell(lesson.question),
    ...components.map((component) => (lesson.components.includes(component) ? "●" : "")),
    durationText(lesson.minutes),
    pointsOf(lesson),
  ]);
  return [heads, rule, ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
