// needs: sandbox
// level: all
/**
 * A private lesson from its folder to a release: built, proved, graded, released, with nothing of it
 * in the course's own folder.
 */
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { courseRoot, readManifest } from "grader";
import { gradeBatch } from "grader/batch";
import { prove } from "grader/commands";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { build } from "builder";
import { startKernel } from "kernel/client";
import { publishCommand, releaseCommand } from "./release";
import { withPrivate } from "builder/private";

const root = courseRoot();
const folder = mkdtempSync(join(tmpdir(), "course-private-"));
const release = join(folder, "release");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HEAD = `---
title: Middle of the range
question: Where is the middle?
minutes: 10
uses: [expectDtype]
---

\`\`\`ts setup id=setup
import * as tf from "@tensorflow/tfjs-core";
\`\`\`
`;
const EXERCISE = `
:::: exercise rangeMiddle points=3 difficulty=1 minutes=5
Return the number halfway between the smallest and the largest of the last axis.

::: hint
Add the two.
:::
::::
`;
const ANSWER = "return tf.tidy(() => x.max(-1).add(x.min(-1)).div(2));";
const SOLUTION = `import * as tf from "@tensorflow/tfjs-core";
import { expectDtype } from "../shared/shapes";

/** (min + max) / 2 of the last axis. */
export function rangeMiddle(x: tf.Tensor): tf.Tensor {
  expectDtype("rangeMiddle", "x", x, "float32");
  ${ANSWER}
}
`;
const SPEC = `import { tensorData, type Exercise } from "grader";
const exercise: Exercise = {
  cases: (random) => [
    { group: "values", title: "four rows", args: [random.normal([4, 8])] },
    { group: "shapes", title: "one axis", args: [tensorData([3], [1, 2, 9])] },
  ],
  mutants: [
    { edits: [["x.max(-1).add(x.min(-1)).div(2)", "x.mean(-1)"]], message: "This is the mean." },
    { edits: [["add(x.min(-1))", "sub(x.min(-1))"]], message: "This is half the width." },
    { edits: [[".div(2)", ""]], message: "This is the sum of both." },
  ],
};
export default exercise;
`;

/** A safetensors file of one case. */
function reference(): Buffer {
  const cases = [
    { group: "values", title: "two rows", args: [{ $tensor: "x" }], expected: { $tensor: "y" } },
  ].map((c) => ({ ...c, atol: 1e-6 }));
  const header = JSON.stringify({
    __metadata__: { cases: JSON.stringify(cases) },
    x: { dtype: "F32", shape: [2, 3], data_offsets: [0, 24] },
    y: { dtype: "F32", shape: [2], data_offsets: [24, 32] },
  });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const numbers = Float32Array.from([1, 2, 9, -4, 0, 0, 5, -2]);
  return Buffer.concat([length, Buffer.from(header), Buffer.from(numbers.buffer)]);
}

function write(path: string, content: string | Buffer): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** The course with the lesson in it. */
let both: string;

beforeAll(() => {
  vi.spyOn(console, "log").mockImplementation(() => undefined);
  write("lessons-src/90-private/lesson.md", HEAD + EXERCISE);
  write("lessons-src/91-other/lesson.md", HEAD);
  write("solutions/src/private/index.ts", 'export * from "./rangeMiddle";\n');
  write("solutions/src/private/rangeMiddle.ts", SOLUTION);
  write("solutions/src/private/rangeMiddle.exercise.ts", SPEC);
  write("data/reference/private/rangeMiddle.safetensors", reference());
  both = withPrivate(root, folder);
  expect(build(both, ["90", "91"])).toMatchObject({ problems: [], lessons: 2 });
});

test("it is built and proved", async () => {
  const [proof] = await prove(both, ["rangeMiddle"]);
  expect(proof).toMatchObject({ name: "rangeMiddle", ok: true, faults: [] });
});

