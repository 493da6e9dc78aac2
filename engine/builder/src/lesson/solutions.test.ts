import { expect, test } from "vitest";
import { mayUseText, type Solutions } from "./solutions.js";
import { openSyntaxCache } from "./syntax.js";

const source = `
import { add, unused } from "../sums";
/** A pair. */
export interface Pair { left: Side; right: Side }
/** One side, with its weight. */
export type Side = { weight: number };
/**
 * Doubles *each* side. The rest follows.
 * @returns heavier
 */
export function double(pair: Pair,
  by = 2): Pair { return pair; }
export const loose = (n: number): number => n;
/**
 * Turns a pair by an angle, or
 * leaves it:
 *   (a, b) → (b, −a)
 * Angles are exact. Nothing else.
 */
export const turn = (pair: Pair): Pair => pair;
/** Asks. */
export function answer(pair: Pair): number {
  unused(pair);
  // yours
  const { left } = double(pair);
  return loose(add(left.weight));
}
`;

const { definitions } = openSyntaxCache().read("a.ts", source);
const solutions = { find: (name: string) => definitions[name] } as Solutions;

test("the answer's needs are those below the mark", () => {
  expect(definitions.answer!.answerDependencies).toEqual(["add", "double", "loose"]);
});

test("functions have a call, its result and a sentence, and below all signatures and fields", () => {
  const offer = mayUseText(definitions.answer!, ["double", "loose"], solutions);
  expect(offer).toContain("- `double(pair, by = 2)` → `Pair`  \n  Doubles \\*each\\* side.\n");
  expect(offer).toContain("- `loose(n)` → `number`\n");
  expect(offer).toContain("* @returns heavier\n */\nfunction double(pair: Pair, by = 2): Pair;");
  expect(offer).toContain("\n\nfunction loose(n: number): number;");
  expect(offer).toContain("/** A pair. */\ninterface Pair { left: Side; right: Side }");
  expect(offer.indexOf("interface Pair")).toBeLessThan(offer.indexOf("type Side"));
});

test("a sentence ends before the formula that it announces", () => {
  const offer = mayUseText(definitions.answer!, ["turn"], solutions);
  expect(offer).toContain("- `turn(pair)` → `Pair`  \n  Turns a pair by an angle, or leaves it.\n");
});

test("an answer that takes nothing still shows its arguments' types", () => {
  expect(mayUseText(definitions.answer!, [], solutions)).toMatch(/^The types of its arguments:/);
  expect(mayUseText(definitions.loose!, [], solutions)).toBe("");
});
