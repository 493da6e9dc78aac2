/** What `course build` prints, and its watch. */
import { existsSync, watch } from "node:fs";
import { join } from "node:path";
import { paths } from "grader/files";
import { plural } from "../plural.js";
import { build } from "./build.js";

export interface BuildOptions {
  check?: boolean;
  watch?: boolean;
  private?: string;
}

/** @returns the exit code */
export async function buildCommand(
  root: string,
  words: string[],
  { check, watch: stay, private: folder }: BuildOptions,
): Promise<number> {
  if (check && stay) throw new Error("--check and --watch exclude each other: choose one");
  if (stay && folder) throw new Error("--watch doesn't see private lessons: build without it");
  const code = buildOnce(root, words, check);
  if (!stay) return code;
  await watching(root, () => buildOnce(root, words));
  return 0;
}

function buildOnce(root: string, words: string[], check = false): number {
  const start = performance.now();
  const { changed, problems, lessons } = build(root, words, { check });
  problems.forEach((line) => console.error(line));
  if (check) {
    for (const name of changed) {
      console.error(`notebooks/${name} is stale: run npm run build and commit it`);
    }
    return problems.length > 0 || changed.length > 0 ? 1 : 0;
  }
  const ms = Math.round(performance.now() - start);
  const trouble = problems.length > 0 ? `; ${plural(problems.length, "problem")} above` : "";
  console.log(`${plural(lessons, "lesson")} built in ${ms} ms: ${filesText(changed)}${trouble}`);
  return problems.length > 0 ? 1 : 0;
}

function filesText(changed: string[]): string {
  if (changed.length === 0) return "nothing changed";
  return changed.length <= 4 ? changed.join(", ") : `${changed.length} files`;
}

/** An editor saves in several steps; a build waits until none has come for so long. */
const PAUSE_MS = 40;

/** Calls `again` when lessons or the solutions' sources change, until interrupted. */
function watching(root: string, again: () => void): Promise<never> {
  const { lessons, solutions } = paths(root);
  const run = () => {
    try {
      again();
    } catch (e) {
      console.error((e as Error).message);
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(run, PAUSE_MS);
  };
  for (const folder of [lessons, join(solutions, "src")]) {
    if (existsSync(folder)) {
      watch(folder, { recursive: true }, soon).on("error", (e) =>
        console.error(`watching ${folder} failed: ${e.message}; start again`),
      );
    }
  }
  console.log("watching lessons-src and solutions/src; stop with Ctrl+C");
  return new Promise(() => {});
}
