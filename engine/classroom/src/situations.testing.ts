/** For tests only: a class of one lesson that collects what a test lays out, with a stand-in grader. */
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { newFolder, smallRoot } from "./class.testing.js";
import { openClass, type Class } from "./class.js";
import { collect, type CollectOptions } from "./collect/collect.js";
import { addRoster, initClass } from "./commands/init.js";
import { gradeLesson, type GradeTasks } from "./gradebook/grade.js";
import { gradebook } from "./gradebook/rows.js";
import type { Lesson } from "./lessons.js";
import type { Row } from "./types.js";

const WHY = { name: "why", points: 2, gradeId: "why", shipped: "Because…" };

export const ROSTER = `Name,Number,Email
Ada Lovelace,1001,ada@x.edu
Ben Okri,1002,ben@x.edu
Cy Twombly,1003,cy@x.edu
`;

const YAML = `title: T
timeZone: Europe/Berlin
lessons: { 00-small: 2027-05-03 23:59 }
late: { percentPerDay: 10, graceMinutes: 0, cutOffDays: 7 }
`;

/** A notebook that tells the stand-in grader what it earns of 12, and holds an answer in words. */
export const notebookOf = (points: number, answer = "since"): string =>
  JSON.stringify({
    cells: [
      {
        cell_type: "code",
        source: `// earns ${points}.`,
        metadata: { nbgrader: { grade_id: "f" } },
      },
      { cell_type: "markdown", source: answer, metadata: { nbgrader: { grade_id: "why" } } },
    ],
  });

interface NotebookCells {
  cells: { source: string }[];
}

/** Grades what `notebookOf` made. */
export const graderBy =
  (maxPoints = 12, version = "1"): GradeTasks =>
  async (_root, tasks, seed, _options, keep) => {
    for (const task of tasks) {
      const { cells } = JSON.parse(readFileSync(task.path, "utf8")) as NotebookCells;
      const points = Number(/earns (\d+)\./.exec(cells[0]!.source)![1]);
      const written = [{ name: "why", points: 2, text: cells[1]!.source }];
      const header = { file: task.file, id: task.id, seed, version, lesson: "00-small" };
      const rest = { title: "Small", sha256: "", exercises: [], cells: [] };
      await keep({ ...header, ...rest, points, maxPoints, written }, task);
    }
  };

/** Path → content, written to a folder of its own. */
export function layOut(files: { [path: string]: string }, time = new Date()): string {
  const folder = newFolder();
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    utimesSync(file, time, time);
  }
  return folder;
}

export interface Situation {
  classroom: Class;
  lesson: Lesson;
  roster(text: string): ReturnType<typeof addRoster>;
  collect(files: { [path: string]: string }, options?: CollectOptions): ReturnType<typeof collect>;
  grade(grade?: GradeTasks): ReturnType<typeof gradeLesson>;
  /** The row of the student with this number. */
  row(number: string): Promise<Row>;
  close(): Promise<void>;
}

/** A class with this roster, in a folder of its own. */
export async function situation(roster = ROSTER, yaml = YAML): Promise<Situation> {
  const { root, lesson } = smallRoot(undefined, [WHY]);
  const folder = join(newFolder(), "class");
  await (await initClass(root, folder, { timeZone: "UTC" })).sql.close();
  writeFileSync(join(folder, "class.yaml"), yaml);
  const classroom = await openClass(root, folder);
  const readRoster = (text: string) => {
    const file = join(newFolder(), "roster.csv");
    writeFileSync(file, text);
    return addRoster(classroom, file);
  };
  await readRoster(roster);
  return {
    classroom,
    lesson,
    roster: readRoster,
    collect: (files, options) => collect(classroom, lesson, layOut(files), options),
    grade: (grade = graderBy()) => gradeLesson(classroom, lesson, { grade }),
    row: async (number) =>
      (await gradebook(classroom, lesson)).find((r) => r.student.number === number)!,
    close: () => classroom.sql.close(),
  };
}
