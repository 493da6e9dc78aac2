import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ownOperations, thisMachine, useTensorFlow } from "./tensorflow";

const folder = mkdtempSync(join(tmpdir(), "kit-"));
afterAll(() => rmSync(folder, { recursive: true }));
const stamp = (changed: object) =>
  writeFileSync(join(folder, "installed.json"), JSON.stringify({ ...thisMachine(), ...changed }));

test("what was never set up, or for another machine or another tfjs, is refused with the reason", () => {
  const { platform, arch, tfjs } = thisMachine();
  expect(useTensorFlow("native", join(folder, "missing"))).toEqual({
    refused: "it is not set up on this machine",
  });
  stamp({ platform: "plan9", arch: "vax" });
  expect(useTensorFlow("native", folder)).toEqual({
    refused: `it was set up for plan9 vax, this is ${platform} ${arch}`,
  });
  stamp({ tfjs: "1.0.0" });
  expect(useTensorFlow("native", folder)).toEqual({
    refused: `it was set up for tfjs 1.0.0, this course has ${tfjs}`,
  });
});

test("what lacks its binding throws, which the device tells as its reason", () => {
  const dist = join(folder, "node_modules", "@tensorflow", "tfjs-node", "dist");
  mkdirSync(dist, { recursive: true });
  for (const file of ["register_all_kernels.js", "nodejs_kernel_backend.js"]) {
    writeFileSync(join(dist, file), "exports.NodeJSKernelBackend = class {};");
  }
  stamp({});
  expect(() => useTensorFlow("native", folder)).toThrow(
    /^there is no tfjs_binding\.node in .*lib$/,
  );
});

test("operations built from other sources or for another processor are not loaded", () => {
  const lib = join(folder, "node_modules", "@tensorflow", "tfjs-node", "lib", "napi-v8");
  mkdirSync(lib, { recursive: true });
  writeFileSync(join(lib, "tfjs_binding.node"), "");
  stamp({});
  expect(ownOperations(folder)).toBe("none");
  writeFileSync(join(lib, "course_kernels.node"), "");
  expect(ownOperations(folder)).toBe("fit");
  for (const other of [
    { operations: "older" },
    { operations: undefined },
    { processor: "other" },
  ]) {
    stamp(other);
    expect(ownOperations(folder)).toBe("stale");
  }
});
