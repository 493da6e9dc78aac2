/** `course prove --mutate`: the table of kill rates, and the survivors as lines of a diff. */
import { wholeNumber } from "../files/commandLine";
import { progressBar } from "../batch/progress";
import {
  MIN_KILLED_SHARE,
  mutate,
  passes,
  shareKilled,
  type MutationReport,
} from "../mutate/mutate";

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function row(report: MutationReport): string {
  const { name, mutants, killed, equivalent, survivors, left } = report;
  if (left) return `– ${name.padEnd(28)} a kernel, which has mutants written by hand only`;
  const numbers = [mutants, killed, equivalent, survivors.length].map((n) => String(n).padStart(7));
  const share = percent(shareKilled(report)).padStart(9);
  return `${passes(report) ? "✓" : "✗"} ${name.padEnd(28)}${numbers.join("")}${share}`;
}

const minus = (text: string, sign: string) =>
  text
    .split("\n")
    .map((line) => `    ${sign} ${line}`)
    .join("\n");

const details = ({ file, survivors, faults }: MutationReport): string[] => [
  ...faults.map((fault) => `${file}: ${fault}`),
  ...survivors.map(
    ({ line, edit: [from, to] }) => `${file}:${line}\n${minus(from, "-")}\n${minus(to, "+")}`,
  ),
];

/**
 * @param names exercises, all of the manifest's when none
 * @returns 1 when an exercise's cases kill too few of its mutants
 */
export async function mutateCommand(
  root: string,
  names: string[],
  options: { jobs?: number | string } = {},
): Promise<number> {
  const reports = await mutate(root, names, {
    jobs: wholeNumber("jobs", options.jobs, 1, 256),
    progress: progressBar(process.stderr, "mutating"),
  });
  const lines = reports.flatMap(details);
  if (lines.length > 0) console.log(`Survivors:\n${lines.join("\n")}\n`);
  const heads = ["mutants", "killed", "equal", "alive"].map((head) => head.padStart(7)).join("");
  console.log(`  ${"exercise".padEnd(28)}${heads}${"killed".padStart(9)}`);
  for (const report of reports) console.log(row(report));
  const sum = (f: (report: MutationReport) => number) =>
    reports.reduce((total, report) => total + f(report), 0);
  const killed = sum((r) => r.killed);
  const survivors = sum((r) => r.survivors.length);
  console.log(
    `${sum((r) => r.mutants)} mutants: ${killed} killed, ${sum((r) => r.equivalent)} equivalent, ` +
      `${survivors} survive; ${percent(killed / Math.max(1, killed + survivors))} killed.`,
  );
  const failed = reports.filter((report) => !passes(report));
  if (failed.length > 0) {
    console.log(
      `${failed.length} of ${reports.length} exercises kill less than ${percent(MIN_KILLED_SHARE)} or have ` +
        "a fault.",
    );
  }
  return failed.length > 0 ? 1 : 0;
}
