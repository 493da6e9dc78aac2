/** Budgets and limits, with a clock of our own. */
import { expect, test } from "vitest";
import { BudgetAccount, type Limits, newBudget } from "./budget";
import { emptyJob, type Job, steps } from "./job";
import { startMeter, SAMPLE_INTERVAL_MS, type Meter } from "./processes";

const timeouts = { start: 5_000, step: 3_000, longCase: 10_000, child: 40_000 };
const asked = (cases: number, long = false) => ({
  name: "f",
  cell: -1,
  references: [],
  forbid: [],
  cases: Array.from({ length: cases }, () => ({ args: [], long })),
});
const job: Job = {
  ...emptyJob(),
  cells: Array.from({ length: 30 }, () => ({ code: "", awaits: false })),
  exercises: [asked(2), asked(2), asked(1, true)],
};
const FIRST_CASE = 31;

function open(limits: Partial<Limits> = {}) {
  const meter = { busy: 0, asleep: 0, update: () => undefined } satisfies Meter;
  const all: Limits = { timeouts, budget: newBudget(60_000), ...limits };
  const account = new BudgetAccount(job, steps(job), meter, all);
  const spend = (at: number, busy: number, asleep = 0) => {
    meter.busy += busy;
    meter.asleep += asleep;
    account.charge(at);
    return account.exceeded(at)?.reason;
  };
  return { spend, account, limits: all };
}

test("a step has its limit, of processor time or asleep", () => {
  expect(open().spend(0, 4_900)).toBeUndefined();
  expect(open().spend(0, 5_100)).toBe("it ran longer than 5 s");
  expect(open().spend(1, 2_900)).toBeUndefined();
  expect(open().spend(1, 3_100)).toBe("it ran longer than 3 s");
  expect(open().spend(1, 0, 3_100)).toBe("it waited longer than 3 s");
  expect(open().spend(FIRST_CASE + 4, 9_900)).toBeUndefined();
});

test("cells that are each within their limit share a third of the budget", () => {
  const { spend, limits } = open();
  const said = Array.from({ length: 30 }, (_, i) => spend(1 + i, 2_800));
  expect(said.findIndex((why) => why !== undefined)).toBe(7); // 8 × 2.8 s > 20 s
  expect(said[7]).toBe("it used up its share of 20 s");
  expect(limits.budget.spent).toBe(30 * 2_800);
});

test("exercises share what is left, and hand on what they do not use", () => {
  const first = open({ timeouts: { ...timeouts, step: Infinity } });
  expect(first.spend(FIRST_CASE, 19_000)).toBeUndefined();
  expect(first.spend(FIRST_CASE + 1, 1_500)).toBe("it used up its share of 20 s");
  const quick = open({ timeouts: { ...timeouts, step: Infinity } });
  expect(quick.spend(FIRST_CASE, 100)).toBeUndefined();
  expect(quick.spend(FIRST_CASE + 2, 29_000)).toBeUndefined(); // half of 59.9 s
  expect(quick.spend(FIRST_CASE + 3, 1_500)).toBe("it used up its share of 30 s");
});

test("nothing runs on when the submission has used up its time", () => {
  const { spend } = open({ budget: { total: 60_000, spent: 59_000 } });
  expect(spend(0, 1_100)).toBe("the submission used up the 60 s that a submission has");
});

test("a meter counts processor time, and sleep only where nothing ran", () => {
  let time = 0;
  let seen: { ms: number; running: boolean } | undefined = { ms: 0, running: true };
  const meter = startMeter(
    () => seen,
    () => time,
  );
  const after = (passed: number, next: typeof seen) => {
    time += passed;
    seen = next;
    meter.update();
    return [meter.busy, meter.asleep];
  };
  expect(after(SAMPLE_INTERVAL_MS, { ms: 90, running: true })).toEqual([90, 0]);
  // it waits for a processor: the machine is busy
  expect(after(SAMPLE_INTERVAL_MS, { ms: 90, running: true })).toEqual([90, 0]);
  expect(after(SAMPLE_INTERVAL_MS, { ms: 90, running: false })).toEqual([90, SAMPLE_INTERVAL_MS]);
  // this process was busy itself for a minute, and the child may have waited for it
  expect(after(60_000, { ms: 90, running: false })).toEqual([90, 3 * SAMPLE_INTERVAL_MS]);
  // a system that tells nothing
  expect(after(SAMPLE_INTERVAL_MS, undefined)).toEqual([90, 4 * SAMPLE_INTERVAL_MS]);
});
