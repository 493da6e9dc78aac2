import js from "@eslint/js";
import tseslint from "typescript-eslint";
import { maxFunctionLines } from "./engine/cli/lint/maxFunctionLines.mjs";

export default tseslint.config(
  {
    ignores: [
      "**/dist/",
      "engine/ops/assembly/*.ts",
      ".local/",
      "my-course/",
      "notebooks/",
      "data/",
      "engine/builder/fixtures/",
      "engine/lab/jupyter/labextensions/",
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    plugins: { course: { rules: { "max-function-lines": maxFunctionLines } } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      // noUncheckedIndexedAccess makes it the way to say "this index exists"
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-undef": "off", // the type check does this
      curly: ["error", "multi-line"],
      "one-var": ["error", "never"],
      "no-nested-ternary": "error",
      "max-lines": ["error", { max: 450 }],
      "course/max-function-lines": "error",
    },
  },
  {
    // tests and specs are lists of cases
    files: ["**/*.test.ts", "**/*.exercise.ts", "**/*Cases.ts", "**/*.testing.ts"],
    rules: { "max-lines": "off", "course/max-function-lines": "off" },
  },
);
