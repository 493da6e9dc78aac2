import { expect, test } from "vitest";
import { withFormulas } from "./formulas.js";

test.each([
  ["x·W + b.", "$x\\cdot W + b$."],
  ["h_t = a_t ∘ h_{t−1} + b_t", "$h_{t}=$ $a_{t}\\:\\circ$ $h_{t-1}\\:+$ $b_{t}$"],
  ["in O(T log T): 2^(i/D)", "in $O(T \\log T)$: $2^{i/D}$"],
  ["below 2³² and −∞", "below $2^{32}$ and $-\\infty$"],
  ["mask[i, j] = 1 where j ≤ i − 1", "$\\mathrm{mask}[i, j] = 1$ where $j \\le i - 1$"],
  [
    "rotationᵀ and −rotationᵀ·shift",
    "$\\mathrm{rotation}^\\top$ and $-\\mathrm{rotation}^\\top \\cdot \\mathrm{shift}$",
  ],
])("%s is mathematics", (typed, set) => {
  expect(withFormulas(typed)).toBe(set);
});

test("a line may break after the operators of a long formula, except below a root", () => {
  expect(withFormulas("(x − m) / √(v + s) · gamma + beta")).toBe(
    "$(x\\:-$ $m)\\:/$ $\\sqrt{v+s}\\:\\cdot$ $\\mathrm{gamma}\\:+$ $\\mathrm{beta}$",
  );
});

test("shapes and two names of the code are code", () => {
  expect(withFormulas("Swaps [B, T] ↔ [B, T, D], with mlp = feedForward")).toBe(
    "Swaps `[B, T]` ↔ `[B, T, D]`, with `mlp = feedForward`",
  );
});

test("letters are variables where they aren't words or names", () => {
  expect(withFormulas("First b, then a: the rows of x")).toBe(
    "First $b$, then $a$: the rows of $x$",
  );
  const words = "A k-mer's base, with A 0, C 1, G 2, or a word of it's own; e.g. one that holds N.";
  expect(withFormulas(words)).toBe(words);
});

test("code stays, and Markdown takes no character for its own", () => {
  expect(withFormulas("`p_i` is 0 for *any* <tag>")).toBe("`p_i` is 0 for \\*any\\* \\<tag>");
});
