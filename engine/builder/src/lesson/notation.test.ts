import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { renderMath } from "../render/math.js";
import { readNotation, withColors } from "./parseHead.js";

const notation = { q: "#c65a11", k: "#0e7cc9" };

it("writes out a letter's color in formulas and leaves code and other commands alone", () => {
  const lines = ["$\\Q\\k^\\top$ and $\\quad \\kappa$", "```ts", "/\\k<name>/", "```", "$W_\\q$"];
  expect(withColors(lines, notation)).toEqual([
    "${\\textcolor{#c65a11}{Q}}{\\textcolor{#0e7cc9}{k}}^\\top$ and $\\quad \\kappa$",
    ...lines.slice(1, 4),
    "$W_{\\textcolor{#c65a11}{q}}$",
  ]);
  expect(withColors(lines, {})).toBe(lines);
});

it("gives what KaTeX reads, under accents and as an index as well", () => {
  const [formula] = withColors(["\\hat \\q_i \\cdot W_\\K^\\top"], notation);
  expect(renderMath(formula!, true)).toContain("color:#c65a11");
});

it("names the file when a letter or a color is none", () => {
  const folder = mkdtempSync(join(tmpdir(), "notation-"));
  try {
    expect(readNotation(folder)).toEqual({});
    writeFileSync(join(folder, "notation.json"), '{ "q": "orange" }');
    expect(() => readNotation(folder)).toThrow(/notation\.json: expected .*, got q/);
    writeFileSync(join(folder, "notation.json"), '{ "q": "#c65a11" }');
    expect(() => readNotation(folder)).toThrow("#c65a11 of q is too light");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
