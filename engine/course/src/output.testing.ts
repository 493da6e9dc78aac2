/** A course of one lesson and one exercise in a temporary folder, for tests. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MimeBundle } from "./kernel";

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
    { group: "values", title: "x is a matrix", args: [random.normal([2, 3])] },
    { group: "shapes", title: "x is a vector", args: [random.normal([4])] },
    { group: "gradient", title: "x is differentiated", args: [random.normal([3])], wrt: ["0"] },
  ],
  mutants: [{ edits: [[".mul(2)", ".square()"]], message: "x is squared, not doubled." }],
  forbid: ["softmax"],
};
`;

const MANIFEST = {
  course: "toy",
  version: "1",
  lessons: [
    {
      id: "01-toy",
      title: "A toy",
      uses: [],
      exercises: [
        {
          name: "twicePlusOne",
          points: 3,
          difficulty: 1,
          minutes: 5,
          hints: ["Look at $2x$.", "Use `mul`.", "And `add`."],
          gradeId: "twicePlusOne",
        },
      ],
      written: [],
      cells: {},
    },
  ],
};

/** Its files find tfjs in the packages of this course. */
const tfjs = () =>
  `module.exports = require(${JSON.stringify(require.resolve("@tensorflow/tfjs-core"))});`;

/** @returns its folder; the caller removes it */
export function toyCourse(): { root: string; remove(): void } {
  const root = mkdtempSync(join(tmpdir(), "course-"));
  const files = {
    "package.json": '{ "name": "toy" }',
    "lessons-src/01-toy/lesson.md": "",
    "notebooks/manifest.json": JSON.stringify(MANIFEST),
    "solutions/src/toy/twicePlusOne.ts": SOURCE,
    "solutions/dist/toy/twicePlusOne.js": COMPILED,
    "solutions/dist/toy/twicePlusOne.exercise.js": EXERCISE,
    "node_modules/@tensorflow/tfjs-core/package.json": '{ "main": "index.js" }',
    "node_modules/@tensorflow/tfjs-core/index.js": tfjs(),
    "data/text/hello.txt": "hello",
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}

interface Displayed {
  data: MimeBundle;
  id: string | undefined;
  update: boolean;
}

/**
 * Collects what is displayed while f runs, as a notebook would get it.
 * @param held what the notebook's cells hold, by name
 */
export async function displayed(
  f: () => unknown,
  held: Record<string, unknown> = {},
): Promise<Displayed[]> {
  const out: Displayed[] = [];
  const key = Symbol.for("course.kernel");
  const globals = globalThis as Record<symbol, unknown>;
  const before = globals[key];
  const signal = new AbortController().signal;
  globals[key] = {
    signal: () => signal,
    namesOf: (value: unknown) => Object.keys(held).filter((name) => held[name] === value),
    display: (data: MimeBundle, _: object, id: string | undefined, update: boolean) => {
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
