// needs: webgpu
// level: all
/** A notebook's own kernels on this machine's adapter, and what is said where there is none. */
import { existsSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, expect, test, vi } from "vitest";
import { adapter, runKernel, timeKernels, type GpuKernel } from "./gpu";
import { toyCourse } from "./output.testing";

const HEAD = `@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> bits: array<u32>;
@group(0) @binding(2) var<storage, read_write> out: array<f32>;
struct Sizes { n: u32 }
@group(0) @binding(3) var<uniform> sizes: Sizes;
`;
const kernel = (body: string): GpuKernel => ({
  text: `${HEAD}@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) { if (id.x < sizes.n) { ${body} } }`,
  inputs: { x: tf.range(0, 70), bits: tf.fill([70], -1, "int32") },
  output: "out",
  shape: [7, 10],
  sizes: [70],
  workgroups: [2],
});
afterEach(() => vi.unstubAllEnvs());

test("a kernel's output and the bytes it read", async () => {
  const twice = kernel("out[id.x] = x[id.x] + x[id.x] + f32(bits[id.x] >> 28u);");
  const { output, bytesRead } = await runKernel(twice);
  expect(output.shape).toEqual([7, 10]);
  expect(Array.from(await output.data())).toEqual(Array.from({ length: 70 }, (_, i) => 2 * i + 15));
  expect(bytesRead).toBe(70 * 3 * 4);
});

test("more work takes longer", async () => {
  const loop = (rounds: number) =>
    kernel(
      `var v = x[id.x]; for (var i = 0u; i < ${rounds}u; i++) { v = v * 0.999 + 0.5; }` +
        " out[id.x] = v;",
    );
  const [short, long] = await timeKernels([loop(1), loop(1_000_000)]);
  expect(short).toBeGreaterThan(0);
  expect(long).toBeGreaterThan(2 * short!);
});

test("a kernel with a fault is told by a sentence, and the next one runs", async () => {
  const broken = kernel("out[id.x] = y[id.x];");
  await expect(runKernel(broken)).rejects.toThrow(/It does not compile: line \d+: .*y/);
  await expect(timeKernels([broken])).rejects.toThrow("It does not compile");
  await expect(runKernel({ ...broken, inputs: {} })).rejects.toThrow("It");
  const none = { ...broken, text: undefined } as unknown as GpuKernel;
  await expect(runKernel(none)).rejects.toThrow("a kernel's text is a string of WGSL");
  expect((await runKernel(kernel("out[id.x] = 1.0;"))).bytesRead).toBe(0);
});

test("the adapter has a name; where WebGPU is not set up, a sentence says what to do", async () => {
  expect(await adapter()).toEqual({ name: expect.any(String), software: expect.any(Boolean) });
});

test("without Dawn", async () => {
  vi.resetModules();
  const { root } = toyCourse();
  vi.stubEnv("COURSE_ROOT", root);
  expect(existsSync(root)).toBe(true);
  const fresh = await import("./gpu");
  expect(await fresh.adapter()).toEqual({
    ...{ software: true, missing: expect.stringContaining("npx course setup webgpu") },
  });
  await expect(fresh.runKernel(kernel("out[id.x] = 1.0;"))).rejects.toThrow("WebGPU is not set up");
});
