import { expect, test } from "vitest";
import { mathToText } from "./mathText.js";

test.each([
  ["\\operatorname{softmax}\\left(\\frac{QK^\\top}{\\sqrt{d}}\\right)V", "softmax(QKᵀ/√d)V"],
  ["p_i = e^{s_i} / \\sum_j e^{s_j}", "p_i = e^(s_i)/∑_j e^(s_j)"],
  ["-\\sum_c q_c \\log p_c", "−∑_c q_c log p_c"],
  ["n \\log (n / n_a)", "n log(n/n_a)"],
  ["e^{m-m'} \\le x_{ij}^2", "e^(m−m′) ≤ x_ij²"],
  ["z_{ij}W_b", "z_ij W_b"],
  ["10^{-6}", "10⁻⁶"],
  ["\\sqrt{a + b}", "√(a+b)"],
  ["d_{i-1,j}, \\hat y", "d_(i−1,j), ŷ"],
  ["a < b", "a < b"],
])("%s reads as text", (tex, text) => {
  expect(mathToText(tex)).toBe(text);
});

test("what a line can't show is left out, with a sign in its place", () => {
  expect(mathToText("\\begin{pmatrix} a \\\\ b \\end{pmatrix}")).toBe("…");
  expect(mathToText("\\underbrace{a + b}_{c}")).toBe("…");
});
