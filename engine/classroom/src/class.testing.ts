/** For tests only: a class of two lessons in a folder of its own. */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Graded } from "grader/batch";
import type { Class } from "./class.js";
import { toLesson, type Lesson } from "./lessons.js";
import { SETTINGS_FILE, parseSettings } from "./settings.js";
import { migrate } from "./sql/migrations.js";
import type { Sql } from "./sql/sql.js";
import type { HandIn, Student } from "./types.js";
import { idOf } from "./sql/write.js";

export const SETTINGS = `title: Test
timeZone: Europe/Berlin
lessons:
  06-attention: 2027-05-03 23:59
  07-cheaper: {}
late: { percentPerDay: 10, graceMinutes: 15, cutOffDays: 5 }
`;

export const LESSONS: Lesson[] = ["06-attention", "07-cheaper"].map((id) => ({
  id,
  title: id,
  maxPoints: 12,
  exercises: [{ name: "softmax", points: 10 }],
  written: [{ name: "why", points: 2 }],
}));

const folders: string[] = [];

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "class-"));
  folders.push(folder);
  return folder;
}

/** For afterAll, in each file that makes folders: files share a process. */
export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A class on this database. */
export async function testClass(sql: Sql, folder = newFolder()): Promise<Class> {
  writeFileSync(join(folder, SETTINGS_FILE), SETTINGS);
  await migrate(sql);
  const ids = LESSONS.map(({ id }) => id);
  const settings = parseSettings(SETTINGS, SETTINGS_FILE, ids);
  return { root: folder, folder, course: "Course", settings, lessons: LESSONS, sql };
}

export const student = (id: string, more: Partial<Student> = {}): Student => ({
  id,
  name: id,
  email: `${id}@x.edu`,
  number: id,
  login: id,
  canvasId: "",
  section: "",
  active: true,
  ...more,
});

export const handIn = (student: string, more: Partial<HandIn> = {}): HandIn => {
  const { path = `${student}.ipynb`, sha256 = idOf(student) } = more;
  return {
    id: idOf(student, path, sha256),
    lesson: "06-attention",
    student,
    platform: "plain",
    path,
    sha256,
    late: false,
    attempt: 0,
    collectedAt: "2027-05-20T00:00:00.000Z",
    ...more,
  };
};

export const result = (id: string, earned: number, more: Partial<Graded> = {}): Graded => ({
  file: id,
  id,
  seed: 7,
  version: "1",
  lesson: "06-attention",
  title: "Attention",
  sha256: idOf(id),
  points: earned,
  maxPoints: 10,
  exercises: [],
  cells: [],
  written: [{ name: "why", points: 2, text: "since" }],
  ...more,
});

const F = { name: "f", points: 12, difficulty: 1, minutes: 1, hints: [], gradeId: "f" };

/** A question in words, and the answer that its cell ships with. */
interface ShippedQuestion {
  name: string;
  points: number;
  gradeId: string;
  shipped: string;
}

const shortHash = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);

/** A course with one lesson of one exercise, as far as a class sees it. */
export function smallRoot(
  exercises = [F],
  questions: ShippedQuestion[] = [],
): { root: string; lesson: Lesson } {
  const root = newFolder();
  const entry = {
    id: "00-small",
    title: "Small",
    question: "",
    minutes: 1,
    components: [],
    uses: [],
    exercises,
    written: questions.map(({ name, points, gradeId }) => ({ name, points, gradeId })),
    cells: Object.fromEntries(questions.map((q) => [q.gradeId, shortHash(q.shipped)])),
  };
  const manifest = { course: "Small", version: "1", components: [], lessons: [entry] };
  mkdirSync(join(root, "notebooks"));
  writeFileSync(join(root, "notebooks", "manifest.json"), JSON.stringify(manifest));
  return { root, lesson: toLesson(entry) };
}

/** A notebook of that lesson, which says so to a grader that stands for the real one. */
export const notebookThatEarns = (points: number, whose: string): string =>
  JSON.stringify({
    cells: [
      {
        cell_type: "code",
        source: `// earns ${points}. ${whose}`,
        metadata: { nbgrader: { grade_id: "f" } },
      },
    ],
  });
