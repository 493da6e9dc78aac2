/** A course's lessons under the headings of its parts, for every page and file that lists them. */

/** A part of a course: its lessons from `from`, "17", up to where the next part begins. */
export interface Part {
  title: string;
  from: string;
}

export interface PartLessons<Lesson> {
  /** undefined above lessons that stand before the first part. */
  title: string | undefined;
  lessons: Lesson[];
}

/** The lessons part by part, without parts that have none; all in one where there are no parts. */
export function lessonsByPart<Lesson extends { id: string }>(
  lessons: readonly Lesson[],
  parts: readonly Part[] = [],
): PartLessons<Lesson>[] {
  const before = { title: undefined, lessons: [] as Lesson[] };
  const all = parts.map(({ title, from }) => ({ title, from, lessons: [] as Lesson[] }));
  for (const lesson of lessons) {
    (all.findLast(({ from }) => from <= lesson.id) ?? before).lessons.push(lesson);
  }
  return [before, ...all].filter((part) => part.lessons.length > 0);
}
