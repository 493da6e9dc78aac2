/**
 * `course bench [NAME…]`: compares our tools with what a user would pick instead, in one run, as
 * ratios. Each run is kept in .local/bench, with its day, commit and machine.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { paths } from "grader";
import { writeAside } from "../aside.js";
import { addRun, readRuns, runOf } from "./history.js";
import { installPeers } from "./peers.js";
import { resultsPage } from "./plot.js";
import { programBenches, programs } from "./programs.js";
import type { Row } from "./row.js";

const RUNS = "runs.jsonl";

/** Measures our tools against the programs in the folder that `peers` installs. */
type ToolBench = (root: string, peers: () => string) => Promise<Row[]>;

const TOOL_BENCHES: Record<string, () => Promise<ToolBench>> = {
  class: async () => (await import("./class.js")).classOfAllLessons,
  documents: async () => {
    const { documents } = await import("./documents.js");
    return (root, peers) => documents(root, peers());
  },
  grading: async () => {
    const { grading } = await import("./grading.js");
    return (root, peers) => grading(root, peers());
  },
};

/**
 * Runs the benchmarks of these names, all when there are none, and adds them to the runs before.
 * @throws for a name that is no benchmark
 */
export async function bench(root: string, names: string[]): Promise<void> {
  const folder = join(paths(root).local, "bench");
  for (const name of chooseBenches(root, names)) {
    console.log(`\n${name}`);
    const rows = await measure(root, name);
    console.table(rows.map((row) => ({ ...row, ratio: ratioText(row) })));
    addRun(join(folder, RUNS), runOf(root, name, rows)); // what comes after may fail
  }
  writePage(folder);
}

function chooseBenches(root: string, names: string[]): string[] {
  const known = [...Object.keys(TOOL_BENCHES), ...programBenches(root)];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown) {
    throw new Error(`bench: there is no benchmark ${unknown}, choose from ${known.join(", ")}`);
  }
  return names.length > 0 ? names : known;
}

async function measure(root: string, name: string): Promise<Row[]> {
  const load = TOOL_BENCHES[name];
  if (!load) return programs(root, name);
  const toolBench = await load();
  return toolBench(root, () => installToolPeers(root));
}

/** Installs what our tools are compared with. @returns the folder of its programs */
function installToolPeers(root: string): string {
  const requirements = join(root, "tools", "bench", "requirements.txt");
  const packages = readFileSync(requirements, "utf8").trim().split("\n");
  return installPeers(join(paths(root).local, "bench"), packages, []);
}

const ratioText = ({ ratio }: Row) => (Number.isFinite(ratio) ? Number(ratio.toFixed(2)) : "-");

function writePage(folder: string): void {
  const file = join(folder, "results.html");
  writeAside(file, resultsPage(readRuns(join(folder, RUNS))));
  console.log(`all runs: ${join(folder, RUNS)}, drawn in ${file}`);
}