test("hand-ins get its points, and the shipped notebook none", async () => {
  const notebook = readFileSync(join(both, "notebooks", "90-private.ipynb"), "utf8");
  const stub = /throw new Error\(\\"[^"]*\\"\);/;
  expect(notebook).toMatch(stub);
  write("handed-in/done.ipynb", notebook.replace(stub, ANSWER));
  write("handed-in/mean.ipynb", notebook.replace(stub, "return x.mean(-1);"));
  write("handed-in/stub.ipynb", notebook);
  const { graded } = await gradeBatch(both, [join(folder, "handed-in")], { jobs: 1 });
  const earned = Object.fromEntries(graded.map((g) => [g.file.replace(/.*\//, ""), g.points]));
  expect(earned["done.ipynb"]).toBe(3);
  expect(earned["mean.ipynb"]).toBeLessThan(3);
  expect(earned["stub.ipynb"]).toBe(0);
  expect(JSON.stringify(graded)).toContain("This is the mean.");
});

test("notebooks of private lessons import private functions", async () => {
  const kernel = await startKernel(both, { COURSE_ROOT: both, COURSE_DEVICE: "cpu" });
  try {
    const { error, stdout } = await kernel.run(
      'import { rangeMiddle } from "solutions";\nimport * as tf from "@tensorflow/tfjs-core";\n' +
        'import { device } from "course";\nrangeMiddle(tf.tensor([1, 2, 9])).print();',
    );
    expect({ error, stdout }).toEqual({ error: undefined, stdout: expect.stringContaining("5") });
  } finally {
    kernel.stop();
  }
});

const namesIn = (folder: string) => readdirSync(folder, { recursive: true }).map(String);
/** Files of a release with this text. */
const holding = (folder: string, text: string) =>
  namesIn(folder)
    .filter((name) => /\.(json|js|ts|md|ipynb)$/.test(name))
    .filter((name) => readFileSync(join(folder, name), "utf8").includes(text));

test("a release has its check without the answer, until it is published", async () => {
  await releaseCommand(both, release, { lessons: "90" });
  expect(existsSync(join(release, "solutions", "checks", "rangeMiddle.check.gz"))).toBe(true);
  expect(holding(release, "x.min(-1)")).toEqual([]);
  const packages = join(release, "node_modules");
  symlinkSync(join(root, "node_modules"), packages);
  const program = `
    require("@tensorflow/tfjs-backend-cpu");
    const { mean } = require("@tensorflow/tfjs-core");
    const { runCheck } = require("course/check");
    const content = require("grader").loadContent(process.cwd(), "rangeMiddle");
    runCheck(content, (x) => mean(x, -1), 3).then((r) => console.log(JSON.stringify(r)));`;
  const output = execFileSync(process.execPath, ["-e", program], {
    cwd: release,
    encoding: "utf8",
  });
  expect(output).toContain("This is the mean.");
  rmSync(packages);
  await publishCommand(both, "90", release);
  expect(holding(release, "x.min(-1)")).toEqual([
    join("solutions", "src", "private", "rangeMiddle.ts"),
  ]);
});

test("a release of other lessons has no trace of it, nor has the course's own folder", async () => {
  const other = join(folder, "other");
  await releaseCommand(both, other, { lessons: "91" });
  expect(holding(other, "rangeMiddle")).toEqual([]);
  expect(namesIn(other).filter((name) => name.includes("rangeMiddle"))).toEqual([]);
  const places = ["lessons-src", "solutions", "notebooks", "data", ".local/cache"];
  const course = places.flatMap((place) => namesIn(join(root, place)));
  expect(course.filter((name) => /rangeMiddle|90-private/.test(name))).toEqual([]);
  expect(readManifest(root).lessons.map(({ id }) => id)).not.toContain("90-private");
});

test("what the course has already, or what can't be private, is refused in a sentence", () => {
  expect(() => withPrivate(root, join(folder, "handed-in"))).toThrow("holds no lessons");
  const taken = join("solutions", "src", "private", "softmax.ts");
  write(taken, "export const softmax = 1;\n");
  expect(() => withPrivate(root, folder)).toThrow("softmax.ts: the course has a file of this name");
  rmSync(join(folder, taken));
  write("solutions/src/private/rangeMiddle.ts", "export function rangeMiddle( {\n");
  expect(() => withPrivate(root, folder)).toThrow(/rangeMiddle\.ts:\d+: /);
  write("solutions/src/private/rangeMiddle.ts", SOLUTION);
  expect(withPrivate(root, folder)).toBe(both);
});
