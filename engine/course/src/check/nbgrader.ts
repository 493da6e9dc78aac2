/**
 * `check` where nbgrader runs the notebook, which it says by NBGRADER_EXECUTION. nbgrader takes the
 * number that a cell ends with for its points, and an error for none. The points are those of
 * `course grade`: the grader reads the notebook that runs, once for all of its checks.
 */
import { fork } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import {
  type AnyFunction,
  type ExerciseEntry,
  type Failure,
  type Judgment,
  formatDiagnosis,
  type LessonEntry,
  loadContent,
} from "grader";
import type { OneGraded } from "grader/commands/gradeOne";
import type { Graded } from "grader/batch";
import { display, notebookFolder } from "../kernel";
import { formatPoints } from "./html";
import { groupLine } from "./report";
import { runCheck } from "./run";

export const runsInNbgrader = (): boolean => Boolean(process.env.NBGRADER_EXECUTION);

/** A notebook with the check of an exercise, and what nbgrader gives for it at most. */
interface Notebook {
  file: string;
  points: number;
}

interface Cell {
  metadata?: { nbgrader?: { grade_id?: unknown; points?: unknown } };
}

/** The points of the cell with this grade_id; undefined where there is none. */
function pointsIn(file: string, gradeId: string): number | undefined {
  try {
    const { cells } = JSON.parse(readFileSync(file, "utf8")) as { cells: Cell[] };
    const marks = cells.map((cell) => cell.metadata?.nbgrader);
    const most = Number(marks.find((mark) => mark?.grade_id === gradeId)?.points);
    return Number.isFinite(most) ? most : undefined;
  } catch {
    return undefined; // not a notebook
  }
}

/**
 * nbgrader doesn't tell a kernel which file it runs, but starts it in the file's folder. Of several
 * notebooks of a lesson, the one with the lesson's name is taken, else the newest.
 */
function findNotebook({ id }: LessonEntry, { gradeId }: ExerciseEntry): Notebook | undefined {
  const folder = notebookFolder();
  const names = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));
  const found = names.flatMap((name) => {
    const file = join(folder, name);
    const most = pointsIn(file, `${gradeId}-check`);
    return most === undefined ? [] : [{ name, file, points: most, at: statSync(file).mtimeMs }];
  });
  const [newest] = found.sort((a, b) => b.at - a.at);
  return found.find(({ name }) => name === `${id}.ipynb`) ?? newest;
}

/** The grader in a process of its own, since it chooses a device for the whole process. */
function gradeInChild(root: string, file: string): Promise<Graded> {
  return new Promise((resolve, reject) => {
    const program = require.resolve("grader/commands/gradeOne");
    const child = fork(program, [root, file], {
      execArgv: [],
      detached: true, // nbgrader interrupts the kernel's group when one cell takes too long
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    child.on("error", reject);
    child.on("exit", (code, signal) =>
      reject(new Error(`check: the grader ended before it was done (${signal ?? code})`)),
    );
    child.on("message", (message: OneGraded) => {
      if ("failed" in message) reject(new Error(`check: ${message.failed}`));
      else if ("reason" in message.result) {
        reject(new Error(`check: ${basename(file)} ${message.result.reason}`));
      } else resolve(message.result);
    });
  });
}

const graded = new Map<string, Promise<Graded>>();

function gradeOnce(root: string, file: string): Promise<Graded> {
  const known = graded.get(file) ?? gradeInChild(root, file);
  graded.set(file, known);
  return known;
}

/** What was found about an exercise. */
interface ExerciseResult extends Judgment {
  note?: string;
  diagnosis?: string;
}

async function resultFromFile(root: string, file: string, name: string): Promise<ExerciseResult> {
  const { exercises } = await gradeOnce(root, file);
  const report = exercises.find((e) => e.name === name)!;
  if (report.notGraded) throw new Error(`check: ${name} has no points. ${report.note}`);
  return report;
}

/** Where the notebook isn't in a file: the visible cases on the function in this kernel. */
async function resultInThisKernel(
  root: string,
  entry: ExerciseEntry,
  fn: AnyFunction,
): Promise<ExerciseResult> {
  const result = await runCheck(loadContent(root, entry.name), fn, entry.points);
  if ("notChecked" in result) {
    const why = `It can't be checked here: ${result.notChecked}.`;
    throw new Error(`check: ${entry.name} has no points. ${why}`);
  }
  if ("stoppedAt" in result) {
    throw new Error(`check: ${entry.name} has no points. It was stopped in “${result.stoppedAt}”.`);
  }
  return result;
}

const failureText = (failure: Failure | undefined): string | undefined =>
  failure && `It fails on this case: ${failure.case}. ${failure.message}`;

function resultText(
  name: string,
  { points: earned, maxPoints: of, groups, failures, note, diagnosis }: ExerciseResult,
): string {
  const parts = [
    `${name}: ${formatPoints(earned)} of ${formatPoints(of)} points.`,
    ...groups.map((group) => `  ${groupLine(group, failures)}`),
    failureText(failures[0]),
    formatDiagnosis(diagnosis),
    note,
  ];
  return parts.filter(Boolean).join("\n");
}

/** Why there are no points, in a sentence. */
function zeroPointsMessage(
  name: string,
  { failures, note, diagnosis, maxPoints: of }: ExerciseResult,
): string {
  const why = diagnosis ?? failureText(failures[0]) ?? note ?? "It passes no group of cases.";
  const isStub = why.includes(`not written yet: ${name}`);
  return `${name} earns 0 of ${formatPoints(of)} points. ${isStub ? "It is not written yet." : why}`;
}

/**
 * Shows what the exercise earned, as text.
 * @returns the points, on the scale of the check's cell
 * @throws when there are none
 */
export async function checkForNbgrader(
  root: string,
  { lesson, entry }: { lesson: LessonEntry; entry: ExerciseEntry },
  fn: AnyFunction,
): Promise<number> {
  const { name } = entry;
  const notebook = findNotebook(lesson, entry);
  const found = notebook
    ? await resultFromFile(root, notebook.file, name)
    : await resultInThisKernel(root, entry, fn);
  if (found.points <= 0) throw new Error(zeroPointsMessage(name, found));
  display({ "text/plain": resultText(name, found) });
  const most = notebook?.points ?? entry.points;
  return found.points >= found.maxPoints ? most : (most * found.points) / found.maxPoints;
}
