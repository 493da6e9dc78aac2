import { expect, test } from "vitest";
import { letterDegrees, nearestTurn, readDials, spiral, type Hand } from "./dials";

const hand = (degrees: number): Hand => {
  const angle = (degrees * Math.PI) / 180;
  return { name: `at ${degrees}`, x: Math.cos(angle), y: Math.sin(angle) };
};
const dial = { title: "pair 0", hands: [hand(30), hand(0)], angle: { degrees: 30, text: "θ" } };
const view = (more: object) => ({ view: "dials", version: 1, ...more });

test("dials are read, anything else is not", () => {
  expect(readDials(view({ dials: [dial], total: "1.5" }))).toEqual({ dials: [dial], total: "1.5" });
  const odd: unknown[] = [undefined, null, 3, "text", [], [null], [3]];
  for (const value of odd) {
    expect(readDials(view({ dials: value }))).toBeUndefined();
    expect(readDials(view({ dials: [{ ...dial, hands: value }] }))).toBeUndefined();
  }
  for (const part of [
    { x: NaN },
    { y: "1" },
    { color: "red; background: url(x)" },
    { symbol: 3 },
  ]) {
    const hands = [{ ...hand(0), ...part }];
    expect(readDials(view({ dials: [{ ...dial, hands }] })), JSON.stringify(part)).toBeUndefined();
  }
  expect(readDials(view({ dials: [{ ...dial, angle: { degrees: 3 } }] }))).toBeUndefined();
  expect(readDials(view({ dials: [{ ...dial, formula: [3] }] }))).toBeUndefined();
  expect(readDials(view({ dials: [dial], total: 3 }))).toBeUndefined();
});

test("a hand turns the short way", () => {
  expect(nearestTurn(-170, 170)).toBe(190);
  expect(nearestTurn(10, 715)).toBe(730);
  expect(nearestTurn(90, 80)).toBe(90);
});

test("an angle of more than a turn winds outward", () => {
  const radii = (path: string) =>
    path
      .slice(1)
      .split("L")
      .map((point) => {
        const [x, y] = point.split(" ").map(Number);
        return Math.hypot(x! - 100, y! - 100);
      });
  const turns = radii(spiral(0, 720));
  expect(turns[0]).toBeCloseTo(26, 1);
  expect(turns.at(-1)! - turns[0]!).toBeGreaterThan(10);
  expect(Math.max(...radii(spiral(0, 36_000)))).toBeLessThan(72);
});

test("letters of hands that nearly coincide stand apart", () => {
  const [first, second] = letterDegrees([hand(92), hand(88)]) as [number, number];
  expect(first - second).toBeCloseTo(26);
  expect(letterDegrees([hand(92), hand(2)]).map(Math.round)).toEqual([92, 2]);
});
