/**
 * `course bench [NAME…]`: compares our tools with what a user would pick instead, in one run, as
 * ratios. Each run is kept in .local/bench, with its day, commit and machine.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { paths } from "grader";
import { writeFileAtomic } from "grader/files";
import { installPeers, type Row } from "./measure.js";
import { programBenches, programs } from "./programs.js";
import { addRun, readRuns, resultsPage, runOf } from "./results.js";

const RUNS_FILE = "runs.jsonl";

/** Benchmarks of our tools; the others are programs, in the folder benchmarks. */
const TOOL_BENCHES: Record<string, (root: string) => Promise<Row[]>> = {
  class: async (root) => (await import("./class.js")).classOfAllLessons(root),
  documents: async (root) => (await import("./documents.js")).documents(root, toolPeers(root)),
  grading: async (root) => (await import("./grading.js")).grading(root, toolPeers(root)),
  lessons: async (root) => (await import("./lessons.js")).lessons(root),
};

/**
 * Runs the benchmarks of these names, all when there are none, and adds them to the runs before.
 * One that fails doesn't stop the others. Each says how long it took.
 * @throws for a name that is no benchmark; after all have run, when one failed or measured nothing
 */
export async function bench(root: string, names: string[]): Promise<void> {
  const folder = join(paths(root).local, "bench");
  const failures: string[] = [];
  for (const name of chooseBenches(root, names)) {
    console.log(`\n${name}`);
    const start = performance.now();
    try {
      const rows = await measure(root, name);
      if (rows.length === 0) throw new Error("it measured nothing, for the reasons above");
      console.table(rows.map((row) => ({ ...row, ratio: ratioText(row) })));
      addRun(join(folder, RUNS_FILE), runOf(root, name, rows));
    } catch (e) {
      failures.push(`${name}: ${(e as Error).message}`);
      console.error(failures.at(-1));
    }
    console.log(`${name} took ${((performance.now() - start) / 60_000).toFixed(1)} minutes`);
  }
  writePage(folder);
  if (failures.length > 0) {
    throw new Error(`these benchmarks have no result:\n${failures.join("\n")}`);
  }
}

function chooseBenches(root: string, names: string[]): string[] {
  const known = [...Object.keys(TOOL_BENCHES), ...programBenches(root)];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown) {
    throw new Error(`bench: there is no benchmark ${unknown}, choose from ${known.join(", ")}`);
  }
  return names.length > 0 ? names : known;
}

const measure = async (root: string, name: string): Promise<Row[]> =>
  TOOL_BENCHES[name]?.(root) ?? programs(root, name);

/** Installs what our tools are compared with. @returns the folder of its programs */
function toolPeers(root: string): string {
  const requirements = join(root, "engine", "install", "pinned", "bench", "requirements.txt");
  const packages = readFileSync(requirements, "utf8").trim().split("\n");
  return installPeers(join(paths(root).local, "bench"), packages, []);
}

const ratioText = ({ ratio }: Row) => (Number.isFinite(ratio) ? Number(ratio.toFixed(2)) : "-");

function writePage(folder: string): void {
  const file = join(folder, "results.html");
  writeFileAtomic(file, resultsPage(readRuns(join(folder, RUNS_FILE))));
  console.log(`all runs: ${join(folder, RUNS_FILE)}, drawn in ${file}`);
}
