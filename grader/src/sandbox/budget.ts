/** What one submission may cost in all, and how its cells and exercises share it. */
import { type Job, isLong, waitingFrom, type Step } from "./job";
import type { Meter } from "./processes";

/** Milliseconds of processor time, and of sleep, for one submission unless said otherwise. */
export const DEFAULT_BUDGET_MS = 60_000;

export interface Budget {
  readonly total: number;
  spent: number;
}

/** With less budget than this, in milliseconds, starting a child is pointless. */
export const MIN_CHILD_BUDGET_MS = 500;

export const newBudget = (total = DEFAULT_BUDGET_MS): Budget => ({ total, spent: 0 });
export const remaining = ({ total, spent }: Budget): number => Math.max(0, total - spent);

/** Cells get a third of what is left, so that slow ones leave something to the exercises. */
export const cellsShare = (budget: Budget): number => remaining(budget) / 3;

/**
 * Exercises share what is left equally, and what one does not use goes to those after it.
 * @param waiting exercises from this one on
 * @param reserve kept for what comes after them all
 */
export const exerciseShare = (budget: Budget, waiting: number, reserve = 0): number =>
  Math.max(0, remaining(budget) - reserve) / Math.max(1, waiting);

/** The part of the budget that the first round leaves for reruns with reference functions. */
export const reserveOf = ({ total }: Budget): number => total / 4;

export const formatSeconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;

/** Milliseconds of a child, of processor time or asleep. */
export interface Timeouts {
  /** Until its first message. */
  start: number;
  /** For one cell or one case. */
  step: number;
  /** For a case that may take long. */
  longCase: number;
  /** For the child as a whole. */
  child: number;
}

export interface Limits {
  timeouts: Timeouts;
  budget: Budget;
  /** Milliseconds of the budget that this job must leave unused. */
  reserve?: number;
  /** How many exercises outside of this job still need a share of the budget. */
  otherExercises?: number;
}

/** Why a child is stopped. */
export interface StopReason {
  reason: string;
  /** True if a share of the budget ran out, false if a single step took too long. */
  overShare?: boolean;
}

/** The cells together, or one exercise: what shares of the budget are given to. */
const groupOf = (step: Step | undefined): string | number =>
  step?.kind === "case" ? step.exercise : (step?.kind ?? "end");

/** Charges each tick to the step that runs, and says when something is used up. */
export class BudgetAccount {
  readonly costs: number[] = [];
  private ofGroup = 0;
  private group: string | number = "ready";
  private share = Infinity;
  private charged = 0;

  constructor(
    private readonly job: Job,
    private readonly plan: Step[],
    private readonly meter: Meter,
    private readonly limits: Limits,
  ) {}

  /** @param at the step that runs; what was used is added to the submission's budget */
  charge(at: number): void {
    this.meter.update();
    const { busy, asleep } = this.meter;
    const used = busy + asleep - this.charged;
    this.charged += used;
    this.enter(at);
    this.costs[at] = (this.costs[at] ?? 0) + used;
    this.ofGroup += used;
    this.limits.budget.spent += used;
  }

  private enter(at: number): void {
    const step = this.plan[at];
    const group = groupOf(step);
    if (group === this.group) return;
    this.group = group;
    this.ofGroup = 0;
    this.share = this.shareOf(step);
  }

  private shareOf(step: Step | undefined): number {
    const { budget, reserve, otherExercises: others = 0 } = this.limits;
    if (step?.kind === "cell") return cellsShare(budget);
    if (step?.kind !== "case") return Infinity;
    return exerciseShare(budget, waitingFrom(this.job, step.exercise) + others, reserve);
  }

  /** Why the child must stop at this step. */
  exceeded(at: number): StopReason | undefined {
    const { timeouts, budget } = this.limits;
    const { asleep, busy } = this.meter;
    const longer = `it ${asleep > busy ? "waited" : "ran"} longer than`;
    const limit = this.limitOf(at);
    if ((this.costs[at] ?? 0) > limit) return { reason: `${longer} ${formatSeconds(limit)}` };
    if (this.charged > timeouts.child) {
      return { reason: `${longer} ${formatSeconds(timeouts.child)}` };
    }
    const used = `used up the ${formatSeconds(budget.total)} that a submission has`;
    if (remaining(budget) === 0) return { reason: `the submission ${used}`, overShare: true };
    if (this.ofGroup <= this.share) return undefined;
    return { reason: `it used up its share of ${formatSeconds(this.share)}`, overShare: true };
  }

  private limitOf(at: number): number {
    const { start, step, longCase } = this.limits.timeouts;
    if (at === 0) return start;
    return isLong(this.job, this.plan[at]) ? longCase : step;
  }
}
