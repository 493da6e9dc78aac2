/** A map of points of which one is chosen. */
import { expectNumbers, expectSome } from "../figures/validate";

export interface MapInput {
  input: "map";
  /** The coordinates of the points: across, and up. */
  x: readonly number[];
  y: readonly number[];
  /** The group of each point, which colors it, as its number in `groups`. */
  group?: readonly number[];
  groups?: readonly string[];
  /** The point that is chosen first, 0 unless given. */
  start?: number;
}
export interface CompleteMap {
  input: "map";
  x: number[];
  y: number[];
  group: number[];
  groups: string[];
  start: number;
}

const MAX_MAP_POINTS = 3000;
const MAX_MAP_GROUPS = 7;
const roundCoordinates = (values: readonly number[]) => values.map((v) => Number(v.toPrecision(4)));

/** @throws by `fail` when it makes no sense */
export function completedMap(given: MapInput, fail: (expected: string) => never): CompleteMap {
  const { x, y, groups = [""], group = x?.map(() => 0), start = 0 } = given;
  expectNumbers("control", "x", x);
  expectNumbers("control", "y", y);
  if (x.length > MAX_MAP_POINTS) return fail(`at most ${MAX_MAP_POINTS} points`);
  if (y.length !== x.length) return fail(`as many numbers in y as in x`);
  expectSome("control", "groups", groups);
  if (groups.length > MAX_MAP_GROUPS) return fail(`at most ${MAX_MAP_GROUPS} groups`);
  if (group.length !== x.length || group.some((g) => groups[g] === undefined)) {
    return fail(`a group from 0 to ${groups.length - 1} for each point`);
  }
  if (x[start] === undefined) return fail(`a start from 0 to ${x.length - 1}`);
  return {
    ...{ input: "map", x: roundCoordinates(x), y: roundCoordinates(y) },
    ...{ group: [...group], groups: [...groups], start },
  };
}

/** Whether a page sent the number of a point. */
export const isPoint = (input: CompleteMap, value: unknown): value is number =>
  typeof value === "number" && Object.hasOwn(input.x, value);
