import { expect, test } from "vitest";
import { openLanes, SLOW_MS } from "./lanes";

test("slow submissions make room, and go to the end when there are too many", async () => {
  const lanes = openLanes(2, () => true);
  const [a, b] = [await lanes.enter(), await lanes.enter()];
  let third: Awaited<ReturnType<typeof lanes.enter>> | undefined;
  void lanes.enter().then((ticket) => (third = ticket));
  expect(a.onSpent(SLOW_MS - 1)).toBe("go on");
  await null;
  expect(third).toBeUndefined();
  expect(a.onSpent(SLOW_MS + 1)).toBe("politely");
  await new Promise(setImmediate);
  expect(new Set([a.slot, b.slot, third!.slot]).size).toBe(3);
  expect(a.onSpent(SLOW_MS + 2)).toBe("go on"); // said once
  expect(b.onSpent(SLOW_MS + 1)).toBe("politely");
  const fourth = await lanes.enter();
  expect(fourth.onSpent(SLOW_MS + 1)).toBe("later");
  fourth.isLast = true;
  expect(fourth.onSpent(SLOW_MS + 1)).toBe("go on");
  a.leave();
  expect(third!.onSpent(SLOW_MS + 1)).toBe("politely");
});

test("nobody is put off for nobody", async () => {
  const lanes = openLanes(1, () => false);
  const only = await lanes.enter();
  expect(only.onSpent(1e9)).toBe("go on");
  only.leave();
  expect((await lanes.enter()).slot).toBe(only.slot);
});
