/** What one submission may cost in all, and how its cells and exercises share it. */

/** Milliseconds of processor time, and of sleep, for one submission unless said otherwise. */
export const DEFAULT_BUDGET = 60_000;

export interface Budget {
  readonly all: number;
  spent: number;
}

/** Milliseconds without which it is no use to start a child. */
export const LEAST_LEFT = 500;

export const newBudget = (all = DEFAULT_BUDGET): Budget => ({ all, spent: 0 });
export const left = ({ all, spent }: Budget): number => Math.max(0, all - spent);

/** Cells get a third of what is left, so that slow ones leave something to the exercises. */
export const cellsShare = (budget: Budget): number => left(budget) / 3;

/**
 * Exercises share what is left equally, and what one does not use goes to those after it.
 * @param waiting exercises from this one on
 * @param reserve kept for what comes after them all
 */
export const exerciseShare = (budget: Budget, waiting: number, reserve = 0): number =>
  Math.max(0, left(budget) - reserve) / Math.max(1, waiting);

/** Kept, while exercises run for the first time, for running some again with ours. */
export const reserveOf = ({ all }: Budget): number => all / 4;

export const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;
