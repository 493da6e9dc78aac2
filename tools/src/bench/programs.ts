/**
 * A course's own benches, `benchmarks/<name>/bench.json`: programs that measure the same things and
 * print one JSON object of measures on their last line. The first is ours unless `ours` names
 * others, the rest are peers (a name may stand for several programs, which measure different
 * things); each runs in a process of its own, in turn.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { paths } from "grader";
import type { Row } from "./bench.js";
import { median } from "./measure.js";
import { installPeers } from "./peers.js";

export interface ProgramBench {
  rounds: number;
  /** Which of the programs are ours, by `who`; the first unless given. */
  ours?: string[];
  /** What the peers need, from PyPI and from npm, installed in .local/bench/<name>. */
  python: string[];
  npm: string[];
  /** Runs once before the rounds, to get the input ready in the folder BENCH_PEERS. */
  prepare?: string[];
  programs: { who: string; run: string[]; env?: Record<string, string> }[];
}

/** What a program prints: its measures, or why it cannot run on this machine. */
type Printed =
  Record<string, { value: number; unit: string; better: "more" | "less" }> | { refused: string };
type Measures = Map<string, { values: number[]; unit: string; better: "more" | "less" }>;

export const programBenches = (root: string): string[] => {
  const folder = join(root, "benchmarks");
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => existsSync(join(folder, name, "bench.json")))
        .sort()
    : [];
};

function run([command, ...args]: string[], cwd: string, env: NodeJS.ProcessEnv): string {
  const { status, error, stdout, stderr } = spawnSync(
    command === "node" ? process.execPath : command!,
    args,
    { cwd, env, encoding: "utf8", maxBuffer: 1 << 26 },
  );
  if (error ?? status !== 0) {
    throw new Error(
      `bench: ${[command, ...args].join(" ")} failed: ` +
        `${error?.message ?? (stdout + stderr).trim().split("\n").slice(-5).join(" | ")}`,
    );
  }
  return stdout.trim().split("\n").at(-1)!;
}

const format = (value: number, unit: string) => `${Number(value.toPrecision(3))} ${unit}`;

/**
 * Rows of ours against each peer, one for each measure that both have; ratios above one say that
 * ours is better.
 */
export function programs(root: string, name: string): Row[] {
  const folder = join(root, "benchmarks", name);
  const {
    rounds,
    ours,
    python,
    npm,
    prepare,
    programs: all,
  } = JSON.parse(readFileSync(join(folder, "bench.json"), "utf8")) as ProgramBench;
  const peersFolder = join(paths(root).local, "bench", name);
  const bin = installPeers(peersFolder, python, npm);
  const env = {
    ...process.env,
    BENCH_PEERS: peersFolder,
    PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`,
  };
  if (prepare) run(prepare, folder, env);
  const measured = new Map<string, Measures>();
  const refused = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    for (const { who, run: command, env: own } of all) {
      if (refused.has(who)) continue;
      const printed = JSON.parse(run(command, folder, { ...env, ...own })) as Printed;
      if (typeof printed.refused === "string") {
        refused.add(who);
        console.log(`${who} does not run here: ${printed.refused}`);
        continue;
      }
      const measures: Measures = measured.get(who) ?? new Map();
      measured.set(who, measures);
      for (const [what, { value, unit, better }] of Object.entries(
        printed as Exclude<Printed, { refused: string }>,
      )) {
        if (!measures.has(what)) measures.set(what, { values: [], unit, better });
        measures.get(what)!.values.push(value);
      }
    }
  }
  const us = ours ?? [all[0]!.who];
  const peers = [...new Set(all.map(({ who }) => who))].filter((who) => !us.includes(who));
  return us.flatMap((who) =>
    rows(
      us.length > 1 ? `${who} ` : "",
      measured.get(who) ?? new Map(),
      peers.map((peer) => [peer, measured.get(peer) ?? new Map()]),
    ),
  );
}

function rows(who: string, ours: Measures, peers: [string, Measures][]): Row[] {
  return [...ours].flatMap(([what, { values, unit, better }]) => {
    const mine = median(values);
    const compared = peers.flatMap(([peer, measures]): Row[] => {
      const theirs = measures.get(what);
      if (!theirs) return [];
      const its = median(theirs.values);
      return [
        {
          what,
          ours: `${who}${format(mine, unit)}`,
          peer: `${peer} ${format(its, unit)}`,
          ratio: better === "more" ? mine / its : its / mine,
        },
      ];
    });
    return compared.length > 0
      ? compared
      : [{ what, ours: `${who}${format(mine, unit)}`, peer: "-", ratio: NaN }];
  });
}
