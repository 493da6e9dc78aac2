/** Which lesson a notebook is of, told from the ids of its cells, without running anything. */
import type { LessonEntry } from "grader/files";

interface Cell {
  metadata?: { nbgrader?: { grade_id?: unknown } };
}

function gradeIds(bytes: Buffer): string[] {
  try {
    const { cells } = JSON.parse(bytes.toString("utf8")) as { cells?: Cell[] };
    if (!Array.isArray(cells)) return [];
    return cells.map((cell) => String(cell?.metadata?.nbgrader?.grade_id ?? ""));
  } catch {
    return [];
  }
}

/** @returns undefined where the file is not a notebook of the course, damaged or cut off */
export function lessonOf(bytes: Buffer, lessons: LessonEntry[]): string | undefined {
  const ids = new Set(gradeIds(bytes));
  let best: { id: string; count: number } | undefined;
  for (const { id, exercises, written } of lessons) {
    const count = [...exercises, ...written].filter(({ gradeId }) => ids.has(gradeId)).length;
    if (count > (best?.count ?? 0)) best = { id, count };
  }
  return best?.id;
}
