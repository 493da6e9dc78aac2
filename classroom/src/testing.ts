/** For tests only: a class of two lessons in a folder of its own. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Graded } from "grader/dist/grade/result.js";
import type { Class } from "./class.js";
import type { Lesson } from "./lessons.js";
import { SETTINGS_FILE, parseSettings } from "./settings.js";
import { migrate } from "./sql/migrations.js";
import type { Sql } from "./sql/sql.js";
import type { HandIn, Student } from "./types.js";
import { idOf } from "./write.js";

export const SETTINGS = `title: Test
timeZone: Europe/Berlin
lessons:
  06-attention: 2027-05-03 23:59
  07-cheaper: {}
late: { percentPerDay: 10, graceMinutes: 15, cutOffDays: 5 }
`;

export const LESSONS: Lesson[] = ["06-attention", "07-cheaper"].map((id) => ({
  ...{ id, title: id, of: 12 },
  exercises: [{ name: "softmax", points: 10 }],
  written: [{ name: "why", points: 2 }],
}));

export const newFolder = () => mkdtempSync(join(tmpdir(), "class-"));

/** A class on this database. */
export async function testClass(sql: Sql, folder = newFolder()): Promise<Class> {
  writeFileSync(join(folder, SETTINGS_FILE), SETTINGS);
  await migrate(sql);
  const ids = LESSONS.map(({ id }) => id);
  const settings = parseSettings(SETTINGS, SETTINGS_FILE, ids);
  return { root: folder, folder, course: "Course", settings, lessons: LESSONS, sql };
}

export const student = (id: string, more: Partial<Student> = {}): Student => ({
  ...{ id, name: id, email: `${id}@x.edu`, number: id, login: id, canvasId: "", section: "" },
  ...{ active: true, ...more },
});

export const handIn = (student: string, more: Partial<HandIn> = {}): HandIn => {
  const { place = `${student}.ipynb`, sha256 = idOf(student) } = more;
  return {
    ...{ id: idOf(student, place, sha256), lesson: "06-attention", student, platform: "plain" },
    ...{ place, sha256, late: false, attempt: 0, collectedAt: "2027-05-20T00:00:00.000Z" },
    ...more,
  };
};

export const result = (id: string, earned: number, more: Partial<Graded> = {}): Graded => ({
  ...{ file: id, id, seed: 7, version: "1", lesson: "06-attention", title: "Attention" },
  ...{ sha256: idOf(id), earned, of: 10, exercises: [], cells: [] },
  ...{ written: [{ name: "why", points: 2, text: "since" }], ...more },
});
