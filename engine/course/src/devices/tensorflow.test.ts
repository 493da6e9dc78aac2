import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { tensorFlowStamp, useTensorFlow } from "./tensorflow";

const folder = mkdtempSync(join(tmpdir(), "kit-"));
afterAll(() => rmSync(folder, { recursive: true }));
const stamp = (changed: object) =>
  writeFileSync(
    join(folder, "installed.json"),
    JSON.stringify({ ...tensorFlowStamp(), ...changed }),
  );

test("what was never set up, or for another machine or another tfjs, is refused with the reason", () => {
  const { platform, arch, tfjs } = tensorFlowStamp();
  expect(useTensorFlow(join(folder, "missing"))).toEqual({
    refused: "it is not set up on this machine",
  });
  stamp({ platform: "plan9", arch: "vax" });
  expect(useTensorFlow(folder)).toEqual({
    refused: `it was set up for plan9 vax, this is ${platform} ${arch}`,
  });
  stamp({ tfjs: "1.0.0" });
  expect(useTensorFlow(folder)).toEqual({
    refused: `it was set up for tfjs 1.0.0, this course has ${tfjs}`,
  });
});

test("what lacks its driver is refused; what lacks its binding throws, which is the reason", () => {
  const dist = join(folder, "node_modules", "@tensorflow", "tfjs-node-gpu", "dist");
  mkdirSync(dist, { recursive: true });
  for (const file of ["register_all_kernels.js", "nodejs_kernel_backend.js"]) {
    writeFileSync(join(dist, file), "exports.NodeJSKernelBackend = class {};");
  }
  stamp({});
  const use = () => useTensorFlow(folder);
  if (process.platform === "linux" && !existsSync("/proc/driver/nvidia/version")) {
    expect(use()).toEqual({ refused: "no NVIDIA driver is loaded" });
  } else {
    expect(use).toThrow(/^there is no tfjs_binding\.node in .*lib$/);
  }
});
