/** How far the student has come, as bars. */
import { courseRoot, readManifest, type LessonEntry, type Manifest } from "grader";
import { display } from "../kernel";
import { bars, barsText, box, NEUTRAL, paragraph, type Bar } from "./html";
import { readProgress, type Progress } from "./progress-file";

function barOf(label: string, lessons: LessonEntry[], { exercises }: Progress): Bar {
  const all = lessons.flatMap((lesson) => lesson.exercises);
  const done = all.filter((e) => exercises[e.name]?.passed).length;
  const seen = all.filter((e) => exercises[e.name]?.seen).length;
  // what was earned is a share: points may change with an update
  const earned = all.reduce((sum, { name, points }) => {
    const entry = exercises[name];
    return sum + (entry && entry.of > 0 ? points * Math.min(1, entry.earned / entry.of) : 0);
  }, 0);
  return {
    label,
    earned,
    of: all.reduce((sum, e) => sum + e.points, 0),
    note:
      `${done} of ${all.length} ${all.length === 1 ? "exercise" : "exercises"} ` +
      `passed${seen ? `, ${seen} seen` : ""}`,
  };
}

export const lessonBar = (lesson: LessonEntry, progress: Progress): Bar =>
  barOf(`Lesson ${lesson.id.split("-")[0]!}: ${lesson.title}`, [lesson], progress);
export const courseBar = ({ lessons }: Manifest, progress: Progress): Bar =>
  barOf("The course", lessons, progress);

export const brokenNote = (aside: string): string =>
  `my-course/progress.json could not be read; it was kept as ${aside}, and counting starts anew.`;

/** Shows how far you have come in each lesson and in the course. */
export function progress(): void {
  const root = courseRoot();
  const manifest = readManifest(root);
  const notes: string[] = [];
  const state = readProgress(root, (aside) => notes.push(brokenNote(aside)));
  const list = [
    ...manifest.lessons.filter((l) => l.exercises.length > 0).map((l) => lessonBar(l, state)),
    courseBar(manifest, state),
  ];
  display({
    "text/html": box(NEUTRAL, bars(list) + notes.map(paragraph).join("")),
    "text/plain": [barsText(list), ...notes].join("\n"),
  });
}
