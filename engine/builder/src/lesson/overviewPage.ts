/**
 * notebooks/README.md: the course at a glance, for whoever sees the folder of notebooks without the
 * lab's home page: on GitHub, in plain JupyterLab, in Notebook 7.
 */
import type { LessonEntry, Manifest } from "grader/files";
import { plural } from "../plural.js";

/** The first line of the pages that a build writes. */
export const GENERATED_NOTICE = "<!-- Written by npm run build; changes are lost. -->";

/** @param helpers whether helpers.md lies beside it */
export function overview({ course, components, lessons }: Manifest, helpers: boolean): string {
  const end = helpers ? " [The helpers of `course`](helpers.md) are on one page." : "";
  return [
    GENERATED_NOTICE,
    `# ${escapeTableCell(course)}`,
    summary(lessons),
    lessonTable(components, lessons),
    "Open a lesson and run its cells from top to bottom with Shift+Enter. " +
      "A check under each exercise says at once whether your function is right." +
      end,
  ]
    .join("\n\n")
    .concat("\n");
}

const sum = (numbers: number[]) => numbers.reduce((total, n) => total + n, 0);
/** Text inside a table's cell. */
const escapeTableCell = (text: string) => text.replace(/[\\|[\]<>*_`$]/g, "\\$&");

function pointsOf({ exercises, written }: LessonEntry): number {
  return sum([...exercises, ...written].map(({ points }) => points));
}

function summary(lessons: LessonEntry[]): string {
  const hours = Math.round(sum(lessons.map(({ minutes }) => minutes)) / 60);
  const exercises = sum(lessons.map((lesson) => lesson.exercises.length));
  const points = sum(lessons.map(pointsOf));
  return [
    plural(lessons.length, "lesson"),
    `about ${plural(hours, "hour")}`,
    plural(exercises, "exercise"),
    plural(points, "point"),
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
    duration(lesson.minutes),
    String(pointsOf(lesson)),
  ]);
  return [heads, rule, ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** 45 min, 2 h, 2 h 30. */
function duration(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? "" : ` ${rest}`}`;
}
