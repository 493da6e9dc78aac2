/**
 * What the home page is about: the course, as `npm start` writes it into course.json, and what the
 * student has done, as checks write it into progress.json. Both are files that anybody can edit, so
 * what does not fit is left out.
 */

export interface Exercise {
  name: string;
  points: number;
  /** The cell that defines it. */
  gradeId: string;
}
export interface Lesson {
  /** "06-attention"; the notebook's name. */
  id: string;
  title: string;
  question: string;
  minutes: number;
  components: string[];
  exercises: Exercise[];
  /** Points of questions that are marked by hand. */
  manualPoints: number;
}
export interface Page {
  path: string;
  title: string;
}
export interface Course {
  title: string;
  components: string[];
  lessons: Lesson[];
  pages: Page[];
}
/** By exercise: how much of its points is earned, from 0 to 1, and whether it has passed. */
export type Progress = Record<string, { share: number; passed: boolean; at: string }>;

export const NO_PROGRESS: Progress = Object.freeze(Object.create(null) as Progress);

type Fields = Record<string, unknown>;

const isFields = (v: unknown): v is Fields =>
  typeof v === "object" && v !== null && !Array.isArray(v);
const list = (v: unknown): Fields[] => (Array.isArray(v) ? v.filter(isFields) : []);
const text = (v: unknown): string => (typeof v === "string" ? v : "");
const count = (v: unknown): number => (typeof v === "number" && v > 0 && v < 1e6 ? v : 0);
const texts = (v: unknown): string[] => (Array.isArray(v) ? v.map(text).filter(Boolean) : []);

/** @returns undefined when the text is not a course with lessons */
export function readCourse(json: string): Course | undefined {
  const value = parsed(json);
  if (!isFields(value)) return undefined;
  const lessons = list(value.lessons)
    .map(readLesson)
    .filter(({ id }) => /^[\w-]+$/.test(id));
  if (lessons.length === 0) return undefined;
  const pages = list(value.pages).map(({ path, title }) => ({
    path: text(path),
    title: text(title),
  }));
  const components = texts(value.components);
  return { title: text(value.course) || "The course", components, lessons, pages };
}

function readLesson(value: Fields): Lesson {
  const id = text(value.id);
  const exercises = list(value.exercises).map(({ name, points, gradeId }) => ({
    name: text(name),
    points: count(points),
    gradeId: text(gradeId),
  }));
  return {
    id,
    title: text(value.title) || id,
    question: text(value.question),
    minutes: count(value.minutes),
    components: texts(value.components),
    exercises,
    manualPoints: list(value.written).reduce((sum, { points }) => sum + count(points), 0),
  };
}

/** @returns undefined when the text is not a record of progress */
export function readProgress(json: string): Progress | undefined {
  const value = parsed(json);
  if (!isFields(value) || !isFields(value.exercises)) return undefined;
  const progress: Progress = Object.create(null) as Progress;
  for (const [name, entry] of Object.entries(value.exercises)) {
    if (!isFields(entry)) continue;
    const of = count(entry.of);
    const share = of > 0 ? Math.min(1, count(entry.earned) / of) : 0;
    progress[name] = { share, passed: entry.passed === true, at: text(entry.at) };
  }
  return progress;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
