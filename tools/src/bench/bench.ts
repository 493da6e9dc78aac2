/**
 * `course bench [NAME…]`: compares our tools with what a user would pick instead, in one run, as
 * ratios. The figures go to .local/bench.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import { paths } from "grader";
import { installPeers } from "./peers.js";
import { resultsPage } from "./plot.js";
import { programBenches, programs } from "./programs.js";
import type { Row } from "./row.js";

/** Measures our tools against the programs in the folder `peers`. */
type ToolBench = (root: string, peers: string) => Promise<Row[]>;

const TOOL_BENCHES: Record<string, () => Promise<ToolBench>> = {
  documents: async () => (await import("./documents.js")).documents,
  grading: async () => (await import("./grading.js")).grading,
};

/**
 * Runs the benchmarks of these names, all when there are none, and writes the results.
 * @throws for a name that is no benchmark
 */
export async function bench(root: string, names: string[]): Promise<void> {
  const results: Record<string, Row[]> = {};
  for (const name of chooseBenches(root, names)) {
    console.log(`\n${name}`);
    results[name] = await measure(root, name);
    console.table(results[name].map((row) => ({ ...row, ratio: ratioText(row) })));
  }
  writeResults(root, results);
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
  return toolBench(root, installToolPeers(root));
}

/** Installs what our tools are compared with. @returns the folder of its programs */
function installToolPeers(root: string): string {
  const requirements = join(root, "tools", "bench", "requirements.txt");
  const packages = readFileSync(requirements, "utf8").trim().split("\n");
  return installPeers(join(paths(root).local, "bench"), packages, []);
}

const ratioText = ({ ratio }: Row) => (Number.isFinite(ratio) ? Number(ratio.toFixed(2)) : "-");

function writeResults(root: string, results: Record<string, Row[]>): void {
  const folder = join(paths(root).local, "bench");
  mkdirSync(folder, { recursive: true });
  const date = new Date().toISOString();
  const machine = {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    node: process.version,
  };
  const file = join(folder, "results.json");
  writeFileSync(`${file}.part`, JSON.stringify({ date, machine, results }, null, 1));
  renameSync(`${file}.part`, file);

  const { cpu, cores, node } = machine;
  const about = `${date.slice(0, 10)}, ${cpu}, ${cores} cores, Node ${node}`;
  const page = join(folder, "results.html");
  writeFileSync(page, resultsPage(results, about));
  console.log(`figures: ${file}, drawn in ${page}`);
}
