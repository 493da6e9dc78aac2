import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(`./${path}`, import.meta.url));
/** A package's doors, by its package.json, each led to its source. */
function doors(folder: string) {
  const { name, exports } = JSON.parse(readFileSync(at(`${folder}/package.json`), "utf8")) as {
    name: string;
    exports: Record<string, string>;
  };
  return Object.entries(exports ?? {})
    .filter(([, file]) => file.startsWith("./dist/"))
    .map(([door, file]) => ({
      find: new RegExp(`^${name}${door.slice(1)}$`),
      replacement: at(`${folder}/${file.replace("./dist/", "src/").replace(/\.js$/, ".ts")}`),
    }));
}
const { workspaces } = JSON.parse(readFileSync(at("package.json"), "utf8")) as {
  workspaces: string[];
};
// tests see sources, so that they need no build; the Jupyter kernel, the grader's child and the
// browser's bundles see what was built
const resolve = {
  alias: workspaces.filter((folder) => folder !== "engine/browser").flatMap(doors),
};

/** These choose or load devices for the whole process, so each gets a process of its own. */
const ALONE = ["device", "operations", "tensorflow"].map(
  (name) => `engine/course/src/devices/${name}.test.ts`,
);
const SOURCES = "{grader,solutions,engine/*}/src";
const REACH = `${SOURCES}/**/*reach.test.ts`;
/** Milliseconds for a test and for what is done before it; a busy machine needs many times more. */
const patience = (ms: number) => ({ testTimeout: ms, hookTimeout: ms });
const setupFiles = ["./engine/cli/vitest-setup.ts"];

export default defineConfig({
  test: {
    maxWorkers: availableParallelism(),
    cache: false, // several runs at a time would write one file
    projects: [
      // a process loads tfjs and starts its backend once, for all of its files
      {
        resolve,
        test: {
          name: "unit",
          include: [`${SOURCES}/**/*.test.ts`],
          exclude: ["**/*.real.test.ts", "**/*.train.test.ts", REACH, ...ALONE],
          isolate: false,
          setupFiles,
          ...patience(120_000),
        },
      },
      {
        resolve,
        test: { name: "unit-alone", include: ALONE, setupFiles, ...patience(120_000) },
      },
      // what the lessons reach, with the committed checkpoints
      {
        resolve,
        test: {
          name: "reach",
          include: [REACH],
          isolate: false,
          setupFiles,
          ...patience(600_000),
        },
      },
      // npm run reach: the trainings behind these checkpoints, from the start
      {
        resolve,
        test: {
          name: "train",
          include: [`${SOURCES}/**/*.train.test.ts`],
          setupFiles,
          ...patience(10_800_000),
        },
      },
      // the real kernel, JupyterLab, sandbox and browser: slow, one file at a time
      {
        resolve,
        test: {
          name: "real",
          include: [`${SOURCES}/**/*.real.test.ts`],
          setupFiles,
          ...patience(300_000),
          fileParallelism: false,
        },
      },
    ],
  },
});
