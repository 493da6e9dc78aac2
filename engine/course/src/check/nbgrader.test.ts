/** In a folder without the notebook, where `check` judges the function that it gets. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { displayed, toyCourse } from "../output.testing";
import { check } from "./check";

let course: ReturnType<typeof toyCourse>;
beforeEach(() => {
  course = toyCourse();
  vi.stubEnv("COURSE_ROOT", course.root);
  vi.stubEnv("NBGRADER_EXECUTION", "autograde");
});
afterEach(() => {
  vi.unstubAllEnvs();
  course.remove();
});

const answer = (f: (x: tf.Tensor) => unknown) =>
  Object.defineProperty(f, "name", { value: "twicePlusOne" });

async function checked(f: (x: tf.Tensor) => unknown) {
  let points: number | undefined;
  const shown = await displayed(async () => {
    points = await check(answer(f));
  });
  return { points, data: shown.map(({ data }) => data) };
}

test("gives all points to a right answer, as text alone, and leaves progress alone", async () => {
  const { points, data } = await checked((x) => tf.tidy(() => x.mul(2).add(1)));
  expect(points).toBe(3);
  expect(data.map((d) => Object.keys(d))).toEqual([["text/plain"]]);
  expect(data[0]!["text/plain"]).toMatch(/^twicePlusOne: 3 of 3 points\.\n {2}✓ passed: values/);
  expect(existsSync(join(course.root, "my-course"))).toBe(false);
});

test("gives a share to an answer that is partly right, with the first failure", async () => {
  const part = (x: tf.Tensor) => (x.rank === 2 ? tf.zeros([1]) : tf.tidy(() => x.mul(2).add(1)));
  const { points, data } = await checked(part);
  expect(points).toBe(1.5);
  expect(data[0]!["text/plain"]).toContain("It fails on this case: x is a matrix.");
});

test("throws where there is nothing to give, with the mistake", async () => {
  await expect(checked((x) => tf.tidy(() => x.square().add(1)))).rejects.toThrow(
    "twicePlusOne earns 0 of 3 points. x is squared, not doubled.",
  );
  const stub = () => {
    throw new Error("not written yet: twicePlusOne");
  };
  await expect(checked(stub)).rejects.toThrow(
    "twicePlusOne earns 0 of 3 points. It is not written yet.",
  );
});
