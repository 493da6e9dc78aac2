/**
 * One submission: run with the student's own functions, again with ours where that failed, judged
 * and diagnosed.
 */
import { runCase, type Outcome } from "../call";
import { diagnose, judge, type Judgement, type RunCases } from "../judge";
import type { Submission } from "./analyse";
import { NoSandbox } from "./bubblewrap";
import type { Job } from "./job";
import { NoAdapter, runKernel, type KernelSource } from "./kernels";
import type { Ours, PreparedExercise, PreparedLesson } from "./lesson";
import { runJob, SandboxFault, type Launcher } from "./run";

export interface ExerciseReport extends Judgement {
  name: string;
  /** Whose functions stood for the exercises before it. */
  with: "own" | "ours";
  /** Why it was not run, or what to know of how. */
  note?: string;
  /** The sentence of the mutant that gives the same output. */
  diagnosis?: string;
  /**
   * Nobody could look at it, which is not zero: it counts for nothing, `of` nothing. The note says
   * why.
   */
  notGraded?: true;
}
export interface SubmissionReport {
  exercises: ExerciseReport[];
  /** Cells that did not run or threw. */
  cells: { number: number; says: string }[];
}

const texts = (bundles: Ours[]) => bundles.map(({ name, code }) => ({ name, code }));
export const inputs = ({
  cases,
}: Pick<PreparedExercise, "cases">): Job["exercises"][number]["cases"] =>
  cases.map(({ args, wrt, of, tidy, group }) => ({
    args,
    ...(wrt ? { wrt } : {}),
    ...(of === undefined ? {} : { of }),
    ...(tidy ? { tidy } : {}),
    ...(group === "cost" ? { long: true } : {}),
  }));

/**
 * What is asked of the submission's child: the answers to all cases, or once for a kernel's text.
 */
export const questions = (e: PreparedExercise) =>
  e.content.exercise.kernel ? [{ args: [] }] : inputs(e);
const isText = (outcome: Outcome | undefined) =>
  outcome !== undefined && "value" in outcome && typeof outcome.value === "string";

/**
 * The stub throws this; what stands before it, such as checks of the arguments, may answer some
 * cases.
 */
const unwritten = (name: string, outcomes: (Outcome | undefined)[]) =>
  outcomes.some((o) => o && "error" in o && o.error === `not written yet: ${name}`);

/** How mutants are run for a diagnosis; those of a kernel where kernels are. */
export function mutantRunner(
  {
    content: {
      exercise: { kernel },
    },
  }: Pick<PreparedExercise, "content">,
  kernels: KernelSource,
  slot: number,
): RunCases | undefined {
  return (
    kernel &&
    (async (fn, cases) =>
      (await runKernel(await kernels.open(), slot, kernel, await runCase(fn, { args: [] }), cases))
        .outcomes)
  );
}

/** @param slot of the launcher and of the kernels, free for the time of the call */
export async function gradeSubmission(
  lesson: PreparedLesson,
  submission: Submission,
  launcher: Launcher,
  kernels: KernelSource,
  slot: number,
): Promise<SubmissionReport> {
  const { definitions, missing } = submission;
  if (lesson.exercises.length === 0) {
    // a project, marked by hand: its cells may run for hours, and no point depends on them
    return {
      exercises: [],
      cells: submission.cells.flatMap(({ number, error }) =>
        error === undefined ? [] : [{ number, says: error }],
      ),
    };
  }
  const base: Omit<Job, "exercises"> = {
    wasm: launcher.wasm,
    solutions: lesson.solutions.code,
    ours: [],
    cells: submission.cells.map(({ code, awaits }) => ({ code, awaits })),
  };
  const running = lesson.exercises.filter((e) => {
    const d = definitions[e.entry.name];
    return d && !d.forbidden;
  });
  const asked = (e: PreparedExercise): Job["exercises"][number] => {
    const { cell, shadowed } = definitions[e.entry.name]!;
    return {
      name: e.entry.name,
      cell: shadowed ? cell : -1,
      forbid: e.content.exercise.forbid ?? [],
      cases: questions(e),
    };
  };
  const first = await runJob(launcher, slot, { ...base, exercises: running.map(asked) });
  // a cell that lost a child would lose the next one too
  const kept = base.cells.map((c, i) => (first.lostCells.has(i) ? { ...c, code: "" } : c));

  /**
   * The outcomes of all cases: what the child answered, of a kernel what running its text gives.
   */
  const finish = async (e: PreparedExercise, outcomes: (Outcome | undefined)[], loss?: string) => {
    const { kernel } = e.content.exercise;
    if (!kernel) return { outcomes, loss };
    const ran = await runKernel(await kernels.open(), slot, kernel, outcomes[0], e.cases);
    return { outcomes: ran.outcomes, loss: loss ?? ran.loss };
  };

  const reports: ExerciseReport[] = [];
  for (const e of lesson.exercises) {
    const { name, points } = e.entry;
    const { exercise } = e.content;
    const nothing = (note: string): ExerciseReport => ({
      name,
      with: "own",
      note,
      ...judge(exercise, points, e.cases, []),
      failures: [],
    });
    const index = running.indexOf(e);
    if (index < 0) {
      reports.push(
        nothing(definitions[name]?.forbidden ?? missing[name] ?? `No cell defines ${name}.`),
      );
      continue;
    }
    const answered = first.outcomes[index]!;
    if (unwritten(name, answered)) {
      reports.push(nothing("Not written yet."));
      continue;
    }
    const lost = (why?: string) => (why === undefined ? [] : [`It was stopped: ${why}.`]);
    try {
      let { outcomes, loss } = await finish(e, answered, first.losses[index]);
      let notes = lost(loss);
      let report: ExerciseReport = {
        name,
        with: "own",
        ...judge(exercise, points, e.cases, outcomes),
      };
      if (report.earned < points && !(exercise.kernel && isText(answered[0]))) {
        const again = await runJob(launcher, slot, {
          ...base,
          cells: kept,
          ours: texts(e.earlier),
          exercises: [asked(e)],
        });
        const finished = await finish(e, again.outcomes[0]!, again.losses[0]);
        const judged = judge(exercise, points, e.cases, finished.outcomes);
        if (judged.earned > report.earned) {
          ({ outcomes, loss } = finished);
          notes = [
            e.earlier.length > 0
              ? "It failed with your earlier functions, so it ran with ours in their place, " +
                "which counts."
              : "It failed beside your other functions, so it ran alone, which counts.",
            ...lost(loss),
          ];
          report = { name, with: "ours", ...judged };
        }
      }
      const diagnosis =
        report.failures.length > 0
          ? await diagnose(e.content, e.cases, outcomes, mutantRunner(e, kernels, slot))
          : undefined;
      reports.push({
        ...report,
        ...(notes.length > 0 ? { note: notes.join(" ") } : {}),
        ...(diagnosis ? { diagnosis } : {}),
      });
    } catch (problem) {
      if (
        !exercise.kernel ||
        !(
          problem instanceof NoAdapter ||
          problem instanceof NoSandbox ||
          problem instanceof SandboxFault
        )
      ) {
        throw problem;
      }
      reports.push({
        name,
        with: "own",
        notGraded: true,
        note: `Not graded: ${problem.message}.`,
        earned: 0,
        of: 0,
        groups: [],
        failures: [],
      });
    }
  }
  const cells = submission.cells.flatMap(({ number, error }, i) => {
    const says = error ?? first.cellErrors[i];
    return says === undefined ? [] : [{ number, says }];
  });
  return { exercises: reports, cells };
}
