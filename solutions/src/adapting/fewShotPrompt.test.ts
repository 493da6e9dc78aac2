import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { fewShotPrompt } from "./fewShotPrompt";

checkReferences("fewShotPrompt", fewShotPrompt);

const solved = [
  { input: "cat", output: "animal" },
  { input: "oak", output: "plant" },
];

test("by hand", () =>
  expect(fewShotPrompt(solved, "rose", { instruction: "Animal or plant?\n" })).toBe(
    "Animal or plant?\ncat → animal\noak → plant\nrose →",
  ));

test("the examples stay as they are", () => {
  const copy = structuredClone(solved);
  fewShotPrompt(solved, "rose", { most: 20 });
  expect(solved).toEqual(copy);
});

test("what doesn't fit", () =>
  expect(() => fewShotPrompt(solved, "rose", { most: 3 })).toThrow(
    "fewShotPrompt: expected input and instruction of at most 3 letters, got 6",
  ));
