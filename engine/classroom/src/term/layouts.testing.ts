/** What a term's students hand in, as the platforms lay it out for download. */
import { inLesson, notebook, RIGHT, shippedCells } from "grader/testing";
import { writeTable } from "../csv";
import { functionsOf, type Layout, type Planned, type Work } from "./plan.testing";

/** The deadline of lesson 0; each lesson's is a week later. */
const FIRST_DEADLINE = Date.UTC(2027, 0, 10, 23, 59);
const DAY = 86_400_000;
export const deadlineOf = (lesson: number) => new Date(FIRST_DEADLINE + 7 * lesson * DAY);
/** Late is in the second day after the deadline. */
const handedIn = (lesson: number, late: boolean) =>
  new Date(deadlineOf(lesson).getTime() + (late ? 1.5 * DAY : -DAY));

const SHIPPED_WHY = "Because.";
/** The marker finds the answer in its sentence. */
export const sentenceOf = (answer: number) => `Because of ${answer}.`;

/** The notebook with this answer: of all students who give it, the same bytes. */
export function notebookOf(lesson: number, answer: number): string {
  const names = functionsOf(answer);
  const cells = shippedCells(Object.fromEntries(names.map((name) => [name, RIGHT[name]])));
  const filled = cells.map((cell) =>
    cell.source === SHIPPED_WHY ? { ...cell, source: sentenceOf(answer) } : cell,
  );
  return notebook(inLesson(lesson, filled));
}

const CUT_OFF = 40;
const otherThan = (lesson: number) => (lesson === 0 ? 1 : 0);

function contentOf(lesson: number, { kind, answer }: Work): string {
  const of = kind === "other lesson" ? otherThan(lesson) : lesson;
  const whole = notebookOf(of, answer);
  return kind === "broken" ? whole.slice(0, CUT_OFF) : whole;
}

const nameOf = ({ number }: Planned, { kind }: Work, id: string) =>
  kind === "renamed" ? `final (2) ${number}.ipynb` : `${id}.ipynb`;

type Files = Map<string, string>;

interface Handed {
  student: Planned;
  work: Work;
  lesson: number;
  id: string;
}

function addCanvas(files: Files, { student: s, work, lesson, id }: Handed): void {
  const who = `${s.last}${s.first}`.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const late = work.kind === "late" ? "LATE_" : "";
  const place = `${who}_${late}${s.canvasId}_`;
  if (work.kind === "twice") {
    files.set(`${place}90${lesson}_a.ipynb`, notebookOf(lesson, work.older));
  }
  files.set(`${place}99${lesson}_${nameOf(s, work, id)}`, contentOf(lesson, work));
}

const participantOf = ({ number }: Planned) => 7000 + Number(number);

function addMoodle(files: Files, { student: s, work, lesson, id }: Handed): void {
  const folder = `${s.first} ${s.last}_${participantOf(s)}_assignsubmission_file_`;
  files.set(`${folder}/${nameOf(s, work, id)}`, contentOf(lesson, work));
  files.set(`${folder}/notes.pdf`, "not a notebook");
}

const METADATA = "export/submission_metadata.yml";

function addGradescope(files: Files, { student: s, work, lesson, id }: Handed): void {
  const entry = (again: number, late: boolean) => {
    const time = handedIn(lesson, late).getTime() - (2 - again) * DAY;
    const at = new Date(time).toISOString().replace("T", " ").replace("Z", " Z");
    const submitter = `  - :name: "${s.first} ${s.last}"\n    :sid: '${s.number}'`;
    return `submission_${again}${s.number}:\n  :submitters:\n${submitter}\n  :created_at: ${at}\n`;
  };
  const add = (again: number, content: string) => {
    files.set(METADATA, (files.get(METADATA) ?? "") + entry(again, work.kind === "late"));
    files.set(`export/submission_${again}${s.number}/${nameOf(s, work, id)}`, content);
  };
  if (work.kind === "twice") add(1, notebookOf(lesson, work.older));
  add(2, contentOf(lesson, work));
}

const ADD = { canvas: addCanvas, moodle: addMoodle, gradescope: addGradescope };

/** Path → content, of one platform's download for a lesson. */
export function download(
  students: Planned[],
  layout: Layout,
  { lesson, id, isEarly }: { lesson: number; id: string; isEarly: boolean },
): Files {
  const files: Files = new Map();
  for (const student of students) {
    const work = student.works[lesson]!;
    const isThere = work.kind !== "nothing" && !(isEarly && work.kind === "late");
    if (student.layout === layout && isThere) ADD[layout](files, { student, work, lesson, id });
  }
  return files;
}

/** Moodle's grading worksheet, which alone knows when its files came. */
export function worksheet(students: Planned[], lesson: number): string {
  const rows = students
    .filter((s) => s.layout === "moodle" && s.works[lesson]!.kind !== "nothing")
    .map((s) => [
      `Participant ${participantOf(s)}`,
      `${s.first} ${s.last}`,
      s.number,
      handedIn(lesson, s.works[lesson]!.kind === "late")
        .toISOString()
        .slice(0, 19),
    ]);
  const header = ["Identifier", "Full name", "ID number", "Last modified (submission)"];
  return writeTable([header, ...rows]);
}

/** The roster as Canvas exports it when a lesson begins. */
export function roster(students: Planned[], lesson: number): string {
  const rows = students
    .filter((s) => s.joins <= lesson && lesson < s.leaves)
    .map((s) => [`${s.last}, ${s.first}`, s.canvasId, s.number, `l${s.number}`, s.layout]);
  return writeTable([["Student", "ID", "SIS User ID", "SIS Login ID", "Section"], ...rows]);
}
