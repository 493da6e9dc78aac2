import { expect, test } from "vitest";
import { renderMath } from "./math.js";
import { breakDisplay, breakInline } from "./mathLines.js";

/** What stays on one line, as plain text. */
const boxes = (html: string) =>
  html
    .split('<span class="katex-base">')
    .slice(1)
    .map((box) => box.replace(/<[^>]*>|\u200b/g, "").replaceAll("\u2061", ""));
/** By part. */
const display = (tex: string) =>
  breakDisplay(renderMath(tex, true)).split('<span class="formula-part">').slice(1).map(boxes);
const inline = (tex: string) => boxes(breakInline(renderMath(tex, false)));

test("a display breaks between its parts and before operators, not in parentheses", () => {
  expect(display("y = (a + b)\\,c - d")).toEqual([["y=(a+b)c", "−d"]]);
  expect(display("y = a, \\qquad z = b + 1")).toEqual([["y=a,"], ["z=b", "+1"]]);
  expect(display("P = \\sigma\\big(r(a) - r(b)\\big), \\quad f(g(x)),\\quad h")).toHaveLength(3);
  expect(display("P = \\sigma\\big(r(a) - r(b)\\big)")).toEqual([["P=σ(r(a)−r(b))"]]);
});

test("what stands alone to the left stays with a relation's other side unless it is long", () => {
  expect(display("a_{ijk} = s")).toEqual([["aijk=s"]]);
  expect(display("p(x)\\,p(y \\mid x) = q")).toEqual([["p(x)p(y∣x)=", "q"]]);
  expect(display("a = b = c")).toEqual([["a=b", "=c"]]);
});

test("a display breaks after words and commas, and before operators of a long parenthesis", () => {
  expect(display("\\text{accept with } p, q")).toEqual([["accept\u00a0with\u00a0", "p,", "q"]]);
  const long = "x_1 + x_2 + x_3 + x_4 + x_5 + x_6 + x_7 + x_8 + x_9 + y_1";
  expect(display(`1 - (${long})`)[0]).toHaveLength(11);
  expect(display(`1 - \\left(${long}\\right)`)[0]).toHaveLength(2);
});

test("a formula within a line breaks after relations and operators, not in parentheses", () => {
  expect(inline("y = f(a + b) + c")).toEqual(["y=", "f(a+b)+", "c"]);
  expect(inline("x_{i+1}^2")).toHaveLength(1);
});

test("a box is as high as those that KaTeX made of what it holds, and all else stays", () => {
  const html = renderMath("(a + \\frac12) = c", false);
  const struts = [...breakInline(html).matchAll(/katex-strut" style="height:([\d.]+)em/g)];
  expect(Math.max(...struts.map(([, height]) => Number(height)))).toBeGreaterThan(1.1);
  const text = (made: string) => made.replace(/<[^>]*>/g, "");
  expect(text(breakInline(html))).toBe(text(html));
  expect(breakInline("no formula")).toBe("no formula");
});
