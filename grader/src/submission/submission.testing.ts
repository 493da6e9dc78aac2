/** For tests only: whole submissions in the real sandbox, and what they should earn. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  makeSmallCourse,
  notebook,
  POINTS,
  RIGHT,
  shippedCells,
  type HandedIn,
  type Name,
} from "../grader.testing";
import { gradeBatch } from "../batch/batch";
import type { Batch, Graded } from "../batch/result";

export const course = makeSmallCourse();

/** Points by exercise; those not named are right. */
export type Earned = Partial<Record<Name, number>>;
export interface Tried {
  does: string;
  cells: HandedIn[];
  earns: Earned;
  says?: RegExp;
}

export const NONE: Earned = { centre: 0, double: 0, standardize: 0 };
export const withCode = (written: Partial<Record<Name, string>>) =>
  shippedCells({ ...RIGHT, ...written });
/** A cell of the student's own in front of all exercises. */
export const before = (source: string, cells = shippedCells()) => [
  ...cells.slice(0, 2),
  { source },
  ...cells.slice(2),
];
export const after = (source: string, cells = shippedCells()) => [...cells, { source }];

function earnedBy({ exercises }: Graded): Record<string, number> {
  const earned = exercises.map((e) => [e.name, Math.round(e.points * 100) / 100]);
  return Object.fromEntries(earned) as Record<string, number>;
}

/** Grades them all in one batch, and tests each. */
export function testAll(kind: string, tried: Tried[]): void {
  let batch: Batch;
  afterAll(() => course.remove());
  beforeAll(async () => {
    const folder = join(course.root, kind);
    mkdirSync(folder);
    tried.forEach(({ cells }, i) => writeFileSync(join(folder, `${i}.ipynb`), notebook(cells)));
    batch = await gradeBatch(course.root, [folder], { seed: 7 });
  });
  test.each(tried.map((t, i) => ({ ...t, i })))("$does", ({ i, earns, says }) => {
    expect(batch.notGraded.filter((n) => n.id === String(i))).toEqual([]);
    const graded = batch.graded.find((g) => g.id === String(i))!;
    const right = { centre: POINTS, double: POINTS, standardize: POINTS };
    expect(earnedBy(graded)).toEqual({ ...right, ...earns });
    if (!says) return;
    const told = graded.exercises.map((e) => [
      e.note,
      e.diagnosis,
      e.failures.map((f) => f.message),
    ]);
    expect(JSON.stringify([told, graded.cells])).toMatch(says);
  });
}
