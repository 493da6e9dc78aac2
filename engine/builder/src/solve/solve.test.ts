import { expect, test } from "vitest";
import { runUntilTrue } from "./solve.js";

/** A run whose outcomes come in turn, and how often it was asked. */
function turns<T>(...outcomes: T[]) {
  const asked = { times: 0 };
  return { asked, run: () => Promise.resolve(outcomes[asked.times++]!) };
}

test("a run that agrees with the text isn't repeated", async () => {
  const { asked, run } = turns({ cells: 1 }, { cells: 2 });
  expect(await runUntilTrue(run)).toEqual({ outcome: { cells: 1 } });
  expect(asked.times).toBe(1);
});

test("a run that contradicts the text is repeated, and what it said is kept", async () => {
  const { run } = turns<object>({ error: "slower" }, { cells: 2 });
  expect(await runUntilTrue(run)).toEqual({ outcome: { cells: 2 }, contradicted: "slower" });
});

test("two runs that contradict the text fail with what the second said", async () => {
  const { asked, run } = turns({ error: "slower" }, { error: "much slower" }, { error: "never" });
  expect((await runUntilTrue(run)).outcome).toEqual({ error: "much slower" });
  expect(asked.times).toBe(2);
});
