/** A course of one lesson and one exercise in a temporary folder, for tests. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Bundle } from "./kernel";

const SOURCE = `import * as tf from "@tensorflow/tfjs-core";

/** 2x + 1 */
export function twicePlusOne(x: tf.Tensor): tf.Tensor {
  return tf.tidy(() => x.mul(2).add(1));
}
`;
const COMPILED = `const tf = require("@tensorflow/tfjs-core");
exports.twicePlusOne = (x) => tf.tidy(() => x.mul(2).add(1));
`;
const EXERCISE = `exports.default = {
  cases: (random) => [
    { group: "values", says: "x is a matrix", args: [random.normal([2, 3])] },
    { group: "shapes", says: "x is a vector", args: [random.normal([4])] },
    { group: "gradient", says: "x is differentiated", args: [random.normal([3])], wrt: ["0"] },
  ],
  mutants: [{ edits: [[".mul(2)", ".square()"]], says: "x is squared, not doubled." }],
  forbid: ["softmax"],
};
`;

/** @returns its folder; the caller removes it */
export function toyCourse(): { root: string; remove(): void } {
  const root = mkdtempSync(join(tmpdir(), "course-"));
  const write = (path: string, text: string) => {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const exercise = {
    name: "twicePlusOne",
    points: 3,
    difficulty: 1,
    minutes: 5,
    hints: ["Look at $2x$.", "Use `mul`.", "And `add`."],
    gradeId: "twicePlusOne",
  };
  const lesson = {
    id: "01-toy",
    title: "A toy",
    uses: [],
    exercises: [exercise],
    written: [],
    cells: {},
  };
  write("package.json", '{ "name": "toy" }');
  write("lessons-src/01-toy/lesson.md", "");
  write(
    "notebooks/manifest.json",
    JSON.stringify({ course: "toy", version: "1", lessons: [lesson] }),
  );
  write("solutions/src/toy/twicePlusOne.ts", SOURCE);
  write("solutions/dist/toy/twicePlusOne.js", COMPILED);
  write("solutions/dist/toy/twicePlusOne.exercise.js", EXERCISE);
  // its files find the packages of this course
  write("node_modules/@tensorflow/tfjs-core/package.json", '{ "main": "index.js" }');
  write(
    "node_modules/@tensorflow/tfjs-core/index.js",
    `module.exports = require(${JSON.stringify(require.resolve("@tensorflow/tfjs-core"))});`,
  );
  write("data/text/hello.txt", "hello");
  return {
    root,
    remove: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Collects what is displayed while f runs, as a notebook would get it. */
export async function displayed(
  f: () => unknown,
): Promise<{ data: Bundle; id: string | undefined; update: boolean }[]> {
  const out: { data: Bundle; id: string | undefined; update: boolean }[] = [];
  const key = Symbol.for("course.kernel");
  const globals = globalThis as Record<symbol, unknown>;
  const before = globals[key];
  const signal = new AbortController().signal;
  globals[key] = {
    signal: () => signal,
    display: (data: Bundle, _: object, id: string | undefined, update: boolean) => {
      out.push({ data, id, update });
    },
  };
  try {
    await f();
  } finally {
    globals[key] = before;
  }
  return out;
}
