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
  expect(offer).toContain("- `double(pair, by = 2)` →\u00a0`Pair`  \n  Doubles \\*each\\* side.\n");
  expect(offer).toContain("- `loose(n)` →\u00a0`number`\n");
  expect(offer).toContain(
    "/**\n * The rest follows.\n * @returns heavier\n */\nfunction double(pair: Pair, by = 2): Pair;",
  );
  expect(offer).toContain("\n\nfunction loose(n: number): number;");
  expect(offer).toContain("/** A pair. */\ninterface Pair { left: Side; right: Side }");
  expect(offer.indexOf("interface Pair")).toBeLessThan(offer.indexOf("type Side"));
});

test("a sentence ends before the formula that it announces", () => {
  const offer = mayUseText(definitions.answer!, ["turn"], solutions);
  expect(offer).toContain(
    "- `turn(pair)` →\u00a0`Pair`  \n  Turns a pair by an angle, or leaves it.\n",
  );
});

test("an answer that takes nothing still shows its arguments' types", () => {
  expect(mayUseText(definitions.answer!, [], solutions)).toMatch(
    /^<details><summary>The types of its arguments<\/summary>/,
  );
  expect(mayUseText(definitions.loose!, [], solutions)).toBe("");
});

const briefs = openSyntaxCache().read(
  "b.ts",
  `
/** The inverse of split. */
export function merge(x: number): number { return x; }
/**
 * The y that makes Σ p_i·(R·q_i) largest,
 * with base^(−2i/D), exp(x) / Σ exp(x), exp(y) and \`p_i\`. Then it
 * rests.
 */
export function split(x: number): number { return x; }
/** Answers. */
export function ask(x: number): number {
  // yours
  return merge(split(x));
}
`,
).definitions;
const find = (name: string) => briefs[name];

test("what a sentence is about comes first, and later exercises name what is explained", () => {
  const known = new Set<string>();
  const first = mayUseText(briefs.ask!, ["merge", "split"], { find } as Solutions, known);
  expect(first.indexOf("- `split(x)`")).toBeLessThan(first.indexOf("- `merge(x)`"));
  const later = mayUseText(briefs.ask!, ["merge", "split"], { find } as Solutions, known);
  expect(later).toContain("**You may use**\n\n- as before: `split(x)`, `merge(x)`\n");
});

test("a long list stands as calls, with what they do in a fold", () => {
  const names = ["a", "b", "c", "d"];
  const source = names.map((name) => `/** Is ${name}. */\nexport function ${name}(): void {}`);
  const { definitions } = openSyntaxCache().read("c.ts", source.join("\n"));
  const long = { find: (name: string) => definitions[name] } as Solutions;
  const says = mayUseText(briefs.ask!, names, long);
  expect(says).toMatch(/^\*\*You may use\*\*\n\n- `a\(\)`, `b\(\)`, `c\(\)`, `d\(\)`\n\n<details>/);
  expect(says.indexOf("Is a.")).toBeGreaterThan(says.indexOf("<summary>What they do"));
  expect(mayUseText(briefs.ask!, names.slice(1), long)).toContain("  \n  Is $d$.");
});

test("formulas of a docstring are mathematics, and the fold repeats no sentence", () => {
  const text = mayUseText(briefs.ask!, ["merge", "split"], { find } as Solutions);
  expect(text).toContain(
    "The $y$ that makes $\\sum p_{i}\\cdot (R\\cdot q_{i})$ largest, with $\\mathrm{base}^{-2i/D}$, " +
      "$\\exp(x) / \\sum \\exp(x)$, $\\exp(y)$ and `p_i`.",
  );
  expect(text).toContain("```ts\n/**\n * Then it\n * rests.\n */\nfunction split");
  expect(text).toContain("\n\nfunction merge(x: number): number;");
});
