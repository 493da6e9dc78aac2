import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const src = (name: string) => fileURLToPath(new URL(`./${name}/src/index.ts`, import.meta.url));
// tests see sources, so that they need no build; the kernel, the grader's child and the browser see
// what was built
const resolve = {
  alias: [
    ...["cells", "kernels", "grader", "course", "solutions", "tools"].map((name) => ({
      find: new RegExp(`^${name}$`),
      replacement: src(name),
    })),
    {
      find: /^(kernels|grader|course)\/dist\/(.*)\.js$/,
      replacement: fileURLToPath(new URL("./$1/src/$2.ts", import.meta.url)),
    },
  ],
};

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        test: {
          name: "unit",
          include: ["*/src/**/*.test.ts"],
          exclude: ["**/*.real.test.ts", "**/*.train.test.ts"],
          setupFiles: ["./tools/vitest-setup.ts"],
          testTimeout: 120_000,
        },
      },
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
