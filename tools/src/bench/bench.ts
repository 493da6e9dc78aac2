/**
 * `course bench [NAME…]`: our tools beside what a user would pick instead, in one run, as ratios;
 * figures go to .local/bench.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import { paths } from "grader";
import { installPeers } from "./peers.js";
import { resultsPage } from "./plot.js";
import { programBenches, programs } from "./programs.js";

/** One line of the result: `ratio` says how many times better ours is. */
export interface Row {
  what: string;
  ours: string;
  peer: string;
  ratio: number;
}
type Bench = (root: string, peers: string) => Promise<Row[]>;

const BENCHES: Record<string, () => Promise<Bench>> = {
  documents: async () => (await import("./documents.js")).documents,
  grading: async () => (await import("./grading.js")).grading,
};

/** Installs what the two benches above are compared with; returns its folder of programs. */
function peersOfTools(root: string): string {
  const wanted = readFileSync(join(root, "tools", "bench", "requirements.txt"), "utf8")
    .trim()
    .split("\n");
  return installPeers(join(paths(root).local, "bench"), wanted, []);
}

export async function bench(root: string, names: string[]): Promise<void> {
  const there = [...Object.keys(BENCHES), ...programBenches(root)];
  const chosen = names.length > 0 ? names : there;
  const unknown = chosen.find((name) => !there.includes(name));
  if (unknown) {
    throw new Error(`bench: there is no bench ${unknown}, choose among ${there.join(", ")}`);
  }
  const results: Record<string, Row[]> = {};
  for (const name of chosen) {
    console.log(`\n${name}`);
    results[name] = BENCHES[name]
      ? await (
          await BENCHES[name]()
        )(root, peersOfTools(root))
      : programs(root, name);
    console.table(
      results[name].map((r) => ({
        ...r,
        ratio: Number.isFinite(r.ratio) ? Number(r.ratio.toFixed(2)) : "-",
      })),
    );
  }
  const folder = join(paths(root).local, "bench");
  const file = join(folder, "results.json");
  const machine = {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    node: process.version,
  };
  mkdirSync(folder, { recursive: true });
  const date = new Date().toISOString();
  const page = join(folder, "results.html");
  writeFileSync(`${file}.part`, JSON.stringify({ date, machine, results }, null, 1));
  renameSync(`${file}.part`, file);
  writeFileSync(
    page,
    resultsPage(
      results,
      `${date.slice(0, 10)}, ${machine.cpu}, ${machine.cores} cores, Node ${machine.node}`,
    ),
  );
  console.log(`figures: ${file}, drawn in ${page}`);
}
