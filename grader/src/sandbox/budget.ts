/** What one submission may cost in all, and how its cells and exercises share it. */

/** Milliseconds of processor time, and of sleep, for one submission unless said otherwise. */
export const DEFAULT_BUDGET_MS = 60_000;

export interface Budget {
  readonly total: number;
  spent: number;
}

/** Milliseconds without which it is no use to start a child. */
export const MIN_CHILD_BUDGET_MS = 500;

export const newBudget = (all = DEFAULT_BUDGET_MS): Budget => ({ total: all, spent: 0 });
export const remaining = ({ total: all, spent }: Budget): number => Math.max(0, all - spent);

/** Cells get a third of what is left, so that slow ones leave something to the exercises. */
export const cellsShare = (budget: Budget): number => remaining(budget) / 3;

/**
 * Exercises share what is left equally, and what one does not use goes to those after it.
 * @param waiting exercises from this one on
 * @param reserve kept for what comes after them all
 */
export const exerciseShare = (budget: Budget, waiting: number, reserve = 0): number =>
  Math.max(0, remaining(budget) - reserve) / Math.max(1, waiting);

/** Kept, while exercises run for the first time, for running some again with ours. */
export const reserveOf = ({ total: all }: Budget): number => all / 4;

export const formatSeconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;
