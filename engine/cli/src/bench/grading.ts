/**
 * Submissions per minute, compared with nbgrader's autograde. Ours grades copies of the solved
 * notebook with the most exercises. Lessons with an exercise about cost don't take part, since such
 * an exercise takes seconds by design. nbgrader grades a notebook of ten small NumPy exercises with
 * one assertion each, which is less work than ours does per exercise.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadContent, paths, random, readManifest, type LessonEntry } from "grader";
import { median, timeCommand } from "./measure.js";
import { peerNotebook } from "./peerNotebook.js";
import type { Row } from "./row.js";

/** Submissions in a round. */
const OURS = 120;
const PEER = 12;
const ROUNDS = 3;

interface Cell {
  source: string | string[];
  metadata: { nbgrader?: { grade_id?: string } };
}
interface Notebook {
  cells: Cell[];
}

export async function grading(root: string, peers: string): Promise<Row[]> {
  const lesson = largestLesson(root);
  const folder = mkdtempSync(join(tmpdir(), "course-bench-"));
  try {
    const ours = ourCourse(root, lesson, folder);
    const peer = peerCourse(join(folder, "peer"), peers);
    const ourTimes: number[] = [];
    const peerTimes: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      ourTimes.push(ours());
      peerTimes.push(peer());
    }
    const ourRate = (60 * OURS) / median(ourTimes);
    const peerRate = (60 * PEER) / median(peerTimes);
    return [
      {
        what: `submissions per minute (${lesson.id}, ${lesson.exercises.length} exercises)`,
        ours: ourRate.toFixed(0),
        peer: `nbgrader ${peerRate.toFixed(0)}`,
        ratio: ourRate / peerRate,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The lesson with the most exercises, none of them about cost. */
function largestLesson(root: string): LessonEntry {
  const lessons = readManifest(root).lessons.filter((lesson) => !asksForCost(root, lesson));
  return lessons.reduce((a, b) => (b.exercises.length > a.exercises.length ? b : a));
}

/** Whether an exercise of the lesson has cases of group cost or runs a kernel. */
function asksForCost(root: string, lesson: LessonEntry): boolean {
  return lesson.exercises.some(({ name }) => {
    const { exercise } = loadContent(root, name);
    if (exercise.shader !== undefined) return true;
    return exercise.cases(random(1)).some(({ group }) => group === "cost");
  });
}

/** Writes the submissions. @returns a function that grades them, and its seconds */
function ourCourse(root: string, lesson: LessonEntry, folder: string): () => number {
  const file = join(paths(root).local, "solved", `${lesson.id}.ipynb`);
  const solved = JSON.parse(readFileSync(file, "utf8")) as Notebook;
  const answers = new Set(lesson.exercises.map((e) => e.gradeId));
  const submissions = join(folder, "submissions");
  mkdirSync(submissions);
  for (let s = 0; s < OURS; s++) {
    const text = JSON.stringify(submissionOf(solved, answers, s));
    writeFileSync(join(submissions, `student${s}.ipynb`), text);
  }
  const program = join(root, "engine", "cli", "bin", "course.mjs");
  const out = join(folder, "grades");
  return () => {
    rmSync(out, { recursive: true, force: true }); // what is graded is not graded again
    return timeCommand(process.execPath, [program, "grade", submissions, "--out", out], root);
  };
}

/** The notebook with a comment in each answer, so that no cache of sources can help. */
function submissionOf(solved: Notebook, answers: Set<string>, student: number): Notebook {
  const cells = solved.cells.map((cell) => {
    const id = cell.metadata.nbgrader?.grade_id;
    if (id === undefined || !answers.has(id)) return cell;
    const source = [cell.source].flat().join("");
    return { ...cell, outputs: [], source: `${source}\n// student ${student}` };
  });
  return { ...solved, cells };
}

/** The same for nbgrader. */
function peerCourse(folder: string, peers: string): () => number {
  const nbgrader = (...args: string[]) => timeCommand(join(peers, "nbgrader"), args, folder);
  write(
    join(folder, "nbgrader_config.py"),
    'c = get_config()\nc.CourseDirectory.course_id = "bench"\n',
  );
  const notebook = peerNotebook(true);
  write(join(folder, "source", "ps1", "ps1.ipynb"), notebook);
  nbgrader("generate_assignment", "ps1", "--force");
  for (let s = 0; s < PEER; s++) {
    write(join(folder, "submitted", `student${s}`, "ps1", "ps1.ipynb"), notebook);
  }
  return () => nbgrader("autograde", "ps1", "--force");
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
