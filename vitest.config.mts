import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const src = (name: string) => fileURLToPath(new URL(`./${name}/src/index.ts`, import.meta.url));
// tests see sources, so that they need no build; the kernel, the grader's child and the browser see
// what was built
const resolve = {
  alias: [
    ...["kernels", "grader", "course", "solutions", "tools"].map((name) => ({
      find: new RegExp(`^${name}$`),
      replacement: src(name),
    })),
    {
      find: /^(kernels|grader|course)\/dist\/(.*)\.js$/,
      replacement: fileURLToPath(new URL("./$1/src/$2.ts", import.meta.url)),
    },
  ],
};

/** These choose or load devices for the whole process, so each gets a process of its own. */
const ALONE = ["device", "operations", "tensorflow"].map((name) => `course/src/${name}.test.ts`);
const unit = {
  exclude: ["**/*.real.test.ts", "**/*.train.test.ts"],
  setupFiles: ["./tools/vitest-setup.ts"],
  testTimeout: 120_000,
};

/** What trains comes first, since it takes longest; the processes share what is left evenly. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const late = (file: TestSpecification) => Number(!file.moduleId.endsWith("reach.test.ts"));
    return sorted.sort((a, b) => late(a) - late(b));
  }
}

export default defineConfig({
  test: {
    maxWorkers: availableParallelism(),
    sequence: { sequencer: LongestFirst },
    projects: [
      // a process loads tfjs and starts its backend once, for all of its files
      {
        resolve,
        test: {
          ...unit,
          name: "unit",
          include: ["*/src/**/*.test.ts"],
          exclude: [...unit.exclude, ...ALONE],
          isolate: false,
        },
      },
      { resolve, test: { ...unit, name: "unit-alone", include: ALONE } },
      // npm run reach: what the lessons reach, and the trainings behind their checkpoints, from the
      // start
      {
        resolve,
        test: {
          name: "reach",
          include: ["*/src/**/*reach.test.ts", "*/src/**/*.train.test.ts"],
          setupFiles: ["./tools/vitest-setup.ts"],
          testTimeout: 10_800_000,
        },
      },
      // the real kernel, JupyterLab, sandbox and browser: slow, one file at a time
      {
        resolve,
        test: {
          name: "real",
          include: ["*/src/**/*.real.test.ts"],
          setupFiles: ["./tools/vitest-setup.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
