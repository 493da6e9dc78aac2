/**
 * One submission, graded in a process of its own: for a kernel that nbgrader runs. Sends its result
 * to the parent. The seed is drawn from the file's bytes, so that the same file gets the same
 * points each time.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gradeBatch, type GradeOptions } from "../batch/batch";
import type { Result } from "../batch/result";
import { NoSandbox } from "../sandbox/sandbox";

/** What the parent gets. */
export type OneGraded = { result: Result } | { failed: string };

const seedOf = (file: string): number =>
  createHash("sha256").update(readFileSync(file)).digest().readUInt32LE();

async function gradeOne(root: string, file: string): Promise<Result> {
  const options: GradeOptions = { seed: seedOf(file), jobs: 1 };
  const grade = async (trusted: boolean) => {
    const { graded, notGraded } = await gradeBatch(root, [file], { ...options, trusted });
    return [...graded, ...notGraded][0]!;
  };
  try {
    return await grade(false);
  } catch (e) {
    // nbgrader has run all of the notebook's code outside a sandbox already
    if (e instanceof NoSandbox) return grade(true);
    throw e;
  }
}

async function main(): Promise<OneGraded> {
  const [root, file] = process.argv.slice(2);
  try {
    return { result: await gradeOne(root!, file!) };
  } catch (e) {
    return { failed: e instanceof Error ? e.message : String(e) };
  }
}

process.on("disconnect", () => process.exit(1)); // the kernel is gone
void main().then((message) => process.send!(message, () => process.exit(0)));
