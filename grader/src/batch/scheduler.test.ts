import { expect, test } from "vitest";
import { openScheduler, SLOW_SUBMISSION_MS } from "./scheduler";

test("slow submissions make room, and go to the end when there are too many", async () => {
  const lanes = openScheduler(2, () => true);
  const [a, b] = [await lanes.acquire(), await lanes.acquire()];
  let third: Awaited<ReturnType<typeof lanes.acquire>> | undefined;
  void lanes.acquire().then((ticket) => (third = ticket));
  expect(a.onSpent(SLOW_SUBMISSION_MS - 1)).toBe("go on");
  await null;
  expect(third).toBeUndefined();
  expect(a.onSpent(SLOW_SUBMISSION_MS + 1)).toBe("politely");
  await new Promise(setImmediate);
  expect(new Set([a.slot, b.slot, third!.slot]).size).toBe(3);
  expect(a.onSpent(SLOW_SUBMISSION_MS + 2)).toBe("go on"); // said once
  expect(b.onSpent(SLOW_SUBMISSION_MS + 1)).toBe("politely");
  const fourth = await lanes.acquire();
  expect(fourth.onSpent(SLOW_SUBMISSION_MS + 1)).toBe("later");
  fourth.mustFinish = true;
  expect(fourth.onSpent(SLOW_SUBMISSION_MS + 1)).toBe("go on");
  a.release();
  expect(third!.onSpent(SLOW_SUBMISSION_MS + 1)).toBe("politely");
});

test("nobody is put off for nobody", async () => {
  const lanes = openScheduler(1, () => false);
  const only = await lanes.acquire();
  expect(only.onSpent(1e9)).toBe("go on");
  only.release();
  expect((await lanes.acquire()).slot).toBe(only.slot);
});
