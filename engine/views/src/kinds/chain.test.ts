import { expect, test } from "vitest";
import type { View } from "../view";
import { projection, sceneOf } from "./chainPaint";
import {
  boundingSphere,
  colorOf,
  rampColors,
  curveThrough,
  readChains,
  viewFrom,
  describeResidue,
  type Point,
} from "./chainShape";

const view = (more: object): View => ({ view: "chain", version: 1, ...more });
const many = <T>(n: number, item: (i: number) => T) => Array.from({ length: n }, (_, i) => item(i));
const points: Point[] = [[0, 0, 0], [2, 0, 0], [2, 2, 0]]; // prettier-ignore
const one = { name: "a", points, values: [0, 1, 2] };
const fine = { chains: [one], scale: { label: "error, Å", from: 0, to: 2 } };

test("one or two chains with a scale or groups are read", () => {
  const read = readChains(view(fine))!;
  expect(read).toEqual({ ...fine, start: { turn: 0, tilt: 0 } });
  const second = readChains(view({ ...fine, chains: [one, { name: "b", points }] }))!;
  expect(second.chains[1]!.values).toEqual([1, 2, 3]);
  expect(readChains(view({ ...fine, groups: ["x", "y", "z"] }))?.groups).toHaveLength(3);
  expect(readChains(view({ ...fine, start: { turn: 20, tilt: NaN } }))?.start.tilt).toBe(0);
});

test("anything else is not drawn", () => {
  const odd = [undefined, null, 3, "text", {}, [], [null], [3], [[]], [[1, 2]], { length: 2 }];
  for (const json of odd) {
    const name = JSON.stringify(json);
    expect(readChains(view({ ...fine, chains: json })), name).toBeUndefined();
    expect(readChains(view({ ...fine, chains: [{ ...one, points: json }] })), name).toBeUndefined();
    expect(readChains(view({ ...fine, scale: json })), name).toBeUndefined();
    if (json === undefined) continue;
    expect(readChains(view({ ...fine, groups: json })), name).toBeUndefined();
    if (json === null) continue;
    expect(readChains(view({ ...fine, chains: [{ ...one, values: json }] })), name).toBeUndefined();
  }
  for (const bad of [NaN, Infinity, "1", null]) {
    const broken = { ...one, points: [...points, [0, bad, 0]] };
    expect(readChains(view({ ...fine, chains: [broken] })), String(bad)).toBeUndefined();
    const scale = { label: "x", from: 0, to: bad };
    expect(readChains(view({ ...fine, scale })), String(bad)).toBeUndefined();
  }
  expect(readChains(view({ ...fine, chains: [one, one, one] }))).toBeUndefined();
  expect(readChains(view({ ...fine, groups: ["x", "y"] }))).toBeUndefined();
  const huge = { name: "a", points: many(2001, () => [0, 0, 0]) };
  expect(readChains(view({ ...fine, chains: [huge] }))).toBeUndefined();
});

test("a quarter turn brings the right side to the back, a tilt the top to the reader", () => {
  const ball = { center: [1, 0, 0] as Point, radius: 1 };
  const close = (got: Point, want: number[]) =>
    want.forEach((value, axis) => expect(got[axis]).toBeCloseTo(value, 9));
  close(viewFrom({ turn: 0, tilt: 0 }, ball)([2, 0, 0]), [1, 0, 0]);
  close(viewFrom({ turn: 90, tilt: 0 }, ball)([2, 0, 0]), [0, 0, -1]);
  close(viewFrom({ turn: 0, tilt: 90 }, ball)([1, 1, 0]), [0, 0, 1]);
  close(viewFrom({ turn: 0, tilt: 0 }, ball)([1, 1, 0]), [0, -1, 0]);
});

test("the line goes through all points, and is not finer than a long chain allows", () => {
  const line = curveThrough(points);
  expect(line.filter(({ at }) => Number.isInteger(at)).map(({ point }) => point)).toEqual(points);
  expect(line).toHaveLength(13);
  expect(curveThrough([[1, 2, 3]])).toEqual([{ point: [1, 2, 3], at: 0 }]);
  expect(curveThrough(many(2000, (i): Point => [i, 0, 0]))).toHaveLength(2000);
});

