/** A course's own benchmarks: which rows come out when a program refuses, crashes or fails. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { programs, type ProgramBench } from "./programs";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "course-bench-"));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
  vi.restoreAllMocks();
});

const node = (code: string) => ["node", "-e", code];
const printing = (printed: object) =>
  node(`console.log(${JSON.stringify(JSON.stringify(printed))})`);
const ms = (value: number) => ({ value, unit: "ms", better: "less" });

function addBench(list: ProgramBench["programs"]): void {
  const folder = join(root, "benchmarks", "speed");
  mkdirSync(folder, { recursive: true });
  const bench: ProgramBench = { rounds: 2, python: [], npm: [], programs: list };
  writeFileSync(join(folder, "bench.json"), JSON.stringify(bench));
}

test("a peer that crashes or fails at a measure is reported once, and the others are compared", async () => {
  addBench([
    { who: "ours", run: printing({ step: ms(2), token: ms(1) }) },
    { who: "crashing", run: node("throw new Error('no memory')") },
    { who: "half", run: printing({ step: ms(3), token: { failed: "overflow" } }) },
    { who: "refusing", run: printing({ refused: "no card" }) },
  ]);
  const log = vi.spyOn(console, "log").mockReturnValue();

  expect(await programs(root, "speed")).toEqual([
    { what: "step", ours: "2 ms", peer: "half 3 ms", ratio: 1.5 },
    { what: "token", ours: "1 ms", peer: "-", ratio: NaN },
  ]);

  const lines = log.mock.calls.map(([line]) => String(line));
  expect(lines.filter((line) => line.startsWith("half"))).toEqual([
    "half fails at token: overflow",
  ]);
  expect(lines.filter((line) => line.startsWith("refusing"))).toEqual([
    "refusing does not run here: no card",
  ]);
  const crashed = lines.filter((line) => line.startsWith("crashing"));
  expect(crashed).toEqual([expect.stringMatching(/^crashing does not run here: .*no memory/)]);
});

test("a program of ours that crashes or fails at a measure ends the benchmark", async () => {
  vi.spyOn(console, "log").mockReturnValue();
  addBench([{ who: "ours", run: node("throw new Error('no memory')") }]);
  await expect(programs(root, "speed")).rejects.toThrow("no memory");
  addBench([{ who: "ours", run: printing({ step: { failed: "other values" } }) }]);
  await expect(programs(root, "speed")).rejects.toThrow("ours fails at step: other values");
});
