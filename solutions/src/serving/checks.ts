/** Checks of arguments that the functions of this folder share. */
import { expectCount } from "../shared/shapes";
import type { Job, PassLimits } from "./types";

/** @throws unless there are as many rows as given, or at least one, and all have `width` numbers */
export function expectMatrix(
  fn: string,
  name: string,
  rows: number[][],
  [count, width]: [number | undefined, number | undefined],
): void {
  const columns = width ?? rows[0]?.length ?? 0;
  const isHigh = count === undefined ? rows.length > 0 : rows.length === count;
  if (!isHigh || !rows.every((row) => row.length === columns)) {
    const wanted = `[${count ?? "at least 1"}, ${width ?? columns}]`;
    const got = `${rows.length} of lengths ${rows.map((row) => row.length).join(", ")}`;
    throw new Error(`${fn}: expected ${name} of shape ${wanted}, got rows: ${got}`);
  }
}

/**
 * What acceptDraft takes.
 * @throws when rows don't fit, a uniform isn't from 0 to below 1, or the draft can't draw an id
 */
export function expectDraft(
  drafted: number[],
  draft: number[][],
  target: number[][],
  uniforms: number[],
): void {
  const K = drafted.length;
  expectMatrix("acceptDraft", "target", target, [K + 1, undefined]);
  expectMatrix("acceptDraft", "draft", draft, [K, target[0]!.length]);
  if (uniforms.length !== K + 1 || !uniforms.every((u) => u >= 0 && u < 1)) {
    const got = uniforms.join(", ");
    throw new Error(
      `acceptDraft: expected uniforms to be ${K + 1} numbers from 0 to below 1, got ${got}`,
    );
  }
  const never = drafted.findIndex((id, i) => !(draft[i]![id]! > 0));
  if (never >= 0) {
    throw new Error(
      `acceptDraft: expected drafted[${never}] to have a probability in draft, got ${drafted[never]}`,
    );
  }
}

/** @throws unless bits, of a whole number with its sign, are from 2 to 8 */
export function expectBits(fn: string, bits: number): void {
  if (!Number.isInteger(bits) || bits < 2 || bits > 8) {
    throw new Error(`${fn}: expected bits to be a whole number from 2 to 8, got ${bits}`);
  }
}

/**
 * A server's jobs and what a pass may take.
 * @throws when a count doesn't fit, or a job needs more pages than there are
 */
export function expectJobs(jobs: Job[], { budget, pages, size }: PassLimits): void {
  expectCount("scheduleBatch", "budget", budget);
  expectCount("scheduleBatch", "pages", pages);
  expectCount("scheduleBatch", "size", size);
  for (const { id, prompt, most, read } of jobs) {
    expectCount("scheduleBatch", `prompt of ${id}`, prompt);
    expectCount("scheduleBatch", `most of ${id}`, most);
    expectCount("scheduleBatch", `read of ${id}`, read, 0);
    if (read > prompt) {
      throw new Error(`scheduleBatch: expected read of ${id} to be at most ${prompt}, got ${read}`);
    }
    const needed = Math.ceil((prompt + most) / size);
    if (needed > pages) {
      throw new Error(
        `scheduleBatch: expected pages for ${id}, which needs ${needed}, got ${pages}`,
      );
    }
  }
}
