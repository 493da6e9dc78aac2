import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const src = (name: string) => fileURLToPath(new URL(`./${name}/src/index.ts`, import.meta.url));
// tests see sources, so that they need no build; the kernel, the grader's child and the browser see
// what was built
const resolve = {
  alias: [
    ...["cells", "kernels", "grader", "views", "course", "solutions", "classroom", "tools"].map(
      (name) => ({
        find: new RegExp(`^${name}$`),
        replacement: src(name),
      }),
    ),
    {
      find: /^(kernels|grader|course|classroom)\/dist\/(.*)\.js$/,
      replacement: fileURLToPath(new URL("./$1/src/$2.ts", import.meta.url)),
    },
  ],
};

/** These choose or load devices for the whole process, so each gets a process of its own. */
const ALONE = ["device", "operations", "tensorflow"].map((name) => `course/src/${name}.test.ts`);
const REACH = "*/src/**/*reach.test.ts";
/** Milliseconds for a test and for what is done before it; a busy machine needs many times more. */
const patience = (ms: number) => ({ testTimeout: ms, hookTimeout: ms });
const setupFiles = ["./tools/vitest-setup.ts"];

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
          include: ["*/src/**/*.test.ts"],
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
          include: ["*/src/**/*.train.test.ts"],
          setupFiles,
          ...patience(10_800_000),
        },
      },
      // the real kernel, JupyterLab, sandbox and browser: slow, one file at a time
      {
        resolve,
        test: {
          name: "real",
          include: ["*/src/**/*.real.test.ts"],
          setupFiles,
          ...patience(300_000),
          fileParallelism: false,
        },
      },
    ],
  },
});