test("the last chain is in the middle, and a stray point doesn't shrink it to nothing", () => {
  const stray = { name: "s", points: [[1e6, 0, 0]] };
  const two = readChains(view({ ...fine, chains: [stray, one] }))!;
  const { center, radius } = boundingSphere(two);
  expect(center[0]).toBeCloseTo(4 / 3, 9);
  expect(radius).toBeLessThan(4);
  expect(boundingSphere(readChains(view({ ...fine, chains: [{ name: "p", points: [[5, 5, 5]] }] }))!).radius).toBe(1); // prettier-ignore
});

test("colors end where the scale does, and the sentence tells number, value or group", () => {
  const read = readChains(view(fine))!;
  expect([-1, 0, 2, 9].map((value) => colorOf(value, read, false))).toEqual(["#0072b2", "#0072b2", "#d55e00", "#d55e00"]); // prettier-ignore
  expect([0, 2].map((value) => colorOf(value, read, true))).toEqual(["#3d9be0", "#f08030"]);
  expect(describeResidue(read, 1)).toBe("Residue 2 of 3 in “a”: error 1 Å.");
  const named = readChains(view({ ...fine, groups: ["helix", "strand", "other"] }))!;
  expect(describeResidue(named, 1)).toBe("Residue 2 of 3 in “a”: strand.");
  const plain = readChains(view({ ...fine, chains: [{ name: "a", points }] }))!;
  expect(describeResidue(plain, 0)).toBe("Residue 1 of 3 in “a”.");
  // places in the chain don't share their colors with measured numbers
  expect([1, 3].map((place) => colorOf(place, plain, false))).not.toContain(
    colorOf(0, read, false),
  );
  expect(rampColors(plain, true)).not.toBe(rampColors(read, true));
  expect(rampColors(plain, true)).not.toBe(rampColors(plain, false));
});

test("a chain fills a wide canvas as far as its height allows, and is never cut", () => {
  const long: Point[] = [[-9, 0, 0], [9, 1, 0], [0, -1, 4]]; // prettier-ignore
  const scene = sceneOf(readChains(view({ ...fine, chains: [{ name: "a", points: long }] }))!);
  const size = { width: 560, height: 420 };
  const seen = (turn: number, tilt: number) =>
    long.map(projection(scene, { turn, tilt }, size)).map(([x, y]) => [x - 280, y - 210] as const);
  expect(Math.max(...seen(0, 0).map(([x]) => x))).toBeGreaterThan(250);
  const turns = [[0, 0], [90, 0], [90, 90], [45, 60], [200, 10]] as const; // prettier-ignore
  for (const [x, y] of turns.flatMap(([turn, tilt]) => seen(turn, tilt))) {
    expect(Math.abs(x)).toBeLessThan(280);
    expect(Math.abs(y)).toBeLessThan(210);
  }
});

test("a chain that reaches to one side of its center fills the canvas from edge to edge", () => {
  const hook: Point[] = [[0, 0, 0], [0, 0.2, 0], [0, 0, 0.2], [0, 6, 0], [4, 6, 0]]; // prettier-ignore
  const scene = sceneOf(readChains(view({ ...fine, chains: [{ name: "a", points: hook }] }))!);
  const size = { width: 480, height: 360 };
  for (const turn of [0, 30, 180]) {
    const ys = hook.map(projection(scene, { turn, tilt: 0 }, size)).map(([, y]) => y);
    expect(Math.min(...ys)).toBeCloseTo(360 - Math.max(...ys), 6);
    expect(Math.max(...ys) - Math.min(...ys)).toBeGreaterThan(0.75 * 360);
  }
});

test("in a control a chain that others move around keeps its scale and its place", () => {
  const still: Point[] = [[0, 0, 0], [4, 0, 0], [4, 4, 0]]; // prettier-ignore
  const bent = (far: number) =>
    readChains(
      view({
        ...fine,
        chains: [
          { name: "bent", points: [[0, 0, 0], [far, 1, 0], [far, 2, 0]] }, // prettier-ignore
          { name: "still", points: still },
        ],
      }),
    )!;
  const examples = [bent(3), bent(9)];
  const size = { width: 560, height: 360 };
  const places = (data: ReturnType<typeof bent>, others: typeof examples) =>
    still.map(projection(sceneOf(data, others), { turn: 0, tilt: 0 }, size));
  expect(places(bent(3), examples)).toEqual(places(bent(9), examples));
  expect(places(bent(3), [])).not.toEqual(places(bent(9), []));
});
