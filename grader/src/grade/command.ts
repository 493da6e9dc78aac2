/** The commands grade and prove, as the command line calls them. */
import { resolve } from "node:path";
import { drawSeed, gradeBatch } from "./batch";
import { progressBar } from "./progress";
import { prove, type Proof } from "./prove";
import { summary } from "./reports/summary";
import { writeReports } from "./reports/write";

export interface GradeCommandOptions {
  out?: string;
  seed?: number | string;
  trusted?: boolean;
  jobs?: number | string;
}

export function wholeNumber(
  name: string,
  value: number | string | undefined,
  low: number,
  high: number,
): number | undefined {
  if (value === undefined) return undefined;
  const n = Number(value);
  if (!Number.isInteger(n) || n < low || n > high) {
    throw new Error(`--${name}: expected a whole number from ${low} to ${high}, got ${value}`);
  }
  return n;
}

/**
 * @returns the exit code: 1 when nothing could be graded. A bad file among good ones costs its own
 *   line only.
 */
export async function gradeCommand(
  root: string,
  words: string[],
  options: GradeCommandOptions,
): Promise<number> {
  if (words.length === 0) throw new Error("grade: name the notebooks to grade, or folders of them");
  if (!options.out) throw new Error("grade: --out DIR says where the reports go");
  const seed = wholeNumber("seed", options.seed, 0, 2 ** 32 - 1) ?? drawSeed();
  const jobs = wholeNumber("jobs", options.jobs, 1, 256);
  const batch = await gradeBatch(root, words, {
    seed,
    jobs,
    trusted: options.trusted,
    progress: progressBar(process.stderr, "grading"),
  });
  const out = resolve(options.out);
  writeReports(out, batch);
  console.log(summary(batch));
  console.log(`Reports: ${out}`);
  return batch.graded.length > 0 ? 0 : 1;
}

const line = ({ name, ok, cases, mutants, faults, notHere }: Proof) =>
  [
    `${!ok ? "✗" : notHere ? "–" : "✓"} ${name.padEnd(32)} ${String(cases).padStart(3)} ` +
      `cases, ${mutants} mutants${notHere ? `: not proved on this machine, ${notHere}` : ""}`,
    ...faults.map((f) => `    ${f}`),
  ].join("\n");

/**
 * @param names exercises, all of the manifest's when none. @returns 1 when an exercise is not
 *   proved
 */
export async function proveCommand(
  root: string,
  names: string[],
  options: { trusted?: boolean; jobs?: number | string } = {},
): Promise<number> {
  const proofs = await prove(root, names, {
    ...options,
    jobs: wholeNumber("jobs", options.jobs, 1, 256),
    progress: progressBar(process.stderr, "proving"),
  });
  for (const proof of proofs) console.log(line(proof));
  const failed = proofs.filter((p) => !p.ok).length;
  const proved = proofs.filter((p) => p.ok && !p.notHere).length;
  console.log(
    failed > 0
      ? `${failed} of ${proofs.length} exercises are not proved.`
      : `${proved} exercises proved: the solution passes, the stub fails, each mutant fails ` +
          "and is named.",
  );
  return failed > 0 ? 1 : 0;
}
