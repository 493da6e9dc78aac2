/** A class of 800 in three layouts: every file and every point is accounted for. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { gradeLesson, type GradeTasks, type Task } from "./gradebook/grade.js";
import { openClass, type Class } from "./class.js";
import { collect } from "./collect/collect.js";
import { readTable } from "./csv.js";
import { plainTable, canvasTable, readGradebooks } from "./gradebook/export.js";
import { addRoster, initClass } from "./commands/init.js";
import { readRoster } from "./roster/roster.js";
import { readHandIns } from "./sql/read.js";
import { newFolder, notebookThatEarns, removeFolders, smallRoot } from "./class.testing.js";
import { zipOf } from "./collect/sources.js";

const STUDENTS = 800;
const { root, lesson } = smallRoot();
afterAll(removeFolders);

/** mulberry32 */
function seeded(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Kind = "good" | "late" | "twice" | "renamed" | "broken" | "nothing";
interface Planned {
  number: string;
  first: string;
  last: string;
  canvasId: number;
  kind: Kind;
  earned: number;
  layout: "canvas" | "moodle" | "gradescope";
}

const FIRST = ["Ada", "Zoë", "Jean-Luc", "María José", "Ø", "李"];
const LAST = ["O'Neill", "van der Berg", "Müller", "Nguyễn", "Šimůnek"];
const KINDS: Kind[] = ["good", "good", "good", "late", "twice", "renamed", "broken", "nothing"];

function plan(seed: number): Planned[] {
  const random = seeded(seed);
  const pick = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)]!;
  return Array.from({ length: STUDENTS }, (_, i) => ({
    number: String(1000 + i),
    canvasId: 50_000 + i,
    kind: pick(KINDS),
    // a number keeps names apart; some differ only by an accent
    first: `${pick(FIRST)} ${String.fromCharCode(65 + (i % 26))}${i}`,
    last: pick(LAST),
    earned: Math.floor(random() * 13),
    layout: pick(["canvas", "moodle", "gradescope"] as const),
  }));
}

/** Path → content, of one layout; each student's newest one earns what is planned. */
function layoutOf(students: Planned[]): Map<string, string> {
  const files = new Map<string, string>();
  const metadata: string[] = [];
  for (const s of students) {
    if (s.kind === "nothing") continue;
    const good = notebookThatEarns(s.earned, s.number);
    const content = s.kind === "broken" ? good.slice(0, 20) : good;
    const name = s.kind === "renamed" ? `final (2) ${s.number}.ipynb` : "00-small.ipynb";
    const older = notebookThatEarns(Math.max(0, s.earned - 1), `${s.number} older`);
    if (s.layout === "canvas") {
      const who = `${s.last}${s.first}`.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
      const late = s.kind === "late" ? "LATE_" : "";
      if (s.kind === "twice") files.set(`${who}_${s.canvasId}_9${s.number}_a.ipynb`, older);
      files.set(`${who}_${late}${s.canvasId}_99${s.number}_${name}`, content);
    } else if (s.layout === "moodle") {
      const folder = `${s.first} ${s.last}_${7000 + Number(s.number)}_assignsubmission_file_`;
      files.set(`${folder}/${name}`, content);
      files.set(`${folder}/notes.pdf`, "not a notebook");
    } else {
      const time = s.kind === "late" ? "2027-05-05 10:00:00.5 Z" : "2027-05-01 10:00:00.5 Z";
      for (const again of s.kind === "twice" ? [1, 2] : [2]) {
        const id = `submission_${again}${s.number}`;
        const day = again === 1 ? "2027-04-01 10:00:00.5 Z" : time;
        const submitter = `  - :name: "${s.first} ${s.last}"\n    :sid: '${s.number}'`;
        metadata.push(`${id}:\n  :submitters:\n${submitter}\n  :created_at: ${day}`);
        files.set(`export/${id}/${name}`, again === 1 ? older : content);
      }
    }
  }
  if (metadata.length > 0) files.set("export/submission_metadata.yml", metadata.join("\n"));
  return files;
}

