/**
 * The mutation test: every small change of every solution must fail its exercise's cases, or stand
 * in the list of those that are right answers, too.
 */
import { availableParallelism } from "node:os";
import { loadContent } from "../exercise/content";
import { readManifest } from "../files/manifest";
import { readSource } from "../files/source";
import { readEquivalents } from "./equivalents";
import { mutantsOf, type MadeMutant } from "./mutants";
import { openTester, type TesterTimeouts, type Tester } from "./pool";

/** The share of mutants, equivalent ones left out, that an exercise's cases must kill. */
export const MIN_KILLED_SHARE = 0.97;

export interface MutationReport {
  name: string;
  /** The solution's file, from the root on. */
  file: string;
  mutants: number;
  killed: number;
  equivalent: number;
  survivors: MadeMutant[];
  /** What is wrong with the list of equivalents, or why nothing was tried. */
  faults: string[];
  /** Its mutants are another language's: it is a shader. */
  left?: true;
}

export const shareKilled = ({ killed, survivors }: MutationReport): number =>
  killed + survivors.length === 0 ? 1 : killed / (killed + survivors.length);

export const passes = (report: MutationReport): boolean =>
  report.faults.length === 0 && shareKilled(report) >= MIN_KILLED_SHARE;

async function testExercise(root: string, name: string, tester: Tester): Promise<MutationReport> {
  const content = loadContent(root, name);
  const file = content.source.slice(root.length + 1);
  const report: MutationReport = {
    name,
    file,
    mutants: 0,
    killed: 0,
    equivalent: 0,
    survivors: [],
    faults: [],
  };
  if (content.exercise.shader) return { ...report, left: true };
  const source = readSource(content.source);
  const mutants = mutantsOf(content);
  const equivalents = readEquivalents(content.source, source);
  for (const text of equivalents.stale(mutants)) {
    report.faults.push(`the list of equivalents names an edit that is none now: ${text}`);
  }
  const tried = await tester.run(name);
  for (const [i, mutant] of mutants.entries()) {
    const isKilled = tried.get(i) !== undefined;
    const isEquivalent = equivalents.has(mutant);
    if (isKilled && isEquivalent) {
      report.faults.push(
        `line ${mutant.line} is in the list of equivalents, but "${tried.get(i)}" kills it: ` +
          mutant.edit[1],
      );
    }
    if (isKilled) report.killed++;
    else if (isEquivalent) report.equivalent++;
    else report.survivors.push(mutant);
  }
  return { ...report, mutants: mutants.length };
}

export interface MutateOptions {
  /** Children at a time. */
  jobs?: number;
  progress?(done: number, of: number): void;
  /** Milliseconds that a child may be silent. */
  timeouts?: TesterTimeouts;
}

/**
 * Tests the exercises named, or all of the notebooks; an exercise that does not run has a fault.
 */
export async function mutate(
  root: string,
  names: string[],
  { progress, timeouts, jobs = availableParallelism() }: MutateOptions = {},
): Promise<MutationReport[]> {
  const wanted =
    names.length > 0
      ? names
      : readManifest(root).lessons.flatMap((lesson) => lesson.exercises.map((e) => e.name));
  const reports: MutationReport[] = [];
  let next = 0;
  let done = 0;
  const work = async () => {
    const tester = openTester(root, timeouts);
    try {
      for (let i = next++; i < wanted.length; i = next++) {
        const name = wanted[i]!;
        reports[i] = await testExercise(root, name, tester).catch((e: Error): MutationReport => ({
          name,
          file: name,
          mutants: 0,
          killed: 0,
          equivalent: 0,
          survivors: [],
          faults: [e.message],
        }));
        progress?.(++done, wanted.length);
      }
    } finally {
      tester.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, wanted.length) }, work));
  return reports;
}
