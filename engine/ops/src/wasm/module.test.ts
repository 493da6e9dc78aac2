import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { expect, test } from "vitest";
import type { Functions } from "./module";

/** A module on memory of its own, filled with the same numbers. */
function start(name: string): Functions & { numbers: Float32Array } {
  const memory = new WebAssembly.Memory({ initial: 64 });
  const numbers = new Float32Array(memory.buffer);
  for (let i = 0; i < 1 << 18; i++) numbers[i] = Math.sin(i * 1.7) * (1 + (i % 11));
  const module = new WebAssembly.Module(readFileSync(join(__dirname, "..", "..", "wasm", name)));
  return {
    ...(new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Functions),
    numbers,
  };
}

// the machine decides which of both is used, so the other one is tested here only
test("with and without fused multiply-add, results agree", () => {
  if (Number(process.versions.node.split(".")[0]) < 22) {
    setFlagsFromString("--experimental-wasm-relaxed-simd");
  }
  const modules = ["kernels.wasm", "kernels-fused.wasm"].map(start);
  const to = 1 << 20;
  const scratch = 2 << 20;
  const calls: [what: string, count: number, run: (f: Functions) => void][] = [
    [
      "a product",
      13 * 19,
      (f) => f.gemm(1, 13, 19, 300, 0, 0, 1200, 4, 80_000, 0, 76, 4, to, 0, 76, scratch),
    ],
    [
      "a transposed product",
      13 * 19,
      (f) => f.gemm(1, 13, 19, 300, 0, 0, 4, 52, 80_000, 0, 4, 1200, to, 0, 76, scratch),
    ],
    ...[0, 1, 2].map((op): [string, number, (f: Functions) => void] => [
      `function ${op}`,
      1003,
      (f) => f.unary(op, 0, to, 1003),
    ]),
    ["softmax", 7 * 101, (f) => f.softmax(0, to, 7, 101, -Infinity)],
    ["layer norm", 7 * 101, (f) => f.layerNorm(0, 40_000, 50_000, to, 7, 101, 1e-5)],
    ["the gradient of softmax", 7 * 101, (f) => f.softmaxGrad(0, 40_000, to, 7, 101)],
    ["GELU", 1003, (f) => f.geluTanh(0, to, 1003)],
    ["the gradient of GELU", 1003, (f) => f.geluTanhGrad(0, 40_000, to, 1003)],
    ["sums", 55, (f) => f.reduce(0, 0, to, 5, 200, 11, 1)],
  ];
  for (const [what, count, run] of calls) {
    const [plain, fused] = modules.map((f) => {
      run(f);
      return f.numbers.slice(to >> 2, (to >> 2) + count);
    });
    const scale = Math.max(1, ...plain!.map(Math.abs));
    expect(Math.max(...plain!.map((x, i) => Math.abs(x - fused![i]!))) / scale, what).toBeLessThan(
      1e-5,
    );
    expect(
      plain!.some((x) => x !== 0),
      what,
    ).toBe(true);
  }
});
