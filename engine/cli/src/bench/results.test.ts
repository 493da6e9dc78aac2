import { mkdtempSync, appendFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { addRun, history, ratios, readRuns, resultsPage, type Run } from "./results.js";

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

const machine = { cpu: "a processor", cores: 2, node: "v20" };
const run = (commit: string, ratio: number, what = "a step"): Run => ({
  ...{ name: "steps", date: "2026-11-26T08:00:00Z", commit, machine },
  rows: [{ ...rows[0]!, what, ratio }, rows[2]!],
});

test("the page carries plotly itself, and no name of a bench breaks out of it", () => {
  const page = resultsPage([{ ...run("abc", 3, "</script><b>"), name: "<b>" }]);
  expect(page).toContain("<h2>&lt;b&gt;</h2>");
  expect(page).toContain("commit abc, a processor, 2 cores");
  expect(page).not.toContain("</script><b>");
  expect(page).toContain("Plotly.newPlot");
  expect(page).not.toMatch(/<(script|link)[^>]+(src|href)=/);
});

test("a line for each comparison that two runs hold, from commit to commit", () => {
  const { data, layout } = history([run("abc", 3), run("def", 4), run("def+", 5, "new")]);
  expect(data).toMatchObject([{ name: "a step", y: [3, 4, null] }]);
  const { ticktext } = (layout as { xaxis: { ticktext: string[] } }).xaxis;
  expect(ticktext).toEqual(["2026-11-26 abc", "2026-11-26 def", "2026-11-26 def+"]);
});

test("runs are added to those before; a line that was cut off is left out", () => {
  const file = join(mkdtempSync(join(tmpdir(), "bench-")), "deep", "runs.jsonl");
  expect(readRuns(file)).toEqual([]);
  addRun(file, run("abc", 3));
  appendFileSync(file, '{"name": "st');
  addRun(file, run("def", 4));
  expect(readRuns(file)).toEqual([run("abc", 3), run("def", 4)]);
});
