/** A kernelspec of an earlier release is renewed; any other one stays as it is. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { renewKernelSpec } from "./kernelspec";

const ROOT = join(tmpdir(), "some-course");
const LAUNCHER = join(ROOT, "engine", "kernel", "launch.mjs");

let data: string;
let file: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "jupyter-data-"));
  vi.stubEnv("JUPYTER_DATA_DIR", data);
  const folder = join(data, "kernels", "tslab");
  mkdirSync(folder, { recursive: true });
  file = join(folder, "kernel.json");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(data, { recursive: true, force: true });
});

/** A spec as the release before wrote it. */
const specOf = (course: string, launcher = join(course, "tools", "kernel.js")) => ({
  argv: [process.execPath, launcher, "{connection_file}"],
  display_name: "TypeScript",
  language: "typescript",
  interrupt_mode: "signal",
  metadata: { course },
});
const write = (spec: object) => {
  writeFileSync(file, `${JSON.stringify(spec, undefined, 2)}\n`);
};
const read = () => JSON.parse(readFileSync(file, "utf8")) as unknown;

test("this course's spec gets the launcher of this release", () => {
  write(specOf(ROOT));
  expect(renewKernelSpec(ROOT)).toBe(true);
  expect(read()).toEqual(specOf(ROOT, LAUNCHER));
  expect(renewKernelSpec(ROOT)).toBe(false);
});

test("a Node that was removed is replaced by the one that runs", () => {
  const spec = specOf(ROOT, LAUNCHER);
  write({ ...spec, argv: [join(data, "no-node"), ...spec.argv.slice(1)] });
  expect(renewKernelSpec(ROOT)).toBe(true);
  expect(read()).toEqual(spec);
});

test.each([
  ["another course's", specOf(join(tmpdir(), "other-course"))],
  ["another program's", { argv: ["tslab"], display_name: "other", language: "typescript" }],
])("%s spec stays as it is", (_, spec) => {
  write(spec);
  expect(renewKernelSpec(ROOT)).toBe(false);
  expect(read()).toEqual(spec);
});

test("without a spec none is written", () => {
  expect(renewKernelSpec(ROOT)).toBe(false);
  expect(existsSync(file)).toBe(false);
});
