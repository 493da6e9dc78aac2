/**
 * Reads course.json, which `npm start` writes, and progress.json, which checks write. Students can
 * edit both files, so the readers leave out whatever is malformed.
 */
import { type ComponentMap, readComponentMap } from "views/componentMap";
import { lessonsByPart as groupByPart, type Part, type PartLessons } from "views/courseParts";

export interface Exercise {
  name: string;
  points: number;
  /** The id of the cell that defines the function. */
  gradeId: string;
}
export interface Lesson {
  /** The notebook's name without its extension: "06-attention". */
  id: string;
  title: string;
  question: string;
  minutes: number;
  components: string[];
  exercises: Exercise[];
  /** Points of questions that an instructor marks. */
  manualPoints: number;
}
export interface Page {
  path: string;
  title: string;
  /** Whether it is for instructors and authors. */
  staff: boolean;
}
export interface Course {
  title: string;
  /** For who opens it for the first time; "" if it says nothing. */
  about: string;
  components: string[];
  /** In order; empty where the course isn't divided. */
  parts: Part[];
  lessons: Lesson[];
  pages: Page[];
  /** The drawing of the components, where the course has one. */
  componentMap?: ComponentMap;
}
/** By exercise: the share of its points that is earned, from 0 to 1, and whether it passed. */
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
  const pages = list(value.pages).map(({ path, title, staff }) => ({
    path: text(path),
    title: text(title),
    staff: staff === true,
  }));
  const components = texts(value.components);
  const parts = list(value.parts)
    .map(({ title, from }) => ({ title: text(title), from: text(from) }))
    .filter(({ title, from }) => title && from);
  return {
    title: text(value.course) || "The course",
    about: text(value.about),
    components,
    parts,
    lessons,
    pages,
    componentMap: readComponentMap(value.componentMap),
  };
}

/** The course's lessons under the headings of its parts. */
export const lessonsByPart = ({ lessons, parts }: Course): PartLessons<Lesson>[] =>
  groupByPart(lessons, parts);

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
