/**
 * What lesson 19 reaches: an additive model ranks GB1's double mutants, and on positions that it
 * hasn't seen it ranks nothing.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { courseRoot, parseSafeTensors, paths, random } from "grader";
import { expect, test } from "vitest";
import { additiveEffects } from "./additiveEffects";
import { spearman } from "./spearman";

const file = readFileSync(join(paths(courseRoot()).data, "gb1.safetensors.gz"));
const { tensors } = parseSafeTensors(gunzipSync(file), "gb1.safetensors");
const numbers = (name: string) => Array.from(tensors.get(name)!.data);
const [positions, residues] = [numbers("positions"), numbers("residues")];
const fitness = numbers("fitness");
const doubles = fitness.map((_, n) =>
  [2 * n, 2 * n + 1].map((i) => 20 * positions[i]! + residues[i]!),
);

test("the data is the data that was looked at", () => {
  const sha256 = createHash("sha256").update(file).digest("hex");
  expect(sha256).toBe("0bf33c9a54ab79fa08697e684a7cce75173cf7427ba84ee992765635994e34e7");
  expect(fitness).toHaveLength(60_000);
});

function rank(train: number[], held: number[]): number {
  const at = (which: number[]) => which.map((n) => doubles[n]!);
  const fit = train.map((n) => fitness[n]!);
  const { base, effects } = additiveEffects(at(train), fit, 55 * 20);
  const predicted = at(held).map((pair) => pair.reduce((sum, m) => sum + effects[m]!, base));
  return spearman(
    predicted,
    held.map((n) => fitness[n]!),
  );
}

test("additive effects of 10,000 doubles rank the others, but not at positions they haven't", () => {
  const { next } = random(19);
  const draw = doubles.map(() => next());
  const all = [...doubles.keys()];
  const isNew = (n: number) => doubles[n]!.map((m) => m < 20 * 11);
  const byChance = rank(
    all.filter((n) => draw[n]! < 1 / 6),
    all.filter((n) => draw[n]! > 0.8),
  );
  const byPosition = rank(
    all.filter((n) => draw[n]! < 1 / 6 && !isNew(n).includes(true)),
    all.filter((n) => !isNew(n).includes(false)),
  );
  console.log(`additive effects: Spearman ${byChance.toFixed(3)}, at new positions ${byPosition}`);
  expect(byChance).toBeGreaterThan(0.94);
  expect(byPosition).toBe(0);
});
