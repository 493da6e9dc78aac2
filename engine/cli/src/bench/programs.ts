/**
 * A course's own benchmarks, `benchmarks/<name>/bench.json`: programs that measure the same things,
 * each in a process of its own, in turn. A program prints its measures on its last line, as one
 * JSON object. The first program is ours unless `ours` names others; the rest are peers. Several
 * programs may have one name, if they measure different things. A peer that fails is reported and
 * left out.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { installWeights } from "course/weights";
import { paths } from "grader";
import { installPeers, median, type Row, runCommand } from "./measure.js";

export interface ProgramBench {
  rounds: number;
  /** Which of the programs are ours, by `who`; the first unless given. */
  ours?: string[];
  /** What the peers need from PyPI and from npm; it is installed in .local/bench/<name>. */
  python: string[];
  npm: string[];
  /** The weights of real models that the programs use, by their names in data/weights.json. */
  weights?: string[];
  /** Runs once before the rounds, to prepare the input in the folder BENCH_PEERS. */
  prepare?: string[];
  programs: Program[];
}
interface Program {
  who: string;
  run: string[];
  env?: Record<string, string>;
}

interface Measure {
  value: number;
  unit: string;
  better: "more" | "less";
}
/** What a program prints of a measure that it couldn't take. */
interface Failure {
  failed: string;
}
/** What a program prints: its measures by name, or why it can't run on this machine. */
type Printed = Record<string, Measure | Failure> | { refused: string };

/** The values of all rounds, by the measure's name. */
type Measures = Map<string, { values: number[]; unit: string; better: "more" | "less" }>;

/** The names of the course's benchmarks. */
export function programBenches(root: string): string[] {
  const folder = join(root, "benchmarks");
  if (!existsSync(folder)) return [];
  const isBench = (name: string) => existsSync(join(folder, name, "bench.json"));
  return readdirSync(folder).filter(isBench).sort();
}

/**
 * Compares our programs with each peer, one row for each measure that both have. Peers and weights
 * are installed first, where they are missing; without peers, as where there is no network, only
 * our programs run.
 */
export async function programs(root: string, name: string): Promise<Row[]> {
  const folder = join(root, "benchmarks", name);
  const bench = JSON.parse(readFileSync(join(folder, "bench.json"), "utf8")) as ProgramBench;
  const peersFolder = join(paths(root).local, "bench", name);
  for (const model of bench.weights ?? []) await installWeights(model);
  const ours = bench.ours ?? [bench.programs[0]!.who];
  const isOurs = ({ who }: Program) => ours.includes(who);
  const bin = installedPeers(peersFolder, bench);
  const programs = bin === undefined ? bench.programs.filter(isOurs) : bench.programs;
  const env = {
    ...process.env,
    BENCH_PEERS: peersFolder,
    PATH: [bin, process.env.PATH].filter(Boolean).join(delimiter),
  };
  const measured = measureAll({ ...bench, programs }, isOurs, folder, env);

  const all = [...new Set(programs.map(({ who }) => who))];
  const peers = all.filter((who) => !ours.includes(who));
  return ours.flatMap((who) => {
    const label = ours.length > 1 ? `${who} ` : "";
    return rowsOf(label, measured.get(who)!, peers, measured);
  });
}

/** Installs the peers. @returns the folder of their programs; undefined where that failed */
function installedPeers(folder: string, { python, npm }: ProgramBench): string | undefined {
  try {
    return installPeers(folder, python, npm);
  } catch (e) {
    console.log(
      `Only our programs run, since the peers can't be installed: ${(e as Error).message}`,
    );
    return undefined;
  }
}

/** Runs a program. @returns the last line that it prints */
function run([command, ...args]: string[], cwd: string, env: NodeJS.ProcessEnv): string {
  const program = command === "node" ? process.execPath : command!;
  return runCommand(program, args, { cwd, env }).trim().split("\n").at(-1)!;
}

/** Runs a program of a peer. A crash counts as a refusal. */
function runPeer(command: string[], cwd: string, env: NodeJS.ProcessEnv): Printed {
  try {
    return JSON.parse(run(command, cwd, env)) as Printed;
  } catch (e) {
    return { refused: (e as Error).message };
  }
}

/**
 * Runs all programs in turn, round by round.
 * @returns their measures by the programs' names
 * @throws when one of ours crashes or fails at a measure
 */
function measureAll(
  { programs, prepare, rounds }: ProgramBench,
  isOurs: (program: Program) => boolean,
  folder: string,
  env: NodeJS.ProcessEnv,
): Map<string, Measures> {
  if (prepare) run(prepare, folder, env);
  const measured = new Map<string, Measures>(programs.map(({ who }) => [who, new Map()]));
  const refused = new Set<string>();
  const failures = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    for (const program of programs) {
      const { who, run: command } = program;
      if (refused.has(who)) continue;
      const own = { ...env, ...program.env };
      const printed = isOurs(program)
        ? (JSON.parse(run(command, folder, own)) as Printed)
        : runPeer(command, folder, own);
      if (isRefusal(printed)) {
        refused.add(who);
        console.log(`${who} does not run here: ${printed.refused}`);
        continue;
      }
      for (const failure of addMeasures(measured.get(who)!, printed)) {
        if (isOurs(program)) throw new Error(`${who} fails at ${failure}`);
        failures.add(`${who} fails at ${failure}`);
      }
    }
  }
  for (const failure of failures) console.log(failure);
  return measured;
}

const isRefusal = (printed: Printed): printed is { refused: string } =>
  typeof printed.refused === "string";

/** @returns the measures that the program couldn't take, each with the reason */
function addMeasures(measures: Measures, printed: Record<string, Measure | Failure>): string[] {
  const failures: string[] = [];
  for (const [what, measure] of Object.entries(printed)) {
    if ("failed" in measure) {
      failures.push(`${what}: ${measure.failed}`);
      continue;
    }
    const { value, unit, better } = measure;
    const before = measures.get(what)?.values ?? [];
    measures.set(what, { values: [...before, value], unit, better });
  }
  return failures;
}

const format = (value: number, unit: string) => `${Number(value.toPrecision(3))} ${unit}`;

/** @param label precedes our numbers where several programs are ours */
function rowsOf(
  label: string,
  ours: Measures,
  peers: string[],
  measured: Map<string, Measures>,
): Row[] {
  return [...ours].flatMap(([what, { values, unit, better }]) => {
    const ourValue = median(values);
    const ourText = `${label}${format(ourValue, unit)}`;
    const compared: Row[] = [];
    for (const peer of peers) {
      const peerMeasure = measured.get(peer)!.get(what);
      if (!peerMeasure) continue;
      const peerValue = median(peerMeasure.values);
      const ratio = better === "more" ? ourValue / peerValue : peerValue / ourValue;
      const peerText = `${peer} ${format(peerValue, unit)}`;
      compared.push({ what, ours: ourText, peer: peerText, ratio });
    }
    return compared.length > 0 ? compared : [{ what, ours: ourText, peer: "-", ratio: NaN }];
  });
}
