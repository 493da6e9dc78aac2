// needs: webgpu
// level: all
/** The check of an exercise that asks for a kernel, on this machine's adapter. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { courseRoot, paths } from "grader";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { displayed, toyCourse } from "../output.testing";
import { check } from "./check";

const HEAD = `@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
struct Sizes { n: u32 }
@group(0) @binding(2) var<uniform> sizes: Sizes;
`;
const BODY = "let i = id.x; if (i < sizes.n) { out[i] = 2.0 * x[i]; }";
const SOURCE =
  `export function doubleKernel(): string {\n  return \`${HEAD}@compute @workgroup_size(64) fn ` +
  `main(@builtin(global_invocation_id) id: vec3<u32>) { ${BODY} }\`;\n}\n`;
const EXERCISE = `exports.default = {
  shader: { inputs: ["x"], output: "out", answer: (x) => x.mul(2), launch: (x) => ({ inputs: [x], sizes: [x.shape[0]], shape: x.shape, workgroups: [Math.ceil(x.shape[0] / 64), 1, 1], maxBytesRead: 4 * x.shape[0] }) },
  cases: (random) => [{ group: "values", title: "seventy numbers", args: [random.normal([70])] }, { group: "cost", title: "each is read once", args: [random.normal([70])] }],
  mutants: [{ edits: [["2.0 * x[i]", "3.0 * x[i]"]], message: "This is three times x." }, { edits: [["2.0 * x[i]", "x[i] + x[i]"]], breaks: "each is read once", message: "x is read twice." }],
};
`;

let course: ReturnType<typeof toyCourse>;
const installed = dirname(dirname(dirname(paths(courseRoot()).dawn)));
beforeEach(() => {
  course = toyCourse();
  vi.stubEnv("COURSE_ROOT", course.root);
  const write = (path: string, text: string) => writeFileSync(join(course.root, path), text);
  write("solutions/src/toy/doubleKernel.ts", SOURCE);
  write(
    "solutions/dist/toy/doubleKernel.js",
    SOURCE.replace(
      "export function doubleKernel(): string",
      "exports.doubleKernel = function doubleKernel()",
    ),
  );
  write("solutions/dist/toy/doubleKernel.exercise.js", EXERCISE);
  const manifest = JSON.parse(readFileSync(paths(course.root).manifest, "utf8")) as {
    lessons: { exercises: object[] }[];
  };
  manifest.lessons[0]!.exercises.push({
    name: "doubleKernel",
    points: 4,
    difficulty: 1,
    minutes: 5,
    hints: ["Think."],
    gradeId: "doubleKernel",
  });
  write("notebooks/manifest.json", JSON.stringify(manifest));
});
afterEach(() => {
  vi.unstubAllEnvs();
  course.remove();
});

const setUp = () => {
  mkdirSync(join(course.root, ".local"));
  symlinkSync(installed, join(course.root, ".local", "webgpu"));
};
const said = async (body: string) =>
  (await displayed(() => check(named(() => SOURCE.split("`")[1]!.replace(BODY, body)))))
    .map((d) => d.data["text/plain"])
    .join("\n");
const named = (f: () => string) => Object.defineProperty(f, "name", { value: "doubleKernel" });

test("a right kernel passes, one that reads too much or computes wrong is told so", async () => {
  setUp();
  expect(await said(BODY)).toContain("✓ doubleKernel: all 2 cases pass, 4 of 4 points.");
  const wasteful = await said(BODY.replace("2.0 * x[i]", "x[i] + x[i]"));
  expect(wasteful).toMatch(
    /It fails on this case: each is read once\. It reads 560 bytes from the buffers; 280 are enough\./,
  );
  expect(wasteful).toContain("This looks like a known mistake. x is read twice.");
  expect(await said(BODY.replace("2.0", "3.0"))).toContain(
    "This looks like a known mistake. This is three times x.",
  );
  expect(await said("out[0] = y;")).toContain("It does not compile: line 5: unresolved value 'y'.");
});

test("an endless kernel ends", async () => {
  setUp();
  expect(await said("var a = 1u; while (a != 0u) { a = (a * 5u) | 1u; } out[0] = f32(a);")).toMatch(
    /It gave no answer\. It was stopped: it ran longer than 20 s/,
  );
});

test("without WebGPU it says how to get it, and nothing is recorded", async () => {
  expect(await said(BODY)).toBe(
    "doubleKernel cannot be checked here: WebGPU is not set up: npx course setup webgpu.",
  );
});
