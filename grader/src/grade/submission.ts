/** One submission: run with the student's own functions, again with ours where that failed, judged and diagnosed. */
import type { Outcome } from "../call";
import { diagnose, judge, type Judgement } from "../judge";
import type { Submission } from "./analyse";
import type { Job } from "./job";
import type { Ours, PreparedExercise, PreparedLesson } from "./lesson";
import { runJob, type Launcher } from "./run";

export interface ExerciseReport extends Judgement {
  name: string;
  /** Whose functions stood for the exercises before it. */
  with: "own" | "ours";
  /** Why it was not run, or what to know of how. */
  note?: string;
  /** The sentence of the mutant that gives the same output. */
  diagnosis?: string;
}
export interface SubmissionReport {
  exercises: ExerciseReport[];
  /** Cells that did not run or threw. */
  cells: { number: number; says: string }[];
}

const texts = (bundles: Ours[]) => bundles.map(({ name, code }) => ({ name, code }));
export const inputs = ({ cases }: Pick<PreparedExercise, "cases">): Job["exercises"][number]["cases"] => cases.map(({ args, wrt, group }) => ({ args, ...(wrt ? { wrt } : {}), ...(group === "cost" ? { long: true } : {}) }));

/** The stub throws this; what stands before it, such as checks of the arguments, may answer some cases. */
const unwritten = (name: string, outcomes: (Outcome | undefined)[]) => outcomes.some((o) => o && "error" in o && o.error === `not written yet: ${name}`);

/** @param slot of the launcher, free for the time of the call */
export async function gradeSubmission(lesson: PreparedLesson, submission: Submission, launcher: Launcher, slot: number): Promise<SubmissionReport> {
  const { definitions, missing } = submission;
  const base: Omit<Job, "exercises"> = { wasm: launcher.wasm, solutions: lesson.solutions.code, ours: [], cells: submission.cells.map(({ code, awaits }) => ({ code, awaits })) };
  const running = lesson.exercises.filter((e) => { const d = definitions[e.entry.name]; return d && !d.forbidden; });
  const asked = (e: PreparedExercise): Job["exercises"][number] => {
    const { cell, shadowed } = definitions[e.entry.name]!;
    return { name: e.entry.name, cell: shadowed ? cell : -1, forbid: e.content.exercise.forbid ?? [], cases: inputs(e) };
  };
  const first = await runJob(launcher, slot, { ...base, exercises: running.map(asked) });
  // a cell that lost a child would lose the next one too
  const kept = base.cells.map((c, i) => (first.lostCells.has(i) ? { ...c, code: "" } : c));

  const reports: ExerciseReport[] = [];
  for (const e of lesson.exercises) {
    const { name, points } = e.entry, { exercise } = e.content;
    const nothing = (note: string): ExerciseReport => ({ name, with: "own", note, ...judge(exercise, points, e.cases, []), failures: [] });
    const index = running.indexOf(e);
    if (index < 0) {
      reports.push(nothing(definitions[name]?.forbidden ?? missing[name] ?? `No cell defines ${name}.`));
      continue;
    }
    let outcomes = first.outcomes[index]!;
    if (unwritten(name, outcomes)) {
      reports.push(nothing("Not written yet."));
      continue;
    }
    const lost = (why?: string) => (why === undefined ? [] : [`It was stopped: ${why}.`]);
    let notes = lost(first.losses[index]);
    let report: ExerciseReport = { name, with: "own", ...judge(exercise, points, e.cases, outcomes) };
    if (report.earned < points) {
      const again = await runJob(launcher, slot, { ...base, cells: kept, ours: texts(e.earlier), exercises: [asked(e)] });
      const judged = judge(exercise, points, e.cases, again.outcomes[0]!);
      if (judged.earned > report.earned) {
        outcomes = again.outcomes[0]!;
        notes = [e.earlier.length > 0 ? "It failed with your earlier functions, so it ran with ours in their place, which counts." : "It failed beside your other functions, so it ran alone, which counts.", ...lost(again.losses[0])];
        report = { name, with: "ours", ...judged };
      }
    }
    const diagnosis = report.failures.length > 0 ? await diagnose(e.content, e.cases, outcomes) : undefined;
    reports.push({ ...report, ...(notes.length > 0 ? { note: notes.join(" ") } : {}), ...(diagnosis ? { diagnosis } : {}) });
  }
  const cells = submission.cells.flatMap(({ number, error }, i) => {
    const says = error ?? first.cellErrors[i];
    return says === undefined ? [] : [{ number, says }];
  });
  return { exercises: reports, cells };
}
