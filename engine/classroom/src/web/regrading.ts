/** Regrades that a server runs: one at a time, beside the requests. */
import type { Class } from "../class.js";
import type { GradeClassOptions } from "../gradebook/grade.js";
import type { Lesson } from "../lessons.js";
import { regrade } from "../gradebook/regrade.js";
import { ClassError } from "../settings.js";

export type State =
  { is: "idle" } | { is: "running"; done: number; of: number } | { is: "failed"; says: string };

export interface Regrading {
  /** @throws ClassError while another one runs */
  start(lesson: Lesson): void;
  state(lesson: Lesson): State;
  /** What is finished stays; the next start goes on from there. */
  stop(): Promise<void>;
}

interface RegradeJob {
  lesson: string;
  state: State;
  controller: AbortController;
  ended: Promise<void>;
}

const isRunning = (job: RegradeJob | undefined): job is RegradeJob => job?.state.is === "running";

/** @param how what grades, as `class grade` takes it */
export function regrading(classroom: Class, how: GradeClassOptions = {}): Regrading {
  let job: RegradeJob | undefined;
  const run = async (lesson: Lesson, own: RegradeJob) => {
    const { signal } = own.controller;
    const progress = (done: number, of: number) => {
      own.state = { is: "running", done, of };
    };
    try {
      await regrade(classroom, lesson, { ...how, signal, progress });
      own.state = { is: "idle" };
    } catch (e) {
      const says = e instanceof Error ? e.message : String(e);
      own.state = signal.aborted ? { is: "idle" } : { is: "failed", says };
    }
  };
  return {
    start(lesson) {
      if (isRunning(job)) {
        throw new ClassError(`${job.lesson} is being compared: wait until it is done, or stop it.`);
      }
      const state = { is: "running" as const, done: 0, of: 0 };
      const controller = new AbortController();
      job = { lesson: lesson.id, state, controller, ended: Promise.resolve() };
      job.ended = run(lesson, job);
    },
    state: ({ id }) => (job?.lesson === id ? job.state : { is: "idle" }),
    async stop() {
      if (!isRunning(job)) return;
      job.controller.abort(new ClassError("Stopped."));
      await job.ended;
    },
  };
}
