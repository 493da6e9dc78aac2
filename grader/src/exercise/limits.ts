/** Verdicts on what an answer ran: the limits that cases of group cost set. */
import { MOST_RUNS, READ, type Run } from "./runs";

export interface Limits {
  /** Numbers in the largest tensor that is made. */
  largest?: number;
  /** Numbers in memory at the same time, without the arguments. */
  held?: number;
  /** Operations of tfjs. */
  operations?: number;
  /** Numbers that are computed: of a product its multiplications. */
  work?: number;
}

/** Says what is wasteful, or nothing. */
export interface CostRule {
  (runs: Run[]): string | undefined;
  /** Where the rule is nothing but these. */
  limits?: Limits;
}

/** More than these can't be read into JavaScript unseen: what is computed there is not counted. */
const READABLE = 64;
const text = (n: number) => Math.round(n).toLocaleString("en-US");
const most = (numbers: number[]) => numbers.reduce((a, b) => Math.max(a, b), 0);

/** What a limit was passed by; of more runs than are recorded the rest is not known. */
const measured = (is: number, runs: Run[]) =>
  runs.length < MOST_RUNS ? text(is) : `${text(is)} or more`;

const SAYS: Record<keyof Limits, (is: string, enough: string) => string> = {
  largest: (is, enough) => `Its largest tensor has ${is} numbers; ${enough} are enough.`,
  held: (is, enough) =>
    `It has ${is} numbers in memory at the same time, without its arguments; ${enough} are enough.`,
  operations: (is, enough) => `It runs ${is} operations of tfjs; ${enough} are enough.`,
  work: (is, enough) => `It computes ${is} numbers along the way; ${enough} are enough.`,
};

const MEASURES: Record<keyof Limits, (runs: Run[]) => number> = {
  largest: (runs) => most(runs.map((r) => r.wrote)),
  held: (runs) => most(runs.map((r) => r.held)),
  operations: (runs) => runs.length,
  work: (runs) => runs.reduce((sum, r) => sum + r.work, 0),
};

/** The numbers of a call's cost, for authors who look for limits. */
export const costOf = (runs: Run[]): Required<Limits> => ({
  largest: MEASURES.largest(runs),
  held: MEASURES.held(runs),
  operations: MEASURES.operations(runs),
  work: MEASURES.work(runs),
});

/** What an answer reads into JavaScript at once, where it can't be followed any more. */
export function readsTooMuch(runs: Run[], enough = READABLE): string | undefined {
  const read = most(runs.filter((r) => r.kernel === READ).map((r) => r.read));
  if (read <= enough) return undefined;
  return (
    `It reads the ${text(read)} numbers of a tensor into JavaScript. ` +
    "Its cost is counted in operations of tfjs, so compute with those."
  );
}

/** The first limit that is passed, in the order in which they are written down. */
export function within(limits: Limits): CostRule {
  const rule: CostRule = (runs) => {
    const unseen = readsTooMuch(runs);
    if (unseen !== undefined) return unseen;
    for (const [name, enough] of Object.entries(limits) as [keyof Limits, number][]) {
      const is = MEASURES[name](runs);
      if (is > enough) return SAYS[name](measured(is, runs), text(enough));
    }
    return undefined;
  };
  return Object.assign(rule, { limits });
}
