/**
 * Submissions per minute, compared with nbgrader's autograde. Ours grades copies of the solved
 * notebook with the most exercises. Lessons with an exercise about cost don't take part, since such
 * an exercise takes seconds by design. nbgrader grades a notebook of ten small NumPy exercises with
 * one assertion each, which is less work than ours does per exercise.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadContent, random, readManifest, type LessonEntry } from "grader";
import { median, type Row, solvedNotebooks, timeCommand } from "./measure.js";

/** Submissions in a round. */
const OUR_SUBMISSIONS = 120;
const PEER_SUBMISSIONS = 12;
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
    const ourRate = (60 * OUR_SUBMISSIONS) / median(ourTimes);
    const peerRate = (60 * PEER_SUBMISSIONS) / median(peerTimes);
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

/** Whether an exercise of the lesson has cases of group cost or runs a shader. */
function asksForCost(root: string, lesson: LessonEntry): boolean {
  return lesson.exercises.some(({ name }) => {
    const { exercise } = loadContent(root, name);
    if (exercise.shader !== undefined) return true;
    return exercise.cases(random(1)).some(({ group }) => group === "cost");
  });
}

/** Writes the submissions. @returns a function that grades them, and its seconds */
function ourCourse(root: string, lesson: LessonEntry, folder: string): () => number {
  const [file] = solvedNotebooks(root, [lesson.id]);
  const solved = JSON.parse(readFileSync(file!, "utf8")) as Notebook;
  const answers = new Set(lesson.exercises.map((e) => e.gradeId));
  const submissions = join(folder, "submissions");
  mkdirSync(submissions);
  for (let s = 0; s < OUR_SUBMISSIONS; s++) {
    const text = JSON.stringify(submissionOf(solved, answers, s));
    writeFileSync(join(submissions, `student${s}.ipynb`), text);
  }
  const program = join(root, "engine", "cli", "bin", "course.mjs");
  const out = join(folder, "grades");
  return () => {
    rmSync(out, { recursive: true, force: true }); // a batch skips submissions whose reports are there
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

/** Writes the submissions for nbgrader. @returns a function that grades them, and its seconds */
function peerCourse(folder: string, peers: string): () => number {
  const nbgrader = (...args: string[]) => timeCommand(join(peers, "nbgrader"), args, folder);
  write(
    join(folder, "nbgrader_config.py"),
    'c = get_config()\nc.CourseDirectory.course_id = "bench"\n',
  );
  const notebook = peerNotebook(true);
  write(join(folder, "source", "ps1", "ps1.ipynb"), notebook);
  nbgrader("generate_assignment", "ps1", "--force");
  for (let s = 0; s < PEER_SUBMISSIONS; s++) {
    write(join(folder, "submitted", `student${s}`, "ps1", "ps1.ipynb"), notebook);
  }
  return () => nbgrader("autograde", "ps1", "--force");
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/**
 * The notebook that nbgrader grades: ten small NumPy exercises, in nbgrader's own format.
 * @param solved whether the answers are filled in
 */
function peerNotebook(solved: boolean): string {
  const cells = [code("imports", "import numpy as np")];
  for (let n = 0; n < 10; n++) {
    cells.push(code(`f${n}`, exercise(n, solved), marks(`f${n}`, false)));
    cells.push(code(`t${n}`, test(n), marks(`t${n}`, true)));
  }
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: "python3", display_name: "Python 3", language: "python" } },
    cells,
  });
}

const code = (id: string, source: string, metadata: object = {}) => ({
  cell_type: "code",
  id,
  source,
  metadata,
  outputs: [],
  execution_count: null,
});

/** nbgrader's metadata of a test, or of the answer that it tests. */
const marks = (id: string, isTest: boolean) => ({
  nbgrader: {
    grade: isTest,
    grade_id: id,
    locked: isTest,
    points: isTest ? 1 : 0,
    schema_version: 3,
    solution: !isTest,
    task: false,
  },
});

/** Softmax plus n. */
function exercise(n: number, solved: boolean): string {
  const answer = solved
    ? `e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True) + ${n}`
    : "raise NotImplementedError()";
  return `def f${n}(x):
    ### BEGIN SOLUTION
    ${answer}
    ### END SOLUTION`;
}

const test = (n: number) => `x = np.random.default_rng(${n}).normal(size=(4, 16))
assert np.allclose(f${n}(x), np.exp(x) / np.exp(x).sum(-1, keepdims=True) + ${n})`;
