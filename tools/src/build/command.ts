/** What `course build` prints, and its watch. */
import { existsSync, watch } from "node:fs";
import { join } from "node:path";
import { paths } from "grader/dist/paths.js";
import { build } from "./build.js";

export interface BuildOptions {
  check?: boolean;
  watch?: boolean;
}

/** @returns the exit code */
export async function buildCommand(
  root: string,
  words: string[],
  { check, watch: stay }: BuildOptions,
): Promise<number> {
  if (check && stay) throw new Error("--check and --watch exclude each other: choose one");
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
    changed.forEach((name) =>
      console.error(`notebooks/${name} is stale: run npm run build and commit it`),
    );
  } else {
    const what =
      changed.length === 0
        ? "nothing changed"
        : changed.length <= 4
          ? changed.join(", ")
          : `${changed.length} files`;
    console.log(
      `${lessons} ${lessons === 1 ? "lesson" : "lessons"} built in ` +
        `${Math.round(performance.now() - start)} ms: ` +
        `${what}${problems.length > 0 ? `; ${problems.length} ${problems.length === 1 ? "problem" : "problems"} above` : ""}`,
    );
  }
  return problems.length > 0 || (check && changed.length > 0) ? 1 : 0;
}

/** Calls `again` after changes of lessons and of solutions' sources, until interrupted. */
function watching(root: string, again: () => void): Promise<never> {
  const { lessons, solutions } = paths(root);
  let timer: NodeJS.Timeout | undefined;
  const soon = () => {
    clearTimeout(timer);
    // an editor saves in several steps
    timer = setTimeout(() => {
      try {
        again();
      } catch (e) {
        console.error((e as Error).message);
      }
    }, 40);
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