function writeFolder(files: Map<string, string>): string {
  const folder = newFolder();
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Stands for the grader: a notebook says what it earns. */
const grader: GradeTasks = async (_root, tasks: Task[], seed, _options, keep) => {
  for (const task of tasks) {
    const same = { file: task.file, id: task.id, seed, version: "1" };
    const earned = /earns (\d+)\./.exec(readFileSync(task.path, "utf8"))?.[1];
    const graded = { lesson: lesson.id, title: "Small", sha256: "", exercises: [], cells: [] };
    const marks = { points: Number(earned), maxPoints: 12, written: [], ...graded };
    await keep(
      earned === undefined ? { ...same, reason: "is damaged" } : { ...same, ...marks },
      task,
    );
  }
};

const YAML = `title: T
timeZone: UTC
lessons: { 00-small: 2027-05-03 23:59 }
late: { percentPerDay: 10, graceMinutes: 0, cutOffDays: 7 }
`;

async function newClass(students: Planned[]): Promise<Class> {
  const folder = newFolder();
  const made = await initClass(root, join(folder, "class"), { timeZone: "UTC" });
  await made.sql.close();
  writeFileSync(join(made.folder, "class.yaml"), YAML);
  const classroom = await openClass(root, made.folder);
  const rows = students.map(
    (s) => `"${s.last}, ${s.first}",${s.canvasId},${s.number},l${s.number},A`,
  );
  const roster = join(folder, "roster.csv");
  writeFileSync(roster, ["Student,ID,SIS User ID,SIS Login ID,Section", ...rows].join("\n"));
  await addRoster(classroom, roster);
  return classroom;
}

/** What a student must have, by what was planned. */
function expected({ kind, earned, layout }: Planned) {
  if (kind === "nothing") return { status: "nothing handed in", points: undefined };
  if (kind === "broken") return { status: "could not be graded", points: undefined };
  const days = layout === "gradescope" ? 2 : 1;
  const off = kind === "late" && layout !== "moodle" ? 10 * days : 0;
  return { status: "graded", points: Math.round(earned * (100 - off) * 100) / 1e4 };
}

test("800 students in three layouts, with late, double, renamed and broken files", async () => {
  const students = plan(15);
  const classroom = await newClass(students);
  const files = ["canvas", "moodle", "gradescope"].map((layout) =>
    layoutOf(students.filter((s) => s.layout === layout)),
  );
  const strangers = "Some Body_1_assignsubmission_file_/x.ipynb";
  files[1]!.set(strangers, notebookThatEarns(12, "stranger"));
  const archive = join(newFolder(), "moodle.zip");
  writeFileSync(archive, zipOf(files[1]!));
  const sources = [writeFolder(files[0]!), archive, writeFolder(files[2]!)];
  for (const source of sources) {
    const found = await collect(classroom, lesson, source);
    const unmatched = found.platform === "moodle" ? [strangers] : [];
    expect(found.unmatched.map(({ path }) => path)).toEqual(unmatched);
  }
  const handIns = await readHandIns(classroom.sql, lesson.id);
  for (const source of sources) {
    expect((await collect(classroom, lesson, source)).added).toEqual([]);
  }
  expect(await readHandIns(classroom.sql, lesson.id)).toEqual(handIns);
  const seen = handIns.map(({ path }) => path).sort();
  const notebooks = files.flatMap((f) => [...f.keys()].filter((path) => path.endsWith(".ipynb")));
  const handedIn = notebooks.filter((path) => path !== strangers);
  expect(seen).toEqual(handedIn.map((path) => path.replace("export/", "")).sort());

  await gradeLesson(classroom, lesson, { grade: grader });
  const again = await gradeLesson(classroom, lesson, { grade: grader });
  expect(again.graded).toBe(0);
  const books = await readGradebooks(classroom, [lesson]);
  const rows = new Map(books.get(lesson)!.map((row) => [row.student.number, row]));
  for (const student of students) {
    const { status, points } = rows.get(student.number)!;
    expect({ ...student, status, points }).toEqual({ ...student, ...expected(student) });
  }

  // what is exported says the same when it is read
  const plain = readTable(new TextEncoder().encode(plainTable(classroom, books)), "grades.csv");
  const [number, points] = ["Number", "Points"].map((name) => plain.header.indexOf(name));
  const read = plain.rows.map(({ cells }) => [cells[number!], cells[points!]]);
  const shown = (p: number | undefined) => (p === undefined ? "" : String(p));
  expect(new Map(read as [string, string][])).toEqual(
    new Map(students.map((s) => [s.number, shown(expected(s).points)])),
  );
  const entries = readRoster(new TextEncoder().encode(canvasTable(classroom, books)), "canvas.csv");
  const given = [...rows.values()].filter((row) => row.points !== undefined);
  const known = given.map(({ student }) => student); // who has no points keeps what Canvas has
  expect(new Set(entries.map((e) => `${e.number} ${e.canvasId} ${e.login} ${e.name}`))).toEqual(
    new Set(known.map((s) => `${s.number} ${s.canvasId} ${s.login} ${s.name}`)),
  );
  await classroom.sql.close();
});
