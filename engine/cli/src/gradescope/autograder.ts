/**
 * Grades one submission where Gradescope has put it. `course gradescope` writes this program into its
 * archive. With --prepare, which setup.sh calls, it opens the sandbox once.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { gradeBatch, type Result } from "grader/batch";
import { gradescope, writeWhole } from "grader/reports";
import { openSandbox } from "grader/sandbox";
import type { Assignment } from "./archive.js";

const base = "/autograder";
const root = join(base, "source", "course");
const submission = join(base, "submission");

/** The notebooks of the submission, also those in its folders. */
function notebooks(): string[] {
  const names = existsSync(submission) ? readdirSync(submission, { recursive: true }) : [];
  return names
    .map(String)
    .filter((name) => name.toLowerCase().endsWith(".ipynb") && !/(^|[/\\])\./.test(name))
    .sort();
}

/** A seed that nobody can guess, the same each time for the same file, which so gets equal points. */
const seedOf = ({ seed }: Assignment, bytes: Buffer): number =>
  createHash("sha256").update(String(seed)).update(bytes).digest().readUInt32LE();

/** No points, with a message for the student. */
const noPoints = (message: string): object => ({ score: 0, output: message, tests: [] });

async function gradeFile(assignment: Assignment, name: string): Promise<Result> {
  const path = join(submission, name);
  const { lesson } = assignment;
  const options = { lesson, seed: seedOf(assignment, readFileSync(path)), jobs: 1 };
  const { graded, notGraded } = await gradeBatch(root, [path], options);
  const result = [...graded, ...notGraded][0]!;
  // the machine's fault: Gradescope then reports that the autograder failed, and nobody gets a zero
  if ("reason" in result && result.reason.startsWith("could not be graded")) {
    throw new Error(result.reason);
  }
  return result;
}

/** Of several notebooks of the lesson the best counts. */
async function grade(assignment: Assignment): Promise<object> {
  const expected = `${assignment.lesson}.ipynb`;
  const results: Result[] = [];
  for (const name of notebooks()) results.push(await gradeFile(assignment, name));
  const graded = results.filter((result) => "points" in result);
  const [best] = graded.sort((a, b) => b.points - a.points);
  if (best) return gradescope(best);
  const reasons = results.map((r) => ("reason" in r ? `${basename(r.file)} ${r.reason}.` : ""));
  const all = [`There is no notebook to grade: hand in ${expected}.`, ...reasons];
  return noPoints(all.join("\n"));
}

async function main(): Promise<void> {
  if (process.argv.includes("--prepare")) {
    const sandbox = await openSandbox(root);
    console.log(`Submissions are held by: ${sandbox.description}.`);
    sandbox.close();
    return;
  }
  const assignment = JSON.parse(readFileSync(join(root, "gradescope.json"), "utf8")) as Assignment;
  const results = await grade(assignment);
  mkdirSync(join(base, "results"), { recursive: true });
  const text = `${JSON.stringify(results, undefined, 1)}\n`;
  writeWhole(join(base, "results", "results.json"), [text]);
}

await main().catch((e: unknown) => {
  console.error(e instanceof Error ? e.message : e);
  process.exitCode = 1;
});
