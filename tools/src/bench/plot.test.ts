import { expect, test } from "vitest";
import { ratios, resultsPage } from "./plot.js";

const rows = [
  { what: "a step", ours: "2 s", peer: "other 6 s", ratio: 3 },
  { what: "memory", ours: "4 MB", peer: "other 1 MB", ratio: 0.25 },
  { what: "alone", ours: "1 s", peer: "-", ratio: NaN },
];

test("one bar for each comparison, from one to the ratio, the first on top", () => {
  const { data } = ratios(rows);
  const bar = data[0] as { base: number; x: number[]; text: string[] };
  expect(bar.x.map((length) => bar.base + length)).toEqual([0.25, 3]);
  expect(bar.text).toEqual(["0.25×", "3×"]);
});

test("the page carries plotly itself, and no name of a bench breaks out of it", () => {
  const page = resultsPage({ "<b>": [{ ...rows[0]!, what: "</script><b>" }] }, "today");
  expect(page).toContain("<h2>&lt;b&gt;</h2>");
  expect(page).not.toContain("</script><b>");
  expect(page).toContain("Plotly.newPlot");
  expect(page).not.toMatch(/<(script|link)[^>]+(src|href)=/);
});
