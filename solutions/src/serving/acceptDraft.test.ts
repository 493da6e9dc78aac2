import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { acceptDraft } from "./acceptDraft";
import { drawFrom } from "./drawFrom";

checkReferences("acceptDraft", acceptDraft);

const after = [0.2, 0.3, 0.5];

test("by hand: the border between accepting and rejecting is p/q", () => {
  const call = (u: number) => acceptDraft([0], [[0.8, 0.2]], [[0.4, 0.6], after.slice(1)], [u, 0]);
  expect(call(0.49)).toEqual([0, 0]);
  expect(call(0.51)).toEqual([1]);
});

test("over a grid of uniforms, the first token has the target's shares, whatever the draft", () => {
  const p = [0.5, 0.3, 0.2];
  const n = 200;
  for (const q of [
    [0.01, 0.01, 0.98],
    [0.34, 0.33, 0.33],
    [0.5, 0.3, 0.2],
  ]) {
    const shares = [0, 0, 0];
    for (const x of [0, 1, 2]) {
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          const uniforms = [(i + 0.5) / n, (j + 0.5) / n];
          shares[acceptDraft([x], [q], [p, after], uniforms)[0]!]! += q[x]! / n / n;
        }
      }
    }
    shares.forEach((share, id) => expect(share).toBeCloseTo(p[id]!, 2));
  }
});

test("drawFrom skips weights of 0 and stops at the last one above it", () => {
  expect(drawFrom([0, 2, 2], 0)).toBe(1);
  expect(drawFrom([1, 1, 0], 0.9999999999999999)).toBe(1);
  expect(drawFrom([1, 3], 0.25)).toBe(1);
});

test("what doesn't fit", () => {
  expect(() => acceptDraft([0], [[1]], [[1]], [0, 0])).toThrow("target");
  expect(() => acceptDraft([1], [[1, 0]], [after, after], [0, 0])).toThrow("draft");
});
