/** What a student sees of the lessons: as published, or without grades. */
import type { Class } from "../class.js";
import { readPublishedOf, type Published } from "../gradebook/published.js";
import type { Lesson } from "../lessons.js";
import { readPublications } from "../sql/read.js";
import type { Publication, Row } from "../types.js";
import type { CachedGradebooks } from "./cache.js";
import { publishedView, withoutGrades, type VisibleRow } from "./pages.js";

export type SeenRow = VisibleRow & { isHeld: boolean };

/** A row as its student sees it. */
export function asSeen(
  row: Row,
  lesson: Lesson,
  publication: Publication | undefined,
  published: Published | undefined,
): SeenRow {
  const isHeld = !publication?.published || (publication.isFixed === true && !published);
  if (isHeld) return { ...withoutGrades(row, lesson), isHeld };
  if (!published) return { ...row, isHeld };
  return { ...publishedView(row, lesson, published.row), isHeld };
}

/** A student's lessons by id, as the student sees them. */
export type SeenLessons = (student: string) => Promise<Map<string, SeenRow>>;

export const seenLessons =
  ({ sql, lessons }: Class, books: CachedGradebooks): SeenLessons =>
  async (student) => {
    const decided = await readPublications(sql);
    const published = await readPublishedOf(sql, student);
    const seen = new Map<string, SeenRow>();
    for (const lesson of lessons) {
      const row = (await books(lesson)).find((r) => r.student.id === student);
      if (!row) continue;
      const { id } = lesson;
      seen.set(id, asSeen(row, lesson, decided.get(id), published.get(id)));
    }
    return seen;
  };
